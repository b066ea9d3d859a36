"""What young people wrote in boxes, for the worker and for those who may open the original."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.shared import db
from engage.surveys.models import ResponseRow, SittingRow, WaveRow, WrittenRow


@dataclass(frozen=True)
class Written:
    """One written answer; `receipt_hash` is None once the wave was reported."""

    key: bytes
    wave_id: int
    item: str
    language: str
    words: str | None
    sent_on: date
    receipt_hash: bytes | None


def written_keys(wave_id: int) -> list[bytes]:
    """The keys of a wave's written answers that still have their words, in their own random order."""
    asked = select(WrittenRow.key).where(WrittenRow.wave_id == wave_id, WrittenRow.words.is_not(None))
    return list(db.session.scalars(asked.order_by(WrittenRow.key)))


def written_days() -> dict[bytes, date]:
    """The day of every written answer that still has its words, by its key, in waves that are not reported."""
    asked = select(WrittenRow.key, WrittenRow.sent_on).join(WaveRow, WaveRow.id == WrittenRow.wave_id)
    asked = asked.where(WaveRow.state != "reported", WrittenRow.words.is_not(None)).order_by(WrittenRow.key)
    return dict(db.session.execute(asked).tuples().all())


def written(keys: Collection[bytes]) -> list[Written]:
    """The written answers with these keys (a few hundred at a time)."""
    asked = (
        select(WrittenRow, ResponseRow.receipt_hash)
        .join(ResponseRow, ResponseRow.key == WrittenRow.response_key)
        .where(WrittenRow.key.in_(keys))
        .order_by(WrittenRow.key)
    )
    return [
        Written(row.key, row.wave_id, row.item, row.language, row.words, row.sent_on, receipt)
        for row, receipt in db.session.execute(asked)
    ]


def written_keys_of_receipt(receipt_hash: bytes) -> list[bytes]:
    """The keys of what a receipt's holder wrote, while the wave is not reported."""
    asked = select(WrittenRow.key).join(ResponseRow, ResponseRow.key == WrittenRow.response_key)
    return list(db.session.scalars(asked.where(ResponseRow.receipt_hash == receipt_hash).order_by(WrittenRow.key)))


def is_receipt(receipt_hash: bytes) -> bool:
    """Whether somebody's answers or draft are known by this receipt, while the wave is not reported."""
    sent = select(ResponseRow.wave_id).where(ResponseRow.receipt_hash == receipt_hash)
    paused = select(SittingRow.wave_id).where(SittingRow.receipt_hash == receipt_hash)
    return db.session.scalar(sent.union(paused).limit(1)) is not None


def wave_of_receipt(receipt_hash: bytes) -> tuple[int, bool] | None:
    """The wave that a receipt belongs to, and whether the answers were sent; None once the wave is reported."""
    sent = db.session.scalar(select(ResponseRow.wave_id).where(ResponseRow.receipt_hash == receipt_hash))
    if sent is not None:
        return sent, True
    paused = db.session.scalar(select(SittingRow.wave_id).where(SittingRow.receipt_hash == receipt_hash).limit(1))
    return None if paused is None else (paused, False)


def receipts_by_key(keys: Collection[bytes]) -> dict[bytes, bytes]:
    """Which receipt each of these written answers belongs to, while their waves are not reported."""
    asked = select(WrittenRow.key, ResponseRow.receipt_hash).join(
        ResponseRow, ResponseRow.key == WrittenRow.response_key
    )
    rows = db.session.execute(asked.where(WrittenRow.key.in_(keys), ResponseRow.receipt_hash.is_not(None)))
    return {key: receipt for key, receipt in rows if receipt is not None}


def receipts_of(wave_id: int) -> dict[bytes, bytes]:
    """Which receipt each written answer of a wave belongs to, while the wave is not reported."""
    asked = select(WrittenRow.key, ResponseRow.receipt_hash).join(
        ResponseRow, ResponseRow.key == WrittenRow.response_key
    )
    asked = asked.where(WrittenRow.wave_id == wave_id, ResponseRow.receipt_hash.is_not(None))
    return {key: receipt for key, receipt in db.session.execute(asked) if receipt is not None}
