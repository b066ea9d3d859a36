"""The worker: picks up wanted work and keeps the clock. Thin: what is heavy runs in a child process that ends.

Intent lives in the table of wanted work, under a lease, so killing any process loses nothing; a message in the
queue only says "look", never what or whose. This package imports no heavy library, `worker.child` does (2026-11).
"""

from engage.surveys.actions.feedback import Report
from engage.surveys.rules.feedback import Columns
from engage.worker.bringing import import_feedback
from engage.worker.loop import main, stuck
from engage.worker.sending import send_letters

__all__ = ["Columns", "Report", "import_feedback", "main", "send_letters", "stuck"]
