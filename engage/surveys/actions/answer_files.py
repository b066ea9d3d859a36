"""Write down who took answers away."""

from collections.abc import Mapping

from engage.accounts.actions import note
from engage.shared import db
from engage.surveys.models import WaveRow
from engage.surveys.rules.answer_files.taking import Taking
from engage.surveys.rules.waves import Wave


def note_taken(wave: Wave, taking: Taking, *, rows: int, marks: Mapping[int, bytes]) -> None:
    """Write into the audit who took which answers away, as what, and why; a first file's mark stays with its wave."""
    for wave_id, mark in marks.items():
        row = db.session.get_one(WaveRow, wave_id)
        row.taken_mark = row.taken_mark or mark
    which = "with earlier waves" if taking.earlier else "alone"
    did = "took answers away in full" if taking.in_full else "took answers away, protected"
    note(did, f"wave {wave.code} {which}, {taking.kind}, {rows} rows", taking.why)
