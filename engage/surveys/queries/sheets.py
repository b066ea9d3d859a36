"""Sheets of paper being typed in."""

import json
from dataclasses import dataclass

from sqlalchemy import func, select

from engage.shared import db
from engage.surveys.models import SheetRow
from engage.surveys.queries.sittings import Typed


@dataclass(frozen=True)
class Sheet:
    """One sheet by the number on its corner: who typed it first and what they read, nothing once it was sent."""

    number: str
    typed_by: int
    typed: Typed | None


def sheet(wave_id: int, number: str) -> Sheet | None:
    """Give the sheet with this number, if somebody has typed it."""
    row = db.session.scalar(select(SheetRow).where(SheetRow.wave_id == wave_id, SheetRow.number == number))
    return _sheet(row) if row else None


def typed_once(wave_id: int) -> list[Sheet]:
    """Every sheet that waits for a second person, by its number."""
    waits = select(SheetRow).where(SheetRow.wave_id == wave_id, SheetRow.typed.is_not(None))
    return [_sheet(row) for row in db.session.scalars(waits.order_by(func.length(SheetRow.number), SheetRow.number))]


def _sheet(row: SheetRow) -> Sheet:
    return Sheet(row.number, row.typed_by, None if row.typed is None else json.loads(row.typed))
