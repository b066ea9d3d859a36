"""What safeguarding knows, as frozen records."""

from engage.safeguarding.queries.about import names_of_request
from engage.safeguarding.queries.alerts import (
    Alert,
    AlertLine,
    alert,
    check_seen_by,
    closed_alerts,
    has_opened,
    open_alerts,
)
from engage.safeguarding.queries.duty import (
    DutyReader,
    days_without_reader,
    duty_readers,
    help_reviewed_on,
    is_on_duty,
    rota,
)
from engage.safeguarding.queries.messages import (
    ContactLine,
    Message,
    contact_request,
    contact_requests,
    knows_receipt,
    messages_for,
    messages_of_alert,
)
from engage.safeguarding.queries.waiting import waiting

__all__ = [
    "Alert",
    "AlertLine",
    "ContactLine",
    "DutyReader",
    "Message",
    "alert",
    "check_seen_by",
    "closed_alerts",
    "contact_request",
    "contact_requests",
    "days_without_reader",
    "duty_readers",
    "has_opened",
    "help_reviewed_on",
    "is_on_duty",
    "knows_receipt",
    "messages_for",
    "messages_of_alert",
    "names_of_request",
    "open_alerts",
    "rota",
    "waiting",
]
