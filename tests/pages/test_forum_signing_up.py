"""Signing up without an account: fill in, check, send; a group, a professional, a second time."""

import pytest

from engage.forums.models import GroupRow, GuardianRow, SignUpRow
from engage.forums.views import ticket
from engage.safeguarding.models import AlertRow
from engage.shared import outbox
from tests.forums import LIMITS, make_forum
from tests.signing_up import FOURTEEN, SIXTEEN, WORKER, check, hidden, led, only, rows, sign_up, slug_of


@pytest.fixture
def slug(database) -> str:
    return slug_of(make_forum())


def test_a_young_person_checks_their_answers_before_anything_is_kept(visitor, slug):
    page = check(visitor, slug, SIXTEEN).text
    for words in ("Ayo", "a quiet room", "no nuts", "On my own", "Only photos that the partnership"):
        assert words in page
    assert rows(SignUpRow) == []


def test_at_16_sending_gives_a_place_with_a_page_of_ones_own(visitor, slug):
    answer = sign_up(visitor, slug, SIXTEEN)
    assert answer.status_code == 303
    row = only(SignUpRow)
    assert (row.state, row.age, row.contact, row.initial) == ("confirmed", 16, "ayo@example.org", "K")
    page = visitor.get(answer.headers["Location"]).text
    for words in ("You have a place", "Ayo K", "data:image/svg+xml", "no nuts", "Canada Villa"):
        assert words in page


def test_under_16_a_place_is_kept_with_its_date_while_the_adult_is_asked(visitor, slug):
    answer = sign_up(visitor, slug, FOURTEEN)
    row, guardian = only(SignUpRow), only(GuardianRow)
    assert (row.state, row.contact, guardian.contact) == ("awaiting_consent", None, "+447700900123")
    page = visitor.get(answer.headers["Location"]).text
    assert "Your place is kept for you" in page
    assert "We keep your place until" in page
    assert "data:image" not in page


def test_what_was_typed_stays_when_something_is_missing(visitor, slug):
    page = check(visitor, slug, FOURTEEN | {"guardian_contact": "", "home": "", "access": "a ramp"})
    assert page.status_code == 422
    for words in ("Error:", "Tell us how we can reach your adult", "Choose how you get home", 'value="Bo"', "a ramp"):
        assert words in page.text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"age": ""}, "Type an age in whole years"),
        ({"age": "fourteen"}, "Type an age in whole years"),
        ({"age": "8"}, "This forum is for ages 11 to 25."),
        ({"first_name": " "}, "Type your first name"),
        ({"contact": "me"}, "Type an e-mail address, like"),
        ({"contact": "me@nowhere"}, "Check the e-mail address"),
        ({"contact": ""}, "From 16 we need one way to reach you"),
        ({"home": "rocket"}, "Choose one of these"),
    ],
)
def test_errors_say_what_to_do(visitor, slug, wrong, says):
    page = check(visitor, slug, SIXTEEN | wrong)
    assert page.status_code == 422
    assert says in page.text
    assert "Not a valid" not in page.text


def test_without_an_age_nothing_is_asked_that_the_age_decides(visitor, slug):
    page = check(visitor, slug, FOURTEEN | {"age": "", "relation": "", "guardian_contact": ""})
    summary = page.text.split('class="summary"')[1].split("</ul>")[0]
    assert "Type an age in whole years" in summary
    assert "reach" not in summary
    assert "Under 16 you may leave it empty" in page.text
    assert check(visitor, slug, FOURTEEN | {"contact": ""}).status_code == 200


def test_changing_something_brings_the_page_back_as_it_was(visitor, slug):
    check(visitor, slug, SIXTEEN)
    again = visitor.get(f"/forums/{slug}/come").text
    assert 'value="Ayo"' in again
    assert "a quiet room" in again


