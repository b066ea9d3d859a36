"""Read the cells of a workbook (XLSX) that anybody may have made: words only, and no more than a person would type."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple
from xml.parsers import expat

from engage.shared.errors import NotValid
from engage.surveys.rules.text import UNWANTED

LARGEST = 2 * 1024 * 1024  # bytes, as sent
UNPACKED = 12 * 1024 * 1024  # bytes of all parts that are read, unpacked
MOST_ELEMENTS = 200_000  # of all parts together: a cell is two, and takes some 15 microseconds
MOST_WORDS = 4 * 1024 * 1024  # characters of a sheet in all: cells may point to the same words again and again
MOST_PARTS, MOST_ROWS, MOST_COLUMNS, MOST_STRINGS = 300, 5_000, 200, 60_000
LONGEST_CELL = 6_000  # characters
PIECE = 64 * 1024
OLD = b"\xd0\xcf\x11\xe0"
TOO_MUCH = "This workbook unpacks to far more than a survey has. It is not opened."
BROKEN = "This file cannot be opened as a workbook. Save it once more as XLSX, and choose it again."
FORBIDDEN = {
    "xl/externallinks/": ("This workbook takes values from other workbooks. Copy them in as plain values first."),
    "xl/vbaproject.bin": ("This workbook holds macros. Save it as XLSX without them."),
    "xl/embeddings/": ("This workbook holds other files inside. Take them out first."),
}
STRINGS = "xl/sharedStrings.xml"
AT = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
WRITTEN_OUT = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a workbook writes what XML cannot hold
NO_FACTS: Mapping[str, str] = MappingProxyType({})
Rows = list[list[str]]


class Event(NamedTuple):  # a frozen dataclass takes three times as long to make, and a workbook is made of these
    """One thing met in a part: an element that begins or ends, or words."""

    what: str
    name: str = ""
    words: str = ""
    facts: Mapping[str, str] = NO_FACTS


@dataclass
class Book:
    """A workbook that is being read, and how much of it was read so far."""

    parts: zipfile.ZipFile
    unpacked: int = 0
    elements: int = 0

    def pieces(self, path: str) -> Iterator[bytes]:
        """Unpack a part piece by piece. Raises `NotValid` once all together are far more than a survey."""
        with self.parts.open(path) as part:
            while piece := part.read(PIECE):
                self.unpacked += len(piece)
                if self.unpacked > UNPACKED:
                    raise NotValid(TOO_MUCH)
                yield piece

    def count_element(self) -> None:
        """Count one more. Raises `NotValid` after far more than a survey has."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise NotValid(TOO_MUCH)


