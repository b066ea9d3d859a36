"""Read a partner's feedback out of a file somebody else's tool wrote: any size, any of the usual encodings."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from engage.shared.errors import NotValid
from engage.shared.words import N_
from engage.surveys.rules.text import clean

LONGEST = 10_000  # characters; longer comments are kept up to here
LONGEST_CELL = 2_000_000  # an unclosed quotation mark may not swallow the whole file
LONGEST_QUESTION = 200
DELIMITERS = ",;\t|"
PIECE = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DATES = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d/%m/%y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%y",
    "%Y/%m/%d",
    "%m/%d/%Y",  # last: only where it can be no British day
)
NO_ANSWER = frozenset({"", "did not answer", "no answer", "not answered", "no response", "no comment", "null", "nan"})
NOTHING = frozenset({
    "na", "n a", "none", "no", "nope", "nil", "nothing", "nothing at all", "nothing really", "not really", "idk",
    "not applicable", "none really", "no comments", "nothing to add", "no thanks", "no thank you", "dont know",
    "don t know", "not sure", "nothing else", "absolutely nothing",
})  # fmt: skip


class Skipped(StrEnum):
    """Why a row was not taken, in the words of the report."""

    EMPTY = N_("empty, or “did not answer”")
    NOTHING = N_("only said “nothing”, “none” or “n/a”")
    SHORT = N_("had fewer cells than the heading")
    BROKEN = N_("could not be read (an unclosed quotation mark, or a cell of more than two million characters)")


@dataclass(frozen=True)
class Columns:
    """Which columns of the file hold the words, the day and the question."""

    text: str
    date: str | None = None
    question: str | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(name for name in (self.text, self.date, self.question) if name)


@dataclass(frozen=True)
class Comment:
    """One comment: `said_on` is None where the day could not be read, `cut` True where it was too long."""

    question: str
    words: str
    said_on: date | None
    cut: bool = False


def encoding_of(path: Path) -> str:
    """How the file's characters are written. Raises `NotValid` if it is no text at all."""
    with path.open("rb") as file:
        start = file.read(PIECE)
        marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
        if marked:
            return marked
        if start.count(0) > len(start) // 4:  # every second byte of plain letters in UTF-16 is NUL
            return "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
        if start.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
            raise NotValid(N_("This is a spreadsheet or document, not a CSV file: save it as CSV and try again"))
        file.seek(0)
        decode = codecs.getincrementaldecoder("utf-8")()
        try:
            while piece := file.read(PIECE):
                decode.decode(piece)
            decode.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def delimiter_of(heading: str, columns: Columns) -> str:
    """What parts the cells of the heading: the mark that brings out the columns asked for, else the most frequent."""
    plain = {_plain(name) for name in columns.wanted}

    def fit(mark: str) -> tuple[int, int]:
        cells = next(csv.reader([heading], delimiter=mark), [])
        return len(plain & {_plain(cell) for cell in cells}), len(cells)

    return max(DELIMITERS, key=fit)


def read(path: Path, columns: Columns) -> Iterator[Comment | Skipped]:
    """Read a file row by row in constant memory; raises `NotValid` naming the columns there are when one is missing."""
    csv.field_size_limit(LONGEST_CELL)
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        heading = file.readline(LONGEST_CELL)
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter_of(heading, columns))
        places = _places(next(rows, []), columns)
        while (row := _next(rows)) is not None:
            yield row if isinstance(row, Skipped) else _comment(row, places)


def _next(rows: Iterator[list[str]]) -> list[str] | Skipped | None:
    try:
        return next(rows, None)
    except csv.Error:
        return Skipped.BROKEN


def _places(heading: list[str], columns: Columns) -> tuple[int, int | None, int | None]:
    names = [_plain(name) for name in heading]
    missing = [name for name in columns.wanted if _plain(name) not in names]
    if missing:
        there = ", ".join(f"“{name.strip()}”" for name in heading if name.strip()) or N_("none: the file is empty")
        raise NotValid(f"The file has no column “{missing[0]}”. Its columns are: {there}")
    found = [names.index(_plain(name)) if name else None for name in (columns.text, columns.date, columns.question)]
    return names.index(_plain(columns.text)), found[1], found[2]


def _comment(row: list[str], places: tuple[int, int | None, int | None]) -> Comment | Skipped:
    text, day, question = places
    if len(row) <= text and any(cell.strip() for cell in row):
        return Skipped.SHORT
    words = clean(_cell(row, text))
    plain = " ".join(re.findall(r"\w+", words.casefold()))
    if plain in NO_ANSWER | NOTHING and (plain or not words):
        return Skipped.NOTHING if plain in NOTHING else Skipped.EMPTY
    asked = " ".join(clean(_cell(row, question)).split())[:LONGEST_QUESTION]
    return Comment(asked, words[:LONGEST], read_day(_cell(row, day)), cut=len(words) > LONGEST)


def read_day(typed: str) -> date | None:
    """The day a cell names, British order first; a clock time after it is not kept. None if it names none."""
    typed = typed.strip().split("T")[0]
    for form in DATES:
        for piece in (typed, typed.split(" ")[0]):
            try:
                return datetime.strptime(piece, form).date()  # noqa: DTZ007  (a day has no zone)
            except ValueError:
                continue
    return None


def _cell(row: list[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _plain(name: str) -> str:
    return " ".join(name.replace("\ufeff", "").split()).casefold()
