"""Write a briefing, check it, publish it, take it back; note that a team used one."""

import json
from datetime import date

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotFound, NotValid
from engage.shared.words import N_
from engage.youwesaid.models import BriefingRow, BriefingUseRow, ConcernRow
from engage.youwesaid.queries.briefing import briefing
from engage.youwesaid.queries.public import is_public
from engage.youwesaid.rules.as_read import check_as_read
from engage.youwesaid.rules.briefing import USES, NewBriefing
from engage.youwesaid.rules.concerns import check_another, slug_of
from engage.youwesaid.rules.issuing import BRIEFING, check_boxes, check_public


def write(concern_id: int, new: NewBriefing, *, by: Person, today: date) -> int:
    """Write a briefing about a concern; somebody else checks it. Raises `NotFound`, `NotOpen`, `NotValid`."""
    check_public(is_public(_concern(concern_id).slug))
    check_boxes(new.boxes)
    taken = frozenset(db.session.scalars(select(BriefingRow.slug)))
    row = BriefingRow(
        slug=slug_of(new.title, taken), concern_id=concern_id, title=new.title, state=BRIEFING.first,
        boxes=json.dumps(dict(new.boxes), ensure_ascii=False), written_by=by.id, written_on=today,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def rewrite(briefing_id: int, new: NewBriefing, *, by: Person, today: date) -> None:
    """Change a briefing before it is public; it is checked again. Raises `NotValid`, `NotOpen`, `NotAllowed`."""
    row = _row(briefing_id)
    state = BRIEFING.move("rewrite", state=row.state, roles=by.roles)
    check_boxes(new.boxes)
    row.title, row.boxes, row.state = new.title, json.dumps(dict(new.boxes), ensure_ascii=False), state
    row.written_by, row.written_on, row.checked_by = by.id, today, None


def check(briefing_id: int, *, by: Person, read: str | None = None) -> None:
    """Say that it is right as it was `read`, and names nobody; its writer cannot. Raises `NotAllowed`, `NotOpen`."""
    row = _row(briefing_id)
    state = BRIEFING.move("check", state=row.state, roles=by.roles)
    check_another(row.written_by, by.id)
    check_as_read(read, "briefing", briefing(briefing_id))
    row.checked_by, row.state = by.id, state


def publish(briefing_id: int, *, by: Person, today: date) -> None:
    """Put a checked briefing on its page. Raises `NotAllowed`, `NotOpen`."""
    row = _row(briefing_id)
    row.state, row.published_on = BRIEFING.move("publish", state=row.state, roles=by.roles), today
    note("published a briefing", f"briefing {briefing_id}")


def withdraw(briefing_id: int, *, by: Person) -> None:
    """Take a briefing off its page; it may be changed and published again. Raises `NotAllowed`, `NotOpen`."""
    row = _row(briefing_id)
    row.state, row.published_on = BRIEFING.move("withdraw", state=row.state, roles=by.roles), None
    note("took back a briefing", f"briefing {briefing_id}")


def note_use(briefing_id: int, *, agency_id: int | None, how: str, today: date) -> None:
    """Note that a team used a briefing. Raises `NotValid` for a way there is none of."""
    if how not in USES:
        raise NotValid(N_("Choose how you used it."))
    db.session.add(BriefingUseRow(briefing_id=briefing_id, agency_id=agency_id, how=how, on=today))


def _concern(concern_id: int) -> ConcernRow:
    row = db.session.get(ConcernRow, concern_id)
    if row is None:
        raise NotFound(N_("There is no such concern, or it is not for you to see."))
    return row


def _row(briefing_id: int) -> BriefingRow:
    row = db.locked(BriefingRow, briefing_id)
    if row is None:
        raise NotFound(N_("There is no such briefing, or it is not public."))
    return row
