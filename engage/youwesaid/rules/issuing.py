"""Who may send a newsletter, and which days a new one tells of."""

from collections.abc import Sequence
from datetime import date, timedelta

from engage.accounts.rules import Role
from engage.shared.errors import NotOpen
from engage.shared.states import Move, States
from engage.shared.words import N_
from engage.youwesaid.rules.newsletter import Piece

FIRST_REACH = timedelta(days=92)  # the first number of an edition tells of a quarter
WRITERS = frozenset({Role.VOICE})
CHECKERS = frozenset({Role.VOICE, Role.PQA})

NEWSLETTER = States(
    "newsletter",
    ("draft", "checked", "issued"),
    (
        Move("rewrite", ("draft", "checked"), "draft", WRITERS, N_("Change the words above")),
        Move("check", ("draft",), "checked", CHECKERS, N_("These words may go out"), "somebody else wrote them"),
        Move("issue", ("checked",), "issued", WRITERS, N_("Send it"), "it tells of something"),
    ),
)


def days_told(last: date | None, *, today: date) -> tuple[date, date]:
    """Give the day after which a new number begins and the last day it tells of: yesterday, which is over.

    Raises `NotOpen` where the last number told of yesterday already.
    """
    until = today - timedelta(days=1)
    since = last or today - FIRST_REACH
    if since >= until:
        raise NotOpen(N_("The last newsletter tells of yesterday already. Make the next one another day."))
    return since, until


def check_tells(pieces: Sequence[Piece]) -> None:
    """Raise `NotOpen` when there is nothing to tell."""
    if not pieces:
        raise NotOpen(N_("Nothing was published since the last newsletter, so there is nothing to send yet."))
