"""Record what the panel decided and what came of it; challenge a pack and answer."""

from datetime import date

from engage.accounts.actions import note
from engage.accounts.queries import person_by_id
from engage.accounts.rules import Person
from engage.pqa.models import AskedRow, ChallengeRow, DecisionRow
from engage.pqa.queries.packs import Version, standing
from engage.pqa.rules.decisions import NewDecision, check_answer, check_decision
from engage.pqa.rules.quarters import Quarter
from engage.shared import db
from engage.shared.errors import NotAllowed, NotFound, NotOpen
from engage.shared.words import N_


def decide(quarter: Quarter, new: NewDecision, *, by: Person, today: date) -> int:
    """Record a decision on the issued pack of a quarter. Raises `NotOpen` before, `NotValid`, `NotFound`."""
    pack = _issued(quarter)
    check_decision(new, today=today)
    owner = person_by_id(new.owner_id)
    if new.asked_id is not None and db.session.get(AskedRow, new.asked_id) is None:
        raise NotFound(N_("There is no such question to the panel."))
    row = DecisionRow(
        pack_id=pack.id, asked_id=new.asked_id, words=new.words, views_changed=new.views_changed, owner_id=owner.id,
        due_on=new.due_on, decided_on=today, recorded_by=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    note("recorded a decision", f"pack {quarter.code}, decision {row.id}")
    return row.id


def finish(decision_id: int, *, came_of_it: str, by: Person, today: date) -> None:
    """Say what came of a decision; its owner does. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    row = db.locked(DecisionRow, decision_id)
    if row is None:
        raise NotFound(N_("There is no such decision."))
    if row.owner_id != by.id:
        raise NotAllowed(N_("Whoever the panel asked says what came of it."))
    if row.done_on is not None:
        raise NotOpen(N_("This decision is done already."))
    row.came_of_it, row.done_on = came_of_it, today


def challenge(quarter: Quarter, *, words: str, by: Person, today: date) -> None:
    """Challenge the issued pack of a quarter; it must be answered. Raises `NotOpen` before it is issued."""
    pack = _issued(quarter)
    db.session.add(ChallengeRow(pack_id=pack.id, words=words, made_by=by.id, made_on=today))
    note("challenged a pack", f"pack {quarter.code}")


def answer(challenge_id: int, *, words: str, by: Person, today: date) -> None:
    """Answer a challenge; whoever made it cannot. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    row = db.locked(ChallengeRow, challenge_id)
    if row is None:
        raise NotFound(N_("There is no such challenge."))
    check_answer(by=by.id, author=row.made_by, answered=row.answered_on is not None)
    row.answer, row.answered_by, row.answered_on = words, by.id, today


def _issued(quarter: Quarter) -> Version:
    pack = standing(quarter)
    if pack is None:
        raise NotOpen(N_("This quarter's pack is not issued yet, so there is nothing to decide on or to challenge."))
    return pack
