"""After an adult's no, somebody who is 16 on the day decides: the team records it, with how it knows."""

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.forums.actions import ages, changing, consents
from engage.forums.models import ConsentRow
from engage.forums.rules.consents import Answers, Relation
from engage.forums.rules.signing_up import SignedUp
from engage.shared import db
from engage.shared.clock import now
from engage.shared.errors import NotOpen
from tests.forums import SMALL, check_ledger, fill, join, make_forum, state_of, young
from tests.people import make_person, sign_in

NO = Answers(frozenset(), Relation.PARENT, "A parent")
RECORDED = {"older-age": "16", "older-reason": "Showed their school card"}


@pytest.fixture
def forum(database) -> int:
    return make_forum(limits=SMALL)


@pytest.fixture
def refused(forum) -> SignedUp:
    made = join(forum, young(15, first_name="Bo", contact="bo@example.org"))
    consents.answer(made.id, NO, at=now())
    db.session.commit()
    return made


@pytest.fixture
def page(forum, refused) -> str:
    return f"/desk/forums/{forum}/people/{refused.id}"


@pytest.fixture(params=[Role.VOICE, Role.SAFEGUARDING])
def team(app, database, request):
    return sign_in(app.test_client(), make_person(request.param))


def test_the_team_records_it_and_they_come_by_their_own_yes(app, team, refused, page, forum):
    assert team.fill_in(page, f"{page}/age", **RECORDED).status_code == 303
    assert state_of(refused.id) == "offered"
    said = db.session.get_one(ConsentRow, (refused.id, "attend"))
    assert (said.state, said.relation) == ("given", "self")
    kept = db.session.scalars(select(AuditRow).where(AuditRow.did == "recorded that they decide themselves")).one()
    assert kept.reason == "16 on the day: Showed their school card"
    assert kept.person_id is not None
    mine = f"/forums/mine/{refused.token}"
    visitor = app.test_client()
    visitor.fill_in(mine, to=f"{mine}/accept")
    assert state_of(refused.id) == "confirmed"
    assert "Your adult" not in visitor.get(mine).text
    assert check_ledger(forum).young == 1


def test_what_the_adult_said_about_photos_stays(team, refused, page):
    team.fill_in(page, f"{page}/age", **RECORDED)
    row = db.session.get_one(ConsentRow, (refused.id, "photo_public"), populate_existing=True)
    assert (row.state, row.relation) == ("refused", "parent")


def test_who_finds_no_place_waits_in_line(team, refused, page, forum):
    fill(forum)
    team.fill_in(page, f"{page}/age", **RECORDED)
    assert state_of(refused.id) == "waitlisted"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"older-age": "15"}, "below, an adult decides"),
        ({"older-age": ""}, "Type their age on the day"),
        ({"older-reason": " "}, "Say how you know"),
    ],
)
def test_below_16_or_without_a_reason_nothing_is_kept(team, refused, page, typed, why):
    answer = team.fill_in(page, f"{page}/age", **RECORDED | typed)
    assert (answer.status_code, why in answer.text) == (422, True)
    assert state_of(refused.id) == "cancelled"


def test_it_is_offered_only_after_an_adults_no(team, refused, page, forum):
    other = join(forum, young(15))
    assert "decide themselves" in team.get(page).text
    assert "decide themselves" not in team.get(f"/desk/forums/{forum}/people/{other.id}").text


def test_who_said_no_themselves_is_brought_back_by_nobody(refused, forum):
    other = join(forum, young(15))
    changing.cancel(other.id, at=now())
    db.session.commit()
    with pytest.raises(NotOpen, match="no adult's no"):
        ages.record_own_age(other.id, 16, "A card", at=now(), by=make_person(Role.VOICE).id)
