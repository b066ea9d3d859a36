"""The staff page of the code frame: suggested themes, themes in use, and the search for more."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries
from engage.analysis.actions import reporting
from engage.analysis.actions import themes as actions
from engage.analysis.desk.pages import READERS, pages
from engage.analysis.forms import SubjectForm, ThemeForm
from engage.analysis.queries.frame import voices_of
from engage.analysis.queries.runs import theme_runs
from engage.analysis.queries.theme_languages import other_languages
from engage.shared.clock import today
from engage.shared.errors import NotValid
from engage.surveys.queries.places import place


@pages.get("/themes/")
@open_to(*READERS)
def show_themes() -> ResponseReturnValue:
    return _page()


@pages.post("/themes/look")
@open_to(Role.VOICE)
def look_for_themes() -> ResponseReturnValue:
    actions.look_for_themes(request.form.get("subject", ""))
    flash("Looking for themes. This page shows how far it has come; you can leave it.")
    return redirect(url_for("analysis_desk.show_themes", awaited="1"), 303)


@pages.post("/themes/new")
@open_to(Role.VOICE)
def add_theme() -> ResponseReturnValue:
    form = ThemeForm(request.form)
    if not form.validate() or (theme_id := _added(form)) is None:
        return _page(form), 422
    return redirect(url_for("analysis_desk.show_theme", theme_id=theme_id), 303)


@pages.get("/themes/report/<wave_code>")
@open_to(Role.VOICE)
def show_report(wave_code: str) -> ResponseReturnValue:
    wave = place(f"wave:{wave_code}")
    unread = queries.unread(wave.wave_id) if wave.wave_id else 0
    return render_template("analysis/desk/report.html", wave=wave, wave_code=wave_code, unread=unread)


@pages.post("/themes/report/<wave_code>")
@open_to(Role.VOICE)
def report_wave(wave_code: str) -> ResponseReturnValue:
    reporting.report_wave(wave_code, by=me())
    flash("Reported. No receipt can be matched with answers any more; they still open what the themes became.")
    return redirect(url_for("analysis_desk.show_report", wave_code=wave_code), 303)


def _added(form: ThemeForm) -> int | None:
    """Add it; a name that is taken is said beside the box, and what was typed stays."""
    try:
        return actions.add(form.record(), by=me(), today=today())
    except NotValid as wrong:
        form.name.errors = [str(wrong)]
        return None


def _page(naming: ThemeForm | None = None) -> str:
    subject = request.args.get("subject", "")
    places = [place for place, _items in queries.reading_places()]
    looking = SubjectForm(MultiDict({"subject": subject}))
    candidates, selected = queries.theme_lines("candidate", subject), queries.theme_lines("selected", subject)
    return render_template(
        "analysis/desk/themes.html",
        candidates=candidates, selected=selected, said=voices_of([one.theme.id for one in (*candidates, *selected)]),
        mostly=other_languages([one.theme.id for one in candidates], subject),
        retired=queries.themes("retired"), work=queries.work_on_themes(), places=places, subject=subject,
        looking=looking.offer((place.subject, place.title) for place in places),
        naming=naming or ThemeForm(MultiDict()), roles=me().roles, runs=theme_runs(subject),
    )  # fmt: skip
