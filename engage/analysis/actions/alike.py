"""Read or code answers that say exactly the same with one press; each stays a record of its own."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, update

from engage.accounts.rules import Person
from engage.analysis.actions.coding import code, take_back
from engage.analysis.models import ExcerptRow
from engage.analysis.queries.alike import unread_like
from engage.analysis.queries.coded_alike import coded_with, uncoded_like
from engage.analysis.queries.reading import excerpt_row
from engage.analysis.queries.worker import NewExcerpt
from engage.analysis.rules.alike import same_words
from engage.shared import db
from engage.shared.crypto import keyed
from engage.surveys.queries.places import Place


def mark_of(about: Place, one: NewExcerpt) -> bytes | None:
    """Give what short answers to one question in the same words have in common; None for what is read by itself.

    That is what is flagged, what personal details were taken out of, and what is long. Only this installation can make
    it of words, and it tells nothing across questions or waves.
    """
    said = "" if one.flagged or one.details else same_words(one.words)
    return keyed("alike", f"{about.subject} {one.item} {said}".encode("utf-8", "replace"))[:16] if said else None


def with_same_words(excerpt_id: str) -> list[str]:
    """Give an answer and all that say the same and wait to be read. Raises `NotFound`."""
    asked = select(ExcerptRow.key).where(unread_like(excerpt_row(excerpt_id))).order_by(ExcerptRow.key)
    return [key.hex() for key in db.session.scalars(asked)]


def mark_all_read(excerpt_ids: Collection[str], *, by: Person, today: date) -> int:
    """Mark several answers as read, and those that say the same; gives how many. Raises `NotFound`.

    A flagged one waits for a word of its own.
    """
    return sum(_read_alike(excerpt_row(one), by=by, today=today) for one in excerpt_ids)


def _read_alike(row: ExcerptRow, *, by: Person, today: date) -> int:
    waits = ExcerptRow.read_on.is_(None) & ~ExcerptRow.flagged
    read = update(ExcerptRow).where(unread_like(row), waits).values(read_on=today, read_by=by.id, checked=True)
    found = db.session.execute(read.execution_options(synchronize_session="fetch"))
    return int(found.rowcount)  # type: ignore[attr-defined]


def code_alike(excerpt_id: str, theme_ids: Collection[int], *, by: Person, today: date) -> int:
    """Say of those that say the same as a coded answer, and wait to be coded, what was said of it; gives how many.

    Raises `NotFound`, `NotOpen` where one of the themes is not in use any more.
    """
    others = uncoded_like(excerpt_id)
    for other in others:
        code(other, theme_ids, by=by, today=today)
    return len(others)


def take_back_alike(excerpt_id: str, *, by: Person) -> int:
    """Undo a person's coding of an answer and of those they coded with it; gives how many.

    Raises `NotFound` where they have not coded it, `NotOpen` once somebody coded it a second time.
    """
    together = [excerpt_id, *coded_with(excerpt_id, by.id)]
    for one in together:
        take_back(one, by=by)
    return len(together)
