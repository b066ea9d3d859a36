"""What became of each theme in use: answered, on its way, noted with a reason, or nothing yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.accounts.rules import Person
from engage.analysis import queries as analysis
from engage.analysis.queries.themes import living
from engage.shared import db
from engage.youwesaid.models import ConcernThemeRow, NotedThemeRow
from engage.youwesaid.queries.desk import Concern, concerns


@dataclass(frozen=True)
class ThemeAnswer:
    """One theme in use, the concerns that answer it, and why it was noted where none does."""

    theme_id: int
    name: str
    concerns: tuple[Concern, ...]
    because: str
    noted_on: date | None

    @property
    def nothing_yet(self) -> bool:
        """True where neither a concern nor a reason stands."""
        return not self.concerns and not self.because


def theme_answers(person: Person, *, today: date) -> list[ThemeAnswer]:
    """Every theme in use with what became of it; those with nothing yet first, then by name."""
    known = {concern.id: concern for concern in concerns(person, today=today)}
    pairs = db.session.execute(select(ConcernThemeRow.theme_id, ConcernThemeRow.concern_id)).tuples().all()
    notes = {row.theme_id: row for row in db.session.scalars(select(NotedThemeRow).order_by(NotedThemeRow.on))}
    ends = living({theme for theme, _ in pairs} | set(notes))
    behind: dict[int, dict[int, Concern]] = {}  # once each, also where two of its themes became one
    for theme, concern_id in sorted(pairs):
        if concern_id in known:
            behind.setdefault(ends[theme], {})[concern_id] = known[concern_id]
    noted = {ends[theme]: row for theme, row in notes.items()}
    lines = [
        ThemeAnswer(
            theme.id, theme.name, tuple(behind.get(theme.id, {}).values()),
            noted[theme.id].because if theme.id in noted else "",
            noted[theme.id].on if theme.id in noted else None,
        )
        for theme in analysis.themes("selected")
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (not line.nothing_yet, line.name))
