"""What waves of the period say: what changed, what young people wrote, what is new, and what was hidden."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.method.records import Cell, Change, Proportion, Protected
from engage.analysis.queries import Snapshot, SnapshotLine
from engage.analysis.queries.emerging import Emerging as Risen
from engage.analysis.queries.emerging import Rise as Risen1
from engage.analysis.queries.emerging import compared_waves, emerging_of
from engage.analysis.queries.quarters import EndedWave
from engage.pqa.rules.pack.charts import first_rows
from engage.pqa.rules.pack.records import (
    Changes,
    Emerging,
    Moved,
    Pulse,
    Rise,
    Said,
    Source,
    Suppressed,
    ThemeSaid,
)

MOST_THEMES = 12
MOST_DRAWN = 8
PANEL = frozenset({Role.PQA})  # what a pack may hold of what is new is what the panel may read
DECIDED = {"new": "nobody has decided yet", "confirmed": "it became a theme"}
Frozen = tuple[EndedWave, Snapshot]


def frozen_of(waves: Iterable[EndedWave]) -> list[Frozen]:
    """The waves that have frozen results, with them. Raises `Changed`."""
    found = ((one, analysis.snapshot(one.code)) for one in waves)
    return [(one, snapshot) for one, snapshot in found if snapshot is not None]


def source(one: EndedWave, snapshot: Snapshot) -> Source:
    """Say what results these are."""
    return Source(
        one.code, one.title, one.closed_on, snapshot.responses.text, one.mode, one.minimum, snapshot.origin.sha256
    )


def changes(one: EndedWave, snapshot: Snapshot) -> Changes:
    """Which headlines moved since the wave before, the largest move first."""
    every = [line for line in snapshot.lines if line.change is not None and snapshot.since]
    said = [line.change.direction for line in every if line.change]
    moved = sorted(_moved(every), key=lambda line: -abs(line.now - line.before))
    return Changes(one.title, snapshot.since, tuple(moved), said.count("no clear change"), said.count("too few to say"))


def _moved(lines: Iterable[SnapshotLine]) -> Iterator[Moved]:
    for line in lines:
        change = line.change
        if change and change.before and change.now and change.direction in {"up", "down"}:
            before, now = change.before, change.now
            yield Moved(
                line.words, change.direction, before.percent, before.likely, now.percent, now.likely, now.base
            )  # fmt: skip


def said(one: EndedWave, snapshot: Snapshot) -> Said | None:
    """What young people wrote about, the most said first; None where nothing was coded."""
    wrote = snapshot.wrote
    if wrote is None:
        return None
    table, labels = wrote.table, wrote.labels
    moves = {change.key: change for change in wrote.changes}
    shown = [(key, table.cell(key)) for key in table.axes[0].levels if not table.cell(key).hidden]
    shown.sort(key=lambda pair: (-(pair[1].shown or 0), labels.get(pair[0], pair[0])))
    lines = [_theme(labels.get(key, key), cell, table.proportion(key), moves.get(key)) for key, cell in shown]
    chart = first_rows(wrote.chart, MOST_DRAWN)
    return Said(
        one.title, table.base().text, tuple(lines[:MOST_THEMES]), len(table.axes[0].levels) - len(shown),
        _compared(snapshot, moves), chart,
        tuple(sorted((key, words) for key, words in labels.items() if key in chart.keys)),
    )  # fmt: skip


def _theme(name: str, cell: Cell, part: Proportion | None, change: Change | None) -> ThemeSaid:
    return ThemeSaid(
        name, cell.text, part.percent if part else None, part.likely if part else None, _move_words(change)
    )


def _compared(snapshot: Snapshot, moves: Mapping[str, Change]) -> str:
    if moves:
        return f"Compared with {snapshot.since}, all themes together (Benjamini-Hochberg, 5 %)."
    if not snapshot.since:
        return "No earlier wave of this survey to compare with."
    return f"Not compared with {snapshot.since}: people did not code both as fully, so a theme could rise by coding."


def _move_words(change: Change | None) -> str:
    if change is None:
        return "not compared"
    if change.before is None or change.direction == "too few to say":
        return "too few to say"
    if change.direction == "no clear change":
        return "no clear change"
    return f"{change.direction} from {change.before.percent}%"


def risen_in(one: EndedWave) -> Risen | None:
    """What rose in a wave, as the panel may read it; None where nothing was looked for. Raises `Changed`."""
    subject = f"wave:{one.code}"
    if subject not in {wave.subject for wave in compared_waves()}:
        return None
    return emerging_of(subject, PANEL)


def emerging(one: EndedWave, risen: Risen) -> Emerging:
    """What is new in a wave, in its two tiers."""
    return Emerging(
        one.title, _rises(risen.in_tier("rise")), _rises(risen.in_tier("watch")), risen.withheld, risen.note
    )


def _rises(found: Sequence[Risen1]) -> tuple[Rise, ...]:
    return tuple(Rise(one.what, one.times, DECIDED.get(one.state, one.state)) for one in found)


def pulse(one: EndedWave, snapshot: Snapshot) -> Pulse:
    """What practitioners said: each headline with its share, range, base and how it moved, or that too few answered."""
    return Pulse(one.title, snapshot.responses.text, tuple(_answered(line) for line in snapshot.lines))


def _answered(line: SnapshotLine) -> tuple[str, str]:
    share = line.headline
    if share is None:
        return line.words, f"{line.table.base().text} answered; no percentage is shown"
    moved = "" if line.change is None else f", {_move_words(line.change)}"
    return line.words, f"{share.percent}% ({share.likely[0]} to {share.likely[1]}, base {share.base}){moved}"


def suppressed(one: EndedWave, snapshot: Snapshot) -> Iterator[Suppressed]:
    """How many figures of a wave were hidden, by kind of table."""
    kinds: dict[str, list[Protected]] = {
        "answers": [line.table for line in snapshot.lines],
        "by age or gender": [table for line in snapshot.lines for table in line.breaks],
        "no answer, by why": [line.missing for line in snapshot.lines],
        "themes": [snapshot.themes] if snapshot.themes else [],
    }
    why = f"under {one.minimum}, or to protect another"
    for kind, tables in kinds.items():
        cells = [cell for table in tables for cell in table.cells]
        if cells:
            yield Suppressed(f"{one.title}: {kind}", sum(cell.hidden for cell in cells), len(cells), why)
