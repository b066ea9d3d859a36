"""A wave of 100,000 responses, all invented: frozen in the worker, its page, its CSV, and the survey's form."""

import http.client
import os
import resource
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median

from flask import Flask

from engage import create_app
from engage.accounts.queries import people
from engage.accounts.rules import Role
from engage.analysis.jobs.results import take_snapshot
from engage.settings import from_environment, make_keys
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.rules.items import Item, Kind
from engage.surveys.rules.shipped import shipped
from tests.bench.serving import Server, served
from tests.bench.table import PROJECT, Row
from tests.people import make_person, sign_in
from tests.surveys import make_wave

MANY, AT_ONCE = 100_000, 5_000
LEFT_OUT = ("dont_know", "rather_not_say", "skipped")
TURNS, FORMS, PIECE = 15, 120, 64 * 1024
PEERS = "LimeSurvey 65 s and 925 MB, Indico 104 s and 3.5 GB"


def rows() -> list[Row]:
    """Each measure in a process of its own, so that none carries another's memory."""
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as bare:
        run("build", name)
        run("build_empty", bare)
        answers = run("count", name)[0]
        seconds, memory = run("freeze", name)
        page, size = run("page", name)
        sent, more = run("csv", name)
        full, empty = run("form", name, bare)
    frozen = f"frozen: 100,000 responses, {answers:,.0f} answers"
    return [
        Row(frozen, seconds, "CPU s", "<= 30", PEERS, "", seconds <= 30),
        Row(f"{frozen}, peak memory", memory, "MiB", "<= 1024", PEERS, "", memory <= 1024),
        Row("page of its results", page, "s", "<= 0.1", "", "", page <= 0.1),
        Row("page of its results, size", size / 1000, "kB", "<= 60", "", "", size <= 60_000),
        Row("its CSV, streamed", sent, "s", "<= 5", "LimeSurvey 65 s, Indico 210 s", "", sent <= 5),
        Row("its CSV, memory more", more, "MiB", "<= 60", "Indico 2.2 GB", "", more <= 60),
        Row(
            "survey form beside 100,000 responses", full * 1000, "ms", "<= 1.1 x empty",
            f"empty {empty * 1000:.1f} ms", f"{full / empty:.2f}", full <= 1.1 * empty,
        ),
    ]  # fmt: skip


def run(what: str, *folders: str, module: str = "hundred_thousand") -> list[float]:
    """What one measure prints, taken in a process of its own."""
    command = [sys.executable, "-m", f"tests.bench.{module}", what, *folders]
    return [float(part) for part in subprocess.check_output(command, cwd=PROJECT, text=True).split()]


@contextmanager
def app_in(folder: str) -> Iterator[Flask]:
    """An app on the database of a folder, which is made where there is none."""
    os.environ |= _ours(folder)
    if not (Path(folder) / "keys.json").exists():
        make_keys(Path(folder))
    app = create_app(from_environment())
    with app.app_context():
        db.create_tables()
        yield app


def _ours(folder: str) -> dict[str, str]:
    return {"ENGAGE_FOLDER": folder, "ENGAGE_DEMO": "1"}


def build(folder: str) -> None:
    """An open wave, and one that ended with a hundred thousand responses."""
    build_empty(folder)
    with app_in(folder):
        wave = make_wave("many")
        db.session.rollback()  # whoever reads holds the lock too
        _fill(Path(folder) / "engage.db", wave.id)
        waves.close_wave(wave.id, roles=["voice"])
        make_person(Role.PQA, name="Panel")
        db.session.commit()


def build_empty(folder: str) -> None:
    """An open wave that nobody has answered."""
    with app_in(folder):
        make_wave("youth")


