"""What rose in a wave, as pages may show it: protected figures, checked words, and what people decided."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from engage.accounts.models import PersonRow
from engage.accounts.rules import Person, Role
from engage.analysis.method.records import Cell, CouldSee, Proportion
from engage.analysis.models import EmergingRunRow, ExcerptRow, RiseDecisionRow
from engage.analysis.queries.evidence import on_sensitive
from engage.analysis.queries.waiting import READERS
from engage.analysis.rules.emerging import RISE, Times, could_see_words, is_same, note_words, times_words
from engage.analysis.rules.freezing import Origin, is_intact, thawed
from engage.shared import db, wanted
from engage.shared.errors import NotFound
from engage.shared.waiting import Waiting
from engage.shared.wanted import Wanted
from engage.shared.words import N_
from engage.surveys.queries.places import Place, places
from engage.surveys.queries.waves import definition_of, waves
from engage.surveys.rules.items import WRITTEN

EXEMPLARS = 3
MOST_LOOKED_AT = 60  # answers of a rise, for its exemplars
OVER = ("closed", "reported")
Roles = Collection[Role]
Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Quote:
    """A redacted answer that a person has checked."""

    excerpt_id: str
    words: str
    language: str


@dataclass(frozen=True)
class Decided:
    """One decision of a person about a rise; `theme_id` where it became or joined a theme."""

    on: date
    by: str
    state: str
    why: str
    theme_id: int | None


@dataclass(frozen=True)
class Rise:
    """Something said more than before; `number` is its place in its run, `names` all it went by.

    `small`: too few answers of this wave to be counted; `worrying`: mostly answers that the screen flagged.
    """

    number: int
    what: str
    kind: str
    tier: str
    also: tuple[str, ...]
    names: tuple[str, ...]
    theme_id: int | None
    worrying: bool
    now: Cell
    before: Cell
    now_share: Proportion | None
    before_share: Proportion | None
    times: str
    quotes: tuple[Quote, ...]
    state: str
    history: tuple[Decided, ...]

    @property
    def small(self) -> bool:
        return self.now.hidden


@dataclass(frozen=True)
class Emerging:
    """What rose in one wave; `note` says what is needed where nothing could be compared, `withheld` how many rises
    are for the team that reads answers only.
    """

    run_id: int
    subject: str
    title: str
    waves: tuple[str, ...]
    questions: tuple[str, ...]
    answers: Cell
    earlier: Cell
    note: str
    could_have_seen: tuple[str, ...]
    tests: int
    with_codes: bool
    rises: tuple[Rise, ...]
    withheld: int
    origin: Origin

    def in_tier(self, tier: str) -> list[Rise]:
        """The rises of a tier that nobody has decided about, or that became a theme."""
        return [one for one in self.rises if one.tier == tier and one.state != "dismissed"]

    @property
    def put_away(self) -> list[Rise]:
        """Sure rises that somebody called nothing new."""
        return [one for one in self.dismissed if one.tier == "rise"]

    @property
    def dismissed(self) -> list[Rise]:
        return [one for one in self.rises if one.state == "dismissed"]


@dataclass(frozen=True)
class _Around:
    """What stands around the rises of a run: decisions, who made them, and the answers that may be quoted."""

    decisions: list[RiseDecisionRow]
    people: Mapping[int, str]
    checked: Mapping[bytes, ExcerptRow]


def compared_waves() -> list[Place]:
    """Every wave that has ended and has a box to write in, the newest first: each is compared with those before it."""
    asked = {one.id for one in waves() if any(item.kind in WRITTEN for item in definition_of(one).items)}
    return [one for one in places() if one.wave_id in asked and one.state in OVER]


def emerging_of(subject: str, roles: Roles) -> Emerging | None:
    """What the last run found in a wave, for these roles; None before any. Raises `NotFound`, `Changed`."""
    about = next((one for one in compared_waves() if one.subject == subject), None)
    if about is None:
        raise NotFound(N_("There is no such wave, or it has not ended yet"))
    asked = select(EmergingRunRow).where(EmergingRunRow.wave_id == about.wave_id)
    row = db.session.scalars(asked.order_by(EmergingRunRow.id.desc()).limit(1)).first()
    return None if row is None else _emerging(row, about, roles)


def rise_of(run_id: int, number: int, roles: Roles) -> tuple[Emerging, Rise]:
    """One rise, with the run it is of. Raises `NotFound` where there is none that this person may see, `Changed`."""
    row = db.session.get(EmergingRunRow, run_id)
    about = next((one for one in places() if row and one.wave_id == row.wave_id), None)
    if row is not None and about is not None:
        found = _emerging(row, about, roles)
        for one in found.rises:
            if one.number == number:
                return found, one
    raise NotFound(N_("There is no such rise"))


def waiting_to_decide(person: Person, _today: date) -> list[Waiting]:
    """What waits for this person to say whether it is a concern."""
    count, since = undecided() if Role.VOICE in person.roles else (0, None)
    return [Waiting("Something new to decide about", count, since, "/desk/emerging/")] if count else []


def undecided() -> tuple[int, date | None]:
    """How many sure rises of the last runs nobody has decided about, and since when the oldest waits."""
    newest = select(func.max(EmergingRunRow.id)).group_by(EmergingRunRow.wave_id)
    asked = select(EmergingRunRow).where(EmergingRunRow.id.in_(newest)).order_by(EmergingRunRow.id)
    waits = [(len(_new(row)), row.made_at.date()) for row in db.session.scalars(asked).all()]
    return sum(count for count, _ in waits), min((made_on for count, made_on in waits if count), default=None)


def _new(row: EmergingRunRow) -> list[Any]:
    if not is_intact(row.body, row.sha256):  # its own page says so
        return []
    rises, decisions = thawed(row.body, row.sha256)["rises"], decisions_of(row.wave_id)
    return [one for one in rises if one["tier"] == "rise" and state_of(one["names"], decisions) == RISE.first]


def decisions_of(wave_id: int) -> list[RiseDecisionRow]:
    """Every decision about a rise of this wave, oldest first, for this feature's own writers."""
    asked = select(RiseDecisionRow).where(RiseDecisionRow.wave_id == wave_id).order_by(RiseDecisionRow.id)
    return list(db.session.scalars(asked))


