"""Places for a while, where a copy lies without its seal: gone afterwards, and after a killed process when next looked.

Whoever works in one shares a lock with the others, which the system lets go of when a process is killed: as long as
somebody holds it nothing is cleared away, so no copy that is still needed goes.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from engage.settings import Settings
from engage.shared.keeping import BACKUPS

LOCK = ".at-work.lock"
OURS = (".saving-*", ".drill-*", ".restoring-*")  # folders, each with a copy of everything
UNFINISHED = ".unfinished"  # behind the name of a backup, sealed, whose end is missing
BROKEN = ".broken*"  # behind a database's name: no database any more, put aside when a backup came back


@contextmanager
def place_apart(settings: Settings, what: str) -> Iterator[Path]:
    """Give a folder in Engage's own, for as long as somebody works in it; never one that is copied elsewhere."""
    with _lock(settings, fcntl.LOCK_SH), TemporaryDirectory(prefix=f".{what}-", dir=settings.folder) as place:
        yield Path(place)


def forget_left(settings: Settings, *, at: datetime, backups: Path | None = None) -> int:
    """Delete what killed processes left, and broken databases as old as a backup may be; gives how many.

    `backups` is a folder where backups lie: older versions of Engage worked in there.
    """
    try:
        with _lock(settings, fcntl.LOCK_EX | fcntl.LOCK_NB):
            gone = [*_left_in(settings.folder), *(_left_in(backups) if backups else ()), *_broken(settings, at)]
            for one in gone:
                shutil.rmtree(one) if one.is_dir() else one.unlink()
    except BlockingIOError:  # somebody works there now; the next look comes
        return 0
    return len(gone)


def _left_in(folder: Path) -> list[Path]:
    return sorted(path for pattern in (*OURS, f".engage-*{UNFINISHED}") for path in folder.glob(pattern))


def _broken(settings: Settings, at: datetime) -> list[Path]:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return []
    live = Path(url.database)
    old = at.timestamp() - BACKUPS.total_seconds()
    return [path for path in live.parent.glob(live.name + BROKEN) if path.stat().st_mtime < old]


@contextmanager
def _lock(settings: Settings, how: int) -> Iterator[None]:
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = os.open(settings.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, how)
        yield
    finally:
        os.close(held)
