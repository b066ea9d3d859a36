"""Change the document of a survey that is being written: pure moves on plain data, each giving a new document."""

import copy
import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from engage.surveys.rules.conditions import MISSING_CODES
from engage.surveys.rules.definition import BrokenDefinition, Definition, Item, parse_draft, to_document
from engage.surveys.rules.items import OWN_CARDS
from engage.surveys.rules.text import clean

Document = dict[str, Any]
CODE = re.compile(r"[a-z][a-z0-9_]*")
OPTION_CODE = re.compile(r"[a-z0-9][a-z0-9_]*")
LONGEST_CODE = 60  # characters, as the answers keep it
LONGEST_SURVEY_CODE = 40
RESERVED = frozenset({"cards", "csrf_token"})  # fields of the page itself
MOST_ITEMS = 200


def tidy(document: Mapping[str, Any]) -> Document:
    """Give the document as it is kept: grids opened, what has its usual value left out. Raises `BrokenDefinition`."""
    definition = parse_draft(document)
    check_codes(definition)
    return to_document(definition)


def check_codes(definition: Definition) -> None:
    """Raise `BrokenDefinition` for a code that cannot stand in a form, a column or a shuffle, or for too many items."""
    for code, most in _codes(definition):
        if not CODE.fullmatch(code) or len(code) > most or code in RESERVED:
            raise BrokenDefinition(
                f"{code[:80]}: a code has small letters, digits and _ only, and begins with a letter"
            )
    for item in definition.items:
        if item.code in OWN_CARDS:
            raise BrokenDefinition(f"{item.code}: give this question another code, for a card of the page is called so")
        _check_option_codes(item)
    if len(definition.by_code) > MOST_ITEMS:
        raise BrokenDefinition(f"A survey has at most {MOST_ITEMS} items")


def _check_option_codes(item: Item) -> None:
    for code in item.option_codes:
        if not OPTION_CODE.fullmatch(code) or len(code) > LONGEST_CODE or code in MISSING_CODES:
            raise BrokenDefinition(f"{item.code}.{code[:80]}: choose another code for this option")


def _codes(definition: Definition) -> Iterator[tuple[str, int]]:
    yield definition.code, LONGEST_SURVEY_CODE
    for parts in (definition.sections, definition.bands, tuple(definition.items)):
        yield from ((part.code, LONGEST_CODE) for part in parts)


def code_from(words: str, *, taken: Collection[str] = (), longest: int = LONGEST_CODE, fallback: str = "item") -> str:
    """Make a code of the words themselves, unlike those `taken`: "Very safe!" becomes "very_safe"."""
    plain = re.sub(r"[^a-z0-9]+", "_", clean(words).lower()).strip("_")
    plain = plain if CODE.match(plain) else f"{fallback}_{plain}".strip("_")
    start = plain[: longest - 4].rstrip("_")
    tries = (start if number == 1 else f"{start}_{number}" for number in range(1, len(taken) + 3))
    used = {*taken, *RESERVED, *OWN_CARDS, *MISSING_CODES}
    return next(code for code in tries if code not in used)


