"""The commands of the safe: verify the audit, save, bring back, try, change keys."""

import re
import shlex
import sys
import time
from pathlib import Path

import click
from rich.markup import escape
from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError

from engage import create_app, demo
from engage.accounts import actions as accounts
from engage.accounts.chain import heads
from engage.claims.rules import processing
from engage.cli.plain import SAY, examine_places, in_plain_words, prepared, progress, standing
from engage.safe import databases, keys, resealing, saving
from engage.settings import Settings, WrongSettings, from_environment, key_file, make_keys
from engage.shared import db
from engage.shared.clock import now
from engage.shared.crypto import LOOKS
from engage.shared.keeping import BACKUPS
from engage.shared.leftovers import forget_left
from engage.shared.private import database_file
from engage.worker.shuffling import shuffle

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
NO_FOLDER = "There is no folder {folder}. Is its disk there? If it is to be new: mkdir -m 700 {quoted}"
HEAD = re.compile(r"\d+:[0-9a-f]{16}")
MOST_ROUNDS = 20
NO_NEW_KEY = (
    "No new key was made: an older one was not retired yet, so this went on with the newest that is there. "
    "For a new key: `engage keys retire`, then `engage keys rotate` once more."
)
MOST_SHOWN = 20
OLD_BACKUPS = (
    "Without the old keys the sealed texts of every backup made before the new ones open no more. Make a backup now, "
    "keep a copy of this key file for as long as older backups, then add --yes."
)


@click.group()
def audit() -> None:
    """Who did what, as a chain that nobody can change unseen."""


@audit.command("verify")
@click.option("--noted", default="", help="A head of the audit that was noted elsewhere, such as a backup's.")
def verify_audit(noted: str) -> None:
    """Look whether a line was taken away, changed, moved or put in; ends with 1 when one was."""
    with in_plain_words(), standing(from_environment()).app_context():
        if noted and not HEAD.fullmatch(noted):
            raise WrongSettings(f"“{noted}” is no head of the audit: one looks like 621:ead76da7222c41e9.")
        found, known = heads.verify(noted_elsewhere=noted)
        file = heads.file_of_heads()
    say_faults(found.faults)
    heads_noted = f"{len(known.heads)} head{'s' if len(known.heads) > 1 else ''}"
    said = f"{heads_noted} noted in {file}, the last at {known.last}" if known.heads else f"none, in {file}"
    SAY.print(f"Compared with {said}.")
    SAY.print(f"{found.lines} lines{': nothing is missing, nothing was changed' if not found.faults else ''}.")
    SAY.print(f"Head, to be noted elsewhere: {found.head}")
    sys.exit(1 if found.faults else 0)


@click.command("backup")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="The folder it goes to; it must be there.")
def make_backup(to: Path | None) -> None:
    """Save everything into one sealed file while others write; the key stays in the key file, keep that elsewhere."""
    with in_plain_words():
        settings = from_environment()
        folder = to or settings.folder / "backups"
        if to and not to.is_dir():  # made anew, a backup would lie on the disk that it is to outlive
            raise WrongSettings(NO_FOLDER.format(folder=to, quoted=shlex.quote(str(to))))
        with standing(settings).app_context():
            left = forget_left(settings, at=now(), backups=folder)
            file, contents = saving.save(settings, folder)
            old = saving.forget_old(folder, at=now())
            accounts.note("saved a backup", file.name, f"{contents.many} rows")
            db.session.commit()
            found = heads.verify()[0]
            heads.note_head(at=now())
        SAY.print(f"{file}: {contents.many} rows in {len(contents.rows)} tables.")
        SAY.print(f"Head of the audit, to be noted elsewhere: {contents.audit}")
        say_faults(tuple(f"Audit: {fault}" for fault in found.faults))
        if left:
            SAY.print(f"{left} left by a process that was killed, or broken and old, went as well.")
        if old:
            SAY.print(f"{old} older than {BACKUPS.days} days went.")


@click.command("drill")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
def try_backup(file: Path) -> None:
    """Bring a backup (of a folder: its newest) back into a throw-away place, count; ends with 1 unless all is there."""
    with in_plain_words():
        settings, file = from_environment(), saving.newest(file)
        with create_app(settings).app_context():
            tried = saving.drill(settings, file)
        for name, rows in sorted(tried.contents.rows.items()):
            if rows:
                SAY.print(f"  {name:<24} {rows:>8}")
    say_faults(tried.faults)
    SAY.print(f"{tried.contents.many} rows of {tried.contents.made_at}{'' if tried.faults else ': all there'}.")
    sys.exit(1 if tried.faults else 0)


