"""Who came to forums, by type, the way it may be said."""

from dataclasses import dataclass
from datetime import date

from engage.analysis.method.records import Cell
from engage.analysis.rules import counted
from engage.forums.queries.after import attendance
from engage.forums.rules.places import PLACE_NAMES


@dataclass(frozen=True)
class Came:
    """How many of one type signed up for a forum and how many came: fewer than eight are hidden, the rest rounded.

    No totals stand beside them, so that nothing hidden can be worked out.
    """

    forum: str
    met_on: date
    who: str
    signed_up: Cell
    attended: Cell


def who_came() -> list[Came]:
    """Who signed up and who came to each forum that was held, the latest first."""
    return [
        Came(one.theme, one.met_on, who, counted(who, one.signed_up), counted(who, one.attended))
        for one in attendance()
        for who in [PLACE_NAMES[one.place]]
    ]
