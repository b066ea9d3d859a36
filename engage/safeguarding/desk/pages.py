"""The blueprint of these staff pages, who is reading, and what they opened for which reason."""

from flask import Blueprint, session

from engage.accounts.actions import note
from engage.accounts.guards import person
from engage.accounts.rules import Person, Role
from engage.safeguarding import queries
from engage.safeguarding.forms import ReasonForm
from engage.safeguarding.rules.alerts import check_may_read, waited
from engage.safeguarding.rules.hearing import kind_names
from engage.safeguarding.rules.reading import ON_DUTY, opened_from
from engage.shared.clock import now, today
from engage.shared.errors import NotAllowed
from engage.shared.words import N_

pages = Blueprint("safeguarding_desk", __name__, url_prefix="/desk/alerts", template_folder="../templates")
pages.add_app_template_filter(lambda since: waited(since, now=now()), "waited")
pages.add_app_template_filter(lambda kind: kind_names().get(kind, kind), "kind_name")
READERS = (Role.SAFEGUARDING, Role.VOICE)
OPENED = "opened"


def reader() -> Person:
    """Give who is reading. Raises `NotAllowed` for somebody of the team who is not on the rota today."""
    someone = person()
    if someone is None:
        raise NotAllowed(N_("Sign in first."))
    check_may_read(someone.roles, on_duty=queries.is_on_duty(someone.id, today()))
    return someone


def is_opened(thing: str) -> bool:
    """True when this person opened `thing` in the last half hour."""
    return opened_from(session.get(OPENED)).holds(thing, now())


def open_thing(thing: str, form: ReasonForm) -> bool:
    """Note that `thing` is opened and remember it for half an hour; False when a reason is still to be picked."""
    me = reader()
    kept = opened_from(session.get(OPENED))
    reason = _reason(me, form) if not kept.is_fresh(now()) else kept.reason
    if not reason:
        return False
    session[OPENED] = kept.add(thing, reason, now()).kept()
    note("opened", thing, reason)
    return True


def _reason(me: Person, form: ReasonForm) -> str:
    if queries.is_on_duty(me.id, today()):
        return ON_DUTY
    return form.record() if form.validate() else ""
