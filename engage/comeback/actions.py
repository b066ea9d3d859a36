"""Recognise a receipt, slowly for those who guess."""

from engage.comeback.queries import is_known
from engage.receipts.words import WORDS, hashed
from engage.shared import db, throttle

PURPOSE = "receipt"
MOST = 30  # wrong tries an hour from one place; a class of pupils shares one address


def recognise(typed: tuple[str, ...]) -> bytes | None:
    """Give the hash of these words, None if nobody holds them. Raises `TooMany` after too many wrong tries.

    Call it before the page's own first statement: what is counted is kept whatever the page answers.
    """
    throttle.check(PURPOSE, most=MOST)
    receipt_hash = hashed(typed)
    if len(typed) == WORDS and is_known(receipt_hash):
        return receipt_hash
    db.session.rollback()
    throttle.count(PURPOSE)
    return None


def holder(typed: tuple[str, ...]) -> bytes | None:
    """Give the hash of words that came along with a message, None if nobody holds them."""
    receipt_hash = hashed(typed)
    return receipt_hash if is_known(receipt_hash) else None
