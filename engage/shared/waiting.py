"""One line of "Today": something that waits for the person who is looking."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """`words` say what to do, `count` how many wait, `since` the oldest one's day, `address` the one click to act.

    `late` is True when it should have been done by now, `safety` when somebody may not be safe: it comes first.
    """

    words: str
    count: int
    since: date | None
    address: str
    late: bool = False
    safety: bool = False
