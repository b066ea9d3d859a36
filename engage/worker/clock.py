"""What the clock does by itself: escalate, close what has ended, freeze results, forget."""

from datetime import date, datetime

from engage.accounts.actions import forget_audit, forget_people
from engage.analysis.actions.reading import forget_excerpts
from engage.analysis.actions.snapshots import want_what_is_due
from engage.forums.actions.after import write_letters
from engage.forums.actions.door import raise_still_in
from engage.forums.actions.keeping import forget_needs, forget_notes, forget_sign_ups, move_by_clock
from engage.safeguarding.actions import escalate_overdue, forget_alerts, forget_contact_requests, forget_messages
from engage.shared import db, outbox, throttle
from engage.shared.keeping import (
    ALERTS,
    AUDIT,
    DRAFTS,
    LETTERS,
    NEEDS,
    RAW_WORDS,
    REDACTED_WORDS,
    SIGN_UPS,
    SPENT,
)
from engage.surveys.actions.feedback import forget_feedback
from engage.surveys.actions.sittings import forget_drafts, forget_spent, forget_written
from engage.surveys.actions.waves import close_ended_waves


def every_few_minutes(at: datetime, today: date) -> None:
    """Escalate, let late offers go on, forget tries, close what has ended, ask for what then is due."""
    escalate_overdue(at)
    move_by_clock(at)
    raise_still_in(at)
    write_letters(at)
    outbox.give_up_late(at)
    throttle.forget_tries(at)
    close_ended_waves(today)
    want_what_is_due()
    db.session.commit()


def every_night(at: datetime, today: date) -> None:
    """Forget what has been kept long enough, and leave nothing of it in the database's own files."""
    forget_drafts(today - DRAFTS)
    forget_spent(today - SPENT)
    forget_written(today - RAW_WORDS)
    forget_feedback(today - RAW_WORDS)
    forget_excerpts(today - REDACTED_WORDS)
    forget_alerts(at - ALERTS)
    forget_messages(at - ALERTS, unseen_before=at - RAW_WORDS)
    forget_contact_requests(at - ALERTS)
    forget_needs(today - NEEDS)
    forget_sign_ups(today - SIGN_UPS)
    forget_notes(today - RAW_WORDS)
    forget_audit(today - AUDIT)
    forget_people(today - AUDIT)  # whoever left has a name for as long as the audit speaks of them
    outbox.forget_letters(at - LETTERS)
    db.session.commit()
    with db.engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
