"""What a wave still needs before young people may meet it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from engage.safeguarding.queries.duty import DutyReader, days_without_reader, help_reviewed_on
from engage.safeguarding.rules.signposts import are_reviewed
from engage.shared.languages import offered
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.opening import Check, Ready, check_may_open, opening_checks
from engage.surveys.rules.waves import Wave


def checks(wave: Wave, today: date) -> list[Check]:
    """Every check of a wave before it opens, by name, with what is missing."""
    return opening_checks(wave, _ready(wave, today))


def check_ready(wave: Wave, today: date) -> None:
    """Raise `NotOpen` naming what is still missing before this wave may open, or open again."""
    check_may_open(wave, _ready(wave, today))


def still_missing(wave: Wave, today: date) -> str:
    """Say what is still missing before this wave may open; nothing where it is ready."""
    return next((check.missing for check in checks(wave, today) if check.missing), "")


def unread_days(wave: Wave, today: date) -> list[date]:
    """The working days left of a wave on which nobody is named to read."""
    return days_without_reader(max(wave.opens_on, today), wave.closes_on)


def reader_days(named: Iterable[DutyReader]) -> dict[str, int]:
    """On how many days each reader is named, by name; deputies are not counted."""
    return dict(sorted(Counter(reader.name for reader in named if not reader.deputy).items()))


def _ready(wave: Wave, today: date) -> Ready:
    asked = definition_of(wave)
    return Ready(
        today=today,
        unread_days=unread_days(wave, today),
        signposts_old=not are_reviewed(help_reviewed_on(), today=today),
        languages=[language for language in asked.languages if language in offered()],
        one_each=asked.by_card,
    )
