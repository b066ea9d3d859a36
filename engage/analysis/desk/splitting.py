"""The staff page on which a theme is split: which of its answers go to another one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries
from engage.analysis.actions.splitting import Where, split
from engage.analysis.desk.pages import pages
from engage.analysis.forms import SplitForm
from engage.analysis.queries.splitting import answers_to_split
from engage.shared.clock import today
from engage.shared.errors import NotValid


@pages.get("/themes/<int:theme_id>/split")
@open_to(Role.VOICE)
def show_split(theme_id: int) -> ResponseReturnValue:
    return _page(theme_id, _form(theme_id, MultiDict()))


@pages.post("/themes/<int:theme_id>/split")
@open_to(Role.VOICE)
def split_theme(theme_id: int) -> ResponseReturnValue:
    form = _form(theme_id, request.form)
    if not form.validate() or (target := _split(theme_id, form)) is None:
        return _page(theme_id, form), 422
    flash("Split: the answers you chose are here now.")
    return redirect(url_for("analysis_desk.show_theme", theme_id=target), 303)


def _split(theme_id: int, form: SplitForm) -> int | None:
    """Split it; what cannot be is said beside the answers, and what was ticked stays."""
    into, new = form.record()
    try:
        return split(theme_id, form.chosen.data, Where(into, new), by=me(), today=today())
    except NotValid as wrong:
        form.chosen.errors = [str(wrong)]
        return None


def _form(theme_id: int, typed: MultiDict[str, str]) -> SplitForm:
    found = _page_of(theme_id)
    others = [(one.id, one.name) for state in ("selected", "candidate") for one in queries.themes(state)]
    return SplitForm(typed).offer(found, [one for one in others if one[0] != theme_id])


def _page_of(theme_id: int) -> list[queries.Excerpt]:
    return answers_to_split(theme_id, looking=request.args.get("words", ""))


def _page(theme_id: int, form: SplitForm) -> str:
    return render_template(
        "analysis/desk/split.html", theme=queries.theme(theme_id), form=form, words=request.args.get("words", "")
    )
