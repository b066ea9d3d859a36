"""The public page: requests a second of readers who have it already, and who see at once when it changes."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from dataclasses import dataclass, field

from tests.bench.serving import PATIENCE, served
from tests.bench.table import Row

AT_ONCE, COUNT, ROUNDS = 8, 800, 3
BAR = 500  # requests a second
LIST = "/you-said-we-did/"
FLOOR = "/s"  # the floor's form: a page made of one statement, with nothing to compare
ETAG = re.compile(rb"ETag: (\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What each reader asks for, and the status they should get; `have` is the validator of what they have already."""

    port: int
    path: str
    status: bytes
    have: bytes = b""

    @property
    def request(self) -> bytes:
        known = b"If-None-Match: " + self.have + b"\r\n" if self.have else b""
        return b"GET " + self.path.encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n" + known + b"\r\n"


@dataclass
class Load:
    """What many requests came to; `wrong` are the statuses nobody expected."""

    seconds: float = 0.0
    answered: int = 0
    wrong: list[bytes] = field(default_factory=list)

    @property
    def each_second(self) -> float:
        return self.answered / self.seconds


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        ours = {"ENGAGE_FOLDER": name, "ENGAGE_DEMO": "1"}
        subprocess.run([sys.executable, "-m", "engage.cli", "demo"], env={**os.environ, **ours}, check=True)
        floor_db = {"FLOOR_DB": f"sqlite:///{name}/floor.db"}
        with served("tests.bench.floor:app", floor_db) as floor, served("wsgi:app", ours) as server:
            have = _validator(server.port, LIST)
            kept, whole, least = Load(), Load(), Load()
            for _ in range(ROUNDS):  # by turns, so that a noisy minute of the machine meets all three
                _ask(Asked(floor.port, FLOOR, b"200"), least, count=COUNT)
                _ask(Asked(server.port, LIST, b"304", have), kept, count=COUNT)
                _ask(Asked(server.port, LIST, b"200"), whole, count=COUNT // 10)
    words = f"floor, one page {least.each_second:.0f}/s"
    ratio = f"{kept.each_second / least.each_second:.2f}"
    fast = kept.each_second >= BAR and not kept.wrong
    return [
        Row("public page requests a second, 8 at once", kept.each_second, "/s", f">= {BAR}", words, ratio, fast),
        Row("the same page made anew", whole.each_second, "/s", "", "", "", None),
    ]


def _validator(port: int, path: str) -> bytes:
    """What the reader has after opening the page once."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(Asked(port, path, b"200").request)
        head = _answer(line)
    found = ETAG.search(head)
    assert found, head
    return found[1]


def _ask(asked: Asked, load: Load, *, count: int) -> None:
    turns = deque(range(count))  # popping from a deque is atomic
    threads = [threading.Thread(target=_reader, args=(asked, turns, load)) for _ in range(AT_ONCE)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds += time.perf_counter() - start
    load.answered += count - len(turns)


def _reader(asked: Asked, turns: deque[int], load: Load) -> None:
    """Ask again and again on one line, as a browser or a proxy does."""
    with socket.create_connection(("127.0.0.1", asked.port), timeout=PATIENCE) as line:
        while True:
            try:
                turns.pop()
            except IndexError:
                return
            line.sendall(asked.request)
            status = _answer(line).split(b" ", 2)[1]
            if status != asked.status:
                load.wrong.append(status)


def _answer(line: socket.socket) -> bytes:
    """Read one answer whole, and give its head."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = line.recv(65536)
        assert more, "the line was closed"
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    left = (int(length[1]) if length and b" 304 " not in head[:20] else 0) - len(body)
    while left > 0:
        left -= len(line.recv(65536))
    return head
