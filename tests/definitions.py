"""Invented surveys of every kind, for properties that hold of all of them."""

from typing import Any

from hypothesis import strategies as st

from engage.surveys.rules.items import NEVER_MISSING, Kind
from engage.surveys.rules.kinds import KINDS
from engage.surveys.rules.pictures import PICTURES

LETTERS = st.characters(codec="utf-8", categories=("Lu", "Ll", "Lo", "Nd", "Po", "So"), exclude_characters="{}")
TEXTS = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip() and "/" not in text)
LANGUAGES = ("en", "pl", "ar")
STARTERS = ("=1+1", "+44", "@SUM(A1)", "-3", "a, b", 'say "yes"', "two\nlines")


@st.composite
def words(draw: st.DrawFn) -> dict[str, str]:
    text = TEXTS | st.sampled_from(STARTERS)
    return {language: draw(text) for language in LANGUAGES if language == "en" or draw(st.booleans())}


@st.composite
def tests(draw: st.DrawFn, asked: list[dict[str, Any]]) -> dict[str, Any]:
    """One test of an item that was asked before."""
    item = draw(st.sampled_from(asked))
    codes = [option["code"] for option in item.get("options", [])]
    if item["kind"] in ("number", "age", "amount"):
        return {draw(st.sampled_from(["lt", "lte", "gt", "gte"])): [item["code"], draw(st.integers(0, 18))]}
    if not codes or item["kind"] == "ranking":
        return {"answered": item["code"]}
    values = draw(st.lists(st.sampled_from([*codes, "dont_know"]), min_size=1, max_size=3, unique=True))
    operator = draw(st.sampled_from(["is", "is_not", "in", "any_of", "all_of", "none_of", "answered"]))
    if operator == "answered":
        return {operator: item["code"]}
    return {operator: [item["code"], values[0] if operator in ("is", "is_not") else values]}


def conditions(asked: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions on what was asked before, inside each other."""
    return st.recursive(
        tests(asked),
        lambda inner: st.one_of(
            st.builds(
                lambda operator, parts: {operator: parts},
                st.sampled_from(["all", "any"]),
                st.lists(inner, min_size=1, max_size=3),
            ),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=4,
    )


@st.composite
def items(draw: st.DrawFn, number: int, asked: list[dict[str, Any]], kinds: list[Kind]) -> dict[str, Any]:
    kind = draw(st.sampled_from(kinds))
    item = {"code": f"item_{number}", "kind": kind.value, "words": draw(words()), "purpose": "To test", "owner": "Us"}
    if KINDS[kind].options:
        item |= draw(options(kind))
    if KINDS[kind].ends:
        item |= {"low": draw(words()), "high": draw(words())}
        item |= draw(st.sampled_from([{}, {"number_bands": {"low": [0, 4], "high": [5, 10]}}]))
    if KINDS[kind].limits:
        item |= {"least": 0, "most": 20, "number_bands": {"few": [0, 9], "many": [10, 20]}}
    if kind not in NEVER_MISSING:
        item |= draw(st.sampled_from([{}, {"missing": False}]))
    more = [{}, {"why": draw(words())}, {"text": draw(words())}]
    routed = [{"show_if": draw(conditions(asked))}] if asked else []
    return item | draw(st.sampled_from(more)) | draw(st.sampled_from([{}, *routed]))


@st.composite
def options(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    needs = KINDS[kind]
    codes = ["yes", "no"] if kind is Kind.CONSENT else [f"option_{n}" for n in range(draw(st.integers(2, 4)))]
    found: dict[str, Any] = {"options": [{"code": code, "words": draw(words())} for code in codes]}
    if needs.faces:
        found["options"][0]["face"] = 5
    for option in found["options"] if needs.pictures else ():
        option |= {"picture": min(PICTURES), "alt": draw(words())}
    if needs.several:
        found |= draw(st.sampled_from([{}, {"pick": 2}, {"exclusive": codes[-1:]}]))
    if needs.other:
        found |= draw(st.sampled_from([{}, {"other": codes[-1]}]))
    return found | draw(st.sampled_from([{}, {"shuffle": True, "keep_last": codes[-1:]}] if needs.order else [{}]))


@st.composite
def documents(draw: st.DrawFn, kinds: tuple[Kind, ...] = tuple(Kind)) -> dict[str, Any]:
    """The document of a small survey of one or two sections, with routing that holds together."""
    asked: list[dict[str, Any]] = []
    sections = []
    for number in range(draw(st.integers(1, 2))):
        inside = []
        for _ in range(draw(st.integers(1, 4))):
            inside.append(draw(items(len(asked), [one for one in asked if one["kind"] != "information"], list(kinds))))
            asked.append(inside[-1])
        sections.append({"code": f"section_{number}", "title": draw(words()), "items": inside})
    return {
        "code": "invented",
        "title": draw(words()),
        "ages": [11, 18],
        "minutes": 2,
        "minimum": 8,
        "languages": list(LANGUAGES),
        "bands": [{"code": "all", "from": 11, "to": 18, "words": {"en": "11 to 18"}}],
        "sections": sections,
    }
