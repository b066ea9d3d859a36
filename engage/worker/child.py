"""The child process: does all wanted work, waits a little for more, and ends, giving its memory back."""

import gc
import json
import logging
import sys
import time

from flask import Flask

from engage import create_app
from engage.analysis.jobs import KINDS, do_all
from engage.pqa.jobs import KINDS as PRINTING
from engage.worker.starting import read_settings
from engage.youwesaid.jobs import KINDS as ANSWERING

PAUSE = 1.0  # seconds between two looks


def run_all_wanted(app: Flask) -> int:
    """Do everything that is wanted in this process; gives how many pieces."""
    with app.app_context():
        return do_all({**KINDS, **ANSWERING, **PRINTING})


def main() -> None:
    """Read settings from standard input and work until nothing was wanted for a while."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    told = json.load(sys.stdin)
    app = create_app(read_settings(told["settings"]))
    gc.freeze()  # what is loaded by now stays: to walk through it once more at the end takes a second
    quiet_since = time.monotonic()
    while True:
        if run_all_wanted(app):
            quiet_since = time.monotonic()
        if time.monotonic() - quiet_since >= told["linger"]:
            break
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
