"""The table of figures: one row a measure, with the bar it has to reach."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Row:
    """One measure; `ok` is None where it was skipped or has no bar."""

    name: str
    value: float | str
    unit: str
    bar: str
    floor_or_peer: str
    ratio: str
    ok: bool | None


def evaluation_data() -> Path | None:
    """The folder of labelled data, or None where it is not there."""
    folder = Path(os.environ.get("ENGAGE_EVAL_DATA", PROJECT.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


def show(rows: list[Row]) -> str:
    """Write rows as a table of plain text."""
    heading = ("name", "value", "unit", "bar", "floor or peer", "ratio", "ok")
    lines = [heading, *(tuple(_cell(part) for part in vars(row).values()) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _cell(part: object) -> str:
    if isinstance(part, bool):
        return "yes" if part else "NO"
    if isinstance(part, float):
        return f"{part:.3f}" if abs(part) < 10 else f"{part:,.1f}"
    return "" if part is None else str(part)
