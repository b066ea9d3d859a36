"""Check people in and out: each tap once, whatever the network does; raise an alert for a child who is still in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from sqlalchemy import case, update

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.forums.actions import setting_up
from engage.forums.actions.keeping import count_who_came
from engage.forums.actions.signing_up import walk_in
from engage.forums.models import CheckInRow, SignUpRow
from engage.forums.queries.door import asks_first, at_door, door_lines, door_list, has_mark, met_between
from engage.forums.queries.sign_ups import consents_of_forum, sign_up
from engage.forums.rules.door import (
    ALREADY,
    ALSO_NAMED,
    AT_DOOR,
    HERE,
    LOOKED_FOR,
    AtDoor,
    Mark,
    check_door_open,
    check_key,
    check_way_home,
    still_in_from,
)
from engage.forums.rules.forums import Forum
from engage.forums.rules.signing_up import SIGN_UP_WORDS, SignedUp, WalkIn
from engage.forums.rules.states import CHECK_IN, DOOR, SIGN_UP
from engage.safeguarding.actions import raise_alert, tell_readers
from engage.safeguarding.rules.alerts import STILL_IN, NewAlert
from engage.shared import db
from engage.shared.clock import LONDON
from engage.shared.errors import EngageError, NotFound, NotOpen, NotValid
from engage.shared.words import N_

ATTEND = next(move for move in SIGN_UP.moves if move.verb == "attend")


def mark(forum: Forum, one: Mark, *, by: Person, at: datetime) -> None:
    """Write down one tap and move the person; the same tap again changes nothing.

    Nobody under 18 is left outside where adults are too few: the audit says that they were let in.

    Raises `NotFound`, `NotOpen` (the doors are closed, or they are there already: a second person who came for them is
    kept all the same), `NotValid` (nobody came for them).
    """
    check_door_open(forum, at=at)
    check_key(one.key)
    if has_mark(one.key):
        return
    who = _at_door(forum, one.sign_up_id)
    if one.did == "check_out":
        check_way_home(who, one.collector)
    few = asks_first(forum, one)
    if _moved(forum, one, who):
        _keep(forum, one, by=by, at=at)
        if few:
            note(
                "door: let in where adults were too few",
                f"forum {forum.id}, sign-up {one.sign_up_id}",
                few.partition(". ")[0],
            )
    elif not has_mark(one.key):
        raise NotOpen(f"{who.name} {ALREADY[sign_up(one.sign_up_id).presence]}{_second(forum, one, by=by, at=at)}")


def mark_all(forum: Forum, marks: Iterable[Mark], *, by: Person, at: datetime) -> dict[str, str]:
    """Write down what a phone kept while it had no network, in its order; give a sentence for each, "" when done."""
    told = {}
    for one in marks:
        try:
            mark(forum, one, by=by, at=at)
        except EngageError as error:
            told[one.key] = str(error)
            note(f"door: refused to {one.did[:12].replace('_', ' ')}", f"forum {forum.id}, sign-up {one.sign_up_id}")
        else:
            told[one.key] = ""
    return told


def let_in(forum: Forum, came: WalkIn, *, by: Person, at: datetime) -> SignedUp:
    """Give somebody who has not signed up a place, and check them in; the same form again changes nothing.

    Raises `NotOpen`, `NotValid`, `NotAllowed`.
    """
    made = walk_in(forum.id, came, at=at, by=by)
    if not made.again:
        mark(forum, Mark(token_hex(16), made.id, "check_in"), by=by, at=at)
    return made


def see_checks(forum: Forum, sign_up_id: int, *, by: Person, at: datetime) -> None:
    """Keep that the door has seen the checks of an adult of this forum, who counts from then on. Raises `NotFound`."""
    if sign_up(sign_up_id).forum_id != forum.id:
        raise NotFound(N_("This pass is for another forum"))
    setting_up.see_checks(sign_up_id, by=by, today=at.astimezone(LONDON).date())


def raise_still_in(at: datetime) -> int:
    """Raise an alert for each child who is in a quarter of an hour after the end; give how many of them there are.

    The people who read alerts are told that something waits, once a forum.
    """
    today = at.astimezone(LONDON).date()
    found = 0
    for forum in met_between(today - LOOKED_FOR, today):
        if still_in_from(forum) <= at <= still_in_from(forum) + LOOKED_FOR:
            left = [one for one in door_list(forum) if one.minor and one.presence in HERE]
            _raise_all(forum, left, at=at)
            found += len(left)
    return found


def _at_door(forum: Forum, sign_up_id: int) -> AtDoor:
    one = sign_up(sign_up_id)
    if one.forum_id != forum.id:
        raise NotFound(N_("This pass is for another forum"))
    if one.state not in AT_DOOR:
        raise NotOpen(f"{one.door_name}: {SIGN_UP_WORDS[one.state]}. Ask the organiser")
    return at_door(one, consents_of_forum(forum.id).get(one.id, frozenset()), forum.plan.limits)


def _moved(forum: Forum, one: Mark, who: AtDoor) -> bool:
    moves = [move for move in CHECK_IN.moves if move.verb == one.did and DOOR in move.roles]
    if not moves:
        raise NotValid(N_("Choose what happens at the door"))
    came = case((SignUpRow.state.in_(ATTEND.froms), ATTEND.to), else_=SignUpRow.state)
    moved = db.session.execute(
        update(SignUpRow)
        .where(SignUpRow.id == who.id, SignUpRow.forum_id == forum.id, SignUpRow.presence.in_(moves[0].froms))
        .values(presence=moves[0].to, state=came)
        .execution_options(synchronize_session=False)
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]


def _keep(forum: Forum, one: Mark, *, by: Person, at: datetime) -> None:
    line = db.insert_into(CheckInRow).values(
        key=one.key,
        forum_id=forum.id,
        sign_up_id=one.sign_up_id,
        did=one.did,
        at=one.made_at(at).replace(tzinfo=None),
        by=by.id,
        collector=one.collector.strip() or None,
    )
    db.session.execute(line.on_conflict_do_nothing(index_elements=["key"]))
    note(f"door: {one.did.replace('_', ' ')}", f"forum {forum.id}, sign-up {one.sign_up_id}")
    if forum.state == "ended":
        count_who_came(forum.id)


def _second(forum: Forum, one: Mark, *, by: Person, at: datetime) -> str:
    """Keep a second person who came for somebody who has gone home, and say with whom they went; "" for nobody new."""
    named = one.collector.strip()
    lines = [line.collector for line in door_lines(one.sign_up_id) if line.did == "check_out"]
    if one.did != "check_out" or not named or not lines or named.casefold() == lines[-1].casefold():
        return ""
    _keep(forum, replace(one, did=ALSO_NAMED), by=by, at=at)
    return (
        f", with {lines[-1] or 'nobody'}. You wrote {named}: that is kept too. If these are two people, tell the lead"
    )


def _raise_all(forum: Forum, left: list[AtDoor], *, at: datetime) -> None:
    for one in left:
        words = f"{one.name} was still checked in a quarter of an hour after the end. The door list: {_door(forum)}"
        box = f"forum {forum.id}, sign-up {one.id}"
        raise_alert(NewAlert(words, f"Forum on {forum.meets_on:%d %B}: the door", box, STILL_IN, 1.0), at=at)
    if left:
        tell_readers(len(left), at=at, about=f"still in, forum {forum.id}")


def _door(forum: Forum) -> str:
    return f"/desk/forums/{forum.id}/door"
