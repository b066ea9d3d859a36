"""`make attack`: run every row of the faults and attacks with its control, and print the table; 1 where one fails.

`python -m tests.proofs write` writes docs/proofs.md and the last part of docs/roles.md; `python -m tests.proofs roles`
writes tests/proofs/roles.yaml from the guards, for people to read before they commit it.
"""

import sys
import tempfile
from pathlib import Path

import pytest

from engage import create_app
from tests.conftest import make_settings
from tests.proofs import opening
from tests.proofs.reading import PAGE, TESTS, Fault, faults, page


class Counter:
    """Counts, for each test by its name, whether each of its cases held."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, bool]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        cases = self.found.setdefault(report.location[2].partition("[")[0], {})
        cases[report.nodeid] = cases.get(report.nodeid, True) and report.passed


def run(nodes: list[str]) -> dict[str, list[bool]]:
    """Run these tests once; gives for each name whether each of its cases held. A skipped one did not."""
    counter = Counter()
    pytest.main(["-n", "2", "--dist", "loadgroup", "-m", "", *(str(TESTS / node) for node in nodes)], plugins=[counter])
    return {name: list(cases.values()) for name, cases in counter.found.items()}


def cases_of(nodes: list[str], found: dict[str, list[bool]]) -> tuple[int, int]:
    """How many cases of these tests passed, and of how many."""
    each = [passed for node in nodes for passed in found.get(node.partition("::")[2], [False])]
    return sum(each), len(each)


def line(fault: Fault, found: dict[str, list[bool]]) -> tuple[str, bool]:
    tried, controls = cases_of(fault.tests, found), cases_of(fault.control, found)
    fine = tried[0] == tried[1] and controls[0] == controls[1]
    counted = f"{tried[0]} of {tried[1]}", f"{controls[0]} of {controls[1]}"
    words = f"{fault.row:<52} {counted[0]:>10} {counted[1]:>10}  {'yes' if fine else 'NO':<4} {fault.figure}"
    return words + (f"  (not yet: {fault.not_yet})" if fault.not_yet else ""), fine


def main(wanted: list[str]) -> int:
    if wanted == ["roles"]:
        with tempfile.TemporaryDirectory() as folder:
            opening.write_list(create_app(make_settings(Path(folder))))
    if wanted in (["roles"], ["write"]):
        PAGE.write_text(page())
        opening.PAGE.write_text(opening.roles_page())
        return 0
    rows = faults()
    found = run(sorted({node for row in rows for node in (*row.tests, *row.control)}))
    print(f"{'attack or fault':<52} {'held':>10} {'controls':>10}  {'ok':<4} figure")
    lines = [line(row, found) for row in rows]
    print("\n".join(words for words, _ in lines))
    return int(not all(fine for _, fine in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
