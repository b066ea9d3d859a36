"""`python -m tests.migration "what it does"`: write the migration from the newest version to the tables of the code."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from engage import create_app
from engage.safe import versions
from tests.conftest import make_settings


def main(what: str) -> None:
    with TemporaryDirectory() as folder, create_app(make_settings(Path(folder))).app_context():
        versions.upgrade()
        versions.write(what)


if __name__ == "__main__":
    main(sys.argv[1])
