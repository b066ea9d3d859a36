"""Ask for consents, and keep each answer with who gave it, on what authority, in which words, how and when."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from engage.forums.actions import letters
from engage.forums.actions.parties import bare
from engage.forums.models import ConsentRow, GuardianRow, SignUpRow
from engage.forums.rules.consents import (
    FOR_LOOKED_AFTER,
    Answers,
    Purpose,
    Relation,
    needs_adult,
    wording_hash,
)
from engage.forums.rules.links import KEY_BYTES
from engage.forums.rules.signing_up import Guardian, YoungPerson
from engage.forums.rules.states import CONSENT, FOLLOWS, GUARDIAN
from engage.shared import db

ASK = insert(ConsentRow)
NOT_SAID = {"relation": "", "giver": None, "wording": "", "how": "", "noted_by": None, "answered_at": None}

OWN_YES = {"relation": Relation.SELF.value}  # while it is asked: the young person has said yes, nobody else has yet


def ask_all(row: SignUpRow, new: YoungPerson, *, at: datetime, write: bool = True) -> None:
    """Ask for every purpose; what the young person answered themselves is kept, a no for good, a yes from 16.

    Under 16 their own yes waits for the adult's. Nobody is written to where the adult has answered already (`write`).
    """
    adult, said = needs_adult(new.age), new.own_consents
    asked = []
    for purpose in Purpose:
        one = {"sign_up_id": row.id, "purpose": purpose.value, "state": CONSENT.first, **NOT_SAID}
        if said is not None and (not adult or purpose not in said.given):
            one |= _signed(purpose, CONSENT.first, said, at)
        elif purpose in new.said_yes:
            one |= OWN_YES
        asked.append(one)
    db.session.connection().execute(ASK, asked)
    if adult and new.guardian is not None:
        ask_adult(row, new.guardian, at=at, write=write)


def ask_adult(row: SignUpRow, guardian: Guardian, *, at: datetime, write: bool = True) -> None:
    """Send the adult a link of their own; a new adult gets a new one, and the old one opens nothing, which they hear.

    Whoever names the council's social worker or a carer with delegated authority is in care, and stays so: naming a
    parent afterwards does not make a parent's yes enough. Only the team takes it back.
    """
    asked = db.session.scalar(select(GuardianRow).where(GuardianRow.sign_up_id == row.id))
    if asked is None:
        asked = GuardianRow(sign_up_id=row.id)
        db.session.add(asked)
    elif asked.contact != guardian.contact:
        letters.tell_adult(row, "asked_other")
    asked.key, asked.relation = secrets.token_bytes(KEY_BYTES), guardian.relation.value
    asked.name, asked.contact = guardian.name or None, guardian.contact
    asked.asked_at, asked.answered_at = bare(at), None
    row.looked_after = row.looked_after or guardian.relation in FOR_LOOKED_AFTER
    db.session.flush()
    if write:
        letters.ask_guardian(row)


def keep_answers(
    row: SignUpRow,
    answers: Answers,
    *,
    at: datetime,
    noted_by: int | None = None,
    only: frozenset[Purpose] = frozenset(Purpose),
) -> None:
    """Keep a yes or a no for each purpose; what the young person said no to stays no, whatever an adult says."""
    kept = {one.purpose: one for one in db.session.scalars(select(ConsentRow).where(ConsentRow.sign_up_id == row.id))}
    for purpose in only:
        consent = kept.get(purpose.value)
        if consent is None:
            consent = ConsentRow(sign_up_id=row.id, purpose=purpose.value, state=CONSENT.first)
            db.session.add(consent)
        if not _refused_by_young_person(consent, answers):
            _sign(consent, answers, at=at, noted_by=noted_by)
    guardian = db.session.scalar(select(GuardianRow).where(GuardianRow.sign_up_id == row.id))
    if guardian is not None and answers.relation is not Relation.SELF:
        guardian.answered_at = bare(at)
    db.session.flush()


def take_as_wishes(row: SignUpRow) -> None:
    """Let what somebody under 16 said yes to by themselves be their wish, that waits for an adult's yes."""
    own = select(ConsentRow).where(
        ConsentRow.sign_up_id == row.id, ConsentRow.state == "given", ConsentRow.relation == Relation.SELF
    )
    for consent in db.session.scalars(own):
        consent.state = CONSENT.move("ask_right_adult", state=consent.state, roles={FOLLOWS})
        for name, value in (NOT_SAID | OWN_YES).items():
            setattr(consent, name, value)
    db.session.flush()


def _refused_by_young_person(consent: ConsentRow, answers: Answers) -> bool:
    said_no = consent.state in ("refused", "withdrawn") and consent.relation == Relation.SELF
    return said_no and answers.relation is not Relation.SELF


def _sign(consent: ConsentRow, answers: Answers, *, at: datetime, noted_by: int | None) -> None:
    signed = _signed(Purpose(consent.purpose), consent.state, answers, at)
    for name, value in signed.items():
        setattr(consent, name, value)
    if signed:
        consent.noted_by = noted_by


def _signed(purpose: Purpose, state: str, answers: Answers, at: datetime) -> dict[str, Any]:
    """What an answer changes; nothing where it was given already, or refused already."""
    verb = "give" if purpose in answers.given else "refuse"
    if not any(move.verb == verb for move in CONSENT.open_moves(state, {GUARDIAN})):
        return {}
    return {
        "state": CONSENT.move(verb, state=state, roles={GUARDIAN}),
        "relation": answers.relation.value,
        "giver": answers.name or None,
        "wording": wording_hash(purpose, answers.relation),
        "how": answers.how,
        "answered_at": bare(at),
    }
