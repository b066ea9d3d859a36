"""The empty form of a forum, drawn once a day and language: drawing it anew for everybody costs most of a sign-up."""

from collections.abc import Callable
from dataclasses import replace

from flask import request, session
from flask_wtf.csrf import generate_csrf

from engage.forums.rules.forums import Forum
from engage.forums.rules.places import Taken
from engage.shared.clock import today
from engage.shared.languages import language

AT_MOST = 64
STANDS_HERE = "\x00"
OF_ONE_PERSON = ("_flashes", "_user_id")  # words for one person, or somebody of the staff: drawn for them alone
_drawn: dict[str, str] = {}


def blank(forum: Forum, draw: Callable[[], str]) -> str:
    """Give the page that `draw` draws, with this visitor's own token in it."""
    if any(name in session for name in OF_ONE_PERSON):
        return draw()
    token = generate_csrf()
    key = repr((language(), request.full_path, today(), replace(forum, taken=Taken())))
    if key not in _drawn:
        if len(_drawn) >= AT_MOST:
            _drawn.clear()
        _drawn[key] = draw().replace(token, STANDS_HERE)
    return _drawn[key].replace(STANDS_HERE, token)
