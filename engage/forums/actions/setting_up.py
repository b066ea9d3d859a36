"""The team's work: set a forum up, open it, change its limits, cancel it, say that people were told."""

import json
import secrets
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.forums.actions import ledger, letters
from engage.forums.actions.offers import promote
from engage.forums.actions.parties import bare, rows_of
from engage.forums.actions.refusing import refuse
from engage.forums.models import ForumAgencyRow, ForumChangeRow, ForumDoorRow, ForumRoomRow, ForumRow, SignUpRow
from engage.forums.queries.forums import as_forum
from engage.forums.rules.forums import Plan
from engage.forums.rules.links import KEY_BYTES
from engage.forums.rules.places import Limits, check_limits
from engage.forums.rules.setting_up import check_complete, check_hours, check_same_day, is_elsewhere
from engage.forums.rules.states import FOLLOWS, FORUM, LIVING, SIGN_UP
from engage.shared import db
from engage.shared.errors import EngageError, NotFound, NotOpen, NotValid
from engage.shared.words import N_

QUOTAS = {
    "capacity": "capacity", "young": "young_quota", "ambassador": "ambassador_quota",
    "professional": "professional_quota", "facilitator": "facilitator_quota", "floor": "young_floor",
    "agency_cap": "agency_cap", "adults": "adults", "younger_per_adult": "younger_per_adult",
    "older_per_adult": "older_per_adult",
}  # fmt: skip


