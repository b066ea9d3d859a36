"""The blueprint of these staff pages, and who is reading."""

from flask import Blueprint

from engage.accounts.guards import me, person
from engage.accounts.rules import Person, Role
from engage.safeguarding import queries
from engage.safeguarding.guards import gave_reason
from engage.safeguarding.rules.alerts import check_may_read, waited
from engage.safeguarding.rules.hearing import kind_names
from engage.shared.clock import now, today
from engage.shared.errors import NotRead
from engage.shared.words import N_

pages = Blueprint("safeguarding_desk", __name__, url_prefix="/desk/alerts", template_folder="../templates")
pages.add_app_template_filter(lambda since: waited(since, now=now()), "waited")
pages.add_app_template_filter(lambda kind: kind_names().get(kind, kind[:1].upper() + kind[1:]), "kind_name")
pages.add_app_template_filter(lambda at: f"{at:%A %d %B, %H:%M}", "moment")
READERS = (Role.SAFEGUARDING, Role.VOICE)


@pages.context_processor
def known_of_the_reader() -> dict[str, bool]:
    """Say whether the reader is on today's rota, and whether they are asked for a reason before anything opens."""
    someone = person()
    on_duty = someone is not None and queries.is_on_duty(someone.id, today())
    return {"on_duty": on_duty, "asks_why": not on_duty and someone is not None and not gave_reason(someone)}


def reader() -> Person:
    """Give who is reading. Raises `NotAllowed` for somebody of the team who is not on the rota today."""
    someone = me()
    check_may_read(someone.roles, on_duty=queries.is_on_duty(someone.id, today()))
    return someone


def reader_of(alert_id: int) -> Person:
    """Give who is reading. Raises `NotAllowed` as `reader` does, `NotFound` where it is about their own agency."""
    someone = reader()
    queries.check_seen_by(alert_id, someone.agencies)
    return someone


def acting_on(alert_id: int) -> Person:
    """Give who acts on an alert. Raises as `reader_of`, and `NotRead` for who did not open all that was sent."""
    someone = reader_of(alert_id)
    if not queries.has_opened(alert_id, someone.id):
        raise NotRead(N_("Open the words first: nobody decides about an alert unread."))
    return someone
