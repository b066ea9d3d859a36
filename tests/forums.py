"""Make forums and people who sign up for a test."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count

from sqlalchemy import func, select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.forums.actions import agencies, setting_up, signing_up
from engage.forums.models import ForumAgencyRow, ForumRow, SignUpRow
from engage.forums.queries.forums import as_forum
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.forums import Forum, Kind, Plan
from engage.forums.rules.places import ADULT_PLACES, YOUNG_PLACES, Limits, Taken, broken, weight
from engage.forums.rules.signing_up import Group, Guardian, Professional, SignedUp, SignedUpGroup, YoungPerson
from engage.forums.rules.states import HOLDS_PLACE
from engage.shared import db
from engage.shared.clock import now, today
from tests.people import make_person

_numbers = count(1)
SMALL = Limits(capacity=8, young=5, ambassador=0, professional=3, facilitator=1, floor=4, agency_cap=2, adults=2)
LIMITS = Limits(capacity=60, young=40, ambassador=4, professional=16, facilitator=8, floor=30, agency_cap=5, adults=8)
YES = Answers(frozenset({Purpose.ATTEND}), Relation.PARENT, "A parent")


def make_plan(*, limits: Limits = LIMITS, meets_on: date | None = None, **changes: object) -> Plan:
    on = meets_on or today() + timedelta(days=21)
    plan = Plan(
        kind=Kind.FORUM, theme="Getting home safely", about="Buses, paths and lights.", meets_on=on,
        starts=time(17), ends=time(19, 30), venue="Canada Villa (invented hall)", address="1 Invented Road",
        access="Level in, lift, quiet room", lead="Ruth Okafor", lead_phone="020 7946 0000", risk_reference="RA-1",
        programme="Food, tables, what happens next", age_from=11, age_to=25, limits=limits,
        closes_on=on - timedelta(days=1), promised_on=on + timedelta(days=40),
    )  # fmt: skip
    return replace(plan, **changes)


def make_forum(*, opened: bool = True, limits: Limits = LIMITS, **changes: object) -> int:
    by = make_person(Role.VOICE)
    forum_id = setting_up.set_up(make_plan(limits=limits, **changes), by=by)
    if opened:
        setting_up.open_forum(forum_id, by=by, today=today())
    db.session.commit()
    return forum_id


def young(age: int = 16, **changes: object) -> YoungPerson:
    number = next(_numbers)
    person = YoungPerson(first_name=f"Ayo{number}", age=age, contact=f"ayo{number}@example.org")
    if age < 16:
        person = replace(person, guardian=Guardian(Relation.PARENT, f"parent{number}@example.org", "A parent"))
    return replace(person, **changes)


def professional(agency: str = "Northway School (invented)", **changes: object) -> Professional:
    number = next(_numbers)
    person = Professional(f"Sam {number}", "Teacher", agency, f"sam{number}@example.org", checks=True)
    return replace(person, **changes)


def join(forum_id: int, new: YoungPerson | Professional, *, attempt: bytes | None = None) -> SignedUp:
    signed = signing_up.sign_up(forum_id, new, at=now(), language="en", attempt=attempt)
    db.session.commit()
    return signed


def fill(forum_id: int, number: int = 5) -> list[SignedUp]:
    return [join(forum_id, young()) for _ in range(number)]


def book(forum_id: int, members: list[YoungPerson], **how: bool) -> SignedUpGroup:
    group = Group(professional(), tuple(members), **{"leader_comes": False, **how})
    signed = signing_up.sign_up_group(forum_id, group, at=now(), language="en")
    db.session.commit()
    return signed


def audited() -> list[str]:
    return [line.did for line in db.session.scalars(select(AuditRow).order_by(AuditRow.id))]


def forum_now(forum_id: int) -> Forum:
    db.session.rollback()
    return as_forum(db.session.get_one(ForumRow, forum_id, populate_existing=True))


def states_of(forum_id: int) -> dict[str, int]:
    db.session.rollback()
    rows = db.session.execute(
        select(SignUpRow.state, func.count()).where(SignUpRow.forum_id == forum_id).group_by(SignUpRow.state)
    )
    return dict(rows.tuples().all())


def state_of(sign_up_id: int) -> str:
    db.session.rollback()
    return db.session.scalar(select(SignUpRow.state).where(SignUpRow.id == sign_up_id)) or ""


def list_agencies(forum_id: int, *names: str, everywhere: bool = False) -> None:
    for name in names:
        agencies.list_agency(name, forum_id=forum_id, everywhere=everywhere, at=now())
    db.session.commit()


def check_ledger(forum_id: int, *, joined: bool = False) -> Taken:
    """Hold the counters against the sign-ups themselves, and both against every limit.

    `joined`: two names became one agency, which may hold more places than the cap from before.
    """
    db.session.flush()
    row = db.session.get_one(ForumRow, forum_id, populate_existing=True)
    forum = as_forum(row)
    holding = db.session.scalars(
        select(SignUpRow).where(SignUpRow.forum_id == forum_id, SignUpRow.state.in_(HOLDS_PLACE))
    ).all()
    counted = {place.value: sum(one.place == place for one in holding) for place in (*YOUNG_PLACES, *ADULT_PLACES)}
    assert forum.taken == Taken(load=sum(weight(one.age, forum.plan.limits) for one in holding), **counted)
    assert broken(forum.taken, forum.plan.limits) == []
    kept = select(ForumAgencyRow.agency_key, ForumAgencyRow.taken).where(ForumAgencyRow.forum_id == forum_id)
    of_agency = Counter(one.counted_as for one in holding if one.counted_as)
    assert of_agency == +Counter(dict(db.session.execute(kept).tuples().all()))
    cap = forum.plan.limits.agency_cap
    assert joined or not cap or max(of_agency.values(), default=0) <= cap
    assert all(bool(one.counted_as) is (one.place in ADULT_PLACES) for one in holding)
    return forum.taken


def bare(at: datetime) -> datetime:
    return at.replace(tzinfo=None)
