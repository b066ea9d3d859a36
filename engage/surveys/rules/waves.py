"""A wave: one fielding of a survey, from draft to reported, and what must be true before it opens."""

import re
from collections.abc import Collection, Mapping
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
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Wave:
    """One fielding of a version. `version` is the version's fingerprint; the four texts are in one language."""

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


def check_new_wave(new: NewWave) -> None:
    """Raise `NotValid` for a code that is no word for an address, dates in the wrong order or too small a minimum."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,39}", new.code):
        raise NotValid(N_("The word in the address has small letters, digits and hyphens only, like youth-2027"))
    if not new.opens_on <= new.closes_on <= new.panel_on <= new.promised_on:
        raise NotValid(N_("The days must come in this order: opens, closes, panel, promised answer"))
    if new.minimum < SMALLEST:
        raise NotValid(N_("Groups smaller than 8 are never shown, so the minimum is 8 or more"))


def check_may_open(
    wave: Wave, *, today: date, unread_days: Collection[date], signposts_old: bool, languages: Collection[str]
) -> None:
    """Raise `NotOpen` naming what is still missing before young people may meet this wave.

    `unread_days` are the working days of the window on which nobody is named to read.
    """
    if not all((wave.audience.strip(), wave.can_change.strip(), wave.cannot_change.strip())):
        raise NotOpen(N_("Say who will read this, what can change, and what cannot, before it opens"))
    if any(not _complete(wave, language) for language in languages):
        raise NotOpen(N_("The texts of this wave are not yet there in every language it is offered in"))
    if today > wave.closes_on:
        raise NotOpen(N_("Its last day has passed. Give it new days first"))
    if signposts_old:
        raise NotOpen(N_("The help lines were last checked more than 90 days ago. Check them first"))
    if unread_days:
        raise NotOpen(N_("On some working days nobody is named to read. Fill the duty rota first"))


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


def _complete(wave: Wave, language: str) -> bool:
    texts = dict(dict(wave.translations).get(language, ()))
    return language == "en" or all(texts.get(name, "").strip() for name in TEXTS)
