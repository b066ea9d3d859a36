"""Recognise a receipt, slowly for those who guess; keep whether its holder notices what was done."""

from datetime import date

from engage.comeback.queries import is_known, story_of
from engage.receipts.words import WORDS, hashed
from engage.shared import db, throttle
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.actions.felt_answers import answer_with_receipt

PURPOSE = "receipt"
MOST = 80  # wrong tries an hour from one place: 35 pupils behind one address may each slip twice


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


def answer_felt(receipt_hash: bytes, check_id: int, answer: str, *, today: date) -> None:
    """Count one answer about a concern that this receipt fed; a second one changes nothing.

    Raises `NotFound` when it fed no concern that is asked about like this, `NotOpen`, `NotValid`.
    """
    asked = {one.check_id for one in story_of(receipt_hash, today=today).felt.values()}
    if check_id not in asked:
        raise NotFound(N_("This question is closed now, or it is not about something you said."))
    answer_with_receipt(check_id, receipt_hash, answer, today=today)
