"""What the public may read: agreed concerns and published updates."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select

from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, ConcernThemeRow, UpdateRow
from engage.youwesaid.rules.concerns import shown_state


@dataclass(frozen=True)
class Line:
    """One dated line of the history; empty `words` stand for the state's own words."""

    on: date
    state: str
    words: str


@dataclass(frozen=True)
class Told:
    """One published update; `unchecked` means young people had not checked the words."""

    on: date
    we_did: str
    next_step: str
    next_by: date | None
    unchecked: bool


@dataclass(frozen=True)
class Concern:
    """A concern as everybody may read it; `state` is what a reader sees today, "late" included."""

    id: int
    slug: str
    title: str
    you_said: str
    topic: str
    state: str
    said_on: date
    promised_on: date
    sources: str
    reason: str
    decided_by: str
    look_again_on: date | None
    told: tuple[Told, ...] = ()
    history: tuple[Line, ...] = ()
    moved_on: date | None = None

    @property
    def finished(self) -> bool:
        """True when no further answer is promised."""
        return self.state in {"done", "felt", "cannot"}

    @property
    def changed_on(self) -> date:
        """The last day something public happened to it; that we owe an answer since yesterday is news too."""
        late_on = self.promised_on + timedelta(days=1) if self.state == "late" else self.said_on
        return max([self.said_on, late_on, self.moved_on or self.said_on, *(told.on for told in self.told)])


def concerns(*, topic: str = "", state: str = "", year: str = "", today: date) -> list[Concern]:
    """Every public concern, newest first, narrowed by topic, by the state a reader sees, or by the year it was said."""
    rows = _public().order_by(ConcernRow.said_on.desc(), ConcernRow.id.desc())
    if topic:
        rows = rows.where(ConcernRow.topic == topic)
    found = [_concern(row, today) for row in db.session.scalars(rows)]
    wanted = [c for c in found if state in ("", c.state) and year in ("", str(c.said_on.year))]
    ids = [c.id for c in wanted]
    told, moved = _told(ids), _moved(ids)
    return [replace(c, told=told.get(c.id, ()), moved_on=moved.get(c.id)) for c in wanted]


def concern(slug: str, *, today: date) -> Concern:
    """One public concern with its updates and history. Raises `NotFound`."""
    row = db.session.scalars(_public().where(ConcernRow.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such page, or it is not public yet."))
    lines = db.session.scalars(
        select(ConcernHistoryRow)
        .where(ConcernHistoryRow.concern_id == row.id, ConcernHistoryRow.public)
        .order_by(ConcernHistoryRow.on, ConcernHistoryRow.id)
    )
    history = tuple(Line(line.on, line.state, line.words) for line in lines)
    moved_on = history[-1].on if history else None
    return replace(_concern(row, today), told=_told([row.id]).get(row.id, ()), history=history, moved_on=moved_on)


def is_public(slug: str) -> bool:
    """Answer whether a concern has a public page at this address."""
    return db.session.scalar(_public().with_only_columns(ConcernRow.id).where(ConcernRow.slug == slug)) is not None


def concerns_of_themes(theme_ids: Iterable[int], *, today: date) -> list[Concern]:
    """The public concerns that answer any of these themes, newest first."""
    fed = select(ConcernThemeRow.concern_id).where(ConcernThemeRow.theme_id.in_(list(theme_ids)))
    rows = db.session.scalars(
        _public().where(ConcernRow.id.in_(fed)).order_by(ConcernRow.said_on.desc(), ConcernRow.id)
    )
    found = [_concern(row, today) for row in rows]
    told = _told([c.id for c in found])
    return [replace(c, told=told.get(c.id, ())) for c in found]


def public_concerns() -> Select[tuple[ConcernRow]]:
    """The rows behind public pages: agreed, and released where they are about an agency."""
    return _public()


def years() -> list[int]:
    """The years in which public concerns were said, newest first."""
    days = db.session.scalars(_public().with_only_columns(ConcernRow.said_on))
    return sorted({day.year for day in days}, reverse=True)


def _public() -> Select[tuple[ConcernRow]]:
    released = or_(ConcernRow.about_agency_id.is_(None), ConcernRow.released)
    return select(ConcernRow).where(ConcernRow.state != "proposed", released)


def _concern(row: ConcernRow, today: date) -> Concern:
    return Concern(
        row.id, row.slug, row.title, row.you_said, row.topic,
        shown_state(row.state, row.promised_on, today=today),
        row.said_on, row.promised_on, row.sources, row.reason, row.decided_by, row.look_again_on,
    )  # fmt: skip


def _moved(concern_ids: list[int]) -> dict[int, date]:
    lines = select(ConcernHistoryRow.concern_id, func.max(ConcernHistoryRow.on))
    lines = lines.where(ConcernHistoryRow.concern_id.in_(concern_ids), ConcernHistoryRow.public)
    return dict(db.session.execute(lines.group_by(ConcernHistoryRow.concern_id)).tuples().all())


def _told(concern_ids: list[int]) -> dict[int, tuple[Told, ...]]:
    rows = db.session.scalars(
        select(UpdateRow)
        .where(UpdateRow.concern_id.in_(concern_ids), UpdateRow.state == "published")
        .order_by(UpdateRow.published_on.desc(), UpdateRow.id.desc())
    )
    told: dict[int, tuple[Told, ...]] = {}
    for row in rows:
        one = Told(row.published_on or row.written_on, row.we_did, row.next_step, row.next_by, row.unchecked)
        told[row.concern_id] = (*told.get(row.concern_id, ()), one)
    return told