def fingerprint(part: object) -> str:
    """A short fingerprint of one part of a draft: a form carries it, so that two people never overwrite each other."""
    return hashlib.sha256(json.dumps(part, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def empty(*, code: str, title: str, languages: Collection[str], bands: list[Document]) -> Document:
    """The document of a survey with no question yet."""
    return {
        "code": code,
        "title": {"en": title},
        "ages": ages_of(bands),
        "minutes": 5,
        "minimum": 8,
        "languages": list(languages),
        "unchecked": [language for language in languages if language != "en"],
        "bands": bands,
        "sections": [],
        "rotations": [],
    }


def ages_of(bands: list[Document]) -> list[int]:
    """The youngest and the oldest age of the bands."""
    return [min(band["from"] for band in bands), max(band["to"] for band in bands)]


def section_of(document: Document, code: str) -> Document | None:
    """The section called `code`."""
    return next((section for section in document["sections"] if section["code"] == code), None)


def items_of(document: Document) -> Iterator[Document]:
    """Each item in the order it is asked."""
    return (item for section in document["sections"] for item in section["items"])


def item_of(document: Document, code: str) -> Document | None:
    """The item called `code`."""
    return next((item for item in items_of(document) if item["code"] == code), None)


def holder_of(document: Document, code: str) -> Document:
    """The section that holds the item `code`; raises StopIteration where none does."""
    return next(section for section in document["sections"] if any(item["code"] == code for item in section["items"]))


def codes_of(document: Document) -> list[str]:
    """All codes that a new section or item may not take."""
    return [each["code"] for section in document["sections"] for each in (section, *section["items"])]


def changed(document: Document, change: Callable[[Document], None]) -> Document:
    """Give a copy after `change`, with its rotations following what moved. Raises `BrokenDefinition`."""
    new = copy.deepcopy(document)
    change(new)
    _merge_what_is_there(new)
    new["rotations"] = [rotation for rotation in map(_follower(new), new["rotations"]) if rotation["rows"]]
    return tidy(new)


def _merge_what_is_there(document: Document) -> None:
    """Let the merge rules follow: what is gone is merged no more, a new option is left out until somebody says more."""
    merged = document.get("merged")
    if merged:
        there = {item["code"]: [option["code"] for option in item.get("options", ())] for item in items_of(document)}
        items = {code: lines for code, lines in merged["items"].items() if code in there}
        merged["items"] = {code: {each: lines.get(each) for each in there[code]} for code, lines in items.items()}


def _follower(document: Document) -> Callable[[Document], Document]:
    there = {item["code"] for item in items_of(document)}

    def follow(rotation: Document) -> Document:
        rows = _rows_of(document, rotation["code"]) or [row for row in rotation["rows"] if row in there]
        return {"code": rotation["code"], "show": min(rotation["show"], len(rows)), "rows": rows}

    return follow


def _rows_of(document: Document, code: str) -> list[str]:
    """The items that a rotation of this code chooses among: the rows of a grid, else the items of a section."""
    rows = [item["code"] for item in items_of(document) if item.get("grid") == code]
    section = section_of(document, code)
    return rows or [item["code"] for item in section["items"]] if section else rows


def add_section(document: Document, section: Document) -> None:
    """Add a section at the end."""
    document["sections"].append({"items": [], **section})


def replace_section(document: Document, code: str, facts: Document, *, show: int) -> None:
    """Give a section its title and module, and let each person see `show` of its items, 0 for all."""
    section = section_of(document, code)
    if section:
        for item in section["items"]:
            if item.get("module", "") == section.get("module", ""):
                item["module"] = facts["module"]
        section.update(facts)
        others = [rotation for rotation in document["rotations"] if rotation["code"] != code]
        own = [{"code": code, "show": show, "rows": _rows_of(document, code)}] if show else []
        document["rotations"] = others + own


def delete_section(document: Document, code: str) -> None:
    """Take a section and its items out."""
    document["sections"] = [section for section in document["sections"] if section["code"] != code]


def add_item(document: Document, section: str, item: Document, *, after: str = "") -> None:
    """Put an item into a section: after the item `after`, or last."""
    items = (section_of(document, section) or document["sections"][-1])["items"]
    places = [place for place, each in enumerate(items) if each["code"] == after]
    items.insert(places[0] + 1 if places else len(items), item)


def replace_item(document: Document, code: str, item: Document) -> None:
    """Put another item in the place of the one called `code`."""
    items = holder_of(document, code)["items"]
    items[[each["code"] for each in items].index(code)] = item


def duplicate_item(document: Document, code: str) -> None:
    """Put a copy of an item after it, under a code of its own."""
    holder = holder_of(document, code)
    twin = copy.deepcopy(next(item for item in holder["items"] if item["code"] == code))
    twin["code"] = code_from(code, taken=codes_of(document))
    for one_off in ("series", "grid"):
        twin.pop(one_off, None)
    add_item(document, holder["code"], twin, after=code)


def delete_item(document: Document, code: str) -> None:
    """Take an item out; what looks at it stays, and the checks name it."""
    holder = holder_of(document, code)
    holder["items"] = [item for item in holder["items"] if item["code"] != code]


def move_section(document: Document, code: str, step: int) -> None:
    """Move a section up (-1) or down (1); at the end nothing moves."""
    _move(document["sections"], code, step)


def move_item(document: Document, code: str, step: int) -> None:
    """Move an item up (-1) or down (1), from the end of its section into the next one."""
    holder = holder_of(document, code)
    if _move(holder["items"], code, step):
        return
    sections = document["sections"]
    place = sections.index(holder) + step
    if 0 <= place < len(sections):
        item = next(item for item in holder["items"] if item["code"] == code)
        holder["items"].remove(item)
        sections[place]["items"].insert(0 if step > 0 else len(sections[place]["items"]), item)


def _move(parts: list[Document], code: str, step: int) -> bool:
    place = [part["code"] for part in parts].index(code)
    if not 0 <= place + step < len(parts):
        return False
    parts[place], parts[place + step] = parts[place + step], parts[place]
    return True
