"""Hide an answer from everybody of the agency that it is about, for good: also after the wave is reported."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from engage.analysis.models import ExcerptAboutRow, ExcerptRow
from engage.analysis.queries.hidden import WHOLE
from engage.analysis.queries.reading import original
from engage.safeguarding.queries.about import receipts_about
from engage.shared import db
from engage.surveys.queries.written import written_keys_of_receipt


def hide_answers(
    receipt_hash: bytes | None, said: Collection[str], about: Collection[int], *, no_longer: Collection[int | None] = ()
) -> int:
    """Hide all that came with a receipt from each agency it is `about`, `no_longer` from others; gives how many.

    Where no receipt leads to answers any more, or none ever did, those that say the same words are hidden.
    """
    keys = _of_receipt(receipt_hash) if receipt_hash else []
    keys = keys or _saying(frozenset(said))
    left = ExcerptAboutRow.excerpt_key.in_(keys), ExcerptAboutRow.agency_id.in_([one for one in no_longer if one])
    db.session.execute(delete(ExcerptAboutRow).where(*left))
    for agency_id in about:
        _hide(keys, agency_id)
    return len(keys)


def hide_new() -> None:
    """Hide what the worker made ready only after somebody had said whom it is about."""
    for receipt_hash, agency_id in receipts_about():
        _hide(_of_receipt(receipt_hash), agency_id)


def _hide(keys: Collection[bytes], agency_id: int) -> None:
    rows = [{"excerpt_key": key, "agency_id": agency_id} for key in keys]
    if rows:
        db.session.execute(db.insert_into(ExcerptAboutRow).on_conflict_do_nothing(), rows)
        # Not everybody sees it, so it never stands for others that say the same, and is never read with them.
        db.session.execute(update(ExcerptRow).where(ExcerptRow.key.in_(keys)).values(alike=None))


def _of_receipt(receipt_hash: bytes) -> list[bytes]:
    asked = select(ExcerptRow.key).where(ExcerptRow.written_key.in_(written_keys_of_receipt(receipt_hash)))
    return list(db.session.scalars(asked, execution_options=WHOLE))


def _saying(said: frozenset[str]) -> list[bytes]:
    worrying = select(ExcerptRow.key).where(ExcerptRow.flagged, ExcerptRow.words.is_not(None))
    keys = db.session.scalars(worrying, execution_options=WHOLE).all()
    return [key for key in keys if original(key.hex()).words in said]
