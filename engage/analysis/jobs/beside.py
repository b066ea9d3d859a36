"""All that is shown already, and that whatever is shown next will be read beside."""

from collections.abc import Iterable
from typing import Any

from engage.analysis.method.records import Protected
from engage.analysis.queries.cuts import shown_cuts
from engage.analysis.queries.merging import merged_of_wave
from engage.analysis.queries.snapshots import tables_of
from engage.analysis.queries.worker import last_body
from engage.surveys.queries.waves import waves
from engage.surveys.rules.waves import Wave

Tables = list[Protected]


def shown_of(this: Wave, item: str, frozen: dict[str, Any], by: Iterable[str] = ()) -> tuple[Tables, Tables]:
    """Everything that was shown of a question so far, and of those that divide people in any of its tables."""
    lines = {line["item"]: line for line in frozen["lines"]}
    own = _shown(this, lines[item])
    dividing = {axis.code for table in own for axis in table.axes[1:]} | {*by}
    beside = [table for code, line in lines.items() if code in dividing for table in _shown(this, line)]
    return [Protected.from_json(frozen["everyone"]), *own], beside


def _shown(this: Wave, line: dict[str, Any]) -> Tables:
    return [*tables_of(line), *(one.table for one in shown_cuts(this.id, line["item"]))]


def other_ages(this: Wave, item: str) -> Tables:
    """What was shown of a question of all ages together, and of each other age that is counted in it."""
    found = merged_of_wave(this.code)
    line = found.line(item) if found else None
    if found is None or line is None:
        return []
    others = [one for one in waves() if one.code in {face.wave_code for face in line.faces} - {this.code}]
    return [line.table, *(table for one in others for table in _whole(one, item))]


def _whole(this: Wave, item: str) -> Tables:
    own, beside = shown_of(this, item, last_body(this.id) or {"lines": []})
    return [*own, *beside]