def test_the_same_page_sent_twice_is_one_sign_up(visitor, slug):
    page = hidden(check(visitor, slug, SIXTEEN).text)
    first, second = (visitor.post(f"/forums/{slug}/come/send", data=page) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(rows(SignUpRow)) == 1


def test_nothing_is_sent_without_the_page_that_checks(visitor, slug):
    assert visitor.fill_in(f"/forums/{slug}/come", to=f"/forums/{slug}/come/send", **SIXTEEN).status_code == 410
    assert rows(SignUpRow) == []


def test_signing_up_twice_is_answered_without_telling_who_is_there(visitor, slug):
    sign_up(visitor, slug, SIXTEEN)
    letters = len(rows(outbox.LetterRow))
    answer = led(visitor, sign_up(visitor, slug, SIXTEEN | {"access": ""}))
    assert answer.status_code == 200
    assert "Look at your messages" in answer.text
    assert "/forums/mine/" not in answer.text
    assert len(rows(SignUpRow)) == 1
    assert len(rows(outbox.LetterRow)) == letters + 1


def test_checking_too_often_is_slowed_down(visitor, slug, monkeypatch):
    monkeypatch.setattr(ticket, "MOST", 2)
    assert [check(visitor, slug, SIXTEEN).status_code for _ in range(3)] == [200, 200, 429]


def test_words_of_harm_are_heard_once(visitor, slug):
    sign_up(visitor, slug, SIXTEEN | {"access": "my stepdad hits me"})
    alert = only(AlertRow)
    assert "stepdad hits me" in alert.words
    assert slug in alert.place


def test_a_professional_signs_up(visitor, slug):
    answer = sign_up(visitor, slug, WORKER, "work")
    row = only(SignUpRow)
    assert (row.place, row.state, row.checks_said, row.age) == ("professional", "confirmed", True, None)
    page = visitor.get(answer.headers["Location"]).text
    assert "You have a place" in page
    assert "Your yes and no" not in page
    for words in (
        "Nurse",
        "Health (invented)",
        "Does your employer hold a DBS check for you?",
        "The team asks to see it",
    ):
        assert words in page


GROUP = {
    **WORKER, "together": "together", "members-0-first_name": "Ana", "members-0-age": "17",
    "members-1-first_name": "Ben", "members-1-age": "13", "members-1-relation": "parent",
    "members-1-guardian_contact": "mum@example.org", "members-2-first_name": "",
}  # fmt: skip


def test_a_leader_books_several_and_sees_how_each_place_stands(visitor, slug):
    answer = sign_up(visitor, slug, GROUP, "group")
    assert only(GroupRow).together
    assert sorted(row.name for row in rows(SignUpRow)) == ["Ana", "Ben", "Sam Hill"]
    page = visitor.get(answer.headers["Location"]).text
    for words in ("Ana", "Ben", "Place kept, an adult has to say yes", "Has a place"):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"members-0-first_name": "", "members-1-first_name": ""}, "Type the first name of at least one young person"),
        ({"members-1-guardian_contact": ""}, "Ben: Tell us how we can reach the adult"),
        ({"members-0-age": "9"}, "Ana: This forum is for ages 11 to 25."),
        ({"together": ""}, "Choose one: together, or split"),
    ],
)
def test_errors_in_a_group_name_whom_they_are_about(visitor, slug, wrong, says):
    page = check(visitor, slug, GROUP | wrong, "group")
    assert page.status_code == 422
    assert says in page.text


def test_every_age_that_the_forum_is_not_for_is_named_once(visitor, slug):
    page = check(visitor, slug, GROUP | {"members-0-age": "9", "members-1-age": "26"}, "group").text
    summary = page.split('class="summary"')[1].split("</ul>")[0]
    assert summary.count("This forum is for ages 11 to 25.") == 2
    assert all(f"{name}: This forum" in summary for name in ("Ana", "Ben"))


def test_a_leader_gets_boxes_for_one_more(visitor, slug):
    page = led(visitor, visitor.fill_in(f"/forums/{slug}/group", to=f"/forums/{slug}/group/more", **GROUP)).text
    assert 'name="members-3-first_name"' in page
    assert 'value="Ben"' in page


def test_a_group_is_split_or_cancelled_from_the_leaders_page(visitor, database):
    slug = slug_of(make_forum(limits=LIMITS))
    address = sign_up(visitor, slug, GROUP, "group").headers["Location"]
    assert visitor.fill_in(f"{address}/cancel", to=f"{address}/split").status_code == 303
    assert not only(GroupRow).together
    visitor.fill_in(f"{address}/cancel")
    assert {row.state for row in rows(SignUpRow)} == {"cancelled"}
    assert "Is not coming" in visitor.get(address).text
