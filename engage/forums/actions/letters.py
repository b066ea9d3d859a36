"""Letters about a sign-up: neutral words and a link, in the person's own language; the outbox sends them."""

from datetime import UTC, datetime
from functools import lru_cache

from flask_babel import force_locale, format_date, format_time, gettext
from sqlalchemy import select

from engage.forums.actions.parties import consented
from engage.forums.models import GroupRow, GuardianRow, SignUpRow
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.queries.links import path
from engage.forums.rules.consents import needs_adult
from engage.forums.rules.forums import Forum
from engage.forums.rules.letters import LETTERS
from engage.forums.rules.links import Opens
from engage.forums.rules.signing_up import needs_check
from engage.forums.rules.states import HOLDS_PLACE
from engage.shared import db, outbox
from engage.shared.clock import LONDON

LINK = "\0"
OF_STATE = {
    "confirmed": "place",
    "awaiting_consent": "held",
    "waitlisted": "waiting",
    "offered": "offer",
    "expired": "expired",
    "cancelled": "cancelled",
}
# What the adult hears, so that they pass it on, where a young person gave no way to reach them.
PASSED_ON = {"offer": "offer_adult", "expired": "news_adult"}


def tell(row: SignUpRow, kind: str = "", *, forum: Forum | None = None) -> None:
    """Tell somebody how their sign-up stands; a member of a group is told through its leader.

    Who gave no way to reach them hears of an offer through their adult.

    `forum` saves a look at it where it is known.
    """
    kind = kind or _of_state(row)
    if row.contact:
        until = row.offered_until or row.held_until
        _write(kind, row.contact, path(Opens.MINE, row.key), row.language, (forum or forum_by_id(row.forum_id), until))
    elif kind in PASSED_ON:
        tell_adult(row, PASSED_ON[kind])


def tell_adult(row: SignUpRow, kind: str) -> None:
    """Tell the adult who was asked, with their own link and never the young person's; nobody where none was."""
    guardian = adult_to_tell(row)
    if guardian is not None and guardian.contact:
        about = forum_by_id(row.forum_id), row.offered_until or row.held_until
        _write(kind, guardian.contact, path(Opens.GUARDIAN, guardian.key), row.language, about)


def tell_everybody(rows: list[SignUpRow], kind: str, *, leader: str = "") -> None:
    """Tell those who signed up, the adults who were asked, and the leaders of their groups, each once."""
    for row in rows:
        tell(row, kind)
        tell_adult(row, kind)
    for group_id in sorted({row.group_id for row in rows if row.group_id is not None}):
        tell_leader(group_id, leader or kind)


def adult_of(row: SignUpRow) -> GuardianRow | None:
    """Give the adult who was asked for a young person, None where nobody was."""
    return db.session.scalar(select(GuardianRow).where(GuardianRow.sign_up_id == row.id))


def adult_to_tell(row: SignUpRow) -> GuardianRow | None:
    """Give the adult who hears how it goes on; none who said no to somebody that has decided alone since, at 16."""
    guardian = adult_of(row)
    hears = row.age is None or needs_adult(row.age) or consented(row)
    return guardian if hears else None


def tell_leader(group_id: int, kind: str = "group", *, until: datetime | None = None) -> None:
    """Tell the leader of a group, who sees how each place stands behind one link."""
    group = db.session.get_one(GroupRow, group_id)
    if group.contact:
        _write(kind, group.contact, path(Opens.GROUP, group.key), group.language, (forum_by_id(group.forum_id), until))


def tell_all(rows: list[SignUpRow]) -> None:
    """Tell each of these how they stand now, and the leader of each of their groups once."""
    first_of: dict[int, SignUpRow] = {}
    for row in rows:
        tell(row)
        if row.group_id is not None:
            first_of.setdefault(row.group_id, row)
    for group_id, row in first_of.items():
        tell_leader(group_id, OF_STATE[row.state], until=row.offered_until or row.held_until)


def ask_guardian(row: SignUpRow) -> None:
    """Ask the adult who may say yes."""
    tell_adult(row, "ask" if row.state in HOLDS_PLACE else "ask_waiting")


def _of_state(row: SignUpRow) -> str:
    if row.state == "confirmed" and lacks_check(row):
        return "place_check"
    waits = row.state == "waitlisted" and row.age is not None and needs_adult(row.age)
    return "waiting_adult" if waits else OF_STATE[row.state]


def lacks_check(row: SignUpRow) -> bool:
    """Answer whether the place of an adult is not sure before somebody has seen a check of theirs."""
    seen = row.checks_seen_by is not None
    return needs_check(said=row.checks_said, seen=seen, is_adult=row.age is None, walk_in=row.walk_in)


def _write(kind: str, to: str, address: str, language: str, about: tuple[Forum, datetime | None]) -> None:
    forum, last = about
    until = (last or forum.closes_at.replace(tzinfo=None)).replace(tzinfo=UTC)
    subject, body = (
        words.replace(LINK, outbox.link(address)) for words in _words(kind, language, forum.starts_at, until)
    )
    outbox.write(outbox.NewLetter(kind, to, subject, body, language), useful_until=max(forum.ends_at, until))


@lru_cache(maxsize=256)
def _words(kind: str, language: str, starts_at: datetime, until: datetime) -> tuple[str, str]:
    """Give subject and body with `LINK` where the link stands: many letters differ in nothing else."""
    words = LETTERS[kind]
    with force_locale(language):
        said = _said(starts_at, until) | {"link": LINK}
        return gettext(words.subject) % said, gettext(words.body) % said


def _said(starts_at: datetime, until: datetime) -> dict[str, str]:
    begins, ends = starts_at.astimezone(LONDON), until.astimezone(LONDON)
    return {
        "day": format_date(begins.date(), "d MMMM"),
        "time": format_time(begins.time(), "HH:mm"),
        "until": f"{format_date(ends.date(), 'd MMMM')}, {format_time(ends.time(), 'HH:mm')}",
    }
