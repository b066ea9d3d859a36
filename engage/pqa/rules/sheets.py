"""Results as rows for a spreadsheet: protected figures only, and nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from engage.analysis.method.records import Cell, Protected
from engage.shared.cells import plain

HEADINGS = (
    "wave", "question code", "question", "kind of figure", "cut by", "group", "and by", "second group", "answer code",
    "answer", "people", "of", "per cent", "at least", "at most", "note",
)  # fmt: skip
HIDDEN = "hidden: fewer people than may be shown, or a figure that would give those away"
SMALL = "no percentage: too few people"
LENGTHS = (30, 16, 50, 14, 20, 20, 20, 20, 18, 30, 9, 9, 9, 9, 9, 40)
Value = str | int | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Block:
    """One table of a question, with the words of its codes; `kind` says what it counts."""

    wave: str
    item: str
    words: str
    kind: str
    table: Protected
    labels: Mapping[str, str]


def rows(blocks: Iterable[Block]) -> Iterator[Row]:
    """Every figure of every table, one a row, under `HEADINGS`."""
    for block in blocks:
        for cell in block.table.cells:
            if cell.at[0] is not None:
                yield (*_where(block, cell), *_figures(block.table, cell))


def csv_lines(found: Iterable[Row], limits: Iterable[str]) -> Iterator[str]:
    """Write a CSV line by line, the limits last, so that it can be sent while it is made."""
    yield "\ufeff"  # so that Excel reads the letters as they are
    yield _line(HEADINGS)
    for row in found:
        yield _line(row)
    yield _line(())
    for words in limits:
        yield _line((words,))


def workbook(found: Iterable[Row], limits: Iterable[str], *, title: str, made: date) -> bytes:
    """Write an XLSX file: the limits on its first sheet, the figures on its second; words are never taken for more."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": made})
        heading = book.add_format({"bold": True})
        about, sheet = book.add_worksheet("Read first"), book.add_worksheet("Figures")
        about.set_column(0, 0, 110)
        for place, words in enumerate([title, *limits]):
            about.write_string(place, 0, words)
        for column, (words, width) in enumerate(zip(HEADINGS, LENGTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, heading)
        sheet.freeze_panes(1, 0)
        for place, row in enumerate(found, start=1):
            _write(sheet, place, row)
    return file.getvalue()


def _write(sheet: "xlsxwriter.worksheet.Worksheet", place: int, row: Row) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int):
            sheet.write_number(place, column, value)
        elif value:
            sheet.write_string(place, column, value)


def _line(values: Iterable[Value]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(plain(value) if isinstance(value, str) else value for value in values)
    return line.getvalue()


def _where(block: Block, cell: Cell) -> tuple[Value, ...]:
    breaks: list[str] = []
    for axis, level in zip(block.table.axes[1:], cell.at[1:], strict=True):
        breaks += [block.labels.get(axis.code, axis.code), block.labels.get(level, level) if level else "everyone"]
    breaks += [""] * (4 - len(breaks))
    answer = cell.at[0] or ""
    return block.wave, block.item, block.words, block.kind, *breaks, answer, block.labels.get(answer, answer)


def _figures(table: Protected, cell: Cell) -> tuple[Value, ...]:
    base = table.base(*cell.at[1:]).shown
    if cell.shown is None:
        return "*", base if base is not None else "*", None, None, None, HIDDEN
    part = table.proportion(*cell.at)
    if part is None:
        return cell.shown, base if base is not None else "*", None, None, None, SMALL
    return cell.shown, part.base, part.percent, *part.likely, ""
