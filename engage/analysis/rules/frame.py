"""The code frame as a file: read and written as CSV, with a plain sentence for every way a file can be wrong."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from engage.analysis.rules.coding import KEYS
from engage.shared.errors import NotValid
from engage.shared.words import N_

COLUMNS = ("name", "definition", "belongs", "does_not_belong", "sensitive", "key")
LARGEST = 256 * 1024  # bytes
MOST_THEMES = 200
LONGEST = {"name": 120, "definition": 1000, "belongs": 100_000, "does_not_belong": 100_000, "sensitive": 10, "key": 1}
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"no", "n", "false", "0"})
FORMULA = ("=", "+", "-", "@", "\t", "\r")
EXAMPLES = "\n"  # between the examples of one cell


@dataclass(frozen=True)
class FrameLine:
    """One theme of a file; `sensitive` None leaves it as it is, `key` "" too."""

    name: str
    definition: str = ""
    belongs: tuple[str, ...] = field(default=())
    does_not_belong: tuple[str, ...] = field(default=())
    sensitive: bool | None = None
    key: str = ""


def read_frame(content: bytes) -> list[FrameLine]:
    """Read a code frame from a CSV file. Raises `NotValid` with what is wrong and what to do about it."""
    if len(content) > LARGEST:
        raise NotValid(
            f"The file is larger than {LARGEST // 1024} kB. A code frame is far smaller: is it the right one?"
        )
    rows = _rows(_decoded(content))
    lines = [_line(number, row) for number, row in enumerate(rows, start=2) if any(row.values())]
    if not lines:
        raise NotValid(N_("There are no themes in the file: a heading, then one theme a line."))
    if len(lines) > MOST_THEMES:
        raise NotValid(
            f"There are {len(lines)} themes in the file. A frame that people can hold has {MOST_THEMES} at most."
        )
    _check_once("name", (line.name for line in lines))
    _check_once("key", (line.key for line in lines if line.key))
    return lines


def write_frame(lines: Iterable[FrameLine]) -> bytes:
    """Write a code frame so that any spreadsheet opens it as text, and `read_frame` reads the same again."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in lines:
        cells = (
            line.name, line.definition, _one_a_line(line.belongs), _one_a_line(line.does_not_belong),
            "yes" if line.sensitive else "no", line.key,
        )  # fmt: skip
        writer.writerow([_harmless(cell) for cell in cells])
    return codecs.BOM_UTF8 + text.getvalue().encode()


def flat(words: str) -> str:
    """Give words as they are compared: capitals and spaces make no difference."""
    return " ".join(words.split()).casefold()


def _decoded(content: bytes) -> str:
    if not content.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise NotValid(N_("The file is empty."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotValid(
            N_("The file is not in UTF-8. In your spreadsheet, choose “CSV UTF-8” when you save it.")
        ) from None
    if "\0" in text:
        raise NotValid(N_("This is not a CSV file. In your spreadsheet, choose “CSV UTF-8” when you save it."))
    return text


def _rows(text: str) -> list[dict[str, str]]:
    heading = text.splitlines()[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise NotValid(N_("The file ends inside quotation marks: a closing one is missing somewhere.")) from None
    names = [cell.strip().casefold().replace(" ", "_") for cell in found[0]]
    if missing := [column for column in COLUMNS[:1] if column not in names]:
        raise NotValid(
            f"The column “{missing[0]}” is missing. The first line must name the columns: {', '.join(COLUMNS)}."
        )
    if twice := [name for name, times in Counter(names).items() if times > 1 and name in COLUMNS]:
        raise NotValid(f"The column “{twice[0]}” is there twice.")
    _check_columns(names, found)
    return [
        {name: _plain(cell) for name, cell in zip(names, row, strict=False) if name in COLUMNS} for row in found[1:]
    ]


def _check_columns(names: list[str], rows: list[list[str]]) -> None:
    if strange := [name for name in names if name and name not in COLUMNS]:
        known = ", ".join(COLUMNS)
        raise NotValid(
            f"A code frame has no column “{strange[0]}”: take it out or rename it. Its columns are: {known}."
        )
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row[len(names) :]):
            raise NotValid(
                f"Line {number} has more cells than the first line has columns. "
                "Is there a comma in a cell that has no quotation marks around it?"
            )


def _line(number: int, row: dict[str, str]) -> FrameLine:
    for column, most in LONGEST.items():
        if len(row.get(column, "")) > most:
            raise NotValid(f"Line {number}: “{column}” is longer than {most} characters.")
    if not row.get("name"):
        raise NotValid(f"Line {number}: the theme has no name.")
    key = row.get("key", "").lower()
    if key and key not in KEYS:
        raise NotValid(f"Line {number}: “{key}” cannot be a key. Use one of {KEYS}.")
    return FrameLine(
        row["name"], row.get("definition", ""), _examples(row.get("belongs", "")),
        _examples(row.get("does_not_belong", "")), _sensitive(number, row.get("sensitive", "")), key,
    )  # fmt: skip


def _sensitive(number: int, cell: str) -> bool | None:
    said = cell.casefold()
    if said not in YES | NO | {""}:
        raise NotValid(f"Line {number}: “sensitive” says “{cell}”. Write yes or no, or leave it empty.")
    return None if not said else said in YES


def _examples(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in cell.splitlines() if line.strip()))


def _one_a_line(examples: Iterable[str]) -> str:
    return EXAMPLES.join(" ".join(example.split()) for example in examples)


def _check_once(what: str, said: Iterable[str]) -> None:
    twice = [one for one, times in Counter(flat(one) for one in said).items() if times > 1]
    if twice:
        raise NotValid(f"The {what} “{twice[0]}” is there twice.")


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would run begins with an apostrophe, which it reads as "this is text"."""
    return f"'{cell}" if cell.startswith(("'", *FORMULA)) else cell


def _plain(cell: str) -> str:
    """What `_harmless` wrote, as it was."""
    return (cell[1:] if cell[:1] == "'" and cell[1:].startswith(("'", *FORMULA)) else cell).strip()
