"""What is said to be shown by a test is shown by one that is there, and the page of it is fresh."""

import re

import pytest

from tests.bench.__main__ import FAULTS
from tests.proofs.reading import PAGE, TESTS, faults, page, requirements, rules

EVERY = sorted(
    {node for fault in faults() for node in (*fault.tests, *fault.control)}
    | {node for rule in (*rules(), *requirements()) for node in rule.tests}
)


def is_there(node: str) -> bool:
    file, _, name = node.partition("::")
    path = TESTS / file
    return path.is_file() and re.search(rf"^def {name}\(", path.read_text(), re.MULTILINE) is not None


@pytest.mark.parametrize("node", EVERY)
def test_a_test_that_shows_something_is_there(node):
    assert is_there(node), node


def test_control_a_test_that_is_not_there_is_noticed():
    assert not is_there("house/test_proofs.py::test_nothing_of_the_kind")
    assert not is_there("house/test_nowhere.py::test_nothing_of_the_kind")


def test_every_attack_has_a_test_and_a_control():
    assert [fault.row for fault in faults() if not (fault.tests and fault.control)] == []


def test_what_is_measured_is_run_by_make_attack():
    named = {name for fault in faults() for name in fault.measured}
    assert named == FAULTS
    assert [name for name in named if not (TESTS / "bench" / f"{name}.py").is_file()] == []
    assert "tests.bench $(FAULTS)" in (TESTS.parent / "Makefile").read_text()
    assert (
        set(re.search(r"^FAULTS := (.+)$", (TESTS.parent / "Makefile").read_text(), re.MULTILINE)[1].split()) == named
    )


def test_every_rule_of_privacy_and_safety_is_shown():
    wanted = [f"P{number}" for number in range(1, 15)] + [f"S{number}" for number in range(1, 8)]
    assert [rule.id for rule in rules()] == wanted
    assert [rule.id for rule in (*rules(), *requirements()) if not rule.tests] == []


def test_every_requirement_has_its_level_and_stands_once():
    shown, missed = requirements(), requirements("asvs_not_met")
    assert {rule.level for rule in (*shown, *missed)} == {1, 2, 3}
    assert len({rule.id for rule in shown}) == len(shown)
    both = {rule.id for rule in shown} & {rule.id for rule in missed}
    assert both == {"3.4.1"}  # met at its first level


def test_the_page_says_what_the_lists_say():
    assert PAGE.read_text() == page(), "run `python -m tests.proofs write`"
