"""The list of open surveys: the one thing of surveys that the front door may show."""

from dataclasses import dataclass
from datetime import date

from engage.shared.clock import today
from engage.shared.languages import language
from engage.surveys.queries.waves import definition_of, waves


@dataclass(frozen=True)
class OpenWave:
    """A survey anybody may answer now; `address` is its page, `closes_on` its last day."""

    code: str
    title: str
    address: str
    minutes: int
    ages: tuple[int, int]
    closes_on: date


def open_waves() -> list[OpenWave]:
    """Every wave that takes answers today, the newest first, in the reader's language."""
    here = language()
    return [
        OpenWave(
            code=wave.code,
            title=wave.in_(here).title,
            address=f"/s/{wave.code}",
            minutes=definition_of(wave).minutes,
            ages=definition_of(wave).ages,
            closes_on=wave.closes_on,
        )
        for wave in waves()
        if wave.takes_answers(today())
    ]
