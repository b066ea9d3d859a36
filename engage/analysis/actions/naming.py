"""One name for one theme, and no wording of somebody else overwritten unseen."""

from collections.abc import Collection

from sqlalchemy import select

from engage.analysis.models import ThemeRow
from engage.analysis.rules import LIVING
from engage.analysis.rules.frame import flat
from engage.shared import db
from engage.shared.errors import NotValid

SAID = {"selected": "in use", "candidate": "suggested"}


def check_free(name: str, *, but: int | None = None, among: Collection[str] = LIVING) -> None:
    """Raise `NotValid` when another theme has this name, whatever its capitals and spaces."""
    rows = db.session.scalars(select(ThemeRow).where(ThemeRow.state.in_(among)).order_by(ThemeRow.id))
    same = next((row for row in rows if row.id != but and flat(row.name) == flat(name)), None)
    if same is not None:
        raise NotValid(f"There is a theme called “{same.name}” already; it is {SAID[same.state]}. Choose another name.")


def free_name(name: str, *, but: int | None) -> str:
    """Give a first name that no other theme has: with a number behind it where one has."""
    rows = db.session.scalars(select(ThemeRow).where(ThemeRow.state.in_(LIVING)).order_by(ThemeRow.id))
    taken = {flat(row.name) for row in rows if row.id != but}
    tries = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(one for one in tries if flat(one) not in taken)


def check_unchanged(row: ThemeRow, seen: tuple[str, str]) -> None:
    """Raise `NotValid` when the name or the definition is not the one that was on somebody's page."""
    if (flat(row.name), flat(row.definition)) != (flat(seen[0]), flat(seen[1])):
        raise NotValid(
            f"Somebody else changed it meanwhile. It is called “{row.name}” now, and what belongs to it is: "
            f"“{row.definition}”. Press “Keep” again to replace that with yours."
        )
