"""Where a sentence model placed answers before."""

from collections.abc import Collection

from sqlalchemy import select

from engage.analysis.models import MeaningRow
from engage.shared import db


def known_meanings(keys: Collection[bytes]) -> dict[bytes, str]:
    """The directions kept under these keys, at most a few hundred at a time."""
    asked = select(MeaningRow.key, MeaningRow.direction).where(MeaningRow.key.in_(list(keys))).order_by(MeaningRow.key)
    return dict(db.session.execute(asked).tuples().all())
