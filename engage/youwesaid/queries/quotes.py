"""Quotes of concerns: what staff see of them, and what the public may read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import QuoteRow


@dataclass(frozen=True)
class Quote:
    """A quote as staff see it; `words` are empty once it was taken back, `own_words` tells theirs from ours."""

    id: int
    concern_id: int
    words: str
    own_words: bool
    permission: str
    chosen_by: int
    chosen_on: date
    shown_on: date | None
    ended_on: date | None


@dataclass(frozen=True)
class Shown:
    """A quote as the public reads it; told in our words where `own_words` is False."""

    words: str
    own_words: bool


def quotes(concern_id: int) -> list[Quote]:
    """Every quote of one concern, the newest first; ask for the concern itself before."""
    rows = db.session.scalars(
        select(QuoteRow)
        .where(QuoteRow.concern_id == concern_id)
        .order_by(QuoteRow.chosen_on.desc(), QuoteRow.id.desc())
    )
    return [
        Quote(
            row.id, row.concern_id, row.words or "", row.own_words, row.permission, row.chosen_by, row.chosen_on,
            row.shown_on, row.ended_on,
        )
        for row in rows
    ]  # fmt: skip


def concern_of(quote_id: int) -> int:
    """The concern of a quote. Raises `NotFound`."""
    found = db.session.scalar(select(QuoteRow.concern_id).where(QuoteRow.id == quote_id))
    if found is None:
        raise NotFound(N_("There is no such quote."))
    return found


def shown_quotes(concern_ids: Collection[int]) -> dict[int, tuple[Shown, ...]]:
    """By concern: the quotes that two people checked and nobody took back, the first chosen first."""
    rows = db.session.execute(
        select(QuoteRow.concern_id, QuoteRow.words, QuoteRow.own_words)
        .where(QuoteRow.concern_id.in_(concern_ids), QuoteRow.shown_on.is_not(None), QuoteRow.words.is_not(None))
        .order_by(QuoteRow.id)
    ).tuples()
    found: dict[int, tuple[Shown, ...]] = {}
    for concern_id, words, own_words in rows:
        found[concern_id] = (*found.get(concern_id, ()), Shown(words or "", own_words))
    return found
