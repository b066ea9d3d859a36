"""Signing up without an account: fill in, check, send; change, cancel, take an offer; groups and adults too."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from engage.forums.actions import changing, offers, signing_up
from engage.forums.models import ConsentRow, ForumRow, GroupRow, GuardianRow, SignUpRow
from engage.forums.queries import links
from engage.forums.rules.links import Opens
from engage.forums.views import opening, ticket
from engage.safeguarding.models import AlertRow
from engage.shared import db, outbox, throttle
from engage.shared.clock import now
from tests.forums import LIMITS, make_forum, state_of, young

SIXTEEN = {
    "first_name": "Ayo", "initial": "k", "age": "16", "contact": "AYO@example.org", "access": "a quiet room",
    "diet": "no nuts", "home": "alone", "photos": "inside", "medical": "yes",
}  # fmt: skip
FOURTEEN = {
    "first_name": "Bo", "age": "14", "relation": "parent", "guardian_name": "Mum",
    "guardian_contact": "07700 900123", "home": "collected",
}  # fmt: skip
WORKER = {
    "name": "Sam Hill",
    "role": "Nurse",
    "agency": "Health (invented)",
    "contact": "sam@example.org",
    "checks": "yes",
}


def slug_of(forum_id: int) -> str:
    return db.session.get_one(ForumRow, forum_id).slug


def hidden(page: str) -> dict[str, str]:
    form = page.split("/send")[1].split("</form>", maxsplit=1)[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def check(visitor, slug: str, typed: dict[str, str], way: str = "come"):
    return visitor.fill_in(f"/forums/{slug}/{way}", **typed)


def sign_up(visitor, slug: str, typed: dict[str, str], way: str = "come"):
    page = check(visitor, slug, typed, way)
    assert page.status_code == 200, page.text
    return visitor.post(f"/forums/{slug}/{way}/send", data=hidden(page.text))


def only(table):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(table)).one()


def rows(table) -> list:
    db.session.rollback()
    return list(db.session.scalars(select(table).execution_options(populate_existing=True)))


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
    assert (row.state, row.contact, guardian.contact) == ("awaiting_consent", "+447700900123", "+447700900123")
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
        ({"contact": ""}, "Type one way to reach you"),
        ({"home": "rocket"}, "Choose one of these"),
    ],
)
def test_errors_say_what_to_do(visitor, slug, wrong, says):
    page = check(visitor, slug, SIXTEEN | wrong)
    assert page.status_code == 422
    assert says in page.text
    assert "Not a valid" not in page.text


def test_changing_something_brings_the_page_back_as_it_was(visitor, slug):
    page = check(visitor, slug, SIXTEEN).text
    again = visitor.post(f"/forums/{slug}/come/change", data=hidden(page)).text
    assert 'value="Ayo"' in again
    assert "a quiet room" in again


def test_the_same_page_sent_twice_is_one_sign_up(visitor, slug):
    page = hidden(check(visitor, slug, SIXTEEN).text)
    first, second = (visitor.post(f"/forums/{slug}/come/send", data=page) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(rows(SignUpRow)) == 1


def test_nothing_is_sent_without_the_page_that_checks(visitor, slug):
    assert visitor.fill_in(f"/forums/{slug}/come", to=f"/forums/{slug}/come/send", **SIXTEEN).status_code == 422
    assert rows(SignUpRow) == []


def test_signing_up_twice_is_answered_without_telling_who_is_there(visitor, slug):
    sign_up(visitor, slug, SIXTEEN)
    letters = len(rows(outbox.LetterRow))
    answer = sign_up(visitor, slug, SIXTEEN | {"access": ""})
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


def test_a_leader_gets_boxes_for_one_more(visitor, slug):
    page = visitor.fill_in(f"/forums/{slug}/group", to=f"/forums/{slug}/group/change", **GROUP, more="1").text
    assert 'name="members-3-first_name"' in page
    assert 'value="Ben"' in page


def test_a_group_is_split_or_cancelled_from_the_leaders_page(visitor, database):
    slug = slug_of(make_forum(limits=LIMITS))
    address = sign_up(visitor, slug, GROUP, "group").headers["Location"]
    assert visitor.fill_in(address, to=f"{address}/split").status_code == 303
    assert not only(GroupRow).together
    visitor.fill_in(address, to=f"{address}/cancel")
    assert {row.state for row in rows(SignUpRow)} == {"cancelled"}
    assert "Is not coming" in visitor.get(address).text


def test_what_was_told_is_changed_on_ones_own_page(visitor, slug):
    address = sign_up(visitor, slug, SIXTEEN).headers["Location"]
    typed = {"age": "16", "contact": "new@example.org", "access": "", "diet": "vegan", "home": "collected"}
    assert visitor.fill_in(f"{address}/change", **typed).status_code == 303
    row = only(SignUpRow)
    assert (row.contact, row.access, row.diet, row.home) == ("new@example.org", None, "vegan", "collected")


def test_who_turns_out_to_be_15_names_an_adult(visitor, slug):
    address = sign_up(visitor, slug, SIXTEEN).headers["Location"]
    typed = {"age": "15", "contact": "ayo@example.org", "home": "collected"}
    page = visitor.fill_in(f"{address}/change", **typed)
    assert page.status_code == 422
    assert "Choose the adult who can say yes for you" in page.text
    adult = {"relation": "parent", "guardian_contact": "dad@example.org"}
    assert visitor.fill_in(f"{address}/change", **typed, **adult).status_code == 303
    assert only(SignUpRow).state == "awaiting_consent"


def test_a_place_is_cancelled_with_one_question_and_stays_cancelled(visitor, slug):
    address = sign_up(visitor, slug, SIXTEEN).headers["Location"]
    assert "Give your place away?" in visitor.get(f"{address}/cancel").text
    assert visitor.fill_in(f"{address}/cancel").status_code == 303
    page = visitor.get(address).text
    assert "You are not coming" in page
    assert "Your pass" not in page


def make_offered() -> tuple[int, str]:
    """One place, taken and freed: the second in line has an offer."""
    limits = LIMITS.__class__(2, 1, 0, 1, 0, 1, 5, 2)
    forum_id = make_forum(limits=limits)
    first = signing_up.sign_up(forum_id, young(), at=now(), language="en")
    second = signing_up.sign_up(forum_id, young(), at=now(), language="en")
    db.session.commit()
    assert second.state == "waitlisted"
    changing.cancel(first.id, at=now())
    db.session.commit()
    return second.id, f"/forums/mine/{second.token}"


def test_a_waiting_place_says_where_in_the_line(visitor, database):
    limits = LIMITS.__class__(2, 1, 0, 1, 0, 1, 5, 2)
    slug = slug_of(make_forum(limits=limits))
    sign_up(visitor, slug, SIXTEEN)
    address = sign_up(visitor, slug, SIXTEEN | {"first_name": "Cy"}).headers["Location"]
    page = visitor.get(address).text
    assert "You are on the waiting list" in page
    assert "You are next in the line." in page


def test_an_offer_says_until_when_and_is_taken(visitor, database):
    sign_up_id, address = make_offered()
    page = visitor.get(address).text
    assert "A place is free for you" in page
    assert "We keep it for you until" in page
    assert visitor.fill_in(address, to=f"{address}/accept").status_code == 303
    assert state_of(sign_up_id) == "confirmed"


def test_an_offer_is_let_go(visitor, database):
    sign_up_id, address = make_offered()
    visitor.fill_in(address, to=f"{address}/decline")
    assert state_of(sign_up_id) in ("expired", "cancelled", "waitlisted")


def test_an_offer_taken_too_late_says_so_plainly_and_offers_the_line(visitor, database):
    _, address = make_offered()
    offers.expire_late(now() + timedelta(days=2))
    db.session.commit()
    page = visitor.get(address)
    assert page.status_code == 200
    assert "Your place went to somebody else" in page.text
    assert "Join the line again" in page.text
    assert visitor.fill_in(address, to=f"{address}/renew").status_code == 303


def test_the_calendar_file_has_a_neutral_title_and_the_right_hours(visitor, slug):
    address = sign_up(visitor, slug, SIXTEEN).headers["Location"]
    answer = visitor.get(f"{address}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    event = next(iter(Calendar.from_ical(answer.data).walk("VEVENT")))
    forum = only(ForumRow)
    assert str(event["summary"]) == "Meeting"
    assert event.decoded("dtstart").date() == forum.meets_on
    assert forum.theme not in answer.text
    assert "Ayo" not in answer.text


def test_the_pass_tells_nothing_to_who_scans_it(visitor, slug):
    sign_up(visitor, slug, SIXTEEN)
    page = visitor.get(links.path(Opens.PASS, only(SignUpRow).key))
    assert page.status_code == 200
    assert "Ayo" not in page.text
    assert slug not in page.text


@pytest.mark.parametrize(
    "address", ["/forums/mine/", "/forums/group/", "/forums/consent/", "/forums/pass/", "/forums/invited/"]
)
def test_an_altered_link_is_a_plain_page(visitor, slug, address):
    page = visitor.get(f"{address}{'A' * 38}")
    assert page.status_code == 404
    assert "link" in page.text


def test_guessing_links_is_slowed_down(visitor, slug, monkeypatch):
    monkeypatch.setattr(opening, "MOST", 3)
    answers = [visitor.get(f"/forums/mine/{'B' * 30}{number}").status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    assert rows(throttle.WrongTry)


def test_a_place_at_a_cancelled_forum_says_so_first(visitor, slug):
    address = sign_up(visitor, slug, SIXTEEN).headers["Location"]
    row = only(ForumRow)
    row.state, row.reason = "cancelled", "The hall is flooded"
    db.session.commit()
    page = visitor.get(address).text
    assert "This forum has been cancelled" in page
    assert "The hall is flooded" in page
    assert "Your pass" not in page


def test_at_16_yes_and_no_are_ones_own_and_change_at_any_time(visitor, slug):
    address = sign_up(visitor, slug, SIXTEEN).headers["Location"]
    said = {row.purpose: row.state for row in rows(ConsentRow)}
    assert said == {
        "attend": "given",
        "leave_alone": "given",
        "photo_inside": "given",
        "photo_public": "refused",
        "medical": "given",
    }
    typed = {"leave_alone": "no", "photo_inside": "no", "photo_public": "no", "medical": "yes"}
    assert visitor.fill_in(f"{address}/choices", **typed).status_code == 303
    assert {row.purpose for row in rows(ConsentRow) if row.state == "given"} == {"attend", "medical"}


@pytest.mark.parametrize("page", ["", "/change", "/choices", "/cancel", "/adult"])
def test_nothing_telling_stands_in_the_titles(visitor, slug, page):
    address = sign_up(visitor, slug, FOURTEEN).headers["Location"]
    title = visitor.get(f"{address}{page}").text.split("<title>")[1].split("</title>")[0]
    assert "Getting home" not in title
    assert "Bo" not in title
