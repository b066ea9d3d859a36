"""True counts of a felt-check, for the rules that decide it: no page and no record that a page shows may hold them."""

from sqlalchemy import func, select

from engage.analysis import queries as analysis
from engage.analysis.method.records import Protected
from engage.analysis.queries.snapshots import SnapshotLine
from engage.analysis.rules.freezing import Changed
from engage.shared import db
from engage.youwesaid.models import FeltCheckRow, FeltHandsRow, FeltTallyRow
from engage.youwesaid.rules.felt_check import ANSWERS, NOBODY, SAID, Counts, weighed


def counts_by_way(row: FeltCheckRow) -> dict[str, Counts]:
    """How many said what, by each way of asking; of a wave, what its frozen results say."""
    return {
        "receipt": _tallied(row.id, "receipt"),
        "wave": _in_wave(row.wave_code, row.item),
        "forum": _hands(row.id),
        "poster": _tallied(row.id, "poster"),
    }


def weighed_of(ways: dict[str, Counts]) -> tuple[int, int]:
    """How many say it is better, and of how many, with the poster's taps weighing no more than the rest."""
    others = sum((counts for way, counts in ways.items() if way != "poster"), NOBODY)
    return weighed(others, ways["poster"])


def asks_the_same(line: SnapshotLine) -> bool:
    """Answer whether a question of a wave has the three answers of a felt-check."""
    return set(SAID) <= set(line.table.axes[0].levels)


def _tallied(check_id: int, way: str) -> Counts:
    asked = select(FeltTallyRow.answer, FeltTallyRow.people)
    rows = db.session.execute(asked.where(FeltTallyRow.check_id == check_id, FeltTallyRow.channel == way)).tuples()
    return Counts(**dict(rows.all()))


def _hands(check_id: int) -> Counts:
    sums = [func.coalesce(func.sum(getattr(FeltHandsRow, name)), 0) for name in ANSWERS]
    row = db.session.execute(select(*sums).where(FeltHandsRow.check_id == check_id)).one()
    return Counts(*(int(number) for number in row))


def _in_wave(wave_code: str, item: str) -> Counts:
    """What frozen results say; nothing where there are none yet, or somebody changed them."""
    try:
        snapshot = analysis.snapshot(wave_code) if wave_code else None
    except Changed:
        return NOBODY
    lines = snapshot.lines if snapshot else ()
    table = next((line.table for line in lines if line.item == item and asks_the_same(line)), None)
    return _counted(table) if table else NOBODY


def _counted(table: Protected) -> Counts:
    """Rounded as they are shown, the one that is hidden by what is left; where more is hidden, nothing counts.

    Leaving a hidden one out would let the others decide without it.
    """
    shown = {answer: table.cell(answer).shown for answer in SAID}
    hidden = [answer for answer, count in shown.items() if count is None]
    whole = table.base().shown
    if whole is None or shown["better"] is None or len(hidden) > 1:
        return NOBODY
    known = {answer: count for answer, count in shown.items() if count is not None}
    left = {answer: max(0, whole - sum(known.values())) for answer in hidden}
    return Counts(**known, **left)
