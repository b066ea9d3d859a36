"""A young person's page that is too old to count gives back what was typed, to be sent again with one press."""

from datetime import UTC, datetime

import pytest

from engage.receipts.words import hashed, issue
from engage.safeguarding.actions import leave_message, raise_alert
from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from tests.faults.forms import form_of
from tests.people import make_person
from tests.surveys import ANSWERS, count, make_wave, sent_words, token

REACH = "Invented Person, text 07700 900000 after school"
ANSWER = "I am all right now, thank you"
AFAR = [{"Sec-Fetch-Site": site} for site in ("cross-site", "same-site")]
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def words(database) -> str:
    """The four words of somebody to whom a message was written."""
    words = " ".join(issue("the secret of one sitting"))
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    raise_alert(NewAlert("w", "Youth survey", "unseen", "hurt", 0.9, hashed(words)), at=at)
    leave_message(db.session.query(AlertRow.id).scalar(), "Are you safe?", by=make_person("safeguarding"), at=at)
    db.session.commit()
    return words


def old(client, path, typed, headers=HERE):
    answer = client.post(path, data={**typed, "csrf_token": "old"}, headers=headers)
    assert answer.status_code == 422
    assert "This page was open for a long time" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer


def said(table) -> list[str]:
    db.session.rollback()
    return [row.words for row in db.session.query(table).order_by(table.id)]


def test_how_to_reach_somebody_comes_back_and_is_sent_with_one_press(visitor, wave):
    page = old(visitor, "/s/youth/contact", {"words": REACH})
    assert count(ContactRequestRow) == 0
    assert "What you typed is still here" in page.text
    assert "Tick this once more" not in page.text
    assert visitor.post("/s/youth/contact", data=dict(form_of(page.text, "/s/youth/contact"))).status_code == 303
    assert said(ContactRequestRow) == [REACH]


def test_the_answers_of_whoever_answers_here_since_are_not_joined_to_it(visitor, wave):
    sent_words(visitor)
    page = old(visitor, "/s/youth/contact", {"words": REACH, "connect": "yes"})
    assert "Tick this once more, if you still want it." in page.text
    assert "checked" not in page.text


def test_an_answer_to_staff_comes_back_and_the_words_that_open_it_are_typed_anew(visitor, words):
    page = old(visitor, "/receipt/answer", {"words": words, "answer": ANSWER})
    assert words not in page.text
    fields = dict(form_of(page.text, "/receipt/answer"))
    assert (fields["words"], fields["answer"].strip()) == ("", ANSWER)
    assert ANSWER in visitor.post("/receipt/answer", data={**fields, "words": words}).text
    assert said(MessageRow) == ["Are you safe?", ANSWER]


def test_an_answer_with_a_word_mistyped_is_not_lost_either(visitor, words):
    page = visitor.fill_in("/receipt", "/receipt/answer", words=words[:-1] + "#", answer=ANSWER)
    assert page.status_code == 422
    fields = dict(form_of(page.text, "/receipt/answer"))
    assert visitor.post("/receipt/answer", data={**fields, "words": words}).status_code == 200
    assert said(MessageRow) == ["Are you safe?", ANSWER]


@pytest.mark.parametrize("path", ["/receipt", "/receipt/felt"])
def test_the_words_alone_are_asked_for_anew(visitor, words, path):
    page = old(visitor, path, {"words": words, "check": "1", "answer": "better"})
    assert words not in page.text
    assert visitor.post("/receipt", data={**dict(form_of(page.text, "/receipt")), "words": words}).status_code == 200


def test_what_else_young_people_send_comes_back_with_the_button(visitor, database):
    page = old(visitor, "/follow/", {"address": "invented@example.org", "topic": ""})
    assert "What you typed is still here" in page.text
    fields = dict(form_of(page.text, "/follow/"))
    assert visitor.post("/follow/", data=fields).status_code == 303


def test_a_screen_that_was_cleared_and_a_password_show_nothing(visitor, wave):
    for path in ("/s/youth/next-person", "/sign-in"):
        page = old(visitor, path, {"area_best": REACH, "email": REACH, "password": REACH, "_at": "area_best"})
        assert REACH not in page.text
        assert "Go back" in page.text


@pytest.mark.parametrize("site", AFAR)
def test_what_another_site_sends_does_not_stand_under_our_look(visitor, wave, site):
    for path in ("/s/youth/contact", "/receipt/answer", "/follow/", "/s/youth"):
        page = old(
            visitor, path, {**ANSWERS, "area_best": REACH, "words": REACH, "answer": REACH, "email": REACH}, site
        )
        assert REACH not in page.text, path


def test_control_a_page_that_counts_gives_nothing_back(visitor, wave):
    typed = {"words": REACH, "csrf_token": token(visitor.get("/s/youth/contact").text)}
    assert visitor.post("/s/youth/contact", data=typed, follow_redirects=True).text.count(REACH) == 0
    assert count(ContactRequestRow) == 1
