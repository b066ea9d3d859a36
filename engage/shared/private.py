"""Files that only their owner may read: made so before anything is written, and looked at afterwards."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, make_url

from engage.settings import Settings

OTHERS = 0o077
QUEUE_FILE = "queue.db"


def make_private(file: Path) -> None:
    """Make an empty file for its owner only, unless there is one: what makes it otherwise lets everybody read it.

    SQLite gives its log the rights of its file. Where none can be made, whoever opens it says so.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def database_file(url: str | URL) -> Path | None:
    """The file of an SQLite database; None where it has none."""
    known = make_url(url)
    if known.get_backend_name() != "sqlite" or not known.database or known.database.startswith((":", "file:")):
        return None
    return Path(known.database)


def private_places(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Say what only its owner should read, as far as it is there, and where it is."""
    here = {
        "keys": Path(settings.key_file) if settings.key_file else None,
        "database": database_file(settings.database_url),
        "queue": settings.folder / QUEUE_FILE,
        "folder": settings.folder,
    }
    yield from ((what, path) for what, path in here.items() if path is not None and path.exists())


def is_open_to_others(path: Path) -> bool:
    """Answer whether somebody else on this machine may read it, or write there."""
    return bool(path.stat().st_mode & OTHERS)
