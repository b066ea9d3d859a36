"""Every route through a survey: not by trying people, but by following what each answer leaves open.

A route is the list of cards that somebody sees. Two answers after which all later conditions stand alike are followed
as one, so counting takes as long as conditions are tangled, never as long as there are answers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, permutations

from engage.surveys.rules.conditions import Condition, holds
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.items import WRITTEN

LISTED = 40  # routes that a page lists; of more it says how many they are, and shows each branch
MOST_STANDINGS = 10_000  # different ways in which later conditions may stand at one card
MOST_NAMED = 6  # answers of one question that are combined
ALWAYS, NEVER = Condition("all"), Condition("any")

Said = tuple[tuple[str, tuple[str, ...]], ...]  # what somebody answered who goes this way: item and codes
Standing = tuple[Condition, ...]  # each later condition, as far as it is not settled yet
Ways = Mapping[Standing, Said]


class TooTangled(Exception):
    """So many conditions hang on each other that their routes cannot be counted."""


@dataclass(frozen=True)
class Branch:
    """One question that not everybody sees: the answers of somebody who is shown it, and of somebody who is not.

    None where there is nobody.
    """

    item: str
    shown: Said | None
    passed: Said | None


@dataclass(frozen=True)
class Route:
    """The cards that somebody sees who gave these answers; whatever else is answered changes nothing."""

    cards: tuple[str, ...]
    said: Said


@dataclass(frozen=True)
class Routes:
    """How many routes there are; all of them where they are few; and each branch. `never` is what no route meets."""

    count: int
    listed: tuple[Route, ...]
    branches: tuple[Branch, ...]
    never: tuple[str, ...]


@dataclass
class _Walkers:
    """Those who have seen the same cards so far, and how their later conditions may stand."""

    ways: dict[Standing, Said]
    count: int = 1
    cards: tuple[str, ...] = ()
    ended: bool = False


@dataclass
class _Told:
    """What is found out on the way."""

    shown: dict[str, Said] = field(default_factory=dict)
    passed: dict[str, Said] = field(default_factory=dict)


def every_route(definition: Definition, *, listed: int = LISTED) -> Routes:
    """Follow every route; where a part asks each person only some of its questions, all of them are asked here.

    Raises `TooTangled`.
    """
    told = _Told()
    start: Standing = tuple(item.show_if or ALWAYS for item in definition.items)
    groups = [_Walkers({start: ()})]
    alone = True  # one group for each list of cards, until they are too many to list
    for item in definition.items:
        groups = [new for group in groups for new in _step(definition, item, group, told)]
        alone = alone and len(groups) <= listed
        groups = groups if alone else _together(groups)
    deciding = _deciding(definition)
    conditional = [item.code for item in definition.items if item.show_if or item.code in told.passed]
    return Routes(
        sum(group.count for group in groups),
        tuple(Route(group.cards, next(iter(group.ways.values()))) for group in groups) if alone else (),
        tuple(_branch(code, told, deciding[code]) for code in conditional),
        tuple(code for code in definition.by_code if code not in told.shown),
    )


def _deciding(definition: Definition) -> dict[str, frozenset[str]]:
    """For each item the items that decide whether it is shown, those that decide about these among them."""
    found: dict[str, frozenset[str]] = {}
    for item in definition.items:
        about = item.show_if.items if item.show_if else frozenset()
        found[item.code] = about.union(*(found.get(code, frozenset()) for code in about))
    return found


def _branch(code: str, told: _Told, deciding: frozenset[str]) -> Branch:
    """A branch with only those answers that decide it."""

    def only(said: Said | None) -> Said | None:
        return None if said is None else tuple(one for one in said if one[0] in deciding)

    return Branch(code, only(told.shown.get(code)), only(told.passed.get(code)))


def _step(definition: Definition, item: Item, group: _Walkers, told: _Told) -> Iterator[_Walkers]:
    """Part a group at one card: who sees it, and who does not."""
    if group.ended:
        yield group
        return
    seeing: dict[Standing, Said] = {}
    passing: dict[Standing, Said] = {}
    for (now, *later), said in group.ways.items():
        (seeing if holds(now, {}) else passing).setdefault(tuple(later), said)
    if passing:
        told.passed.setdefault(item.code, next(iter(passing.values())))
        yield _Walkers(_settled(passing, item.code), group.count, group.cards)
    if seeing:
        told.shown.setdefault(item.code, next(iter(seeing.values())))
        yield from _answering(definition, item, replace(group, ways=seeing))


def _answering(definition: Definition, item: Item, group: _Walkers) -> Iterator[_Walkers]:
    cards = (*group.cards, item.code)
    if item.kind is Kind.CONSENT:
        said = next(iter(group.ways.values()))
        yield _Walkers({(): (*said, (item.code, ("no",)))}, group.count, cards, ended=True)
    answers = _answers(definition, item, _tests(group.ways, item.code))
    ways: dict[Standing, Said] = {}
    for standing, said in group.ways.items():
        for given in answers:
            after = tuple(_left(condition, item.code, given) for condition in standing)
            ways.setdefault(after, said if after == standing else (*said, (item.code, given)))
    if len(ways) > MOST_STANDINGS:
        raise TooTangled
    yield _Walkers(ways, group.count, cards)


def _settled(ways: dict[Standing, Said], code: str) -> dict[Standing, Said]:
    """The ways of those who never saw a card: its answer is empty to all that comes later."""
    found: dict[Standing, Said] = {}
    for standing, said in ways.items():
        found.setdefault(tuple(_left(condition, code, ()) for condition in standing), said)
    return found


def _together(groups: Iterable[_Walkers]) -> list[_Walkers]:
    """Count those as one whose later conditions may stand in the same ways; their lists of cards are different."""
    found: dict[tuple[frozenset[Standing], bool], _Walkers] = {}
    for group in groups:
        known = found.setdefault((frozenset(group.ways), group.ended), replace(group, count=0))
        known.count += group.count
    return list(found.values())


def _left(condition: Condition, code: str, given: Sequence[str]) -> Condition:
    """What is left of a condition once one item's answer is known."""
    if condition.item == code:
        return ALWAYS if holds(condition, {code: given}) else NEVER
    if condition.item:
        return condition
    return _group_left(condition, code, given)


