"""Half-done surveys and what was sent, for the person who holds the phone or the four words."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, bindparam, select

from engage.receipts import words
from engage.shared import crypto, db
from engage.surveys.models import AnswerRow, ResponseRow, SittingRow, WrittenRow
from engage.surveys.queries.waves import definition_of, wave_by_id
from engage.surveys.rules.said import Said, said_in

DRAFTS = select(SittingRow.key, SittingRow.wave_id, SittingRow.answers, SittingRow.sent)
KEY_OF_CHANGE = 24  # bytes of the key say whose change it is, the rest is the number of its seed
BY_KEY = DRAFTS.where(SittingRow.key == bindparam("key"))
Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class Sitting:
    """A survey being filled in on one phone: the key of its row, and the four words that belong to it."""

    key: bytes
    words: tuple[str, ...]

    @property
    def seed(self) -> int:
        """What shuffles options and chooses rows for this sitting: unsigned, 32 bits."""
        return int.from_bytes(hashlib.sha256(b"seed" + self.key).digest()[:4], "big")


@dataclass(frozen=True)
class Draft:
    """A survey being filled in: what was typed so far; `sent` once its answers were sent."""

    key: bytes
    wave_id: int
    typed: Typed
    sent: bool


@dataclass(frozen=True)
class Sent:
    """What one person sent: item code to the options they chose or the words they wrote."""

    key: bytes
    wave_id: int
    sent_on: date
    given: Mapping[str, tuple[str, ...]]


def sitting_of(secret: str) -> Sitting:
    """Give the sitting that a phone's secret stands for; the secret itself is never stored."""
    return Sitting(crypto.keyed("sitting", secret.encode()), words.issue(secret))


def change_key(receipt_hash: bytes, number: int) -> bytes:
    """Give the key of a sitting in which the holder of a receipt changes what they sent; `number` varies its seed."""
    return crypto.keyed("change", receipt_hash)[:KEY_OF_CHANGE] + number.to_bytes(8)


def is_change(key: bytes, receipt_hash: bytes) -> bool:
    """Answer whether in the sitting with this key somebody changes what they sent under this receipt."""
    return key[:KEY_OF_CHANGE] == crypto.keyed("change", receipt_hash)[:KEY_OF_CHANGE]


def draft(key: bytes) -> Draft | None:
    """Give the sitting with this key, if something of it was saved."""
    return _draft(db.session.connection().execute(BY_KEY, {"key": key}).first())


def was_sent(wave_id: int, sitting: Sitting | None, kept: Draft | None) -> bool:
    """Answer whether a phone's sitting was sent: from there, from another phone, or where the phone never heard so.

    The mark of a spent sitting goes after a night; then its receipt tells.
    """
    if kept or sitting is None:
        return bool(kept and kept.sent)
    known = ResponseRow.receipt_hash == words.hashed(sitting.words)
    return db.session.scalar(select(ResponseRow.wave_id).where(known, ResponseRow.wave_id == wave_id)) is not None


def draft_of_receipt(wave_id: int, receipt_hash: bytes) -> Draft | None:
    """Give the half-done sitting that these four words belong to."""
    asked = DRAFTS.where(SittingRow.receipt_hash == receipt_hash, SittingRow.wave_id == wave_id)
    return _draft(db.session.execute(asked).first())


def sent_of_receipt(wave_id: int, receipt_hash: bytes) -> Sent | None:
    """Give what the holder of these words sent, until the wave is reported."""
    asked = select(ResponseRow).where(ResponseRow.receipt_hash == receipt_hash, ResponseRow.wave_id == wave_id)
    row = db.session.scalar(asked)
    if row is None:
        return None
    given: dict[str, list[str]] = {}
    chosen = select(AnswerRow.item, AnswerRow.option).where(AnswerRow.response_key == row.key)
    for item, option in db.session.execute(chosen.order_by(AnswerRow.item, AnswerRow.option)):
        given.setdefault(item, []).append(option)
    wrote = select(WrittenRow.item, WrittenRow.words).where(WrittenRow.response_key == row.key)
    for item, text in db.session.execute(wrote.order_by(WrittenRow.item)):
        given.setdefault(item, []).append(text or "")  # beside the option, where somebody chose "Other"
    return Sent(row.key, row.wave_id, row.sent_on, {item: tuple(values) for item, values in given.items()})


def answers_of_receipt(receipt_hash: bytes | None) -> list[Said]:
    """Say in English what the holder of these words sent; nothing where nobody can tell any more, or nothing came."""
    known = ResponseRow.receipt_hash == receipt_hash
    wave_id = db.session.scalar(select(ResponseRow.wave_id).where(known, ResponseRow.receipt_hash.is_not(None)))
    sent = sent_of_receipt(wave_id, receipt_hash) if wave_id and receipt_hash else None
    return said_in(definition_of(wave_by_id(sent.wave_id)), sent.given, language="en") if sent else []


def _draft(row: Row[tuple[bytes, int, str | None, bool]] | None) -> Draft | None:
    if row is None:
        return None
    key, wave_id, answers, sent = row
    return Draft(key, wave_id, json.loads(answers or "{}"), sent)
