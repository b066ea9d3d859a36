"""Keep a half-done survey, and take what is sent: exactly once for each sitting."""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, or_, select, update

from engage.receipts import words
from engage.shared import db, wanted
from engage.shared.crypto import STEP, seal
from engage.shared.keeping import DRAFTS
from engage.surveys.models import ResponseRow, SittingRow, WaveRow, WrittenRow
from engage.surveys.queries.sittings import Sitting, draft, is_change
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.answers import Answer
from engage.surveys.rules.waves import Wave, check_still_linked, check_takes_answers

# A sitting is kept, or spent, only while it is not sent. Both databases read this; the words are written out because
# a library's ON CONFLICT would be put together again for each request.
SAVE = """
    INSERT INTO sitting (key, wave_id, receipt_hash, answers, saved_on, sent)
    VALUES (:key, :wave_id, :receipt_hash, :answers, :saved_on, false)
    ON CONFLICT (key) DO UPDATE SET answers = excluded.answers, saved_on = excluded.saved_on WHERE NOT sitting.sent
"""
SPEND = """
    INSERT INTO sitting (key, wave_id, receipt_hash, answers, saved_on, sent)
    VALUES (:key, :wave_id, NULL, NULL, :saved_on, true)
    ON CONFLICT (key) DO UPDATE SET receipt_hash = NULL, answers = NULL, saved_on = excluded.saved_on, sent = true
    WHERE NOT sitting.sent
"""
# The mark of a spent sitting is forgotten after a day; that its receipt is here already is known for longer.
RESPOND = """
    INSERT INTO response (key, wave_id, setting_id, language, sent_on, receipt_hash)
    VALUES (:key, :wave_id, :setting_id, :language, :sent_on, :receipt_hash) ON CONFLICT (receipt_hash) DO NOTHING
"""
# All choices of a response in one step: sixty steps would let go of Python's lock sixty times, and wait for it again.
CHOOSE = {
    "sqlite": """
        INSERT INTO answer (response_key, item, option)
        SELECT :key, key, value FROM json_each(:chosen)
    """,
    "postgresql": """
        INSERT INTO answer (response_key, item, option)
        SELECT :key, key, value FROM json_each_text(CAST(:chosen AS json))
    """,
}
WRITE = """
    INSERT INTO written (key, response_key, wave_id, item, language, words, sent_on)
    VALUES (:key, :response_key, :wave_id, :item, :language, :words, :sent_on)
"""
_quoted = lru_cache(maxsize=4096)(json.dumps)  # codes of questions and options come again and again
LONGEST_KEPT = 20_000  # characters of one box in a draft; far more than may be sent, so that nothing typed is lost


@dataclass(frozen=True)
class Sending:
    """What is sent: the answers on the path, the language they were read in, and the link they came by."""

    answers: tuple[Answer, ...]
    language: str
    setting_id: int | None


def save(*, wave: Wave, sitting: Sitting, typed: Mapping[str, list[str]], today: date, whole: bool) -> bool:
    """Keep what was typed so far, all of it or some cards; False when nothing can be kept any more."""
    known = draft(sitting.key)
    if wave.over(today) or (known and known.sent):
        return False
    kept = {} if whole or known is None else dict(known.typed)
    kept |= {name: [value[:LONGEST_KEPT] for value in values] for name, values in typed.items()}
    document = json.dumps({name: values for name, values in kept.items() if any(values)}, ensure_ascii=False)
    receipt = words.hashed(sitting.words) if known is None else None
    sealed, day = seal(document, step=STEP), db.written(today)
    return _put(SAVE, key=sitting.key, wave_id=wave.id, receipt_hash=receipt, answers=sealed, saved_on=day)


def send(*, wave: Wave, sitting: Sitting, sending: Sending, today: date) -> bool:
    """Take the answers of one sitting; False when this sitting was sent before, and then nothing is written.

    Raises `NotOpen` when the wave takes no answers today.
    """
    check_takes_answers(wave, today)
    # All that is slow comes before the database is held: the hash of the words above all.
    response = _response(wave, sending, today) | {"receipt_hash": words.hashed(sitting.words)}
    chosen = _as_one_object(_chosen(sending.answers))
    # The sitting is spent first, and only one request can spend it: this is what makes sending happen once.
    if not _put(SPEND, key=sitting.key, wave_id=wave.id, saved_on=response["sent_on"]):
        return False
    if is_change(sitting.key, response["receipt_hash"]):
        _make_room(wave, response)
    if not _put(RESPOND, **response):
        return False
    db.run(CHOOSE[db.engine().dialect.name], {"key": response["key"], "chosen": chosen})
    # Sealed only now: who waits for the database for long might seal with a key that is taken away meanwhile.
    if written := list(_written_rows(response, sending.answers)):
        db.run(WRITE, written)
        wanted.want("read", f"wave:{wave.code}")
    return True


