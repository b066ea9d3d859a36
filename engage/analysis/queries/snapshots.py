"""Frozen results of a wave, as pages may show them: protected tables, changes and charts, nothing else."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engage.analysis.method.records import Cell, Change, Chart, Proportion, Protected
from engage.analysis.models import SnapshotRow
from engage.analysis.rules.freezing import Origin, is_intact, thawed
from engage.shared import db
from engage.surveys.queries.places import Place, places


@dataclass(frozen=True)
class SnapshotLine:
    """One question of a snapshot.

    `table` counts answers, the missing codes apart in `missing`; `breaks` are the same answers by age and gender;
    `headline` is the share of the positive answers, `change` how it moved since the wave before.
    `labels` turns item, option and break codes into English words.
    """

    item: str
    words: str
    section: str
    kind: str
    series: str | None
    sensitive: bool
    table: Protected
    missing: Protected
    breaks: tuple[Protected, ...]
    headline: Proportion | None
    change: Change | None
    chart: Chart | None
    labels: dict[str, str]


@dataclass(frozen=True)
class Snapshot:
    """The results of one wave as they were frozen; `themes` counts answers by theme, `since` is the wave before."""

    id: int
    wave_code: str
    title: str
    final: bool
    origin: Origin
    responses: Cell
    since: str
    lines: tuple[SnapshotLine, ...]
    themes: Protected | None
    theme_chart: Chart | None
    labels: dict[str, str]


@dataclass(frozen=True)
class Frozen:
    """One line of the list of results: which wave, when frozen, `final` once the wave is reported."""

    wave_code: str
    title: str
    made_at: datetime
    final: bool
    sha256: str
    responses: Cell
    intact: bool = True  # False: somebody changed it in the database, so it is not shown


def frozen() -> list[Frozen]:
    """The latest results of every wave that has any, the newest wave first."""
    newest = select(func.max(SnapshotRow.id)).group_by(SnapshotRow.wave_id)
    rows = {row.wave_id: row for row in db.session.scalars(select(SnapshotRow).where(SnapshotRow.id.in_(newest)))}
    return [_frozen(rows[place.wave_id], place) for place in places() if place.wave_id in rows]


def snapshot(wave_code: str) -> Snapshot | None:
    """The latest results of a wave, or None before the worker made any. Raises `Changed`."""
    place = next((one for one in places() if one.subject == f"wave:{wave_code}"), None)
    if place is None:
        return None
    asked = select(SnapshotRow).where(SnapshotRow.wave_id == place.wave_id).order_by(SnapshotRow.id.desc()).limit(1)
    row = db.session.scalars(asked).first()
    return None if row is None else _snapshot(row, wave_code)


def reported_before(moment: datetime) -> list[int]:
    """The waves whose results became final before this moment, by id."""
    final = select(SnapshotRow.wave_id).where(SnapshotRow.final).group_by(SnapshotRow.wave_id)
    over = final.having(func.min(SnapshotRow.made_at) < moment.replace(tzinfo=None))
    return list(db.session.scalars(over.order_by(SnapshotRow.wave_id)))


def _snapshot(row: SnapshotRow, wave_code: str) -> Snapshot:
    body = thawed(row.body, row.sha256)
    return Snapshot(
        row.id, wave_code, body["title"], row.final,
        Origin(row.made_at, body["method"], body["seed"], body.get("inputs", ""), row.sha256),
        Cell.from_json(body["responses"]), body["since"], tuple(_line(line) for line in body["lines"]),
        body["themes"] and Protected.from_json(body["themes"]),
        body["theme_chart"] and Chart.from_json(body["theme_chart"]),
        body["labels"],
    )  # fmt: skip


def _frozen(row: SnapshotRow, place: Place) -> Frozen:
    code, intact = place.subject.removeprefix("wave:"), is_intact(row.body, row.sha256)
    responses = Cell.from_json(json.loads(row.body)["responses"]) if intact else Cell(("responses",), None)
    return Frozen(code, place.title, row.made_at, row.final, row.sha256, responses, intact)


def _line(kept: dict[str, Any]) -> SnapshotLine:
    return SnapshotLine(
        kept["item"], kept["words"], kept["section"], kept["kind"], kept["series"], kept["sensitive"],
        Protected.from_json(kept["table"]), Protected.from_json(kept["missing"]),
        tuple(Protected.from_json(one) for one in kept["breaks"]),
        kept["headline"] and Proportion.from_json(kept["headline"]),
        kept["change"] and Change.from_json(kept["change"]),
        kept["chart"] and Chart.from_json(kept["chart"]),
        kept["labels"],
    )  # fmt: skip
