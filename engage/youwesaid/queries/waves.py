"""What a reported wave said, and what was done about each thing: for everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.analysis.queries import Said, ToldQuestion, ToldWave, told_wave
from engage.shared import db
from engage.youwesaid.models import ConcernThemeRow
from engage.youwesaid.queries.public import Concern, concerns_of_themes
from engage.youwesaid.rules.findings import Candidate, Why, chosen, tenths


@dataclass(frozen=True)
class Finding:
    """One question chosen by the rule, why, and how many of ten people its share is."""

    question: ToldQuestion
    why: Why
    tenths: int


@dataclass(frozen=True)
class Answered:
    """A theme that was written about, and the public concerns that answer it."""

    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True)
class WavePage:
    """Everything one wave page shows."""

    wave: ToldWave
    findings: tuple[Finding, ...]
    themes: tuple[Answered, ...]

    @property
    def open(self) -> bool:
        """True while something that was written about has no answer yet."""
        return any(not one.concerns for one in self.themes)


def wave_page(code: str, *, today: date, language: str) -> WavePage:
    """One reported wave as everybody may read it. Raises `NotFound`, `Changed`."""
    wave, questions, said = told_wave(code, language)
    return WavePage(wave, _findings(questions), _answered(said, today=today, language=language))


def _findings(questions: list[ToldQuestion]) -> tuple[Finding, ...]:
    by_item = {one.item: one for one in questions}
    picked = chosen([_candidate(one) for one in questions])
    return tuple(Finding(by_item[one.item], why, tenths(one.share)) for one, why in picked)


def _candidate(one: ToldQuestion) -> Candidate:
    change = one.change
    if change is None or change.before is None or change.difference is None:
        return Candidate(one.item, one.section, one.share.share)
    return Candidate(one.item, one.section, one.share.share, change.direction, change.difference)


def _answered(said: list[Said], *, today: date, language: str) -> tuple[Answered, ...]:
    ids = [one.theme_id for one in said]
    concerns = {one.id: one for one in concerns_of_themes(ids, today=today, language=language)}
    tied = _tied(ids)
    return tuple(
        Answered(one, tuple(concerns[each] for each in tied.get(one.theme_id, ()) if each in concerns)) for one in said
    )


def _tied(theme_ids: Collection[int]) -> dict[int, list[int]]:
    asked = select(ConcernThemeRow.theme_id, ConcernThemeRow.concern_id)
    rows = db.session.execute(asked.where(ConcernThemeRow.theme_id.in_(theme_ids)).order_by(ConcernThemeRow.concern_id))
    found: dict[int, list[int]] = {}
    for theme_id, concern_id in rows.tuples():
        found.setdefault(theme_id, []).append(concern_id)
    return found
