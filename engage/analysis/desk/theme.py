"""The staff page of one theme: its answers, its suggestions, its history."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries
from engage.analysis.actions import reading
from engage.analysis.actions import themes as actions
from engage.analysis.desk.pages import READERS, pages
from engage.analysis.forms import AnswersForm, MergeForm, ThemeForm
from engage.analysis.queries.frame import voices_of
from engage.analysis.queries.theme_languages import other_languages
from engage.analysis.queries.trust import trust_in
from engage.analysis.rules import THEME
from engage.shared.clock import today
from engage.shared.errors import NotValid
from engage.shared.paging import page_asked


@pages.get("/themes/<int:theme_id>")
@open_to(*READERS)
def show_theme(theme_id: int) -> ResponseReturnValue:
    return _page(theme_id)


@pages.post("/themes/<int:theme_id>/describe")
@open_to(Role.VOICE)
def describe(theme_id: int) -> ResponseReturnValue:
    form = ThemeForm(request.form)
    if not form.validate() or not _described(theme_id, form):
        return _page(theme_id, form), 422
    return _back(theme_id, "Kept.")


@pages.post("/themes/<int:theme_id>/select")
@open_to(Role.VOICE)
def select_theme(theme_id: int) -> ResponseReturnValue:
    actions.select_theme(theme_id, by=me(), today=today())
    return _back(theme_id, "In use now. Say below which answers hold it.")


@pages.post("/themes/<int:theme_id>/retire")
@open_to(Role.VOICE)
def retire(theme_id: int) -> ResponseReturnValue:
    actions.retire(theme_id, by=me(), today=today())
    return _back(theme_id, "Put away. Nothing more is suggested for it.")


@pages.post("/themes/<int:theme_id>/bring-back")
@open_to(Role.VOICE)
def bring_back(theme_id: int) -> ResponseReturnValue:
    actions.bring_back(theme_id, by=me(), today=today())
    return _back(theme_id, "In use again.")


@pages.post("/themes/<int:theme_id>/merge")
@open_to(Role.VOICE)
def merge(theme_id: int) -> ResponseReturnValue:
    form = _merging(theme_id, request.form)
    if not form.validate():
        return _page(theme_id, merging=form), 422
    actions.merge(theme_id, int(form.into.data), by=me(), today=today())
    return _back(int(form.into.data), "Merged: its answers are here now.")


@pages.post("/themes/<int:theme_id>/answers")
@open_to(Role.VOICE)
def decide(theme_id: int) -> ResponseReturnValue:
    form = AnswersForm(request.form)
    shown, kept = set(form.shown.data or []), set(form.kept.data or [])
    yes = reading.confirm(theme_id, shown & kept, by=me())
    no = reading.refuse(theme_id, shown - kept, by=me())
    return _back(theme_id, f"{yes} confirmed, {no} taken out.")


def _described(theme_id: int, form: ThemeForm) -> bool:
    """Describe it; a name that is taken, or what somebody else wrote meanwhile, is said and what was typed stays."""
    try:
        actions.describe(theme_id, form.record(), by=me(), today=today(), seen=form.seen())
    except NotValid as wrong:
        form.name.errors = [str(wrong)]
    return not form.errors


def _merging(theme_id: int, typed: MultiDict[str, str]) -> MergeForm:
    others = [(one.id, one.name) for state in ("selected", "candidate") for one in queries.themes(state)]
    return MergeForm(typed).offer((str(one), name) for one, name in others if one != theme_id)


def _page(theme_id: int, naming: ThemeForm | None = None, merging: MergeForm | None = None) -> str:
    theme = queries.theme(theme_id)
    typed = {"name": theme.name, "definition": theme.definition} | ({"sensitive": "y"} if theme.sensitive else {})
    suggested = queries.suggested_for(theme_id)
    return render_template(
        "analysis/desk/theme.html",
        theme=theme, line=queries.theme_line(theme_id), suggested=suggested,
        confirmed=queries.confirmed_of(theme_id, page_asked()), history=queries.history(theme_id),
        said=voices_of([theme_id])[theme_id], origins=queries.evidence_of([theme_id]).origins,
        trust=trust_in([theme_id]).get(theme_id), mostly=other_languages([theme_id]).get(theme_id, ""),
        naming=naming or ThemeForm(MultiDict(typed)),
        deciding=AnswersForm(MultiDict()).offer(suggested),
        merging=merging or _merging(theme_id, MultiDict()),
        went=queries.theme(theme.merged_into) if theme.merged_into else None,
        moves={move.verb: move for move in THEME.open_moves(theme.state, me().roles)}, roles=me().roles,
    )  # fmt: skip


def _back(theme_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("analysis_desk.show_theme", theme_id=theme_id), 303)
