"""Files of evidence: which an action has, and one to open, for those who may see the action."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import EvidenceFileRow
from engage.youwesaid.queries.actions import seen_by


@dataclass(frozen=True)
class FileLine:
    """A file as a line of its action: `state` is waiting, clean (it can be opened) or refused, and `why`."""

    id: int
    name: str
    size: int
    state: str
    why: str
    added_on: date


@dataclass(frozen=True)
class File:
    """A file with its content; `kind` is png or jpeg."""

    id: int
    name: str
    kind: str
    content: bytes


def files(action_id: int) -> list[FileLine]:
    """Every file of an action, the first one first; ask for the action itself before, which says who may see it."""
    columns = (EvidenceFileRow.name, EvidenceFileRow.size, EvidenceFileRow.state, EvidenceFileRow.why)
    rows = db.session.execute(
        select(EvidenceFileRow.id, *columns, EvidenceFileRow.added_on)
        .where(EvidenceFileRow.action_id == action_id)
        .order_by(EvidenceFileRow.id)
    )
    return [FileLine(file_id, name or "", *rest) for file_id, name, *rest in rows]


def clean_file(file_id: int, person: Person) -> File:
    """One file that is clean, of an action this person may see. Raises `NotFound` otherwise."""
    seen = EvidenceFileRow.action_id.in_(seen_by(person))
    row = db.session.scalars(
        select(EvidenceFileRow).where(EvidenceFileRow.id == file_id, EvidenceFileRow.state == "clean", seen)
    ).one_or_none()
    if row is None or row.content is None:
        raise NotFound(N_("There is no such file, or it is not clean yet."))
    return File(row.id, row.name or "", row.kind, row.content)


def waiting_file(file_id: int) -> File | None:
    """One file as it was sent, for the worker only; None when it has gone or is clean already."""
    row = db.session.get(EvidenceFileRow, file_id)
    if row is None or row.state != "waiting" or row.content is None:
        return None
    return File(row.id, row.name or "", row.kind, row.content)


def action_of(file_id: int, person: Person) -> int:
    """The action of a file, for somebody who may see it. Raises `NotFound`."""
    seen = EvidenceFileRow.action_id.in_(seen_by(person))
    found = db.session.scalar(select(EvidenceFileRow.action_id).where(EvidenceFileRow.id == file_id, seen))
    if found is None:
        raise NotFound(N_("There is no such file, or it is not clean yet."))
    return found
