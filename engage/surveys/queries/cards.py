"""The codes of printed cards: known by their keyed hashes, counted, never joined to what anybody sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from engage.shared import crypto, db
from engage.surveys.models import CardRow, SpentCardRow
from engage.surveys.rules.cards import code_from


@dataclass(frozen=True)
class Card:
    """One card by its keyed hash: the wave it opens, where it was handed out, and whether it was used."""

    key: bytes
    wave_id: int
    setting_id: int | None
    used: bool


def key_of(code: str) -> bytes:
    """Give the keyed hash by which a code is recognised."""
    return crypto.keyed("card", code.encode())


def codes_of(seed: str, number: int) -> Iterator[str]:
    """Give the codes that one print makes; the seed is held by who prints them, and the key is not in the database."""
    return (code_from(crypto.keyed("card code", f"{seed}:{place}".encode())) for place in range(number))


def card(code: str) -> Card | None:
    """Give the card with this code."""
    spent = exists().where(SpentCardRow.key == CardRow.key)
    asked = select(CardRow.key, CardRow.wave_id, CardRow.setting_id, CardRow.used | spent)
    row = db.session.execute(asked.where(CardRow.key == key_of(code))).one_or_none()
    return Card(*row) if row else None


def cards_made(wave_id: int) -> tuple[int, int]:
    """How many cards a wave has, and how many were used; the second is a true count, not for showing."""
    used = func.count().filter(CardRow.used | SpentCardRow.key.is_not(None))
    every = select(func.count(), used).select_from(CardRow).outerjoin(SpentCardRow, SpentCardRow.key == CardRow.key)
    made = db.session.execute(every.where(CardRow.wave_id == wave_id)).one()
    return made[0], made[1]
