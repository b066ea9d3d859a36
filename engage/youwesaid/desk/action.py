"""Staff pages of actions: what agencies agreed to do."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.queries import agencies, people
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.shared.forms import choices
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.actions import action as actions
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.action import AgreeForm, AskForm, EvidenceForm, ReasonForm
from engage.youwesaid.queries import desk as queries
from engage.youwesaid.rules.states import ACTION

READERS = (Role.VOICE, Role.PQA, Role.AGENCY, Role.SCRUTINEER)


@pages.get("/actions/")
@open_to(*READERS)
def show_actions() -> ResponseReturnValue:
    found = queries.actions(me(), today=today())
    return render_template("youwesaid/desk/actions.html", actions=found, page=page_of(found, page_asked()))


@pages.get("/actions/<int:action_id>")
@open_to(*READERS)
def show_action(action_id: int) -> ResponseReturnValue:
    return _page(action_id)


@pages.post("/concerns/<int:concern_id>/ask")
@open_to(Role.VOICE, Role.PQA)
def ask(concern_id: int) -> ResponseReturnValue:
    queries.concern(concern_id, me(), today=today())
    form = AskForm(request.form)
    form.agency_id.choices = choices({agency.id: agency.name for agency in agencies()})
    if not form.validate():
        flash("Nothing was asked: choose an agency and write what you ask them to do.")
    else:
        actions.ask(concern_id, agency_id=form.agency_id.data, what=form.what.data)
        flash("Asked. It waits on the agency's own page.")
    return redirect(url_for("youwesaid_desk.show_concern", concern_id=concern_id), 303)


@pages.post("/actions/<int:action_id>/agree")
@open_to(Role.AGENCY)
def agree(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = _agree_form(request.form)
    if not form.validate():
        return _page(action_id, agree=form), 422
    actions.agree(action_id, owner_id=form.owner_id.data, due_on=form.due_on.data, by=me(), today=today())
    return _back(action_id, "Agreed. Young people see that something is being done.")


@pages.post("/actions/<int:action_id>/start")
@open_to(Role.AGENCY)
def start(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    actions.start(action_id, by=me())
    return _back(action_id, "Started.")


@pages.post("/actions/<int:action_id>/claim")
@open_to(Role.AGENCY)
def claim(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = EvidenceForm(request.form)
    if not form.validate():
        return _page(action_id, evidence=form), 422
    actions.claim(action_id, evidence=form.evidence.data, by=me(), today=today())
    return _back(action_id, "Said to be done. Somebody on the panel from another agency looks at it now.")


@pages.post("/actions/<int:action_id>/give_up")
@open_to(Role.AGENCY)
def give_up(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = ReasonForm(request.form)
    if not form.validate():
        return _page(action_id, reason=form), 422
    actions.give_up(action_id, reason=form.reason.data, by=me(), today=today())
    return _back(action_id, "The reason is on the panel's page.")


@pages.post("/actions/<int:action_id>/verify")
@open_to(Role.PQA)
def verify(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    actions.verify(action_id, by=me(), today=today())
    return _back(action_id, "Agreed: it is done.")


@pages.post("/actions/<int:action_id>/send_back")
@open_to(Role.PQA)
def send_back(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = ReasonForm(request.form)
    if not form.validate():
        return _page(action_id, reason=form), 422
    actions.send_back(action_id, reason=form.reason.data, by=me())
    return _back(action_id, "Sent back, with what is missing.")


def _agree_form(typed: MultiDict[str, str]) -> AgreeForm:
    form, someone = AgreeForm(typed), me()
    colleagues = (one for one in people(Role.AGENCY) if one.agency_id == someone.agency_id)
    form.owner_id.choices = choices({one.id: one.name for one in colleagues})
    return form


def _page(action_id: int, **forms: object) -> str:
    action, someone = queries.action(action_id, me(), today=today()), me()
    verbs = {move.verb for move in ACTION.open_moves(action.state, someone.roles)}
    own = {"agree", "start", "claim", "give_up"} if action.agency_id == someone.agency_id else {"verify", "send_back"}
    empty = {
        "evidence": EvidenceForm(MultiDict()),
        "reason": ReasonForm(MultiDict()),
        "agree": _agree_form(MultiDict()),
    }
    return render_template("youwesaid/desk/action.html", action=action, verbs=verbs & own, **{**empty, **forms})


def _back(action_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("youwesaid_desk.show_action", action_id=action_id), 303)
