"""Keep the list of agencies people choose from; what counts for which of them is counted anew with each change."""

from datetime import datetime

from sqlalchemy import delete, select

from engage.accounts.actions import note
from engage.forums.actions import ledger
from engage.forums.actions.offers import promote
from engage.forums.actions.parties import as_party
from engage.forums.models import ForumAgencyRow, ForumRow, GroupRow, ListedAgencyRow, SignUpRow
from engage.forums.queries.agencies import listed_agencies
from engage.forums.rules.agencies import check_name, counted_as, on_list
from engage.forums.rules.places import ADULT_PLACES, agency_key
from engage.forums.rules.states import HOLDS_PLACE, NOT_OVER
from engage.shared import db
from engage.shared.errors import NotFound, NotValid


def list_agency(name: str, *, forum_id: int, everywhere: bool = False, at: datetime) -> None:
    """Put an agency on the list of one forum, or of every one; it counts by itself from then on.

    Raises `NotValid` for one that is listed already.
    """
    check_name(name)
    if on_list(name, listed_agencies(forum_id)):
        raise NotValid("This agency is on the list already")
    row = ListedAgencyRow(forum_id=None if everywhere else forum_id, key=agency_key(name), name=name)
    db.session.add(row)
    db.session.flush()
    note("listed an agency", "every forum" if everywhere else f"forum {forum_id}")
    _count_anew(row.forum_id, at=at)


def unlist_agency(listed_id: int, *, at: datetime) -> None:
    """Take an agency from the list: its people count like anybody who typed its name. Twice changes nothing."""
    row = db.session.get(ListedAgencyRow, listed_id)
    if row is None:
        return
    forum_id = row.forum_id
    db.session.delete(row)
    db.session.flush()
    note("took an agency from the list", f"forum {forum_id}" if forum_id else "every forum")
    _count_anew(forum_id, at=at)


def join_names(forum_id: int, typed: str, listed: str, *, at: datetime) -> int:
    """Say that a typed name is a listed agency: its people carry that name, on one count with the others.

    Gives how many people that are. More of them than the cap keep their places; nobody is added. Raises `NotFound`.
    """
    ledger.lock(forum_id)
    name = on_list(listed, listed_agencies(forum_id))
    if name is None:
        raise NotFound("This agency is not on the list")
    rows = [row for row in _adults(forum_id) if agency_key(row.agency) == agency_key(typed)]
    for row in rows:
        row.agency = name
    for group in db.session.scalars(select(GroupRow).where(GroupRow.forum_id == forum_id)):
        group.agency = name if agency_key(group.agency) == agency_key(typed) else group.agency
    db.session.flush()
    note("joined two names of an agency", f"forum {forum_id}")
    recount(forum_id, at=at)
    return len(rows)


def recount(forum_id: int, *, at: datetime) -> None:
    """Count anew, by the list as it is now, how many places each agency holds; what that frees is offered."""
    ledger.lock(forum_id)
    listed, rows = listed_agencies(forum_id), _adults(forum_id)
    for row in rows:
        row.counted_as = counted_as(row.agency, listed)
    db.session.flush()
    db.session.execute(delete(ForumAgencyRow).where(ForumAgencyRow.forum_id == forum_id))
    for key, taken in as_party(row for row in rows if row.state in HOLDS_PLACE).agencies:
        db.session.add(ForumAgencyRow(forum_id=forum_id, agency_key=key, taken=taken))
    db.session.flush()
    promote(forum_id, at=at)


def _count_anew(forum_id: int | None, *, at: datetime) -> None:
    wanted = select(ForumRow.id).where(ForumRow.state.in_(NOT_OVER)).order_by(ForumRow.id)
    for one in [forum_id] if forum_id else list(db.session.scalars(wanted)):
        recount(one, at=at)


def _adults(forum_id: int) -> list[SignUpRow]:
    wanted = select(SignUpRow).where(SignUpRow.forum_id == forum_id, SignUpRow.place.in_(ADULT_PLACES))
    return list(db.session.scalars(wanted.order_by(SignUpRow.id).execution_options(populate_existing=True)))
