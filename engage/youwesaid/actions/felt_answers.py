"""Keep what young people answer to a felt-check: counted at once, and never beside who said it."""

from datetime import date

from sqlalchemy import LargeBinary, bindparam, text

from engage.shared import db
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.words import N_
from engage.youwesaid.models import FeltCheckRow
from engage.youwesaid.queries.felt_public import mark_of
from engage.youwesaid.rules.felt_check import ANSWERS

# One statement each, in words that both databases know: two taps at once are two taps, two of one receipt are one.
MARK = text(
    "INSERT INTO felt_mark (key, check_id) VALUES (:key, :check_id) ON CONFLICT (key) DO NOTHING RETURNING check_id"
).bindparams(bindparam("key", type_=LargeBinary))
ADD = text(
    """
    INSERT INTO felt_tally (check_id, channel, answer, people) VALUES (:check_id, :channel, :answer, 1)
    ON CONFLICT (check_id, channel, answer) DO UPDATE SET people = felt_tally.people + 1
    """
)


def answer_with_receipt(check_id: int, receipt_hash: bytes, answer: str, *, today: date) -> bool:
    """Count one answer of a receipt's holder; False when these words have answered.

    Raises `NotFound`, `NotOpen`, `NotValid`.
    """
    _check(check_id, answer, today)
    return _leave_mark(check_id, receipt_hash) and _add(check_id, "receipt", answer)


def answer_on_poster(check_id: int, answer: str, *, today: date) -> None:
    """Count one tap of whoever scanned a poster. Raises `NotFound`, `NotOpen`, `NotValid`."""
    _check(check_id, answer, today)
    _add(check_id, "poster", answer)


def _leave_mark(check_id: int, receipt_hash: bytes) -> bool:
    """Remember that these words have answered, with nothing of what; False when they had before."""
    mark = {"key": mark_of(check_id, receipt_hash), "check_id": check_id}
    return db.session.execute(MARK, mark).scalar() is not None


def _add(check_id: int, channel: str, answer: str) -> bool:
    db.session.execute(ADD, {"check_id": check_id, "channel": channel, "answer": answer})
    return True


def _check(check_id: int, answer: str, today: date) -> None:
    row = db.locked(FeltCheckRow, check_id)
    if row is None:
        raise NotFound(N_("There is no such question."))
    if row.reported_on is not None or row.closes_on < today:
        raise NotOpen(N_("This question is closed now. The page about it says what came of it."))
    if answer not in ANSWERS:
        raise NotValid(N_("Choose one of the four answers."))
