"""What staff read: every concern they may know of, and its updates."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from engage.accounts.queries import agencies, people
from engage.accounts.rules import Person, Role
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ActionRow, ApprovalRow, ConcernHistoryRow, ConcernRow, ConcernThemeRow, UpdateRow
from engage.youwesaid.queries.public import Line
from engage.youwesaid.queries.versions import serving
from engage.youwesaid.rules.concerns import OPEN, shown_state
from engage.youwesaid.rules.states import CONCERN

OUTSIDE = frozenset({Role.AGENCY, Role.AMBASSADOR})


@dataclass(frozen=True)
class Concern:
    """A concern as staff see it; `state` is its own, `shown` what a reader sees today."""

    id: int
    slug: str
    title: str
    you_said: str
    topic: str
    state: str
    shown: str
    said_on: date
    promised_on: date
    proposed_by: int | None
    about_agency_id: int | None
    released: bool
    merged_into_id: int | None
    sources: str = ""
    sent_back: str = ""

    @property
    def open(self) -> bool:
        """True while an agency can be asked to act: the panel agreed it, and nothing ended it."""
        return self.state in OPEN

    @property
    def held_back(self) -> bool:
        """True while it is about an agency and not released: neither that agency nor the public sees it."""
        return self.about_agency_id is not None and not self.released

    @property
    def public(self) -> bool:
        """True while it has a page of its own that everybody may open."""
        return self.state != CONCERN.first and self.merged_into_id is None and not self.held_back


@dataclass(frozen=True)
class Update:
    """The words of one "we did" on their way to the public."""

    id: int
    concern_id: int
    concern: str
    you_said: str
    state: str
    we_did: str
    next_step: str
    next_by: date | None
    written_by: int
    writer: str
    written_on: date
    checked_by: int | None
    checked_on: date | None
    published_on: date | None
    replaces_id: int | None
    version: int
    shown_on: date | None
    ended_on: date | None
    for_safety: bool
    overridden: bool
    wrong: str
    concern_open: bool
    approved_by: frozenset[int] = frozenset()
    sent_back: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """The names of people and agencies, which another feature keeps."""

    people: dict[int, str]
    agencies: dict[int, str]

    @classmethod
    def load(cls) -> "Names":
        """Ask for all of them once."""
        return cls({one.id: one.name for one in people()}, {one.id: one.name for one in agencies()})


def concerns(person: Person, *, today: date, priority: str = "") -> list[Concern]:
    """Every concern this person may know of, or those that serve one priority: late first, then by promised day."""
    rows = known_to(person).where(ConcernRow.merged_into_id.is_(None))
    if priority:
        rows = rows.where(ConcernRow.id.in_(serving(priority)))
    found = [_concern(row, today) for row in db.session.scalars(rows)]
    return sorted(
        found, key=lambda c: (c.shown != "late", c.state != "proposed", c.state not in OPEN, c.promised_on, c.id)
    )


def concern(concern_id: int, person: Person, *, today: date) -> Concern:
    """One concern. Raises `NotFound` when there is none or it is not for this person."""
    row = db.session.scalars(known_to(person).where(ConcernRow.id == concern_id)).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such concern, or it is not for you to see."))
    return _concern(row, today)


def themes_of(concern_id: int) -> list[int]:
    """The themes one concern answers."""
    rows = select(ConcernThemeRow.theme_id).where(ConcernThemeRow.concern_id == concern_id)
    return list(db.session.scalars(rows.order_by(ConcernThemeRow.theme_id)))


def history(concern_id: int) -> list[Line]:
    """Everything that happened to one concern, oldest first."""
    rows = db.session.scalars(
        select(ConcernHistoryRow)
        .where(ConcernHistoryRow.concern_id == concern_id)
        .order_by(ConcernHistoryRow.on, ConcernHistoryRow.id)
    )
    return [Line(row.on, row.state, row.words) for row in rows]


def updates(person: Person, *, concern_id: int | None = None) -> list[Update]:
    """Updates this person may know of, with who wrote, checked and approved them: to do first, then the newest."""
    rows = updates_for(person)
    if concern_id is not None:
        rows = rows.where(UpdateRow.concern_id == concern_id)
    over = UpdateRow.state.in_(("published", "replaced", "withdrawn"))
    newest = UpdateRow.written_on.desc(), UpdateRow.id.desc()
    found = db.session.execute(rows.order_by(over, *newest)).tuples().all()
    words, names = _approvals([row[0].id for row in found]), Names.load()
    return [_update(row, words.get(row[0].id, []), names) for row in found]


def update(update_id: int, person: Person) -> Update:
    """One update. Raises `NotFound` when there is none or its concern is not for this person."""
    row = db.session.execute(updates_for(person).where(UpdateRow.id == update_id)).tuples().one_or_none()
    if row is None:
        raise NotFound(N_("There is no such update."))
    return _update(row, _approvals([update_id]).get(update_id, []), Names.load())


def versions_before(update: Update, person: Person) -> list[Update]:
    """What stood in the place of an update before, the last one first; ask for the update itself before.

    Agencies and ambassadors do not read what was taken back to keep someone safe.
    """
    found: list[Update] = []
    names, replaced = Names.load(), update.replaces_id
    while replaced is not None:
        rows = select(UpdateRow, ConcernRow.title, ConcernRow.you_said, ConcernRow.state).where(
            UpdateRow.id == replaced
        )
        row = db.session.execute(rows.join(ConcernRow, ConcernRow.id == UpdateRow.concern_id)).tuples().one()
        found.append(_update(row, [], names))
        replaced = row[0].replaces_id
    return [one for one in found if not (one.for_safety and person.roles <= OUTSIDE)]


def known_to(person: Person) -> Select[tuple[ConcernRow]]:
    """The concerns this person may know of: one about an agency is hidden from it until it is released."""
    rows = select(ConcernRow)
    if person.agencies:
        about_others = or_(ConcernRow.about_agency_id.is_(None), ConcernRow.about_agency_id.not_in(person.agencies))
        rows = rows.where(or_(about_others, ConcernRow.released))
    return rows


def updates_for(person: Person) -> Select[tuple[UpdateRow, str, str, str]]:
    """The updates this person may know of, each with its concern's title and words."""
    known = known_to(person).with_only_columns(ConcernRow.id)
    rows = select(UpdateRow, ConcernRow.title, ConcernRow.you_said, ConcernRow.state).join(
        ConcernRow, ConcernRow.id == UpdateRow.concern_id
    )
    rows = rows.where(UpdateRow.concern_id.in_(known))
    return rows.where(_outside(person)) if person.roles <= OUTSIDE else rows


