"""Which results are frozen, without opening them: for pages that only need to know whether they changed."""

from sqlalchemy import func, select

from engage.analysis.models import SnapshotRow
from engage.shared import db
from engage.surveys.queries.places import places


def frozen_stamps() -> list[tuple[str, str]]:
    """The code of every wave with results, and the fingerprint of the latest, the newest wave first."""
    newest = select(func.max(SnapshotRow.id)).group_by(SnapshotRow.wave_id)
    rows = select(SnapshotRow.wave_id, SnapshotRow.sha256).where(SnapshotRow.id.in_(newest))
    kept = dict(db.session.execute(rows.order_by(SnapshotRow.id)).tuples().all())
    found = ((place.subject.removeprefix("wave:"), kept.get(place.wave_id or 0)) for place in places())
    return [(code, sha256) for code, sha256 in found if sha256 is not None]
