"""Staff pages of actions: what agencies agreed to do."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.queries import answering, people
from engage.accounts.rules import Person, Role
from engage.shared.clock import today
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import steps
from engage.youwesaid.desk.concern import concern_page
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.action import (
    AgreeForm,
    AskForm,
    EvidenceForm,
    HandOverForm,
    OwnerForm,
    ReasonForm,
    StepForm,
    offered,
)
from engage.youwesaid.forms.file import FileForm
from engage.youwesaid.queries import actions as queries
from engage.youwesaid.queries import desk
from engage.youwesaid.queries.files import files
from engage.youwesaid.rules.actions import GOING, PILES
from engage.youwesaid.rules.states import ACTION

READERS = (Role.VOICE, Role.PQA, Role.AGENCY, Role.SCRUTINEER)
THEIRS = frozenset({"agree", "start", "claim", "give_up", "name_owner"})
OTHERS = frozenset({"verify", "send_back"})


@pages.get("/actions/")
@open_to(*READERS)
def show_actions() -> ResponseReturnValue:
    found = queries.actions(me(), today=today())
    return render_template(
        "youwesaid/desk/actions.html",
        actions=found, page=page_of(found, page_asked()), piles=PILES, own=me().roles <= {Role.AGENCY},
    )  # fmt: skip


@pages.get("/actions/<int:action_id>")
@open_to(*READERS)
def show_action(action_id: int) -> ResponseReturnValue:
    return action_page(action_id)


@pages.post("/concerns/<int:concern_id>/ask")
@open_to(Role.VOICE, Role.PQA)
def ask(concern_id: int) -> ResponseReturnValue:
    desk.concern(concern_id, me(), today=today())
    form = AskForm(request.form).offer(agency_names())
    if not form.validate():
        return concern_page(concern_id, ask=form), 422
    asked, what = form.record()
    steps.ask_several(concern_id, agency_ids=asked, what=what)
    flash("Asked. It waits on the agency's own page.")
    return redirect(url_for("youwesaid_desk.show_concern", concern_id=concern_id), 303)


@pages.post("/actions/<int:action_id>/agree")
@open_to(Role.AGENCY)
def agree(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = offered(AgreeForm(request.form), owner_id=_colleagues(me()))
    if not form.validate():
        return action_page(action_id, agree=form), 422
    actions.agree(action_id, owner_id=form.owner_id.data, due_on=form.due_on.data, by=me(), today=today())
    return back_to(action_id, "Agreed. Young people see that something is being done.")


@pages.post("/actions/<int:action_id>/start")
@open_to(Role.AGENCY)
def start(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    actions.start(action_id, by=me())
    return back_to(action_id, "Started.")


@pages.post("/actions/<int:action_id>/claim")
@open_to(Role.AGENCY)
def claim(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = EvidenceForm(request.form)
    if not form.validate():
        return action_page(action_id, evidence=form), 422
    actions.claim(action_id, evidence=form.evidence.data, by=me(), today=today())
    return back_to(action_id, "Said to be done. Somebody on the panel from another agency looks at it now.")


@pages.post("/actions/<int:action_id>/give_up")
@open_to(Role.AGENCY)
def give_up(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = ReasonForm(request.form)
    if not form.validate():
        return action_page(action_id, reason=form), 422
    actions.give_up(action_id, reason=form.reason.data, by=me(), today=today())
    return back_to(
        action_id, "The public page says that you said no; the team writes why. The panel reads your reason."
    )


@pages.post("/actions/<int:action_id>/verify")
@open_to(Role.PQA)
def verify(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    actions.verify(action_id, by=me(), today=today())
    return back_to(action_id, "Agreed: it is done.")


@pages.post("/actions/<int:action_id>/send_back")
@open_to(Role.PQA)
def send_back(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = ReasonForm(request.form)
    if not form.validate():
        return action_page(action_id, reason=form), 422
    actions.send_back(action_id, reason=form.reason.data, by=me())
    return back_to(action_id, "Sent back, with what is missing.")


def agency_names(but: int | None = None) -> dict[int, str]:
    """Every agency that somebody answers for today, by its id, one left out."""
    return {agency_id: name for agency_id, name in answering().items() if agency_id != but}


def action_page(action_id: int, **forms: object) -> str:
    """Draw the page of one action; `forms` are those that were typed and have to be typed again."""
    action, someone = queries.action(action_id, me(), today=today()), me()
    steps_of_it = queries.steps(action_id, today=today())
    empty = {
        "evidence": EvidenceForm(MultiDict()),
        "reason": ReasonForm(MultiDict()),
        "agree": offered(AgreeForm(MultiDict()), owner_id=_colleagues(someone)),
        "owner": offered(OwnerForm(MultiDict()), owner_id=_colleagues(someone)),
        "step": offered(StepForm(MultiDict()), step_agency_id=agency_names()),
        "hand": offered(HandOverForm(MultiDict()), taker_id=agency_names(but=action.agency_id)),
        "picture": FileForm(MultiDict()),
    }
    return render_template(
        "youwesaid/desk/action.html",
        action=action, verbs=_verbs(action, someone, steps_of_it), steps=steps_of_it, files=files(action_id),
        mine=action.agency_id == someone.agency_id and Role.AGENCY in someone.roles, **{**empty, **forms},
    )  # fmt: skip


def back_to(action_id: int, words: str) -> ResponseReturnValue:
    """Go back to the page of an action, with what was done."""
    flash(words)
    return redirect(url_for("youwesaid_desk.show_action", action_id=action_id), 303)


def _verbs(action: queries.Action, someone: Person, steps_of_it: list[queries.Action]) -> set[str]:
    verbs = {move.verb for move in ACTION.open_moves(action.state, someone.roles)}
    verbs -= OTHERS if action.agency_id in someone.agencies else frozenset()
    verbs -= frozenset() if action.agency_id == someone.agency_id else THEIRS
    verbs = set() if steps_of_it else verbs
    may_add = someone.roles & {Role.VOICE, Role.PQA} or action.agency_id == someone.agency_id
    open_one = (
        action.parent_id is None and action.state in ("proposed", *GOING) and Role.SCRUTINEER not in someone.roles
    )
    return verbs | ({"add_step"} if may_add and open_one else set())


def _colleagues(someone: Person) -> dict[int, str]:
    return {one.id: one.name for one in people(Role.AGENCY) if one.agency_id == someone.agency_id}
