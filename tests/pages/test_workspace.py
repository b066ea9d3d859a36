"""An agency's own desk: what it owes, steps of several agencies, and who takes over when somebody leaves."""

from datetime import timedelta

import pytest
import time_machine

from engage.accounts import actions as accounts
from engage.accounts.models import AuditRow
from engage.accounts.queries import grants
from engage.shared import db
from engage.shared.errors import NotValid
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import steps
from engage.youwesaid.models import ActionRow, ConcernHistoryRow, ConcernRow
from engage.youwesaid.rules.concerns import Refusal
from tests.people import make_agency, sign_in
from tests.youwesaid import SOON, TODAY, make_action, make_concern, make_team


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    return make_team()


def row(action_id) -> ActionRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(ActionRow, action_id)


def leave(person) -> None:
    accounts.close_account(person.id, today=TODAY)
    db.session.commit()


def test_the_desk_of_an_agency_shows_what_it_owes_on_piles_and_nothing_of_others(team, visitor):
    concern_id = make_concern(team)
    late = make_action(team, due=TODAY - timedelta(days=1), concern_id=concern_id)
    back = make_action(team, concern_id=concern_id)
    actions.claim(back, evidence="Seen", by=team["council"], today=TODAY)
    actions.send_back(back, reason="Where?", by=team["pqa"])
    make_action(team, agreed=False, concern_id=concern_id)
    make_action(team, due=TODAY + timedelta(days=14), concern_id=concern_id)
    make_action(team, of="police", concern_id=concern_id)
    db.session.commit()
    page = sign_in(visitor, team["council"]).get("/desk/actions/").text
    assert "1 late, 1 sent back, 4 open, 4 in all." in " ".join(page.replace("\n", " ").split())
    for pile in ("Late (1)", "Sent back: something is missing (1)", "Asked of you: agree, or say why not (1)"):
        assert f"<h2>{pile}</h2>" in page
    assert "<h2>Due in two weeks (1)</h2>" in page
    assert "Police" not in page
    assert "What is missing" in visitor.get(f"/desk/actions/{back}").text
    assert row(late).state == "agreed"


def ask_both(team, visitor) -> tuple[int, int, int]:
    concern_id = make_concern(team)
    page, both = f"/desk/concerns/{concern_id}", [team["council"].agency_id, team["police"].agency_id]
    sign_in(visitor, team["voice"])
    asked = {"agency_id": both[0], "others": both, "what": "Light the path and walk it"}
    assert visitor.fill_in(page, f"{page}/ask", **asked).status_code == 303
    found = db.session.query(ActionRow).order_by(ActionRow.id).all()
    assert [one.parent_id for one in found] == [None, found[0].id, found[0].id]
    return found[0].id, found[1].id, found[2].id


def press(visitor, person, action_id, verb, **typed) -> int:
    return sign_in(visitor, person).fill_in("/desk/", f"/desk/actions/{action_id}/{verb}", **typed).status_code


def agree(visitor, person, action_id, day) -> int:
    return press(visitor, person, action_id, "agree", owner_id=person.id, due_on=day.isoformat())


def test_an_action_asked_of_several_is_as_slow_as_its_slowest_step(team, visitor):
    whole, ours, theirs = ask_both(team, visitor)
    later = SOON + timedelta(days=9)
    assert agree(visitor, team["council"], ours, SOON) == 303
    assert (row(whole).state, row(whole).due_on) == ("proposed", SOON)
    assert agree(visitor, team["police"], theirs, later) == 303
    assert (row(whole).state, row(whole).due_on) == ("agreed", later)
    assert press(visitor, team["council"], ours, "claim", evidence="They are on.") == 303
    assert press(visitor, team["pqa"], ours, "verify") == 303
    assert row(whole).state == "agreed"
    assert press(visitor, team["police"], theirs, "claim", evidence="We walk it.") == 303
    assert row(whole).state == "done_claimed"
    assert db.session.get_one(ConcernRow, row(whole).concern_id).state == "doing"
    assert press(visitor, team["pqa"], theirs, "verify") == 303
    assert row(whole).state == "done_verified"
    assert db.session.get_one(ConcernRow, row(whole).concern_id).state == "done"


