"""Edit the conditions of an item as a list of tests that are joined: all of them, or one of them."""

from typing import Any

from engage.surveys.rules.conditions import GROUPS
from engage.surveys.rules.drafting import Document

CONDITIONS = {"show_if": "Show this when", "support_when": "Offer support and the contact box after it when"}


def tests_of(item: Document, which: str) -> list[Document]:
    """The tests (or nested groups) that are joined; empty where there is no condition."""
    found = item.get(which)
    if not found:
        return []
    ((operator, parts),) = found.items()
    return list(parts) if operator in GROUPS else [found]


def join_of(item: Document, which: str) -> str:
    """How the tests are joined: "all" or "any"."""
    operator = next(iter(item.get(which) or {}), "all")
    return operator if operator in GROUPS else "all"


def add_test(item: Document, which: str, test: dict[str, Any]) -> None:
    """Add one more test."""
    _keep(item, which, join_of(item, which), [*tests_of(item, which), test])


def remove_test(item: Document, which: str, place: int) -> None:
    """Take the test at `place` out."""
    tests = tests_of(item, which)
    _keep(item, which, join_of(item, which), tests[:place] + tests[place + 1 :])


def joined(item: Document, which: str, join: str) -> None:
    """Join the tests with "all" or "any"."""
    _keep(item, which, join, tests_of(item, which))


def _keep(item: Document, which: str, join: str, tests: list[Document]) -> None:
    if not tests:
        item.pop(which, None)
        return
    alone = len(tests) == 1 and next(iter(tests[0])) not in GROUPS
    item[which] = tests[0] if alone else {join: tests}
