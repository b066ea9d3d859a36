"""Frozen results of a wave, as pages may show them: protected tables, changes and charts, nothing else."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engage.analysis.method.records import Cell, Change, Chart, Proportion, Protected, Ranked
from engage.analysis.models import SnapshotRow
from engage.analysis.rules.freezing import Origin, is_intact, thawed
from engage.shared import db
from engage.surveys.queries.places import Place, places


@dataclass(frozen=True)
class SnapshotLine:
    """One question of a snapshot.

    `table` counts answers, the missing codes apart in `missing`; `breaks` are the same answers by age and gender;
    `headline` is the share of the positive answers (`positive_of`), `change` how it moved since the wave before,
    `trend` how over all waves, whose months are `waves`. `ranks` order answers of which people could give several.
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
    positive: Protected | None = None
    positive_of: tuple[str, ...] = ()
    trend: Chart | None = None
    waves: dict[str, str] = field(default_factory=dict)
    ranks: tuple[Ranked, ...] = ()
    break_charts: tuple[Chart | None, ...] = ()

    @property
    def tables(self) -> tuple[Protected, ...]:
        """Everything that is shown of the question, to be looked at together."""
        return (self.table, self.missing, *([self.positive] if self.positive else []), *self.breaks)


@dataclass(frozen=True)
class Themes:
    """What people wrote about, by theme: counts, how each moved since the wave before, and their order."""

    table: Protected
    chart: Chart
    labels: dict[str, str]
    changes: tuple[Change, ...]
    moves: Chart | None
    ranks: tuple[Ranked, ...]


@dataclass(frozen=True)
class Snapshot:
    """The results of one wave as they were frozen; `since` is the wave before."""

    id: int
    wave_code: str
    title: str
    final: bool
    origin: Origin
    responses: Cell
    since: str
    lines: tuple[SnapshotLine, ...]
    wrote: Themes | None

    @property
    def themes(self) -> Protected | None:
        """Answers by theme, None before anybody coded."""
        return self.wrote.table if self.wrote else None

    @property
    def theme_chart(self) -> Chart | None:
        """The same as a drawing."""
        return self.wrote.chart if self.wrote else None

    @property
    def labels(self) -> dict[str, str]:
        """The words of the themes."""
        return self.wrote.labels if self.wrote else {}


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
    kept = frozen_body(wave_code)
    return None if kept is None else _snapshot(*kept, wave_code)


def frozen_body(wave_code: str) -> tuple[SnapshotRow, dict[str, Any]] | None:
    """The latest results of a wave as they are kept, for queries that show a part. Raises `Changed`."""
    place = next((one for one in places() if one.subject == f"wave:{wave_code}"), None)
    if place is None:
        return None
    asked = select(SnapshotRow).where(SnapshotRow.wave_id == place.wave_id).order_by(SnapshotRow.id.desc()).limit(1)
    row = db.session.scalars(asked).first()
    return None if row is None else (row, thawed(row.body, row.sha256))


def reported_before(moment: datetime) -> list[int]:
    """The waves whose results became final before this moment, by id."""
    final = select(SnapshotRow.wave_id).where(SnapshotRow.final).group_by(SnapshotRow.wave_id)
    over = final.having(func.min(SnapshotRow.made_at) < moment.replace(tzinfo=None))
    return list(db.session.scalars(over.order_by(SnapshotRow.wave_id)))


def origin_of(row: SnapshotRow, body: dict[str, Any]) -> Origin:
    """How results were computed."""
    return Origin(row.made_at, body["method"], body["seed"], body.get("inputs", ""), row.sha256)


def _snapshot(row: SnapshotRow, body: dict[str, Any], wave_code: str) -> Snapshot:
    return Snapshot(
        row.id, wave_code, body["title"], row.final, origin_of(row, body), Cell.from_json(body["responses"]),
        body["since"], tuple(line_of(line) for line in body["lines"]), themes_of(body),
    )  # fmt: skip


def themes_of(body: dict[str, Any]) -> Themes | None:
    """What people wrote about, None before anybody coded."""
    if not body["themes"]:
        return None
    moves = body.get("theme_moves")
    return Themes(
        Protected.from_json(body["themes"]), Chart.from_json(body["theme_chart"]), body["labels"],
        tuple(Change.from_json(one) for one in body.get("theme_changes", ())), moves and Chart.from_json(moves),
        tuple(Ranked.from_json(one) for one in body.get("theme_ranks", ())),
    )  # fmt: skip


def _frozen(row: SnapshotRow, place: Place) -> Frozen:
    code, intact = place.subject.removeprefix("wave:"), is_intact(row.body, row.sha256)
    responses = Cell.from_json(json.loads(row.body)["responses"]) if intact else Cell(("responses",), None)
    return Frozen(code, place.title, row.made_at, row.final, row.sha256, responses, intact)


def tables_of(kept: dict[str, Any]) -> tuple[Protected, ...]:
    """Everything that is shown of one question of frozen results, to be looked at together; its charts stay unread."""
    good = kept.get("positive")
    shown = (kept["table"], kept["missing"], *([good] if good else []), *kept["breaks"])
    return tuple(Protected.from_json(one) for one in shown)


def line_of(kept: dict[str, Any]) -> SnapshotLine:
    """One question of frozen results; what results of old lack is empty."""
    good, trend = kept.get("positive"), kept.get("trend")
    return SnapshotLine(
        kept["item"], kept["words"], kept["section"], kept["kind"], kept["series"], kept["sensitive"],
        Protected.from_json(kept["table"]), Protected.from_json(kept["missing"]),
        tuple(Protected.from_json(one) for one in kept["breaks"]),
        kept["headline"] and Proportion.from_json(kept["headline"]),
        kept["change"] and Change.from_json(kept["change"]),
        kept["chart"] and Chart.from_json(kept["chart"]),
        kept["labels"], good and Protected.from_json(good), tuple(kept.get("positive_of", ())),
        trend and Chart.from_json(trend), kept.get("waves", {}),
        tuple(Ranked.from_json(one) for one in kept.get("ranks", ())),
        tuple(one and Chart.from_json(one) for one in kept.get("break_charts", ())),
    )  # fmt: skip