def _fill(database: Path, wave_id: int) -> None:
    """Written straight into the tables, in the order of their keys: a hundred thousand forms would take an hour."""
    random = Random(5)
    items = [one for one in shipped("youth").with_modules(frozenset()).items if one.kind is not Kind.OPEN]
    keys = sorted(secrets.token_bytes(16) for _ in range(MANY))
    with sqlite3.connect(database, isolation_level=None) as line:
        for start in range(0, MANY, AT_ONCE):
            some = keys[start : start + AT_ONCE]
            line.execute("BEGIN")
            responses = ((key, wave_id, "en", today().isoformat()) for key in some)
            line.executemany("INSERT INTO response (key, wave_id, language, sent_on) VALUES (?, ?, ?, ?)", responses)
            chosen = sorted(
                (key, item.code, option) for key in some for item in items for option in _said(item, random)
            )
            line.executemany("INSERT INTO answer (response_key, item, option) VALUES (?, ?, ?)", chosen)
            line.execute("COMMIT")


def _said(item: Item, random: Random) -> list[str]:
    if item.kind in (Kind.INFORMATION, Kind.CONSENT) or random.random() < 0.1:
        return []
    if random.random() < 0.08:
        return [random.choice(LEFT_OUT)]
    plain = {Kind.AGE: [band.code for band in shipped("youth").bands], Kind.NUMBER: list(map(str, range(11)))}
    options = plain.get(item.kind, list(item.option_codes))
    many = random.randint(1, min(3, len(options))) if item.kind is Kind.MULTIPLE else 1
    return random.sample(options, many) if options else []


def count(folder: str) -> None:
    """How many answers there are."""
    with sqlite3.connect(Path(folder) / "engage.db") as line:
        print(*line.execute("SELECT count(*) FROM answer").fetchone())


def freeze(folder: str) -> None:
    """CPU seconds and peak MiB of what the worker does."""
    with app_in(folder):
        begun = time.process_time()
        take_snapshot("wave:many")
        print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _panel(app: Flask) -> dict[str, str]:
    """What a browser of somebody on the panel sends along."""
    cookie = sign_in(app.test_client(), people(Role.PQA)[0]).get_cookie("engage")
    assert cookie
    return {"Cookie": f"engage={cookie.value}"}


def page(folder: str) -> None:
    """Seconds of the page, the middle of several, and its bytes before compression."""
    with app_in(folder) as app:
        headers = _panel(app)
    with served("wsgi:app", _ours(folder)) as server:
        times, size = [], 0
        for _ in range(TURNS):
            begun = time.perf_counter()
            size = sum(len(part) for part, _ in _read(server, "/desk/results/many", headers))
            times.append(time.perf_counter() - begun)
        print(median(times), size)


def csv(folder: str) -> None:
    """Seconds from asking to the last line, and the most MiB that this took more meanwhile."""
    with app_in(folder) as app:
        headers = _panel(app)
    with served("wsgi:app", _ours(folder)) as server:
        for _ in range(TURNS):
            deque(_read(server, "/desk/results/", headers), maxlen=0)  # so that all processes are awake
        before, begun = server.memory(), time.perf_counter()
        most = max(memory for _, memory in _read(server, "/desk/results/many/files/results.csv", headers))
        print(time.perf_counter() - begun, most - before)


def _read(server: Server, path: str, headers: dict[str, str]) -> Iterator[tuple[bytes, float]]:
    """An answer in pieces, each with what the server holds in memory by then."""
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    assert answer.status == http.client.OK, answer.status
    while part := answer.read(PIECE):
        yield part, server.memory() if path.endswith(".csv") else 0.0
    line.close()


def form(folder: str, bare: str) -> None:
    """Seconds of the survey's form beside many responses and beside none, by turns."""
    with app_in(folder) as many, app_in(bare) as none:
        times: dict[Flask, list[float]] = {many: [], none: []}
        for _ in range(FORMS):
            for app in (many, none):
                begun = time.perf_counter()
                with app.app_context():
                    assert app.test_client().get("/s/youth").status_code == 200
                times[app].append(time.perf_counter() - begun)
        print(*(median(times[app][10:]) for app in (many, none)))


if __name__ == "__main__":
    {one.__name__: one for one in (build, build_empty, count, freeze, page, csv, form)}[sys.argv[1]](*sys.argv[2:])
