"""What is restricted opens for a reason, picked once per half hour, and every opening is written down."""

from typing import Protocol

from flask import session

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.safeguarding import queries
from engage.safeguarding.rules.reading import ON_DUTY, opened_from
from engage.shared.clock import now, today

OPENED = "opened"


class Why(Protocol):
    """A form that asks for a reason."""

    def validate(self) -> bool:
        """Answer whether a reason was picked."""

    def record(self) -> str:
        """Give the reason in words."""


def is_opened(thing: str, *, by: Person) -> bool:
    """True when this person opened `thing` in the last half hour; what another opened in this browser never counts."""
    return opened_from(session.get(OPENED), by=by.id).holds(thing, now())


def gave_reason(by: Person) -> bool:
    """True when this person picked a reason in the last half hour; what another picked in this browser never counts."""
    return opened_from(session.get(OPENED), by=by.id).is_fresh(now())


def open_thing(thing: str, form: Why, *, by: Person, did: str = "opened") -> bool:
    """Note that `thing` is opened and remember it for half an hour; False when a reason is still to be picked."""
    kept = opened_from(session.get(OPENED), by=by.id)
    reason = kept.reason if kept.is_fresh(now()) else _reason(by, form)
    if not reason:
        return False
    session[OPENED] = kept.add(thing, reason, now()).kept()
    note(did, thing, reason)
    return True


def _reason(by: Person, form: Why) -> str:
    if queries.is_on_duty(by.id, today()):
        return ON_DUTY
    return form.record() if form.validate() else ""
