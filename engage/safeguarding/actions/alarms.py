"""What the clock does where nobody reads: say so to more and more people, never what was written."""

from collections.abc import Callable, Set
from datetime import UTC, date, datetime

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.safeguarding.actions.telling import Whose, alarm, everybody, tell_of, tell_of_alerts, tell_readers
from engage.safeguarding.models import AlertRow
from engage.safeguarding.queries.alarms import Asking, last_opened, raised_since, seen_of, unopened, waiting_since
from engage.safeguarding.queries.duty import days_without_reader
from engage.safeguarding.rules.alarms import (
    MANAGER_AFTER,
    NEWS,
    ORDINARY,
    days_late,
    days_to_name,
    half_hour,
    is_silent,
    may_go_further,
    next_working_day,
)
from engage.safeguarding.rules.alerts import ALERT, due_at
from engage.shared import db
from engage.shared.clock import LONDON, bare
from engage.shared.states import CLOCK

UnreadOf = Callable[[Person], date | None]


def tell_of_new(at: datetime) -> int:
    """Tell whoever reads today that something came, in one letter for each half hour; give how many came lately."""
    new, asking = raised_since(at - NEWS), _asking(lambda came: came >= at - NEWS)
    if new:
        tell_of_alerts(new, at=at, about=f"came {half_hour(at)}")
    if asking:
        tell_of(asking, _seen_of_asking, at=at, about=f"asked {half_hour(at)}")
    return len(new) + len(asking)


def _asking(which: Callable[[datetime], bool]) -> Set[Asking]:
    return {one for one, came in unopened().items() if which(came)}


def _seen_of_asking(someone: Person) -> Set[Asking]:
    return unopened(someone.agencies).keys()


def escalate_further(at: datetime) -> int:
    """Call the manager about every alert that nobody looked at although deputy and leads were told; give how many."""
    told = select(AlertRow).where(
        AlertRow.state == ALERT.first, AlertRow.escalated_at.is_not(None), AlertRow.further_at.is_(None)
    )
    held = db.session.scalars(told.with_for_update().execution_options(populate_existing=True)).all()
    late = [row for row in held if row.escalated_at and may_go_further(row.escalated_at.replace(tzinfo=UTC), now=at)]
    for row in late:
        row.state = ALERT.move("escalate_further", state=row.state, roles=[CLOCK])
        row.further_at = bare(at)
        note("called the manager: nobody had read it", f"alert {row.id}")
    if late:
        words = "Something has waited too long to be read, and the deputy was told two hours ago."
        ids = [row.id for row in late]
        once = f"further {at:%Y-%m-%d %H:%M}"
        alarm(words, once=once, manager=True, whose=lambda lead: seen_of(ids, lead.agencies))
    return len(late)


def raise_alarms(
    at: datetime, *, unread_since: date | None, open_until: date | None, unread_of: UnreadOf | None = None
) -> None:
    """Say once a day that nobody opened what waits or who asks, that a day has no reader, or that answers lie unread.

    `unread_since` is the day of the oldest unread written answer, `open_until` the last day of the open surveys;
    `unread_of` gives the day of the oldest of them that somebody may see, where not everybody sees all.
    """
    today = at.astimezone(LONDON).date()
    if is_silent(waiting_since(), last_opened(), now=at):
        _call_where_silent(at, today)
    _call_for_asking(at, today)
    if open_until is not None:
        _call_for_readers(today, open_until)
    if unread_since is not None:
        _call_for_reading(at, days_late(unread_since, today=today), today, _late_for(unread_of, today))


def _call_where_silent(at: datetime, today: date) -> None:
    words = "Something waits, and nobody has opened anything for a working day."
    opened_at = last_opened()

    def is_theirs(lead: Person) -> bool:
        return is_silent(waiting_since(lead.agencies), opened_at, now=at)

    alarm(words, once=f"silent {today}", manager=True, whose=is_theirs)


def _call_for_asking(at: datetime, today: date) -> None:
    """Call for who asked to be contacted, or answered: whatever else was opened since, nobody opened this."""
    late = _asking(lambda came: at > due_at(came, ORDINARY))
    if late:
        tell_of(late, _seen_of_asking, at=at, about=f"asked, unopened {today}", late=True)


def _call_for_readers(today: date, open_until: date) -> None:
    bare_days = days_without_reader(today, next_working_day(today))
    for day in days_to_name(bare_days, today=today, open_until=open_until):
        words = f"A survey is open, and nobody is named to read on {day:%A %d %B}."
        alarm(words, once=f"no reader {day} told {today}", manager=day == today)


def _call_for_reading(at: datetime, late: int, today: date, whose: Whose) -> None:
    once = f"answers unread {today}"
    if late:
        tell_readers(1, at=at, about=once, whose=whose)
    if late > MANAGER_AFTER:
        alarm("Written answers have waited for days to be read.", once=once, manager=True, whose=whose)


def _late_for(unread_of: UnreadOf | None, today: date) -> Whose:
    if unread_of is None:
        return everybody
    return lambda someone: days_late(unread_of(someone) or today, today=today)
