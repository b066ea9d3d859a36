"""Which themes a receipt fed: before its wave is reported through its answers, afterwards by a mark of each theme.

A receipt leaves one mark a theme, made with the key outside the database. No two marks of a receipt have anything in
common, so the themes of one person cannot be laid beside the themes of one response; whoever brings the four words
makes the mark of every theme, and sees which of them are there (2026-11).
"""

from sqlalchemy import select

from engage.analysis.models import CodingRow, ExcerptRow, ThemeReceiptRow, ThemeRow
from engage.analysis.queries.themes import living
from engage.shared import crypto, db
from engage.surveys.queries.written import is_receipt, written_keys_of_receipt


def mark_of(theme_id: int, receipt_hash: bytes) -> bytes:
    """Give what a receipt leaves at a theme: nobody tells from two marks whether they are of one receipt."""
    return crypto.keyed("theme of a receipt", b"%d\0" % theme_id + receipt_hash)


def themes_of_receipt(receipt_hash: bytes) -> list[int]:
    """The themes that a receipt's holder fed, sensitive ones left out, with all that were merged into them."""
    coded = (
        select(CodingRow.theme_id)
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .where(ExcerptRow.written_key.in_(written_keys_of_receipt(receipt_hash)))
        .where(CodingRow.confirmed_by.is_not(None), ~CodingRow.refused)
    )
    rows = db.session.execute(select(ThemeRow.id, ThemeRow.sensitive).order_by(ThemeRow.id)).tuples().all()
    ends = living([theme_id for theme_id, _ in rows])
    held = {ends[theme_id] for theme_id in _reported(receipt_hash, list(ends)) | set(db.session.scalars(coded))}
    sensitive = {theme_id for theme_id, hidden in rows if hidden}
    return [theme_id for theme_id, end in ends.items() if end in held and not {theme_id, end} & sensitive]


def knows_receipt(receipt_hash: bytes) -> bool:
    """Whether these are the words of somebody's answers, or of a theme that a reported wave tied to them."""
    if is_receipt(receipt_hash):
        return True
    used = select(ThemeRow.id).where(ThemeRow.state != "candidate").order_by(ThemeRow.id)
    return bool(_reported(receipt_hash, list(db.session.scalars(used))))


def _reported(receipt_hash: bytes, theme_ids: list[int]) -> set[int]:
    """The themes among these at which a reported wave left a mark of this receipt."""
    marks = {mark_of(theme_id, receipt_hash): theme_id for theme_id in theme_ids}
    found = db.session.scalars(select(ThemeReceiptRow.mark).where(ThemeReceiptRow.mark.in_(marks)))
    return {marks[bytes(mark)] for mark in found}
