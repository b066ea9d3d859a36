"""Raise an alert about an answer that a reader worries about, whatever the screen said."""

from datetime import date

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis.models import ExcerptRow
from engage.analysis.queries.reading import excerpt, excerpt_row, original
from engage.safeguarding.actions import raise_alert
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared.clock import now

KIND = "a reader worries"


def raise_by_hand(excerpt_id: str, *, by: Person, today: date) -> None:
    """Put an answer before the safeguarding lead, as it was written where that is still kept. Raises `NotFound`.

    Whoever worries has read it; that nothing personal is left in it, nobody has said by that.
    """
    row, shown, written = excerpt_row(excerpt_id), excerpt(excerpt_id), original(excerpt_id)
    alert = NewAlert(
        words=written.words or shown.words, place=f"{shown.place}: {shown.question}"[:200], item=_item(row),
        kind=KIND, score=1.0, receipt_hash=written.receipt_hash,
    )  # fmt: skip
    raise_alert(alert, at=now(), again=True)
    row.flagged = True
    if row.read_on is None:
        row.read_on, row.read_by = today, by.id
    note("raised an alert by hand", f"excerpt {excerpt_id[:8]}")


def _item(row: ExcerptRow) -> str:
    return row.item if row.wave_id is not None else f"source {row.source_id} {row.key.hex()}"
