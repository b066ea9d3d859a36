"""Read what is taken away of a wave, each kind of file with a reader of its own, for figures that nobody attacked.

A file says no more than the tables that were attacked where each count in it is one of theirs, and each percentage or
end of an interval one that they show. Words are taken out first, since a name may hold a number ("11 to 13").
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from flask.testing import FlaskClient
from pypdf import PdfReader

from engage.analysis import queries as analysis
from engage.analysis.method.records import Cell, Protected
from engage.analysis.queries.cuts import cuts_of
from engage.pqa.desk.results import drawings
from engage.shared.printing import as_pdf
from engage.surveys.rules.waves import Wave

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CODE, COUNTS, SHARES = 8, (10, 11), (12, 13, 14)  # columns of the figures' sheet
TICK = 'font-size="11"'  # the marks of an axis are no figures of anybody
TICKS = frozenset(f"{number}%" for number in range(0, 101, 5))
SAID_OF_ALL = (  # numbers that no person is counted in
    r"\d+ of \d+ figures", r"fewer than \d+ people", r"nearest \d+", r"95 ?% intervals", r"Below \d+ people",
    r"\d{1,2} [A-Z][a-z]+ \d{4}", r"fingerprint [0-9a-f]+", r"(?m)^\d+ of \d+$", r"Youth survey wave-\d+",
    r"Theme \d+ \d+", r"and \d+ more",
)  # fmt: skip


@dataclass(frozen=True)
class Attacked:
    """What the attack was told: counts by answer, all counts, all percentages and ends of intervals, and every word."""

    by_answer: frozenset[tuple[str, str]]
    counts: frozenset[str]
    shares: frozenset[str]
    words: tuple[str, ...]


def attacked(wave: Wave, tables: Sequence[Protected]) -> Attacked:
    """Gather what the tables that were attacked show."""
    cells = [cell for table in tables for cell in table.cells]
    ends = {f"{end}%" for table in tables for cell in table.cells for end in _ends(table, cell)}
    shares = {f"{cell.percent}%" for cell in cells if cell.percent is not None} | ends
    by_answer = {(level or "", cell.text) for cell in cells for level in (None, *cell.at)}
    words = [word for word in _words(wave) if re.search(r"\d", word)]
    return Attacked(
        frozenset(by_answer), frozenset(cell.text for cell in cells), frozenset(shares),
        tuple(sorted(words, key=len, reverse=True)),
    )  # fmt: skip


def _words(wave: Wave) -> set[str]:
    """The words of questions, answers, groups and themes."""
    found = analysis.snapshot(wave.code)
    lines = found.lines if found else ()
    words = {word for line in lines for word in (line.words, line.section, *line.labels.values())}
    words |= {word for one in cuts_of(wave.code) for word in one.labels.values()}
    return words | set(found.labels.values() if found else ())


def _ends(table: Protected, cell: Cell) -> Iterable[int]:
    part = table.proportion(*cell.at) if cell.at[0] is not None else None
    return part.likely if part else ()


def strays_in_files(wave: Wave, known: Attacked, panel: FlaskClient, *, pdf: bool) -> set[tuple[str, str]]:
    """Every figure in a workbook, a drawing, the print view, its PDF and the open data that was not attacked."""
    page = panel.get(f"/desk/results/{wave.code}/files/print").text
    found = {
        ("xlsx", one) for one in in_workbook(panel.get(f"/desk/results/{wave.code}/files/results.xlsx").data, known)
    }
    found |= {("svg", one) for drawing in _drawings(wave, panel) for one in in_drawing(drawing, known)}
    found |= {("print", one) for one in in_words(text_of(page), known)}
    found |= {("json", one) for one in in_json(panel.get("/you-said-we-did/concerns.json").text, known)}
    return found | {("pdf", one) for one in (in_pdf(as_pdf(page), known) - _marks(page) if pdf else ())}


def in_workbook(content: bytes, known: Attacked) -> set[str]:
    """Every figure of a workbook that was not attacked."""
    found: set[str] = set()
    for row in _rows(content):
        told = {(row.get(CODE, ""), row[COUNTS[0]]), ("", row[COUNTS[1]])} if COUNTS[0] in row else set()
        found |= {figure for answer, figure in told if (answer, figure) not in known.by_answer}
        found |= {row[column] for column in SHARES if column in row and f"{row[column]}%" not in known.shares}
    return found


def _rows(content: bytes) -> Iterator[dict[int, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        strings = ["".join(one.itertext()) for one in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))]  # noqa: S314
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet2.xml"))  # noqa: S314  (our own file)
    for row in list(sheet.iter(f"{SHEET}row"))[1:]:
        cells = {_column(cell.attrib["r"]): cell for cell in row.iter(f"{SHEET}c")}
        yield {place: _value(cell, strings) for place, cell in cells.items()}


def _column(name: str) -> int:
    return ord(name[0]) - ord("A")


def _value(cell: ElementTree.Element, strings: list[str]) -> str:
    said = "".join(one.text or "" for one in cell.iter(f"{SHEET}v"))
    return strings[int(said)] if cell.attrib.get("t") == "s" else said


def in_drawing(svg: str, known: Attacked) -> set[str]:
    """Every figure of a drawing that was not attacked, in its words and beside its bars."""
    drawn = " \n ".join(words for how, words in re.findall(r"<text([^>]*)>([^<]*)</text>", svg) if TICK not in how)
    said = " ".join(re.findall(r"<desc[^>]*>([^<]*)</desc>", svg))
    return in_words(f"{said} \n {drawn}", known)


def _drawings(wave: Wave, panel: FlaskClient) -> Iterator[str]:
    found = analysis.snapshot(wave.code)
    for line in found.lines if found else ():
        for which in drawings(line):
            yield panel.get(f"/desk/results/{wave.code}/{line.item}/{which}.svg").text
    for one in cuts_of(wave.code):
        by = "&".join(f"by={code}" for code in one.by)
        yield panel.get(f"/desk/results/{wave.code}/{one.item}/cut.svg?{by}").text if one.chart else ""
    yield panel.get(f"/desk/results/{wave.code}/themes/now.svg").text if found and found.wrote else ""


def _marks(page: str) -> set[str]:
    """The marks of the axes that a page draws; in its PDF they cannot be told from figures."""
    return {words for how, words in re.findall(r"<text([^>]*)>([^<]*)</text>", page) if TICK in how}


def text_of(page: str) -> str:
    """The words of a page, without its drawings, each on a line."""
    return re.sub(r"<[^>]+>", "\n", re.sub(r"(?s)<(svg|head)\b.*?</\1>", "", page))


def in_pdf(content: bytes, known: Attacked) -> set[str]:
    """Every figure of a PDF that was not attacked; the marks of its axes cannot be told from figures there."""
    words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return in_words(words, known) - TICKS


def in_json(content: str, known: Attacked) -> set[str]:
    """Every number of open data that is no day, no version and nobody's place in a list."""
    return in_words(" ".join(_leaves(json.loads(content))), known)


def _leaves(kept: object) -> Iterator[str]:
    if isinstance(kept, dict):
        for name, value in kept.items():
            yield from _leaves(value) if name not in ("version", "address") else ()
    elif isinstance(kept, list):
        for value in kept:
            yield from _leaves(value)
    else:
        yield re.sub(r"^\d{4}-\d\d-\d\d.*", "", str(kept))


def in_words(said: str, known: Attacked) -> set[str]:
    """Every number in words that is neither a count nor a percentage that was attacked."""
    text = " ".join(said.split(" ")).replace("&#39;", "'").replace("&amp;", "&")
    for pattern in SAID_OF_ALL:
        text = re.sub(pattern, " ", text)
    for word in known.words:
        text = re.sub(re.escape(word).replace("\\ ", r"\s+"), " ", text)
    text = re.sub(r"\((\d+)\s+to\s+(\d+),\s+base", r"(\1% \2% base", text)
    shares = set(re.findall(r"\b\d+%", text)) - known.shares
    return shares | (set(re.findall(r"\b\d+\b(?!%)", text)) - known.counts)
