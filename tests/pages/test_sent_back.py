"""Before anything is public: a wrong fact and a concern not agreed go back with words, and nothing typed is lost."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.shared import db
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ActionRow, ConcernRow, UpdateRow
from engage.youwesaid.queries.waiting import waiting
from tests.people import sign_in
from tests.youwesaid import SOON, TODAY, make_action, make_concern, make_team

WORDS = {"title": "No light by the station", "you_said": "About 60 of you told us.", "topic": "travel"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    return make_team()


def press(app, person, path, **typed):
    return sign_in(app.test_client(), person).fill_in("/desk/concerns/", path, **typed)


def only(table):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(table)).one()


def lines(person) -> list[str]:
    db.session.rollback()
    return [line.words for line in waiting(person, TODAY)]


def make_draft(team) -> str:
    update_id = updates.draft(make_concern(team), NewUpdate("Ten lamps work.", "", SOON), by=team["voice"], today=TODAY)
    db.session.commit()
    return f"/desk/updates/{update_id}"


def test_a_wrong_fact_goes_back_to_the_team_and_is_checked_again_after_it_was_written_again(app, team):
    words = make_draft(team)
    assert sign_in(app.test_client(), team["pqa"]).fill_in("/desk/", f"{words}/doubt", wrong=" ").status_code == 422
    page = sign_in(app.test_client(), team["pqa"]).fill_in("/desk/", f"{words}/doubt", wrong="Eight lamps, not ten")
    assert page.status_code == 303
    seen = sign_in(app.test_client(), team["voice"])
    assert "Eight lamps, not ten" in seen.get(words).text
    assert "Write again: a fact is wrong" in lines(team["voice"])
    assert "Check the facts of an update" not in lines(team["another"])
    assert sign_in(app.test_client(), team["pqa"]).fill_in("/desk/", f"{words}/check_facts").status_code == 409
    typed = {"we_did": "Eight lamps work.", "next_by": SOON.isoformat()}
    assert seen.fill_in("/desk/concerns/", f"{words}/rewrite", **typed).status_code == 303
    assert only(UpdateRow).wrong == ""
    assert sign_in(app.test_client(), team["pqa"]).fill_in(words, f"{words}/check_facts").status_code == 303


def test_nobody_doubts_their_own_words_and_ambassadors_have_their_own_way(app, team):
    words = make_draft(team)
    for who in ("voice", "first"):
        page = sign_in(app.test_client(), team[who]).fill_in("/desk/", f"{words}/doubt", wrong="All of it")
        assert page.status_code in (403, 404), who
    assert only(UpdateRow).wrong == ""


def test_the_panel_sends_a_concern_back_and_the_team_changes_its_words(app, team):
    concern = f"/desk/concerns/{make_concern(team, heard=False)}"
    assert press(app, team["pqa"], f"{concern}/send_back", missing="").status_code == 422
    assert press(app, team["pqa"], f"{concern}/send_back", missing="Which path?").status_code == 303
    assert "Agree a concern" not in lines(team["pqa"])
    assert "Write a concern again: the panel sent it back" in lines(team["another"])
    assert "Which path?" in sign_in(app.test_client(), team["another"]).get(f"{concern}/words").text
    typed = {**WORDS, "promised_on": SOON.isoformat()}
    assert press(app, team["another"], f"{concern}/words", **typed).status_code == 303
    row = only(ConcernRow)
    assert (row.title, row.slug, row.sent_back) == (WORDS["title"], "no-light-by-the-station", "")
    assert row.proposed_by == team["another"].id
    assert "Agree a concern" in lines(team["pqa"])


def test_words_of_an_agreed_concern_stand_and_an_agreed_one_is_not_sent_back(app, team):
    concern = f"/desk/concerns/{make_concern(team)}"
    typed = {**WORDS, "promised_on": SOON.isoformat()}
    assert press(app, team["voice"], f"{concern}/words", **typed).status_code == 409
    assert press(app, team["pqa"], f"{concern}/send_back", missing="Which path?").status_code == 409
    assert only(ConcernRow).title == "The path is dark"


@pytest.mark.parametrize("day", ["", "2026-01-01", "3000-01-01"])
def test_an_update_with_a_promise_that_cannot_be_kept_keeps_what_was_typed(app, team, day):
    concern = f"/desk/concerns/{make_concern(team)}"
    typed = {"we_did": "Fourteen lamps stand.", "next_by": day}
    page = press(app, team["voice"], f"{concern}/update", **typed)
    assert page.status_code == 422
    assert "Fourteen lamps stand." in page.text
    assert 'id="next_by-error"' in page.text
    assert press(app, team["voice"], f"{concern}/update", **{**typed, "next_by": SOON.isoformat()}).status_code == 303


def test_no_day_lies_so_far_away_that_it_is_no_promise(app, team):
    far = (TODAY + timedelta(days=400)).isoformat()
    page = press(app, team["voice"], "/desk/concerns/new", **WORDS, promised_on=far, about_agency_id=0)
    assert page.status_code == 422
    assert "more than a year away" in page.text
    action_id = make_action(team, agreed=False)
    agree = {"owner_id": team["council"].id, "due_on": "2099-01-01"}
    council = sign_in(app.test_client(), team["council"])
    assert council.fill_in("/desk/actions/", f"/desk/actions/{action_id}/agree", **agree).status_code == 422
    agree["due_on"] = far
    assert council.fill_in("/desk/actions/", f"/desk/actions/{action_id}/agree", **agree).status_code == 303


def test_nothing_is_chosen_beforehand_where_a_press_would_be_for_good(app, team):
    first, other = make_concern(team), make_concern(team, "Buses do not stop")
    seen = sign_in(app.test_client(), team["pqa"]).get(f"/desk/concerns/{first}").text
    assert '<option selected value="">Choose the other concern</option>' in seen
    assert press(app, team["pqa"], f"/desk/concerns/{first}/merge", into_id="").status_code == 422
    page = press(app, team["pqa"], f"/desk/concerns/{first}/ask", agency_id="", what="Put up lamps by the gate")
    assert page.status_code == 422
    assert "Put up lamps by the gate" in page.text
    assert db.session.scalar(select(ActionRow.id)) is None
    assert press(app, team["pqa"], f"/desk/concerns/{first}/merge", into_id=other).status_code == 303


def test_where_a_rule_refuses_after_the_form_the_page_gives_back_what_was_typed(app, team):
    words = make_draft(team)
    typed = {"we_did": "Ten lamps work.", "next_step": "We look again", "next_by": SOON.isoformat()}
    voice = sign_in(app.test_client(), team["voice"])
    page = voice.fill_in(words, f"{words}/revise", **typed)  # it is not published, so nothing is to be revised
    assert page.status_code == 409
    assert '<dd dir="auto">We look again</dd>' in page.text
    assert f'href="{words}">Back to the page' in page.text


def test_an_agency_that_says_no_is_named_on_the_public_page(app, visitor, team):
    concern_id = make_concern(team)
    action_id = make_action(team, concern_id=concern_id, agreed=False)
    assert "Council said no" not in visitor.get("/you-said-we-did/the-path-is-dark").text
    council = sign_in(app.test_client(), team["council"])
    assert council.fill_in("/desk/actions/", f"/desk/actions/{action_id}/give_up", reason="No money").status_code == 303
    page = visitor.get("/you-said-we-did/the-path-is-dark").text
    assert "Council said no: Put up 14 lights" in page
    assert "No money" not in page, "a reason goes public in words that were checked"


def test_what_is_done_without_words_waits_for_them(app, team):
    action_id = make_action(team)
    actions.claim(action_id, evidence="Fourteen lights", by=team["council"], today=TODAY)
    actions.verify(action_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    assert "Say what was done: nothing is written since" in lines(team["voice"])
    concern_id = only(ConcernRow).id
    updates.draft(concern_id, NewUpdate("Fourteen lights stand there.", "", None), by=team["voice"], today=TODAY)
    db.session.commit()
    assert "Say what was done: nothing is written since" not in lines(team["voice"])


def test_the_panel_is_told_where_nothing_shows_how_many_said_it(app, team):
    concern = f"/desk/concerns/{make_concern(team, heard=False)}"
    assert "No theme is linked: nothing here shows" in sign_in(app.test_client(), team["pqa"]).get(concern).text
    assert "No theme is linked: nothing here shows" not in sign_in(app.test_client(), team["voice"]).get(concern).text


def test_the_agency_it_is_about_is_asked_whether_the_facts_are_right(team):
    concern_id = make_concern(team)
    make_action(team, concern_id=concern_id)
    updates.draft(concern_id, NewUpdate("Ten lamps work.", "", SOON), by=team["voice"], today=TODAY)
    db.session.commit()
    assert "Check the facts of what is told about it" in lines(team["council"])
    assert "Check the facts of what is told about it" not in lines(team["police"])
