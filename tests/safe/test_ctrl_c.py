"""Ctrl-C in a terminal reaches every process started from it: all of them end, in order and without a word."""

import contextlib
import os
import pty
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.bench.serving import free_port, wait_for

LONGEST = 30  # seconds
ASK = "INSERT INTO wanted_work (kind, subject, asked_at, progress, failed) VALUES ('dance', 'x', '2026-01-01', '', '')"


@dataclass
class Terminal:
    """A terminal in which a command runs: what it printed so far, and how it ended."""

    process: psutil.Process
    line: int
    printed: str = field(default="")

    def type_in(self, keys: bytes) -> None:
        os.write(self.line, keys)

    def close(self) -> None:
        os.close(self.line)

    def end(self) -> int:
        """Read what it still prints, and give its exit code."""
        impatient = threading.Timer(LONGEST, self.process.kill)
        impatient.start()
        with contextlib.suppress(OSError):  # so does Linux say that nobody holds the other end any more
            while read := os.read(self.line, 4096):
                self.printed += read.decode()
        code = os.waitstatus_to_exitcode(os.waitpid(self.process.pid, 0)[1])
        impatient.cancel()
        return code


@pytest.fixture
def terminal(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """A terminal in which Engage runs, its worker with a child that waits for more; a test may have it `nohup`."""
    port = free_port()
    told = {"ENGAGE_FOLDER": str(tmp_path), "PORT": str(port), "ENGAGE_DEMO": "0"}
    pid, line = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # as a shell does, whatever these tests were started by
        signal.signal(signal.SIGHUP, signal.SIG_IGN if hasattr(request, "param") else signal.SIG_DFL)
        os.execve(sys.executable, [sys.executable, "-m", "engage.cli", "run"], {**os.environ, **told})  # noqa: S606  (our own)
    opened = Terminal(psutil.Process(pid), line)
    try:
        wait_for(port)
        with closing(sqlite3.connect(tmp_path / "engage.db", timeout=LONGEST)) as connection, connection:
            connection.execute(ASK)
        wait_until(lambda: len(everyone(opened)) >= 6)  # itself, gunicorn and two of it, the worker and its child
        yield opened
    finally:
        for process in everyone(opened):
            process.kill()


def everyone(terminal: Terminal) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return [terminal.process, *terminal.process.children(recursive=True)]
    return []


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not true():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.1)


def test_who_the_others_are_forked_from_holds_no_database_open(terminal):
    assert [file.path for file in terminal.process.open_files() if ".db" in file.path] == []


def test_ctrl_c_ends_all_of_it_in_silence(terminal):
    ran = everyone(terminal)
    terminal.type_in(b"\x03")
    assert terminal.end() == 0
    assert [process for process in ran if process.is_running()] == []
    assert "Traceback" not in terminal.printed


def test_a_terminal_that_is_closed_leaves_nothing_running(terminal):
    ran = everyone(terminal)
    terminal.close()
    terminal.process.wait(LONGEST)
    assert [process for process in ran if process.is_running()] == []


@pytest.mark.parametrize("terminal", ["nohup"], indirect=True)
def test_what_was_told_to_outlive_its_terminal_does(terminal):
    ran = everyone(terminal)
    terminal.close()
    time.sleep(2)
    assert [process for process in ran if not process.is_running()] == []


def test_so_does_the_signal_of_whoever_runs_it_as_a_service(terminal):
    ran = everyone(terminal)
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.end() == 0
    assert [process for process in ran if process.is_running()] == []
    assert "Traceback" not in terminal.printed
