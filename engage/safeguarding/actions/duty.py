"""The duty rota, and the review of the help lines."""

from datetime import date

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.safeguarding.models import DutyRow, HelpReviewRow
from engage.safeguarding.rules.duty import check_days, working_days
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.shared.words import N_


def add_reader(person_id: int, *, first: date, last: date, deputy: bool) -> int:
    """Put somebody on the rota for every working day from `first` to `last`; give how many days.

    Raises `NotValid` for dates the wrong way round or more than three months.
    """
    check_days(first, last)
    working = working_days(first, last)
    for day in working:
        db.session.merge(DutyRow(on=day, person_id=person_id, deputy=deputy))
    db.session.flush()
    note("put somebody on the rota", f"person {person_id}", f"{first} to {last}")
    return len(working)


def remove_reader(on: date, person_id: int, *, today: date) -> None:
    """Take somebody off the rota of one day; doing it twice changes nothing. Raises `NotOpen` once it is over."""
    if on < today:
        raise NotOpen(N_("That day is over, and the rota stays as it was."))
    row = db.session.get(DutyRow, (on, person_id))
    if row is not None:
        db.session.delete(row)
        note("took somebody off the rota", f"person {person_id}", str(on))


def review_help_lines(on: date, *, by: Person) -> None:
    """Record that somebody checked every help line on this day."""
    db.session.add(HelpReviewRow(on=on, by=by.id))
    db.session.flush()
    note("checked the help lines", "help lines")
