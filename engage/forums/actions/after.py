"""Remind before, thank after, and tell everybody who was there what happened because of it: a few words and a link."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import force_locale, format_date, format_time, gettext
from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.forums.actions import letters
from engage.forums.models import ForumAnswerRow, ForumRow, SignUpRow
from engage.forums.queries.after import answers
from engage.forums.queries.door import met_between
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.queries.links import path
from engage.forums.rules.after import REMIND_BEFORE, THANK_UNTIL, NewAnswer, check_held, letter_due
from engage.forums.rules.forums import Forum
from engage.forums.rules.letters import LETTERS
from engage.forums.rules.links import Opens
from engage.forums.rules.states import FOLLOWS, FORUM
from engage.shared import db, outbox
from engage.shared.clock import LONDON

BEFORE = ("reminder", "place_check")
WHO = {"reminder": ("confirmed",), "thanks": ("attended",), "told": ("attended", "no_show")}


@dataclass(frozen=True)
class To:
    """Whom a letter goes to, which page its link opens, and in which language."""

    contact: str
    address: str
    language: str


def write_letters(at: datetime) -> int:
    """Write every reminder and thanks that is due, each once; give for how many forums."""
    today, count = at.astimezone(LONDON).date(), 0
    for forum in met_between(today - THANK_UNTIL - timedelta(days=1), today + REMIND_BEFORE + timedelta(days=1)):
        kind = letter_due(forum, at=at)
        if kind:
            _write_all(forum, kind, once=f"{kind} {forum.id}", at=at)
            count += 1
    return count


def say_what_happened(forum_id: int, new: NewAnswer, *, by: Person, at: datetime) -> int:
    """Say one thing that happened because of a forum, and tell everybody who signed up that there is an answer.

    Gives the answer's id. Raises `NotFound`, `NotAllowed`, `NotOpen` before the forum was held.
    """
    forum = forum_by_id(forum_id)
    check_held(forum)
    today = at.astimezone(LONDON).date()
    row = ForumAnswerRow(forum_id=forum_id, words=new.words, said_on=today, concern=new.concern, written_by=by.id)
    db.session.add(row)
    db.session.flush()
    note("said what happened because of a forum", f"forum {forum_id}")
    if forum.state == "ended":
        _move(forum_id, "feed_back", roles=by.roles, fed_back_on=today)
    _write_all(forum, "told", once=f"told {forum_id} {today}", at=at)
    return row.id


def take_answer_back(forum_id: int, answer_id: int) -> None:
    """Take an answer off the public page; without its last one the forum owes an answer again.

    Doing it twice changes nothing.
    """
    row = db.session.get(ForumAnswerRow, answer_id)
    if row is not None and row.forum_id == forum_id:
        db.session.delete(row)
        note("took an answer back", f"forum {forum_id}")
        db.session.flush()
        if not answers(forum_id) and forum_by_id(forum_id).state == "fed_back":
            _move(forum_id, "owe_again", roles={FOLLOWS}, fed_back_on=None)


def _move(forum_id: int, verb: str, *, roles: Collection[str], fed_back_on: date | None) -> None:
    """Say whether people were told, which is so only while something that happened stands on the public page."""
    row = db.session.get_one(ForumRow, forum_id, populate_existing=True)
    row.state = FORUM.move(verb, state=row.state, roles=roles)
    row.fed_back_on = fed_back_on
    db.session.flush()


def _write_all(forum: Forum, kind: str, *, once: str, at: datetime) -> None:
    wanted = select(SignUpRow).where(SignUpRow.forum_id == forum.id, SignUpRow.state.in_(WHO[kind]))
    for row in db.session.scalars(wanted.order_by(SignUpRow.id)):
        if row.contact:
            to = To(row.contact, path(Opens.MINE, row.key), row.language)
            not_sure = kind == "reminder" and letters.lacks_check(row)
            _write(forum, "place_check" if not_sure else kind, to, once=f"{once} {row.id}", at=at)
        elif (adult := letters.adult_to_tell(row)) is not None and adult.contact:
            to = To(adult.contact, path(Opens.GUARDIAN, adult.key), row.language)
            _write(forum, "news_adult", to, once=f"{once} {row.id}", at=at)


def _write(forum: Forum, kind: str, to: To, *, once: str, at: datetime) -> None:
    words, begins = LETTERS[kind], forum.starts_at.astimezone(LONDON)
    with force_locale(to.language):
        said = {
            "day": format_date(begins.date(), "d MMMM"),
            "time": format_time(begins.time(), "HH:mm"),
            "link": outbox.link(to.address),
        }
        subject, body = gettext(words.subject) % said, gettext(words.body) % said
    letter = outbox.NewLetter(kind, to.contact, subject, body, to.language)
    outbox.write(letter, useful_until=forum.doors_at if kind in BEFORE else at + THANK_UNTIL, once=once)
