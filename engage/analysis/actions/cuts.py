"""Ask for a cut of a question, and keep what came of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from engage.analysis.models import CutRow
from engage.analysis.queries.findings import Question
from engage.analysis.rules.cutting import cut_of
from engage.analysis.rules.freezing import fingerprint, written
from engage.shared import db, wanted
from engage.shared.clock import bare, now
from engage.surveys.queries.places import place


def ask_cut(about: Question, by: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Want a question of a frozen wave cut by others; asking twice asks once. Gives its name. Raises `NotValid`."""
    item, wanted_by = cut_of(about.line.item, by, breaks=tuple(about.all_breaks))
    wave_id = place(f"wave:{about.wave_code}").wave_id
    same = select(CutRow).where(CutRow.wave_id == wave_id, CutRow.item == item, CutRow.by == ",".join(wanted_by))
    row = db.session.scalars(same).one_or_none()
    if row is None:
        row = CutRow(wave_id=wave_id, item=item, by=",".join(wanted_by), refused="", body="", sha256="")
        db.session.add(row)
        db.session.flush()
    if not row.body and not row.refused:
        wanted.want("cut", f"cut:{row.id}")
    return item, wanted_by


def keep_cut(cut_id: int, body: dict[str, Any]) -> None:
    """Keep a cut as it is shown from now on, with its fingerprint."""
    row, text = db.session.get_one(CutRow, cut_id), written(body)
    row.body, row.sha256, row.made_at = text, fingerprint(text), bare(now())


def refuse_cut(cut_id: int, why: str) -> None:
    """Keep that a cut is not shown, and why."""
    row = db.session.get_one(CutRow, cut_id)
    row.refused, row.made_at = why, bare(now())
