"""Open a link, and slow down whoever tries links that we never made."""

from collections.abc import Callable
from typing import TypeVar

from engage.forums.actions.refusing import remember
from engage.shared import db, throttle
from engage.shared.errors import NotFound

PURPOSE = "forum link"
MOST = 60  # wrong links an hour from one place
T = TypeVar("T")


def opened(query: Callable[[str], T], token: str) -> T:
    """Give what a link opens. Raises `NotFound` for a link that opens nothing, `TooMany` after a lot of those."""
    try:
        return query(token)
    except NotFound:
        db.session.rollback()
        throttle.check(PURPOSE, most=MOST)
        throttle.count(PURPOSE)
        remember("refused a link that opens nothing", "forums")
        raise
