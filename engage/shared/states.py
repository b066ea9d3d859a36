"""One small declarative table of states for each entity; buttons, enforcement, docs and tests all read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from engage.shared.errors import NotAllowed, NotOpen
from engage.shared.words import N_

CLOCK = "clock"  # the role of what no person does


@dataclass(frozen=True)
class Move:
    """One permitted change: who may do `verb`, from which states, and where it leads.

    `words` is the label of the button; `guard` names the rule that must hold as well.
    """

    verb: str
    froms: tuple[str, ...]
    to: str
    roles: frozenset[str]
    words: str
    guard: str = ""


@dataclass(frozen=True)
class States:
    """Every state of one entity, first one first, and every permitted move."""

    entity: str
    names: tuple[str, ...]
    moves: tuple[Move, ...]

    @property
    def first(self) -> str:
        """Give the state a new one starts in."""
        return self.names[0]

    def move(self, verb: str, *, state: str, roles: Iterable[str]) -> str:
        """Give the state that `verb` leads to. Raises `NotAllowed` (wrong role) or `NotOpen` (wrong state)."""
        known = [move for move in self.moves if move.verb == verb]
        if not any(move.roles & set(roles) for move in known):
            raise NotAllowed(N_("Somebody with another role does this"))
        for move in known:
            if state in move.froms and move.roles & set(roles):
                return move.to
        raise NotOpen(N_("Somebody has moved this on already: look at it again"))

    def open_moves(self, state: str, roles: Iterable[str]) -> tuple[Move, ...]:
        """Give the moves these roles may make now, in the order of the table."""
        mine = set(roles)
        return tuple(move for move in self.moves if state in move.froms and move.roles & mine)
