"""Who may say yes is set right by the team: a slip is taken back, a yes of the wrong adult is asked anew."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.forums.actions import changing, consents, offers, right_adult
from engage.forums.models import ConsentRow, GuardianRow, SignUpRow
from engage.forums.queries import sign_ups
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.places import Limits
from engage.forums.rules.signing_up import Guardian
from engage.shared import db
from engage.shared.clock import now
from tests.forums import YES, check_ledger, join, make_forum, state_of, young
from tests.people import make_person, sign_in
from tests.signing_up import only

WORKER = Guardian(Relation.LOCAL_AUTHORITY, "worker@example.org")
RIGHT = {"right-relation": "parent", "right-contact": "mum@example.org", "right-reason": "Chosen by mistake"}
TOLD = {"name": "Ms Lee", "how": "phone", "given": ["attend", "medical"]}


@pytest.fixture
def forum_id(database) -> int:
    return make_forum()


def page_of(forum_id: int, sign_up_id: int) -> str:
    return f"/desk/forums/{forum_id}/people/{sign_up_id}"


@pytest.mark.parametrize("role", [Role.VOICE, Role.SAFEGUARDING])
def test_in_care_is_taken_back_after_a_slip_with_a_reason_in_the_audit(visitor, forum_id, role):
    made = join(forum_id, young(14, looked_after=True, guardian=WORKER))
    team, page = sign_in(visitor, make_person(role)), page_of(forum_id, made.id)
    assert "In care: only the social worker" in team.get(page).text
    refused = team.fill_in(page, f"{page}/adult", **RIGHT | {"right-reason": ""})
    assert (refused.status_code, "Say why: it is kept with your name" in refused.text) == (422, True)
    assert 'value="mum@example.org"' in refused.text
    assert team.fill_in(page, f"{page}/adult", **RIGHT).status_code == 303
    assert not only(SignUpRow).looked_after
    audited = db.session.scalars(select(AuditRow).where(AuditRow.did == "recorded who may say yes")).one()
    assert (audited.about, audited.reason) == (f"sign-up {made.id}", "parent: Chosen by mistake")
    assert sign_ups.guardian_of(sign_ups.guardian_path(made.id).rpartition("/")[2]).relation is Relation.PARENT
    assert consents.answer(made.id, YES, at=now()) == "confirmed"


def test_a_social_workers_yes_is_noted_once_it_is_recorded_that_they_may_give_it(visitor, forum_id):
    made = join(forum_id, young(14))
    team, page = sign_in(visitor, make_person(Role.VOICE)), page_of(forum_id, made.id)
    told = TOLD | {"relation": "local_authority"}
    early = team.fill_in(page, f"{page}/told", **told)
    assert early.status_code == 403
    assert "only for a young person in its care" in early.text
    assert "record who may say yes" in early.text
    recorded = RIGHT | {"right-relation": "local_authority", "right-contact": "07700 900200"}
    assert team.fill_in(page, f"{page}/adult", **recorded).status_code == 303
    assert team.fill_in(page, f"{page}/told", **told).status_code == 303
    assert state_of(made.id) == "confirmed"


def test_a_parents_yes_counts_no_more_once_a_child_is_known_to_be_in_care(forum_id):
    made = join(forum_id, young(14))
    consents.answer(made.id, Answers(frozenset(Purpose), Relation.PARENT, "A parent"), at=now())
    db.session.commit()
    right_adult.ask_other_adult(made.id, WORKER, at=now())
    db.session.commit()
    assert state_of(made.id) == "awaiting_consent"
    assert {one.state for one in db.session.scalars(select(ConsentRow))} == {"requested"}
    check_ledger(forum_id)
    consents.answer(made.id, Answers(frozenset({Purpose.ATTEND}), Relation.LOCAL_AUTHORITY, "Ms Lee"), at=now())
    db.session.commit()
    assert state_of(made.id) == "confirmed"


def test_an_offer_becomes_a_place_kept_for_the_right_adults_yes(database):
    forum_id = make_forum(limits=Limits(2, 1, 0, 1, 0, 1, 5, 2))
    first, second = join(forum_id, young(17)), join(forum_id, young(14))
    consents.answer(second.id, YES, at=now())
    changing.cancel(first.id, at=now())
    db.session.commit()
    assert state_of(second.id) == "offered"
    right_adult.record_right_adult(second.id, WORKER, "Their social worker called", at=now())
    db.session.commit()
    assert state_of(second.id) == "awaiting_consent"
    check_ledger(forum_id)
    assert offers.expire_late(now() + timedelta(days=4)) == 1


def test_another_parent_leaves_a_parents_yes_as_it_is(forum_id):
    made = join(forum_id, young(14))
    consents.answer(made.id, YES, at=now())
    right_adult.ask_other_adult(made.id, Guardian(Relation.CARER, "gran@example.org"), at=now())
    db.session.commit()
    assert state_of(made.id) == "confirmed"


def test_nobody_else_is_recorded_for_who_decides_for_themselves_or_has_gone(visitor, forum_id):
    old, gone = join(forum_id, young(16)), join(forum_id, young(14))
    changing.cancel(gone.id, at=now())
    db.session.commit()
    team = sign_in(visitor, make_person(Role.VOICE))
    for one in (old, gone):
        page = page_of(forum_id, one.id)
        answer = team.post(f"{page}/adult", data=RIGHT | {"csrf_token": _token(team, page_of(forum_id, old.id))})
        assert (answer.status_code, "nobody else says yes" in answer.text) == (409, True)
    assert len(list(db.session.scalars(select(GuardianRow)))) == 1


def _token(team, page: str) -> str:
    return team.get(page).text.split('name="csrf_token" value="')[1].split('"')[0]
