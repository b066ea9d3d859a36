"""Serve an installation of its own, have many send their answers, and kill -9 its processes meanwhile."""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from flask import Flask

from engage import create_app
from engage.cli.serving import WEB
from engage.settings import make_keys, read_keys
from engage.shared import db
from tests.bench.serving import TOKEN, free_port, wait_for
from tests.bench.table import PROJECT
from tests.conftest import make_settings
from tests.surveys import make_wave, words_on

SURVEY = "/s/youth"
PATIENCE = 90  # seconds a phone goes on pressing Send
AGAIN = 0.05  # seconds between two presses
WORRIED_EVERY = 10
LETTERS = str.maketrans("0123456789", "pqrtvwxyzk")
FIELDS = {
    "consent": "yes", "age": "15", "lives": "live", "area_happy": "very_happy", "safe_home": "very_safe",
    "ways_to_say": "survey", "safe_school": "very_safe", "worries_exams": "always", "life_whole": "7",
}  # fmt: skip


@dataclass
class Sent:
    """What one phone sends, how often it had to, and the four words it was shown each time."""

    number: int
    cookie: str = ""  # as it was before sending
    token: str = ""
    posts: int = 0
    acknowledged: bool = False
    words: list[str] = field(default_factory=list)

    @property
    def worried(self) -> bool:
        return self.number % WORRIED_EVERY == 0

    @property
    def typed(self) -> dict[str, str]:
        said = "my stepdad hits me" if self.worried else "more lights"
        return {**FIELDS, "area_best": f"the park, says {self.name}", "area_change": f"{said}, says {self.name}"}

    @property
    def name(self) -> str:
        """The number in letters: some numbers are words of hate or of need, and raise alerts by themselves."""
        return str(self.number).translate(LETTERS)

    @property
    def body(self) -> str:
        return urllib.parse.urlencode({**self.typed, "csrf_token": self.token})


