"""Who reads on which day, and when the help lines were last checked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from engage.accounts.models import GrantRow, PersonRow
from engage.safeguarding.models import DutyRow, HelpReviewRow
from engage.safeguarding.rules.alerts import READERS
from engage.safeguarding.rules.duty import working_days
from engage.safeguarding.rules.signposts import WRITTEN_ON
from engage.shared import db


@dataclass(frozen=True)
class DutyReader:
    """Somebody on the rota of one day; a deputy steps in when nobody read in time."""

    on: date
    person_id: int
    name: str
    deputy: bool


def rota(first: date, last: date) -> list[DutyReader]:
    """Everybody on the rota from `first` to `last` whose role lasts that long, day by day, deputies after readers."""
    may_read = select(GrantRow.id).where(
        GrantRow.person_id == DutyRow.person_id,
        GrantRow.role.in_(READERS),
        DutyRow.on.between(GrantRow.starts_on, GrantRow.ends_on),
    )
    rows = db.session.execute(
        select(DutyRow.on, PersonRow.id, PersonRow.name, DutyRow.deputy)
        .join(PersonRow, PersonRow.id == DutyRow.person_id)
        .where(DutyRow.on.between(first, last), PersonRow.active, may_read.exists())
        .order_by(DutyRow.on, DutyRow.deputy, PersonRow.name)
    )
    return [DutyReader(*row) for row in rows]


def duty_readers(on: date) -> list[DutyReader]:
    """Everybody on the rota of one day."""
    return rota(on, on)


def is_on_duty(person_id: int, on: date) -> bool:
    """True when this person is on the rota of that day, as reader or deputy."""
    return db.session.get(DutyRow, (on, person_id)) is not None


def days_without_reader(first: date, last: date) -> list[date]:
    """The working days from `first` to `last` on which nobody is named to read; deputies alone do not count."""
    named = {reader.on for reader in rota(first, last) if not reader.deputy}
    return [day for day in working_days(first, last) if day not in named]


def help_reviewed_on() -> date:
    """The day the help lines were last checked."""
    return db.session.scalar(select(func.max(HelpReviewRow.on))) or WRITTEN_ON