def set_up(plan: Plan, *, by: Person) -> int:
    """Begin a forum as a draft, and give its id. Raises `NotValid` for hours that nobody means."""
    check_hours(plan.starts, plan.ends)
    row = ForumRow(
        key=secrets.token_bytes(KEY_BYTES), slug=_free_slug(plan.meets_on), state=FORUM.first, written_by=by.id,
        **_columns(plan),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    note("set up a forum", f"forum {row.id}")
    return row.id


def rewrite(forum_id: int, plan: Plan, *, by: Person, at: datetime) -> bool:
    """Change a forum's plan; places that this frees are offered along the line.

    Another hall or other hours are told to everybody who signed up: answers whether anybody was written to.

    Raises `NotValid` when limits would lie below what is taken, or the day would change under those who signed up.
    """
    row = _held(forum_id, "draft", "open", "full", "closed")
    before = as_forum(row)
    try:
        check_hours(plan.starts, plan.ends)
        check_same_day(before.plan, plan, state=row.state)
        if row.state != "draft":
            check_complete(plan)  # its day is set, and may be today
            check_limits(plan.limits, before.taken)
            _check_agencies(forum_id, before.plan.limits, plan.limits)
    except EngageError as error:
        refuse(error, did="refused a change of limits", about=f"forum {forum_id}", person_id=by.id)
    for name, value in _columns(plan).items():
        setattr(row, name, value)
    if row.state == "draft":
        row.slug = _free_slug(plan.meets_on, mine=row.slug)  # nobody has it yet
    db.session.flush()
    note("changed a forum", f"forum {forum_id}")
    ledger.lock(forum_id)  # full or open again, by the new limits
    told = rows_of(forum_id, *LIVING) if is_elsewhere(before.plan, plan) else []
    if told:
        _keep_what_was(row, before.plan, at=at)
    letters.tell_everybody(told, "changed")
    promote(forum_id, at=at)
    return bool(told)


def translate(forum_id: int, language: str, words: dict[str, str]) -> None:
    """Keep what young people read about a forum in one language: "theme", "about", "programme", "access"."""
    row = _row(forum_id)
    kept = json.loads(row.translations)
    kept[language] = {name: text for name, text in words.items() if text}
    row.translations = json.dumps(kept, ensure_ascii=False)
    note("translated a forum", f"forum {forum_id}: {language}")


def open_forum(forum_id: int, *, by: Person, today: date) -> None:
    """Open sign-up. Raises `NotAllowed`, `NotOpen`, and `NotValid` while something is missing."""
    row = _held(forum_id)
    state = FORUM.move("open", state=row.state, roles=by.roles)
    plan = as_forum(row).plan
    check_complete(plan, today=today)
    check_limits(plan.limits, as_forum(row).taken)
    _move(row, state, "opened a forum")


def close_sign_up(forum_id: int, *, by: Person) -> None:
    """Close sign-up before its day; the waiting list goes on. Raises `NotAllowed`, `NotOpen`."""
    row = _held(forum_id)
    _move(row, FORUM.move("close", state=row.state, roles=by.roles), "closed sign-up")


def open_again(forum_id: int, *, by: Person, at: datetime) -> None:
    """Open sign-up again. Raises `NotAllowed`, `NotOpen` when its last day has passed."""
    row = _held(forum_id)
    state = FORUM.move("open_again", state=row.state, roles=by.roles)
    if at >= as_forum(row).closes_at:
        raise NotOpen(N_("Its last day has passed: choose a later one first"))
    _move(row, state, "opened sign-up again")
    ledger.lock(forum_id)


def cancel_forum(forum_id: int, reason: str, *, by: Person) -> int:
    """Cancel a forum, tell everybody who signed up, and give how many sign-ups that ends.

    Raises `NotValid` without a reason, `NotAllowed`, `NotOpen` once it has begun.
    """
    row = _held(forum_id)
    state = FORUM.move("cancel", state=row.state, roles=by.roles)
    if not reason.strip():
        raise NotValid(N_("Say why: everybody who signed up reads it."))
    rows = rows_of(forum_id, *LIVING)
    for one in rows:
        one.state = SIGN_UP.move("cancel", state=one.state, roles={FOLLOWS})
        one.offered_until = one.held_until = one.line = one.same = None
    row.reason, row.young, row.ambassador, row.professional, row.facilitator, row.load = reason[:300], 0, 0, 0, 0, 0
    db.session.execute(delete(ForumAgencyRow).where(ForumAgencyRow.forum_id == forum_id))
    _move(row, state, "cancelled a forum")
    letters.tell_everybody(rows, "off")
    return len(rows)


def add_to_room(forum_id: int, *, agency: str, role: str) -> None:
    """Say that somebody of this agency, in this role, will be in the room."""
    _row(forum_id)
    db.session.add(ForumRoomRow(forum_id=forum_id, agency=agency, role=role))
    db.session.flush()


def remove_from_room(forum_id: int, *, agency: str, role: str) -> None:
    """Take such a line away; doing it twice changes nothing."""
    lines = delete(ForumRoomRow).where(ForumRoomRow.forum_id == forum_id)
    db.session.execute(lines.where(ForumRoomRow.agency == agency, ForumRoomRow.role == role))


def put_at_door(forum_id: int, person_id: int) -> None:
    """Let somebody of the staff check people in at this forum, until that night."""
    _row(forum_id)
    db.session.merge(ForumDoorRow(forum_id=forum_id, person_id=person_id))
    db.session.flush()
    note("put somebody at the door", f"forum {forum_id}: person {person_id}")


def take_from_door(forum_id: int, person_id: int) -> None:
    """Take somebody from the door; doing it twice changes nothing."""
    row = db.session.get(ForumDoorRow, (forum_id, person_id))
    if row is not None:
        db.session.delete(row)
        note("took somebody from the door", f"forum {forum_id}: person {person_id}")


def see_checks(sign_up_id: int, *, by: Person, today: date) -> None:
    """Keep that somebody of the team has seen an adult's checks; who said there are none hears of it.

    Raises `NotFound`.
    """
    row = db.session.get(SignUpRow, sign_up_id)
    if row is None or row.age is not None:
        raise NotFound(N_("There is no such sign-up of an adult"))
    first = row.checks_seen_by is None
    row.checks_seen_by, row.checks_seen_on = by.id, today
    note("saw an adult's checks", f"sign-up {sign_up_id}")
    if first and row.state == "confirmed" and not (row.checks_said or row.walk_in):
        letters.tell(row)


def _keep_what_was(row: ForumRow, was: Plan, *, at: datetime) -> None:
    """Keep what people knew, for the page behind the letter: it says what is different."""
    row.changed_at = bare(at)
    where = {"starts": was.starts, "ends": was.ends, "venue": was.venue, "address": was.address}
    db.session.add(ForumChangeRow(forum_id=row.id, changed_at=row.changed_at, **where))
    db.session.flush()


def _move(row: ForumRow, state: str, did: str) -> None:
    row.state = state
    db.session.flush()
    note(did, f"forum {row.id}")


def _held(forum_id: int, *states: str) -> ForumRow:
    ledger.lock(forum_id)
    row = _row(forum_id)
    if states and row.state not in states:
        raise NotOpen(N_("This forum has begun, is over or was cancelled, so its plan stays as it is"))
    return row


def _row(forum_id: int) -> ForumRow:
    row = db.session.get(ForumRow, forum_id, populate_existing=True)
    if row is None:
        raise NotFound(N_("There is no such forum"))
    return row


def _check_agencies(forum_id: int, old: Limits, new: Limits) -> None:
    """Raise `NotValid` for a cap below what one agency holds; where names were joined it may lie above an old one."""
    most = db.session.scalar(select(func.max(ForumAgencyRow.taken)).where(ForumAgencyRow.forum_id == forum_id)) or 0
    if new.agency_cap and new.agency_cap != old.agency_cap and most > new.agency_cap:
        raise NotValid(N_("One agency holds more places than that: cancel some first, or choose a higher number"))


def _columns(plan: Plan) -> dict[str, Any]:
    plain = {name: value for name, value in vars(plan).items() if name != "limits"}
    limits = {QUOTAS[name]: value for name, value in asdict(plan.limits).items()}
    return {**plain, "kind": plan.kind.value, **limits}


def _free_slug(on: date | None, *, mine: str = "") -> str:
    """Name the month, not the theme: an address stays in a phone's history."""
    plain = f"{on:%B-%Y}".lower() if on else "forum"
    taken = set(db.session.scalars(select(ForumRow.slug).where(ForumRow.slug.startswith(plain)))) - {mine}
    return next(slug for slug in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
