"""The process that makes the demo: it does by itself, and in its own memory, what a worker does elsewhere."""

import json
import sys

from engage import create_app, demo
from engage.cli.plain import in_plain_words
from engage.shared.clock import today
from engage.worker.child import run_all_wanted
from engage.worker.starting import read_settings


def main() -> None:
    """Read settings from standard input, and fill their empty database."""
    app = create_app(read_settings(json.load(sys.stdin)["settings"]))
    with in_plain_words(), app.app_context():
        demo.load(today(), work=lambda: run_all_wanted(app))


if __name__ == "__main__":
    main()