def delete_sent(*, wave_id: int, receipt_hash: bytes) -> bool:
    """Delete what the holder of this receipt sent, for good; False when there was nothing. Raises `NotOpen`."""
    wave = wave_by_id(wave_id)
    check_still_linked(wave)
    wanted.want("read", f"wave:{wave.code}")  # the worker forgets what it made of these words
    db.session.execute(delete(SittingRow).where(SittingRow.receipt_hash == receipt_hash, ~SittingRow.sent))  # a change
    gone = delete(ResponseRow).where(ResponseRow.wave_id == wave_id, ResponseRow.receipt_hash == receipt_hash)
    return _count(gone) > 0


def delete_draft(key: bytes) -> None:
    """Delete a half-done sitting."""
    db.session.execute(delete(SittingRow).where(SittingRow.key == key, SittingRow.sent.is_(False)))


def unlink_receipts(wave_id: int) -> int:
    """Destroy which receipt each response of a wave belongs to, for good; gives how many."""
    return _count(
        update(ResponseRow)
        .where(ResponseRow.wave_id == wave_id, ResponseRow.receipt_hash.is_not(None))
        .values(receipt_hash=None)
    )


def forget_days(wave_id: int) -> None:
    """Let each answer of a wave say no more than the month it was sent in, for good: a day and a question are few."""
    for table in (ResponseRow, WrittenRow):
        for day in db.session.scalars(select(table.sent_on).where(table.wave_id == wave_id).distinct()).all():
            of_that_day = update(table).where(table.wave_id == wave_id, table.sent_on == day)
            _count(of_that_day.values(sent_on=day.replace(day=1)))


def forget_drafts(before: date) -> int:
    """Delete drafts last touched before a day, but for those of a wave that is paused; gives how many."""
    paused = select(WaveRow.id).where(WaveRow.state == "paused")
    old = delete(SittingRow).where(~SittingRow.sent, SittingRow.saved_on < before)
    return _count(old.where(SittingRow.wave_id.not_in(paused)))


def keep_until(wave_id: int, day: date) -> None:
    """Keep what a wave's pause held up over this day: until then, each draft of it counts as touched lately enough."""
    touched = day - DRAFTS
    held = update(SittingRow).where(SittingRow.wave_id == wave_id, ~SittingRow.sent, SittingRow.saved_on < touched)
    _count(held.values(saved_on=touched))


def forget_spent(before: date) -> int:
    """Delete the marks of sittings that were sent before a day; gives how many."""
    return _count(delete(SittingRow).where(SittingRow.sent, SittingRow.saved_on < before))


def forget_written(before: date, *, of_waves: Collection[int] = ()) -> int:
    """Empty what was written before a day, and all that was written in these waves; gives how many."""
    over = or_(WrittenRow.sent_on < before, WrittenRow.wave_id.in_(of_waves))
    return _count(update(WrittenRow).where(over, WrittenRow.words.is_not(None)).values(words=None))


def _response(wave: Wave, sending: Sending, today: date) -> dict[str, Any]:
    return {
        "key": secrets.token_bytes(16),
        "wave_id": wave.id,
        "setting_id": sending.setting_id,
        "language": sending.language,
        "sent_on": db.written(today),
    }


def _make_room(wave: Wave, response: dict[str, Any]) -> None:
    """Take away what these answers stand in for; where they came from stays."""
    before = ResponseRow.wave_id == wave.id, ResponseRow.receipt_hash == response["receipt_hash"]
    former = db.session.execute(select(ResponseRow.setting_id).where(*before)).first()
    if former:
        response["setting_id"] = former.setting_id
    if _count(delete(ResponseRow).where(*before)):
        wanted.want("read", f"wave:{wave.code}")  # the worker forgets what it made of the words before


def _chosen(answers: Iterable[Answer]) -> Iterable[tuple[str, str]]:
    for answer in answers:
        for option in (answer.missing,) if answer.missing else answer.options:
            yield answer.item, option


def _as_one_object(chosen: Iterable[tuple[str, str]]) -> str:
    """Write pairs as JSON in the order they are stored; a name stands as often as it was chosen."""
    pairs = (f"{_quoted(item)}:{_quoted(option)}" for item, option in sorted(chosen))
    return "{" + ",".join(pairs) + "}"


def _written_rows(response: Mapping[str, Any], answers: Iterable[Answer]) -> Iterable[dict[str, Any]]:
    for answer in answers:
        if answer.text:
            yield {
                "key": secrets.token_bytes(16),
                "response_key": response["key"],
                "wave_id": response["wave_id"],
                "item": answer.item,
                "language": response["language"],
                "words": seal(answer.text, step=STEP),
                "sent_on": response["sent_on"],
            }


def _put(statement: str, **row: object) -> bool:
    return db.run(statement, row) > 0


def _count(statement: Any) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]
