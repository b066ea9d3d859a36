"""Tell the people who read that something waits: how many, and nothing else, ever."""

from datetime import datetime

from engage.accounts.queries import people
from engage.accounts.rules import Role
from engage.safeguarding.queries.duty import duty_readers
from engage.shared import outbox
from engage.shared.clock import LONDON
from engage.shared.outbox import NewLetter

KIND = "item needs reading"


def tell_readers(count: int, *, at: datetime, about: str = "") -> None:
    """Write to today's readers and deputies and every safeguarding lead that `count` items need reading (rule S5).

    `about` names the cause, and never stands in the letter: nobody is told twice about the same one.
    """
    on_duty = {reader.person_id for reader in duty_readers(at.astimezone(LONDON).date())}
    told = [one for one in people() if one.id in on_duty or Role.SAFEGUARDING in one.roles]
    items = "1 item needs" if count == 1 else f"{count} items need"
    for one in told:
        body = f"{items} reading.\n\nSign in to see: {outbox.link('/desk/')}\n"
        outbox.write(NewLetter(KIND, one.email, f"{items} reading", body), once=about and f"{about}: {one.id}")
