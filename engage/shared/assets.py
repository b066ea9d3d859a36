"""Styles, script and mark: compressed, kept by browsers for a year, under an address that changes with the content."""

import errno
import hashlib
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import main as compress

FOLDER = Path(__file__).parent / "static"
A_YEAR = 365 * 24 * 3600
COPIES = (".br", ".gz")
NOT_OURS = (errno.EACCES, errno.EPERM, errno.EROFS)  # a service may be kept from writing to its own code


def init_app(app: Flask) -> None:
    """Serve the files before the app is asked, and name their content in every address."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(FOLDER),
        prefix="static/",
        max_age=A_YEAR,
        immutable_file_test=lambda *_: True,  # every address names its content
        allow_all_origins=False,
    )
    app.url_defaults(_name_content)


def compress_all() -> None:
    """Write compressed copies beside the files, where the folder may be written; each is there at once or not at all.

    Several processes may do it at the same time, and others may send the files meanwhile.
    """
    try:
        with TemporaryDirectory(dir=FOLDER.parent, prefix=".compressing-") as made:
            _compress_in(Path(made))
    except OSError as error:
        if error.errno not in NOT_OURS:
            raise
        # an installation of others' files: what is there is sent


def _compress_in(made: Path) -> None:
    for plain in FOLDER.iterdir():
        if plain.suffix not in COPIES:
            shutil.copy2(plain, made)
    compress(["--quiet", str(made)])
    fresh = {copy.name for copy in made.iterdir() if copy.suffix in COPIES}
    for name in sorted(fresh):
        (made / name).replace(FOLDER / name)
    for old in FOLDER.iterdir():
        if old.suffix in COPIES and old.name not in fresh:
            old.unlink(missing_ok=True)


@cache
def fingerprint(name: str) -> str:
    """Give eight letters that change with the content of a file."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:8]


def _name_content(endpoint: str, values: dict[str, str]) -> None:
    if endpoint == "static":
        values["v"] = fingerprint(values["filename"])
