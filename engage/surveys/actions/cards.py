"""Make single-use codes for cards, let each in once, and forget them after the wave."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, insert, select, update

from engage.accounts.actions import note
from engage.shared import db
from engage.shared.errors import NotFound, NotOpen
from engage.shared.words import N_
from engage.surveys.models import CardRow, SpentCardRow, WaveRow
from engage.surveys.queries.cards import Card, card, key_of
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.waves import check_takes_answers

BATCH = 20  # used cards of one place that say so together
UNKNOWN = N_(
    "We don't know this code. Look at each letter and number. After a survey has closed its codes stop working."
)
USED = N_(
    "This code has been used already. If that was you, go on with your four words. If it wasn't, ask for another card."
)


def make_cards(wave_id: int, codes: Iterable[str], *, setting_id: int | None) -> int:
    """Keep the hashes of new codes, in the order of the hashes; gives how many."""
    rows = [
        {"key": key, "wave_id": wave_id, "setting_id": setting_id, "used": False}
        for key in sorted(key_of(code) for code in codes)
    ]
    db.session.execute(insert(CardRow), rows)
    note("made cards", f"{len(rows)} of {wave_by_id(wave_id).code}")
    return len(rows)


def use_card(code: str, *, today: date) -> Card:
    """Spend a code, once, and give its card; the answers come later, in a transaction of their own, and know no code.

    Raises `NotFound` for a code that nobody printed, `NotOpen` for a used one or a wave that takes no answers now.
    """
    found = card(code)
    if found is None:
        raise NotFound(UNKNOWN)
    check_takes_answers(wave_by_id(found.wave_id), today)
    row = db.locked(CardRow, found.key)  # held, so that no night moves it meanwhile
    if row is None or row.used or not _spend(row.key):
        raise NotOpen(USED)
    return found


def _spend(key: bytes) -> bool:
    """Note that a card was used; False if it was before."""
    spend = db.insert_into(SpentCardRow).values(key=key).on_conflict_do_nothing().returning(SpentCardRow.key)
    return db.session.scalar(spend) is not None


def mark_used_cards() -> int:
    """Let cards say that they were used, of each place where at least a batch of them were; gives how many.

    Whoever holds the backups of two nights then finds as many cards as answers that are new, never one and one.
    """
    spent = select(CardRow.key, CardRow.wave_id, CardRow.setting_id).join(SpentCardRow, SpentCardRow.key == CardRow.key)
    places: dict[tuple[int, int | None], list[bytes]] = {}
    for key, *place in db.session.execute(spent.order_by(CardRow.key).with_for_update(of=CardRow)):
        places.setdefault(tuple(place), []).append(key)
    keys = [key for place in places.values() if len(place) >= BATCH for key in place]
    _count(update(CardRow).where(CardRow.key.in_(keys)).values(used=True))
    _count(delete(SpentCardRow).where(SpentCardRow.key.in_(keys)))
    return len(keys)


def forget_cards(today: date) -> int:
    """Delete the cards of waves whose last day has passed; gives how many."""
    over = select(WaveRow.id).where(WaveRow.closes_on < today)
    return _count(delete(CardRow).where(CardRow.wave_id.in_(over)))


def _count(statement: object) -> int:
    return db.session.execute(statement.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined,no-any-return]
