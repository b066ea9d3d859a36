"""Translations side by side: kept with the English they say, shown when they do, signed off by another speaker."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ConcernRow, TranslationRow
from engage.youwesaid.queries.translating import texts
from engage.youwesaid.rules.concerns import NewConcern
from tests.people import make_agency, make_person, sign_in

TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=20)
PAGE, LIST = "/you-said-we-did/the-path-is-dark", "/you-said-we-did/"
WORDS = {"title": "Ciemna ścieżka", "you_said": "Mówiliście, że jest ciemno.", "sources": "forum"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def concern_id(database) -> int:
    new = NewConcern("The path is dark", "You told us it is dark.", "travel", SOON, TODAY, (), "a forum")
    concern_id = concerns.propose(new, by=make_person(Role.VOICE), today=TODAY)
    concerns.hear(concern_id, by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    return concern_id


def desk(concern_id: int, language: str = "pl") -> str:
    return f"/desk/concerns/{concern_id}/translation/{language}"


def translate(app, concern_id: int, **words: str):
    """Somebody of the team types these words; gives who, and the answer."""
    someone = make_person(Role.VOICE)
    visitor = sign_in(app.test_client(), someone)
    return visitor, visitor.fill_in(desk(concern_id), **(WORDS | words))


def change_english(concern_id: int, title: str = "The path is very dark") -> None:
    db.session.get_one(ConcernRow, concern_id).title = title
    db.session.commit()


def test_the_public_reads_what_was_typed_and_the_rest_in_english(app, visitor, concern_id):
    assert "This is not translated yet" not in visitor.get(PAGE).text
    assert "Tego jeszcze nie przetłumaczono" in visitor.get(f"{PAGE}?lang=pl").text
    _, answer = translate(app, concern_id)
    assert answer.status_code == 303
    page = visitor.get(f"{PAGE}?lang=pl").text
    assert '<span lang="pl" dir="auto">Ciemna ścieżka</span>' in " ".join(page.split())
    assert "przetłumaczono" not in page
    assert "Ciemna ścieżka" in visitor.get(f"{LIST}?lang=pl&q=sciezke").text
    assert "The path is dark" in visitor.get(f"{PAGE}?lang=ar").text
    assert "The path is dark" in visitor.get(f"{PAGE}?lang=en").text


def test_a_translation_that_lags_behind_is_not_shown_and_the_page_says_so(app, visitor, concern_id):
    staff, _ = translate(app, concern_id)
    change_english(concern_id)
    page = visitor.get(f"{PAGE}?lang=pl").text
    assert "The path is very dark" in page
    assert "Ciemna" not in page
    assert "Tekst zmienił się po przetłumaczeniu" in page
    assert "Mówiliście" in page, "what did not change stays translated"
    assert "the english changed since" in staff.get(desk(concern_id)).text.lower()
    assert 'class="n">1</td>' in staff.get("/desk/translations/").text


def test_renewing_it_takes_a_look_not_only_a_save(app, visitor, concern_id):
    staff, _ = translate(app, concern_id)
    change_english(concern_id)
    staff.fill_in(desk(concern_id), **WORDS)
    assert texts(concern_id, "pl")[0].standing == "behind"
    staff.fill_in(desk(concern_id), **WORDS, **{"still:title": "y"})
    assert texts(concern_id, "pl")[0].standing == "unchecked"
    assert "Ciemna ścieżka" in visitor.get(f"{PAGE}?lang=pl").text


def test_a_speaker_who_did_not_write_it_signs_it_off_and_a_change_asks_again(app, concern_id):
    writer, _ = translate(app, concern_id)
    assert "Not yet checked by a speaker" in writer.get(desk(concern_id)).text
    assert "somebody else who speaks the language" in writer.get(desk(concern_id)).text
    assert writer.fill_in(desk(concern_id), f"{desk(concern_id)}/sign_off").status_code == 403
    another = sign_in(app.test_client(), make_person(Role.PQA))
    page = another.get(desk(concern_id)).text
    writer.fill_in(desk(concern_id), **(WORDS | {"title": "Inna ścieżka"}))
    token, mark = (re.search(rf'name="?{name}"? [^>]*?value="?([^">\s]+)', page)[1] for name in ("csrf_token", "read"))
    for sent in ({"read": mark}, {}):  # what stands there now was never read
        refused = another.post(f"{desk(concern_id)}/sign_off", data={"csrf_token": token, **sent})
        assert (refused.status_code, "The words were changed" in refused.text) == (409, True)
    assert {text.standing for text in texts(concern_id, "pl")} == {"unchecked"}
    assert another.fill_in(desk(concern_id), f"{desk(concern_id)}/sign_off").status_code == 303
    assert {text.standing for text in texts(concern_id, "pl")} == {"checked"}
    writer.fill_in(desk(concern_id), **(WORDS | {"title": "Bardzo ciemna ścieżka"}))
    assert [text.standing for text in texts(concern_id, "pl")] == ["unchecked", "checked", "checked"]


def test_updates_and_agreed_lines_are_translated_and_words_of_rules_are_not_asked_for(app, visitor, concern_id):
    update_id = updates.draft(
        concern_id, NewUpdate("We put up lights.", "", SOON), by=make_person(Role.VOICE), today=TODAY
    )
    updates.check_facts(update_id, by=make_person(Role.PQA), today=TODAY)
    assert all("lights" not in text.english for text in texts(concern_id, "pl")), "only what is public"
    updates.publish_unchecked(update_id, ambassadors=0, by=make_person(Role.VOICE), today=TODAY)
    concerns.begin(concern_id, words="The council agreed: lights", by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    found = {text.english: text.place for text in texts(concern_id, "pl")}
    assert "We told you what we did" not in found
    translate(
        app, concern_id, **{found["We put up lights."]: "Są lampy.", found["The council agreed: lights"]: "Rada: lampy"}
    )
    page = visitor.get(f"{PAGE}?lang=pl").text
    assert "Są lampy." in page
    assert "Rada: lampy" in page


def test_clearing_a_box_takes_the_translation_away(app, concern_id):
    staff, _ = translate(app, concern_id)
    staff.fill_in(desk(concern_id), **(WORDS | {"title": ""}))
    assert db.session.query(TranslationRow).filter_by(place="title").count() == 0


def test_what_is_too_long_is_said_and_kept_in_the_box(app, concern_id):
    _, answer = translate(app, concern_id, title="za " * 400)
    assert answer.status_code == 422
    assert "za za za" in answer.text
    assert db.session.query(TranslationRow).count() == 0


def test_only_languages_offered_and_concerns_that_are_ones_own_to_see(app, concern_id):
    staff = sign_in(app.test_client(), make_person(Role.VOICE))
    for path in (desk(concern_id, "en"), desk(concern_id, "xx"), desk(999)):
        assert staff.get(path).status_code == 404
    police = make_agency("Police")
    about = NewConcern("Stopped", "You told us.", "fairness", SOON, TODAY, (), "", police)
    hidden = concerns.propose(about, by=make_person(Role.VOICE), today=TODAY)
    concerns.hear(hidden, by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    theirs = sign_in(app.test_client(), make_person(Role.PQA, agency_id=police))
    assert theirs.get(desk(hidden)).status_code == 404
    assert "Stopped" not in theirs.get("/desk/translations/").text


def test_where_a_concern_is_is_said_at_the_desk(app, visitor, concern_id):
    staff, page = sign_in(app.test_client(), make_person(Role.VOICE)), f"/desk/concerns/{concern_id}/areas"
    assert staff.fill_in(page, areas=["hendon", "edgware"]).status_code == 303
    assert "Edgware, Hendon" in visitor.get(PAGE).text
    assert staff.fill_in(page, areas=["atlantis"]).status_code == 422
    assert staff.fill_in(page).status_code == 303
    assert "Hendon" not in visitor.get(PAGE).text


def test_the_list_of_translations_costs_as_many_statements_however_long_it_is(app, concern_id, statements):
    staff = sign_in(app.test_client(), make_person(Role.VOICE))
    staff.get("/desk/translations/")
    statements.clear()
    staff.get("/desk/translations/")
    few = len(statements)
    for number in range(3):
        new = NewConcern(f"Another {number}", "You told us.", "travel", SOON, TODAY, ())
        concerns.hear(
            concerns.propose(new, by=make_person(Role.VOICE), today=TODAY), by=make_person(Role.PQA), today=TODAY
        )
    db.session.commit()
    statements.clear()
    staff.get("/desk/translations/")
    assert len(statements) == few
