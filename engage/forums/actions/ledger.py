"""The ledger of places: each party takes all its places in one conditional update of the forum's row, or none.

The update locks the row until the transaction ends, so whatever follows (an offer to the next in line) happens before
anybody else can take what was freed.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Update,
    and_,
    bindparam,
    case,
    literal,
    or_,
    select,
    update,
)

from engage.forums.models import ForumAgencyRow, ForumRow
from engage.forums.rules.places import ONE_ADULT, Party
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.shared.words import N_

COUNTED = ("young", "ambassador", "professional", "facilitator", "load")


def _then(*names: str) -> ColumnElement[int]:
    """What these counters come to once the party has its places."""
    first, *others = (_column(name) + bindparam(f"more_{name}") for name in names)
    return sum(others, first)


def _column(name: str) -> ColumnElement[int]:
    column: ColumnElement[int] = getattr(ForumRow, name)
    return column


def _asks(*names: str) -> ColumnElement[bool]:
    return or_(*(bindparam(f"more_{name}") > 0 for name in names))


def _at_quota(name: str) -> ColumnElement[bool]:
    return _then(name) >= _column(f"{name}_quota")


PLACES = ("young", "ambassador", "professional", "facilitator")
ADULTS = ("professional", "facilitator")
FULL_THEN = or_(
    _then(*PLACES) >= ForumRow.capacity,
    and_(
        _at_quota("young"),
        _at_quota("ambassador"),
        or_(
            _then(*ADULTS) >= ForumRow.capacity - ForumRow.young_floor,
            and_(_at_quota("professional"), _at_quota("facilitator")),
        ),
    ),
)
STATE_THEN = case(
    (and_(ForumRow.state == "open", FULL_THEN), "full"),
    (and_(ForumRow.state == "full", ~FULL_THEN), "open"),
    else_=ForumRow.state,
)
WITHIN: tuple[ColumnElement[bool], ...] = (
    _then(*PLACES) <= ForumRow.capacity,
    *(or_(~_asks(name), _then(name) <= _column(f"{name}_quota")) for name in PLACES),
    or_(~_asks(*ADULTS), _then(*ADULTS) <= ForumRow.capacity - ForumRow.young_floor),
    or_(~_asks("load"), _then("load") <= ForumRow.adults * literal(ONE_ADULT)),
)


def _moved() -> Update:
    counters = {name: _then(name) for name in COUNTED}
    return update(ForumRow).where(ForumRow.id == bindparam("forum")).values(**counters, state=STATE_THEN)


TAKE = _moved().where(*WITHIN, ForumRow.state.in_(bindparam("states", expanding=True))).returning(ForumRow.id)
MOVE = _moved()
NEXT_IN_LINE = (
    update(ForumRow).where(ForumRow.id == bindparam("forum")).values(line=ForumRow.line + 1).returning(ForumRow.line)
)
CAP = select(ForumRow.agency_cap).where(ForumRow.id == bindparam("forum")).scalar_subquery()
TAKE_AGENCY = (
    update(ForumAgencyRow)
    .where(
        ForumAgencyRow.forum_id == bindparam("forum"),
        ForumAgencyRow.agency_key == bindparam("agency"),
        or_(CAP == 0, ForumAgencyRow.taken + bindparam("more") <= CAP),
    )
    .values(taken=ForumAgencyRow.taken + bindparam("more"))
    .returning(ForumAgencyRow.taken)
)
GIVE_AGENCY = (
    update(ForumAgencyRow)
    .where(ForumAgencyRow.forum_id == bindparam("forum"), ForumAgencyRow.agency_key == bindparam("agency"))
    .values(taken=ForumAgencyRow.taken - bindparam("more"))
)


def take(forum_id: int, party: Party, *, states: Iterable[str]) -> bool:
    """Take every place of `party` at once while the forum is in one of `states`, or none; answer whether it did."""
    if _one(TAKE, {**_deltas(forum_id, party), "states": list(states)}) is None:
        return False
    for position, (agency, count) in enumerate(party.agencies):
        if not _take_of_agency(forum_id, agency, count):
            _give_agencies(forum_id, party.agencies[:position])
            _run(MOVE, _deltas(forum_id, party, sign=-1))
            return False
    return True


def give(forum_id: int, party: Party) -> None:
    """Give every place of `party` back."""
    _run(MOVE, _deltas(forum_id, party, sign=-1))
    _give_agencies(forum_id, party.agencies)


def next_in_line(forum_id: int) -> int:
    """Draw the next number of the waiting list; two parties never have the same.

    Raises `NotOpen` when the forum has closed its list a moment ago.
    """
    number = _one(NEXT_IN_LINE, {"forum": forum_id})
    if number is None:
        raise NotOpen(N_("Sign-up for this forum is over"))
    return int(number)


def lock(forum_id: int) -> None:
    """Hold the forum's row until the transaction ends, so that what is read now stays true."""
    _run(MOVE, _deltas(forum_id, Party()))


def _take_of_agency(forum_id: int, agency: str, count: int) -> bool:
    db.session.execute(
        db.insert_into(ForumAgencyRow).values(forum_id=forum_id, agency_key=agency, taken=0).on_conflict_do_nothing()
    )
    return _one(TAKE_AGENCY, {"forum": forum_id, "agency": agency, "more": count}) is not None


def _give_agencies(forum_id: int, agencies: Iterable[tuple[str, int]]) -> None:
    for agency, count in agencies:
        _run(GIVE_AGENCY, {"forum": forum_id, "agency": agency, "more": count})


def _deltas(forum_id: int, party: Party, *, sign: int = 1) -> dict[str, Any]:
    return {"forum": forum_id, **{f"more_{name}": sign * getattr(party, name) for name in COUNTED}}


def _one(statement: Any, values: dict[str, Any]) -> Any:
    return _run(statement, values).scalar()


def _run(statement: Any, values: dict[str, Any]) -> CursorResult[Any]:
    """Send a statement as it stands: a session would look at each of its parts anew every time."""
    db.session.flush()
    return db.session.connection().execute(statement, values)
