"""Who was heard in a wave, group by group, and who looks after those who were not."""

from sqlalchemy import select

from engage.accounts.queries import people
from engage.analysis.queries import Overview, snapshot
from engage.pqa.models import GapRow, PopulationRow
from engage.pqa.rules.heard import Gap, Heard, Population, hear
from engage.shared import db


def heard_in(results: Overview) -> dict[str, list[Heard]]:
    """The groups of each question about young people themselves, under its words. Raises `Changed`."""
    whole = snapshot(results.wave_code)
    here, gaps = populations(), _gaps()
    found: dict[str, list[Heard]] = {}
    for line in whole.lines if whole else ():
        if line.item in results.breaks:
            cells = {level: line.table.cell(level) for level in line.table.axes[0].levels}
            found[line.words] = hear(line.item, cells, line.labels, here.get(line.item, []), gaps)
    return found


def populations() -> dict[str, list[Population]]:
    """How many of each group live here, by the question that asks for it."""
    found: dict[str, list[Population]] = {}
    for row in db.session.scalars(select(PopulationRow).order_by(PopulationRow.item, PopulationRow.id)):
        one = Population(row.area, row.item, row.group, row.words, row.year, row.people, row.source)
        found.setdefault(row.item, []).append(one)
    return found


def _gaps() -> dict[tuple[str, str], Gap]:
    names = {person.id: person.name for person in people()}
    rows = db.session.scalars(select(GapRow).order_by(GapRow.id))
    return {(row.item, row.group): Gap(names.get(row.owner_id, "nobody now"), row.plan, row.by_when) for row in rows}
