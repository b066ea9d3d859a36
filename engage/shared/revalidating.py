"""Public pages that browsers keep, and ask each time whether they are still the same.

The answer "still the same" costs no page: the validator is made of what the page is made of (the data's edition, the
day, the reader's language, this code), never of the finished page.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from http.client import NOT_MODIFIED
from pathlib import Path

from flask import Response, current_app, request

from engage.settings import Settings
from engage.shared.clock import today
from engage.shared.languages import FOLDER, language

HOUSE = Path(__file__).parents[1]
CODE = ("*.py", "*.html", "*.xml", "*.css", "*.js")


def revalidated(make: Callable[[], str], *stamps: object, mimetype: str = "text/html") -> Response:
    """Answer "not modified" to whoever has this page already, else make it.

    `stamps` say which data the page is made of: whenever the page would change, one of them does.
    """
    settings: Settings = current_app.extensions["settings"]
    parts = (*stamps, today(), language(), settings.partnership, settings.demo, code())
    validator = hashlib.sha256(repr(parts).encode()).hexdigest()[:20]
    if request.if_none_match.contains(validator):
        response = Response(status=NOT_MODIFIED)
    else:
        response = Response(make(), mimetype=mimetype)
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.vary.update(("Accept-Language", "Cookie"))
    response.set_etag(validator)
    return response


@cache
def code() -> str:
    """Give what changes with every file that pages are made from; read once for each process."""
    files = sorted(file for kind in CODE for file in HOUSE.rglob(kind)) + sorted(FOLDER.rglob("*.po"))
    every = hashlib.sha256()
    for file in files:
        every.update(file.read_bytes())
    return every.hexdigest()[:12]
