"""Say of a theme that it was noted, and why nothing more is done about it now."""

from datetime import date

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis import queries as analysis
from engage.shared import db
from engage.shared.errors import NotValid
from engage.shared.words import N_
from engage.youwesaid.models import NotedThemeRow


def note_theme(theme_id: int, *, because: str, by: Person, today: date) -> None:
    """Note a theme in use with a reason; the last reason stands. Raises `NotFound`, `NotValid`."""
    if analysis.theme(theme_id).state != "selected":
        raise NotValid(N_("Only a theme in use can be noted."))
    if not because:
        raise NotValid(N_("Say why: young people will ask."))
    row = db.session.get(NotedThemeRow, theme_id) or NotedThemeRow(theme_id=theme_id)
    row.because, row.on, row.by = because, today, by.id
    db.session.add(row)
    note("noted a theme", f"theme {theme_id}", because)
