"""Read a file of published numbers row by row, and say what came of it."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from engage.shared.errors import NotValid
from engage.shared.words import N_

Row = TypeVar("Row")


@dataclass(frozen=True)
class Report:
    """What came of an import; `skipped` says the row and why."""

    taken: int
    skipped: tuple[str, ...]

    def in_words(self, what: str = "published figures") -> str:
        """Say it in a few lines."""
        return "\n".join([f"{self.taken} {what} taken, {len(self.skipped)} skipped.", *self.skipped])


def read_rows(path: Path, needed: Sequence[str], read: Callable[[dict[str, str]], Row]) -> Iterator[Row | str]:
    """Read a file by its `needed` columns; a row that `read` cannot use comes as a sentence. Raises `NotValid`."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.DictReader(file)
        missing = [name for name in needed if name not in (rows.fieldnames or [])]
        if missing:
            raise NotValid(N_("The file lacks these columns: ") + ", ".join(missing))
        for number, row in enumerate(rows, start=2):
            try:
                yield read({name: (row.get(name) or "").strip() for name in needed})
            except ValueError as error:
                yield f"Row {number}: {error}"
