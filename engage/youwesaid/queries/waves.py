"""What a reported wave said, and what was done about each thing: for everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.analysis.queries import Said, ToldQuestion, ToldWave, told_wave
from engage.analysis.queries.themes import living
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
    rests = _rests_on({one.theme_id for one in said})
    themes = {theme_id for _, theme_id, _ in rests}
    known = {one.id: one for one in concerns_of_themes(themes, today=today, language=language)}
    tied = sorted({(end, concern_id) for end, _, concern_id in rests if concern_id in known})
    return tuple(Answered(one, tuple(known[each] for end, each in tied if end == one.theme_id)) for one in said)


def _rests_on(theme_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """Each theme with the one that a concern rests on, which may have been merged into it since, and that concern."""
    asked = select(ConcernThemeRow.theme_id, ConcernThemeRow.concern_id).order_by(ConcernThemeRow.concern_id)
    pairs = db.session.execute(asked).tuples().all()
    ends = living({theme_id for theme_id, _ in pairs})
    return [(ends[theme_id], theme_id, each) for theme_id, each in pairs if ends[theme_id] in theme_ids]
