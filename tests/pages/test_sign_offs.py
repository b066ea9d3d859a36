"""A speaker checks a language: staff see what is unchecked, somebody signs it off, a later change takes that back."""

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions.versions import publish
from engage.surveys.actions.waves import publish_template
from engage.surveys.models import SignOffRow
from engage.surveys.queries.sign_offs import not_checked, pages_checked
from engage.surveys.rules.definition import parse, to_document
from engage.surveys.rules.shipped import shipped
from tests.drafts import change
from tests.people import make_person, sign_in
from tests.surveys import count, make_wave

LANGUAGES = "/desk/surveys/languages/"
FORUM, PAGES = f"{LANGUAGES}pl/forum", f"{LANGUAGES}pl/PAGES"
NOTE = "Ana, youth worker, speaks Polish at home"
MARK = "is not yet checked by a speaker"


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE, name="Priya"))


@pytest.fixture
def forum(app, database):
    publish_template("forum", today=today())
    db.session.commit()
    return shipped("forum")


def reworded(definition, polish):
    document = to_document(definition)
    document["sections"][0]["items"][0]["words"]["pl"] = polish
    return parse(document)


def test_each_language_of_the_pages_and_of_each_survey_waits_for_a_speaker(voice, forum):
    page = voice.get(LANGUAGES).text
    assert "What was the forum like? in Polish" in page
    assert page.count("not yet<span") == 2 * page.count('<th scope="col">') - 2, "the pages and one survey"
    assert "pl" in not_checked(forum)


def test_a_language_is_signed_off_with_a_name_a_day_and_a_note(voice, forum):
    assert change(voice, FORUM, note=NOTE).status_code == 303
    page = voice.get(FORUM).text
    assert "checked by a speaker" in page
    assert f"Priya, {today():%-d %B %Y}: {NOTE}" in page
    assert "pl" not in not_checked(forum)
    assert "ar" in not_checked(forum)
    line = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert (line.did, line.about) == ("signed off a language", "pl, forum")


def test_a_sign_off_without_a_note_is_refused_and_an_old_page_too(voice, forum):
    assert "Say who read it" in change(voice, FORUM, note="").text
    assert change(voice, FORUM, note=NOTE, seen="0123456789ab").status_code == 409
    assert NOTE in change(voice, FORUM, note=NOTE, seen="0123456789ab").text, "what was typed is still there"
    assert count(SignOffRow) == 0


def test_a_later_change_takes_the_mark_back_for_what_changed_and_it_is_signed_again(voice, forum):
    change(voice, FORUM, note=NOTE)
    later = reworded(forum, "Zupełnie inne słowa")
    assert "pl" in not_checked(later)
    publish(later, today=today())
    db.session.commit()
    page = voice.get(FORUM).text
    assert "changed since a speaker checked it" in page
    assert page.count('class="split field"') == 1
    assert "Zupełnie inne słowa" in page
    change(voice, FORUM, note="The one that changed")
    assert "pl" not in not_checked(later)
    assert count(SignOffRow) == 1


def test_a_sign_off_is_taken_back(voice, forum):
    change(voice, FORUM, note=NOTE)
    assert voice.fill_in(FORUM, f"{FORUM}/undo").status_code == 303
    assert "pl" in not_checked(forum)
    assert voice.fill_in(FORUM, f"{FORUM}/undo").status_code == 409


def test_staff_see_on_public_pages_that_a_language_is_unchecked_and_nobody_else_does(visitor, voice, app):
    assert f"the Polish of these pages {MARK}" in voice.get("/help?lang=pl").text
    assert MARK not in voice.get("/help?lang=en").text
    assert MARK not in app.test_client().get("/help?lang=pl").text
    change(voice, PAGES, note=NOTE)
    assert pages_checked("pl")
    assert MARK not in voice.get("/help?lang=pl").text


def test_a_wave_says_which_of_its_languages_are_unchecked(voice):
    make_wave(template="forum", code="after")
    assert "Not yet checked by a speaker</a>: Polish, Arabic" in voice.get("/desk/surveys/after").text
    change(voice, FORUM, note=NOTE)
    assert "Not yet checked by a speaker</a>: Arabic" in voice.get("/desk/surveys/after").text


def test_who_only_looks_signs_nothing_off(visitor, forum):
    sign_in(visitor, make_person(Role.SCRUTINEER))
    assert "sign it off" not in visitor.get(FORUM).text
    assert visitor.fill_in(LANGUAGES, FORUM, note=NOTE).status_code == 403
    assert visitor.get(f"{LANGUAGES}xx/forum").status_code == 404
