"""What was sent comes back into the boxes whole: sent again unchanged it is the same, in every survey we ship."""

import random
from collections.abc import Sequence

import pytest

from engage.surveys.rules.answers import Answer, read_answers
from engage.surveys.rules.changing import asks_the_same, typed_again
from engage.surveys.rules.routing import path
from engage.surveys.rules.shipped import CODES, shipped
from engage.surveys.rules.simulating import Invented

PEOPLE = 25


def stored(answers: Sequence[Answer]) -> dict[str, tuple[str, ...]]:
    """What the tables give back of answers: options or a missing code, and words beside them."""
    return {
        one.item: (*((one.missing,) if one.missing else one.options), *((one.text,) if one.text else ()))
        for one in answers
    }


@pytest.mark.parametrize("code", CODES)
def test_sent_again_unchanged_it_is_the_same(code):
    definition = shipped(code)
    for seed in range(PEOPLE):
        person = Invented(definition, {}, random.Random(seed))
        path(definition, person, seed)
        first = read_answers(definition, person.given, seed=seed)
        if first.problems:
            continue
        again = typed_again(definition, stored(first.answers), seed=seed)
        assert read_answers(definition, again, seed=seed) == first
        assert asks_the_same(definition, stored(first.answers), seed)


def test_another_seed_that_asks_other_rows_is_no_good():
    definition = shipped("youth")
    rows = definition.rotations[0]
    before = dict.fromkeys(rows.rows[: rows.show], ("never",))
    fits = [asks_the_same(definition, before, seed) for seed in range(400)]
    assert 0 < sum(fits) < 40


def test_words_beside_another_answer_stay_beside_it():
    definition = shipped("families")
    item = next(one for one in definition.items if one.other)
    again = typed_again(definition, {item.code: (item.other, "a place of our own")}, seed=1)
    assert again == {item.code: [item.other], f"{item.code}:other": ["a place of our own"]}
