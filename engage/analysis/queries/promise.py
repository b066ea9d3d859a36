"""What was promised to the holder of a receipt, while the wave is not reported."""

from dataclasses import dataclass
from datetime import date

from engage.shared.languages import language
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.queries.written import wave_of_receipt


@dataclass(frozen=True)
class Promise:
    """The survey a receipt belongs to, in the reader's language, and its days; `sent` is False for a draft."""

    code: str
    title: str
    sent: bool
    closes_on: date
    panel_on: date
    promised_on: date


def promise_of_receipt(receipt_hash: bytes) -> Promise | None:
    """Give what was promised; None once the tie between a receipt and its answers is cut."""
    found = wave_of_receipt(receipt_hash)
    if found is None:
        return None
    wave = wave_by_id(found[0]).in_(language())
    return Promise(wave.code, wave.title, found[1], wave.closes_on, wave.panel_on, wave.promised_on)
