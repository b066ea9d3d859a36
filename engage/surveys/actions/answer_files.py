"""Write down who took answers away."""

from engage.accounts.actions import note
from engage.surveys.rules.answer_files.taking import Taking
from engage.surveys.rules.waves import Wave


def note_taken(wave: Wave, taking: Taking, *, rows: int) -> None:
    """Write into the audit who took which answers away, as what, and why."""
    which = "with earlier waves" if taking.earlier else "alone"
    did = "took answers away in full" if taking.in_full else "took answers away, protected"
    note(did, f"wave {wave.code} {which}, {taking.kind}, {rows} rows", taking.why)
