"""What must be true before young people meet a wave: each check by its name, what is missing, where to mend it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from engage.shared.errors import NotOpen
from engage.shared.words import N_
from engage.surveys.rules.waves import TEXTS, Wave

# Where something is mended: the wave's own page of facts, its texts in one language, the rota, the help lines.
FACTS, WORDS, ROTA, HELP = "facts", "words", "rota", "help"
A_DAY = timedelta(days=1)
Run = tuple[date, date]


@dataclass(frozen=True)
class Ready:
    """What stands around a wave on the day that it is to open.

    `unread_days` are the working days of its window on which nobody is named to read; `one_each` is True where its
    survey is for one answer each.
    """

    today: date
    unread_days: Collection[date]
    signposts_old: bool
    languages: Collection[str]
    one_each: bool = False


@dataclass(frozen=True)
class Check:
    """One thing that must hold, in English: staff read it. `missing` says what is not there; `mend` says where to go.

    `languages` and `days` name which texts and which days are missing, days as first and last of each run.
    """

    name: str
    words: str
    missing: str = ""
    mend: str = FACTS
    languages: tuple[str, ...] = ()
    days: tuple[Run, ...] = ()


def opening_checks(wave: Wave, ready: Ready) -> list[Check]:
    """Give every check of a wave, those that hold too, in the order in which they are mended."""
    bare = tuple(code for code in ready.languages if not _complete(wave, code))
    can, cannot = wave.can_change.strip(), wave.cannot_change.strip()
    texts = N_("Say who will read this, what can change, and what cannot, before it opens")
    return [
        Check("audience", "Who will read this is named", "" if wave.audience.strip() else texts),
        Check("change", "What can change, and what cannot, is said", "" if can and cannot else texts),
        Check("languages", "Its texts are there in every language", _languages(bare), WORDS, languages=bare),
        Check("days", "Its last day is still to come", _days(wave, ready.today)),
        Check("promise", "The day of the answer is promised, and still to come", _promise(wave, ready.today)),
        Check("help", "The help lines were checked in the last 90 days", _help(ready), HELP),
        Check(
            "readers",
            "Somebody is named to read on each working day",
            _readers(ready),
            ROTA,
            days=tuple(runs(ready.unread_days)),
        ),
    ] + ([_by_card(wave)] if ready.one_each else [])


def check_may_open(wave: Wave, ready: Ready) -> None:
    """Raise `NotOpen` naming what is still missing before young people may meet this wave, the first thing first."""
    missing = next((check.missing for check in opening_checks(wave, ready) if check.missing), "")
    if missing:
        raise NotOpen(missing)


def runs(days: Iterable[date]) -> list[Run]:
    """Join days into runs; a weekend between two of them does not part them."""
    found: list[Run] = []
    for day in sorted(days):
        if found and _next_working_day(found[-1][1]) >= day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _next_working_day(day: date) -> date:
    return day + A_DAY * (3 if day.weekday() == 4 else 1)  # noqa: PLR2004  (Friday)


def _languages(bare: Collection[str]) -> str:
    return N_("The texts of this wave are not yet there in every language it is offered in") if bare else ""


def _days(wave: Wave, today: date) -> str:
    return N_("Its last day has passed. Give it new days first") if today > wave.closes_on else ""


def _promise(wave: Wave, today: date) -> str:
    passed = today > wave.promised_on
    return "The day you promised an answer by has passed. Promise another one first" if passed else ""


def _help(ready: Ready) -> str:
    return N_("The help lines were last checked more than 90 days ago. Check them first") if ready.signposts_old else ""


def _readers(ready: Ready) -> str:
    return N_("On some working days nobody is named to read. Fill the duty rota first") if ready.unread_days else ""


def _by_card(wave: Wave) -> Check:
    missing = "" if wave.by_card else "This survey is for one answer each: let in only who has the code of a card"
    return Check("cards", "Each answers once: only a card's code lets somebody in", missing)


def _complete(wave: Wave, language: str) -> bool:
    texts = dict(dict(wave.translations).get(language, ()))
    return language == "en" or all(texts.get(name, "").strip() for name in TEXTS)
