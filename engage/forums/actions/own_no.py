"""What a young person under 16 says no to themselves; an adult's yes never counts against it."""

from datetime import datetime

from sqlalchemy import select

from engage.accounts.actions import note
from engage.forums.actions.parties import bare, held
from engage.forums.models import ConsentRow
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.rules.consents import Purpose, Relation, wording_hash
from engage.forums.rules.forums import check_not_over
from engage.forums.rules.states import ATTENDEE, CONSENT, GUARDIAN
from engage.shared import db

NO = ("refused", "withdrawn")


def say_no(sign_up_id: int, purposes: frozenset[Purpose], *, at: datetime) -> None:
    """Keep these as the young person's own no; one that is no longer a no is asked of the adult anew.

    To come at all is said by signing up, and taken back by cancelling. Raises `NotOpen` when the forum has begun.
    """
    row = held(sign_up_id)
    check_not_over(forum_by_id(row.forum_id))
    wanted = select(ConsentRow).where(ConsentRow.sign_up_id == row.id, ConsentRow.purpose != Purpose.ATTEND.value)
    for consent in db.session.scalars(wanted.execution_options(populate_existing=True)):
        _settle(consent, no=consent.purpose in purposes, at=at)
    note("said what they themselves want", f"sign-up {row.id}")
    db.session.flush()


def _settle(consent: ConsentRow, *, no: bool, at: datetime) -> None:
    own = consent.state in NO and consent.relation == Relation.SELF
    if no and not own:
        _refuse(consent, at=at)
    elif own and not no:
        consent.state = CONSENT.move("ask_anew", state=consent.state, roles={ATTENDEE})
        consent.giver, consent.wording, consent.answered_at = None, "", None
    if not no and consent.state == "requested":
        consent.relation = Relation.SELF.value


def _refuse(consent: ConsentRow, *, at: datetime) -> None:
    if consent.state == "given":
        consent.state = CONSENT.move("withdraw", state=consent.state, roles={ATTENDEE})
    elif consent.state == "requested":
        consent.state = CONSENT.move("refuse", state=consent.state, roles={GUARDIAN})
    consent.relation, consent.how, consent.answered_at = Relation.SELF.value, "link", bare(at)
    consent.wording, consent.giver = wording_hash(Purpose(consent.purpose), Relation.SELF), None
