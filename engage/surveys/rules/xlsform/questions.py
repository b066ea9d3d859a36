"""One row of an XLSForm as a question: its kind, its answers, its routing and its limits."""

import re
from collections.abc import Mapping
from typing import Any

from engage.surveys.rules.conditions import MISSING_CODES, NUMBERS, Condition, condition, condition_document
from engage.surveys.rules.items import Item, Kind
from engage.surveys.rules.kinds import KINDS
from engage.surveys.rules.words import BrokenDefinition
from engage.surveys.rules.xlsform.columns import OURS, code_of, usual_kind
from engage.surveys.rules.xlsform.expressions import NotKept, condition_from, expression
from engage.surveys.rules.xlsform.rows import Asked, Line, in_english

KEPT = tuple(key for key in Item.__dataclass_fields__ if key not in ("code", "words", "options", "pick"))
PICK = re.compile(r"count-selected\(\s*\.\s*\)\s*<=\s*(\d{1,3})")
ALONE = re.compile(r"not\(\s*selected\(\s*\.\s*,\s*'[^']*'\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*>\s*1\s*\)")
SPAN = re.compile(r"\.\s*>=\s*(\d{1,3})\s+and\s+\.\s*<=\s*(\d{1,3})")
NOT_READ = ("calculation", "choice_filter", "trigger", "repeat_count", "default", "media::image", "image", "required")


def question(line: Line, texts: dict[str, dict[str, str]], asked: Asked) -> list[dict[str, Any]]:
    """Give the question of a row; nothing, and a note, for a kind of question that has no place here."""
    type_, _, listed = line.at("type").partition(" ")
    ours = asked.noted.ours(line, KEPT)
    kind = _kind(type_.lower(), line, ours)
    code = code_of(line.at("name"))
    if not kind or not code:
        asked.noted.say(line, f"“{type_[:30]}” is no kind of question here, so it was left out")
        return []
    item = {"purpose": "", "owner": ""} | ours | {"code": code, "kind": kind}
    item |= {name: in_english(words) for name, words in texts.items()}
    item["words"] = _words(line, texts, asked)
    if options := _options(kind, listed, line, asked):
        item["options"] = options
    if kind == Kind.NUMBER:
        item = {"low": dict.fromkeys(item["words"], "0"), "high": dict.fromkeys(item["words"], "10")} | item
    item |= _route(line, item, asked) | _limits(line, item, asked)
    if "randomize=true" in line.at("parameters").replace(" ", "").lower():
        item["shuffle"] = True
    _note_what_is_not_read(line, asked)
    asked.items[code] = item
    return [item]


def _kind(type_: str, line: Line, ours: Mapping[str, Any]) -> str:
    if isinstance(ours.get("kind"), str):
        return str(ours["kind"])
    if type_ == "integer" and (span := SPAN.search(line.at("constraint"))):
        return Kind.NUMBER if span.groups() == ("0", "10") else Kind.AMOUNT
    return usual_kind(type_)


def _words(line: Line, texts: Mapping[str, dict[str, str]], asked: Asked) -> dict[str, str]:
    words = texts.get("words", {})
    if not words.get("en"):
        asked.noted.say(line, "it has no English words, so another text stands in for them")
    return in_english(words or {"en": line.at("name")})


def _options(kind: str, listed: str, line: Line, asked: Asked) -> list[dict[str, Any]]:
    name, *more = listed.split() or [""]
    if more:
        asked.noted.say(line, "“or other” is not kept; add an answer of your own")
    if any(kind == one and needs.options for one, needs in KINDS.items()) and name not in asked.lists:
        asked.noted.say(line, f"there is no list “{name[:40]}” in the sheet choices")
    return asked.lists.get(name, [])


def _route(line: Line, item: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """When it is asked: as our own column says it where the expression still says the same, else by the expression."""
    own = " ".join(line.at("relevant").split())
    if own and own == _written(item.get("show_if")):
        parts: list[dict[str, Any]] = [item["show_if"]]
        words = [group for group in asked.groups if group]
    else:
        parts, words = [], [*(group for group in asked.groups if group), *([own] if own else [])]
    for one in words:
        try:
            parts.append(condition_document(_checked(condition_from(one, code_of), asked)))
        except NotKept as wrong:
            asked.noted.say(line, f"when it is asked cannot be kept, so everybody is asked: {wrong}")
    return {"show_if": {"all": parts} if len(parts) > 1 else parts[0] if parts else None}


def _written(document: object) -> str | None:
    try:
        return " ".join(expression(condition(document)).split()) if document else None
    except BrokenDefinition:
        return None


def _checked(found: Condition, asked: Asked) -> Condition:
    for test in found.tests():
        before = asked.items.get(test.item)
        if before is None:
            raise NotKept(f"“{test.item}” is not asked before it")
        codes = [option["code"] for option in before.get("options", [])]
        if (
            codes
            and before["kind"] != "ranking"
            and test.operator not in NUMBERS
            and not set(test.values) <= {*codes, *MISSING_CODES}
        ):
            raise NotKept(f"“{test.item}” has no such answer")
    return found


def _limits(line: Line, item: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    words = line.at("constraint")
    pick = PICK.search(words)
    left = SPAN.sub("", ALONE.sub("", PICK.sub("", words)))
    if left.replace("and", "").strip() or (SPAN.search(words) and item["kind"] not in ("age", "number", "amount")):
        asked.noted.say(line, f"a limit is not kept: {words[:60]}")
    found: dict[str, Any] = {"pick": int(pick[1])} if pick and item.get("options") else {}
    if item["kind"] == Kind.AMOUNT and "least" not in item and (span := SPAN.search(words)):
        least, most = int(span[1]), int(span[2])
        found |= {"least": least, "most": most, "number_bands": {"all": [least, most]}}
    return found


def _note_what_is_not_read(line: Line, asked: Asked) -> None:
    if OURS in line.cells:
        return
    for name in NOT_READ:
        if line.at(name) not in ("", "no", "false", "FALSE", "false()"):
            asked.noted.say(line, f"what stands under “{name}” is not kept")