@click.command("restore")
@FILE
@click.option("--yes", is_flag=True, help="Put it in the place of what is there.")
def bring_back(file: Path, *, yes: bool) -> None:
    """Put a backup in the place of the database, then forget what is due by now; stop Engage first."""
    with in_plain_words():
        settings = from_environment()
        with create_app(settings).app_context():
            check_may_replace(settings, yes=yes)
            check_nobody_uses_it(settings)
            tried = saving.restore(settings, file)
    say_faults(tried.faults)
    say_faults(tuple(words for closed, words in examine_places(settings) if not closed))
    SAY.print(f"{tried.contents.many} rows of {tried.contents.made_at} are back; what was due since then is forgotten.")
    SAY.print("What people deleted themselves after that moment is back as well: do it again, from the officer's list.")
    sys.exit(1 if tried.faults else 0)


@click.command("processing")
def show_processing() -> None:
    """Print the record of processing (UK GDPR, Article 30), made from the settings and what the night keeps."""
    with in_plain_words():
        click.echo(processing.record(from_environment()), nl=False)


@click.group("keys")
def change_keys() -> None:
    """The keys that seal what people wrote."""


@change_keys.command("make")
def make_first_keys() -> None:
    """Make the first key file, where ENGAGE_KEY_FILE says or in the folder; leaves one that is there as it is."""
    with in_plain_words():
        path = key_file()
        if path.exists():
            raise WrongSettings(f"There is a key file at {path} already: `engage keys rotate` makes new keys in it.")
        make_keys(path.parent, path.name)
        SAY.print(f"{path} is made. Lay a copy where the backups are not: without it no text and no backup opens.")


@change_keys.command("rotate")
def rotate_keys() -> None:
    """Make new keys and seal everything anew while Engage runs; start it again where it was stopped."""
    with in_plain_words():
        path = key_file()
        goes_on = keys.has_old(path)
        if not goes_on:
            keys.add(path)
        with prepared(from_environment()).app_context():
            done = seal_all_anew()
            accounts.note("sealed anew", "every sealed text", f"{done} texts{'' if goes_on else ', new keys'}")
            db.session.commit()
            shuffle()
        SAY.print(NO_NEW_KEY if goes_on else "New keys are made, and seal from now on.")
        SAY.print(f"{done} texts are sealed anew. `engage keys retire` takes the old keys away.")


@change_keys.command("retire")
@click.option("--yes", is_flag=True, help="A backup was made since the new keys, and older ones may open no more.")
def retire_keys(*, yes: bool) -> None:
    """Take old keys away, once nothing is sealed with them any more; what older backups sealed opens no more."""
    with in_plain_words():
        path = key_file()
        if not yes and keys.has_old(path):
            raise WrongSettings(OLD_BACKUPS)
        with prepared(from_environment()).app_context():
            found = resealing.survey()
            if found.old:
                raise WrongSettings(f"{found.old} texts still need an old key: run `engage keys rotate` first.")
            gone = keys.take_away_old(path)
            accounts.note("took old keys away", "key file", f"{gone} keys")
            db.session.commit()
        SAY.print(f"{gone} old keys are gone. Receipts and codes go on: their key is another one.")


def seal_all_anew() -> int:
    """Seal anew until nothing is left that an old key sealed: those who write learn the new key within seconds."""
    done = 0
    for turn in range(MOST_ROUNDS):
        with progress("Sealing anew") as said:
            done += resealing.reseal(said)
        if turn and not resealing.survey().old:
            return done
        time.sleep(LOOKS)
    raise WrongSettings("Something still seals with an old key: start every process of Engage anew, then try again.")


def check_may_replace(settings: Settings, *, yes: bool) -> None:
    """Raise `WrongSettings` unless the database is empty or somebody said that it may go."""
    file = database_file(settings.database_url)
    if file is not None and not file.exists():  # to look inside would make one
        return
    try:
        empty = demo.is_empty()
    except DatabaseError as error:
        empty = "no such table" in str(error) or "does not exist" in str(error)
    finally:
        db.session.rollback()
    if not empty and not yes:
        raise WrongSettings("There is something here already. Save it with `engage backup`, then add --yes.")


def check_nobody_uses_it(settings: Settings) -> None:
    """Raise `WrongSettings` while a web process, a worker or anybody else has the database open."""
    db.engine().dispose()
    if databases.others_use_it(make_url(settings.database_url)):
        raise WrongSettings("Something still has this database open. Stop Engage's web processes and its worker first.")


def say_faults(faults: tuple[str, ...]) -> None:
    """Print the first faults, a line each."""
    for fault in faults[:MOST_SHOWN]:
        SAY.print(f"[red]{escape(fault)}[/]")
    if len(faults) > MOST_SHOWN:
        SAY.print(f"[red]and {len(faults) - MOST_SHOWN} more[/]")


COMMANDS = (audit, make_backup, try_backup, bring_back, show_processing, change_keys)
