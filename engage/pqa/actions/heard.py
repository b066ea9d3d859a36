"""Load how many children live here, and name who looks after a group that was not heard."""

from datetime import date
from pathlib import Path

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.pqa.models import GapRow, PopulationRow
from engage.pqa.rules.files import Report
from engage.pqa.rules.heard import NewGap, Population, read_population
from engage.shared import db


def import_population(path: Path) -> Report:
    """Take every number of a file; a newer one of the same group takes the place of the old. Raises `NotValid`."""
    taken, skipped = 0, []
    for one in read_population(path):
        if isinstance(one, str):
            skipped.append(one)
        else:
            _keep(one)
            taken += 1
    return Report(taken, tuple(skipped))


def name_owner(item: str, group: str, new: NewGap, *, by: Person, today: date) -> None:
    """Say who looks after a gap; whoever was named before is no longer."""
    same = select(GapRow).where(GapRow.item == item, GapRow.group == group)
    row = db.session.scalars(same).one_or_none() or GapRow(item=item, group=group)
    row.owner_id, row.plan, row.by_when = new.owner_id, new.plan, new.by_when
    row.named_on, row.named_by = today, by.id
    db.session.add(row)
    note("named who looks after a gap", f"{item} {group}")


def _keep(one: Population) -> None:
    same = select(PopulationRow).where(PopulationRow.item == one.item, PopulationRow.group == one.group)
    row = db.session.scalars(same).one_or_none() or PopulationRow(item=one.item, group=one.group)
    row.area, row.words, row.year = one.area, one.words, one.year
    row.people, row.source = one.people, one.source
    db.session.add(row)
