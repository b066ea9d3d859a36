"""The fingerprint of all that is frozen of a wave, so that what was made of it is known to be of today."""

from sqlalchemy import select

from engage.analysis.models import CutRow, SnapshotRow
from engage.analysis.queries.merging import merged_of_wave
from engage.analysis.rules.freezing import fingerprint_of
from engage.shared import db
from engage.surveys.queries.places import place


def mark_of_results(wave_code: str) -> str | None:
    """Give one fingerprint for results, cuts and what is counted together with other ages; None before any results.

    Raises `NotFound`, `Changed`.
    """
    wave_id = place(f"wave:{wave_code}").wave_id
    newest = select(SnapshotRow.sha256).where(SnapshotRow.wave_id == wave_id).order_by(SnapshotRow.id.desc()).limit(1)
    results = db.session.scalar(newest)
    if results is None:
        return None
    cuts = select(CutRow.sha256).where(CutRow.wave_id == wave_id, CutRow.body != "").order_by(CutRow.item, CutRow.by)
    ages = merged_of_wave(wave_code)
    return fingerprint_of([results, list(db.session.scalars(cuts)), ages.origin.sha256 if ages else ""])
