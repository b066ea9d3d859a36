"""An adult's no stands: a young person does not get round it, the team can, and the team sees what was said."""

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.forums.actions import consents, right_adult, signing_up
from engage.forums.actions.adding import AlreadyThere
from engage.forums.queries import sign_ups
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.signing_up import Guardian, SignedUp
from engage.shared import db
from engage.shared.clock import now
from tests.forums import YES, make_forum, state_of, young
from tests.people import make_person, sign_in

WORKER = Guardian(Relation.LOCAL_AUTHORITY, "worker@example.org")
NO = Answers(frozenset(), Relation.LOCAL_AUTHORITY, "Ms Lee")
SAID_YES = {
    "attend": "yes", "leave_alone": "no", "photo_inside": "no", "photo_public": "no", "medical": "yes",
    "signer": "Somebody", "relation": "delegated_carer",
}  # fmt: skip
ANOTHER = {"relation": "delegated_carer", "guardian_contact": "own@example.org"}
RECORDED = {"right-relation": "delegated_carer", "right-contact": "carer@example.org", "right-reason": "They called"}
TEAM_HAS_TO = "Your adult has said no, so you cannot choose another adult by yourself."


def make_refused(*, no: Answers = NO) -> SignedUp:
    child = young(14, first_name="Bo", looked_after=True, guardian=WORKER)
    made = signing_up.sign_up(make_forum(), child, at=now(), language="en")
    db.session.commit()
    consents.answer(made.id, no, at=now())
    db.session.commit()
    return made


def adult_link(sign_up_id: int) -> str:
    db.session.rollback()
    return sign_ups.guardian_path(sign_up_id)


@pytest.fixture
def refused(database) -> SignedUp:
    return make_refused()


@pytest.fixture
def mine(refused: SignedUp) -> str:
    return f"/forums/mine/{refused.token}"


def test_after_a_no_the_own_page_says_that_the_team_asks_another_adult(visitor, refused, mine):
    visitor.fill_in(mine, to=f"{mine}/renew")
    page = visitor.get(mine).text
    assert TEAM_HAS_TO in page
    assert "Ask another adult" not in page
    assert "We have written to the one you named" not in page


def try_another(visitor, mine: str):
    token = visitor.get(f"{mine}/cancel").text.split('name="csrf_token" value="')[1].split('"')[0]
    return visitor.post(f"{mine}/adult", data=ANOTHER | {"csrf_token": token})


@pytest.mark.parametrize("joins_again", [False, True])
def test_a_typed_address_does_not_get_round_a_no_either(visitor, refused, mine, joins_again):
    if joins_again:
        visitor.fill_in(mine, to=f"{mine}/renew")
    page = visitor.get(f"{mine}/adult").text
    assert TEAM_HAS_TO in page
    assert 'name="guardian_contact"' not in page
    link = adult_link(refused.id)
    answer = try_another(visitor, mine)
    assert (answer.status_code, TEAM_HAS_TO in answer.text) == (403, True)
    assert adult_link(refused.id) == link
    assert "wanted another adult after a no" in db.session.scalars(select(AuditRow.did)).all()


def get_round(visitor, refused: SignedUp, mine: str) -> str:
    visitor.fill_in(mine, to=f"{mine}/renew")
    try_another(visitor, mine)
    visitor.fill_in(adult_link(refused.id), **SAID_YES)
    visitor.fill_in(mine, to=f"{mine}/accept")
    return state_of(refused.id)


def test_without_the_rule_an_address_of_ones_own_would_give_a_place(visitor, refused, mine, monkeypatch):
    monkeypatch.setattr(right_adult, "check_may_name", lambda **_: None)
    assert get_round(visitor, refused, mine) == "confirmed"


def test_after_everything_was_taken_back_nobody_else_is_chosen_either(visitor, database):
    made = make_refused(no=Answers(frozenset({Purpose.ATTEND}), Relation.LOCAL_AUTHORITY, "Ms Lee"))
    consents.withdraw(made.id, Purpose.ATTEND, at=now())
    db.session.commit()
    mine = f"/forums/mine/{made.token}"
    visitor.fill_in(mine, to=f"{mine}/renew")
    assert try_another(visitor, mine).status_code == 403


def test_nobody_signs_up_once_more_to_get_round_a_no(refused):
    row = sign_ups.sign_up(refused.id)
    again = young(14, first_name="Bo", contact=row.contact)
    with pytest.raises(AlreadyThere):
        signing_up.sign_up(row.forum_id, again, at=now(), language="en")


def test_nobody_turns_16_to_get_round_a_no(visitor, refused, mine):
    visitor.fill_in(mine, to=f"{mine}/renew")
    typed = {"age": "16", "contact": "bo@example.org", "home": "collected"}
    answer = visitor.fill_in(f"{mine}/change", **typed)
    assert (answer.status_code, TEAM_HAS_TO in answer.text) == (403, True)
    assert state_of(refused.id) == "waitlisted"


def test_who_said_no_keeps_the_link_and_changes_to_yes(visitor, refused, mine):
    visitor.fill_in(mine, to=f"{mine}/renew")
    try_another(visitor, mine)
    answer = visitor.fill_in(f"/forums/consent/{refused.guardian_token}", **SAID_YES | {"relation": "local_authority"})
    assert answer.status_code == 303
    assert state_of(refused.id) == "offered"


@pytest.mark.parametrize("role", [Role.VOICE, Role.SAFEGUARDING])
def test_the_team_records_another_adult_and_goes_on_seeing_the_no(visitor, refused, role):
    team = sign_in(visitor, make_person(role))
    row = sign_ups.sign_up(refused.id)
    page = f"/desk/forums/{row.forum_id}/people/{row.id}"
    assert "An adult said no: 1" in team.get(f"/desk/forums/{row.forum_id}/people").text
    before = team.get(page).text
    assert "Said no on" in before
    assert "Social worker, for the local authority." in before
    assert team.fill_in(page, f"{page}/adult", **RECORDED).status_code == 303
    assert "Said no on" in team.get(page).text
    carer = Answers(frozenset({Purpose.ATTEND}), Relation.DELEGATED_CARER, "A carer")
    assert consents.answer(refused.id, carer, at=now()) == "offered"
    db.session.commit()
    after = team.get(page).text
    assert "Said no on" in after
    assert "Social worker, for the local authority." in after


def test_a_parents_no_binds_in_the_same_way(visitor, database):
    made = signing_up.sign_up(make_forum(), young(14), at=now(), language="en")
    consents.answer(made.id, Answers(frozenset(), YES.relation), at=now())
    db.session.commit()
    assert try_another(visitor, f"/forums/mine/{made.token}").status_code == 403