def read_workbook(file: bytes, *, wanted: Collection[str]) -> dict[str, Rows]:
    """Read the sheets `wanted` (their names in small letters) as rows of words; raises `NotValid` in a sentence."""
    if len(file) > LARGEST:
        raise NotValid("The file is larger than 2 MB. A survey is smaller: leave pictures and other sheets out.")
    if file.startswith(OLD):
        raise NotValid("This is an old Excel file, or one with a password. Save it as XLSX without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            _check_parts(parts.namelist())
            book = Book(parts)
            sheets = _wanted(book, wanted)
            strings = list(islice(_strings(book), MOST_STRINGS)) if STRINGS in parts.namelist() else []
            return {name: _rows(book, path, name, strings) for name, path in sheets.items()}
    except (zipfile.BadZipFile, expat.ExpatError, zlib.error, LookupError, EOFError, OSError) as problem:
        raise NotValid(BROKEN) from problem
    except (NotImplementedError, RuntimeError, ValueError, zipfile.LargeZipFile) as problem:  # packed in an odd way
        raise NotValid(BROKEN) from problem


def _check_parts(names: list[str]) -> None:
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise NotValid(BROKEN)
    for name in names:
        for start, words in FORBIDDEN.items():
            if name.lower().startswith(start):
                raise NotValid(words)


def _wanted(book: Book, wanted: Collection[str]) -> dict[str, str]:
    """The sheets that are read, each once."""
    found: dict[str, str] = {}
    for name, path in _sheets(book):
        if name in found:
            raise NotValid(f"Two sheets are called “{name}”. Keep one of them.")
        if name in wanted:
            found[name] = path
    return found


def _sheets(book: Book) -> Iterator[tuple[str, str]]:
    """Each sheet's name in small letters, and the part it lies in."""
    relations = [event.facts for event in _events(book, "xl/_rels/workbook.xml.rels") if event.name == "Relationship"]
    targets = {facts["Id"]: facts["Target"] for facts in relations if "Id" in facts and "Target" in facts}
    for event in _events(book, "xl/workbook.xml"):
        if event.what == "start" and event.name == "sheet":
            target = targets[event.facts["id"]]
            yield event.facts["name"].strip().lower(), target[1:] if target.startswith("/") else f"xl/{target}"


def _strings(book: Book) -> Iterator[str]:
    """The words that cells point to; how a word is read aloud (rPh, in Japanese) is left out."""
    words, aloud = "", False
    for event in _events(book, STRINGS):
        if event.name == "rPh":
            aloud = event.what == "start"
        elif event.what == "text" and event.name == "t" and not aloud:
            words = _longer(words, event.words)
        elif event.what == "end" and event.name == "si":
            yield _as_read(words)
            words = ""


def _longer(words: str, more: str) -> str:
    if len(words) + len(more) > LONGEST_CELL:
        raise NotValid(f"A cell has more than {LONGEST_CELL} characters. Make it shorter.")
    return words + more


def _as_read(words: str) -> str:
    """Write out what XML cannot hold, and leave away what nobody sees: half a sign, a control character."""
    whole = WRITTEN_OUT.sub(lambda found: chr(int(found[1], 16)), words)
    return UNWANTED.sub("", whole.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")).strip()


def _rows(book: Book, path: str, sheet: str, strings: list[str]) -> Rows:
    rows: Rows = []
    size = 0
    for at, words in _cells(book, path, sheet, strings):
        place = AT.fullmatch(at)
        row, column = (int(place[2]) - 1, _column(place[1])) if place else (-1, 0)
        if row >= MOST_ROWS:
            raise NotValid(f"Sheet {sheet} has more than {MOST_ROWS} rows. No survey is that long.")
        if row < 0 or column >= MOST_COLUMNS:
            raise NotValid(f"Sheet {sheet}, cell {at[:12]}: there are more columns than an XLSForm has.")
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = words
        size += len(words)
        if size > MOST_WORDS:
            raise NotValid(f"Sheet {sheet} holds far more words than a survey has. It is not opened.")
    return rows


def _cells(book: Book, path: str, sheet: str, strings: list[str]) -> Iterator[tuple[str, str]]:
    """Each cell that holds something, with its place such as B4."""
    at, kind, value = "", "", ""
    for event in _events(book, path):
        if event.name == "f":
            raise NotValid(f"Sheet {sheet}, cell {at} holds a formula. Copy the cells and paste them as plain values.")
        if event.name == "c" and event.what == "start":
            at, kind, value = event.facts.get("r", ""), event.facts.get("t", "n"), ""
        elif event.what == "text" and event.name in ("v", "t"):
            value = _longer(value, event.words)
        elif event.name == "c" and value.strip():
            yield at, strings[int(value)] if kind == "s" else _as_read(_as_typed(kind, value))


def _as_typed(kind: str, value: str) -> str:
    """A number as a person typed it: 3, not 3.0."""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value.removesuffix(".0") if kind == "n" else value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _events(book: Book, path: str) -> Iterator[Event]:
    """Read a part piece by piece; a text comes with the name of the element it stands in."""
    met: list[Event] = []
    inside: list[str] = [""]
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True  # words come whole, not a piece for each sign written as a number
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.CharacterDataHandler = lambda words: met.append(Event("text", inside[-1], words))

    def start(name: str, facts: Mapping[str, str]) -> None:
        book.count_element()
        inside.append(_bare(name))
        met.append(Event("start", inside[-1], facts={_bare(key): value for key, value in facts.items()}))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: met.append(Event("end", inside.pop()))
    for piece in chain(book.pieces(path), [b""]):
        parser.Parse(piece, not piece)
        yield from met
        met.clear()


def _no_doctype(*_facts: object) -> None:
    raise NotValid(BROKEN)


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]
