"""Sign-ups, groups, and the consents of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select

from engage.forums.models import ConsentRow, GroupRow, GuardianRow, SignUpRow
from engage.forums.queries.links import key_of, path
from engage.forums.rules.consents import SAID_NO, Purpose, Relation, needs_adult
from engage.forums.rules.links import Opens
from engage.forums.rules.places import ADULT_PLACES, Member, Place
from engage.forums.rules.signing_up import needs_check
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_

GONE = N_("This sign-up is no longer kept: everything is deleted twelve weeks after a forum.")

# Plain columns, and one statement for all requests: every page of one's own begins with these.
BY_KEY = select(*SignUpRow.__table__.columns).where(SignUpRow.key == bindparam("key"))
CONSENTS = select(ConsentRow.purpose, ConsentRow.state).where(ConsentRow.sign_up_id == bindparam("sign_up"))


@dataclass(frozen=True)
class SignUp:
    """One person at one forum, as the pages of those who may see it show it. Moments are UTC."""

    id: int
    key: bytes
    forum_id: int
    group_id: int | None
    place: Place
    state: str
    age: int | None
    line: int | None
    held_until: datetime | None
    offered_until: datetime | None
    declined: bool
    walk_in: bool
    looked_after: bool
    presence: str
    language: str
    name: str
    initial: str
    contact: str
    access: str
    diet: str
    home: str
    home_words: str
    role: str
    agency: str
    checks_said: bool
    checks_seen: bool
    signed_up_at: datetime
    why: str = ""
    counted_as: str = ""

    @property
    def door_name(self) -> str:
        """The first name and an initial."""
        return f"{self.name} {self.initial}".strip()

    @property
    def needs_check(self) -> bool:
        """True for an adult whose place is sure only once somebody has seen a check of theirs."""
        adult = self.place in ADULT_PLACES
        return needs_check(said=self.checks_said, seen=self.checks_seen, is_adult=adult, walk_in=self.walk_in)

    @property
    def member(self) -> Member:
        """What the ledger sees of them."""
        return Member(self.place, self.age, self.counted_as)


@dataclass(frozen=True)
class BookedGroup:
    """A group on its leader's page; members who cancelled are still in it."""

    id: int
    forum_id: int
    together: bool
    leader: str
    contact: str
    agency: str
    members: tuple[SignUp, ...]


@dataclass(frozen=True)
class GuardianAsk:
    """What the adult's link opens: for whom, as whom, and when they answered (None: not yet)."""

    sign_up: SignUp
    relation: Relation
    name: str
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class NamedAdult:
    """The adult who was named for somebody, on the team's page."""

    relation: Relation
    name: str
    contact: str
    answered_at: datetime | None


def named_adult(sign_up_id: int) -> NamedAdult | None:
    """Give the adult who was named for somebody, None where nobody was."""
    row = db.session.scalar(select(GuardianRow).where(GuardianRow.sign_up_id == sign_up_id))
    if row is None:
        return None
    return NamedAdult(Relation(row.relation), row.name or "", row.contact or "", _aware(row.answered_at))


def sign_up(sign_up_id: int) -> SignUp:
    """Give one sign-up. Raises `NotFound`."""
    return _one(SignUpRow.id == sign_up_id)


def sign_up_of(token: str, opens: Opens = Opens.MINE) -> SignUp:
    """Give the sign-up that a link or a pass opens. Raises `NotFound`."""
    db.session.flush()
    row = db.session.connection().execute(BY_KEY, {"key": key_of(opens, token)}).first()
    if row is None:
        raise NotFound(GONE)
    return as_sign_up(row)


def group_of(token: str) -> BookedGroup:
    """Give the group that its leader's link opens. Raises `NotFound`."""
    row = db.session.scalar(select(GroupRow).where(GroupRow.key == key_of(Opens.GROUP, token)))
    if row is None:
        raise NotFound(GONE)
    members = tuple(_all(SignUpRow.group_id == row.id))
    return BookedGroup(row.id, row.forum_id, row.together, row.leader or "", row.contact or "", row.agency, members)


def guardian_of(token: str) -> GuardianAsk:
    """Give what an adult's link asks. Raises `NotFound`; a link that was replaced by another adult's opens nothing."""
    row = db.session.scalar(select(GuardianRow).where(GuardianRow.key == key_of(Opens.GUARDIAN, token)))
    if row is None:
        raise NotFound(N_("This link has been replaced by another, or is no longer kept."))
    asked_at, answered_at = row.asked_at.replace(tzinfo=UTC), _aware(row.answered_at)
    return GuardianAsk(sign_up(row.sign_up_id), Relation(row.relation), row.name or "", asked_at, answered_at)


def guardian_path(sign_up_id: int) -> str:
    """Give the address of the adult's link, "" where no adult was asked."""
    key = db.session.scalar(select(GuardianRow.key).where(GuardianRow.sign_up_id == sign_up_id))
    return path(Opens.GUARDIAN, key) if key else ""


def consents(sign_up_id: int) -> dict[Purpose, str]:
    """The state of each purpose of one sign-up."""
    db.session.flush()
    rows = db.session.connection().execute(CONSENTS, {"sign_up": sign_up_id})
    found = {Purpose(purpose): state for purpose, state in rows}
    return {purpose: found[purpose] for purpose in Purpose if purpose in found}


