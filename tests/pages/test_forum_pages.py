"""The public list and page of a forum: what is said, what never is, and every state of it honestly."""

from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.forums.actions import setting_up, signing_up
from engage.forums.models import ForumAnswerRow, ForumRow
from engage.forums.queries import links
from engage.forums.rules.forums import Kind
from engage.forums.rules.links import Opens
from engage.shared import db
from engage.shared.clock import now, today
from tests.forums import LIMITS, make_forum, professional, young
from tests.people import make_person


def slug_of(forum_id: int) -> str:
    return db.session.get_one(ForumRow, forum_id).slug


def put(forum_id: int, state: str, **columns: object) -> None:
    row = db.session.get_one(ForumRow, forum_id)
    row.state = state
    for name, value in columns.items():
        setattr(row, name, value)
    db.session.commit()


def test_the_list_shows_what_comes_and_leads_to_its_page(visitor):
    slug = slug_of(make_forum(theme="Getting home safely"))
    page = visitor.get("/forums/").text
    assert "Getting home safely" in page
    assert f'href="/forums/{slug}"' in page


def test_drafts_and_forums_for_invited_people_are_not_on_the_list(visitor):
    make_forum(opened=False, theme="Still a draft")
    make_forum(kind=Kind.AMBASSADORS, theme="Only ambassadors")
    page = visitor.get("/forums/").text
    assert "Still a draft" not in page
    assert "Only ambassadors" not in page
    assert "No forum is planned" in page


def test_a_forum_for_invited_people_opens_only_with_its_invitation(visitor):
    forum_id = make_forum(kind=Kind.AMBASSADORS, theme="Only ambassadors")
    row = db.session.get_one(ForumRow, forum_id)
    slug, invitation = row.slug, links.token(Opens.INVITATION, row.key)
    assert visitor.get(f"/forums/{slug}").status_code == 404
    assert visitor.get(f"/forums/{slug}/come").status_code == 404
    page = visitor.get(f"/forums/invited/{invitation}").text
    assert f"/forums/{slug}/come?invitation={invitation}" in page
    assert visitor.get(f"/forums/{slug}/come?invitation={invitation}").status_code == 200


def test_the_page_says_when_where_how_to_get_in_and_who_is_there(visitor):
    forum_id = make_forum()
    seen = signing_up.sign_up(forum_id, professional("Barnet Police (invented)"), at=now(), language="en")
    setting_up.see_checks(seen.id, by=make_person(Role.VOICE), today=today())
    signing_up.sign_up(forum_id, professional("Anything somebody types"), at=now(), language="en")
    signing_up.sign_up(forum_id, young(first_name="Zebedee"), at=now(), language="en")
    db.session.commit()
    page = visitor.get(f"/forums/{slug_of(forum_id)}").text
    for words in ("Canada Villa", "1 Invented Road", "quiet room", "17:00", "Ruth Okafor", "Barnet Police", "Teacher"):
        assert words in page
    for words in ("Zebedee", "Sam ", "Anything somebody types"):
        assert words not in page


def test_the_title_of_a_forum_says_nothing_of_its_theme(visitor):
    page = visitor.get(f"/forums/{slug_of(make_forum(theme='Violence at home'))}").text
    title = page.split("<title>")[1].split("</title>")[0]
    assert "Violence" not in title


def test_the_address_of_a_forum_says_nothing_of_its_theme(visitor):
    first, second = (slug_of(make_forum(theme="Violence at home")) for _ in range(2))
    assert "violence" not in first
    assert second == f"{first}-2"


@pytest.mark.parametrize("language", ["pl", "ar"])
def test_the_page_is_in_the_readers_language_where_it_was_translated(visitor, language):
    forum_id = make_forum()
    setting_up.translate(forum_id, language, {"theme": f"theme-{language}", "about": f"about-{language}"})
    db.session.commit()
    page = visitor.get(f"/forums/{slug_of(forum_id)}?lang={language}").text
    assert f'<html lang="{language}"' in page
    assert f"theme-{language}" in page
    assert f"about-{language}" in page


@pytest.mark.parametrize(
    ("state", "columns", "says"),
    [
        ("full", {}, "Full: you can wait for a place"),
        ("closed", {}, "Sign-up is over"),
        ("cancelled", {"reason": "The hall is flooded"}, "The hall is flooded"),
        ("live", {}, "It is happening now"),
        ("ended", {"meets_on": today() - timedelta(days=1)}, "It is over"),
    ],
)
def test_every_state_is_shown_honestly(visitor, state, columns, says):
    forum_id = make_forum()
    put(forum_id, state, **columns)
    slug = slug_of(forum_id)
    page = visitor.get(f"/forums/{slug}").text
    assert says in page
    assert (f"/forums/{slug}/come" in page) == (state == "full")
    answer = visitor.get(f"/forums/{slug}/come")
    assert answer.status_code == (200 if state == "full" else 409)


def test_sign_up_ends_with_its_last_day_whatever_the_state_says(visitor):
    forum_id = make_forum()
    put(forum_id, "open", closes_on=today() - timedelta(days=1))
    page = visitor.get(f"/forums/{slug_of(forum_id)}").text
    assert "Sign-up is over" in page


def test_places_left_are_said_in_words(visitor):
    forum_id = make_forum(limits=LIMITS)
    page = f"/forums/{slug_of(forum_id)}"
    assert "There are places" in visitor.get(page).text
    put(forum_id, "open", young=38, ambassador=4)
    assert "A few places left" in visitor.get(page).text
    put(forum_id, "open", young=40, ambassador=4)
    assert "Full: you can wait for a place" in visitor.get(page).text


def test_the_list_costs_one_statement_and_a_page_two(visitor, statements):
    slug = slug_of(make_forum())
    db.session.rollback()
    statements.clear()
    visitor.get("/forums/")
    assert len(statements) == 1
    statements.clear()
    visitor.get(f"/forums/{slug}")
    assert len(statements) <= 3


def test_home_and_every_page_lead_to_the_forums(visitor):
    assert visitor.get("/").text.count('href="/forums/"') == 2
    assert 'href="/forums/"' in visitor.get("/help").text


def test_an_unknown_forum_is_a_plain_page(visitor):
    assert visitor.get("/forums/no-such-forum").status_code == 404


def test_a_draft_has_no_page(visitor):
    assert visitor.get(f"/forums/{slug_of(make_forum(opened=False))}").status_code == 404


def test_an_answer_that_is_late_is_owed_in_public(visitor):
    forum_id = make_forum()
    put(forum_id, "ended", meets_on=today() - timedelta(days=60), promised_on=today() - timedelta(days=1))
    assert "We are late, and we still owe you an answer." in visitor.get(f"/forums/{slug_of(forum_id)}").text


def test_pages_of_ones_own_stay_out_of_search(visitor):
    assert visitor.get("/forums/mine/unknown").headers["X-Robots-Tag"] == "none"
    assert "X-Robots-Tag" not in visitor.get("/forums/").headers


def test_what_happened_because_of_a_forum_stands_on_its_page(visitor):
    forum_id = make_forum()
    put(forum_id, "fed_back", meets_on=today() - timedelta(days=60), promised_on=today() - timedelta(days=1))
    db.session.add(ForumAnswerRow(forum_id=forum_id, words="Six lights are on", said_on=today(), concern="dark-path"))
    db.session.commit()
    page = visitor.get(f"/forums/{slug_of(forum_id)}").text
    assert "What happened because of this forum" in page
    assert "Six lights are on" in page
    assert 'href="/you-said-we-did/dark-path"' in page
    assert "owe you" not in page
