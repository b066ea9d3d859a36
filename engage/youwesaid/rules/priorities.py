"""The priorities of the partners' plans that a concern can serve; the list is configuration (priorities.yaml)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from engage.shared.errors import NotValid
from engage.shared.words import N_

LIST = Path(__file__).parents[1] / "priorities.yaml"


@dataclass(frozen=True)
class Priority:
    """One priority of one plan; `over` when no new concern is given it any more."""

    code: str
    plan: str
    words: str
    over: bool = False
    said: tuple[tuple[str, str, str], ...] = ()  # language, plan, words

    def in_(self, language: str) -> tuple[str, str, str]:
        """Give the language it is said in, its plan and its words: in `language` where it is, else in English."""
        return next((one for one in self.said if one[0] == language), ("en", self.plan, self.words))


def read_priorities(listed: dict[str, Any]) -> dict[str, Priority]:
    """Give every priority by its code, in the order of the list. Raises `ValueError` for a code used twice."""
    found = [
        Priority(one["code"], plan["name"], one["words"], one.get("over", False), _said(plan, one))
        for plan in listed["plans"]
        for one in plan["priorities"]
    ]
    by_code = {one.code: one for one in found}
    if len(by_code) < len(found):
        raise ValueError("A code of priorities.yaml is used twice")
    return by_code


def _said(plan: dict[str, Any], one: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    names, words = plan.get("in", {}), one.get("in", {})
    return tuple((language, names[language], words[language]) for language in words if language in names)


def priorities_by_plan() -> dict[str, list[Priority]]:
    """Give every plan with its priorities, in the order of the list."""
    plans: dict[str, list[Priority]] = {}
    for one in PRIORITIES.values():
        plans.setdefault(one.plan, []).append(one)
    return plans


def check_priorities(codes: Iterable[str]) -> None:
    """Raise `NotValid` for a priority that no plan has."""
    if set(codes) - set(PRIORITIES):
        raise NotValid(N_("Choose priorities from the list."))


PRIORITIES = read_priorities(yaml.load(LIST.read_text("utf-8"), Loader=yaml.CSafeLoader))
