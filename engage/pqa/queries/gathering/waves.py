"""What waves of the period say: what changed, what young people wrote, what is new, and what was hidden."""

from collections.abc import Iterable, Iterator, Sequence

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.method.change import family
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


def said(one: EndedWave, snapshot: Snapshot, risen: Risen | None) -> Said | None:
    """What young people wrote about, the most said first; None where nothing was coded."""
    table = snapshot.themes
    if table is None:
        return None
    moves = _theme_moves(snapshot, risen)
    shown = [(key, table.cell(key)) for key in table.axes[0].levels if not table.cell(key).hidden]
    shown.sort(key=lambda pair: (-(pair[1].shown or 0), snapshot.labels.get(pair[0], pair[0])))
    lines = [_theme(key, cell, table, snapshot, moves) for key, cell in shown[:MOST_THEMES]]
    hidden = len(table.axes[0].levels) - len(shown)
    chart = first_rows(snapshot.theme_chart, MOST_DRAWN) if snapshot.theme_chart else None
    labels = {key: words for key, words in snapshot.labels.items() if chart and key in chart.keys}
    return Said(
        one.title, table.base().text, tuple(lines), hidden, _compared(snapshot, moves), chart,
        tuple(sorted(labels.items())),
    )  # fmt: skip


def _theme(key: str, cell: Cell, table: Protected, snapshot: Snapshot, moves: dict[str, Change] | None) -> ThemeSaid:
    part = table.proportion(key)
    change = "" if moves is None else _move_words(moves.get(key))
    return ThemeSaid(
        snapshot.labels.get(key, key), cell.text, part.percent if part else None, part.likely if part else None, change
    )


def _theme_moves(snapshot: Snapshot, risen: Risen | None) -> dict[str, Change] | None:
    """How themes moved since the wave before; None where people did not code both as fully."""
    if not snapshot.since or risen is None or not risen.with_codes:
        return None
    before = next((one for one in analysis.frozen() if one.title == snapshot.since and one.intact), None)
    then = analysis.snapshot(before.wave_code) if before else None
    if then is None or then.themes is None or snapshot.themes is None:
        return None
    now = snapshot.themes
    known = set(then.themes.axes[0].levels)
    pairs: dict[str, tuple[Proportion | None, Proportion | None]] = {
        key: (then.themes.proportion(key), now.proportion(key)) for key in now.axes[0].levels if key in known
    }
    return {change.key: change for change in family(pairs)}


def _compared(snapshot: Snapshot, moves: dict[str, Change] | None) -> str:
    if moves is not None:
        return f"Compared with {snapshot.since}, all themes together (Benjamini-Hochberg, 5 %)."
    if not snapshot.since:
        return "No earlier wave of this survey to compare with."
    return f"Not compared with {snapshot.since}: people did not code both as fully, so a theme could rise by coding."


def _move_words(change: Change | None) -> str:
    if change is None:
        return "not asked for before"
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
    """What practitioners said: each headline with its share, range and base."""
    lines = tuple(
        (line.words, f"{share.percent}% ({share.likely[0]} to {share.likely[1]}, base {share.base})")
        for line in snapshot.lines
        for share in [line.headline]
        if share is not None
    )
    return Pulse(one.title, snapshot.responses.text, lines)


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
