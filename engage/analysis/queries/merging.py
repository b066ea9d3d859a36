"""What several age bands were asked in one quarter, counted together, as it was frozen."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engage.analysis.method.records import Cell, Chart, Protected
from engage.analysis.models import MergedRow
from engage.analysis.rules.freezing import Origin, thawed
from engage.shared import db


@dataclass(frozen=True)
class Face:
    """How one age was asked, how many of it answered, and what each of its answers counts as ("": left out)."""

    wave_code: str
    survey: str
    words: str
    answered: Cell
    rule: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MergedLine:
    """One question of all ages together, and its faces."""

    item: str
    words: str
    table: Protected
    chart: Chart
    labels: dict[str, str]
    faces: tuple[Face, ...]


@dataclass(frozen=True)
class Merged:
    """What one family of surveys said in a quarter, all ages together; `left_out` are (question, why)."""

    family: str
    quarter: str
    origin: Origin
    waves: dict[str, str]  # code to title
    lines: tuple[MergedLine, ...]
    left_out: tuple[tuple[str, str], ...]

    def line(self, item: str) -> MergedLine | None:
        """One question of it."""
        return next((one for one in self.lines if one.item == item), None)


def merged(family: str, quarter: str) -> Merged | None:
    """What a family of surveys said in a quarter, or None where it was not counted together. Raises `Changed`."""
    asked = select(MergedRow).where(MergedRow.family == family, MergedRow.quarter == quarter)
    row = db.session.scalars(asked).one_or_none()
    return None if row is None else _merged(row)


def merged_of_wave(wave_code: str) -> Merged | None:
    """What a wave was counted into together with other ages. Raises `Changed`."""
    found = (_merged(row) for row in db.session.scalars(select(MergedRow).order_by(MergedRow.id)))
    return next((one for one in found if wave_code in one.waves), None)


def _merged(row: MergedRow) -> Merged:
    body = thawed(row.body, row.sha256)
    origin = Origin(row.made_at, body["method"], body["seed"], body["inputs"], row.sha256)
    left_out = tuple((words, why) for words, why in body["left_out"])
    return Merged(row.family, row.quarter, origin, body["waves"], tuple(map(_line, body["lines"])), left_out)


def _line(kept: dict[str, Any]) -> MergedLine:
    return MergedLine(
        kept["item"], kept["words"], Protected.from_json(kept["table"]), Chart.from_json(kept["chart"]),
        kept["labels"], tuple(_face(one) for one in kept["faces"]),
    )  # fmt: skip


def _face(kept: dict[str, Any]) -> Face:
    rule = tuple((answer, to) for answer, to in kept["rule"])
    return Face(kept["wave_code"], kept["survey"], kept["words"], Cell.from_json(kept["answered"]), rule)