def own_no(sign_up_id: int) -> frozenset[Purpose]:
    """What the young person said no to themselves: no adult's yes counts against it."""
    rows = db.session.scalars(
        select(ConsentRow.purpose).where(
            ConsentRow.sign_up_id == sign_up_id,
            ConsentRow.relation == Relation.SELF.value,
            ConsentRow.state.in_(("refused", "withdrawn")),
        )
    )
    return frozenset(map(Purpose, rows))


def refused_by_adult(forum_id: int) -> list[SignUp]:
    """Those who do not come because an adult said no, or took a yes back."""
    no = and_(ConsentRow.state.in_(SAID_NO), ConsentRow.relation.not_in(("", Relation.SELF.value)))
    theirs = select(ConsentRow.sign_up_id).where(ConsentRow.purpose == Purpose.ATTEND.value, no)
    return _all(and_(SignUpRow.forum_id == forum_id, SignUpRow.state == "cancelled", SignUpRow.id.in_(theirs)))


def own_yes(sign_up_id: int) -> frozenset[Purpose]:
    """What a young person under 16 said yes to themselves, and their adult has not answered yet."""
    rows = db.session.scalars(
        select(ConsentRow.purpose).where(
            ConsentRow.sign_up_id == sign_up_id,
            ConsentRow.relation == Relation.SELF.value,
            ConsentRow.state == "requested",
        )
    )
    return frozenset(map(Purpose, rows))


def adult_said_no(sign_up_id: int) -> bool:
    """True when an adult's last word was no to somebody's coming."""
    row = db.session.get(ConsentRow, (sign_up_id, Purpose.ATTEND.value), populate_existing=True)
    return row is not None and row.state in SAID_NO and row.relation != Relation.SELF


def consents_of_forum(forum_id: int) -> dict[int, frozenset[Purpose]]:
    """What was agreed to for each sign-up of a forum."""
    rows = db.session.execute(
        select(ConsentRow.sign_up_id, ConsentRow.purpose)
        .join(SignUpRow, SignUpRow.id == ConsentRow.sign_up_id)
        .where(SignUpRow.forum_id == forum_id, ConsentRow.state == "given")
    )
    found: dict[int, set[Purpose]] = {}
    for sign_up_id, purpose in rows:
        found.setdefault(sign_up_id, set()).add(Purpose(purpose))
    return {sign_up_id: frozenset(purposes) for sign_up_id, purposes in found.items()}


def people(forum_id: int, states: Iterable[str] | None = None) -> list[SignUp]:
    """Everybody at one forum in one of `states` (all where None): those with a place first, then the waiting list."""
    wanted = SignUpRow.forum_id == forum_id
    return _all(wanted if states is None else and_(wanted, SignUpRow.state.in_(list(states))))


def ahead_of(one: SignUp, *others: SignUp) -> int:
    """How many people wait in line before this one for the same type of place, or for a type of who comes with them."""
    types = {each.place.value for each in (one, *others)}
    waits = and_(SignUpRow.forum_id == one.forum_id, SignUpRow.state == "waitlisted", SignUpRow.line < one.line)
    return int(db.session.scalar(select(func.count(SignUpRow.id)).where(waits, SignUpRow.place.in_(types))) or 0)


def wait_for_yes(people: Iterable[SignUp]) -> frozenset[int]:
    """The ids of those in line who can be offered no place before an adult has said yes."""
    asks = [one.id for one in people if one.state == "waitlisted" and one.age is not None and needs_adult(one.age)]
    given = select(ConsentRow.sign_up_id).where(
        ConsentRow.sign_up_id.in_(asks),
        ConsentRow.purpose == Purpose.ATTEND,
        ConsentRow.state == "given",
        ConsentRow.relation != Relation.SELF,
    )
    return frozenset(asks) - frozenset(db.session.scalars(given)) if asks else frozenset()


def as_sign_up(row: SignUpRow | Row[Any]) -> SignUp:
    """Give the record of a row."""
    home, _, home_words = (row.home or "").partition(" ")
    return SignUp(
        id=row.id, key=row.key, forum_id=row.forum_id, group_id=row.group_id, place=Place(row.place), state=row.state,
        age=row.age, line=row.line, held_until=_aware(row.held_until), offered_until=_aware(row.offered_until),
        declined=row.declined, walk_in=row.walk_in, looked_after=row.looked_after, presence=row.presence,
        language=row.language, name=row.name or "", initial=row.initial or "", contact=row.contact or "",
        access=row.access or "", diet=row.diet or "", home=home, home_words=home_words, role=row.role,
        agency=row.agency, checks_said=row.checks_said, checks_seen=row.checks_seen_by is not None,
        why=row.why or "", counted_as=row.counted_as, signed_up_at=row.signed_up_at.replace(tzinfo=UTC),
    )  # fmt: skip


def _one(wanted: ColumnElement[bool]) -> SignUp:
    found = _all(wanted)
    if not found:
        raise NotFound(GONE)
    return found[0]


def _all(wanted: ColumnElement[bool]) -> list[SignUp]:
    rows = db.session.scalars(
        select(SignUpRow)
        .where(wanted)
        .order_by(SignUpRow.line.is_not(None), SignUpRow.line, SignUpRow.id)
        .execution_options(populate_existing=True)
    )
    return [as_sign_up(row) for row in rows]


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