def _group_left(condition: Condition, code: str, given: Sequence[str]) -> Condition:
    parts = [_left(part, code, given) for part in condition.parts]
    if condition.operator == "not":
        return {ALWAYS: NEVER, NEVER: ALWAYS}.get(parts[0], replace(condition, parts=tuple(parts)))
    settles, passes = (NEVER, ALWAYS) if condition.operator == "all" else (ALWAYS, NEVER)
    if settles in parts:
        return settles
    open_parts = tuple(dict.fromkeys(part for part in parts if part != passes))
    return replace(condition, parts=open_parts) if open_parts else passes


def _tests(ways: Iterable[Standing], code: str) -> set[Condition]:
    """The tests of this item that something still waits for."""
    waiting = {condition for standing in ways for condition in standing}
    return {test for condition in waiting for test in condition.tests() if test.item == code}


def _answers(definition: Definition, item: Item, tests: set[Condition]) -> list[tuple[str, ...]]:
    """One answer for each way in which the tests of an item can turn out together, an answer before an empty one."""
    if not tests:
        return [("yes",) if item.kind is Kind.CONSENT else ()]
    found: dict[tuple[bool, ...], tuple[str, ...]] = {}
    order = sorted(tests, key=repr)
    for given in _possible(definition, item, tests):
        found.setdefault(tuple(holds(test, {item.code: given}) for test in order), given)
    return list(found.values())


def _possible(definition: Definition, item: Item, tests: set[Condition]) -> Iterator[tuple[str, ...]]:
    if not item.asks:
        yield ()
        return
    if item.kind is Kind.CONSENT:
        yield ("yes",)
        return
    yield from _combined(item, tests) if item.kind in (Kind.MULTIPLE, Kind.RANKING) else _single(definition, item)
    if item.missing:
        yield from (("dont_know",), ("rather_not_say",))
    yield ()


def _single(definition: Definition, item: Item) -> Iterator[tuple[str, ...]]:
    youngest, oldest = definition.ages
    numbers = {
        Kind.AGE: range(youngest, oldest + 1),
        Kind.NUMBER: range(11),
        Kind.AMOUNT: range(item.least or 0, (item.most or 0) + 1),
    }
    codes = numbers.get(item.kind, item.option_codes)
    yield from ((str(code),) for code in codes)
    if item.kind in WRITTEN or item.kind is Kind.AREA:
        yield ("written",)


def _combined(item: Item, tests: set[Condition]) -> Iterator[tuple[str, ...]]:
    """Every choice of what the tests name, alone and beside what they do not name."""
    named = {value.rpartition(".")[2] for test in tests for value in test.values} & set(item.option_codes)
    if len(named) > MOST_NAMED:
        raise TooTangled
    others = [code for code in item.option_codes if code not in named]
    most = len(item.places) if item.kind is Kind.RANKING else item.pick or len(item.options)
    pool = [*sorted(named), *others[: most if item.kind is Kind.RANKING else 1]]
    sizes = range(1, min(most, len(pool)) + 1)
    if item.kind is Kind.RANKING:
        ranked = chain.from_iterable(permutations(pool, size) for size in sizes)
        yield from (tuple(f"{place}.{code}" for place, code in enumerate(order, 1)) for order in ranked)
        return
    for chosen in chain.from_iterable(combinations(pool, size) for size in sizes):
        if len(chosen) == 1 or not set(chosen) & set(item.exclusive):
            yield chosen
