"""Save everything into one sealed file, bring one back, and try in a throw-away place whether that would work."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, make_url, text

from engage import create_app
from engage.accounts import chain
from engage.accounts.actions import note
from engage.accounts.chain.heads import note_head
from engage.safe import container, databases, resealing, versions
from engage.safe.container import Unreadable
from engage.settings import Settings
from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.keeping import BACKUPS
from engage.shared.leftovers import UNFINISHED, place_apart
from engage.worker import clock
from engage.worker.shuffling import shuffle

NAME = "engage-%Y-%m-%d-%H%M%S.backup"
SIZE = 4  # bytes that say how long the list of contents is
AT_A_TIME = 2**20
LOST = "{} sealed texts open with none of the keys that are here"


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself: when, which kind of database and version, how many rows, where the audit ends."""

    made_at: str
    database: str
    version: str
    rows: dict[str, int]
    audit: str
    digest: str

    @property
    def many(self) -> int:
        """Rows in all tables together."""
        return sum(self.rows.values())


@dataclass(frozen=True)
class Tried:
    """What a drill, or a restore, found: what the backup holds, every fault in a sentence, and texts no key opens."""

    contents: Contents
    faults: tuple[str, ...]
    lost: int = 0


def save(settings: Settings, folder: Path) -> tuple[Path, Contents]:
    """Save everything into a new sealed file, while others write, and give it. Raises `WrongSettings`, `Unreadable`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if db.engine().dialect.name == "postgresql":
        shuffle()  # its tools copy rows as they lie; a copy of SQLite's file lays them anew by itself
    target = folder / now().strftime(NAME)
    unfinished = folder / f".{target.name}{UNFINISHED}"  # sealed: nothing that is not ever lies among the backups
    with place_apart(settings, "saving") as place:
        dump = place / "dump"
        head = chain.verify().head  # before the copy, which then holds that line; what is written meanwhile it may lack
        rows = databases.copy_out(db.engine(), dump)
        contents = Contents(
            made_at=now().isoformat(timespec="seconds"),
            database=db.engine().dialect.name,
            version=_version(),
            rows=rows,
            audit=head,
            digest=_digest(dump),
        )
        container.write(unfinished, _packed(contents, dump), secret=settings.receipt_key)
        unfinished.replace(target)
    return target, contents


def forget_old(folder: Path, *, at: datetime) -> int:
    """Delete the backups in a folder that are older than promised, and give how many."""
    old = [
        file
        for file in folder.glob("engage-*.backup")
        if at.timestamp() - file.stat().st_mtime > BACKUPS.total_seconds()
    ]
    for file in old:
        file.unlink()
    return len(old)


def newest(place: Path) -> Path:
    """Give the newest backup of a folder; a file is itself. Raises `Unreadable`."""
    if place.is_file():
        return place
    found = sorted(place.glob("engage-*.backup"))
    if not found:
        raise Unreadable(f"There is no backup in {place}.")
    return found[-1]


def drill(settings: Settings, file: Path) -> Tried:
    """Bring a backup back into a throw-away place and look whether all of it is there. Raises `Unreadable`."""
    with place_apart(settings, "drill") as place:
        contents, dump = unpack(settings, file, place)
        with databases.throw_away(db.engine(), place) as url:
            databases.put_back(dump, url)
            return _tried_there(replace(settings, database_url=_plain(url)), contents)


def restore(settings: Settings, file: Path) -> Tried:
    """Put a backup in the place of what is there, then forget what is due by now. Raises `Unreadable`.

    Everything about the backup is checked before anything is changed; on PostgreSQL, where a place to throw away needs
    rights that Engage may not have, whether its texts open is left to the drill.
    """
    if settings.database_url.startswith("sqlite"):
        _check_opens(drill(settings, file))
    with place_apart(settings, "restoring") as place:
        contents, dump = unpack(settings, file, place)
        db.session.remove()
        db.engine().dispose()
        databases.put_back(dump, make_url(settings.database_url))
    faults = [*_row_faults(contents), *_audit_faults()]
    versions.upgrade()
    note_head(at=now(), brought_back=True)
    note("brought back a backup", file.name[:120], f"made {contents.made_at}")
    clock.every_night(now(), today())
    return Tried(contents, tuple(faults))


def unpack(settings: Settings, file: Path, place: Path) -> tuple[Contents, Path]:
    """Open a backup into a folder and check all of it; give its contents and its database. Raises `Unreadable`."""
    plain, dump = place / "plain", place / "dump"
    with plain.open("wb") as opened:
        for piece in _inflated(container.read(file, secret=settings.receipt_key), file.name):
            opened.write(piece)
    with plain.open("rb") as packed:
        contents = Contents(**json.loads(packed.read(int.from_bytes(packed.read(SIZE), "big"))))
        with dump.open("wb") as target:
            while piece := packed.read(AT_A_TIME):
                target.write(piece)
    plain.unlink()
    _check_fits(contents, make_url(settings.database_url), dump)
    return contents, dump


def _check_fits(contents: Contents, url: URL, dump: Path) -> None:
    if contents.digest != _digest(dump):
        raise Unreadable("The backup does not hold what it says it holds. Nothing was changed.")
    if contents.database != url.get_backend_name():
        raise Unreadable(
            f"This is a backup of {contents.database}, and ENGAGE_DATABASE_URL names {url.get_backend_name()}. "
            "Nothing was changed."
        )
    if contents.version not in versions.known():
        raise Unreadable("The backup was made by a newer version of Engage: install that one. Nothing was changed.")
    if contents.database == "sqlite":
        databases.check_whole(dump)


def _check_opens(tried: Tried) -> None:
    if tried.lost:
        raise Unreadable(f"{LOST.format(tried.lost)}: put the older keys back first. Nothing was changed.")


def _tried_there(settings: Settings, contents: Contents) -> Tried:
    app = create_app(settings)
    with app.app_context():
        try:
            faults = [*_row_faults(contents), *_audit_faults()]
            versions.upgrade()
            lost = resealing.survey().lost
        finally:
            db.session.remove()
            db.engine().dispose()
    return Tried(contents, (*faults, *([LOST.format(lost)] if lost else [])), lost)


def _row_faults(contents: Contents) -> Iterator[str]:
    with db.engine().connect() as connection:
        here = databases.counts(connection)
    for name in sorted({*here, *contents.rows}):
        if here.get(name) != contents.rows.get(name):
            yield f"{name}: {here.get(name, 'no')} rows here, {contents.rows.get(name, 'no')} in the backup"


def _audit_faults() -> list[str]:
    if _version() < chain.SINCE:
        return []
    return [f"audit: {fault}" for fault in chain.verify().faults]


def _version() -> str:
    with db.engine().connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _packed(contents: Contents, dump: Path) -> Iterator[bytes]:
    squeeze = zlib.compressobj(6)
    head = json.dumps(asdict(contents)).encode()
    yield squeeze.compress(len(head).to_bytes(SIZE, "big") + head)
    with dump.open("rb") as file:
        while piece := file.read(AT_A_TIME):
            yield squeeze.compress(piece)
    yield squeeze.flush()


def _inflated(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    grow = zlib.decompressobj()
    for piece in pieces:
        yield grow.decompress(piece)
    if not grow.eof:
        raise Unreadable(f"{name} is damaged: its end is missing. Nothing was changed.")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _plain(url: URL) -> str:
    return url.render_as_string(hide_password=False)
