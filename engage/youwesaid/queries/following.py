"""Links of letters, made from a random key and a key outside the database; what is new for those who follow."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from sqlalchemy import func, select

from engage.shared import db
from engage.shared.crypto import keyed
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, FollowerRow
from engage.youwesaid.queries.public import public_concerns
from engage.youwesaid.rules.following import EVERYTHING, KEY_BYTES, MARK_BYTES, Opens, same


def token(opens: Opens, key: bytes) -> str:
    """Give the word in the link that opens this for the row with `key`; it is kept nowhere."""
    return urlsafe_b64encode(key + _mark(opens, key)).decode().rstrip("=")


def key_of(opens: Opens, word: str) -> bytes:
    """Give the key that a link holds. Raises `NotFound` for an altered link, without asking the database."""
    try:
        raw = urlsafe_b64decode(word.encode("ascii", "replace") + b"=" * (-len(word) % 4))
    except (Error, ValueError):
        raw = b""
    key, mark = raw[:KEY_BYTES], raw[KEY_BYTES:]
    if len(key) != KEY_BYTES or not hmac.compare_digest(mark, _mark(opens, key)):
        raise NotFound(N_("This link is not complete or was changed. Open it from the message, or copy all of it."))
    return key


def mark_of(address: str) -> bytes:
    """Give what finds an address again and tells nothing about it."""
    return keyed("follower", same(address).encode("utf-8", "replace"))


def is_waiting(key: bytes) -> bool:
    """Answer whether a link to confirm still leads somewhere."""
    return db.session.scalar(select(FollowerRow.key).where(FollowerRow.key == key)) is not None


def newest_lines() -> dict[str, int]:
    """The number of the last public line of each topic's history, and of all together."""
    newest = (
        public_concerns()
        .with_only_columns(ConcernRow.topic, func.max(ConcernHistoryRow.id))
        .join(ConcernHistoryRow, ConcernHistoryRow.concern_id == ConcernRow.id)
        .where(ConcernHistoryRow.public)
        .group_by(ConcernRow.topic)
    )
    found = dict(db.session.execute(newest).tuples().all())
    return {**found, EVERYTHING: max(found.values(), default=0)}


def _mark(opens: Opens, key: bytes) -> bytes:
    return keyed(f"follow-{opens.value}", key)[:MARK_BYTES]
