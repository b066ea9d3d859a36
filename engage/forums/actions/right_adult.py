"""Who may say yes for a young person: recorded by the team where a slip or a name is in the way, and asked anew."""

from datetime import datetime

from sqlalchemy import select

from engage.accounts.actions import note
from engage.forums.actions import letters
from engage.forums.actions.asking import NOT_SAID, ask_adult
from engage.forums.actions.parties import bare, held
from engage.forums.actions.refusing import refuse
from engage.forums.models import ConsentRow, SignUpRow
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.queries.sign_ups import adult_said_no
from engage.forums.rules.consents import (
    FOR_LOOKED_AFTER,
    Purpose,
    Relation,
    check_may_name,
    may_say_yes,
)
from engage.forums.rules.forums import check_not_over
from engage.forums.rules.signing_up import Guardian, held_until
from engage.forums.rules.standing import may_record_adult
from engage.forums.rules.states import CONSENT, FOLLOWS, SIGN_UP
from engage.shared import db
from engage.shared.errors import NotAllowed, NotOpen, NotValid


def record_right_adult(sign_up_id: int, guardian: Guardian, reason: str, *, at: datetime) -> None:
    """Record for the team who may say yes: naming a parent takes "in care" back, naming a social worker says it.

    The adult gets a link of their own, and the one before opens nothing. Raises `NotValid` without a reason or from
    16, `NotOpen` when it is over.
    """
    row = held(sign_up_id)
    check_not_over(forum_by_id(row.forum_id))
    over = row.declined or bool(row.why)
    if not may_record_adult(row.state, age=row.age, adult_said_no=adult_said_no(row.id), over=over):
        raise NotOpen("This sign-up has ended, or they decide for themselves: nobody else says yes")
    if not reason.strip():
        raise NotValid("Say why: it is kept with your name")
    row.looked_after = guardian.relation in FOR_LOOKED_AFTER
    name_adult(row, guardian, at=at)
    note("recorded who may say yes", f"sign-up {row.id}", f"{guardian.relation.value}: {reason.strip()}")


def ask_other_adult(sign_up_id: int, guardian: Guardian, *, at: datetime) -> None:
    """Ask another adult; the first one's link opens nothing from now on.

    Raises `NotAllowed` once an adult has said no, so that nobody gets round it, and `NotOpen` when it is over.
    """
    row = held(sign_up_id)
    check_not_over(forum_by_id(row.forum_id))
    try:
        check_may_name(adult_said_no=adult_said_no(row.id))
    except NotAllowed as error:
        refuse(error, did="wanted another adult after a no", about=f"sign-up {sign_up_id}")
    name_adult(row, guardian, at=at)
    note("asked another adult for consent", f"sign-up {row.id}")


def name_adult(row: SignUpRow, guardian: Guardian, *, at: datetime) -> None:
    """Ask this adult, and take back what somebody said yes to who turns out to have no right to."""
    row.looked_after = row.looked_after or guardian.relation in FOR_LOOKED_AFTER
    given = select(ConsentRow).where(ConsentRow.sign_up_id == row.id, ConsentRow.state == "given")
    wrong = [one for one in db.session.scalars(given) if _is_wrong(one, row)]
    for one in wrong:
        one.state = CONSENT.move("ask_right_adult", state=one.state, roles={FOLLOWS})
        for name, value in NOT_SAID.items():
            setattr(one, name, value)
    if any(one.purpose == Purpose.ATTEND for one in wrong) and row.state in ("confirmed", "offered"):
        keep_place(row, at=at)
    ask_adult(row, guardian, at=at)


def _is_wrong(consent: ConsentRow, row: SignUpRow) -> bool:
    relation = Relation(consent.relation)
    return relation is not Relation.SELF and not may_say_yes(relation, looked_after=row.looked_after)


def keep_place(row: SignUpRow, *, at: datetime) -> None:
    """Keep the place somebody has, or was offered, while the right adult is asked."""
    until = held_until(at, forum_by_id(row.forum_id).closes_at)
    row.state = SIGN_UP.move("ask_again", state=row.state, roles={FOLLOWS})
    row.offered_until, row.line, row.held_until = None, None, bare(until)
    db.session.flush()
    letters.tell(row, "consent_needed")
