"""The few who said that they are not safe, in true counts: for the restricted page, and for nothing else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engage.analysis.models import ExcerptRow, SeriousRunRow
from engage.analysis.queries.emerging import OVER
from engage.analysis.queries.reading import Excerpt, excerpt_records
from engage.analysis.rules.freezing import Origin, thawed
from engage.analysis.rules.serious import FEW_ANSWERS, few, share_words, sure_words
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.queries.places import Place, places
from engage.surveys.queries.waves import definition_of, waves

MOST_SHOWN = 40  # answers of each question


@dataclass(frozen=True)
class Told:
    """A word or phrase that the few write and others hardly do: in so many of their answers, and of all others'."""

    what: str
    those: int
    rest: int
    how_sure: str


@dataclass(frozen=True)
class SeriousLine:
    """One question: what counts as "not safe", how many said so in words, what they write, and their answers."""

    item: str
    question: str
    options: tuple[str, ...]
    count: int
    said: str
    told: tuple[Told, ...]
    wrote: int
    excerpts: tuple[Excerpt, ...]

    @property
    def few_answers(self) -> bool:
        """Too few answers to tell what sets them apart."""
        return self.wrote < FEW_ANSWERS


@dataclass(frozen=True)
class Serious:
    """The few of one wave; `lines` None once they were forgotten."""

    title: str
    lines: tuple[SeriousLine, ...] | None
    origin: Origin | None


def serious_waves() -> list[tuple[Place, bool]]:
    """Every wave that has ended and asks who is safe, the newest first, and whether its view is made."""
    made = set(db.session.scalars(select(SeriousRunRow.wave_id)))
    asks = {one.id for one in waves() if any(few(definition_of(one)))}
    return [(one, one.wave_id in made) for one in places() if one.wave_id in asks and one.state in OVER]


def serious_place(wave_code: str) -> Place:
    """The wave with this code, once it has ended. Raises `NotFound`."""
    found = next((one for one, _made in serious_waves() if one.subject == f"wave:{wave_code}"), None)
    if found is None:
        raise NotFound(N_("There is no such wave, or it has not ended yet"))
    return found


def serious_of(wave_code: str, *, checked_only: bool) -> Serious | None:
    """The few of a wave; None before the worker looked.

    `checked_only`: for who is not of the team that reads answers, only what a person has checked. Raises `NotFound`,
    `Changed`.
    """
    about = serious_place(wave_code)
    asked = select(SeriousRunRow).where(SeriousRunRow.wave_id == about.wave_id).order_by(SeriousRunRow.id.desc())
    row = db.session.scalars(asked.limit(1)).first()
    if row is None:
        return None
    if row.body is None:
        return Serious(about.title, None, None)
    body = thawed(row.body, row.sha256)
    ids = {key for line in body["lines"] for key in line["answers"]}
    excerpts, hidden = _excerpts(ids, about, checked_only=checked_only), ids - _known_to_reader(ids)
    lines = tuple(_line(line, excerpts, hidden) for line in body["lines"])
    return Serious(about.title, lines, Origin(row.made_at, body["method"], body["seed"], body["inputs"], row.sha256))


def _excerpts(ids: set[str], about: Place, *, checked_only: bool) -> dict[str, Excerpt]:
    keys = {bytes.fromhex(one) for one in ids}
    asked = select(ExcerptRow).where(ExcerptRow.key.in_(keys), ExcerptRow.words.is_not(None))
    if checked_only:
        asked = asked.where(ExcerptRow.checked)
    return {one.id: one for one in excerpt_records(db.session.scalars(asked), [about])}


def _known_to_reader(ids: set[str]) -> set[str]:
    """Those of these answers that nobody keeps from whoever is looking."""
    asked = select(ExcerptRow.key).where(ExcerptRow.key.in_({bytes.fromhex(one) for one in ids}))
    return {key.hex() for key in db.session.scalars(asked)}


def _line(kept: Mapping[str, Any], excerpts: Mapping[str, Excerpt], hidden: Collection[str]) -> SeriousLine:
    """Count of what was written only what the reader may know of: a number would betray that an answer is hidden."""
    wrote = kept["wrote"] - sum(key in hidden for key in kept["answers"])
    open_ones = [one for one in kept["tellings"] if not any(key in hidden for key in one["answers"])]
    told = tuple(Told(one["what"], one["those"], one["rest"], sure_words(one["q"])) for one in open_ones)
    return SeriousLine(
        kept["item"], kept["question"], tuple(kept["options"]), kept["count"], share_words(kept["count"], kept["base"]),
        told, wrote, tuple(excerpts[key] for key in kept["answers"] if key in excerpts)[:MOST_SHOWN],
    )  # fmt: skip
