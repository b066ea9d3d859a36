"""What waits for one person in safeguarding."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from engage.accounts.rules import Person, Role
from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.safeguarding.queries.about import hidden_from, kept_from
from engage.safeguarding.queries.alerts import wants_reference
from engage.safeguarding.queries.duty import days_without_reader, help_reviewed_on, is_on_duty
from engage.safeguarding.rules.signposts import are_reviewed, review_due
from engage.shared import db
from engage.shared.clock import LONDON
from engage.shared.waiting import Waiting

HERE = "/desk/alerts/"
LOOK_AHEAD = timedelta(days=7)


def waiting(person: Person, today: date) -> list[Waiting]:
    """Alerts, answers and requests for who reads today; the rota and the help lines for the safeguarding lead."""
    lead = Role.SAFEGUARDING in person.roles
    if not lead and not (Role.VOICE in person.roles and is_on_duty(person.id, today)):
        return []
    found = [*_to_read(person), *_in_hand(person)] if lead else [*_to_read(person), *_for_readers(person)]
    found += _contacts(person) + (_upkeep(today) if lead else [])
    return [line for line in found if line.count]


def _to_read(person: Person) -> list[Waiting]:
    late = func.count(AlertRow.escalated_at)
    count, since, escalated = db.session.execute(
        select(func.count(AlertRow.id), func.min(AlertRow.raised_at), late).where(
            AlertRow.state == "raised", ~hidden_from(person.agencies)
        )
    ).one()
    return [Waiting("Read an alert", count, _day(since), HERE, late=bool(escalated), safety=True)]


def _in_hand(person: Person) -> list[Waiting]:
    mine = ~hidden_from(person.agencies)
    count, since = _count(and_(mine, AlertRow.state == "acknowledged", AlertRow.outcome.is_(None)))
    named, named_since = _count(and_(mine, wants_reference()))
    return [
        Waiting("Say what was done about an alert", count, since, HERE),
        Waiting("Add the reference of MASH, the police or the LADO", named, named_since, f"{HERE}closed/"),
        *_for_readers(person),
    ]


def _for_readers(person: Person) -> list[Waiting]:
    """What whoever reads today may do as well as a lead: a second reading, and an answer of the young person."""
    mine = ~hidden_from(person.agencies)
    other = or_(AlertRow.closed_by != person.id, AlertRow.closed_by.is_(None))
    second, closed_since = _count(and_(mine, AlertRow.second_reader_wanted, AlertRow.state == "closed", other))
    answers, sent = db.session.execute(
        select(func.count(MessageRow.id), func.min(MessageRow.written_at))
        .join(AlertRow, AlertRow.id == MessageRow.alert_id)
        .where(mine, MessageRow.from_young_person, MessageRow.read_at.is_(None))
    ).one()
    return [
        Waiting("Be the second reader of an alert", second, closed_since, f"{HERE}closed/"),
        Waiting("Read what a young person answered", answers, _day(sent), HERE, safety=True),
    ]


def _contacts(person: Person) -> list[Waiting]:
    count, since = db.session.execute(
        select(func.count(ContactRequestRow.id), func.min(ContactRequestRow.asked_at)).where(
            ContactRequestRow.done_at.is_(None), ~kept_from(person.agencies)
        )
    ).one()
    words = "Contact a young person who asked for it"
    return [Waiting(words, count, _day(since), f"{HERE}contacts/", safety=True)]


def _upkeep(today: date) -> list[Waiting]:
    bare = days_without_reader(today, today + LOOK_AHEAD)
    reviewed_on = help_reviewed_on()
    expired = not are_reviewed(reviewed_on, today=today)
    return [
        Waiting(
            "Name a reader for a day this week", len(bare), bare[0] if bare else None, f"{HERE}rota/", today in bare
        ),
        Waiting("Check the help lines", int(expired), review_due(reviewed_on), f"{HERE}help/", late=True),
    ]


def _count(which: ColumnElement[bool]) -> tuple[int, date | None]:
    row = db.session.execute(select(func.count(AlertRow.id), func.min(AlertRow.raised_at)).where(which)).one()
    return row[0], _day(row[1])


def _day(moment: datetime | None) -> date | None:
    return moment and moment.replace(tzinfo=UTC).astimezone(LONDON).date()
