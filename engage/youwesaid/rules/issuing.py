"""Who may send a newsletter or publish a briefing, and which days a new newsletter tells of."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from engage.accounts.rules import Role
from engage.shared.errors import NotOpen, NotValid
from engage.shared.states import Move, States
from engage.shared.words import N_
from engage.youwesaid.rules.briefing import LONGEST, TOLD, words_in
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

BRIEFING = States(
    "briefing",
    ("draft", "checked", "published", "withdrawn"),
    (
        Move("rewrite", ("draft", "checked", "withdrawn"), "draft", WRITERS, N_("Change it")),
        Move("check", ("draft",), "checked", CHECKERS, N_("It is right, and names nobody"), "somebody else wrote it"),
        Move("publish", ("checked",), "published", WRITERS, N_("Publish it")),
        Move("withdraw", ("published",), "withdrawn", CHECKERS, N_("Take it back")),
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


def check_boxes(boxes: Mapping[str, str]) -> None:
    """Raise `NotValid` when what young people told us is missing or a box is too long."""
    if not boxes.get(TOLD, "").strip():
        raise NotValid(N_("Say what young people told us. Without it, it is not one of our briefings."))
    if any(words_in(text) > LONGEST for text in boxes.values()):
        raise NotValid(N_("One box is longer than 110 words. Seven boxes have to be read in seven minutes."))


def check_public(public: bool) -> None:  # noqa: FBT001  (what a query answered)
    """Raise `NotOpen` when a briefing would be about a concern that nobody may read yet."""
    if not public:
        raise NotOpen(N_("This concern is not public yet, so a briefing would tell of it first. Wait until it is."))
