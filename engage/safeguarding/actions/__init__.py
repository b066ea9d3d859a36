"""The only writers of alerts, messages, contact requests, the rota and the review of help lines."""

from engage.safeguarding.actions.alerts import (
    acknowledge,
    close,
    escalate_overdue,
    forget_alerts,
    raise_alert,
    read_again,
)
from engage.safeguarding.actions.duty import add_reader, remove_reader, review_help_lines
from engage.safeguarding.actions.messages import (
    answer_message,
    ask_for_contact,
    finish_contact,
    forget_contact_requests,
    forget_messages,
    leave_message,
    mark_answers_read,
    mark_messages_read,
)
from engage.safeguarding.actions.telling import tell_readers

__all__ = [
    "acknowledge",
    "add_reader",
    "answer_message",
    "ask_for_contact",
    "close",
    "escalate_overdue",
    "finish_contact",
    "forget_alerts",
    "forget_contact_requests",
    "forget_messages",
    "leave_message",
    "mark_answers_read",
    "mark_messages_read",
    "raise_alert",
    "read_again",
    "remove_reader",
    "review_help_lines",
    "tell_readers",
]
