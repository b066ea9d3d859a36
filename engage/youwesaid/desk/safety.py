"""Staff pages: take published words back; hold words back or let them out, where somebody's safety needs it."""

from flask import request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.youwesaid.actions import update as actions
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.desk.update import back_to, update_page
from engage.youwesaid.forms.update import HoldForm, OverrideForm, WithdrawForm
from engage.youwesaid.queries import desk as queries


@pages.post("/updates/<int:update_id>/withdraw")
@open_to(Role.VOICE, Role.SAFEGUARDING)
def withdraw(update_id: int) -> ResponseReturnValue:
    found, form = queries.update(update_id, me()), WithdrawForm(request.form)
    if not form.validate():
        return update_page(update_id, back=form), 422
    actions.withdraw(found.id, for_safety=form.kind.data == "safety", by=me(), today=today())
    return back_to(update_id, "Taken back. The public page says that something was taken back, and not what.")


@pages.post("/updates/<int:update_id>/hold")
@open_to(Role.SAFEGUARDING)
def hold(update_id: int) -> ResponseReturnValue:
    found, form = queries.update(update_id, me()), HoldForm(request.form)
    if not form.validate():
        return update_page(update_id, hold=form), 422
    actions.hold(found.id, reason=form.held_because.data, by=me(), today=today())
    return back_to(update_id, "Held back. Nothing more happens to it until you let it go on.")


@pages.post("/updates/<int:update_id>/let_go")
@open_to(Role.SAFEGUARDING)
def let_go(update_id: int) -> ResponseReturnValue:
    actions.let_go(queries.update(update_id, me()).id, by=me(), today=today())
    return back_to(update_id, "It goes on. Somebody checks the facts again, then two ambassadors read the words.")


@pages.post("/updates/<int:update_id>/override")
@open_to(Role.SAFEGUARDING)
def override(update_id: int) -> ResponseReturnValue:
    found, form = queries.update(update_id, me()), OverrideForm(request.form)
    if not form.validate():
        return update_page(update_id, override=form), 422
    typed = {"reason": form.let_out_because.data, "read": request.form.get("read", "")}
    actions.override(found.id, **typed, by=me(), today=today())
    return back_to(update_id, "Published. The page says that it went out early, to keep someone safe.")
