"""The staff page of one rise: the answers behind it, and what a person decides about it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries
from engage.analysis.actions import emerging as actions
from engage.analysis.desk.emerging import SEERS
from engage.analysis.desk.pages import pages
from engage.analysis.forms import ConfirmForm, DismissForm
from engage.analysis.queries.emerging import Rise, rise_of
from engage.analysis.rules.emerging import RISE, named_for_theme
from engage.shared.clock import today
from engage.shared.errors import NotValid


@pages.get("/emerging/<int:run_id>/<int:number>")
@open_to(*SEERS)
def show_rise(run_id: int, number: int) -> ResponseReturnValue:
    return _page(run_id, number)


@pages.post("/emerging/<int:run_id>/<int:number>/confirm")
@open_to(Role.VOICE)
def confirm_rise(run_id: int, number: int) -> ResponseReturnValue:
    form = _offered(ConfirmForm(request.form))
    if not form.validate() or (theme_id := _confirm(run_id, number, form)) is None:
        return _page(run_id, number, confirming=form), 422
    flash("It is a theme now. Say below which of the suggested answers hold it.")
    return redirect(url_for("analysis_desk.show_theme", theme_id=theme_id), 303)


@pages.post("/emerging/<int:run_id>/<int:number>/dismiss")
@open_to(Role.VOICE)
def dismiss_rise(run_id: int, number: int) -> ResponseReturnValue:
    form = DismissForm(request.form)
    if not form.validate():
        return _page(run_id, number, dismissing=form), 422
    actions.dismiss(run_id, number, form.why.data, by=me(), today=today())
    return _back(run_id, number, "Put away, with your reason. A later run does not show it as new.")


@pages.post("/emerging/<int:run_id>/<int:number>/look-again")
@open_to(Role.VOICE)
def look_again_at_rise(run_id: int, number: int) -> ResponseReturnValue:
    actions.look_again(run_id, number, by=me(), today=today())
    return _back(run_id, number, "It waits for a decision again.")


def _confirm(run_id: int, number: int, form: ConfirmForm) -> int | None:
    """Confirm it; a name that is taken is said beside the box, and what was typed stays."""
    into = form.theme_id()
    try:
        if into is None:
            return actions.confirm_as_new(run_id, number, form.record(), by=me(), today=today())
        return actions.confirm_as(run_id, number, into, by=me(), today=today())
    except NotValid as wrong:
        form.name.errors = [str(wrong)]
        return None


def _page(
    run_id: int, number: int, confirming: ConfirmForm | None = None, dismissing: DismissForm | None = None
) -> str:
    found, rise = rise_of(run_id, number, me().roles)
    return render_template(
        "analysis/desk/rise.html",
        found=found, rise=rise, confirming=confirming or _offered(ConfirmForm(MultiDict(_typed(rise)))),
        dismissing=dismissing or DismissForm(MultiDict()), roles=me().roles,
        moves={move.verb: move for move in RISE.open_moves(rise.state, me().roles)},
    )  # fmt: skip


def _typed(rise: Rise) -> dict[str, str]:
    typed = {"name": named_for_theme(rise.what), "into": str(rise.theme_id or "")}
    return typed | ({"sensitive": "y"} if rise.worrying else {})


def _offered(form: ConfirmForm) -> ConfirmForm:
    return form.offer((one.id, one.name) for state in ("selected", "candidate") for one in queries.themes(state))


def _back(run_id: int, number: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("analysis_desk.show_rise", run_id=run_id, number=number), 303)
