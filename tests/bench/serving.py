"""Serve an app beside the measure, on this machine only, and send complete submissions to it."""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from engage.cli.serving import WEB
from tests.bench.table import PROJECT

TOKEN = re.compile(rb'name="?csrf_token"?[^>]*value="?([^">\s]+)')
PATIENCE = 60
# A worker forked in the moment of the signal to stop may lose it (seen in 20 of 25 starts with forks
# held up for 80 ms); the first process then waits this many seconds until it ends the worker itself.
STOPS_IN = ("--graceful-timeout", "10")


@dataclass
class Server:
    """A running server; `process` is its first process, the workers are its children."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        return sum(sum(one.cpu_times()[:2]) for one in self.everyone())

    def memory(self) -> float:
        """MiB of all its processes, shared pages counted once for each."""
        return sum(one.memory_full_info().uss for one in self.everyone()) / 2**20

    def everyone(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def served(app: str, environment: dict[str, str], folder: Path = PROJECT) -> Iterator[Server]:
    """Run gunicorn as `engage run` does, for as long as the measure lasts."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", *WEB, *STOPS_IN]
    command += ["--log-level", "critical", "--chdir", str(folder)]
    child = subprocess.Popen(command, env={**os.environ, **environment, "PYTHONPATH": str(PROJECT)})
    try:
        wait_for(port)
        yield Server(port, psutil.Process(child.pid))
    finally:
        child.terminate()
        child.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server does not answer")


@dataclass
class Load:
    """What a load came to: how many complete submissions a second, and the slow end of the posts in seconds."""

    seconds: float
    posts: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Load") -> None:
        self.seconds += other.seconds
        self.posts += other.posts
        self.failures += other.failures

    @property
    def each_second(self) -> float:
        return len(self.posts) / self.seconds

    @property
    def p95(self) -> float:
        return sorted(self.posts)[int(len(self.posts) * 0.95)] if self.posts else 0.0


def submissions(port: int, path: str, fields: list[tuple[str, str]], *, at_once: int, count: int) -> Load:
    """Send `count` complete submissions, `at_once` side by side: fresh cookies, form, all answers, to the end."""
    load = Load(0.0)
    turns = deque(range(count))  # popping from a deque is atomic
    body = urllib.parse.urlencode(fields)  # once: what it costs a phone is not the server's
    threads = [
        threading.Thread(target=_one_after_another, args=(port, path, body, turns, load)) for _ in range(at_once)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - start
    return load


def _one_after_another(port: int, path: str, body: str, turns: deque[int], load: Load) -> None:
    while True:
        try:
            turns.pop()
        except IndexError:
            return
        try:
            load.posts.append(_one(port, path, body))
        except (OSError, AssertionError, http.client.HTTPException) as error:
            load.failures.append(repr(error))


def _one(port: int, path: str, fields: str) -> float:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request("GET", path, headers={"Accept-Encoding": "br"})
    page = line.getresponse()
    sent_over = page.read()  # our token travels uncompressed, behind the rest: nothing to unpack, so nothing to pay for
    found = TOKEN.search(sent_over, max(0, sent_over.rfind(b"csrf_token") - 20))
    assert found, f"no form, status {page.status}"
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    body = f"csrf_token={urllib.parse.quote(found[1])}&{fields}"
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    start = time.perf_counter()
    line.request("POST", path, body, headers)
    sent = line.getresponse()
    sent.read()
    took = time.perf_counter() - start
    assert sent.status == http.client.SEE_OTHER, f"status {sent.status}"
    cookie = (sent.headers["Set-Cookie"] or cookie).partition(";")[0]
    line.request("GET", sent.headers["Location"], headers={"Cookie": cookie})
    thanks = line.getresponse()
    assert thanks.status == http.client.OK, f"thanks: status {thanks.status}"
    thanks.read()
    line.close()
    return took
