"""Serve the pages and the worker side by side, and end both in order."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

from gunicorn.app import wsgiapp

from engage.settings import Settings, WrongSettings

FORK = get_context("fork")
PATIENCE = 15  # seconds a process gets to finish what it is doing
# The app is loaded once and shared by both processes; nothing in it has met the database by then.
WEB = ("--workers", "2", "--worker-class", "gthread", "--threads", "4", "--preload", "--no-control-socket")


def check_port_is_free(settings: Settings) -> None:
    """Raise `WrongSettings` when something else listens there already."""
    with socket.socket() as line:
        if line.connect_ex((settings.host, settings.port)) == 0:
            raise WrongSettings(f"Something else uses port {settings.port}. Choose another one: PORT=8001 make run")


def serve(settings: Settings, work: Callable[[], None]) -> int:
    """Run the web server and `work`, the worker, until one ends or somebody stops them; give the exit code.

    Both are forked from here, since what they need is loaded: nothing may hold the database open by now.
    """
    os.environ |= {"ENGAGE_DEMO": "1" if settings.demo else "0", "ENGAGE_FOLDER": str(settings.folder)}
    for told in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(told) is not signal.SIG_IGN:  # nohup was asked to outlive its terminal
            signal.signal(told, lambda *_: sys.exit(0))
    processes = [FORK.Process(target=_alone, args=(each,)) for each in (partial(_serve_pages, settings), work)]
    try:
        for process in processes:
            process.start()
        while all(process.is_alive() for process in processes):
            time.sleep(0.2)
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C would leave some of it running
        end(processes)
    return 1


def end(processes: list[ForkProcess]) -> None:
    """Ask processes to finish, and wait for them; who takes too long is ended with all it started in its group."""
    begun = [process for process in processes if process.pid]
    for process in begun:
        process.terminate()
    for process in begun:
        process.join(PATIENCE)
        if process.is_alive():
            os.killpg(int(process.pid or 0), signal.SIGKILL)


def _alone(does: Callable[[], None]) -> None:
    """Run in a group of its own: so Ctrl-C and a closed terminal reach the first process alone, which ends the others.

    A web process that is told by two at once may wait for itself for good, and hold the port.
    """
    os.setpgid(0, 0)
    does()


def _serve_pages(settings: Settings) -> None:
    sys.argv = ["gunicorn", "wsgi:app", "--bind", f"{settings.host}:{settings.port}", *WEB]
    sys.argv += ["--log-level", "warning", "--chdir", str(Path(__file__).parents[2])]
    wsgiapp.run()
