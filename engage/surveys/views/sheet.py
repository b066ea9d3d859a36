"""A page written once for many; for one person only its slots are filled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

OPEN, CLOSE = "\ue000", "\ue001"  # private characters around the name of a slot; no text of ours has them


def slot(name: str) -> Markup:
    """Mark a place in a template that is filled for each person."""
    return Markup(f"{OPEN}{name}{CLOSE}")  # noqa: S704  (names of our own)


@dataclass(frozen=True)
class Sheet:
    """A page in pieces: every second one is the name of a slot."""

    pieces: tuple[str, ...]

    def filled(self, slots: Mapping[str, str]) -> str:
        """The page with its slots filled; a slot that is not named stays empty."""
        return "".join(slots.get(piece, "") if n % 2 else piece for n, piece in enumerate(self.pieces))


def cut(page: str) -> Sheet:
    """Cut a rendered page at its slots."""
    return Sheet(tuple(re.split(f"[{OPEN}{CLOSE}]", page)))
