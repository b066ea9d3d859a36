"""From a proposed concern to "we did" on the public page, and everything that must be refused on the way."""

from datetime import date, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ActionRow, ConcernRow, UpdateRow
from engage.youwesaid.rules.concerns import NewConcern
from tests.people import give, make_agency, make_person, sign_in

TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    council, police = make_agency("Council"), make_agency("Police")
    return {
        "voice": make_person(Role.VOICE),
        "another": make_person(Role.VOICE),
        "pqa": make_person(Role.PQA, agency_id=council),
        "police_pqa": make_person(Role.PQA, agency_id=police),
        "council": make_person(Role.AGENCY, agency_id=council),
        "police": make_person(Role.AGENCY, agency_id=police),
        "first": make_person(Role.AMBASSADOR),
        "second": make_person(Role.AMBASSADOR),
        "lead": make_person(Role.SAFEGUARDING),
    }


def make_concern(team, *, heard=True, about=None, title="The path is dark"):
    new = NewConcern(title, "About 60 of you told us.", "travel", SOON, TODAY, (), "the autumn survey", about)
    concern_id = concerns.propose(new, by=team["voice"], today=TODAY)
    if heard:
        concerns.hear(concern_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    return concern_id


def state_of(table, row_id):
    db.session.expire_all()
    return db.session.get(table, row_id).state


def client_of(app, person):
    return sign_in(app.test_client(), person)


def test_a_concern_goes_from_theme_to_we_did(app, team):
    concern_id = agree_a_concern(app, team)
    act_on(app, team, concern_id)
    assert state_of(ConcernRow, concern_id) == "done"
    publish_about(app, team, concern_id)
    public = app.test_client().get("/you-said-we-did/the-path-is-dark").text
    assert "The council put up 14 lights." in public
    assert "The council put up 14 lights." in app.test_client().get("/you-said-we-did/feed.atom").text


def agree_a_concern(app, team):
    typed = {"title": "The path is dark", "you_said": "About 60 of you told us.", "topic": "travel", "sources": ""}
    typed |= {"promised_on": SOON.isoformat(), "about_agency_id": "0"}
    client_of(app, team["voice"]).fill_in("/desk/concerns/new", **typed)
    concern_id = db.session.query(ConcernRow).one().id
    page = f"/desk/concerns/{concern_id}"
    assert app.test_client().get("/you-said-we-did/the-path-is-dark").status_code == 404
    assert client_of(app, team["pqa"]).fill_in(page, f"{page}/hear").status_code == 303
    assert "We&#39;ve read this" in app.test_client().get("/you-said-we-did/the-path-is-dark").text
    return concern_id


def act_on(app, team, concern_id):
    page, council = f"/desk/concerns/{concern_id}", team["council"]
    asked = {"agency_id": council.agency_id, "what": "Put up 14 lights"}
    client_of(app, team["voice"]).fill_in(page, f"{page}/ask", **asked)
    act = f"/desk/actions/{db.session.query(ActionRow).one().id}"
    agreed = {"owner_id": council.id, "due_on": SOON.isoformat()}
    assert client_of(app, council).fill_in(act, f"{act}/agree", **agreed).status_code == 303
    assert "doing something" in app.test_client().get("/you-said-we-did/the-path-is-dark").text
    claimed = client_of(app, council).fill_in(act, f"{act}/claim", evidence="14 lights are on since May")
    assert claimed.status_code == 303
    assert "verify" not in client_of(app, team["pqa"]).get(act).text
    assert client_of(app, team["police_pqa"]).fill_in(act, f"{act}/verify").status_code == 303


def publish_about(app, team, concern_id):
    said = {"we_did": "The council put up 14 lights.", "next_step": "", "next_by": ""}
    client_of(app, team["voice"]).fill_in(f"/desk/concerns/{concern_id}/update", **said)
    update_id = db.session.query(UpdateRow).one().id
    words = f"/desk/updates/{update_id}"
    assert client_of(app, team["another"]).fill_in(words, f"{words}/check_facts").status_code == 303
    assert client_of(app, team["first"]).fill_in(words, f"{words}/approve").status_code == 303
    assert state_of(UpdateRow, update_id) == "fact_checked"
    assert client_of(app, team["second"]).fill_in(words, f"{words}/approve").status_code == 303
    assert client_of(app, team["voice"]).fill_in(words, f"{words}/publish").status_code == 303


def test_the_writer_of_a_concern_cannot_agree_it(team, visitor):
    both = make_person(Role.VOICE)
    give(both.id, Role.PQA)
    new = NewConcern("Dark", "You said", "travel", SOON, TODAY, ())
    concern_id = concerns.propose(new, by=both, today=TODAY)
    db.session.commit()
    sign_in(visitor, both)
    page = f"/desk/concerns/{concern_id}"
    assert "somebody else on the panel agrees it" in visitor.get(page).text
    assert visitor.fill_in("/desk/concerns/new", f"{page}/hear").status_code == 403
    assert state_of(ConcernRow, concern_id) == "proposed"


def test_a_passed_promise_shows_that_we_owe_an_answer_by_itself(team, visitor):
    make_concern(team)
    assert "We owe you an answer" not in visitor.get("/you-said-we-did/the-path-is-dark").text
    with time_machine.travel("2026-12-25T10:00:00+00:00", tick=False):
        late = visitor.get("/you-said-we-did/the-path-is-dark").text
        assert "We owe you an answer" in late
        assert "We are late" in late
        assert "The path is dark" in visitor.get("/you-said-we-did/?state=late").text


def test_an_agency_sees_only_its_own_actions(team, visitor):
    concern_id = make_concern(team)
    ours = actions.ask(concern_id, agency_id=team["council"].agency_id, what="Our lights")
    theirs = actions.ask(concern_id, agency_id=team["police"].agency_id, what="Their patrol")
    db.session.commit()
    sign_in(visitor, team["council"])
    listed = visitor.get("/desk/actions/").text
    assert "Our lights" in listed
    assert "Their patrol" not in listed
    assert visitor.get(f"/desk/actions/{ours}").status_code == 200
    assert visitor.get(f"/desk/actions/{theirs}").status_code == 404
    for verb in ("agree", "start", "claim", "give_up"):
        assert visitor.fill_in(f"/desk/actions/{ours}", f"/desk/actions/{theirs}/{verb}").status_code in {403, 404}
    assert state_of(ActionRow, theirs) == "proposed"


def test_a_concern_about_an_agency_is_hidden_from_it_until_released(team, visitor):
    concern_id = make_concern(team, about=team["police"].agency_id, title="Stopped without a reason")
    assert visitor.get("/you-said-we-did/stopped-without-a-reason").status_code == 404
    sign_in(visitor, team["police_pqa"])
    assert visitor.get(f"/desk/concerns/{concern_id}").status_code == 404
    assert "Stopped without" not in visitor.get("/desk/concerns/").text
    sign_in(visitor, team["pqa"])
    assert visitor.get(f"/desk/concerns/{concern_id}").status_code == 200
    sign_in(visitor, team["lead"])
    visitor.fill_in(f"/desk/concerns/{concern_id}", f"/desk/concerns/{concern_id}/release")
    sign_in(visitor, team["police_pqa"])
    assert visitor.get(f"/desk/concerns/{concern_id}").status_code == 200


def test_a_safeguarding_lead_of_that_agency_neither_sees_nor_releases_it(team, visitor):
    concern_id = make_concern(team, about=team["police"].agency_id, title="Stopped without a reason")
    sign_in(visitor, make_person(Role.SAFEGUARDING, agency_id=team["police"].agency_id))
    assert visitor.get(f"/desk/concerns/{concern_id}").status_code == 404
    assert "Stopped without" not in visitor.get("/desk/concerns/").text
    assert visitor.fill_in("/desk/concerns/", f"/desk/concerns/{concern_id}/release").status_code == 404
    db.session.rollback()
    assert not db.session.get_one(ConcernRow, concern_id).released
    sign_in(visitor, team["lead"])
    assert visitor.fill_in("/desk/concerns/", f"/desk/concerns/{concern_id}/release").status_code == 303


def test_an_update_on_a_concern_about_an_agency_is_hidden_from_it_too(team, visitor):
    concern_id = make_concern(team, about=team["police"].agency_id, title="Stopped without a reason")
    update_id = updates.draft(concern_id, NewUpdate("We asked why.", "", SOON), by=team["voice"], today=TODAY)
    db.session.commit()
    words = f"/desk/updates/{update_id}"
    sign_in(visitor, team["police"])
    assert visitor.get(words).status_code == 404
    assert "Stopped without" not in visitor.get("/desk/updates/").text
    assert visitor.fill_in("/desk/actions/", f"{words}/check_facts").status_code == 404
    assert state_of(UpdateRow, update_id) == "draft"
    sign_in(visitor, team["council"])
    assert visitor.get(words).status_code == 404


def test_a_day_that_has_gone_is_refused_and_what_was_typed_is_kept(team, visitor):
    sign_in(visitor, team["voice"])
    typed = {"title": "Dark path", "you_said": "You told us", "topic": "travel", "about_agency_id": "0"}
    gone = visitor.fill_in("/desk/concerns/new", promised_on="2026-01-01", **typed)
    assert gone.status_code == 422
    assert "That day has passed" in gone.text
    assert "Dark path" in gone.text
    missing = visitor.fill_in("/desk/concerns/new", promised_on="", **typed)
    assert missing.status_code == 422
    assert "Dark path" in missing.text
    assert db.session.query(ConcernRow).count() == 0


def test_cannot_needs_a_reason_a_decider_and_a_day_to_look_again(team, visitor):
    concern_id = make_concern(team)
    page = f"/desk/concerns/{concern_id}"
    sign_in(visitor, team["pqa"])
    assert visitor.fill_in(page, f"{page}/refuse", reason="", decided_by="", look_again_on="").status_code == 422
    assert state_of(ConcernRow, concern_id) == "heard"
    said = {"reason": "The land is not ours.", "decided_by": "Leadership Forum", "look_again_on": SOON.isoformat()}
    assert visitor.fill_in(page, f"{page}/refuse", **said).status_code == 303
    public = visitor.get("/you-said-we-did/the-path-is-dark").text
    assert "The land is not ours." in public
    assert "Leadership Forum" in public


def make_update(team, *, checked=True):
    concern_id = make_concern(team)
    update_id = updates.draft(concern_id, NewUpdate("We did it.", "", SOON), by=team["voice"], today=TODAY)
    if checked:
        updates.check_facts(update_id, by=team["another"], today=TODAY)
    db.session.commit()
    return update_id


def test_the_writer_cannot_check_their_own_facts(team, visitor):
    update_id = make_update(team, checked=False)
    sign_in(visitor, team["voice"])
    words = f"/desk/updates/{update_id}"
    assert visitor.fill_in(words, f"{words}/check_facts").status_code == 403
    assert state_of(UpdateRow, update_id) == "draft"


def test_one_ambassador_cannot_approve_twice(team, visitor):
    update_id = make_update(team)
    sign_in(visitor, team["first"])
    words = f"/desk/updates/{update_id}"
    assert visitor.fill_in(words, f"{words}/approve").status_code == 303
    assert visitor.fill_in(words, f"{words}/approve").status_code == 409
    assert state_of(UpdateRow, update_id) == "fact_checked"


def test_words_sent_back_are_written_again_and_checked_again(team, visitor):
    update_id = make_update(team)
    words = f"/desk/updates/{update_id}"
    sign_in(visitor, team["first"])
    assert visitor.fill_in(words, f"{words}/send_back").status_code == 422
    assert visitor.fill_in(words, f"{words}/send_back", reason="defensive").status_code == 303
    sign_in(visitor, team["voice"])
    assert "It sounds defensive" in visitor.get(words).text
    again = visitor.fill_in(words, f"{words}/rewrite", we_did="Clearer.", next_step="", next_by=SOON.isoformat())
    assert again.status_code == 303
    assert state_of(UpdateRow, update_id) == "draft"


def test_nothing_is_published_without_young_people_before_five_working_days(team, visitor):
    update_id = make_update(team)
    words = f"/desk/updates/{update_id}"
    sign_in(visitor, team["voice"])
    assert visitor.fill_in(words, f"{words}/publish").status_code == 409
    assert visitor.fill_in(words, f"{words}/publish_unchecked").status_code == 409
    with time_machine.travel("2026-11-30T10:00:00+00:00", tick=False):
        sign_in(visitor, team["voice"])
        assert visitor.fill_in(words, f"{words}/publish_unchecked").status_code == 303
        assert "not yet checked by young people" in visitor.get("/you-said-we-did/the-path-is-dark").text


def test_english_words_in_the_history_say_that_they_are_english(team, visitor):
    concern_id = make_concern(team)
    words = "Council agreed: Put up 14 lights"
    concerns.begin(concern_id, words=words, by=team["council"], today=TODAY)
    updates._write_history(concern_id, "We told you what we did", TODAY, by=team["voice"])
    db.session.commit()
    page = visitor.get("/you-said-we-did/the-path-is-dark", headers={"Accept-Language": "pl"}).text
    assert f'<span lang="en" dir="auto">{words}</span>' in page
    assert '<span dir="auto">Powiedzieliśmy wam, co zrobiliśmy</span>' in page


def test_a_public_page_is_answered_from_its_validator(team, visitor):
    make_concern(team)
    first = visitor.get("/you-said-we-did/the-path-is-dark")
    again = visitor.get("/you-said-we-did/the-path-is-dark", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert visitor.get("/you-said-we-did/no-such-thing").status_code == 404


def test_a_concern_page_costs_eleven_statements_and_one_where_the_reader_has_it(team, visitor, statements):
    make_concern(team)
    statements.clear()
    page = visitor.get("/you-said-we-did/the-path-is-dark")
    assert len(statements) == 11
    statements.clear()
    visitor.get("/you-said-we-did/the-path-is-dark", headers={"If-None-Match": page.headers["ETag"]})
    assert len(statements) == 1