def about_it(names: Collection[str], decisions: Iterable[RiseDecisionRow]) -> list[RiseDecisionRow]:
    """The decisions that are about the rise that goes by these names, its own first."""
    what = next(iter(names))
    return [row for row in decisions if is_same(what, names, row.what, row.names.split("\n"))]


def state_of(names: Collection[str], decisions: Iterable[RiseDecisionRow]) -> str:
    """What people decided last about the rise that goes by these names."""
    mine = about_it(names, decisions)
    return mine[-1].state if mine else RISE.first


def work_on(*kinds: str) -> list[tuple[str, Wanted]]:
    """What the worker still has to do of these kinds, with the name of the wave."""
    found = [work for work in wanted.waiting() if work.kind in kinds]
    titles = {place.subject: place.title for place in places()} if found else {}
    return [(titles.get(work.subject, work.subject), work) for work in found]


def _emerging(row: EmergingRunRow, about: Place, roles: Roles) -> Emerging:
    body = thawed(row.body, row.sha256)
    team = bool(READERS & set(roles))
    around = _around(row.wave_id, body["rises"], team=team)
    every = [_rise(number, one, around) for number, one in enumerate(body["rises"])]
    shown = every
    if not team:
        shown = [replace(one, also=()) for one in every if not (one.small or one.worrying)]
    return Emerging(
        row.id, about.subject, about.title, tuple(body["waves"]), tuple(body["questions"]),
        Cell.from_json(body["answers"]), Cell.from_json(body["earlier"]), note_words(body),
        could_see_words(CouldSee.from_json(one) for one in body["could_have_seen"]), body["tests"],
        body["with_codes"], tuple(shown), len(every) - len(shown),
        Origin(row.made_at, body["method"], body["seed"], body["inputs"], row.sha256),
    )  # fmt: skip


def _rise(number: int, kept: Kept, around: _Around) -> Rise:
    mine = about_it(kept["names"], around.decisions)
    last = mine[-1] if mine else None
    return Rise(
        number, kept["what"], kept["kind"], kept["tier"], tuple(kept["also"]), tuple(kept["names"]),
        (last.theme_id if last else None) or kept["theme_id"], kept["worrying"],
        Cell.from_json(kept["now"]), Cell.from_json(kept["before"]),
        kept["now_share"] and Proportion.from_json(kept["now_share"]),
        kept["before_share"] and Proportion.from_json(kept["before_share"]),
        times_words(kept["times"] and Times.from_json(kept["times"])), _quotes(kept, around.checked),
        last.state if last else RISE.first,
        tuple(Decided(row.on, around.people[row.by], row.state, row.why, row.theme_id) for row in mine),
    )  # fmt: skip


def _around(wave_id: int, rises: Iterable[Kept], *, team: bool) -> _Around:
    decisions = decisions_of(wave_id)
    by = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_({row.by for row in decisions}))
    keys = {key for kept in rises for key in _looked_at(kept)}
    asked = select(ExcerptRow).where(ExcerptRow.key.in_(keys), ExcerptRow.checked, ExcerptRow.words.is_not(None))
    if not team:
        asked = asked.where(~ExcerptRow.flagged, ExcerptRow.key.not_in(on_sensitive()))
    checked = {row.key: row for row in db.session.scalars(asked)}
    return _Around(decisions, dict(db.session.execute(by).tuples().all()), checked)


def _looked_at(kept: Kept) -> list[bytes]:
    return [bytes.fromhex(one) for one in kept["answers"][:MOST_LOOKED_AT]]


def _quotes(kept: Kept, checked: Mapping[bytes, ExcerptRow]) -> tuple[Quote, ...]:
    """Up to three checked answers behind a rise, the most readable first, no two the same."""
    rows = [checked[key] for key in _looked_at(kept) if key in checked]
    first = {row.words: row for row in reversed(rows)}
    chosen = [row for row in rows if first[row.words] is row][:EXEMPLARS]
    return tuple(Quote(row.key.hex(), row.words or "", row.language) for row in chosen)
