"""A place of one's own behind a link: change, cancel, wait, take an offer, keep the pass and the calendar file."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from engage.forums.actions import changing, offers, signing_up
from engage.forums.models import ConsentRow, ForumRow, SignUpRow
from engage.forums.queries import links
from engage.forums.rules.forums import Kind
from engage.forums.rules.links import Opens
from engage.forums.views import opening
from engage.shared import db, throttle
from engage.shared.clock import now
from tests.forums import LIMITS, join, make_forum, state_of, young
from tests.signing_up import FOURTEEN, SIXTEEN, only, rows, sign_up, slug_of


@pytest.fixture
def slug(database) -> str:
    return slug_of(make_forum())


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
    assert "The time to say yes is over" in page.text
    assert "somebody else" not in page.text
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


def test_who_was_invited_finds_the_page_again(visitor, database):
    forum_id = make_forum(kind=Kind.AMBASSADORS)
    page = visitor.get(f"/forums/mine/{join(forum_id, young()).token}").text
    address = re.search(r'href="(/forums/invited/[^"]+)"', page)[1]
    assert visitor.get(address).status_code == 200
