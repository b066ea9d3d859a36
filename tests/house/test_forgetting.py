"""Every table with sealed words has somebody who forgets it, and the clock calls them."""

import inspect
import re

from engage import tables as _tables  # noqa: F401  (loads every table)
from engage.shared import db, outbox
from engage.shared.crypto import Sealed
from engage.worker import clock


def sealed_tables() -> set[str]:
    return {
        mapper.class_.__name__
        for mapper in db.Model.registry.mappers
        if any(isinstance(column.type, Sealed) for column in mapper.local_table.columns)
    }


def forgotten_by_the_clock() -> set[str]:
    """The tables named in the `forget_...` functions that the clock calls, by themselves or from a module it knows."""
    known = vars(clock) | vars(outbox)
    called = _called_in(inspect.getsource(clock.every_night))
    called |= _called_in("".join(inspect.getsource(known[name]) for name in called))
    return set(re.findall(r"\b[A-Z]\w+Row\b", "".join(inspect.getsource(known[name]) for name in called)))


def _called_in(source: str) -> set[str]:
    return set(re.findall(r"\b(forget_\w+)\(", source))


def test_every_table_with_sealed_words_is_forgotten_in_time():
    assert sealed_tables() - forgotten_by_the_clock() == set()


def test_a_table_that_nobody_forgets_would_be_noticed():
    assert {"AlertRow", "WrittenRow", "PersonRow"} <= sealed_tables()
    assert "DutyRow" not in forgotten_by_the_clock()
    assert "CodingRow" not in forgotten_by_the_clock()  # forgotten only when somebody deletes what they sent
