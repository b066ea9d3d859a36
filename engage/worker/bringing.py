"""Bring a partner's feedback in, and have it read, screened and themed before the command ends."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask import current_app

from engage.shared import db, wanted
from engage.surveys.actions.feedback import Report, bring_in
from engage.surveys.rules.feedback import Columns
from engage.worker.starting import a_child

KINDS = ("read", "themes")


def import_feedback(
    path: Path, *, source: str, columns: Columns, today: date, said: Callable[[int, int | None], None]
) -> Report:
    """Take a file of comments and do what follows from it at once. Raises `NotValid` for a file that cannot be read."""
    report = bring_in(path, source=source, columns=columns, today=today, said=lambda now: said(now.rows, None))
    if report.taken:
        for kind in KINDS:
            wanted.want(kind, f"source:{report.source_id}")
        db.session.commit()
        with a_child(current_app.extensions["settings"], linger=0) as child:
            while child.poll() is None:
                time.sleep(0.2)
                said(report.rows, None)
    return report
