"""A survey as an XLSForm workbook, and what such a workbook cannot say."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter

from engage.surveys.rules.conditions import condition
from engage.surveys.rules.definition import Definition, to_document
from engage.surveys.rules.xlsform.columns import (
    CHOICES,
    FACE,
    NUMBERS,
    OURS,
    SETTINGS,
    SURVEY,
    TEXTS,
    USUAL,
    column,
    type_of,
)
from engage.surveys.rules.xlsform.expressions import expression

WIDTH = 24
SEEN = ("code", "words", "text", "why", "options", "pick")  # stand in columns of their own
Row = dict[str, str]


def workbook(definition: Definition) -> bytes:
    """Write a survey as an XLSForm; words are never taken for formulas or links."""
    file = io.BytesIO()
    document = to_document(definition)
    lists = _Lists()
    rows = list(_survey(document, lists))
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        heading = book.add_format({"bold": True})
        for name, found in ((SURVEY, rows), (CHOICES, lists.rows), (SETTINGS, [_settings(document)])):
            sheet = book.add_worksheet(name)
            columns = _columns(name, definition.languages)
            sheet.set_column(0, len(columns), WIDTH)
            sheet.freeze_panes(1, 0)
            for place, words in enumerate(columns):
                sheet.write_string(0, place, words, heading)
            for at, row in enumerate(found, start=1):
                for key, words in row.items():
                    sheet.write_string(at, columns.index(key), words)
    return file.getvalue()


def not_in_workbook(definition: Definition) -> list[str]:
    """What other tools will not know of this survey; Engage itself reads all of it back."""
    items = list(definition.items)
    found = {
        "“I don't know” and “Rather not say” beside each question": any(item.missing for item in items),
        "After “no” to taking part, nothing more is asked": any(item.kind == "consent" for item in items),
        "The offer of support after a worrying answer": any(item.support_when for item in items),
        "Questions of which each person sees only some": bool(definition.rotations),
        "Answers that stay last when the others are shuffled": any(item.keep_last for item in items),
        "What 0 and 10 mean": any(item.kind == "number" for item in items),
        "The first half of a postcode in place of an area of the list": any(item.kind == "area" for item in items),
        "Age bands: other tools keep the age itself": any(item.kind == "age" for item in items),
        "Drawn faces and pictures": any(option.face or option.picture for item in items for option in item.options),
        "The box that “Other, please say” opens": any(item.other for item in items),
        "Earlier answers that stand in the words: they show as {code|words}": any(
            item.words.pipes("en") for item in items
        ),
        "Modules that a wave switches on": bool(definition.modules),
        "Purpose, owner, why an item is sensitive, and the series it continues": True,
    }
    return [words for words, there in found.items() if there]


def _columns(sheet: str, languages: Sequence[str]) -> list[str]:
    if sheet == SETTINGS:
        return ["form_title", "form_id", "default_language", OURS]
    if sheet == CHOICES:
        return ["list_name", "name", *(column("label", language) for language in languages), FACE, OURS]
    texts = [column(name, language) for name in TEXTS for language in languages]
    return ["type", "name", *texts, "relevant", "constraint", "appearance", "parameters", OURS]


class _Lists:
    """The lists of answers; questions with the same answers share one."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.rows: list[Row] = []

    def name_of(self, code: str, options: Sequence[Mapping[str, Any]]) -> str:
        """The name of the list of these options, made where there is none yet."""
        key = json.dumps(options, sort_keys=True)
        if key not in self.names:
            self.names[key] = code
            self.rows += [
                {"list_name": code, "name": option["code"]}
                | _texts({"words": option["words"]})
                | ({FACE: str(option["face"])} if option.get("face") else {})
                | ({OURS: _packed(more)} if (more := _more(option)) else {})
                for option in options
            ]
        return self.names[key]


def _more(option: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in option.items() if key not in ("code", "words", "face")}


def _survey(document: Mapping[str, Any], lists: _Lists) -> Iterator[Row]:
    for section in document["sections"]:
        group = {"type": "begin_group", "name": section["code"]} | _texts({"words": section["title"]})
        ours = {key: value for key, value in section.items() if key not in ("code", "title", "items")}
        yield group | ({OURS: _packed(ours)} if ours else {})
        for item in section["items"]:
            yield _item(item, document["ages"], lists)
        yield {"type": "end_group"}


def _item(item: Mapping[str, Any], ages: Sequence[int], lists: _Lists) -> Row:
    options = item.get("options", [])
    kind = type_of(item["kind"], has_options=bool(options))
    listed = f" {lists.name_of(item['code'], options)}" if options else ""
    row = {"type": kind + listed, "name": item["code"]} | _texts(item)
    if item.get("show_if"):
        row["relevant"] = expression(condition(item["show_if"]))
    if limits := " and ".join(_limits(item, ages)):
        row["constraint"] = limits
    if item.get("long"):
        row["appearance"] = "multiline"
    if item.get("shuffle") or item["kind"] == "number":
        row["parameters"] = "randomize=true" if item.get("shuffle") else NUMBERS
    ours = {key: value for key, value in item.items() if key not in SEEN}
    if USUAL.get(kind) == item["kind"]:
        ours.pop("kind")
    return row | {OURS: _packed(ours)}


def _limits(item: Mapping[str, Any], ages: Sequence[int]) -> Iterable[str]:
    least, most = ages if item["kind"] == "age" else (item.get("least"), item.get("most"))
    if most is not None:
        yield f". >= {least or 0} and . <= {most}"
    if item.get("pick"):
        yield f"count-selected(.) <= {item['pick']}"
    for code in item.get("exclusive", ()):
        yield f"not(selected(., '{code}') and count-selected(.) > 1)"


def _texts(item: Mapping[str, Any]) -> Row:
    return {
        column(name, language): text
        for name, key in TEXTS.items()
        for language, text in item.get(key, {}).items()
        if text
    }


def _settings(document: Mapping[str, Any]) -> Row:
    ours = {key: value for key, value in document.items() if key not in ("code", "sections")}
    return {
        "form_title": document["title"]["en"],
        "form_id": document["code"],
        "default_language": "English (en)",
        OURS: _packed(ours),
    }


def _packed(ours: Mapping[str, Any]) -> str:
    return json.dumps(ours, ensure_ascii=False, separators=(",", ":"))
