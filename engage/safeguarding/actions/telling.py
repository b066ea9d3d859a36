"""Tell the people who read that something waits: how many, and nothing else, ever."""

from collections.abc import Callable, Iterable, Set
from datetime import datetime
from typing import TypeVar

from flask import current_app

from engage.accounts.queries import people
from engage.accounts.rules import Person, Role
from engage.safeguarding.queries.alarms import seen_of
from engage.safeguarding.queries.duty import duty_readers
from engage.settings import Settings
from engage.shared import heartbeat, outbox
from engage.shared.clock import LONDON
from engage.shared.outbox import NewLetter

Whose = Callable[[Person], object]
Thing = TypeVar("Thing")
KIND = "item needs reading"
ALARM = "alarm of the reading queue"
STOPPED = "Engage's worker has stopped: no new answer is screened, nothing late is passed on. Somebody must start it."
HANGS = "Engage's worker runs, but new answers have waited half an hour to be screened. Somebody must start it again."


def everybody(_one: Person) -> bool:
    """Hide it from nobody."""
    return True


def tell_readers(count: int, *, at: datetime, about: str = "", whose: Whose = everybody) -> None:
    """Write to today's readers and deputies and every safeguarding lead that `count` items need reading (rule S5).

    `about` names the cause, and never stands in the letter: nobody is told twice about the same one. `whose` says of
    each of them whether it is theirs to see.
    """
    told = [*_on_duty(at, deputies=True), *people(Role.SAFEGUARDING)]
    _tell(count, filter(whose, told), about=about)


def tell_of_alerts(alert_ids: frozenset[int], *, at: datetime, about: str = "", late: bool = False) -> None:
    """Tell of alerts as `tell_of` does."""
    tell_of(alert_ids, lambda one: seen_of(alert_ids, one.agencies), at=at, about=about, late=late)


def tell_of(
    things: Set[Thing], seen_by: Callable[[Person], Set[Thing]], *, at: datetime, about: str = "", late: bool = False
) -> None:
    """Write to whoever reads today how many of these they may see need reading, nothing where that is none.

    The safeguarding leads hear of what nobody on duty may see; with `late` all of them hear, and deputies.
    """
    leads = people(Role.SAFEGUARDING)
    told = [*_on_duty(at, deputies=late), *(leads if late else [])]
    seen = {one: things & seen_by(one) for one in told}
    left = things - set[Thing]().union(*seen.values())
    for lead in leads if left else []:
        seen[lead] = seen.get(lead, set()) | (left & seen_by(lead))
    for one, theirs in seen.items():
        if theirs:
            _tell(len(theirs), [one], about=about)


def tell_other_leads(*, but_of: frozenset[int], about: str) -> None:
    """Write the same to every safeguarding lead who belongs to none of these agencies."""
    _tell(1, [lead for lead in people(Role.SAFEGUARDING) if but_of.isdisjoint(lead.agencies)], about=about)


def alarm(
    words: str,
    *,
    once: str,
    manager: bool,
    also: Iterable[Person] = (),
    whose: Whose = everybody,
) -> None:
    """Write one plain sentence to leads, and to the partnership's manager, once for each cause; to `also` as well.

    `whose` says of each lead whether it is theirs to see: nobody hears of what is hidden from them.
    """
    called = {str(one.id): one.email for one in [*filter(whose, people(Role.SAFEGUARDING)), *also]}
    settings: Settings = current_app.extensions["settings"]
    if manager and settings.manager:
        called["manager"] = settings.manager
    for who, address in called.items():
        body = f"{words}\n\nSign in to see: {outbox.link('/desk/')}\n"
        outbox.write(NewLetter(ALARM, address, "The reading queue needs somebody", body), once=f"{once}: {who}")


def call_for_worker(at: datetime) -> None:
    """Call leads, today's readers, administrators and the manager, once a day, where new words are screened by nobody.

    Where no worker lives, whoever calls this sends the letters too.
    """
    trouble = heartbeat.trouble(at)
    if trouble is None:
        return
    words = HANGS if trouble.lives else STOPPED
    also = [*_on_duty(at, deputies=True), *people(Role.ADMIN)]
    since = trouble.since.isoformat(timespec="minutes") if trouble.since else None  # stopped again: told again
    once = f"worker {'hangs' if trouble.lives else 'silent'} {at.astimezone(LONDON).date()} since {since}"
    alarm(words, once=once, manager=True, also=also)


def _on_duty(at: datetime, *, deputies: bool) -> list[Person]:
    rota = duty_readers(at.astimezone(LONDON).date())
    named = {reader.person_id for reader in rota if deputies or not reader.deputy}
    return [one for one in people() if one.id in named]


def _tell(count: int, told: Iterable[Person], *, about: str) -> None:
    items = "1 item needs" if count == 1 else f"{count} items need"
    for one in dict.fromkeys(told):
        body = f"{items} reading.\n\nSign in to see: {outbox.link('/desk/')}\n"
        outbox.write(NewLetter(KIND, one.email, f"{items} reading", body), once=about and f"{about}: {one.id}")
