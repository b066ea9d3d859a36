"""What a wave still needs before young people may meet it."""

from datetime import date

from engage.safeguarding.queries.duty import days_without_reader, help_reviewed_on
from engage.safeguarding.rules.signposts import are_reviewed
from engage.shared.errors import NotOpen
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.waves import Wave, check_may_open


def check_ready(wave: Wave, today: date) -> None:
    """Raise `NotOpen` naming what is still missing before this wave may open, or open again."""
    check_may_open(
        wave,
        today=today,
        unread_days=unread_days(wave, today),
        signposts_old=not are_reviewed(help_reviewed_on(), today=today),
        languages=definition_of(wave).languages,
    )


def still_missing(wave: Wave, today: date) -> str:
    """Say what is still missing before this wave may open; nothing where it is ready."""
    try:
        check_ready(wave, today)
    except NotOpen as error:
        return str(error)
    return ""


def unread_days(wave: Wave, today: date) -> list[date]:
    """The working days left of a wave on which nobody is named to read."""
    return days_without_reader(max(wave.opens_on, today), wave.closes_on)
