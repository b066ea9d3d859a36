"""Walk a survey as invented people would: how many cards they see, and what nobody ever sees."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from typing_extensions import override

from engage.surveys.rules.answer_files.columns import WRITTEN, Column
from engage.surveys.rules.answers import DONT_KNOW, RATHER_NOT_SAY, Answer, Answers, read_answers, says_no
from engage.surveys.rules.conditions import Condition
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.routing import path

WORDS = "Invented words."
SKIPS = 0.1  # of the cards an invented person skips
SAYS_NO = 0.03  # of invented people say no to taking part
WAITED_FOR = 0.5  # how often somebody chooses an answer that a condition waits for, where there is one


@dataclass(frozen=True)
class Walk:
    """What invented people met. `seen` says how many saw each item, `never` lists those that nobody was shown.

    `ended` counts by their last card those who were asked nothing in the last part, but for who said no; `refused` are
    items whose answers the survey itself would not take.
    """

    people: int
    fewest: int
    middle: float
    most: int
    said_no: int
    ended: Mapping[str, int]
    refused: tuple[str, ...]
    never: tuple[str, ...]
    seen: Mapping[str, int]


class Invented(Mapping[str, Sequence[str]]):
    """One invented person, who makes an answer up when a card is shown to them."""

    def __init__(self, definition: Definition, waited: Mapping[str, Sequence[str]], chance: random.Random) -> None:
        self.definition, self.waited, self.chance = definition, waited, chance
        self.given: dict[str, list[str]] = {}

    @override
    def __getitem__(self, code: str) -> Sequence[str]:
        if code not in self.given:
            item = self.definition.item(code)
            self.given[code] = _answer(self.definition, item, self.waited.get(code, ()), self.chance)
        return self.given[code]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    @override
    def __len__(self) -> int:
        return len(self.given)


def simulate(definition: Definition, *, people: int, seed: int) -> Walk:
    """Let invented people fill a survey in, in memory only; the same seed gives the same walk.

    Raises ValueError where nobody is to walk, or nothing is there to be asked.
    """
    if people < 1 or not definition.by_code:
        raise ValueError("A walk needs somebody who walks and something to be asked")
    walks: list[list[str]] = []
    agreed: list[list[str]] = []
    refused: set[str] = set()
    for cards, sent in _walkers(definition, people, seed):
        walks.append(cards)
        agreed += [] if says_no(definition, sent) else [cards]
        refused |= {problem.item for problem in sent.problems}
    return _told(definition, walks, agreed, refused)


def invented_rows(definition: Definition, columns: Sequence[Column], *, people: int, seed: int) -> Iterator[list[str]]:
    """What the same people answered, a row each under these columns, as a file of real answers has it."""
    for _, sent in _walkers(definition, people, seed):
        answers = {answer.item: answer for answer in sent.answers}
        yield [_cell(column, answers.get(column.item)) for column in columns]


def _cell(column: Column, answer: Answer | None) -> str:
    if column.text:
        return answer.text if answer else ""
    if answer is None or answer.missing:
        return column.code([answer.missing] if answer and answer.missing else ())
    if column.of_words:
        return WRITTEN
    return column.code(answer.options)


def _walkers(definition: Definition, people: int, seed: int) -> Iterator[tuple[list[str], Answers]]:
    """One invented person after the other: the cards they saw, and what they sent."""
    chance = random.Random(seed)  # noqa: S311  (invented people, no secret)
    waited = _waited_for(definition)
    for number in range(people):
        person = Invented(definition, waited, chance)
        cards = path(definition, person, number)
        yield cards, read_answers(definition, person.given, seed=number)


def _told(definition: Definition, walks: list[list[str]], agreed: list[list[str]], refused: set[str]) -> Walk:
    order = list(definition.by_code)
    seen = Counter(code for walk in walks for code in walk)
    lengths = [len(walk) for walk in walks]
    last = {item.code for item in definition.sections[-1].items}
    ended = Counter(walk[-1] for walk in agreed if walk and walk[-1] not in last)
    return Walk(
        len(walks),
        min(lengths),
        median(lengths),
        max(lengths),
        len(walks) - len(agreed),
        ended={code: ended[code] for code in order if ended[code]},
        refused=tuple(code for code in order if code in refused),
        never=tuple(code for code in order if not seen[code]),
        seen={code: seen[code] for code in order},
    )


def _answer(definition: Definition, item: Item, waited: Sequence[str], chance: random.Random) -> list[str]:
    if item.kind is Kind.CONSENT:
        return ["no" if chance.random() < SAYS_NO else "yes"]
    if waited and chance.random() < WAITED_FOR:
        return [chance.choice(waited)]
    if item.missing and chance.random() < SKIPS:
        return [chance.choice((DONT_KNOW, RATHER_NOT_SAY))]
    skipped = not item.asks or chance.random() < SKIPS
    return [] if skipped else _chosen(definition, item, chance)


def _chosen(definition: Definition, item: Item, chance: random.Random) -> list[str]:
    limits = {Kind.AGE: definition.ages, Kind.NUMBER: (0, 10), Kind.AMOUNT: (item.least or 0, item.most or 0)}
    if item.kind in limits:
        return [str(chance.randint(*limits[item.kind]))]
    if item.kind is Kind.RANKING:
        order = chance.sample(item.option_codes, chance.randint(1, len(item.places)))
        return [f"{place}.{code}" for place, code in enumerate(order, 1)]
    if item.kind is Kind.MULTIPLE:
        together = [code for code in item.option_codes if code not in item.exclusive] or list(item.option_codes)
        return chance.sample(together, chance.randint(1, min(item.pick or len(together), len(together))))
    return [chance.choice(item.option_codes)] if item.options else [WORDS]


def _waited_for(definition: Definition) -> dict[str, list[str]]:
    """The answers that conditions wait for, by item, so that rare routes are walked too."""
    waited: dict[str, set[str]] = {}
    for item in definition.items:
        for test in item.show_if.tests() if item.show_if else ():
            if test.item in definition.by_code:
                waited.setdefault(test.item, set()).update(_values(definition, test))
    return {code: sorted(values) for code, values in waited.items() if values}


def _values(definition: Definition, test: Condition) -> set[str]:
    about = definition.item(test.item)
    if about.kind is Kind.AGE:
        youngest, oldest = definition.ages
        near = (int(value) + step for value in test.values if value.isdigit() for step in (-1, 0, 1))
        return {str(age) for age in near if youngest <= age <= oldest}
    return {value for value in test.values if value in about.answer_codes or value.isdigit()}
