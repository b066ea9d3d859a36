"""Serve the pages and the worker side by side, and end both in order."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from engage.settings import Settings, WrongSettings

PATIENCE = 15  # seconds a process gets to finish what it is doing
# The app is loaded once and shared by both processes; nothing in it has met the database by then.
WEB = ("--workers", "2", "--worker-class", "gthread", "--threads", "4", "--preload", "--no-control-socket")


def check_port_is_free(settings: Settings) -> None:
    """Raise `WrongSettings` when something else listens there already."""
    with socket.socket() as line:
        if line.connect_ex((settings.host, settings.port)) == 0:
            raise WrongSettings(f"Something else uses port {settings.port}. Choose another one: PORT=8001 make run")


def serve(settings: Settings) -> int:
    """Run the web server and the worker until one ends or somebody stops them; give the exit code."""
    here = Path(__file__).parents[2]
    web = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"{settings.host}:{settings.port}", *WEB]
    web += ["--log-level", "warning", "--chdir", str(here)]
    environment = {**os.environ, "ENGAGE_DEMO": "1" if settings.demo else "0", "ENGAGE_FOLDER": str(settings.folder)}
    work = [sys.executable, "-m", "engage.cli", "worker"]
    for told in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(told) is not signal.SIG_IGN:  # nohup was asked to outlive its terminal
            signal.signal(told, lambda *_: sys.exit(0))
    # In groups of their own: so Ctrl-C and a closed terminal reach this process alone, which ends the others in order.
    # A web process that is told by two at once may wait for itself for good, and hold the port.
    processes = [subprocess.Popen(command, env=environment, process_group=0) for command in (web, work)]  # noqa: S603  (our own)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C would leave some of it running
        end(processes)
    return 1


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask processes to finish, and wait for them; who takes too long is ended with all it started in its group."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
