"""Read the cells of a workbook (XLSX) that anybody may have made: words only, and no more than a person would type."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from xml.parsers import expat

from engage.shared.errors import NotValid

LARGEST = 2 * 1024 * 1024  # bytes, as sent
LARGEST_PART = 12 * 1024 * 1024  # bytes of one part, unpacked
MOST_PARTS, MOST_ROWS, MOST_COLUMNS, MOST_STRINGS = 300, 5_000, 200, 60_000
LONGEST_CELL = 6_000  # characters
PIECE = 64 * 1024
OLD = b"\xd0\xcf\x11\xe0"
BROKEN = "This file cannot be opened as a workbook. Save it once more as XLSX, and choose it again."
FORBIDDEN = {
    "xl/externallinks/": ("This workbook takes values from other workbooks. Copy them in as plain values first."),
    "xl/vbaproject.bin": ("This workbook holds macros. Save it as XLSX without them."),
    "xl/embeddings/": ("This workbook holds other files inside. Take them out first."),
}
STRINGS = "xl/sharedStrings.xml"
AT = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
WRITTEN_OUT = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a workbook writes what XML cannot hold
Rows = list[list[str]]


@dataclass(frozen=True)
class Event:
    """One thing met in a part: an element that begins or ends, or words."""

    what: str
    name: str = ""
    words: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def read_workbook(file: bytes, *, wanted: Collection[str]) -> dict[str, Rows]:
    """Read the sheets `wanted` (their names in small letters) as rows of words; raises `NotValid` in a sentence."""
    if len(file) > LARGEST:
        raise NotValid("The file is larger than 2 MB. A survey is smaller: leave pictures and other sheets out.")
    if file.startswith(OLD):
        raise NotValid("This is an old Excel file, or one with a password. Save it as XLSX without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            _check_parts(parts.namelist())
            strings = list(islice(_strings(parts), MOST_STRINGS))
            return {name: _rows(parts, path, name, strings) for name, path in _sheets(parts) if name in wanted}
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


def _sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name in small letters, and the part it lies in."""
    relations = [event.facts for event in _events(parts, "xl/_rels/workbook.xml.rels") if event.name == "Relationship"]
    targets = {facts["Id"]: facts["Target"] for facts in relations if "Id" in facts and "Target" in facts}
    for event in _events(parts, "xl/workbook.xml"):
        if event.what == "start" and event.name == "sheet":
            target = targets[event.facts["id"]]
            yield event.facts["name"].strip().lower(), target[1:] if target.startswith("/") else f"xl/{target}"


def _strings(parts: zipfile.ZipFile) -> Iterator[str]:
    """The words that cells point to; how a word is read aloud (rPh, in Japanese) is left out."""
    words, aloud = "", False
    for event in _events(parts, STRINGS) if STRINGS in parts.namelist() else ():
        if event.name == "rPh":
            aloud = event.what == "start"
        elif event.what == "text" and event.name == "t" and not aloud:
            words = _longer(words, event.words)
        elif event.what == "end" and event.name == "si":
            yield words
            words = ""


def _longer(words: str, more: str) -> str:
    if len(words) + len(more) > LONGEST_CELL:
        raise NotValid(f"A cell has more than {LONGEST_CELL} characters. Make it shorter.")
    return words + more


def _rows(parts: zipfile.ZipFile, path: str, sheet: str, strings: list[str]) -> Rows:
    rows: Rows = []
    for at, words in _cells(parts, path, sheet, strings):
        place = AT.fullmatch(at)
        row, column = (int(place[2]) - 1, _column(place[1])) if place else (-1, 0)
        if row >= MOST_ROWS:
            raise NotValid(f"Sheet {sheet} has more than {MOST_ROWS} rows. No survey is that long.")
        if row < 0 or column >= MOST_COLUMNS:
            raise NotValid(f"Sheet {sheet}, cell {at[:12]}: there are more columns than an XLSForm has.")
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = WRITTEN_OUT.sub(lambda found: chr(int(found[1], 16)), words)
    return rows


def _cells(parts: zipfile.ZipFile, path: str, sheet: str, strings: list[str]) -> Iterator[tuple[str, str]]:
    """Each cell that holds something, with its place such as B4."""
    at, kind, value = "", "", ""
    for event in _events(parts, path):
        if event.name == "f":
            raise NotValid(f"Sheet {sheet}, cell {at} holds a formula. Copy the cells and paste them as plain values.")
        if event.name == "c" and event.what == "start":
            at, kind, value = event.facts.get("r", ""), event.facts.get("t", "n"), ""
        elif event.what == "text" and event.name in ("v", "t"):
            value = _longer(value, event.words)
        elif event.name == "c" and value.strip():
            yield at, (strings[int(value)] if kind == "s" else _as_typed(kind, value)).strip()


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


def _events(parts: zipfile.ZipFile, path: str) -> Iterator[Event]:
    """Read a part piece by piece; a text comes with the name of the element it stands in."""
    met: list[Event] = []
    inside: list[str] = [""]
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.CharacterDataHandler = lambda words: met.append(Event("text", inside[-1], words))

    def start(name: str, facts: Mapping[str, str]) -> None:
        inside.append(_bare(name))
        met.append(Event("start", inside[-1], facts={_bare(key): value for key, value in facts.items()}))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: met.append(Event("end", inside.pop()))
    for piece in chain(_pieces(parts, path), [b""]):
        parser.Parse(piece, not piece)
        yield from met
        met.clear()


def _pieces(parts: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    size = 0
    with parts.open(path) as part:
        while piece := part.read(PIECE):
            size += len(piece)
            if size > LARGEST_PART:
                raise NotValid("This workbook unpacks to far more than a survey has. It is not opened.")
            yield piece


def _no_doctype(*_facts: object) -> None:
    raise NotValid(BROKEN)


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]
