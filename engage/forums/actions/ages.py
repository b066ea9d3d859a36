"""How old somebody is on the day: what follows for the ratio, and who decides for them."""

from datetime import datetime

from engage.accounts.actions import note
from engage.forums.actions import ledger, letters
from engage.forums.actions.asking import keep_answers
from engage.forums.actions.offers import promote, renew
from engage.forums.actions.parties import held
from engage.forums.models import SignUpRow
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.queries.sign_ups import adult_said_no
from engage.forums.rules.consents import OWN_CONSENT_FROM, Answers, Purpose, Relation
from engage.forums.rules.forums import Forum, check_not_over
from engage.forums.rules.places import Party, weight
from engage.forums.rules.signing_up import check_age
from engage.forums.rules.standing import may_record_adult
from engage.forums.rules.states import GONE, GUARDIAN, HOLDS_PLACE, NOT_OVER, SIGN_UP
from engage.shared import db
from engage.shared.errors import NotOpen, NotValid
from engage.shared.words import N_


def set_age(row: SignUpRow, age: int, forum: Forum) -> int:
    """Write down an age, with what it asks of the adults; give how much heavier that is, below 0 for lighter.

    Raises `NotValid` where the adults of the plan are too few for it.
    """
    heavier = weight(age, forum.plan.limits) - row.weight
    if row.state in HOLDS_PLACE and heavier > 0 and not ledger.take(forum.id, Party(load=heavier), states=NOT_OVER):
        raise NotValid(N_("There are too few adults for this age at the moment. Nothing was changed; please call us"))
    if row.state in HOLDS_PLACE and heavier < 0:
        ledger.give(forum.id, Party(load=-heavier))
    row.age, row.weight = age, row.weight + heavier
    return heavier


def decide_oneself(row: SignUpRow, *, at: datetime, noted_by: int | None = None) -> None:
    """From 16 somebody's own yes to coming is enough; what was said about all else stays as it is."""
    own = Answers(frozenset({Purpose.ATTEND}), Relation.SELF, row.name or "", how="phone" if noted_by else "link")
    keep_answers(row, own, at=at, noted_by=noted_by, only=frozenset({Purpose.ATTEND}))
    if row.state == "awaiting_consent":
        row.state, row.held_until = SIGN_UP.move("confirm", state=row.state, roles={GUARDIAN}), None


def record_own_age(sign_up_id: int, age: int, reason: str, *, at: datetime, by: int) -> str:
    """Record for the team that somebody whose adult said no is 16 on the day and decides alone; give their state.

    Who had lost their place waits in line again. Raises `NotValid` without a reason or below 16, `NotOpen` when it is
    over, no adult has said no, or they themselves do not want to come.
    """
    row = held(sign_up_id)
    forum = forum_by_id(row.forum_id)
    check_not_over(forum)
    said_no, over = adult_said_no(row.id), row.declined or bool(row.why)
    if not said_no or not may_record_adult(row.state, age=row.age, adult_said_no=said_no, over=over):
        raise NotOpen("There is no adult's no that stands in the way of this sign-up")
    _check(age, reason, forum)
    lighter = set_age(row, age, forum) < 0
    decide_oneself(row, at=at, noted_by=by)
    note("recorded that they decide themselves", f"sign-up {row.id}", f"{age} on the day: {reason.strip()}")
    db.session.flush()
    if row.state in GONE:
        renew(row.id, at=at)
    elif lighter or row.state == "waitlisted":
        promote(forum.id, at=at)
    if row.state == "waitlisted":
        letters.tell(row)
    return row.state


def _check(age: int, reason: str, forum: Forum) -> None:
    if age < OWN_CONSENT_FROM:
        raise NotValid(f"Below {OWN_CONSENT_FROM} an adult decides: record who may say yes instead")
    check_age(age, youngest=forum.plan.age_from, oldest=forum.plan.age_to)
    if not reason.strip():
        raise NotValid("Say why: it is kept with your name")
