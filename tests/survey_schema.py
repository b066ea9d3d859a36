"""Write docs/survey-schema.json from the records that a survey is made of: `python -m tests.survey_schema`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

from engage.surveys.rules.conditions import GROUPS, MANY_VALUES, NUMBERS, ONE_VALUE, Condition
from engage.surveys.rules.items import Item, Kind, NumberBand, Option
from engage.surveys.rules.words import Words

FILE = Path(__file__).parents[1] / "docs" / "survey-schema.json"
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "any": object}
TEXTS = {"type": "array", "items": {"type": "string"}}
COUNT = {"type": "integer", "minimum": 0}
MEANS = {
    "code": "Never changes its meaning; trends and answers hang on it",
    "kind": "What the card asks for",
    "words": "The question",
    "purpose": "What the answer is used for, for the register of processing",
    "owner": "Who answers for it",
    "text": "More to read under the heading; a new line is a new paragraph",
    "why": "Why we ask, for young people",
    "headline": "The answers that the headline share counts",
    "low": "What 0 means",
    "high": "What 10 means",
    "number_bands": "Bands for reports of an answer from 0 to 10: name to [lowest, highest]",
    "show_if": "Asked only where this holds of the answers before",
    "support_when": "Where this holds the page offers support and the contact box",
    "series": "The published series it continues",
    "standard": "The words are a public standard's",
    "special_category": "The condition under which it may be asked, where it is sensitive",
    "pick": "How many answers may be chosen at most",
    "exclusive": "Answers that stand alone",
    "keep_last": "Answers that stay at the end when the others are shuffled",
    "missing": "Whether “I don't know” and “rather not say” are offered",
    "grid": "The grid it is a row of",
    "module": "The module that a wave switches on",
}


def schema() -> dict[str, Any]:
    """The document that the house writes, as a JSON Schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A survey of Engage",
        **_record(
            {
                "code": {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,39}$"},
                "title": {"$ref": "#/$defs/words"},
                "ages": {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2},
                "minutes": {"type": "integer", "minimum": 1},
                "minimum": {"type": "integer", "minimum": 8},
                "languages": TEXTS,
                "unchecked": TEXTS,
                "bands": {"type": "array", "items": {"$ref": "#/$defs/band"}},
                "sections": {"type": "array", "items": {"$ref": "#/$defs/section"}},
                "rotations": {"type": "array", "items": {"$ref": "#/$defs/rotation"}},
                "by_card": {"type": "boolean"},
                "merged": {"$ref": "#/$defs/merged"},
            },
            needs=("code", "title", "ages", "minutes", "minimum", "languages", "sections"),
        ),
        "$defs": _parts(),
    }


def _record(properties: dict[str, Any], *, needs: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(needs), "additionalProperties": False}


def _parts() -> dict[str, Any]:
    code, words = {"type": "string"}, {"$ref": "#/$defs/words"}
    items = {"type": "array", "items": {"$ref": "#/$defs/item"}}
    return {
        "words": {"type": "object", "additionalProperties": {"type": "string"}, "required": ["en"]},
        "band": _record({"code": code, "from": COUNT, "to": COUNT, "words": words}, needs=("code", "from", "to")),
        "rotation": _record({"code": code, "show": COUNT, "rows": TEXTS}, needs=("code", "show", "rows")),
        "section": _record(
            {"code": code, "title": words, "module": code, "items": items}, needs=("code", "title", "items")
        ),
        "option": _record(_properties(Option), needs=("code", "words")),
        "item": _record(_properties(Item), needs=("code", "kind", "words", "purpose", "owner")),
        "merged": _record(
            {
                "family": {"type": "string"},
                "options": {"type": "array", "items": _record({"code": code, "words": words}, needs=("code", "words"))},
                "items": {"type": "object", "additionalProperties": {"type": "object"}},
            },
            needs=("family", "options", "items"),
        )
        | {"description": "How answers are counted together with those of the other surveys of a family"},
        "condition": {"anyOf": [_condition(operator) for operator in (*GROUPS, "not", "answered")] + _tests()},
    }


def _condition(operator: str) -> dict[str, Any]:
    inner: dict[str, Any] = {"$ref": "#/$defs/condition"}
    if operator in GROUPS:
        inner = {"type": "array", "items": inner, "minItems": 1}
    return _record({operator: {"type": "string"} if operator == "answered" else inner}, needs=(operator,))


def _tests() -> list[dict[str, Any]]:
    found = []
    for operator in ONE_VALUE + MANY_VALUES:
        value = {"type": "integer"} if operator in NUMBERS else {"type": "string"}
        parts = [{"type": "string"}, {"type": "array", "items": value} if operator in MANY_VALUES else value]
        found.append(_record({operator: {"type": "array", "prefixItems": parts, "minItems": 2}}, needs=(operator,)))
    return found


def _properties(record: type) -> dict[str, Any]:
    hints = get_type_hints(record)
    return {name: _of(hint) | _said(name) for name, hint in hints.items() if isinstance(_of(hint), dict)}


def _of(hint: Any) -> dict[str, Any]:
    known = {
        Kind: {"enum": [kind.value for kind in Kind]},
        Words: {"$ref": "#/$defs/words"},
        Condition: {"$ref": "#/$defs/condition"},
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        tuple[str, ...]: TEXTS,
        tuple[Option, ...]: {"type": "array", "items": {"$ref": "#/$defs/option"}},
        tuple[NumberBand, ...]: {"type": "object", "additionalProperties": {"type": "array"}},
    }
    bare = (
        next((part for part in getattr(hint, "__args__", ()) if hint == part | None), hint) if _may_lack(hint) else hint
    )
    return dict(known.get(bare, {}))


def _may_lack(hint: Any) -> bool:
    return type(None) in getattr(hint, "__args__", ())


def _said(name: str) -> dict[str, str]:
    return {"description": MEANS[name]} if name in MEANS else {}


def wrong(value: Any, part: dict[str, Any], whole: dict[str, Any], path: str = "") -> Iterator[str]:
    """What of a value does not keep to a schema: the few words of JSON Schema that ours uses."""
    if "$ref" in part:
        part = whole["$defs"][part["$ref"].rsplit("/", 1)[1]]
    ways = part.get("anyOf", [])
    if ways and all(list(wrong(value, one, whole, path)) for one in ways):
        yield f"{path}: fits none"
    if value not in part.get("enum", [value]) or not isinstance(value, TYPES[part.get("type", "any")]):
        yield f"{path}: {value}"
    elif isinstance(value, dict):
        yield from _wrong_inside(value, part, whole, path)
    for number, inner in enumerate(value if isinstance(value, list) else ()):
        rules = part.get("prefixItems", [part.get("items", {})] * len(value))
        yield from wrong(inner, rules[number] if number < len(rules) else {}, whole, f"{path}/{number}")


def _wrong_inside(value: dict[str, Any], part: dict[str, Any], whole: dict[str, Any], path: str) -> Iterator[str]:
    yield from (f"{path}: lacks {key}" for key in part.get("required", ()) if key not in value)
    for key, inner in value.items():
        rule = part.get("properties", {}).get(key, part.get("additionalProperties", True))
        if rule is False:
            yield f"{path}: {key} is unknown"
        elif isinstance(rule, dict):
            yield from wrong(inner, rule, whole, f"{path}/{key}")


if __name__ == "__main__":
    FILE.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
