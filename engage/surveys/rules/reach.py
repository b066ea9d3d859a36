"""Whether each item can be reached by somebody: a search over what could be answered before it."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product

from engage.surveys.rules.conditions import Condition, holds
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.items import WRITTEN

Wanted = tuple[Condition, bool]  # a single test, and whether it must hold
Candidate = tuple[str, ...]


def unreachable(definition: Definition) -> list[str]:
    """The codes of items whose condition no answers can meet, in order."""
    return [
        item.code
        for item in definition.items
        if item.show_if and not any(_possible(definition, way) for way in _ways(item.show_if, hold=True))
    ]


def _ways(condition: Condition, *, hold: bool) -> list[list[Wanted]]:
    """The condition as alternatives, each a list of tests that must all turn out as wanted."""
    if condition.operator == "not":
        return _ways(condition.parts[0], hold=not hold)
    if not condition.parts:
        return [[(condition, hold)]]
    parts = [_ways(part, hold=hold) for part in condition.parts]
    if (condition.operator == "all") == hold:
        return [list(chain.from_iterable(way)) for way in product(*parts)]
    return list(chain.from_iterable(parts))


def _possible(definition: Definition, wanted: Sequence[Wanted]) -> bool:
    """Settle the latest item first: left empty, or answered and then reachable itself."""
    if not wanted:
        return True
    order = list(definition.by_code)
    latest = definition.item(max((test.item for test, _ in wanted), key=order.index))
    about = [each for each in wanted if each[0].item == latest.code]
    others = [each for each in wanted if each[0].item != latest.code]
    if _fits((), about):
        return _possible(definition, others)
    if not any(_fits(candidate, about) for candidate in _candidates(definition, latest, about)):
        return False
    ways = _ways(latest.show_if, hold=True) if latest.show_if else [[]]
    return any(_possible(definition, [*others, *way]) for way in ways)


def _fits(candidate: Candidate, about: Sequence[Wanted]) -> bool:
    return all(holds(test, {test.item: candidate}) == hold for test, hold in about)


def _candidates(definition: Definition, item: Item, about: Sequence[Wanted]) -> Iterator[Candidate]:
    yield from ((code,) for code in _codes(definition, item))
    if item.missing:
        yield from (("dont_know",), ("rather_not_say",))
    if item.kind in (Kind.MULTIPLE, Kind.RANKING):
        named = {value for test, _ in about for value in test.values} - set(item.exclusive)
        for size in range(2, (item.pick or len(named)) + 1):
            yield from combinations(sorted(named), size)


def _codes(definition: Definition, item: Item) -> Sequence[str]:
    youngest, oldest = definition.ages
    own = {
        Kind.AGE: [str(age) for age in range(youngest, oldest + 1)],
        Kind.NUMBER: [str(number) for number in range(11)],
        Kind.AMOUNT: [str(number) for number in range(item.least or 0, (item.most or 0) + 1)],
        **{kind: ["written"] for kind in WRITTEN},
    }
    return own.get(item.kind, item.answer_codes)
