"""The only writers of alerts, messages, contact requests, whom they are about, the rota, the review of help lines."""

from engage.safeguarding.actions.about import add_reference, say_about, say_whom_request_is_about, tell_setting
from engage.safeguarding.actions.alarms import escalate_further, raise_alarms, tell_of_new
from engage.safeguarding.actions.alerts import (
    acknowledge,
    close,
    escalate_overdue,
    forget_alerts,
    raise_alert,
    read_again,
)
from engage.safeguarding.actions.duty import add_reader, remove_reader, review_help_lines
from engage.safeguarding.actions.hiding import forget_about
from engage.safeguarding.actions.messages import (
    answer_message,
    ask_for_contact,
    finish_contact,
    forget_contact_requests,
    forget_messages,
    leave_message,
    mark_answers_read,
    mark_messages_read,
    wait_again,
)
from engage.safeguarding.actions.telling import call_for_worker, tell_readers

__all__ = [
    "acknowledge",
    "add_reader",
    "add_reference",
    "answer_message",
    "ask_for_contact",
    "call_for_worker",
    "close",
    "escalate_further",
    "escalate_overdue",
    "finish_contact",
    "forget_about",
    "forget_alerts",
    "forget_contact_requests",
    "forget_messages",
    "leave_message",
    "mark_answers_read",
    "mark_messages_read",
    "raise_alarms",
    "raise_alert",
    "read_again",
    "remove_reader",
    "review_help_lines",
    "say_about",
    "say_whom_request_is_about",
    "tell_of_new",
    "tell_readers",
    "tell_setting",
    "wait_again",
]
