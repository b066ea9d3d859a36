"""What the public may read: agreed concerns and published updates, in the reader's language where it is translated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select

from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ConcernAreaRow, ConcernHistoryRow, ConcernRow, ConcernThemeRow, UpdateRow
from engage.youwesaid.queries.own_words import ENGLISH, OwnWords, Words, own_words
from engage.youwesaid.rules.areas import AREAS
from engage.youwesaid.rules.concerns import shown_state, still_to_come

TEXTS = ("title", "you_said", "sources", "reason", "decided_by")
TOLD_TEXTS = ("we_did", "next_step")


@dataclass(frozen=True)
class Line:
    """One dated line of the history; empty `words` stand for the state's own words."""

    on: date
    state: str
    words: str
    own: Words = field(default_factory=lambda: Words(""))


@dataclass(frozen=True)
class Told:
    """One published update; `unchecked` means young people had not checked the words."""

    on: date
    we_did: str
    next_step: str
    next_by: date | None
    unchecked: bool
    id: int = 0
    own: Mapping[str, Words] = field(default_factory=dict)

    def say(self, text: str) -> Words:
        """One of its texts in the reader's language, or in English."""
        return self.own.get(text) or Words(getattr(self, text))


@dataclass(frozen=True)
class Concern:
    """A concern as everybody may read it; `state` is what a reader sees today, "late" included.

    Its fields are the English words; `say` gives those of the reader's language, where `lagging` is True if a
    translation is there that the English has left behind. `areas` are codes; none means the whole borough.
    """

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
    areas: tuple[str, ...] = ()
    own: Mapping[str, Words] = field(default_factory=dict)
    lagging: bool = False

    @property
    def finished(self) -> bool:
        """True when no further answer is promised."""
        return self.state in {"done", "felt", "cannot"}

    @property
    def changed_on(self) -> date:
        """The last day something public happened to it; that we owe an answer since yesterday is news too."""
        late_on = self.promised_on + timedelta(days=1) if self.state == "late" else self.said_on
        return max([self.said_on, late_on, self.moved_on or self.said_on, *(told.on for told in self.told)])

    @property
    def area_names(self) -> tuple[str, ...]:
        """The areas it is about, by name."""
        return tuple(AREAS.get(code, code) for code in self.areas)

    @property
    def texts(self) -> tuple[str, str]:
        """Its title, and everything else it says, in English and in the reader's language."""
        said = [self.you_said, self.reason, *(told.we_did for told in self.told), *self.area_names]
        own = [self.say("you_said"), self.say("reason"), *(told.say("we_did") for told in self.told)]
        title = f"{self.title} {self.say('title').text}"
        return title, " ".join((*said, *(words.text for words in own)))

    def say(self, text: str) -> Words:
        """One of its texts in the reader's language, or in English."""
        return self.own.get(text) or Words(getattr(self, text))


def concerns(*, today: date, language: str = ENGLISH) -> list[Concern]:
    """Every public concern, newest first, with its updates and without its history."""
    rows = db.session.scalars(_public().order_by(ConcernRow.said_on.desc(), ConcernRow.id.desc()))
    return _filled([_concern(row, today) for row in rows], language)


