"""The key file: put new keys in front, take old ones away; written whole or not at all."""

import json
import os
from pathlib import Path

from cryptography.fernet import Fernet

from engage.settings import LISTS, read_keys


def add(path: Path) -> None:
    """Put a new key in front of each list: it seals from now on, and those behind it still open."""
    keys = _kept(path)
    for name in LISTS:
        keys[name] = [Fernet.generate_key().decode(), *keys[name]]
    _write(path, keys)


def has_old(path: Path) -> bool:
    """Answer whether an older key is there beside the newest."""
    return any(len(_kept(path)[name]) > 1 for name in LISTS)


def take_away_old(path: Path) -> int:
    """Leave only the newest key of each list, and give how many went."""
    keys = _kept(path)
    gone = sum(len(keys[name]) - 1 for name in LISTS)
    for name in LISTS:
        keys[name] = list(keys[name][:1])
    _write(path, keys)
    return gone


def _kept(path: Path) -> dict[str, str | list[str]]:
    read_keys(path)  # refuses what cannot be read
    kept: dict[str, str | list[str]] = json.loads(path.read_text())
    return kept


def _write(path: Path, keys: dict[str, str | list[str]]) -> None:
    beside = path.with_name(path.name + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(keys, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
