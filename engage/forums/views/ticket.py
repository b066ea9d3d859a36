"""A ticket from the page that checks answers: without one nothing is sent, and making them is slowed down."""

from secrets import token_hex

from flask import current_app, request
from itsdangerous import BadSignature, Signer

from engage.shared import throttle

PURPOSE = "forum ticket"
MOST = 250  # an hour from one place: a whole school shares one address
NAME = "ticket"


def issue() -> str:
    """Give a new ticket, the same for every try to send this page. Raises `TooMany`.

    Call it before the page's own first statement.
    """
    throttle.slow_down(PURPOSE, most=MOST)
    return _signer().sign(token_hex(16)).decode()


def attempt() -> bytes | None:
    """Give what is the same each time one page of answers is sent, None where we did not make the ticket."""
    try:
        return bytes.fromhex(_signer().unsign(sent()).decode())
    except BadSignature:
        return None


def sent() -> str:
    """Give the ticket as it was sent, "" for none."""
    return request.form.get(NAME, "")


def _signer() -> Signer:
    return Signer(str(current_app.config["SECRET_KEY"]), salt=PURPOSE)