def concern(slug: str, *, today: date, language: str = ENGLISH) -> Concern:
    """One public concern with its updates and history. Raises `NotFound`."""
    row = db.session.scalars(_public().where(ConcernRow.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such page, or it is not public yet."))
    lines = db.session.scalars(
        select(ConcernHistoryRow)
        .where(ConcernHistoryRow.concern_id == row.id, ConcernHistoryRow.public)
        .order_by(ConcernHistoryRow.on, ConcernHistoryRow.id)
    )
    return _filled([_concern(row, today)], language, lines=list(lines))[0]


def is_public(slug: str) -> bool:
    """Answer whether a concern has a public page at this address."""
    return db.session.scalar(_public().with_only_columns(ConcernRow.id).where(ConcernRow.slug == slug)) is not None


def concerns_of_themes(theme_ids: Iterable[int], *, today: date, language: str = ENGLISH) -> list[Concern]:
    """The public concerns that answer any of these themes, newest first."""
    fed = select(ConcernThemeRow.concern_id).where(ConcernThemeRow.theme_id.in_(list(theme_ids)))
    asked = _public().where(ConcernRow.id.in_(fed)).order_by(ConcernRow.said_on.desc(), ConcernRow.id)
    return _filled([_concern(row, today) for row in db.session.scalars(asked)], language)


def public_concerns() -> Select[tuple[ConcernRow]]:
    """The rows behind public pages: agreed, and released where they are about an agency."""
    return _public()


def _public() -> Select[tuple[ConcernRow]]:
    released = or_(ConcernRow.about_agency_id.is_(None), ConcernRow.released)
    return select(ConcernRow).where(ConcernRow.state != "proposed", ConcernRow.merged_into_id.is_(None), released)


def _concern(row: ConcernRow, today: date) -> Concern:
    return Concern(
        row.id, row.slug, row.title, row.you_said, row.topic,
        shown_state(row.state, row.promised_on, today=today),
        row.said_on, row.promised_on, row.sources, row.reason, row.decided_by, row.look_again_on,
    )  # fmt: skip


def _filled(found: list[Concern], language: str, lines: list[ConcernHistoryRow] | None = None) -> list[Concern]:
    """Add what stands in other tables; `lines` are the history of the one concern that is looked at."""
    ids = [one.id for one in found]
    moved = _moved(ids) if lines is None else {line.concern_id: line.on for line in lines}
    told, areas, own = _told(ids), _areas(ids), own_words(ids, language)
    return [
        _in_own_words(
            replace(one, told=told.get(one.id, ()), moved_on=moved.get(one.id), areas=areas.get(one.id, ())),
            own[one.id],
            lines or [],
        )
        for one in found
    ]


def _in_own_words(one: Concern, own: OwnWords, lines: list[ConcernHistoryRow]) -> Concern:
    told = tuple(
        replace(each, own={text: own.told(each.id, text, getattr(each, text)) for text in TOLD_TEXTS})
        for each in one.told
    )
    history = tuple(Line(row.on, row.state, row.words, own.of(f"line:{row.id}", row.words)) for row in lines)
    texts = {text: own.of(text, getattr(one, text)) for text in TEXTS}
    return replace(one, told=told, history=history, own=texts, lagging=own.lagging)


def _moved(concern_ids: list[int]) -> dict[int, date]:
    lines = select(ConcernHistoryRow.concern_id, func.max(ConcernHistoryRow.on))
    lines = lines.where(ConcernHistoryRow.concern_id.in_(concern_ids), ConcernHistoryRow.public)
    return dict(db.session.execute(lines.group_by(ConcernHistoryRow.concern_id)).tuples().all())


def areas_of(concern_id: int) -> tuple[str, ...]:
    """The areas one concern is about, whether it is public or not."""
    return _areas([concern_id]).get(concern_id, ())


def _areas(concern_ids: list[int]) -> dict[int, tuple[str, ...]]:
    rows = select(ConcernAreaRow.concern_id, ConcernAreaRow.area).where(ConcernAreaRow.concern_id.in_(concern_ids))
    found: dict[int, tuple[str, ...]] = {}
    for concern_id, area in db.session.execute(rows.order_by(ConcernAreaRow.concern_id, ConcernAreaRow.area)).tuples():
        found[concern_id] = (*found.get(concern_id, ()), area)
    return found


def _told(concern_ids: list[int]) -> dict[int, tuple[Told, ...]]:
    rows = db.session.scalars(
        select(UpdateRow)
        .where(UpdateRow.concern_id.in_(concern_ids), UpdateRow.state == "published")
        .order_by(UpdateRow.published_on.desc(), UpdateRow.id.desc())
    )
    told: dict[int, tuple[Told, ...]] = {}
    for row in rows:
        on = row.published_on or row.written_on
        next_by = still_to_come(row.next_by, on=on)
        one = Told(on, row.we_did, row.next_step, next_by, row.unchecked, row.id)
        told[row.concern_id] = (*told.get(row.concern_id, ()), one)
    return told
