"""Keep where a sentence model placed answers, and forget it in time."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, update

from engage.analysis.models import MeaningRow
from engage.shared import db


def keep_meanings(found: Mapping[bytes, str], *, today: date) -> None:
    """Keep directions by their keys; one that is there already stays."""
    rows = [{"key": key, "direction": direction, "used_on": today} for key, direction in found.items()]
    if rows:
        db.session.execute(db.insert_into(MeaningRow).on_conflict_do_nothing(), rows)


def mark_used(keys: list[bytes], *, today: date) -> None:
    """Say that these were asked for today."""
    used = update(MeaningRow).where(MeaningRow.key.in_(keys)).values(used_on=today)
    db.session.execute(used.execution_options(synchronize_session=False))


def forget_meanings(before: date | None = None) -> int:
    """Delete what nobody asked for since a day, or all of it: somebody deleted their words; gives how many."""
    gone = delete(MeaningRow) if before is None else delete(MeaningRow).where(MeaningRow.used_on < before)
    return int(db.session.execute(gone.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]
