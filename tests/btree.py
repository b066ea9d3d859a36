"""Read from SQLite's raw file where rows lie: a page keeps its cells downward in the order in which they were written.

Only what keys find (a table without row ids, an index) is read; see "Database File Format" of SQLite's documentation.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engage.shared import db

INNER, LEAF = 2, 10  # the first byte of a page of such a tree
HEAD = {INNER: 12, LEAF: 8}


@dataclass(frozen=True)
class Cell:
    """One row in its place: the page, how far from its start, and the first column's bytes."""

    page: int
    place: int
    first: bytes


def in_file(tree: str) -> list[Cell]:
    """Every cell of a tree of the current app's database, once its log is in the file; nothing else is changed."""
    with db.engine().connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(str(db.engine().url.database))
    return cells(file, trees(file)[tree])


def as_written(laid: list[Cell]) -> list[bytes]:
    """The first columns, page by page, in the order in which the cells of a page were written."""
    return [cell.first for cell in sorted(laid, key=lambda cell: (cell.page, -cell.place))]


def trees(file: Path) -> dict[str, int]:
    """The tables without row ids, the indexes, and the page on which each begins."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as line:
        found = dict(line.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall())
    raw = file.read_bytes()
    return {name: page for name, page in found.items() if _page(raw, page)[0] in HEAD}


def cells(file: Path, begins: int) -> list[Cell]:
    """Every cell of the tree that begins on a page, in the order of their keys on each page."""
    raw, found, left = file.read_bytes(), [], [begins]
    while left:
        number = left.pop(0)
        page = _page(raw, number)
        inner = page[0] == INNER
        begin = HEAD[page[0]]
        places = [_short(page, begin + 2 * n) for n in range(_short(page, 3))]
        found += [Cell(number, place, _first(page, place + 4 * inner)) for place in places]
        if inner:
            left += [int.from_bytes(page[at : at + 4], "big") for at in (*places, 8)]
    return found


def _page(raw: bytes, number: int) -> bytes:
    size = _short(raw, 16)
    return raw[(number - 1) * size : number * size]


def _short(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 2], "big")


def _first(page: bytes, at: int) -> bytes:
    """The first column of the row whose cell begins here."""
    _, at = _number(page, at)
    head, kinds_at = _number(page, at)
    kind, _ = _number(page, kinds_at)
    return page[at + head : at + head + max(0, (kind - 12) // 2)]


def _number(page: bytes, at: int) -> tuple[int, int]:
    """A number that is written seven bits a byte, a high bit in all but the last; and where it ends."""
    found = 0
    while page[at] & 128:
        found, at = found << 7 | page[at] & 127, at + 1
    return found << 7 | page[at], at + 1
