"""Staff pages: break an action into steps, hand it to another agency, name who does it now."""

from flask import request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.queries import people
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import steps
from engage.youwesaid.desk.action import action_page, agency_names, back_to
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.action import HandOverForm, OwnerForm, StepForm, offered
from engage.youwesaid.queries import actions as queries


@pages.post("/actions/<int:action_id>/steps")
@open_to(Role.VOICE, Role.PQA, Role.AGENCY)
def add_step(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = offered(StepForm(request.form), step_agency_id=agency_names())
    if not form.validate():
        return action_page(action_id, step=form), 422
    steps.add(action_id, agency_id=form.step_agency_id.data, what=form.step_what.data)
    return back_to(action_id, "Added. It waits for that agency to agree it, with a person and a day.")


@pages.post("/actions/<int:action_id>/hand_over")
@open_to(Role.VOICE, Role.PQA)
def hand_over(action_id: int) -> ResponseReturnValue:
    found = queries.action(action_id, me(), today=today())
    form = offered(HandOverForm(request.form), taker_id=agency_names(but=found.agency_id))
    if not form.validate():
        return action_page(action_id, hand=form), 422
    typed = {"agency_id": form.taker_id.data, "reason": form.why.data}
    actions.hand_over(action_id, **typed, by=me(), today=today())
    return back_to(action_id, "Handed over. It waits for the other agency to agree it.")


@pages.post("/actions/<int:action_id>/owner")
@open_to(Role.AGENCY)
def name_owner(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    known = {one.id: one.name for one in people(Role.AGENCY) if one.agency_id == me().agency_id}
    form = offered(OwnerForm(request.form), owner_id=known)
    if not form.validate():
        return action_page(action_id, owner=form), 422
    actions.name_owner(action_id, owner_id=form.owner_id.data, by=me())
    return back_to(action_id, "Changed: it is theirs now.")
