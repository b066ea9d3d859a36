"""Choose a quote, have somebody else check it, which shows it, and take it back."""

from datetime import date

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis import queries as analysis
from engage.shared import db
from engage.shared.crypto import LOST
from engage.shared.errors import NotFound, NotOpen
from engage.shared.words import N_
from engage.youwesaid.actions import concern
from engage.youwesaid.models import QuoteRow
from engage.youwesaid.rules.concerns import check_another
from engage.youwesaid.rules.quotes import NewQuote, Said, check_quote


def choose(concern_id: int, new: NewQuote, said: Said, *, by: Person, today: date) -> int:
    """Keep a quote of what was `said` for somebody else to check. Raises `NotFound`, `NotValid`."""
    check_quote(new, said)
    concern.hold(concern_id)
    row = QuoteRow(
        concern_id=concern_id, words=new.picked or new.told, own_words=new.own_words, permission=new.permission,
        base=said.base, chosen_by=by.id, chosen_on=today,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def check(quote_id: int, *, by: Person, today: date) -> None:
    """Say as a second person that it tells nobody's name or place: now it is shown. Raises `NotAllowed`, `NotOpen`."""
    row = _row(quote_id)
    if row.words is None or row.shown_on is not None:
        raise NotOpen(N_("Somebody has moved this on already: look at it again"))
    check_another(row.chosen_by, by.id)
    row.checked_by, row.shown_on = by.id, today
    note("checked a quote", f"quote {quote_id}")


def take_back(quote_id: int, *, today: date) -> None:
    """Take a quote off its page for good, when its young person or anybody asks. Raises `NotFound`, `NotOpen`."""
    row = _row(quote_id)
    if row.words is None:
        raise NotOpen(N_("It was taken back already."))
    row.words, row.ended_on = None, today
    note("took back a quote", f"quote {quote_id}")


def take_back_gone(today: date) -> int:
    """Take back their own words where no answer holds them any more: deleted, changed, redacted or forgotten."""
    theirs = select(QuoteRow).where(QuoteRow.own_words, QuoteRow.words.is_not(None)).order_by(QuoteRow.id)
    rows = [row for row in db.session.scalars(theirs) if row.words != LOST]
    there = analysis.still_said({row.words for row in rows if row.words})
    gone = [row for row in rows if row.words not in there]
    for row in gone:
        row.words, row.ended_on = None, today
        note("took back a quote that no answer holds any more", f"quote {row.id}")
    return len(gone)


def forget_quotes(before: date) -> int:
    """Empty quotes that were chosen before a day, and take them off their page; give how many."""
    old = db.session.scalars(select(QuoteRow).where(QuoteRow.chosen_on < before, QuoteRow.words.is_not(None))).all()
    for row in old:
        row.words, row.ended_on = None, before
    return len(old)


def _row(quote_id: int) -> QuoteRow:
    row = db.locked(QuoteRow, quote_id)
    if row is None:
        raise NotFound(N_("There is no such quote."))
    return row
