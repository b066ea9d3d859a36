"""Shuffled options in one sitting's order, for phones without script; with it, phone.js finds the same order."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from engage.surveys.rules.definition import Definition
from engage.surveys.rules.routing import options_shown
from engage.surveys.views.sheet import Sheet

TILE, AFTER = (
    "tile:",
    "tiles:",
)  # cards.html marks where each tile of a shuffled item begins, and where the last one ends
Tiles = dict[str, slice]


def mixed(sheet: Sheet, definition: Definition, seed: int) -> Sheet:
    """Give the same page with the tiles of every shuffled item in this sitting's order."""
    pieces = list(sheet.pieces)
    for code, tiles in _tiles(sheet).items():
        order = [tiles[option] for option in options_shown(definition.item(code), seed)]
        start, stop = (min(tile.start for tile in order), max(tile.stop for tile in order))
        pieces[start:stop] = [piece for tile in order for piece in sheet.pieces[tile]]
    return Sheet(tuple(pieces))


@lru_cache(maxsize=64)
def _tiles(sheet: Sheet) -> dict[str, Tiles]:
    """Find the pieces of each tile, by item and option."""
    marks = list(_marks(sheet))
    found: dict[str, Tiles] = {}
    for (start, name), (stop, _next) in pairwise(marks):
        if name.startswith(TILE):
            code, _, option = name.removeprefix(TILE).partition("=")
            found.setdefault(code, {})[option] = slice(start, stop)
    return found


def _marks(sheet: Sheet) -> Iterator[tuple[int, str]]:
    for place in range(1, len(sheet.pieces), 2):
        name = sheet.pieces[place]
        if name.startswith((TILE, AFTER)):
            yield place, name
