"""Pages drawn once for many: drawing them anew for everybody costs most of a sign-up.

In place of one person's words stand marks, which are filled in for each of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from secrets import token_hex

from flask import g, request, session
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from engage.forums.rules.forums import Forum
from engage.forums.rules.places import Taken
from engage.shared.clock import today
from engage.shared.languages import language

AT_MOST = 128
OF_ONE_PERSON = ("_flashes", "_user_id")  # words for one person, or somebody of the staff: drawn for them alone
RANDOM = token_hex(8)  # so that nothing anybody writes looks like a mark
MARK = re.compile(f"{RANDOM}-([a-z]+)-")
OF_FORM = "form"  # the token against forged forms
Own = Mapping[str, str]
_drawn: dict[str, list[str]] = {}


def blank(forum: Forum, draw: Callable[[], str]) -> str:
    """Give the page that `draw` draws, with this visitor's own token in it."""
    return drawn((request.full_path, today(), uncounted(forum)), {}, lambda _own: draw())


def uncounted(forum: Forum) -> Forum:
    """Give a forum without what changes with every sign-up, to know its pages by."""
    return replace(forum, taken=Taken())


def drawn(key: tuple[object, ...], own: Own, draw: Callable[[Own], str], *, link: str = "") -> str:
    """Give the page that `draw` draws of marks, with `own` in their places.

    `key` is all else that the page depends on, but for the language. `link` is a word of the address that is one
    person's own: it may stand anywhere on the page.
    """
    if any(name in session for name in OF_ONE_PERSON):
        return draw(own)
    name = repr((language(), key))
    pieces = _drawn.get(name)
    if pieces is None:
        if len(_drawn) >= AT_MOST:
            _drawn.clear()
        pieces = _drawn[name] = _cut(draw({word: _mark(word) for word in own}), link)
    return _filled(pieces, {**own, "link": link})


def _mark(name: str) -> str:
    return f"{RANDOM}-{name}-"


def _cut(page: str, link: str) -> list[str]:
    """Cut a page at its marks: every second piece is the name of one."""
    of_visitor = {OF_FORM: g.get("csrf_token", ""), "link": link}
    for name, word in of_visitor.items():
        page = page.replace(word, _mark(name)) if word else page
    return MARK.split(page)


def _filled(pieces: list[str], own: Own) -> str:
    found = [*pieces]
    found[1::2] = [generate_csrf() if name == OF_FORM else escape(own[name]) for name in pieces[1::2]]
    return "".join(found)
