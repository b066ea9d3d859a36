"""The `engage` command."""

import gc
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from flask import Flask

from engage import create_app, demo, worker
from engage.accounts import actions as accounts
from engage.accounts.queries import agency_named, done_by
from engage.accounts.rules import Role, check_may_sign_in
from engage.cli import safe
from engage.cli.plain import (
    SAY,
    check_database,
    check_is_there,
    examine_places,
    first_keys,
    in_plain_words,
    prepared,
    progress,
)
from engage.cli.serving import check_port_is_free, serve
from engage.pqa.actions import figures as pqa
from engage.pqa.actions import heard
from engage.safe.invented import INVENTED, holds_the_demo_unasked
from engage.safe.resealing import keys_fit
from engage.safeguarding.actions import call_for_worker
from engage.settings import Settings, from_environment
from engage.shared import db, heartbeat, languages
from engage.shared.clock import LONDON, now, today
from engage.shared.errors import EngageError
from engage.shared.private import database_file
from engage.worker.starting import a_child

MAKER = "engage.cli.inventing"
COMMAND = "A command on the server"  # who did what somebody does here, in the audit and to the leads
HALF = (
    "This demo may lack something: an older version made it, or it was ended while it was made. "
    "To have a whole one, delete {place} and run this again."
)


@click.group()
@click.version_option(package_name="engage")
def main() -> None:
    """Engage: young people say it, people read it, an agency acts, the young person sees it."""


for command in safe.COMMANDS:
    main.add_command(command)


@main.command()
@click.option("--demo/--no-demo", "with_demo", default=False, help="Serve the invented demo (only this machine).")
def run(*, with_demo: bool) -> None:
    """Set everything up, then serve the pages and the worker until Ctrl-C."""
    if with_demo:
        os.environ["ENGAGE_DEMO"] = "1"
    with in_plain_words():
        first_keys()
        settings = from_environment()
        check_port_is_free(settings)
        app = prepared(settings, for_people=True)
        if settings.demo:
            with app.app_context():
                load_demo_once(settings)
        announce(app, settings)
        with app.app_context():
            db.let_go()
        sys.exit(serve(settings, work))


@main.command()
def migrate() -> None:
    """Bring the database to this version of Engage."""
    with in_plain_words():
        prepared(from_environment(), for_people=True)
        SAY.print("The database fits this version.")


@main.command("demo")
def load_demo() -> None:
    """Fill an empty database with invented surveys, answers, concerns and people."""
    os.environ["ENGAGE_DEMO"] = "1"
    with in_plain_words():
        first_keys()
        settings = from_environment()
        with prepared(settings).app_context():
            if not load_demo_once(settings):
                SAY.print("There is something in this database already, so nothing was invented.")


@main.command("worker")
def run_worker() -> None:
    """Do the work that pages want: read new answers, look for themes, freeze results."""
    work()


def work() -> None:
    """Be the worker, until somebody stops it."""
    with in_plain_words():
        worker.main(from_environment(), check=check_database)


@main.command()
@click.option("--call", is_flag=True, help="Where no worker runs, write to leads, administrators and the manager now.")
def doctor(*, call: bool) -> None:
    """Look whether everything Engage needs is there, a living worker too; ends with 1 when something is missing."""
    with in_plain_words():
        settings = from_environment()
        check_is_there(settings)
        app = create_app(settings)
        with app.app_context():
            findings = list(examine(settings))
            if call and heartbeat.trouble(now()):
                call_for_worker(now())
                db.session.commit()
                worker.send_letters(settings.post)
    for fine, words in findings:
        SAY.print(("[green]fine[/]    " if fine else "[red]missing[/] ") + words)
    sys.exit(0 if all(fine for fine, _ in findings) else 1)


@main.command("import-feedback")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="A name for where it comes from, as people will see it.")
@click.option("--text", required=True, help="The column with what people wrote.")
@click.option("--date", "day", default=None, help="The column with the day, if there is one.")
@click.option("--question", default=None, help="The column with the question asked, if there is one.")
def import_feedback(file: Path, source: str, text: str, day: str | None, question: str | None) -> None:
    """Bring a partner's feedback into the same loop: read, redacted, screened and themed like survey answers."""
    with in_plain_words(), prepared(from_environment()).app_context():
        columns = worker.Columns(text=text, date=day, question=question)
        with progress(f"Reading {file.name}") as said:
            report = worker.import_feedback(file, source=source, columns=columns, today=today(), said=said)
        SAY.print(report.in_words())
        if report.taken:
            SAY.print("The pages Reading and Themes show them under the source's name, and how far the machine is.")


@main.command("import-figures")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_figures(file: Path) -> None:
    """Load published results, with where each comes from, to show beside our own."""
    with in_plain_words(), prepared(from_environment()).app_context():
        report = pqa.import_figures(file)
        db.session.commit()
        SAY.print(report.in_words())


