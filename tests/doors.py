"""Make a forum that meets on an invented evening, with people at its door."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count

from engage.accounts.rules import Person, Role
from engage.forums.actions import setting_up
from engage.forums.actions.consents import answer
from engage.forums.actions.keeping import move_by_clock
from engage.forums.actions.signing_up import sign_up
from engage.forums.queries.forums import forum
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.forums import Forum, Kind, Plan
from engage.forums.rules.places import Limits
from engage.forums.rules.signing_up import Guardian, Professional, YoungPerson
from engage.shared import db
from tests.people import make_person

EVENING = date(2026, 11, 24)
BEFORE = datetime(2026, 11, 20, 12, tzinfo=UTC)
DURING = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
LIMITS = Limits(60, 35, 5, 15, 10, 35, 4, 6)
_numbers = count(1)
PLAN = Plan(
    kind=Kind.FORUM, theme="Feeling safe after school (invented)", about="What would help on the way home?",
    meets_on=EVENING, starts=time(17), ends=time(19), venue="Invented youth centre", address="1 Invented Street",
    access="Step free, lift, quiet room", lead="Ruth Invented", lead_phone="020 7946 0000", risk_reference="RA 1",
    programme="17:00 Welcome", age_from=11, age_to=18, limits=LIMITS, closes_on=date(2026, 11, 23),
    promised_on=date(2026, 12, 20),
)  # fmt: skip
ALL = frozenset(Purpose)


def make_forum(*, by: Person | None = None, **changes: object) -> Forum:
    """A forum open for sign-up; its moments are those of `EVENING` unless changed."""
    forum_id = setting_up.set_up(replace(PLAN, **changes), by=by or make_person(Role.VOICE))
    setting_up.open_forum(forum_id, by=by or make_person(Role.VOICE), today=BEFORE.date())
    db.session.commit()
    return forum(forum_id)


def make_young(here: Forum, name: str = "", *, age: int = 14, given: frozenset[Purpose] = ALL) -> int:
    """A young person with a place, whose right adult said yes to `given`; gives the sign-up's id."""
    number = next(_numbers)
    guardian = Guardian(Relation.PARENT, f"parent{number}@example.org", "A parent") if age < 16 else None
    own = Answers(given, Relation.SELF)
    new = YoungPerson(
        name or f"Child{number}", age, f"child{number}@example.org", "K", guardian=guardian, own_consents=own
    )
    came = sign_up(here.id, new, at=BEFORE, language="en")
    if guardian:
        answer(came.id, Answers(given | {Purpose.ATTEND}, Relation.PARENT, "A parent"), at=BEFORE)
    db.session.commit()
    return came.id


def make_adult(here: Forum, name: str = "", agency: str = "", *, seen: bool = True) -> int:
    """An adult with a place, whose checks somebody of the team has seen."""
    number = next(_numbers)
    where, contact = agency or f"Agency {number}", f"adult{number}@example.org"
    new = Professional(name or f"Adult{number}", "Youth worker", where, contact, checks=True)
    came = sign_up(here.id, new, at=BEFORE, language="en")
    if seen:
        setting_up.see_checks(came.id, by=make_person(Role.VOICE), today=BEFORE.date())
    db.session.commit()
    return came.id


def begin(at: datetime = DURING) -> None:
    """Let the clock open the doors."""
    move_by_clock(at)
    db.session.commit()


def put_at_door(here: Forum, person: Person) -> None:
    setting_up.put_at_door(here.id, person.id)
    db.session.commit()
