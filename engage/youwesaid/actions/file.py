"""Add a picture to an action as evidence, keep it once it is clean, take it away, forget it."""

from datetime import date

from sqlalchemy import delete, func, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db, wanted
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ActionRow, EvidenceFileRow
from engage.youwesaid.rules.actions import check_yours
from engage.youwesaid.rules.files import check_room, check_takes_files, kind_of, name_of

CLEAN = "clean"  # the work the worker is asked for


def add(action_id: int, *, name: str, content: bytes, by: Person, today: date) -> int:
    """Keep a picture, sealed and closed to everybody until the worker has cleaned it.

    Raises `NotAllowed` for another agency's action, `NotOpen`, `NotValid` for what is no picture.
    """
    action = _action_of(action_id, by)
    check_takes_files(action.state)
    count = db.session.scalar(select(func.count(EvidenceFileRow.id)).where(EvidenceFileRow.action_id == action_id))
    check_room(count or 0)
    kind = kind_of(content)
    row = EvidenceFileRow(
        action_id=action_id, name=name_of(name, kind), content=content, kind=kind, size=len(content), state="waiting",
        added_by=by.id, added_on=today,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    wanted.want(CLEAN, f"file:{row.id}")
    note("added a file", f"action {action_id}")
    return row.id


def keep_clean(file_id: int, content: bytes) -> None:
    """Keep the picture made anew in place of what was sent; from now on it can be opened."""
    row = db.session.get_one(EvidenceFileRow, file_id)
    row.content, row.size, row.state = content, len(content), CLEAN


def refuse(file_id: int, why: str) -> None:
    """Drop what was sent, and say why in a sentence."""
    row = db.session.get_one(EvidenceFileRow, file_id)
    row.content, row.size, row.state, row.why = None, 0, "refused", why


def remove(file_id: int, *, by: Person) -> None:
    """Take a file away for good; the agency that added it does. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    row = db.locked(EvidenceFileRow, file_id)
    if row is None:
        raise NotFound(N_("This file has gone."))
    check_takes_files(_action_of(row.action_id, by).state)
    note("took a file away", f"action {row.action_id}")
    db.session.delete(row)


def forget_files(before: date) -> int:
    """Forget files that were added before a day; give how many."""
    gone = delete(EvidenceFileRow).where(EvidenceFileRow.added_on < before)
    return db.session.execute(gone).rowcount  # type: ignore[attr-defined, no-any-return]


def _action_of(action_id: int, by: Person) -> ActionRow:
    row = db.locked(ActionRow, action_id)
    if row is None:
        raise NotFound(N_("There is no such action, or it is another agency's."))
    check_yours(row.agency_id, by.agency_id)
    return row
