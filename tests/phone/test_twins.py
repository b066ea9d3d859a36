"""The phone and the server work out the same path: thousands of generated rules, answers and seeds, of every kind."""

import random

from playwright.sync_api import Browser

from engage.surveys.rules.conditions import condition, holds
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.routing import path
from engage.surveys.rules.shipped import CODES, shipped
from engage.surveys.views.inline import read
from engage.surveys.views.whole import item_rules
from tests.kinds import every_kind

MANY = 2000
VALUES = ["", " ", "yes", "no", "0", "7", "12", "40", "٧", "-1", "1.parks", "2.parks", "bus", "dont_know", "skipped"]
ITEMS = ["order", "buses", "way", "constructor", "__proto__"]
ONE, SEVERAL, NUMBERS = ("is", "is_not"), ("in", "any_of", "all_of", "none_of"), ("lt", "lte", "gt", "gte")


def some(chance: random.Random, most: int = 3) -> list[str]:
    return [chance.choice(VALUES) for _ in range(chance.randint(0, most))]


def rule(chance: random.Random, depth: int = 3) -> dict[str, object]:
    item, group = chance.choice(ITEMS), chance.choice(("all", "any"))
    simple: list[dict[str, object]] = [
        {"answered": item},
        {chance.choice(ONE): [item, chance.choice(VALUES)]},
        {chance.choice(SEVERAL): [item, some(chance)]},
        {chance.choice(NUMBERS): [item, chance.randint(0, 50)]},
    ]
    if not depth or chance.random() < 0.5:
        return chance.choice(simple)
    parts = [rule(chance, depth - 1) for _ in range(chance.randint(1, 3))]
    return {group: parts} if chance.random() < 0.7 else {"not": parts[0]}


def test_two_thousand_rules_hold_alike(chromium: Browser) -> None:
    chance = random.Random(2026)
    cases = [[rule(chance), {item: some(chance) for item in ITEMS[:4] if chance.random() < 0.8}] for _ in range(MANY)]
    page = chromium.new_page()
    page.add_script_tag(content=read("routing.js"))
    found = page.evaluate("cases => cases.map(([rule, answers]) => holds(rule, answers))", cases)
    page.close()
    expected = [holds(condition(document), answers) for document, answers in cases]
    assert [cases[n] for n in range(MANY) if found[n] != expected[n]] == []
    assert MANY / 4 < sum(expected) < MANY * 3 / 4, "neither all true nor all false"


def answers_for(definition: Definition, chance: random.Random) -> dict[str, list[str]]:
    given = {item.code: said(item, chance) for item in definition.items if item.asks and chance.random() < 0.8}
    return given | ({"consent": ["yes"]} if chance.random() < 0.9 else {})


def said(item: Item, chance: random.Random) -> list[str]:
    numbers = {Kind.AGE: range(4, 20), Kind.NUMBER: range(11), Kind.AMOUNT: range(45)}.get(item.kind, range(0))
    codes = [*item.answer_codes, *map(str, numbers), "dont_know", "rather_not_say"]
    return chance.sample(codes, min(len(codes), chance.choice((1, 1, 1, 2, 3))))


def test_every_survey_leads_down_the_same_path(chromium: Browser) -> None:
    chance = random.Random(7)
    page = chromium.new_page()
    page.add_script_tag(content=read("routing.js"))
    for definition in (every_kind(), *map(shipped, CODES)):
        rules = {
            "items": [{"code": item.code, **item_rules(item)} for item in definition.items],
            "rotations": [[one.code, one.show, one.rows] for one in definition.rotations],
        }
        cases = [[answers_for(definition, chance), chance.getrandbits(32)] for _ in range(200)]
        found = page.evaluate("([rules, cases]) => cases.map(one => path(rules, ...one))", [rules, cases])
        assert found == [path(definition, answers, seed) for answers, seed in cases], definition.code
    page.close()
