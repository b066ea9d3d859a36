"""Staff pages of alerts: read, look into, answer, close, read a second time."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import ask_again, open_to
from engage.accounts.rules import TYPED_FOR_WORDS, Role
from engage.safeguarding import actions, queries
from engage.safeguarding.desk.pages import READERS, acting_on, pages, reader, reader_of
from engage.safeguarding.forms import MessageForm, OutcomeForm, ReasonForm, SecondForm
from engage.safeguarding.guards import is_opened, open_thing
from engage.safeguarding.rules.alerts import OUTCOMES
from engage.shared.clock import now, today
from engage.shared.forms import PageForm
from engage.shared.paging import page_asked, page_of

STATE_WORDS = {"raised": "To read", "acknowledged": "Somebody is looking", "closed": "Closed"}
NOTHING_TYPED: MultiDict[str, str] = MultiDict()


@pages.get("/")
@open_to(*READERS)
def show_alerts() -> ResponseReturnValue:
    mine = reader().agencies
    found = queries.open_alerts(agencies=mine)
    return render_template(
        "safeguarding/desk/alerts.html",
        alerts=found,
        page=page_of(found, page_asked()),
        contacts=queries.contact_requests(done=False, agencies=mine),
        readers=queries.duty_readers(today()),
        state_words=STATE_WORDS,
    )


@pages.get("/closed/")
@open_to(*READERS)
def show_closed() -> ResponseReturnValue:
    me = reader()
    page = queries.closed_alerts(page_asked(), agencies=me.agencies)
    return render_template("safeguarding/desk/closed.html", page=page, outcomes=OUTCOMES, me=me)


@pages.get("/<int:alert_id>/")
@open_to(*READERS)
def show_alert(alert_id: int) -> ResponseReturnValue:
    return _page(alert_id)


@pages.post("/<int:alert_id>/open")
@open_to(*READERS)
@ask_again(TYPED_FOR_WORDS, back="safeguarding_desk.show_alert")
def open_alert(alert_id: int) -> ResponseReturnValue:
    form = ReasonForm()
    if not open_thing(f"alert {alert_id}", form, by=reader_of(alert_id)):
        return _page(alert_id, opening=form), 422
    return _back(alert_id)


@pages.post("/<int:alert_id>/acknowledge")
@open_to(*READERS)
def acknowledge_alert(alert_id: int) -> ResponseReturnValue:
    actions.acknowledge(alert_id, by=acting_on(alert_id), at=now())
    return _back(alert_id, "It is yours now. The clock has stopped.")


@pages.post("/<int:alert_id>/close")
@open_to(Role.SAFEGUARDING)
def close_alert(alert_id: int) -> ResponseReturnValue:
    form = OutcomeForm()
    if not form.validate():
        return _page(alert_id, closing=form), 422
    outcome, notes = form.record()
    actions.close(alert_id, outcome, notes, by=acting_on(alert_id), at=now())
    return _back(alert_id, "Closed.")


@pages.post("/<int:alert_id>/agree")
@open_to(Role.SAFEGUARDING)
def agree_alert(alert_id: int) -> ResponseReturnValue:
    actions.read_again(alert_id, agrees=True, notes=SecondForm().notes.data or "", by=acting_on(alert_id))
    return _back(alert_id, "Two people agree.")


@pages.post("/<int:alert_id>/reopen")
@open_to(Role.SAFEGUARDING)
def reopen_alert(alert_id: int) -> ResponseReturnValue:
    actions.read_again(alert_id, agrees=False, notes=SecondForm().notes.data or "", by=acting_on(alert_id))
    return _back(alert_id, "Open again.")


@pages.post("/<int:alert_id>/messages")
@open_to(Role.SAFEGUARDING)
def leave_message(alert_id: int) -> ResponseReturnValue:
    form = MessageForm()
    if not form.validate():
        return _page(alert_id, writing=form), 422
    actions.leave_message(alert_id, form.words.data, by=acting_on(alert_id), at=now())
    return _back(alert_id, "Left for them. They see it when they type their four words.")


@pages.post("/<int:alert_id>/messages/read")
@open_to(Role.SAFEGUARDING)
def read_answers(alert_id: int) -> ResponseReturnValue:
    acting_on(alert_id)
    actions.mark_answers_read(alert_id, at=now())
    return _back(alert_id)


def _page(alert_id: int, **sent: PageForm) -> str:
    forms = {
        "opening": sent.get("opening") or ReasonForm(NOTHING_TYPED),
        "closing": sent.get("closing") or OutcomeForm(NOTHING_TYPED),
        "writing": sent.get("writing") or MessageForm(NOTHING_TYPED),
        "second": SecondForm(NOTHING_TYPED),
    }
    me = reader()
    return render_template(
        "safeguarding/desk/alert.html",
        alert=queries.alert(alert_id, agencies=me.agencies),
        opened=is_opened(f"alert {alert_id}", by=me) and queries.has_opened(alert_id, me.id),
        messages=queries.messages_of_alert(alert_id),
        outcomes=OUTCOMES,
        me=me,
        is_lead=Role.SAFEGUARDING in me.roles,
        **forms,
    )


def _back(alert_id: int, words: str = "") -> ResponseReturnValue:
    if words:
        flash(words)
    return redirect(url_for("safeguarding_desk.show_alert", alert_id=alert_id), 303)
