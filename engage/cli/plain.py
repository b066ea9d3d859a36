"""What every command does: set the app up, show a line that moves, say in one sentence what a person can mend."""

import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TaskProgressColumn, TextColumn
from sqlalchemy.exc import OperationalError

from engage import create_app
from engage.safe import versions
from engage.safe.invented import check_no_demo
from engage.safe.resealing import check_keys_fit
from engage.settings import DATABASE_FILE, Settings, WrongSettings, key_file, make_keys
from engage.shared import assets, languages
from engage.shared.errors import EngageError
from engage.shared.private import database_file, is_open_to_others, private_places

SAY = Console(highlight=False, soft_wrap=True)  # a path that is broken in two cannot be copied
NO_KEYS = "There is a database and no key file {file}: put its own back. New keys would open nothing of what is there."

NO_DATABASE = "There is no database at {file}. Is ENGAGE_FOLDER right? `engage migrate` makes a new, empty one."


def first_keys() -> None:
    """Make keys in the instance folder the first time; a key file that was named and is missing is a mistake.

    So is one that is missing beside a database. Raises `WrongSettings`.
    """
    path = key_file()
    if "ENGAGE_KEY_FILE" in os.environ or path.exists():
        return
    if (path.parent / DATABASE_FILE).exists():
        raise WrongSettings(NO_KEYS.format(file=path))
    make_keys(path.parent)


def prepared(settings: Settings, *, for_people: bool = False) -> Flask:
    """Compile translations, compress styles, bring the database to this version; give the app.

    Raises `WrongSettings` where the keys are not those of the database; and, `for_people` who sign in, where it holds
    the demo's. What is only brought in, saved or looked at may be done to the demo too.
    """
    languages.compile_all()
    assets.compress_all()
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = create_app(settings)
    with app.app_context():
        (check_database if for_people else check_keys_fit)()
        versions.upgrade()
    return app


def standing(settings: Settings) -> Flask:
    """Give the app of what is there already: looking and saving make no new, empty database.

    Raises `WrongSettings` as `prepared` does, and where there is no database.
    """
    check_is_there(settings)
    return prepared(settings)


def check_is_there(settings: Settings) -> None:
    """Raise `WrongSettings` where there is no database: to look inside would make one."""
    file = database_file(settings.database_url)
    if file is not None and not file.exists():
        raise WrongSettings(NO_DATABASE.format(file=file))


def examine_places(settings: Settings) -> Iterator[tuple[bool, str]]:
    """Look whether keys, database and folder are closed to others on this machine, and say how to close them."""
    for what, path in private_places(settings):
        closed, rights = not is_open_to_others(path), "700" if path.is_dir() else "600"
        mend = f": others on this machine may read it, close it with: chmod {rights} {shlex.quote(str(path))}"
        yield closed, f"{what} in {path}{'' if closed else mend}"


def check_database() -> None:
    """Raise `WrongSettings` where these keys open nothing of it, or the demo's people would be served as real ones."""
    check_keys_fit()
    check_no_demo()


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show a line that moves; give the function that moves it (done so far, of how many if known)."""
    if not SAY.is_terminal:
        SAY.print(f"{words} …")  # a line that moves is drawn once there, at its end
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TaskProgressColumn(), console=SAY) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
        bar.update(task, total=1, completed=1)


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn what a person can mend into one line and the exit code 1."""
    try:
        yield
    except (WrongSettings, EngageError, json.JSONDecodeError) as error:
        SAY.print(f"[red]{escape(str(error))}[/]")
        sys.exit(1)
    except OSError as error:  # its own text begins with a number that only a programmer knows
        where = f"{error.filename}: " if error.filename else ""
        SAY.print(f"[red]{escape(where + (error.strerror or str(error)))}[/]")
        sys.exit(1)
    except OperationalError as error:
        SAY.print(f"[red]The database does not answer: {escape(str(error.orig))}[/]")
        sys.exit(1)
