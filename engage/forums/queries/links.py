"""Links: made from a row's random key and a key outside the database, and recognised again."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from engage.forums.rules.links import KEY_BYTES, MARK_BYTES, Opens
from engage.shared.crypto import keyed
from engage.shared.errors import NotFound
from engage.shared.words import N_

ADDRESSES = {
    Opens.MINE: "/forums/mine/",
    Opens.GROUP: "/forums/group/",
    Opens.GUARDIAN: "/forums/consent/",
    Opens.PASS: "/forums/pass/",
    Opens.INVITATION: "/forums/invited/",
}


def token(opens: Opens, key: bytes) -> str:
    """Give the word in the link that opens this for the row with `key`; it is kept nowhere."""
    return urlsafe_b64encode(key + _mark(opens, key)).decode().rstrip("=")


def path(opens: Opens, key: bytes) -> str:
    """Give the address of that link, without our own name before it."""
    return ADDRESSES[opens] + token(opens, key)


def key_of(opens: Opens, word: str) -> bytes:
    """Give the key of the row that a link opens. Raises `NotFound` for an altered link, without asking the database."""
    try:
        raw = urlsafe_b64decode(word.encode("ascii", "replace") + b"=" * (-len(word) % 4))
    except (Error, ValueError):
        raw = b""
    key, mark = raw[:KEY_BYTES], raw[KEY_BYTES:]
    if len(key) != KEY_BYTES or not hmac.compare_digest(mark, _mark(opens, key)):
        raise NotFound(N_("This link is not complete or was changed. Open it from the message, or copy all of it."))
    return key


def _mark(opens: Opens, key: bytes) -> bytes:
    return keyed(f"forum-{opens.value}", key)[:MARK_BYTES]
