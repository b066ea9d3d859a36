"""Pages that anybody may open: the public list, signing up, one's own place, a group's, the adult's yes or no."""

from flask import request

from engage.forums.views import answering, certificate, changing, joining, leading, mine, public
from engage.forums.views.blueprint import pages
from engage.safeguarding.ear import listen

__all__ = ["answering", "certificate", "changing", "joining", "leading", "mine", "pages", "public"]


def _place(field: str) -> str:
    where = (request.view_args or {}).get("slug", "a place of one's own")
    return f"Forum sign-up ({where}): {field}"


listen(pages, secret=lambda: None, place=_place)
