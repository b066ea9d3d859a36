"""A wave: one fielding of a survey, from draft to reported, and what may still be changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from engage.shared.errors import NotOpen, NotValid
from engage.shared.states import CLOCK, Move, States
from engage.shared.words import N_

VOICE = frozenset({"voice"})
EITHER = frozenset({"voice", "safeguarding"})  # whoever sees the danger first may pause
WAVE = States(
    "wave",
    ("draft", "open", "paused", "closed", "reported"),
    (
        Move("open", ("draft",), "open", VOICE, N_("Open it"), "check_may_open"),
        Move("pause", ("open",), "paused", EITHER, N_("Pause it")),
        Move("resume", ("paused",), "open", VOICE, N_("Open it again"), "check_may_open"),
        Move("close", ("open", "paused"), "closed", VOICE | {CLOCK}, N_("Close it")),
        Move("report", ("closed",), "reported", VOICE, N_("Mark as reported, and unlink the receipts")),
    ),
)
STATE_NAMES = {
    "draft": N_("Being prepared"),
    "open": N_("Open"),
    "paused": N_("Paused"),
    "closed": N_("Closed"),
    "reported": N_("Reported"),
}
TEXTS = ("title", "audience", "can_change", "cannot_change")
OLDEST_CHILD, YOUNGEST_ADULT = 10, 16  # who reads a poster, by the bands of the surveys
SMALLEST = 8  # the smallest group any survey may show


@dataclass(frozen=True)
class NewWave:
    """What somebody typed to prepare a wave. `translations` holds the four texts in other languages."""

    code: str
    title: str
    opens_on: date
    closes_on: date
    panel_on: date
    promised_on: date
    audience: str
    can_change: str
    cannot_change: str
    mode: str = "private"
    modules: tuple[str, ...] = ()
    minimum: int = SMALLEST
    sensitive: bool = False
    about: str = ""
    by_card: bool = False
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class NewSetting:
    """What is typed about a school, a home or a group; `contact` is the address of the adult who is reminded."""

    name: str
    target: int = 0
    contact: str = ""


@dataclass(frozen=True)
class Wave:
    """One fielding of a version. `version` is the version's fingerprint; the four texts are in one language.

    `by_card` is True where only a card's code lets somebody in; `closings` holds what is said once it has closed.
    """

    id: int
    code: str
    version_id: int
    version: str
    title: str
    mode: str
    state: str
    opens_on: date
    closes_on: date
    panel_on: date
    promised_on: date
    audience: str
    can_change: str
    cannot_change: str
    modules: tuple[str, ...]
    minimum: int
    sensitive: bool
    translations: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    about: str = ""
    by_card: bool = False
    closings: tuple[tuple[str, str], ...] = ()

    def closing_in(self, language: str) -> str:
        """What the team says to whoever comes after its last day, in English where it is not there."""
        said = dict(self.closings)
        return said.get(language) or said.get("en", "")

    def in_(self, language: str) -> "Wave":
        """The same wave with its texts in `language`, English where one is not there."""
        texts = dict(dict(self.translations).get(language, ()))
        return replace(
            self,
            title=texts.get("title") or self.title,
            audience=texts.get("audience") or self.audience,
            can_change=texts.get("can_change") or self.can_change,
            cannot_change=texts.get("cannot_change") or self.cannot_change,
        )

    def takes_answers(self, today: date) -> bool:
        """Whether answers may be sent today."""
        return self.state == "open" and self.opens_on <= today <= self.closes_on

    def over(self, today: date) -> bool:
        """Whether it has ended, told by its state or by its last day."""
        return self.state in ("closed", "reported") or (self.state != "draft" and today > self.closes_on)


def reader_of(ages: tuple[int, int]) -> str:
    """Say for whom a poster is written: a "child", somebody "young", or an "adult", by the ages a survey is for."""
    youngest, oldest = ages
    if oldest <= OLDEST_CHILD:
        return "child"
    return "adult" if youngest >= YOUNGEST_ADULT else "young"


def check_new_wave(new: NewWave) -> None:
    """Raise `NotValid` for a code that is no word for an address, dates in the wrong order or too small a minimum."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,39}", new.code):
        raise NotValid(N_("The word in the address has small letters, digits and hyphens only, like youth-2027"))
    if not new.opens_on <= new.closes_on <= new.panel_on <= new.promised_on:
        raise NotValid(N_("The days must come in this order: opens, closes, panel, promised answer"))
    if new.minimum < SMALLEST:
        raise NotValid(N_("Groups smaller than 8 are never shown, so the minimum is 8 or more"))


def check_may_change(wave: Wave) -> None:
    """Raise `NotOpen` once young people may have read what was promised: who reads it, and how, stays as it is."""
    if wave.state != WAVE.first:
        raise NotOpen("It has been open, so what young people were told stays as it is")  # to staff, in English


def check_takes_answers(wave: Wave, today: date) -> None:
    """Raise `NotOpen` in words for a young person when nothing can be sent now."""
    if wave.takes_answers(today):
        return
    if wave.state == "paused" and today <= wave.closes_on:
        raise NotOpen(N_("This survey is paused for now. What you typed is kept. Come back in a day or two."))
    if wave.over(today):
        raise NotOpen(N_("This survey has closed, so answers cannot be sent any more."))
    raise NotOpen(N_("This survey is not open yet."))


def check_still_linked(wave: Wave) -> None:
    """Raise `NotOpen` once nobody can tell any more which answers belong to which words."""
    if wave.state == "reported":
        raise NotOpen(N_("The results are out, and since then nobody can tell which answers were yours, us included."))
