"""Write the audit, and forget what is old in it."""

from datetime import date

from engage.accounts import chain
from engage.accounts.models import AuditRow
from engage.accounts.queries import named_here, signed_in
from engage.shared import db
from engage.shared.clock import now


def note(did: str, about: str, reason: str = "") -> None:
    """Write who did what to what, and why, with the page's own transaction; never the content."""
    db.session.add(audit_line(did, about, reason or named_here(), person_id=acting_id()))


def audit_line(did: str, about: str, reason: str = "", *, person_id: int | None) -> AuditRow:
    """Give one line of the audit, not yet kept."""
    at = now().replace(tzinfo=None)
    return AuditRow(at=at, person_id=person_id, did=did[:80], about=about[:120], reason=reason[:300])


def forget_audit(before: date) -> int:
    """Forget lines of the audit from before a day, and give how many."""
    return chain.forget_before(before)


def acting_id() -> int | None:
    """Give who does it, where somebody is signed in."""
    person = signed_in()
    return person.id if person else None
