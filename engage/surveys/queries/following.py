"""The survey that follows something, with its code to scan: what a page about that something may show."""

from dataclasses import dataclass
from datetime import date

from engage.shared import outbox
from engage.shared.clock import today
from engage.shared.scanning import code_to_scan
from engage.surveys.queries.waves import waves


@dataclass(frozen=True)
class Following:
    """A survey asked after something; `address` is what its code opens, `picture` the code itself."""

    code: str
    title: str
    address: str
    picture: str
    takes_answers: bool
    over: bool
    opens_on: date


def following(about: str) -> Following | None:
    """Give the newest survey that says it is about this ("forum 7"), None while nobody has prepared one."""
    wave = next((one for one in waves() if one.about == about), None)
    if wave is None:
        return None
    address = outbox.link(f"/s/{wave.code}")
    return Following(
        code=wave.code,
        title=wave.title,
        address=address,
        picture=code_to_scan(address),
        takes_answers=wave.takes_answers(today()),
        over=wave.over(today()),
        opens_on=wave.opens_on,
    )
