"""What this visitor typed to sign up: kept on the server under a secret of their session, so that Back loses nothing.

Sending it drops the secret: whoever goes back on the same phone finds empty boxes.
"""

from secrets import token_hex

from flask import request, session
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from engage.forums.actions.drafts import forget_draft, keep_draft
from engage.forums.queries.drafts import draft
from engage.forums.rules.drafts import Draft
from engage.forums.rules.forums import Forum
from engage.forums.views import ticket
from engage.shared.clock import now
from engage.shared.crypto import keyed
from engage.shared.keeping import TYPED

BY = "typed"
OF_FORM = "csrf_token"
NOT_KEPT = (OF_FORM, "more", ticket.NAME)


def kept(forum: Forum, way: str) -> Draft | None:
    """Give what this visitor typed for one forum on one way of signing up, None where nothing is kept."""
    return draft(_key(forum, way), after=now() - TYPED) if BY in session else None


def keep(forum: Forum, way: str, *, issued: str = "", more: tuple[str, ...] = ()) -> None:
    """Keep what is in the boxes now; `more` names boxes that have to be there when the page is shown again."""
    session.setdefault(BY, token_hex(16))
    boxes = {name: value for name, value in request.form.items() if name not in NOT_KEPT}
    typed = Draft(dict.fromkeys(more, "") | boxes, issued, checked=not more)
    keep_draft(_key(forum, way), typed, at=now())


def forget(forum: Forum, way: str) -> None:
    """Forget what this visitor typed, here and for every other forum."""
    if BY in session:
        forget_draft(_key(forum, way))
        session.pop(BY)


def boxes(typed: Draft) -> MultiDict[str, str]:
    """Give the boxes as a form reads them, with this visitor's own token against forged forms."""
    return MultiDict({**typed.boxes, OF_FORM: generate_csrf()})


def _key(forum: Forum, way: str) -> bytes:
    return keyed("forum-draft", f"{session[BY]}|{forum.id}|{way}".encode())
