"""What a newsletter tells, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engage.shared.words import N_

EDITIONS = {"young": N_("For young people"), "practice": N_("For people who work with young people")}
BY_EMAIL = {  # what can be followed, beside topics, by the edition it brings
    "news-young": N_("The newsletter for young people"),
    "news-practice": N_("The newsletter for people who work with young people"),
}
KINDS = {  # in the order they are told: what was done first, what we owe last
    "told": N_("What was done"),
    "felt": N_("Young people say it's better"),
    "done": N_("We say it's done"),
    "cannot": N_("What we can't do, and why"),
    "reopened": N_("What we look at again"),
    "heard": N_("What you told us that is new"),
}


@dataclass(frozen=True)
class Piece:
    """One thing that became public: what kind, about which concern, and the words; empty for a change of state."""

    kind: str
    on: date
    slug: str
    title: str
    you_said: str
    words: str = ""
    next_step: str = ""
    next_by: date | None = None
    unchecked: bool = False


def told_in_order(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    """Gather pieces under their kinds, newest first; a concern that was answered is told once, by its answer."""
    gathered: dict[str, list[Piece]] = {kind: [] for kind in KINDS}
    known: set[str] = set()
    for kind, found in gathered.items():
        mine = sorted((piece for piece in pieces if piece.kind == kind), key=lambda piece: (piece.on, piece.slug))
        for piece in reversed(mine):
            if piece.slug not in known:
                found.append(piece)
                known.add(piece.slug)
    return {kind: found for kind, found in gathered.items() if found}
