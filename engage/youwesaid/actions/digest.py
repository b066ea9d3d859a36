"""Write to each agency's people, once a week, how much they owe."""

from datetime import datetime

from engage.accounts.actions import note
from engage.accounts.queries import last_noted, people
from engage.accounts.rules import Role
from engage.shared import db, outbox
from engage.shared.clock import LONDON
from engage.shared.outbox import NewLetter
from engage.youwesaid.queries.owed import owed
from engage.youwesaid.rules.owed import BODY, SUBJECT, is_due, owed_words, week_of

WROTE = "wrote what agencies owe this week"
KIND = "what is owed this week"


def write_digests(at: datetime) -> int:
    """Write the letters of this week, if nobody has; give how many. A second worker at once writes none twice."""
    here, last = at.astimezone(LONDON), last_noted(WROTE)
    if not is_due(here, last):
        return 0
    count = 0
    for someone in people(Role.AGENCY):
        counts = owed(someone, here.date())
        words = owed_words(**{pile: counts[pile] for pile in ("late", "sent_back", "asked")}, due=counts["soon"])
        if words:
            body = BODY.format(counts=words, link=outbox.link("/desk/actions/"))
            outbox.write(NewLetter(KIND, someone.email, SUBJECT, body), once=f"owed:{week_of(here)}:{someone.id}")
            count += 1
    note(WROTE, f"{count} letters")
    db.session.flush()
    return count
