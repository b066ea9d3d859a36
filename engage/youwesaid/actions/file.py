"""Add a file to an action as evidence, take it away, forget it."""

from datetime import date

from sqlalchemy import delete

from engage.shared import db
from engage.youwesaid.models import EvidenceFileRow


def forget_files(before: date) -> int:
    """Forget files that were added before a day; give how many."""
    gone = delete(EvidenceFileRow).where(EvidenceFileRow.added_on < before)
    return db.session.execute(gone).rowcount  # type: ignore[attr-defined, no-any-return]
