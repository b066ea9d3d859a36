"""Staff and ambassadors' pages of updates: the words of "we did"."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.queries import people
from engage.accounts.rules import Person, Role
from engage.shared.clock import today
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.actions import update as actions
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.update import DoubtForm, HoldForm, OverrideForm, SendBackForm, UpdateForm, WithdrawForm
from engage.youwesaid.queries import desk as queries
from engage.youwesaid.rules.as_read import mark_of
from engage.youwesaid.rules.concerns import OPEN, may_publish_unchecked
from engage.youwesaid.rules.states import APPROVALS_NEEDED, SENT_BACK_FOR, UPDATE, UPDATE_WORDS

READERS = (Role.VOICE, Role.PQA, Role.AGENCY, Role.SAFEGUARDING, Role.SCRUTINEER, Role.AMBASSADOR)


@pages.get("/updates/")
@open_to(*READERS)
def show_updates() -> ResponseReturnValue:
    page = page_of(queries.updates(me()), page_asked())
    return render_template(
        "youwesaid/desk/updates.html", page=page, needed=APPROVALS_NEEDED, mine=me().id, state_words=UPDATE_WORDS
    )


@pages.get("/concerns/<int:concern_id>/update")
@open_to(Role.VOICE)
def start_update(concern_id: int) -> ResponseReturnValue:
    return _form(concern_id, UpdateForm(MultiDict()))


@pages.post("/concerns/<int:concern_id>/update")
@open_to(Role.VOICE)
def draft(concern_id: int) -> ResponseReturnValue:
    concern = queries.concern(concern_id, me(), today=today())
    form = UpdateForm(request.form).promising(needed=concern.state in OPEN)
    if not form.validate():
        return _form(concern_id, form), 422
    update_id = actions.draft(concern.id, _typed(form), by=me(), today=today())
    return back_to(update_id, "Written. Somebody else checks the facts now.")


@pages.get("/updates/<int:update_id>")
@open_to(*READERS)
def show_update(update_id: int) -> ResponseReturnValue:
    return update_page(update_id)


@pages.post("/updates/<int:update_id>/rewrite")
@open_to(Role.VOICE)
def rewrite(update_id: int) -> ResponseReturnValue:
    form, found = UpdateForm(request.form), queries.update(update_id, me())
    if not form.promising(needed=found.concern_open).validate():
        return update_page(update_id, words=form), 422
    actions.rewrite(found.id, _typed(form), by=me(), today=today())
    return back_to(update_id, "Changed. The facts are checked again, then the words.")


@pages.post("/updates/<int:update_id>/revise")
@open_to(Role.VOICE)
def revise(update_id: int) -> ResponseReturnValue:
    form, found = UpdateForm(request.form), queries.update(update_id, me())
    if not form.promising(needed=found.concern_open).validate():
        return update_page(update_id, words=form), 422
    changed_id = actions.revise(found.id, _typed(form), by=me(), today=today())
    return back_to(changed_id, "Written. The old words stay public until these are checked and approved.")


@pages.post("/updates/<int:update_id>/check_facts")
@open_to(Role.VOICE, Role.PQA, Role.AGENCY, Role.SAFEGUARDING)
def check_facts(update_id: int) -> ResponseReturnValue:
    found = queries.update(update_id, me())
    actions.check_facts(found.id, by=me(), today=today(), read=request.form.get("read", ""))
    return back_to(update_id, "Facts checked. Two ambassadors read the words now.")


@pages.post("/updates/<int:update_id>/doubt")
@open_to(Role.VOICE, Role.PQA, Role.AGENCY, Role.SAFEGUARDING)
def doubt(update_id: int) -> ResponseReturnValue:
    form, found = DoubtForm(request.form), queries.update(update_id, me())
    if not form.validate():
        return update_page(update_id, doubting=form), 422
    actions.doubt(found.id, wrong=form.wrong.data, by=me())
    return back_to(update_id, "Sent back. The team reads what is wrong, and writes it again.")


@pages.post("/updates/<int:update_id>/approve")
@open_to(Role.AMBASSADOR)
def approve(update_id: int) -> ResponseReturnValue:
    found = queries.update(update_id, me())
    actions.approve(found.id, by=me(), today=today(), read=request.form.get("read", ""))
    return _list("Approved. Thank you for reading it.")


@pages.post("/updates/<int:update_id>/send_back")
@open_to(Role.AMBASSADOR)
def send_back_words(update_id: int) -> ResponseReturnValue:
    form = SendBackForm(request.form)
    if not form.validate():
        return update_page(update_id, why=form), 422
    actions.send_back(queries.update(update_id, me()).id, reason=form.reason.data, by=me(), today=today())
    return _list("Sent back. The team writes it again.")


@pages.post("/updates/<int:update_id>/publish")
@open_to(Role.VOICE)
def publish(update_id: int) -> ResponseReturnValue:
    actions.publish(queries.update(update_id, me()).id, by=me(), today=today())
    return back_to(update_id, "Published. It is on the public page now.")


@pages.post("/updates/<int:update_id>/publish_unchecked")
@open_to(Role.VOICE)
def publish_unchecked(update_id: int) -> ResponseReturnValue:
    found = queries.update(update_id, me())
    actions.publish_unchecked(found.id, ambassadors=len(_left_to_ask(found)), by=me(), today=today())
    return back_to(update_id, "Published, labelled “not yet checked by young people”.")


def update_page(update_id: int, **forms: object) -> str:
    """Draw the page of one update; `forms` are those that were typed and have to be typed again."""
    update, someone = queries.update(update_id, me()), me()
    empty = {
        "words": UpdateForm(MultiDict(), obj=update),
        "why": SendBackForm(MultiDict()),
        "doubting": DoubtForm(MultiDict()),
        "hold": HoldForm(MultiDict()),
        "override": OverrideForm(MultiDict()),
        "back": WithdrawForm(MultiDict()),
    }
    return render_template(
        "youwesaid/desk/update.html",
        update=update, verbs=_verbs(update, someone), needed=APPROVALS_NEEDED, reasons=SENT_BACK_FOR,
        state_words=UPDATE_WORDS, read=mark_of("update", update),
        before=queries.versions_before(update, someone), **{**empty, **forms},
    )  # fmt: skip


def back_to(update_id: int, words: str) -> ResponseReturnValue:
    """Go back to the page of an update, with what was done."""
    flash(words)
    return redirect(url_for("youwesaid_desk.show_update", update_id=update_id), 303)


def _verbs(update: queries.Update, someone: Person) -> set[str]:
    verbs = {move.verb for move in UPDATE.open_moves(update.state, someone.roles)}
    if update.written_by == someone.id:
        verbs -= {"check_facts", "doubt", "approve", "override"}
    if update.sent_back or update.wrong:
        verbs -= {"check_facts", "doubt"}
    if not may_publish_unchecked(update.checked_on, ambassadors=len(_left_to_ask(update)), today=today()):
        verbs -= {"publish_unchecked"}
    return verbs - ({"approve"} if someone.id in update.approved_by else set())


def _left_to_ask(update: queries.Update) -> list[int]:
    asked = {*update.approved_by, update.written_by}
    return [one.id for one in people(Role.AMBASSADOR) if one.id not in asked]


def _typed(form: UpdateForm) -> NewUpdate:
    return NewUpdate(form.we_did.data, form.next_step.data or "", form.next_by.data)


def _form(concern_id: int, form: UpdateForm) -> str:
    concern = queries.concern(concern_id, me(), today=today())
    return render_template("youwesaid/desk/new_update.html", concern=concern, form=form)


def _list(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("youwesaid_desk.show_updates"), 303)