def taken_slugs() -> frozenset[str]:
    """Every address in use."""
    return frozenset(db.session.scalars(select(ConcernRow.slug).order_by(ConcernRow.slug)))


def _outside(person: Person) -> ColumnElement[bool]:
    """What agencies and ambassadors read: nothing unreleased about an agency, and only what is theirs to look at."""
    own = select(ActionRow.concern_id).where(ActionRow.agency_id == person.agency_id)
    theirs = {
        Role.AMBASSADOR: UpdateRow.state == "fact_checked",
        Role.AGENCY: and_(UpdateRow.concern_id.in_(own), UpdateRow.state != "held", ~UpdateRow.for_safety),
    }
    released = or_(ConcernRow.about_agency_id.is_(None), ConcernRow.released)
    return and_(released, or_(false(), *(theirs[role] for role in person.roles)))


def _approvals(update_ids: list[int]) -> dict[int, list[ApprovalRow]]:
    rows = db.session.scalars(select(ApprovalRow).where(ApprovalRow.update_id.in_(update_ids)).order_by(ApprovalRow.id))
    found: dict[int, list[ApprovalRow]] = {}
    for row in rows:
        found.setdefault(row.update_id, []).append(row)
    return found


def _concern(row: ConcernRow, today: date) -> Concern:
    return Concern(
        row.id, row.slug, row.title, row.you_said, row.topic, row.state,
        shown_state(row.state, row.promised_on, today=today),
        row.said_on, row.promised_on, row.proposed_by, row.about_agency_id, row.released,
        row.merged_into_id, row.sources, row.sent_back,
    )  # fmt: skip


def _update(row: tuple[UpdateRow, str, str, str], words: list[ApprovalRow], names: Names) -> Update:
    one, title, you_said, state = row
    return Update(
        one.id, one.concern_id, title, you_said, one.state, one.we_did, one.next_step, one.next_by,
        one.written_by, names.people.get(one.written_by, ""), one.written_on, one.checked_by, one.checked_on,
        one.published_on, one.replaces_id, one.version, one.shown_on, one.ended_on, one.for_safety, one.overridden,
        one.wrong, state in OPEN,
        approved_by=frozenset(word.person_id for word in words if not word.sent_back),
        sent_back=tuple(word.sent_back for word in words if word.sent_back),
    )  # fmt: skip
