"""What was said, decided and done between two days, each with its day and, where it is frozen, its fingerprint."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from engage.analysis import queries as analysis
from engage.analysis.queries import Frozen
from engage.analysis.queries.quarters import EndedWave, HeldForum, ended_waves, forums_held
from engage.pqa.queries.decisions import Challenge, Decision, challenges, decided_between, decisions_done_between
from engage.pqa.queries.packs import Version, versions
from engage.youwesaid.queries.panel import (
    PanelAction,
    PanelConcern,
    PublishedUpdate,
    panel_actions,
    panel_concerns,
    published_between,
)

T = TypeVar("T")


@dataclass(frozen=True)
class WaveSaid:
    """One wave that closed, and its frozen results; None while they are not made."""

    wave: EndedWave
    frozen: Frozen | None


@dataclass(frozen=True)
class Evidence:
    """Everything with a day in the span, in the order of the loop; packs are the record that was decided on."""

    since: date
    until: date
    waves: tuple[WaveSaid, ...]
    forums: tuple[HeldForum, ...]
    concerns: tuple[PanelConcern, ...]
    packs: tuple[Version, ...]
    decisions: tuple[Decision, ...]
    challenges: tuple[Challenge, ...]
    actions: tuple[PanelAction, ...]
    updates: tuple[PublishedUpdate, ...]
    finished: tuple[Decision, ...]


def evidence(since: date, until: date, *, today: date) -> Evidence:
    """Gather what happened from one day to another, both included."""
    frozen = {one.wave_code: one for one in analysis.frozen()}
    closed = [one for one in ended_waves(until=until) if one.closed_on >= since]
    agreed = [one for one in panel_concerns(today=today) if one.state != "proposed"]
    span = _Span(since, until)
    return Evidence(
        since,
        until,
        waves=tuple(WaveSaid(one, frozen.get(one.code)) for one in reversed(closed)),
        forums=tuple(forums_held(since=since, until=until)),
        concerns=span.within(agreed, lambda one: one.said_on),
        packs=span.within(versions(), lambda one: one.issued_on),
        decisions=span.within(decided_between(since, until, today=today), lambda one: one.decided_on),
        challenges=span.within(challenges(today=today), lambda one: one.made_on),
        actions=span.within(panel_actions(), lambda one: one.verified_on),
        updates=tuple(published_between(since, until)),
        finished=span.within(decisions_done_between(since, until, today=today), lambda one: one.done_on),
    )


@dataclass(frozen=True)
class _Span:
    since: date
    until: date

    def within(self, found: Iterable[T], day_of: Callable[[T], date | None]) -> tuple[T, ...]:
        """Those whose day lies in the span, the first day first."""
        dated = [(day, one) for one in found for day in [day_of(one)] if day and self.since <= day <= self.until]
        return tuple(one for _, one in sorted(dated, key=lambda pair: pair[0]))