@main.command("import-population")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_population(file: Path) -> None:
    """Load how many children and young people of each group live here, with who published it."""
    with in_plain_words(), prepared(from_environment()).app_context():
        report = heard.import_population(file)
        db.session.commit()
        SAY.print(report.in_words("numbers of children"))


@main.group()
def staff() -> None:
    """People who work here."""


@staff.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day the role ends.")
@click.option("--agency", default="", help="The agency they work for, by its name; a partner's role needs one.")
@click.password_option()
def add_staff(email: str, name: str, agency: str, password: str, **given: Any) -> None:
    """Add somebody who may sign in, for example the first administrator."""
    role, last = Role(given["role"]), given["until"].date()
    with in_plain_words(), prepared(settings := from_environment(), for_people=True).app_context():
        check_may_sign_in(email, password, name=name.strip(), own=(agency, settings.partnership))
        agency_id = agency_named(agency).id if agency else None
        with done_by(COMMAND):
            person_id = accounts.add_person(name=name.strip(), email=email, password=password, agency_id=agency_id)
            accounts.grant_role(person_id, role=role, starts_on=today(), ends_on=last)
        db.session.commit()
        SAY.print(f"{name} may sign in as {role}{f' for {agency}' if agency else ''} until {last}.")


def load_demo_once(settings: Settings) -> bool:
    """Fill an empty database with the demo, and say whether it was; leave any other as it is.

    Raises `EngageError` where the process that makes it fails.
    """
    with db.reading():
        empty, half = demo.is_empty(), demo.may_be_half()
    if empty:
        with (
            progress("Inventing people, answers and promises (once)"),
            a_child(settings, linger=0, module=MAKER) as maker,
        ):
            failed = maker.wait() != 0
        if failed:
            raise EngageError(half_of(settings))
    elif half:
        SAY.print(half_of(settings))
    return empty


def half_of(settings: Settings) -> str:
    """Say that a demo is not whole, and how to have one that is."""
    in_a_file = database_file(settings.database_url) is not None
    return HALF.format(place=settings.folder if in_a_file else "what is in the database")


def announce(app: Flask, settings: Settings) -> None:
    """Print where things are, and for the demo who may sign in."""
    root = f"http://{settings.host}:{settings.port}"
    SAY.print(f"\n[bold]Engage[/] at {root}\n")
    for words, path in demo.ADDRESSES if settings.demo else (("Sign in", "/sign-in"),):
        SAY.print(f"  {words:<34} {root}{path}")
    if settings.demo:
        with app.app_context():
            announce_demo()
    SAY.print("\nCtrl-C ends it; what was entered is kept.\n")


def announce_demo() -> None:
    """Print the demo's sign-ins, and the four words of two invented young people."""
    SAY.print(f"\n  Everybody below is invented and signs in with: [bold]{demo.password()}[/]")
    for role, email in demo.sign_ins():
        SAY.print(f"  {role:<34} {email}")
    SAY.print("\n  Four words to type at /receipt:")
    for what, words in (("what they said came to something", "loop"), ("a message waits for them", "message")):
        SAY.print(f"  {what:<34} {demo.receipt(words)}")


def examine(settings: Settings) -> Iterator[tuple[bool, str]]:
    """Look at each thing Engage needs; give whether it is fine, and a line about it."""
    yield sys.version_info >= (3, 11), f"Python {sys.version.split()[0]} (3.11 or newer)"
    yield from examine_places(settings)
    with db.engine().connect() as connection:
        yield True, f"database answers ({connection.dialect.name})"
    fits = keys_fit()
    yield fits, "keys of this database" + ("" if fits else ": these open nothing of what it keeps sealed")
    invented = holds_the_demo_unasked()
    yield not invented, INVENTED if invented else "nobody of the demo here" if not settings.demo else "the demo"
    yield languages.compiled(), "translations compiled"
    if settings.embeddings:
        here = find_spec("sentence_transformers") is not None
        yield (
            here,
            "sentence model" + ("" if here else ": pip install 'engage[embeddings]', or unset ENGAGE_EMBEDDINGS"),
        )
    trouble = heartbeat.trouble(now())
    yield trouble is None or trouble.lives, worker_in_words(heartbeat.last_beat())
    if trouble is not None and trouble.lives and trouble.since is not None:
        yield False, f"what people wrote is not screened since {trouble.since.astimezone(LONDON):%H:%M on %d %B %Y}"
    for work in worker.stuck():
        yield False, f"work set aside: {work}"


def worker_in_words(last: datetime | None) -> str:
    """Say when a worker last looked at the clock."""
    if last is None:
        return "worker: none has run here yet. Start one with `engage worker`"
    return f"worker, last heard of at {last.astimezone(LONDON):%H:%M on %d %B %Y}"


gc.freeze()  # what is loaded by now stays: to walk through it once more at the end takes a second of every command
