"""Cut a question of a frozen wave by one or two others: counted once, protected beside all that was shown before."""

from typing import Any

from engage.analysis.actions.cuts import keep_cut, refuse_cut
from engage.analysis.jobs.counting import ANSWERED, NOT_SAID, groups_of, levels_of
from engage.analysis.jobs.labels import labels_of
from engage.analysis.jobs.results import METHOD, rule_of
from engage.analysis.method.charts import likert
from engage.analysis.method.records import Axis, Protected
from engage.analysis.method.small_numbers import Table, audit, protect
from engage.analysis.queries.cuts import Asked, asked_cut, shown_cuts
from engage.analysis.queries.snapshots import line_of
from engage.analysis.queries.worker import last_body
from engage.analysis.rules.cutting import CHANGED_SINCE, NOTHING_LEFT, OLD, TOO_FEW
from engage.shared import db
from engage.surveys.queries.cuts import Groups, cut_counts, cut_people
from engage.surveys.queries.waves import definition_of, wave_by_id
from engage.surveys.rules.definition import Definition, Item, Kind


def compute_cut(subject: str) -> None:
    """Compute one cut that a reader asked for, or say in a sentence why it will not be shown. Raises `NotFound`."""
    with db.reading():
        asked = asked_cut(int(subject.removeprefix("cut:")))
        body, why = (None, "") if asked.done else _computed(asked)
    if body is not None:
        keep_cut(asked.id, body)
    elif why:
        refuse_cut(asked.id, why)
    db.session.commit()


def _computed(asked: Asked) -> tuple[dict[str, Any] | None, str]:
    about = wave_by_id(asked.wave_id)
    frozen = last_body(about.id) or {"method": ""}
    if frozen["method"] != METHOD:
        return None, OLD
    definition = definition_of(about)
    before = _shown(asked, frozen)
    try:
        table = protect(_table(asked, definition, about.code), rule=rule_of(about), earlier=before)
        why = _why_not(table, before)
    except ValueError:  # no true counts could have given both
        return None, CHANGED_SINCE
    return (None, why) if why else (_body(table, definition, asked), "")


def _why_not(table: Protected, before: list[Protected]) -> str:
    inside = [cell for cell in table.cells if not {None, NOT_SAID} & set(cell.at)]
    if all(cell.hidden or not cell.shown for cell in inside):
        return NOTHING_LEFT
    return "" if audit([*before, table]).safe else TOO_FEW


def _shown(asked: Asked, frozen: dict[str, Any]) -> list[Protected]:
    """Everything that was shown of the question so far."""
    line = next(line for line in frozen["lines"] if line["item"] == asked.item)
    cuts = (one.table for one in shown_cuts(asked.wave_id, asked.item))
    return [Protected.from_json(frozen["everyone"]), *line_of(line).tables, *cuts]


def _table(asked: Asked, definition: Definition, of: str) -> Table:
    item, wave_id = definition.item(asked.item), asked.wave_id
    found = cut_counts(wave_id, item.code, asked.by)
    people = cut_people(wave_id, item.code, asked.by)
    several = item.kind is Kind.MULTIPLE
    levels = tuple(levels_of(item, dict.fromkeys((option for option, _ in found), 0)))
    cells: dict[tuple[str, ...], int] = {}
    for groups in people:
        inside = levels_of(item, {option: number for (option, at), number in found.items() if at == groups})
        cells |= {(level, *_named(groups)): number for level, number in inside.items()}
    breaks = [_axis(definition, code, {groups[place] for groups in people}) for place, code in enumerate(asked.by)]
    return Table(
        of,
        (Axis(item.code, levels), *breaks),
        cells,
        sensitive=item.sensitive,
        exclusive=not several,
        bases={_named(groups): number for groups, number in people.items()} if several else {},
        among=((item.code, ANSWERED),),
    )


def _named(groups: Groups) -> tuple[str, ...]:
    return tuple(group or NOT_SAID for group in groups)


def _axis(definition: Definition, code: str, found: set[str | None]) -> Axis:
    return Axis(code, (*(group for group in groups_of(definition, code) if group in found), NOT_SAID))


def _body(table: Protected, definition: Definition, asked: Asked) -> dict[str, Any]:
    item: Item = definition.item(asked.item)
    labels: dict[str, str] = {}
    for axis in table.axes[1:]:
        labels |= labels_of(definition, item, [Protected(table.of, (table.axes[0], axis), (), table.rule)])
    stacked = table.exclusive and len(table.axes) == 2  # noqa: PLR2004  (answers and one break)
    return {
        "method": METHOD,
        "words": item.words.in_("en"),
        "table": table.to_json(),
        "chart": likert(table).to_json() if stacked else None,
        "labels": labels,
    }
