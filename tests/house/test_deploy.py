"""What lies in docs/deploy fits what is here: commands that exist, settings known, files the documents name."""

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from engage.cli import main
from engage.cli.serving import WEB
from tests.house.test_documents import DOCS, PROJECT, SETTINGS

DEPLOY = PROJECT / "docs" / "deploy"
FILES = sorted(file.name for file in DEPLOY.iterdir())
UNITS = sorted(DEPLOY.glob("*.service"))
INSTALLED = "/srv/engage/app/.venv/bin/"


def said(unit: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in unit.read_text().splitlines() if "=" in line)


def check_is_ours(words: list[str]) -> None:
    """Parse a command line as `engage` would, without doing it. Raises click's own error when it does not exist."""
    command: click.Command = main
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    known = {option for one in command.params for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_each_unit_starts_something_that_exists(unit):
    first, *words = shlex.split(said(unit)["ExecStart"].removeprefix(INSTALLED))
    if first == "gunicorn":
        assert " ".join(WEB) in " ".join(words)
    else:
        assert first == "engage"
        check_is_ours(words)


@pytest.mark.parametrize("name", ["engage-web", "engage-worker"])
def test_a_stop_reaches_one_process_which_ends_its_others(name):
    assert said(DEPLOY / f"{name}.service")["KillMode"] == "mixed"


def test_a_command_that_does_not_exist_is_noticed():
    with pytest.raises(KeyError):
        check_is_ours(["tidy"])
    with pytest.raises(AssertionError):
        check_is_ours(["backup", "--into", "there"])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_no_service_may_change_its_own_code_or_its_keys(unit):
    kept = said(unit)
    assert (kept["User"], kept["ProtectSystem"], kept["NoNewPrivileges"], kept["UMask"]) == (
        "engage",
        "strict",
        "yes",
        "0077",
    )
    assert set(kept["ReadWritePaths"].split()) <= {"/srv/engage/instance", "/srv/engage/backups", "-/srv/engage/heads"}


@pytest.mark.parametrize("timer", sorted(DEPLOY.glob("*.timer")), ids=lambda timer: timer.stem)
def test_each_timer_has_its_service(timer):
    assert timer.with_suffix(".service") in UNITS


def test_the_settings_are_known_and_a_shell_reads_them_as_they_are_meant():
    file = DEPLOY / "engage.env"
    names = re.findall(r"^ENGAGE_(\w+)=", file.read_text(), re.MULTILINE)
    assert set(names) <= set(SETTINGS)
    heard = subprocess.run(
        ["/bin/sh", "-euc", f'. "{file}"; echo "$ENGAGE_PARTNERSHIP"'], capture_output=True, text=True, check=True
    )
    assert heard.stdout == "The partnership's own name\n"


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_named_in_the_document_on_installing(name):
    stem = name.rpartition(".")[0] if name.endswith((".service", ".timer")) else name
    assert stem in DOCS["install"]
