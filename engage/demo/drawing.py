"""Draw invented young people who, all together, answer the closed items with the shares of the material."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from engage.demo.material import material
from engage.surveys.rules.answers import DONT_KNOW, RATHER_NOT_SAY, SKIPPED
from engage.surveys.rules.conditions import holds
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.items import WRITTEN
from engage.surveys.rules.routing import chosen_rows

Shares = Mapping[str, float]
UNCOUNTED = (Kind.INFORMATION, *WRITTEN)
YEAR_OF_AGE = 4  # somebody who is 11 is in year 7, or in year 6 still
YOUNG_IN_YEAR = 0.4
LAST_YEAR, COLLEGE_FROM, COLLEGE_SHARE = 13, 17, 0.3
NOISE = 0.8  # how much of an answer is mood, beside how well things go for somebody


@dataclass
class Youngster:
    """One invented person: what they `given` so far is what a phone would send; `ease` is how well things go."""

    seed: int
    ease: float
    girl: bool
    age: int
    left_out: frozenset[str]
    given: dict[str, list[str]] = field(default_factory=dict)
    language: str = ""

    def is_asked(self, item: Item) -> bool:
        """Answer whether this item is on their path."""
        return item.code not in self.left_out and (item.show_if is None or holds(item.show_if, self.given))


def draw(definition: Definition, *, wave: int, number: int, random: Random) -> list[Youngster]:
    """Draw so many people with every closed item of their path answered, or left out as people do."""
    people = _born(definition, number, random)
    for item in definition.items:
        if item.kind not in UNCOUNTED:
            asked = [person for person in people if person.is_asked(item)]
            _answer(definition.code, item, wave, asked, random)
    return people


def quotas(shares: Shares, number: int) -> dict[str, int]:
    """Cut `number` into whole parts as near to the shares as can be."""
    exact = {code: share * number for code, share in shares.items()}
    parts = {code: int(part) for code, part in exact.items()}
    by_rest = sorted(exact, key=lambda code: parts[code] - exact[code])
    for code in by_rest[: round(sum(exact.values())) - sum(parts.values())]:
        parts[code] += 1
    return parts


def _born(definition: Definition, number: int, random: Random) -> list[Youngster]:
    shares = {str(age): share for age, share in material("marginals")["ages"][definition.code].items()}
    ages = [int(age) for age, count in quotas(shares, number).items() for _ in range(count)]
    random.shuffle(ages)
    return [_youngster(definition, age, girl=place % 2 == 0, random=random) for place, age in enumerate(ages)]


def _youngster(definition: Definition, age: int, *, girl: bool, random: Random) -> Youngster:
    seed = random.getrandbits(32)
    left_out = {
        row
        for turn in definition.rotations
        for row in set(turn.rows) - set(chosen_rows(turn.rows, turn.show, seed, turn.code))
    }
    return Youngster(seed, random.gauss(0, 1), girl, age, frozenset(left_out))


def _answer(survey: str, item: Item, wave: int, asked: list[Youngster], random: Random) -> None:
    if item.kind is Kind.CONSENT:
        _give(item, zip(asked, ["yes"] * len(asked), strict=True))
    elif item.kind is Kind.AGE:
        _give(item, ((person, str(person.age)) for person in asked))
    elif item.code == "school_year":
        _give(item, ((person, _school_year(person.age, random)) for person in asked))
    else:
        _draw_item(item, material("marginals")[survey][item.code], wave, _answering(item, asked, random), random)


def _answering(item: Item, asked: list[Youngster], random: Random) -> list[Youngster]:
    """Take out, and mark, those who do not answer this item; give the others in random order."""
    rates = material("marginals")["missing"]
    about_me = item.code in ("gender", "religion", "lgbt", "ethnic_group", "my_life")
    kind = "about_me" if about_me else "sensitive" if item.sensitive else "usual"
    left = random.sample(asked, len(asked))
    for code, count in quotas(rates[kind], len(asked)).items():
        for person in left[:count]:
            if code in (DONT_KNOW, RATHER_NOT_SAY):
                person.given[item.code] = [code]
        left = left[count:]
    return left


def _draw_item(item: Item, entry: Mapping[str, Any], wave: int, people: list[Youngster], random: Random) -> None:
    shares = _shares(entry, wave)
    if item.code == "gender":
        _draw_gender(item, shares, people)
    elif item.kind is Kind.MULTIPLE:
        _tick(item, shares, people, random)
    elif "girls" in entry:
        _choose_apart(item, shares, _shares(entry["girls"], wave), people, random)
    else:
        _choose(item, quotas(shares, len(people)), people, random)


def _shares(entry: Any, wave: int) -> dict[str, float]:
    """The shares of the first wave, or else the newest ones."""
    return {str(code): share for code, share in entry[1 if wave == 1 and 1 in entry else 2].items()}


def _choose(item: Item, counts: Mapping[str, int], people: Sequence[Youngster], random: Random) -> None:
    """Give everybody one option, so many times each; the happier ones get the better options of a scale."""
    marginals = material("marginals")
    worst_first = item.code in marginals["worst_first"]
    ordered = item.kind in (Kind.SCALE, Kind.NUMBER) or worst_first or item.code in marginals["best_first"]
    order = list(people)
    if ordered:
        mood = {id(person): person.ease + random.gauss(0, NOISE) for person in people}
        order.sort(key=lambda person: mood[id(person)], reverse=not worst_first)
    options = [code for code, count in counts.items() for _ in range(count)]
    _give(item, zip(order, options, strict=False))


def _choose_apart(item: Item, everybody: Shares, girls: Shares, people: Sequence[Youngster], random: Random) -> None:
    """Give girls their own shares, and the others what is left, so that all together meet the shares of everybody."""
    hers = [person for person in people if person.girl]
    theirs = [person for person in people if not person.girl]
    own, total = quotas(girls, len(hers)), quotas(everybody, len(people))
    _choose(item, own, hers, random)
    _choose(item, {code: max(0, total[code] - own[code]) for code in total}, theirs, random)


def _draw_gender(item: Item, shares: Shares, people: Sequence[Youngster]) -> None:
    others = [person for person in people if not person.girl]
    rest = {code: share / (1 - shares["girl"]) for code, share in shares.items() if code != "girl"}
    options = [code for code, count in quotas(rest, len(others)).items() for _ in range(count)]
    _give(item, ((person, "girl") for person in people if person.girl))
    _give(item, zip(others, options, strict=False))


def _tick(item: Item, shares: Shares, people: Sequence[Youngster], random: Random) -> None:
    """Let people tick several, each option as often as its share says, nobody more than they may."""
    counts = quotas(shares, len(people))
    alone = sum(counts[code] for code in item.exclusive)
    _give(item, zip(people, [code for code in item.exclusive for _ in range(counts[code])], strict=False))
    ticked: dict[int, list[str]] = {place: [] for place in range(alone, len(people))}
    most = item.pick or len(shares)
    for code in sorted(set(counts) - set(item.exclusive), key=lambda code: -counts[code]):
        free = [place for place, codes in ticked.items() if len(codes) < most]
        free.sort(key=lambda place: len(ticked[place]) + random.uniform(0, 1.5))
        for place in free[: counts[code]]:
            ticked[place].append(code)
    for place, codes in ticked.items():
        if codes:
            people[place].given[item.code] = codes


def _give(item: Item, answers: Iterable[tuple[Youngster, str]]) -> None:
    for person, option in answers:
        if option != SKIPPED:
            person.given[item.code] = [option]


def _school_year(age: int, random: Random) -> str:
    year = age - YEAR_OF_AGE - (random.random() < YOUNG_IN_YEAR)
    at_college = age >= COLLEGE_FROM and random.random() < COLLEGE_SHARE
    return "college_or_work" if at_college else f"year_{min(year, LAST_YEAR)}"
