"""Words that may leave: redacted, and looked at by a person."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from engage.analysis.models import ExcerptRow
from engage.shared import db


def checked_words(written_keys: Collection[bytes]) -> Mapping[bytes, str]:
    """The redacted words of these written answers, by their key; only those that a person has checked."""
    asked = select(ExcerptRow.written_key, ExcerptRow.words)
    rows = db.session.execute(asked.where(ExcerptRow.written_key.in_(written_keys), ExcerptRow.checked))
    return {key: words for key, words in rows if key and words}
