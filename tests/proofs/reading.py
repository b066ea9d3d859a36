"""Read what is shown by which test, and write it down as one page."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

HERE = Path(__file__).parent
TESTS = HERE.parent
PAGE = TESTS.parent / "docs" / "proofs.md"
BEGINNING = """# What is shown by which test

Made from the lists in `tests/proofs` by `python -m tests.proofs write`; a test keeps it fresh. "Not yet" says in words
what no test reaches. Requirements of ASVS 5.0.0 that are in neither of its lists are not claimed.
"""
ASVS = """
## ASVS 5.0.0

The OWASP Application Security Verification Standard, by its version and number, with the level that asks for it; the
words are ours. Each is a mark: `pytest -m asvs` runs them all.
"""
NOT_MET = """
### Not met, and known
"""


@dataclass(frozen=True)
class Fault:
    """One row of the faults and attacks."""

    row: str
    figure: str
    tests: list[str]
    control: list[str]
    not_yet: str = ""
    measured: list[str] = field(default_factory=list)  # the measures of `tests/bench` that `make attack` runs for it


@dataclass(frozen=True)
class Rule:
    """A rule of privacy or safety, or a requirement of ASVS 5.0.0, with its tests."""

    id: str
    words: str
    tests: list[str] = field(default_factory=list)
    level: int = 0  # of ASVS, 1 to 3


def faults() -> list[Fault]:
    return [Fault(**one) for one in _listed("faults")]


def rules() -> list[Rule]:
    return [Rule(**one) for one in _listed("rules")]


def requirements(name: str = "asvs") -> list[Rule]:
    return [Rule(**{**one, "id": str(one["id"])}) for one in _listed(name)]


def page() -> str:
    """The whole page."""
    attacked = ["| attack or fault | figure | shown by | control | not yet |", "|---|---|---|---|---|"]
    attacked += [
        f"| {one.row} | {one.figure} | {_names(one.tests)}{_measured(one)} | {_names(one.control)} | {one.not_yet} |"
        for one in faults()
    ]
    parts = [
        BEGINNING,
        "## Faults and attacks (`make attack`)\n",
        *attacked,
        "",
        "## Rules of privacy (P) and safety (S)\n",
        *_table(rules()),
        ASVS,
        *_levels(requirements()),
        NOT_MET,
        *_levels(requirements("asvs_not_met")),
    ]
    return "\n".join(parts) + "\n"


def _levels(these: list[Rule]) -> list[str]:
    """Rows of requirements; the standard asks that a number is given with the version it belongs to."""
    shown = [f"| v5.0.0-{one.id} | L{one.level} | {one.words} | {_names(one.tests)} |" for one in these]
    if any(one.tests for one in these):
        return ["| | level | what | shown by |", "|---|---|---|---|", *shown]
    return ["| | level | what |", "|---|---|---|", *(row.removesuffix("  |") for row in shown)]


def _table(these: list[Rule]) -> list[str]:
    head = ["| | what | shown by |", "|---|---|---|"]
    return head + [f"| {one.id} | {one.words} | {_names(one.tests)} |" for one in these]


def _measured(one: Fault) -> str:
    return "".join(f"; printed by `tests/bench/{name}.py`" for name in one.measured)


def _names(tests: list[str]) -> str:
    return ", ".join(f"`{one.partition('::')[2].removeprefix('test_')}`" for one in tests)


def _listed(name: str) -> list[dict[str, object]]:
    return list(yaml.safe_load((HERE / f"{name}.yaml").read_text()))
