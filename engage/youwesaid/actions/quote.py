"""Choose a quote, have somebody else check it, show it, take it back."""

from datetime import date

from sqlalchemy import select

from engage.shared import db
from engage.youwesaid.models import QuoteRow


def forget_quotes(before: date) -> int:
    """Empty quotes that were chosen before a day, and take them off their page; give how many."""
    old = db.session.scalars(select(QuoteRow).where(QuoteRow.chosen_on < before, QuoteRow.words.is_not(None))).all()
    for row in old:
        row.words, row.ended_on = None, row.ended_on or before
    return len(old)
