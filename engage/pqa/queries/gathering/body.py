"""A whole pack as it would be frozen now."""

from dataclasses import dataclass, replace
from datetime import date

from engage.analysis.queries.emerging import Emerging as Risen
from engage.analysis.queries.quarters import EndedWave, HeldForum, ended_waves, forums_held, next_closing
from engage.pqa.queries.decisions import open_challenges, open_decisions
from engage.pqa.queries.gathering import standing, waves
from engage.pqa.queries.packs import asked_for, youth_page
from engage.pqa.rules.pack.limits import limits, no_wave_words
from engage.pqa.rules.pack.measuring import measures
from engage.pqa.rules.pack.records import (
    Body,
    EarlierDecision,
    Emerging,
    Few,
    Needed,
    OpenChallenge,
    Suppressed,
)
from engage.pqa.rules.pack.states import check_frozen
from engage.pqa.rules.quarters import Period, Quarter
from engage.youwesaid.queries.loop import scoreboard
from engage.youwesaid.queries.panel import panel_actions, panel_concerns


@dataclass(frozen=True)
class _Found:
    """What is there for a period: its waves with frozen results, those without, what rose, and its forums."""

    frozen: list[waves.Frozen]
    not_frozen: list[str]
    risen: dict[str, Risen]
    forums: list[HeldForum]
    last: EndedWave | None

    @property
    def young(self) -> list[waves.Frozen]:
        return [pair for pair in self.frozen if pair[0].young]

    @property
    def suppressed(self) -> tuple[Suppressed, ...]:
        of_waves = [one for pair in self.frozen for one in waves.suppressed(*pair)]
        return (*of_waves, *(one for held in self.forums for one in standing.suppressed_at(held)))


def gather(quarter: Quarter, period: Period, *, version: int, partnership: str, today: date) -> Body:
    """Gather everything a pack says. Raises `NotValid` where nothing was ever frozen, `Changed`."""
    found = _look(period, today)
    emerging = tuple(waves.emerging(one, found.risen[one.code]) for one, _ in found.young if one.code in found.risen)
    body = _waves_part(found, emerging)
    return replace(
        body,
        quarter=quarter.code, name=quarter.name, partnership=partnership, version=version, since=period.since,
        until=period.until, made_on=today, decisions=_decisions(quarter, today), earlier=_earlier(quarter, today),
        challenges=tuple(OpenChallenge(one.words, one.by, one.made_on) for one in open_challenges(today=today)),
        scoreboard=tuple(measures(scoreboard(on=today))), actions=standing.by_agency(panel_actions(), today=today),
        youth=youth_page(quarter), forums=tuple(standing.forum(one) for one in found.forums),
    )  # fmt: skip


def _look(period: Period, today: date) -> _Found:
    over = ended_waves(until=period.until)
    frozen = waves.frozen_of(over)
    codes = {one.code for one, _ in frozen}
    check_frozen(codes, until=period.until, next_closing=next_closing(after=today))
    here = [pair for pair in frozen if pair[0].closed_on >= period.since]
    waits = [one.title for one in over if one.closed_on >= period.since and one.code not in codes]
    rose = {one.code: waves.risen_in(one) for one, _ in here}
    return _Found(
        here, waits, {code: risen for code, risen in rose.items() if risen is not None},
        forums_held(since=period.since, until=period.until), frozen[0][0] if frozen else None,
    )  # fmt: skip


def _waves_part(found: _Found, emerging: tuple[Emerging, ...]) -> Body:
    """The sections that rest on waves; the others are still empty."""
    sources = tuple(waves.source(*pair) for pair in found.frozen)
    last, day = found.last, date.min
    no_wave = "" if found.frozen or last is None else no_wave_words(last.title, f"{last.closed_on:%-d %B %Y}")
    told = [waves.said(*pair) for pair in found.young]
    return Body(
        quarter="", name="", partnership="", version=0, since=day, until=day, made_on=day, no_wave=no_wave,
        decisions=(), earlier=(), challenges=(), changes=tuple(waves.changes(*pair) for pair in found.young),
        said=tuple(one for one in told if one is not None),
        few=tuple(Few(one.code, one.title) for one, _ in found.young if one.asks_safety), emerging=emerging,
        scoreboard=(), actions=(), youth=None, forums=(),
        pulse=tuple(waves.pulse(*pair) for pair in found.frozen if pair[0].pulse),
        limits=limits(sources, emerging, found.suppressed, not_frozen=found.not_frozen),
        suppressed=found.suppressed, sources=sources,
    )  # fmt: skip


def _decisions(quarter: Quarter, today: date) -> tuple[Needed, ...]:
    """What somebody asked the panel to decide first, then what the loop itself waits for."""
    address = f"/desk/packs/{quarter.code}"
    asked = [Needed(one.words, one.why, one.asked_on, address) for one in asked_for(quarter) if not one.decided]
    return (*asked, *standing.needed(panel_concerns(today=today), panel_actions(), today=today))


def _earlier(quarter: Quarter, today: date) -> tuple[EarlierDecision, ...]:
    found = open_decisions(before=quarter, today=today)
    return tuple(EarlierDecision(one.words, one.owner, one.due_on, one.late) for one in found)
