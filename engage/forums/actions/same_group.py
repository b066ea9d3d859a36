"""Know a group that its leader has booked already, by how they are reached and by who comes."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select

from engage.forums.actions.parties import rows_of
from engage.forums.models import GroupRow, SignUpRow
from engage.forums.rules.places import YOUNG_PLACES
from engage.forums.rules.signing_up import Group
from engage.forums.rules.states import LIVING
from engage.shared import db

Known = tuple[str, str, int | None]  # a first name, an initial, an age


def same_group(forum_id: int, group: Group) -> GroupRow | None:
    """Give the group of this leader with these young people, where some of it comes or waits; None where there is none.

    A contact is kept sealed, so each group of the forum is opened and compared. Whoever has to be sure that no second
    one is written meanwhile holds the forum's row.
    """
    coming: dict[int, list[SignUpRow]] = {}
    for row in rows_of(forum_id, *LIVING):
        if row.group_id is not None:
            coming.setdefault(row.group_id, []).append(row)
    wanted = _known((one.first_name, one.initial, one.age) for one in group.members)
    for found in db.session.scalars(select(GroupRow).where(GroupRow.id.in_(coming)).order_by(GroupRow.id)):
        if _plain(found.contact) == _plain(group.leader.contact) and _young(coming[found.id]) == wanted:
            return found
    return None


def _young(rows: Iterable[SignUpRow]) -> Counter[Known]:
    return _known((row.name or "", row.initial or "", row.age) for row in rows if row.place in YOUNG_PLACES)


def _known(people: Iterable[Known]) -> Counter[Known]:
    return Counter((_plain(name), _plain(initial), age) for name, initial, age in people)


def _plain(words: str | None) -> str:
    return " ".join((words or "").casefold().split())
