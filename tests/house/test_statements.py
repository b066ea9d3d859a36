"""The fewest tests that send every statement again leave none out, and take what nothing is known of."""

import json
from types import SimpleNamespace

import pytest

from tests.statements import AT_ONCE, cover, fewest, name_of

SENT = {
    "small": (["read", "write"], 0.1),
    "other": (["write", "delete"], 0.1),
    "large and slow": (["read", "write", "delete"], 9.0),
    "nothing new": (["read"], 0.1),
}


def sent_by(taken: set[str]) -> set[str]:
    return {name for test in taken for name in SENT[test][0]}


def test_every_statement_is_sent_again_by_the_quick_ones():
    assert cover(SENT, set()) == {"small", "other"}


@pytest.mark.parametrize("left_out", ["small", "other"])
def test_control_with_one_of_them_fewer_a_statement_is_missing(left_out):
    everything = sent_by(set(SENT))
    assert sent_by(cover(SENT, set())) == everything
    assert sent_by(cover(SENT, set()) - {left_out}) < everything


def test_what_is_taken_anyway_is_not_sent_twice():
    assert cover(SENT, {"large and slow"}) == set()


def test_who_asks_at_once_and_who_is_not_known_is_always_taken(tmp_path):
    known = {node: {"names": names, "seconds": seconds} for node, (names, seconds) in SENT.items()}
    known["nothing new"]["names"] = [*known["nothing new"]["names"], AT_ONCE]
    (tmp_path / "gw0.json").write_text(json.dumps(known))
    config = SimpleNamespace(cache=SimpleNamespace(mkdir=lambda _: tmp_path))
    assert fewest(config, [*SENT, "new"]) == {"other", "nothing new", "new"}
    assert fewest(config, ["nothing new", "large and slow"]) == {"nothing new", "large and slow"}


def test_a_statement_is_the_same_with_more_rows_and_another_with_other_kinds_of_values():
    one, three = "INSERT INTO t (a, b) VALUES (?, ?)", "INSERT INTO t (a, b) VALUES (?, ?), (?, ?), (?, ?)"
    assert name_of(one, (1, "x"), many=False) == name_of(three, (1, "x", 2, "y", 3, "z"), many=False)
    assert name_of(one, [(1, "x"), (2, "y")], many=True) == name_of(one, (1, "x"), many=False)
    assert name_of("a IN (?, ?)", (1, 2), many=False) == name_of("a IN (?)", (1,), many=False)
    assert name_of("a = ?", (1,), many=False) != name_of("a = ?", (None,), many=False)
