"""Table: which edition of the public pages this is. It moves by itself with whatever they are made of.

Nobody who writes a concern, an update or a translation can forget to say so: the session notices what was written
to a table that public pages show, and moves the edition in the same transaction, last of all.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from engage.shared import db

SHOWN = frozenset({
    "briefing", "concern", "concern_area", "concern_history", "concern_priority", "concern_theme", "concern_update",
    "felt_check", "newsletter", "quote", "translation",
})  # fmt: skip
MOVED = "edition moved"


class EditionRow(db.Model):
    """One row: a number that grows whenever something that public pages show is written."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


def _notice_objects(session: Session, *_: object) -> None:
    written = (*session.new, *session.dirty, *session.deleted)
    if any(getattr(one, "__tablename__", "") in SHOWN for one in written):
        session.info[MOVED] = True


def _notice_statement(asked: ORMExecuteState) -> None:
    writes = asked.is_insert or asked.is_update or asked.is_delete
    if writes and asked.bind_mapper is not None and asked.bind_mapper.local_table.name in SHOWN:  # type: ignore[attr-defined]
        asked.session.info[MOVED] = True


def _move(session: Session) -> None:
    session.flush()
    if session.info.pop(MOVED, False):
        first: Any = db.insert_into(EditionRow).values(id=1, number=1)
        session.execute(first.on_conflict_do_update(index_elements=["id"], set_={"number": EditionRow.number + 1}))


def _drop(session: Session) -> None:
    session.info.pop(MOVED, None)


event.listen(db.session, "before_flush", _notice_objects)
event.listen(db.session, "do_orm_execute", _notice_statement)
event.listen(db.session, "before_commit", _move)
event.listen(db.session, "after_rollback", _drop)
