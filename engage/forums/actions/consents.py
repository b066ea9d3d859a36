"""Say yes or no for a young person, or for oneself at 16; take it back as easily."""

from datetime import datetime

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.forums.actions import letters
from engage.forums.actions.asking import keep_answers
from engage.forums.actions.offers import leave, promote, renew
from engage.forums.actions.parties import bare, held
from engage.forums.actions.refusing import refuse
from engage.forums.models import ConsentRow, SignUpRow
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.queries.history import ADULT_SAID_NO, TAKEN_BACK
from engage.forums.rules.consents import (
    Answers,
    Purpose,
    Relation,
    check_adult_decides,
    check_right_adult,
    check_wanted,
)
from engage.forums.rules.forums import check_not_over
from engage.forums.rules.states import ATTENDEE, CONSENT, GONE, GUARDIAN, LIVING, SIGN_UP
from engage.shared import db
from engage.shared.errors import EngageError, NotFound, NotOpen
from engage.shared.words import N_


def answer(sign_up_id: int, answers: Answers, *, at: datetime, noted_by: int | None = None) -> str:
    """Keep the adult's yes or no for each purpose, and give the state of the sign-up that follows.

    Without a yes to attending, the place goes on; no to photos never does that. Raises `NotAllowed` for the wrong
    adult, `NotValid` when the young person has said no, `NotOpen` when the forum has begun or the sign-up has ended.
    """
    row = held(sign_up_id)
    check_not_over(forum_by_id(row.forum_id))
    _check_may_answer(row, answers)
    keep_answers(row, answers, at=at, noted_by=noted_by)
    note("answered about consent", f"sign-up {row.id}", f"{answers.relation.value}, {answers.how}")
    if Purpose.ATTEND in answers.given:
        return _come(row, at=at)
    _note_no(row.id, answers.relation, answers.how)
    if row.state in LIVING:
        _let_go(row, at=at, role=GUARDIAN)
    return row.state


def agree(sign_up_id: int, purpose: Purpose, *, at: datetime) -> str:
    """Turn one answer into a yes for the adult who has answered before; the others stay. Gives the state that follows.

    Raises `NotOpen` where no adult has answered, or as `answer` does.
    """
    row = held(sign_up_id)
    check_not_over(forum_by_id(row.forum_id))
    by_link = ConsentRow.relation.not_in(("", Relation.SELF.value))
    last = select(ConsentRow).where(ConsentRow.sign_up_id == row.id, by_link).order_by(ConsentRow.answered_at.desc())
    said = db.session.scalar(last.limit(1))
    if said is None:
        raise NotOpen(N_("Answer all of it once first: then each answer can be changed by itself"))
    answers = Answers(frozenset({purpose}), Relation(said.relation), said.giver or "")
    _check_may_answer(row, answers)
    keep_answers(row, answers, at=at, only=frozenset({purpose}))
    note("answered about consent", f"sign-up {row.id}", f"{answers.relation.value}, {purpose.value} alone")
    return _come(row, at=at) if purpose is Purpose.ATTEND else row.state


def answer_self(sign_up_id: int, answers: Answers, *, at: datetime) -> str:
    """Keep what somebody of 16 or more answers for themselves. Raises as `answer` does."""
    return answer(sign_up_id, answers, at=at)


def note_consent(sign_up_id: int, answers: Answers, *, at: datetime, by: Person) -> str:
    """Keep what an adult told the team, by phone or on paper, with who wrote it down. Raises as `answer` does."""
    return answer(sign_up_id, answers, at=at, noted_by=by.id)


def withdraw(sign_up_id: int, purpose: Purpose, *, at: datetime, role: str = GUARDIAN) -> str:
    """Take one yes back; without a yes to attending the sign-up is cancelled. Gives the state that follows.

    Raises `NotFound` when it was never asked, `NotOpen` when it was not given, `NotAllowed` for the adult of somebody
    who is 16 by now.
    """
    row = held(sign_up_id)
    consent = db.session.get(ConsentRow, (sign_up_id, purpose.value), populate_existing=True)
    if consent is None:
        raise NotFound(N_("Nobody has been asked about this"))
    if role == GUARDIAN:
        check_adult_decides(Relation(consent.relation or Relation.PARENT), age=row.age or 0)
    consent.state = CONSENT.move("withdraw", state=consent.state, roles={role})
    consent.answered_at = bare(at)
    if role == ATTENDEE:
        consent.relation = Relation.SELF.value
    note(TAKEN_BACK, f"sign-up {row.id}", purpose.value)
    if purpose is Purpose.ATTEND and role == GUARDIAN:
        _note_no(row.id, Relation(consent.relation), "taken back")
    db.session.flush()
    if purpose is Purpose.ATTEND and row.state in LIVING:
        row.declined = row.declined or role == ATTENDEE
        _let_go(row, at=at, role=role)
    return row.state


def _note_no(sign_up_id: int, relation: Relation, how: str) -> None:
    """Keep in the audit that an adult said no: a later yes of another adult writes over the answer itself."""
    if relation is not Relation.SELF:
        note(ADULT_SAID_NO, f"sign-up {sign_up_id}", f"{relation.value}, {how}")


def _check_may_answer(row: SignUpRow, answers: Answers) -> None:
    try:
        check_wanted(declined=row.declined)
        check_adult_decides(answers.relation, age=row.age or 0)
        check_right_adult(answers.relation, age=row.age or 0, looked_after=row.looked_after)
    except EngageError as error:
        refuse(error, did="refused a consent", about=f"sign-up {row.id}", person_id=None)
    if row.state not in (*LIVING, *GONE) or row.why:
        raise NotOpen(N_("This sign-up has ended, so there is nothing to say yes or no to"))


def _let_go(row: SignUpRow, *, at: datetime, role: str) -> None:
    """Let the place go on after a no; the young person hears of an adult's, and the leader of their group of any."""
    same = row.same
    leave([row], verb="cancel", role=role)
    if role == GUARDIAN:
        row.same = same  # nobody gets round a no by signing up once more
        letters.tell(row, "said_no")
    if row.group_id is not None:
        letters.tell_leader(row.group_id, "changed")
    promote(row.forum_id, at=at)


def _come(row: SignUpRow, *, at: datetime) -> str:
    if row.state == "awaiting_consent":
        row.state, row.held_until = SIGN_UP.move("confirm", state=row.state, roles={GUARDIAN}), None
        db.session.flush()
        letters.tell(row, "said_yes")
    elif row.state in GONE:
        return renew(row.id, at=at, role=GUARDIAN)
    elif row.state == "waitlisted":
        promote(row.forum_id, at=at)
    return row.state