class Installation:
    """A folder with keys and a database, its web processes on one port, and its worker."""

    def __init__(self, folder: Path, *, worker: bool, database_url: str) -> None:
        self.folder, self.port, self.with_worker = folder, free_port(), worker
        self.environment = {**os.environ, "ENGAGE_FOLDER": str(folder), "ENGAGE_DEMO": "1", "PYTHONPATH": str(PROJECT)}
        self.environment |= {"ENGAGE_DATABASE_URL": database_url} if database_url else {}
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        web = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}", *WEB]
        commands = [[*web, "--log-level", "critical", "--chdir", str(PROJECT)]]
        if self.with_worker:
            commands.append([sys.executable, "-m", "engage.cli", "worker"])
        self.running = [subprocess.Popen(command, env=self.environment) for command in commands]
        wait_for(self.port)

    def kill_one_web_process(self) -> None:
        """Kill one of the two that answer; the first process starts another."""
        children = psutil.Process(self.running[0].pid).children()
        if children:
            random.choice(children).kill()

    def kill_everything(self) -> None:
        """Kill every process of it at once, as a power cut would."""
        family = [one for each in self.running for one in _family(each.pid)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        for each in self.running:
            each.wait()
        psutil.wait_procs(family, timeout=20)
        self.running = []


def _family(pid: int) -> list[psutil.Process]:
    first = psutil.Process(pid)
    return [first, *first.children(recursive=True)]


@contextmanager
def installed(folder: Path, *, worker: bool = False, database_url: str = "") -> Iterator[tuple[Installation, Flask]]:
    """Make an installation with one open wave and serve it; gives an app of the same folder to look into it.

    Its database lies in the folder, unless another one is named.
    """
    app = app_of(folder, database_url)
    with app.app_context():
        db.create_tables()
        make_wave()
        db.session.remove()
    installation = Installation(folder, worker=worker, database_url=database_url)
    installation.start()
    try:
        yield installation, app
    finally:
        installation.kill_everything()
        with app.app_context():
            db.engine().dispose()


def app_of(folder: Path, database_url: str = "") -> Flask:
    """An app with the keys of a folder, on its database or on another one."""
    keys = read_keys(make_keys(folder))
    lists = {name: tuple(keys[name]) for name in ("personal_keys", "contact_keys")}
    words = {name: str(keys[name]) for name in ("secret_key", "receipt_key")}
    url = database_url or f"sqlite:///{folder / 'engage.db'}"
    app = create_app(make_settings(folder, **lists, **words, database_url=url))
    app.config["TESTING"] = True
    return app


def send_many(port: int, numbers: range, *, at_once: int = 8) -> tuple[list[Sent], threading.Thread]:
    """Begin to have everybody send, `at_once` side by side; gives what they send, and what to wait for."""
    everybody = [Sent(number) for number in numbers]
    turns = deque(everybody)
    threads = [threading.Thread(target=_one_after_another, args=(port, turns)) for _ in range(at_once)]

    def all_of_them() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    whole = threading.Thread(target=all_of_them)
    whole.start()
    return everybody, whole


def kill_meanwhile(installation: Installation, everybody: list[Sent], sending: threading.Thread, *, seed: int) -> int:
    """Kill a web process, and later everything, at drawn moments while they send; gives how many were sent by then."""
    drawn = random.Random(seed)
    first, second = sorted(drawn.sample(range(len(everybody) // 10, len(everybody) * 8 // 10), 2))
    _wait_until_sent(first, everybody, sending)
    installation.kill_one_web_process()
    _wait_until_sent(second, everybody, sending)
    time.sleep(drawn.uniform(0, 0.03))  # at any place of a submission, not just after one
    installation.kill_everything()
    by_then = _acknowledged(everybody)
    installation.start()
    sending.join()
    return by_then


def _acknowledged(everybody: list[Sent]) -> int:
    return sum(sent.acknowledged for sent in everybody)


def _wait_until_sent(count: int, everybody: list[Sent], sending: threading.Thread) -> None:
    while sending.is_alive() and _acknowledged(everybody) < count:
        time.sleep(0.002)


def _one_after_another(port: int, turns: deque[Sent]) -> None:
    while True:
        try:
            sent = turns.popleft()
        except IndexError:
            return
        _send(port, sent)


def _send(port: int, sent: Sent) -> None:
    """Open the survey, press Send until it is taken, and once more where that was not the first time."""
    page = insist(port, "GET", SURVEY)
    sent.cookie, sent.token = page.cookie, TOKEN.search(page.body)[1].decode()  # type: ignore[index]
    while True:
        press(port, sent)
        again = sent.posts > 1 or sent.worried
        if not again or len(sent.words) > 1:
            return


def press(port: int, sent: Sent) -> None:
    """Press Send until an answer comes, and look at the four words."""
    answer = insist(port, "POST", SURVEY, sent)
    sent.acknowledged |= answer.status == http.client.SEE_OTHER
    thanks = insist(port, "GET", f"{SURVEY}/thanks", cookie=answer.cookie)
    sent.words.append(words_on(thanks.body.decode()))


@dataclass(frozen=True)
class Reply:
    status: int
    cookie: str
    body: bytes


def insist(port: int, method: str, path: str, sent: Sent | None = None, *, cookie: str = "") -> Reply:
    """Ask again and again while nobody answers, as somebody with a bad line does. Raises `TimeoutError`."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if sent:
            sent.posts += 1
        with suppress(OSError, http.client.HTTPException):
            return _ask(port, method, path, sent, cookie)
        time.sleep(AGAIN)
    raise TimeoutError(f"{path} is not answered")


def _ask(port: int, method: str, path: str, sent: Sent | None, cookie: str) -> Reply:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        headers = {"Cookie": sent.cookie if sent else cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, sent.body if sent else None, headers)
        answer = line.getresponse()
        body = answer.read()
        kept = (answer.headers["Set-Cookie"] or headers["Cookie"]).partition(";")[0]
        return Reply(answer.status, kept, body)
    finally:
        line.close()
