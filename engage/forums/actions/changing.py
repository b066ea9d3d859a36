"""Change or cancel a sign-up, or a group; what is freed goes to the next in line."""

from datetime import datetime

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person, Role
from engage.forums.actions import ledger, letters
from engage.forums.actions.ages import decide_oneself, set_age
from engage.forums.actions.asking import ask_adult, take_as_wishes
from engage.forums.actions.offers import leave, promote
from engage.forums.actions.parties import consented, held
from engage.forums.actions.right_adult import keep_place
from engage.forums.models import GroupRow, SignUpRow
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.queries.history import CANCELLED, LEADER_CANCELLED, TAKEN_AWAY
from engage.forums.queries.sign_ups import adult_said_no
from engage.forums.rules.consents import check_may_name, needs_adult
from engage.forums.rules.forums import Forum, check_not_over
from engage.forums.rules.signing_up import Changed, check_age
from engage.forums.rules.states import ATTENDEE, LIVING, SIGN_UP
from engage.shared import db
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.words import N_


def change(sign_up_id: int, changed: Changed, *, at: datetime) -> str:
    """Change what somebody told us, and give the state that follows.

    From 16 their own yes is enough; below, an adult is asked. Raises `NotOpen` when it is over, `NotValid` when the
    new age does not fit the forum, or its adults.
    """
    row = held(sign_up_id)
    forum = forum_by_id(row.forum_id)
    _check_living(row, forum)
    if changed.age is not None and row.age is not None and changed.age != row.age:
        _change_age(row, changed, forum, at=at)
    if changed.contact is not None:
        row.contact = changed.contact or None
    row.access, row.diet = changed.access or None, changed.diet or None
    row.home = f"{changed.home} {changed.home_words}".strip()
    db.session.flush()
    return row.state


def cancel(sign_up_id: int, *, at: datetime) -> None:
    """Cancel one sign-up; by their own link a young person says no, and no adult can sign against that.

    Cancelling twice changes nothing. Raises `NotOpen` when the forum has begun.
    """
    row = held(sign_up_id)
    if row.state == "cancelled":
        return
    _check_living(row, forum_by_id(row.forum_id))
    row.declined = row.declined or (row.age is not None and row.group_id is None)
    leave([row], verb="cancel", role=ATTENDEE)
    note(CANCELLED, f"sign-up {row.id}")
    promote(row.forum_id, at=at)


def take_away(sign_up_id: int, reason: str, *, at: datetime, by: Person) -> None:
    """Cancel somebody's sign-up for the team, and tell them, their adult and their group's leader.

    Doing it twice changes nothing. Raises `NotValid` without a reason, `NotAllowed`, `NotOpen` once it has begun.
    """
    row = held(sign_up_id)
    if row.state == "cancelled":
        return
    _check_living(row, forum_by_id(row.forum_id))
    SIGN_UP.move("cancel", state=row.state, roles=by.roles)
    if not reason.strip():
        raise NotValid(N_("Say why: they read it."))
    row.why = reason.strip()[:300]
    leave([row], verb="cancel", role=Role.VOICE)
    note(TAKEN_AWAY, f"sign-up {row.id}")
    letters.tell_everybody([row], "taken_back", leader="changed")
    promote(row.forum_id, at=at)


def cancel_group(group_id: int, *, at: datetime) -> None:
    """Cancel everybody of a group who has not come yet, and tell them and the adults who had said yes.

    Raises `NotOpen` when the forum has begun.
    """
    rows = _living_members(group_id)
    if rows:
        leave(rows, verb="cancel", role=ATTENDEE)
        note("cancelled a group", f"group {group_id}")
        for row in rows:
            _tell_left(row)
        promote(rows[0].forum_id, at=at)


def _tell_left(row: SignUpRow) -> None:
    """Tell one of a group that the leader cancelled for everybody."""
    note(LEADER_CANCELLED, f"sign-up {row.id}")
    letters.tell(row, "cancelled")
    if consented(row):
        letters.tell_adult(row, "cancelled_adult")


def split_group(group_id: int, *, at: datetime) -> None:
    """Let the members of a group wait and come each by themselves; those who wait keep their number.

    Raises `NotOpen` when the forum has begun.
    """
    rows = _living_members(group_id)
    db.session.get_one(GroupRow, group_id).together = False
    db.session.flush()
    if rows:
        note("split a group", f"group {group_id}")
        promote(rows[0].forum_id, at=at)


def _living_members(group_id: int) -> list[SignUpRow]:
    group = db.session.get(GroupRow, group_id)
    if group is None:
        raise NotFound(N_("This group is no longer kept: everything is deleted twelve weeks after a forum."))
    ledger.lock(group.forum_id)
    check_not_over(forum_by_id(group.forum_id))
    wanted = select(SignUpRow).where(SignUpRow.group_id == group_id, SignUpRow.state.in_(LIVING))
    return list(db.session.scalars(wanted.order_by(SignUpRow.id).execution_options(populate_existing=True)))


def _check_living(row: SignUpRow, forum: Forum) -> None:
    check_not_over(forum)
    if row.state not in LIVING:
        raise NotOpen(N_("This sign-up has ended, so it cannot be changed: sign up again, or join the line again"))


def _change_age(row: SignUpRow, changed: Changed, forum: Forum, *, at: datetime) -> None:
    age = changed.age or 0
    check_age(age, youngest=forum.plan.age_from, oldest=forum.plan.age_to)
    if needs_adult(age) and changed.guardian is None and not consented(row):
        raise NotValid(N_("Under 16, an adult who looks after you says yes as well: tell us how to reach them"))
    if needs_adult(age) is not needs_adult(row.age or 0):
        check_may_name(adult_said_no=adult_said_no(row.id))
    heavier = set_age(row, age, forum)
    if needs_adult(age):
        _ask_again(row, changed, at=at)
    else:
        decide_oneself(row, at=at)
    note("changed an age", f"sign-up {row.id}")
    db.session.flush()
    if heavier < 0 or row.state == "waitlisted":
        promote(forum.id, at=at)


def _ask_again(row: SignUpRow, changed: Changed, *, at: datetime) -> None:
    take_as_wishes(row)
    if changed.guardian is None or consented(row):
        return
    if row.state in ("confirmed", "offered"):
        keep_place(row, at=at)
    ask_adult(row, changed.guardian, at=at)
