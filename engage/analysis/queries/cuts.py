"""Cuts of a question by others: those asked for, those shown, those refused."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from engage.analysis.method.records import Chart, Protected
from engage.analysis.models import CutRow
from engage.analysis.rules.freezing import thawed
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.queries.places import places


@dataclass(frozen=True)
class Asked:
    """A cut as the worker needs it; `done` once it is kept or refused."""

    id: int
    wave_id: int
    item: str
    by: tuple[str, ...]
    done: bool


@dataclass(frozen=True)
class Cut:
    """A cut as it was kept: its table, its chart where there is one break, and words for all codes."""

    item: str
    by: tuple[str, ...]
    table: Protected
    chart: Chart | None
    labels: dict[str, str]


@dataclass(frozen=True)
class CutLine:
    """One cut of a question, in a list; `refused` says why it is not shown, both empty while it is computed."""

    by: tuple[str, ...]
    shown: bool
    refused: str


def asked_cut(cut_id: int) -> Asked:
    """One cut that was asked for. Raises `NotFound`."""
    row = db.session.get(CutRow, cut_id)
    if row is None:
        raise NotFound(N_("Nobody asked for this cut"))
    return Asked(row.id, row.wave_id, row.item, tuple(row.by.split(",")), bool(row.body or row.refused))


def shown_cuts(wave_id: int, item: str) -> list[Cut]:
    """The cuts of a question that are shown, in the order they were made. Raises `Changed`."""
    asked = select(CutRow).where(CutRow.wave_id == wave_id, CutRow.item == item, CutRow.body != "")
    return [_cut(row) for row in db.session.scalars(asked.order_by(CutRow.made_at, CutRow.id))]


def cut_lines(wave_code: str, item: str) -> list[CutLine]:
    """The cuts of a question that anybody asked for."""
    rows = db.session.scalars(select(CutRow).where(_of(wave_code), CutRow.item == item).order_by(CutRow.by))
    return [CutLine(tuple(row.by.split(",")), bool(row.body), row.refused) for row in rows]


def cut(wave_code: str, item: str, by: tuple[str, ...]) -> Cut | CutLine | None:
    """One cut if it is shown, else its line; None where nobody asked for it. Raises `Changed`."""
    asked = select(CutRow).where(_of(wave_code), CutRow.item == item, CutRow.by == ",".join(by))
    row = db.session.scalars(asked).one_or_none()
    if row is None:
        return None
    return _cut(row) if row.body else CutLine(by, shown=False, refused=row.refused)


def cuts_of(wave_code: str) -> list[Cut]:
    """Every cut of a wave that is shown, by question. Raises `Changed`."""
    rows = db.session.scalars(select(CutRow).where(_of(wave_code), CutRow.body != "").order_by(CutRow.item, CutRow.by))
    return [_cut(row) for row in rows]


def _of(wave_code: str) -> ColumnElement[bool]:
    wave_id = next((one.wave_id for one in places() if one.subject == f"wave:{wave_code}"), None)
    return CutRow.wave_id == wave_id


def _cut(row: CutRow) -> Cut:
    body = thawed(row.body, row.sha256)
    chart = body["chart"]
    return Cut(
        row.item, tuple(row.by.split(",")), Protected.from_json(body["table"]),
        chart and Chart.from_json(chart), body["labels"],
    )  # fmt: skip
