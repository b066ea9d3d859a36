"""Sign-ups as parties: one person, or a group kept together, who take and give their places at once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select

from engage.forums.actions import ledger
from engage.forums.models import ConsentRow, GroupRow, SignUpRow
from engage.forums.rules.consents import Purpose, Relation, needs_adult
from engage.forums.rules.places import ADULT_PLACES, Party, Place
from engage.forums.rules.states import HOLDS_PLACE
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_


def bare(moment: datetime) -> datetime:
    """Give a moment as the tables keep it: in UTC, without its zone."""
    return moment.replace(tzinfo=None)


def held(sign_up_id: int) -> SignUpRow:
    """Give a sign-up after holding its forum's row, so that its state stays true. Raises `NotFound`."""
    forum_id = db.session.scalar(select(SignUpRow.forum_id).where(SignUpRow.id == sign_up_id))
    if forum_id is None:
        raise NotFound(N_("This sign-up is no longer kept: everything is deleted twelve weeks after a forum."))
    ledger.lock(forum_id)
    return db.session.scalars(_fresh(SignUpRow.id == sign_up_id)).one()


def rows_of(forum_id: int, *states: str) -> list[SignUpRow]:
    """Every sign-up of a forum in one of these states, in line order."""
    return list(db.session.scalars(_fresh(and_(SignUpRow.forum_id == forum_id, SignUpRow.state.in_(states)))))


def party_rows(row: SignUpRow) -> list[SignUpRow]:
    """Everybody who moves together with this sign-up: itself, or all of its group in the same state."""
    if row.group_id is None or not db.session.get_one(GroupRow, row.group_id).together:
        return [row]
    return list(db.session.scalars(_fresh(and_(SignUpRow.group_id == row.group_id, SignUpRow.state == row.state))))


def parties_in_line(forum_id: int) -> list[list[SignUpRow]]:
    """Everybody who waits, party by party, the one that waits longest first."""
    together = set(db.session.scalars(select(GroupRow.id).where(GroupRow.forum_id == forum_id, GroupRow.together)))
    found: dict[tuple[str, int], list[SignUpRow]] = {}
    for row in rows_of(forum_id, "waitlisted"):
        key = ("group", row.group_id or 0) if row.group_id in together else ("one", row.id)
        found.setdefault(key, []).append(row)
    return list(found.values())


def as_party(rows: Iterable[SignUpRow]) -> Party:
    """Add up what these sign-ups take."""
    people = list(rows)
    counts = {place.value: sum(row.place == place for row in people) for place in Place}
    keys = [row.counted_as for row in people if row.place in ADULT_PLACES and row.counted_as]
    agencies = tuple((key, keys.count(key)) for key in sorted(set(keys)))
    return Party(load=sum(row.weight for row in people), agencies=agencies, **counts)


def give_back(rows: Iterable[SignUpRow]) -> None:
    """Give back the places of those who hold one."""
    holding = [row for row in rows if row.state in HOLDS_PLACE]
    if holding:
        ledger.give(holding[0].forum_id, as_party(holding))


def consented(row: SignUpRow) -> bool:
    """Answer whether an adult has said yes to this young person's coming."""
    consent = db.session.get(ConsentRow, (row.id, Purpose.ATTEND.value), populate_existing=True)
    return consent is not None and consent.state == "given" and consent.relation != Relation.SELF


def consented_all(rows: list[SignUpRow]) -> bool:
    """Answer whether nobody still has to say yes before all of these people may come."""
    asks = [row.id for row in rows if row.age is not None and needs_adult(row.age)]
    if not asks:
        return True
    given = select(ConsentRow.sign_up_id).where(
        ConsentRow.sign_up_id.in_(asks),
        ConsentRow.purpose == Purpose.ATTEND,
        ConsentRow.state == "given",
        ConsentRow.relation != Relation.SELF,
    )
    return set(db.session.scalars(given)) == set(asks)


def _fresh(wanted: ColumnElement[bool]) -> Select[tuple[SignUpRow]]:
    in_order = (SignUpRow.line.is_not(None), SignUpRow.line, SignUpRow.id)
    return select(SignUpRow).where(wanted).order_by(*in_order).execution_options(populate_existing=True)
