"""Put two concerns together: what one holds becomes part of the other, and its address leads there."""

from datetime import date

from sqlalchemy import delete, select, update

from engage.accounts.actions import note
from engage.accounts.rules import Person, Role
from engage.shared import db
from engage.shared.errors import NotAllowed, NotFound
from engage.shared.words import N_
from engage.youwesaid.actions import concern
from engage.youwesaid.models import (
    ActionRow,
    BriefingRow,
    ConcernAreaRow,
    ConcernPriorityRow,
    ConcernRow,
    ConcernThemeRow,
    FeltCheckRow,
    QuoteRow,
    TranslationRow,
    UpdateRow,
)
from engage.youwesaid.rules.concerns import OPEN
from engage.youwesaid.rules.history import PUT_TOGETHER
from engage.youwesaid.rules.merging import Side, check_may_merge

AGREED = ("agreed", "in_progress", "done_claimed", "done_verified")
SOURCES = 300  # characters


def merge(concern_id: int, *, into_id: int, by: Person, today: date) -> None:
    """Make one concern part of another: themes (and so receipts), actions, updates and quotes follow.

    The earlier promise counts. It cannot be undone. Raises `NotAllowed`, `NotFound`, `NotOpen`, `NotValid`.
    """
    if Role.PQA not in by.roles:
        raise NotAllowed(N_("Somebody with another role does this"))
    held = {row_id: db.locked(ConcernRow, row_id) for row_id in sorted({concern_id, into_id})}
    one, into = held[concern_id], held[into_id]
    if one is None or into is None:
        raise NotFound(N_("There is no such concern, or it is not for you to see."))
    check_may_merge(_side(one), _side(into))
    _join(one, into)
    _write(one, into, by=by, today=today)
    _move_what_it_holds(one.id, into.id)
    if into.state in ("heard", "looking", "reopened") and _is_acted_on(into.id):
        concern.begin(into.id, words="", by=by, today=today)
    note("put two concerns together", f"concern {one.id} into {into.id}")


def _side(row: ConcernRow) -> Side:
    asked = select(FeltCheckRow.id).where(FeltCheckRow.concern_id == row.id, FeltCheckRow.reported_on.is_(None))
    return Side(
        row.id,
        row.state,
        about=None if row.released else row.about_agency_id,
        merged=row.merged_into_id is not None,
        asked=db.session.scalar(asked) is not None,
    )


def _join(one: ConcernRow, into: ConcernRow) -> None:
    if one.state in OPEN and into.state in OPEN:
        into.promised_on = min(one.promised_on, into.promised_on)
    into.said_on = min(one.said_on, into.said_on)
    into.first_promised_on = min(one.first_promised_on, into.first_promised_on)
    into.sources = ", ".join(dict.fromkeys(words for words in (into.sources, one.sources) if words))[:SOURCES]
    into.released = into.released or one.released


def _write(one: ConcernRow, into: ConcernRow, *, by: Person, today: date) -> None:
    for row, words, public in (
        (into, PUT_TOGETHER, True),
        (into, f"It was: “{one.title}”", False),
        (one, f"Put together with “{into.title}”", False),
    ):
        concern.record(row.id, words=words, by=by, today=today, public=public and one.state != "proposed")
    one.merged_into_id = into.id
    db.session.execute(
        update(ConcernRow).where(ConcernRow.merged_into_id == one.id).values(merged_into_id=into.id)
    )  # an address never leads to one that leads on


def _move_what_it_holds(one_id: int, into_id: int) -> None:
    db.session.flush()
    for table in (ActionRow, BriefingRow, FeltCheckRow, QuoteRow, UpdateRow):
        db.session.execute(update(table).where(table.concern_id == one_id).values(concern_id=into_id))
    told = TranslationRow.concern_id == one_id, TranslationRow.place.startswith("told:")  # of the updates that moved
    db.session.execute(update(TranslationRow).where(*told).values(concern_id=into_id))
    for line, column in (
        (ConcernThemeRow, ConcernThemeRow.theme_id),
        (ConcernPriorityRow, ConcernPriorityRow.priority),
    ):
        twice = column.in_(select(column).where(line.concern_id == into_id))
        gone = delete(line).where(line.concern_id == one_id, twice)
        db.session.execute(gone.execution_options(synchronize_session=False))
        db.session.execute(update(line).where(line.concern_id == one_id).values(concern_id=into_id))
    _join_areas(one_id, into_id)
    db.session.expire_all()


def _join_areas(one_id: int, into_id: int) -> None:
    """The areas of both; a concern without any is about the whole borough, and then so is what both become."""
    rows = select(ConcernAreaRow.area)
    one, into = (set(db.session.scalars(rows.where(ConcernAreaRow.concern_id == each))) for each in (one_id, into_id))
    db.session.execute(delete(ConcernAreaRow).where(ConcernAreaRow.concern_id.in_((one_id, into_id))))
    both = sorted(one | into) if one and into else []
    db.session.add_all(ConcernAreaRow(concern_id=into_id, area=area) for area in both)
    db.session.flush()


def _is_acted_on(concern_id: int) -> bool:
    going = select(ActionRow.id).where(ActionRow.concern_id == concern_id, ActionRow.state.in_(AGREED))
    return db.session.scalar(going.limit(1)) is not None
