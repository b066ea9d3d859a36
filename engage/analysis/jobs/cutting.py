"""Cut a question of a frozen wave by one or two others: counted once, protected beside all that was shown before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.analysis.actions.cuts import keep_cut, refuse_cut
from engage.analysis.jobs.beside import other_ages, shown_of
from engage.analysis.jobs.counting import ANSWERED, NOT_SAID, groups_of, levels_of
from engage.analysis.jobs.labels import labels_of
from engage.analysis.jobs.results import METHOD, rule_of
from engage.analysis.method.charts import likert, pair
from engage.analysis.method.records import Axis, Protected, Rule
from engage.analysis.method.small_numbers import Table, audit, protect
from engage.analysis.queries.cuts import Asked, asked_cut
from engage.analysis.queries.worker import last_body
from engage.analysis.rules.cutting import CHANGED_SINCE, NOTHING_LEFT, OLD, TOO_FEW
from engage.shared import db
from engage.surveys.queries.cuts import Groups, cut_counts, cut_people
from engage.surveys.queries.waves import definition_of, wave_by_id
from engage.surveys.rules.definition import Definition, Item, Kind


@dataclass(frozen=True)
class Counted:
    """True counts of one question by others: who chose what, and how many people, by groups."""

    item: str
    by: tuple[str, ...]
    chose: Mapping[tuple[str, Groups], int]
    people: Mapping[Groups, int]


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


def decide(
    table: Table, rule: Rule, before: list[Protected], beside: Sequence[Protected] = ()
) -> tuple[Protected | None, str]:
    """Protect a table beside what was shown of its question, or say why it is not shown.

    It is attacked together with what stands `beside`, too: the questions that divide people in any of these tables.
    """
    try:
        safe = protect(table, rule=rule, earlier=before)
        inside = [cell for cell in safe.cells if not {None, NOT_SAID} & set(cell.at)]
        if all(cell.hidden or not cell.shown for cell in inside):
            return None, NOTHING_LEFT
        return (safe, "") if audit([*before, *beside, safe], exact=False).safe else (None, TOO_FEW)
    except ValueError:  # no true counts could have given both
        return None, CHANGED_SINCE


def table_of(counted: Counted, definition: Definition, of: str) -> Table:
    """Who chose what by one or two other answers, on its way to being protected."""
    item, several = definition.item(counted.item), definition.item(counted.item).kind is Kind.MULTIPLE
    levels = tuple(levels_of(item, dict.fromkeys((option for option, _ in counted.chose), 0)))
    cells: dict[tuple[str, ...], int] = {}
    for groups in counted.people:
        inside = levels_of(item, {option: number for (option, at), number in counted.chose.items() if at == groups})
        cells |= {(level, *_named(groups)): number for level, number in inside.items()}
    breaks = [_axis(definition, code, {at[place] for at in counted.people}) for place, code in enumerate(counted.by)]
    return Table(
        of,
        (Axis(item.code, levels), *breaks),
        cells,
        sensitive=True,  # noughts hidden as well: with many small groups, each star that means "some" adds up
        exclusive=not several,
        bases={_named(groups): number for groups, number in counted.people.items()} if several else {},
        among=((item.code, ANSWERED),),
    )


def _computed(asked: Asked) -> tuple[dict[str, Any] | None, str]:
    about = wave_by_id(asked.wave_id)
    frozen = last_body(about.id) or {"method": ""}
    if frozen["method"] != METHOD:
        return None, OLD
    definition = definition_of(about)
    chose, people = cut_counts(about.id, asked.item, asked.by), cut_people(about.id, asked.item, asked.by)
    table = table_of(Counted(asked.item, asked.by, chose, people), definition, about.code)
    own, beside = shown_of(about, asked.item, frozen, asked.by)
    safe, why = decide(table, rule_of(about), own, [*beside, *other_ages(about, asked.item)])
    return (_body(safe, definition, asked) if safe else None), why


def _named(groups: Groups) -> tuple[str, ...]:
    return tuple(group or NOT_SAID for group in groups)


def _axis(definition: Definition, code: str, found: set[str | None]) -> Axis:
    silent = (NOT_SAID,) if None in found else ()
    return Axis(code, (*(group for group in groups_of(definition, code) if group in found), *silent))


def _body(table: Protected, definition: Definition, asked: Asked) -> dict[str, Any]:
    item: Item = definition.item(asked.item)
    labels: dict[str, str] = {}
    for axis in table.axes[1:]:
        labels |= labels_of(definition, item, [Protected(table.of, (table.axes[0], axis), (), table.rule)])
    labels |= {pair(group): ", ".join(labels.get(level, level) for level in group) for group in table.groups}
    return {
        "method": METHOD,
        "words": item.words.in_("en"),
        "table": table.to_json(),
        "chart": likert(table).to_json() if table.exclusive else None,
        "labels": labels,
    }