def test_a_late_step_makes_the_whole_late_and_one_given_up_does_not_hold_it(team, visitor):
    whole, ours, theirs = ask_both(team, visitor)
    agree(visitor, team["council"], ours, SOON + timedelta(days=60))
    agree(visitor, team["police"], theirs, TODAY)
    with time_machine.travel("2026-11-25T10:00:00+00:00", tick=False):
        page = sign_in(visitor, team["council"]).get(f"/desk/actions/{whole}").text
        assert "agreed, a step is late" in page
        assert "agreed, late" in page, "the step itself"
        assert "0 late," in " ".join(visitor.get("/desk/actions/").text.split()), "it is the police's"
        assert press(visitor, team["police"], theirs, "give_up", reason="No officers") == 303
        assert "late" not in sign_in(visitor, team["council"]).get(f"/desk/actions/{whole}").text
    assert row(whole).state == "agreed"
    assert press(visitor, team["council"], ours, "give_up", reason="No lamps") == 303
    assert row(whole).state == "not_done"


def test_what_follows_its_steps_is_moved_by_nobody_else_and_a_step_has_no_steps(team, visitor):
    whole, ours, _ = ask_both(team, visitor)
    assert agree(visitor, team["council"], whole, SOON) == 409
    step = {"step_agency_id": team["police"].agency_id, "step_what": "Walk it"}
    assert press(visitor, team["council"], ours, "steps", **step) == 409
    assert press(visitor, team["police"], whole, "steps", **step) == 404, "another agency's"
    assert press(visitor, team["council"], whole, "steps", step_agency_id=step["step_agency_id"]) == 422


def test_the_leading_agency_sees_where_the_steps_of_others_stand_but_does_not_open_them(team, visitor):
    whole, ours, theirs = ask_both(team, visitor)
    page = sign_in(visitor, team["council"]).get(f"/desk/actions/{whole}").text
    assert "Police: Light the path" in page
    assert f"/desk/actions/{theirs}" not in page
    assert f"/desk/actions/{ours}" in page
    assert visitor.get(f"/desk/actions/{theirs}").status_code == 404


def test_an_agreed_action_broken_into_steps_stays_agreed(team, visitor):
    action_id = make_action(team)
    steps.add(action_id, agency_id=team["council"].agency_id, what="Order the lamps")
    db.session.commit()
    assert (row(action_id).state, row(action_id).due_on) == ("agreed", SOON)


def test_nobody_agrees_without_an_owner_of_the_same_agency_or_for_a_day_gone(team, visitor):
    action_id = make_action(team, agreed=False)
    typed = {"owner_id": team["police"].id, "due_on": SOON.isoformat()}
    assert press(visitor, team["council"], action_id, "agree", **typed) == 422
    assert press(visitor, team["council"], action_id, "agree", due_on=SOON.isoformat()) == 422
    gone = {"owner_id": team["council"].id, "due_on": "2026-11-01"}
    assert press(visitor, team["council"], action_id, "agree", **gone) == 422
    with pytest.raises(NotValid):
        actions.agree(action_id, owner_id=team["police"].id, due_on=SOON, by=team["council"], today=TODAY)


def test_a_colleague_takes_over_from_somebody_who_left(team, visitor):
    action_id = make_action(team)
    assert press(visitor, team["colleague"], action_id, "owner", owner_id=team["police"].id) == 422
    leave(team["council"])
    page = sign_in(visitor, team["colleague"]).get("/desk/actions/").text
    assert "Who does it has left" in page
    assert press(visitor, team["colleague"], action_id, "owner", owner_id=team["colleague"].id) == 303
    assert "has left" not in visitor.get("/desk/actions/").text


