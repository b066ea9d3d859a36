"""The documents say what is there: every setting, every command, every role, every place personal words are kept."""

import re
from pathlib import Path

import click
import pytest

from engage.accounts.rules import Role
from engage.cli import main
from engage.shared import db
from engage.shared.crypto import Sealed

PROJECT = Path(__file__).parents[2]
DOCS = {file.stem: file.read_text() for file in (PROJECT / "docs").glob("*.md")}
READ = "".join(file.read_text() for file in (PROJECT / "engage/settings").glob("*.py"))
SETTINGS = sorted(set(re.findall(r'(?:env\.\w+\("|"ENGAGE_)([A-Z_]+)"', READ)))


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_documented(name):
    assert f"`ENGAGE_{name}`" in DOCS["settings"]


def commands(group: click.Group, before: str = "engage") -> list[str]:
    found = []
    for name, command in group.commands.items():
        inner = command if isinstance(command, click.Group) else None
        found += commands(inner, f"{before} {name}") if inner else [f"{before} {name}"]
    return found


@pytest.mark.parametrize("command", commands(main))
def test_every_command_is_documented(command):
    assert f"`{command}" in DOCS["commands"]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_documented(role):
    assert f"| {role} |" in DOCS["roles"]


def test_every_table_with_sealed_words_is_known_to_data_protection():
    tables = {
        table.name
        for table in db.Model.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed)
    }
    assert tables == set(
        re.findall(r"`(\w+)`", DOCS["data-protection"].split("Tables with sealed columns:")[1].split("\n\n")[0])
    )
