"""Who changes what they sent is asked the same rows again: so rows are drawn in a number of ways one can search."""

from dataclasses import replace
from datetime import date

import pytest

from engage.surveys.actions import changing
from engage.surveys.queries.sittings import Sent
from engage.surveys.rules.items import Rotation
from engage.surveys.rules.publishing import MOST_WAYS, found_faults
from engage.surveys.rules.shipped import shipped

RECEIPT, WORDS = b"r" * 32, ("an", "invented", "few", "words")


def drawing(*rotations: Rotation):
    return replace(shipped("youth"), rotations=rotations)


def rows(start: int, many: int) -> tuple[str, ...]:
    return tuple(item.code for item in shipped("youth").items if item.asks)[start : start + many]


@pytest.mark.parametrize(
    ("shown", "among", "said"), [(5, 10, False), (6, 14, False), (7, 15, True), (1, 15, False), (14, 15, False)]
)
def test_rows_that_are_drawn_in_too_many_ways_are_not_published(shown, among, said):
    faults = [
        fault for fault in found_faults(drawing(Rotation("some", shown, rows(0, among)))) if "ways" in fault.words
    ]
    assert [fault.place for fault in faults] == ["some"] * said


def test_two_rotations_are_counted_together():
    both = drawing(Rotation("one", 5, rows(0, 10)), Rotation("two", 5, rows(10, 10)))
    (fault,) = (fault for fault in found_faults(both) if "ways" in fault.words)
    assert "63,504 ways" in str(fault)


def sent(definition) -> Sent:
    return Sent(
        b"s", 1, date(2026, 11, 23), {row: ("yes",) for one in definition.rotations for row in one.rows[: one.show]}
    )


def test_what_may_be_published_is_found_again(app):
    definition = drawing(Rotation("some", 6, rows(0, 14)))
    with app.app_context():
        found = changing._same_rows(definition, sent(definition), RECEIPT, WORDS)
    assert changing.asks_the_same(definition, sent(definition).given, found.seed)


def test_rather_than_dropping_an_answer_nothing_is_opened(app, monkeypatch):
    monkeypatch.setattr(changing, "MOST_TRIES", MOST_WAYS // 100)
    definition = drawing(Rotation("one", 5, rows(0, 10)), Rotation("two", 5, rows(10, 10)))
    with app.app_context(), pytest.raises(changing.NotFoundAgain, match="50 seeds"):
        changing._same_rows(definition, sent(definition), RECEIPT, WORDS)
