"""What waits for somebody to read: what the machine made ready, and what it has not."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from engage.accounts.rules import Person, Role
from engage.analysis.models import ExcerptAboutRow, ExcerptRow, ThemeRow
from engage.analysis.queries.hidden import WHOLE
from engage.analysis.queries.reading import alerts_about
from engage.safeguarding.rules.alerts import HIGH
from engage.safeguarding.rules.duty import working_days
from engage.shared import db, wanted
from engage.shared.waiting import Waiting
from engage.surveys.queries.written import written_days, written_keys

READERS = frozenset({Role.VOICE, Role.SAFEGUARDING})
READING = "/desk/reading/"
UNREAD = ExcerptRow.read_on.is_(None)


def unread(wave_id: int) -> int:
    """How many written answers of a wave nobody has read, those the machine has not made ready among them."""
    ready = select(ExcerptRow.written_key).where(ExcerptRow.wave_id == wave_id, ExcerptRow.written_key.is_not(None))
    missing = set(written_keys(wave_id)).difference(db.session.scalars(ready, execution_options=WHOLE))
    left = select(func.count()).where(ExcerptRow.wave_id == wave_id, UNREAD)
    return (db.session.scalar(left, execution_options=WHOLE) or 0) + len(missing)


def oldest_unread(on: date, *, agencies: Collection[int] = ()) -> date | None:
    """The day of the oldest written answer of a wave that nobody had read by the end of this day.

    What is about somebody of these agencies, the reader's own, is left out.
    """
    unread_then = ExcerptRow.read_on.is_(None) | (ExcerptRow.read_on > on)
    about_us = select(ExcerptAboutRow.excerpt_key).where(ExcerptAboutRow.agency_id.in_(agencies))
    theirs = unread_then, ExcerptRow.wave_id.is_not(None), ExcerptRow.key.not_in(about_us)
    shown = db.session.scalar(select(func.min(ExcerptRow.day)).where(*theirs))
    return _earliest(*(day for day in (shown, *_missing()) if day is not None and day <= on))


def unread_since(wave_id: int) -> date | None:
    """The day of the oldest written answer of one wave that nobody has read, made ready by the machine or not."""
    days, mine = written_days(), set(written_keys(wave_id))
    made, first = select(ExcerptRow.written_key), select(func.min(ExcerptRow.day)).where(UNREAD)
    ready = set(db.session.scalars(made.where(ExcerptRow.wave_id == wave_id), execution_options=WHOLE))
    shown = db.session.scalar(first.where(ExcerptRow.wave_id == wave_id), execution_options=WHOLE)
    return _earliest(shown, *(days[key] for key in mine - ready if key in days))


def waiting(person: Person, today: date) -> list[Waiting]:
    """What waits for this person to read, and what the machine could not make ready for anybody."""
    lines = _to_read(today) if Role.VOICE in person.roles else []
    lines += [_unheard(), _broken()] if person.roles & READERS else []
    return [line for line in lines if line.count]


def _to_read(today: date) -> list[Waiting]:
    count, since = db.session.execute(select(func.count(), func.min(ExcerptRow.day)).where(UNREAD)).one()
    worrying = db.session.scalar(select(func.count(ExcerptRow.key)).where(UNREAD, ExcerptRow.flagged))
    maybe = db.session.scalar(select(func.count()).where(ThemeRow.state == "candidate"))
    in_waves = db.session.scalar(select(func.min(ExcerptRow.day)).where(UNREAD, ExcerptRow.wave_id.is_not(None)))
    missing = _missing()
    since, in_waves = _earliest(since, *missing), _earliest(in_waves, *missing)
    late = in_waves is not None and len(working_days(in_waves + timedelta(days=1), today)) > 1
    return [
        Waiting("Written answers to read, worrying ones first", count + len(missing), since, READING, late),
        Waiting("Worrying answers among them", worrying or 0, None, READING, late),
        Waiting("Suggested themes to look at", maybe or 0, None, "/desk/themes/"),
    ]


def _unheard() -> Waiting:
    """What scores very high, has no alert and was read by nobody: an imported comment, or what no word list names."""
    asked = select(ExcerptRow).where(UNREAD, ExcerptRow.flagged, ExcerptRow.urgency >= HIGH)
    high = list(db.session.scalars(asked.options(defer(ExcerptRow.words), defer(ExcerptRow.why))))
    alerts = alerts_about(high)
    left = [row.day for row in high if row.key not in alerts]
    words = "Answers that score very high, have no alert, and nobody has read"
    return Waiting(words, len(left), _earliest(*left), READING, late=bool(left), safety=True)


def _missing() -> list[date]:
    """The day of each written answer, in a wave that is not reported, that has not been made ready to read."""
    days = written_days()
    ready = select(ExcerptRow.written_key).where(ExcerptRow.wave_id.is_not(None), ExcerptRow.written_key.is_not(None))
    return [days[key] for key in days.keys() - set(db.session.scalars(ready, execution_options=WHOLE))] if days else []


def _broken() -> Waiting:
    failed = [piece for piece in wanted.waiting() if piece.kind == "read" and piece.failed]
    words = "See why the machine could not make answers ready to read"
    return Waiting(words, len(failed), None, "/desk/themes/", late=bool(failed))


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
