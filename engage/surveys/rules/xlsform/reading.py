"""Read an XLSForm workbook into a survey's document, and list what of it has no place here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engage.shared.errors import NotValid
from engage.surveys.rules.json_files import definition_of_document
from engage.surveys.rules.workbooks import Rows, read_workbook
from engage.surveys.rules.xlsform.columns import (
    CHOICES,
    FACE,
    SETTINGS,
    SHEETS,
    SURVEY,
    code_of,
    language_of,
    text_column,
)
from engage.surveys.rules.xlsform.questions import question
from engage.surveys.rules.xlsform.rows import Asked, Line, Noted, in_english, named

USUAL = {"ages": [11, 18], "minutes": 5, "minimum": 8, "bands": [], "rotations": [], "unchecked": []}
SOMETIMES = ("merged", "by_card")
SETTLED = (*USUAL, "title", "languages", *SOMETIMES)
STEPS = frozenset({"begin_group", "end_group", "begin_repeat", "end_repeat"})
UNKNOWN = frozenset({"", "deviceid", "end", "start", "today", "username", "simserial", "phonenumber", "audit"})


@dataclass(frozen=True)
class FromWorkbook:
    """A survey's document as a workbook gives it, and in sentences what was left out of it or changed."""

    document: dict[str, Any]
    left_out: tuple[str, ...]


def read_xlsform(file: bytes) -> FromWorkbook:
    """Read a workbook that anybody may have made. Raises `NotValid` for what is no XLSForm."""
    sheets = read_workbook(file, wanted=SHEETS)
    if SURVEY not in sheets or not any(sheets[SURVEY]):
        raise NotValid("There is no sheet called “survey” in it, with the questions. An XLSForm has one.")
    settings = next(_lines(sheets.get(SETTINGS, [])), Line(2, {}))
    default = language_of(settings.at("default_language"), "en")
    noted = Noted()
    lines = list(_lines(sheets[SURVEY]))
    check_headings(sheets[SURVEY][0], "type", "name", sheet=SURVEY)
    sections = _Sections(Asked(_lists(sheets.get(CHOICES, []), default, noted), default, noted))
    for line in lines:
        sections.read(line)
    document = _whole(settings, default, [section for section in sections.found if section["items"]])
    definition_of_document(document)
    return FromWorkbook(document, tuple(noted.said))


def check_headings(found: list[str], *wanted: str, sheet: str) -> None:
    """Raise `NotValid` for a sheet whose first row does not name its columns."""
    for name in wanted:
        if name not in [heading.lower() for heading in found]:
            raise NotValid(f"Sheet {sheet}, row 1: there is no column called “{name}”")


def _lines(rows: Rows) -> Iterator[Line]:
    headings = [_heading(words) for words in rows[0]] if rows else []
    for name in {name for name in headings if name and headings.count(name) > 1}:
        raise NotValid(f"Two columns are called “{name[:40]}”")
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: words for name, words in zip(headings, row, strict=False) if name and words}
        if cells:
            yield Line(number, cells)


def _heading(words: str) -> str:
    """Texts keep their language as it is written, all other columns are in small letters."""
    return words if text_column(words, "") else words.strip().lower().replace(" ", "_")


def _lists(rows: Rows, default: str, noted: Noted) -> dict[str, list[dict[str, Any]]]:
    if rows:
        check_headings([words.replace(" ", "_") for words in rows[0]], "list_name", "name", sheet=CHOICES)
    lists: dict[str, list[dict[str, Any]]] = {}
    for line in _lines(rows):
        code = line.at("name") if "," not in line.at("name") else code_of(line.at("name"))
        option: dict[str, Any] = {
            "code": named(code),
            "words": in_english(texts(line, default).get("words") or {"en": code}),
        }
        if line.at(FACE).isdigit():
            option["face"] = int(line.at(FACE)[:2])
        option |= noted.ours(line, ("picture", "alt"))
        found = lists.setdefault(line.at("list_name"), [])
        if option["code"] in [other["code"] for other in found]:
            raise NotValid(f"Sheet choices, row {line.number}: “{code[:40]}” stands twice in one list")
        found.append(option)
    return lists


def texts(line: Line, default: str) -> dict[str, dict[str, str]]:
    """The texts of a line: ours by name, each from language to words."""
    found: dict[str, dict[str, str]] = {}
    for heading, words in line.cells.items():
        if place := text_column(heading, default):
            found.setdefault(place[0], {})[place[1]] = words
    return found


class _Sections:
    """The sections so far: each outermost group is one; what stands in none is put together."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.found: list[dict[str, Any]] = []

    def read(self, line: Line) -> None:
        """Read one row: a group that begins or ends, or a question."""
        kind = line.at("type").lower().replace("begin ", "begin_").replace("end ", "end_").partition(" ")[0]
        if kind == "begin_group" and not self.asked.groups:
            self.found.append(_section(line, self.asked))
        if kind in STEPS:
            self.asked.step(kind, line)
        elif kind not in UNKNOWN:
            self._latest()["items"] += question(line, texts(line, self.asked.default), self.asked)

    def _latest(self) -> dict[str, Any]:
        if not self.found:
            self.found.append({"code": "questions", "title": {"en": "Questions"}, "items": []})
        return self.found[-1]


def _section(line: Line, asked: Asked) -> dict[str, Any]:
    code = code_of(line.at("name")) or f"section_{line.number}"
    title = {"en": code.replace("_", " ").capitalize()} | texts(line, asked.default).get("words", {})
    return {"code": code, "title": title, "items": []} | asked.noted.ours(line, ("module",))


def _whole(settings: Line, default: str, sections: list[dict[str, Any]]) -> dict[str, Any]:
    ours = Noted().ours(settings, SETTLED)
    title = settings.at("form_title") or "A survey from a workbook"
    found = {language for section in sections for item in section["items"] for language in item["words"]}
    languages = ours.get("languages") or ["en", *sorted(found - {"en"})]
    titles = {default: title, "en": title} | ours.get("title", {}) | {"en": title}
    return (
        {"code": code_of(settings.at("form_id") or title)[:40] or "survey"}
        | {key: ours.get(key, value) for key, value in USUAL.items()}
        | {key: ours[key] for key in SOMETIMES if key in ours}
        | {"title": titles, "languages": [*languages, *sorted(found - set(languages))], "sections": sections}
    )
