"""What the clock does by itself: escalate, close what has ended, freeze results, forget."""

from datetime import date, datetime, timedelta

from engage.analysis.actions.reading import forget_excerpts
from engage.analysis.actions.snapshots import want_what_is_due
from engage.safeguarding.actions.alerts import escalate_overdue, forget_alerts
from engage.shared import db
from engage.surveys.actions.feedback import forget_feedback
from engage.surveys.actions.sittings import forget_drafts, forget_written
from engage.surveys.actions.waves import close_ended_waves

# rules.md P9; the partnership's data protection officer confirms each
DRAFTS = timedelta(days=7)
RAW_WORDS = timedelta(days=455)  # a year after the report, which comes within three months of the answer
REDACTED_WORDS = timedelta(days=3 * 365)
ALERTS = timedelta(days=90)


def every_few_minutes(at: datetime, today: date) -> None:
    """Escalate alerts nobody looked at, close waves whose last day has passed, ask for what then is due."""
    escalate_overdue(at)
    close_ended_waves(today)
    want_what_is_due()
    db.session.commit()


def every_night(at: datetime, today: date) -> None:
    """Forget what has been kept long enough, and leave nothing of it in the database's own files."""
    forget_drafts(today - DRAFTS)
    forget_written(today - RAW_WORDS)
    forget_feedback(today - RAW_WORDS)
    forget_excerpts(today - REDACTED_WORDS)
    forget_alerts(at - ALERTS)
    db.session.commit()
    with db.engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
