"""Say which areas a concern is about."""

from collections.abc import Iterable

from sqlalchemy import delete

from engage.accounts.actions import note
from engage.shared import db
from engage.shared.errors import NotValid
from engage.shared.words import N_
from engage.youwesaid.actions.concern import hold
from engage.youwesaid.models import ConcernAreaRow
from engage.youwesaid.rules.areas import AREAS


def place(concern_id: int, areas: Iterable[str]) -> None:
    """Say where it is: these areas and no other, or the whole borough for none. Raises `NotFound`, `NotValid`."""
    hold(concern_id)
    named = sorted(set(areas))
    if not AREAS.keys() >= set(named):
        raise NotValid(N_("Choose areas from the list."))
    db.session.execute(delete(ConcernAreaRow).where(ConcernAreaRow.concern_id == concern_id))
    db.session.add_all(ConcernAreaRow(concern_id=concern_id, area=area) for area in named)
    note("said where a concern is", f"concern {concern_id}")