def test_what_an_agency_without_people_owes_is_handed_to_another(team, visitor):
    action_id = make_action(team, of="police")
    accounts.end_role(grants(team["police"].id)[0].id, today=TODAY)
    db.session.commit()
    page = sign_in(visitor, team["pqa"]).get(f"/desk/actions/{action_id}").text
    assert "Nobody of Police can sign in" in page
    assert "Hand over what nobody can answer" in visitor.get("/desk/").text
    to = {"taker_id": team["council"].agency_id, "why": "They have nobody"}
    assert press(visitor, team["council"], action_id, "hand_over", **to) == 403
    assert press(visitor, team["pqa"], action_id, "hand_over", **to) == 303
    handed = row(action_id)
    assert (handed.agency_id, handed.owner_id, handed.due_on, handed.state) == (to["taker_id"], None, None, "proposed")
    lines = [line.words for line in db.session.query(ConcernHistoryRow) if "handed" in line.words]
    assert lines == ["Police handed this to Council: Put up 14 lights"]
    assert db.session.query(AuditRow).filter(AuditRow.did.startswith("handed")).one().reason == "They have nobody"


def test_nobody_is_asked_where_nobody_could_answer(team, visitor):
    concern_id, empty = make_concern(team), make_agency("Empty")
    page = f"/desk/concerns/{concern_id}"
    asked = {"agency_id": team["council"].agency_id, "others": [empty], "what": "Light the path"}
    shown = sign_in(visitor, team["voice"]).get(page).text
    assert ("Council" in shown, "Empty" in shown, "agencies that somebody answers for" in shown) == (True, False, True)
    assert visitor.fill_in(page, f"{page}/ask", **asked).status_code == 422
    with pytest.raises(NotValid, match="Ask an administrator to add somebody first"):
        steps.ask_several(concern_id, agency_ids=[empty], what="Light the path")
    assert db.session.query(ActionRow).count() == 0


@pytest.mark.parametrize("state", ["done", "felt"])
def test_nobody_is_asked_to_act_on_what_is_finished_until_it_is_open_again(team, visitor, state):
    concern_id = make_concern(team)
    page, asked = f"/desk/concerns/{concern_id}", {"agency_id": team["council"].agency_id, "what": "Light the path"}
    assert "Ask an agency to act" in sign_in(visitor, team["voice"]).get(page).text
    db.session.get_one(ConcernRow, concern_id).state = state
    db.session.commit()
    assert "Ask an agency to act" not in visitor.get(page).text
    refused = visitor.fill_in(page, f"{page}/ask", **asked)
    assert refused.status_code == 409
    assert "opens it again first" in refused.text
    assert db.session.query(ActionRow).count() == 0
    concerns.reopen(concern_id, promised_on=SOON, by=team["pqa"], today=TODAY)
    db.session.commit()
    assert visitor.fill_in(page, f"{page}/ask", **asked).status_code == 303
    assert agree(visitor, team["council"], db.session.query(ActionRow).one().id, SOON) == 303


def test_no_step_is_added_to_what_the_panel_refused(team, visitor):
    action_id = make_action(team)
    concern_id = row(action_id).concern_id
    why = Refusal("The land is not ours.", "Leadership Forum", SOON)
    concerns.refuse(concern_id, why, by=team["pqa"], today=TODAY)
    db.session.commit()
    step = {"step_agency_id": team["police"].agency_id, "step_what": "Walk the path"}
    assert press(visitor, team["voice"], action_id, "steps", **step) == 409
    assert db.session.query(ActionRow).count() == 1


def test_nothing_is_handed_to_where_nobody_could_see_it_or_where_it_is(team):
    action_id, empty = make_action(team), make_agency("Empty")
    for agency_id in (empty, team["council"].agency_id):
        with pytest.raises(NotValid):
            actions.hand_over(action_id, agency_id=agency_id, reason="Why", by=team["pqa"], today=TODAY)
