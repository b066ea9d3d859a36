"""Compute how far two people agree who coded the same answers without seeing each other's choice."""

from engage.analysis.actions.agreement import keep_agreement
from engage.analysis.method.agreement import alpha
from engage.analysis.queries.agreement import codings_twice
from engage.shared import db
from engage.surveys.queries.places import place

SEED = 0


def compute_agreement(subject: str) -> int:
    """Compute agreement in a wave or source; gives how many answers were coded twice. Raises `NotFound`."""
    with db.reading():
        about = place(subject)
        given = codings_twice(about)
    if not given:
        return 0
    found = alpha(given, random_state=SEED)
    keep_agreement(about, found)
    db.session.commit()
    return found.answers
