"""Which role opens which page and button of the desk: a list that people read, and the words of docs/roles.md."""

from collections import defaultdict

import yaml
from flask import Flask

from engage.accounts.guards import Who
from engage.accounts.rules import Role
from tests.proofs.reading import HERE, TESTS

LIST = HERE / "roles.yaml"
PAGE = TESTS.parent / "docs" / "roles.md"
BEGINNING = """# Every page and button of the desk, and the roles it is open to. `python -m tests.proofs roles` writes
# this from the guards; whoever commits a change of it says that they want it. Tests read here who may open what.
"""
TITLE = "## Every page and button\n"
WORDS = """
Made from `tests/proofs/roles.yaml` by `python -m tests.proofs write`; every one is asked by every role in the tests.

| open to | pages and buttons |
|---|---|
"""
Opened = dict[str, frozenset[Role]]


def listed() -> Opened:
    """Read the list."""
    return {page: frozenset(map(Role, roles)) for page, roles in yaml.safe_load(LIST.read_text()).items()}


def guarded(app: Flask) -> Opened:
    """Ask the guards: every page of the desk by its endpoint."""
    found = {}
    for rule in app.url_map.iter_rules():
        opened = getattr(app.view_functions[rule.endpoint], "open_to", frozenset({Who.ANYONE}))
        if not opened & set(Who):
            found[rule.endpoint] = opened
    return found


def write_list(app: Flask) -> None:
    """Write the list anew from the guards."""
    lines = [f"{page}: [{', '.join(_in_order(roles))}]" for page, roles in sorted(guarded(app).items())]
    LIST.write_text(BEGINNING + "\n".join(lines) + "\n")


def roles_page() -> str:
    """The page of roles, with its last part made from the list."""
    return PAGE.read_text().partition(TITLE)[0] + TITLE + WORDS + "\n".join(_rows()) + "\n"


def _rows() -> list[str]:
    alike: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for page, roles in listed().items():
        part, _, name = page.partition(".")
        alike[_in_order(roles)][part.removesuffix("_desk")].append(name.replace("_", " "))
    return [f"| {', '.join(roles)} | {_pages(parts)} |" for roles, parts in sorted(alike.items(), key=_how_many)]


def _how_many(one: tuple[tuple[str, ...], object]) -> tuple[int, list[int]]:
    return len(one[0]), [list(Role).index(Role(role)) for role in one[0]]


def _pages(parts: dict[str, list[str]]) -> str:
    return "; ".join(f"**{part}**: {', '.join(names)}" for part, names in parts.items())


def _in_order(roles: frozenset[Role]) -> tuple[str, ...]:
    return tuple(role.value for role in Role if role in roles)
