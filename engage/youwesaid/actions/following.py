"""Follow a topic, confirm it, stop it; write to those who follow, and forget them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_bytes

from flask_babel import force_locale, format_date, gettext
from sqlalchemy import delete, or_, select

from engage.shared import db, outbox
from engage.shared.clock import LONDON
from engage.shared.errors import NotFound
from engage.shared.keeping import FOLLOWING, UNCONFIRMED
from engage.shared.words import N_
from engage.youwesaid.models import FollowerRow
from engage.youwesaid.queries.following import mark_of, newest_lines, token
from engage.youwesaid.rules.following import KEY_BYTES, Opens, may_write_at
from engage.youwesaid.rules.newsletter import KINDS, Piece

GONE = N_("This link has run out. You can ask for a new one.")


@dataclass(frozen=True)
class NewFollower:
    """What somebody typed: where to write, about which topic (empty: everything), in which language."""

    address: str
    topic: str
    language: str


def follow(new: NewFollower, *, today: date) -> None:
    """Ask the owner of an address whether they want this: at most one letter a day, and none once they said yes."""
    mark = mark_of(new.address)
    row = {
        "key": token_bytes(KEY_BYTES), "mark": mark, "address": new.address, "topic": new.topic,
        "language": new.language, "asked_on": today, "told_line": 0,
    }  # fmt: skip
    fresh = db.insert_into(FollowerRow).values(row).on_conflict_do_nothing(index_elements=["mark", "topic"])
    added = db.session.scalar(fresh.returning(FollowerRow.key))
    known = _known(mark, new.topic)
    if added is None and (known.confirmed_on or known.asked_on == today):
        return
    known.asked_on, known.language = today, new.language
    _ask(known.key, new)


def confirm(key: bytes, *, today: date) -> None:
    """The owner of the address wants it; what is public by now is not news to them. Raises `NotFound`."""
    row = db.locked(FollowerRow, key)
    if row is None:
        raise NotFound(GONE)
    if row.confirmed_on is None:
        row.confirmed_on, row.told_line = today, newest_lines().get(row.topic, 0)


def stop(key: bytes) -> None:
    """Forget the address this key belongs to, whatever it follows; once it is gone, that is so already."""
    mark = db.session.scalar(select(FollowerRow.mark).where(FollowerRow.key == key))
    db.session.execute(delete(FollowerRow).where(FollowerRow.mark == mark))


def tell_followers(at: datetime) -> int:
    """Write to those for whom something is new, at most once a day, after school; give how many letters."""
    here = at.astimezone(LONDON)
    if not may_write_at(here.time()):
        return 0
    today, newest = here.date(), newest_lines()
    not_today = or_(FollowerRow.told_on.is_(None), FollowerRow.told_on < today)
    waits = select(FollowerRow).where(FollowerRow.confirmed_on.is_not(None), not_today).order_by(FollowerRow.key)
    with_news = [row for row in db.session.scalars(waits) if newest.get(row.topic, 0) > row.told_line]
    for row in _one_each(with_news):
        _tell(row)
    for row in with_news:
        row.told_on, row.told_line = today, newest[row.topic]
    return len({row.mark for row in with_news})


def send_news(edition: str, number: int, make: Callable[[], str]) -> int:
    """Send one number of the newsletter to everybody who follows this edition, once; give how many letters.

    `make` writes what it says, in the language it is called in.
    """
    wants = select(FollowerRow).where(FollowerRow.confirmed_on.is_not(None), FollowerRow.topic == f"news-{edition}")
    rows = db.session.scalars(wants.order_by(FollowerRow.key)).all()
    for row in rows:
        away = _link(Opens.STOP, row.key)
        with force_locale(row.language):
            words = f"{make()}\n\n{gettext('No more of these letters: %(link)s', link=away)}"
            subject = gettext("You said, we did: newsletter %(number)s", number=number)
        letter = outbox.NewLetter("newsletter", row.address or "", subject, words, row.language, stop_at=away)
        outbox.write(letter, once=f"newsletter {edition} {number} {row.key.hex()}")
    return len(rows)


def news_as_letter(words: str, found: Mapping[str, Sequence[Piece]], page: str) -> str:
    """Write a newsletter as plain text, in the language this is called in."""
    parts = [words]
    for kind, pieces in found.items():
        told = [f"{piece.title}\n{piece.words or piece.you_said}" for piece in pieces]
        parts += [gettext(KINDS[kind]), *told]
    return "\n\n".join([*parts, gettext("The same with links: %(link)s", link=page)])


def forget_followers(today: date) -> int:
    """Delete addresses nobody confirmed, and those confirmed a year ago; give how many."""
    rows = delete(FollowerRow).where(
        or_(
            FollowerRow.confirmed_on < today - FOLLOWING,
            FollowerRow.confirmed_on.is_(None) & (FollowerRow.asked_on < today - UNCONFIRMED),
        )
    )
    return db.session.execute(rows).rowcount  # type: ignore[attr-defined,no-any-return]


def _known(mark: bytes, topic: str) -> FollowerRow:
    return db.session.scalars(select(FollowerRow).where(FollowerRow.mark == mark, FollowerRow.topic == topic)).one()


def _one_each(rows: Iterable[FollowerRow]) -> Iterable[FollowerRow]:
    """One row of each address: who follows two topics gets one letter."""
    return {row.mark: row for row in rows}.values()


def _ask(key: bytes, new: NewFollower) -> None:
    with force_locale(new.language):
        words = (
            gettext("Somebody typed this address to hear when something new is on our public page."),
            gettext("If it was you, open this and press the button: %(link)s", link=_link(Opens.CONFIRM, key)),
            gettext("If not, do nothing. We forget the address in a few days."),
        )
        subject = gettext("Is this your address?")
    outbox.write(outbox.NewLetter("follow: confirm", new.address, subject, "\n\n".join(words), new.language))


def _tell(row: FollowerRow) -> None:
    ends = (row.confirmed_on or row.asked_on) + FOLLOWING
    away = _link(Opens.STOP, row.key)
    with force_locale(row.language):
        words = (
            gettext("Something new is public. You can read it here: %(link)s", link=outbox.link("/you-said-we-did/")),
            gettext("No more of these letters: %(link)s", link=away),
            gettext("They end by themselves on %(day)s.", day=format_date(ends, "d MMMM y")),
        )
        subject = gettext("Something new to read")
    letter = outbox.NewLetter(
        "follow: news", row.address or "", subject, "\n\n".join(words), row.language, stop_at=away
    )
    outbox.write(letter)


def _link(opens: Opens, key: bytes) -> str:
    return outbox.link(f"/follow/{opens.value}/{token(opens, key)}")
