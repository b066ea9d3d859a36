"""Which type of place somebody takes: asked for only where there are two, and never somebody else's."""

from dataclasses import replace

import pytest

from engage.forums.models import ForumRow, SignUpRow
from engage.forums.queries import links
from engage.forums.rules.forums import Kind
from engage.forums.rules.links import Opens
from engage.shared import db
from tests.forums import LIMITS, SMALL, check_ledger, forum_now, make_forum
from tests.pages.test_forum_signing_up import GROUP
from tests.signing_up import SIXTEEN, WORKER, check, hidden, led, only, rows, sign_up, slug_of

SESSION = replace(SMALL, young=0, ambassador=5)


@pytest.fixture
def both(database) -> int:
    return make_forum(limits=LIMITS)


def invited(visitor, forum_id: int, typed: dict[str, str], way: str = "come"):
    slug, invitation = slug_of(forum_id), links.token(Opens.INVITATION, db.session.get_one(ForumRow, forum_id).key)
    page = led(visitor, visitor.fill_in(f"/forums/{slug}/{way}?invitation={invitation}", **typed))
    assert page.status_code == 200, page.text
    return visitor.post(f"/forums/{slug}/{way}/send?invitation={invitation}", data=hidden(page.text))


def test_an_invited_ambassador_takes_an_ambassadors_place(visitor, database):
    forum_id = make_forum(kind=Kind.AMBASSADORS, limits=SESSION)
    answer = invited(visitor, forum_id, SIXTEEN)
    assert "You have a place" in visitor.get(answer.headers["Location"]).text
    assert (only(SignUpRow).place, forum_now(forum_id).taken.ambassador) == ("ambassador", 1)
    check_ledger(forum_id)


def test_a_group_of_ambassadors_takes_their_places_too(visitor, database):
    forum_id = make_forum(kind=Kind.AMBASSADORS, limits=SESSION)
    invited(visitor, forum_id, GROUP, "group")
    assert sorted(row.place for row in rows(SignUpRow)) == ["ambassador", "ambassador", "professional"]
    check_ledger(forum_id)


@pytest.mark.parametrize(("said", "place"), [("yes", "ambassador"), ("no", "young"), ("", "young")])
def test_where_both_have_places_a_young_person_says_which_is_theirs(visitor, both, said, place):
    sign_up(visitor, slug_of(both), SIXTEEN | {"ambassador": said})
    assert only(SignUpRow).place == place
    check_ledger(both)


@pytest.mark.parametrize(("said", "place"), [("yes", "facilitator"), ("no", "professional"), ("", "professional")])
def test_who_leads_a_table_signs_up_as_a_facilitator(visitor, both, said, place):
    page = check(visitor, slug_of(both), WORKER | {"facilitator": said}, "work")
    assert ("Has the team asked you to lead a table?" in page.text) == bool(said)
    visitor.post(f"/forums/{slug_of(both)}/work/send", data=hidden(page.text))
    assert only(SignUpRow).place == place
    check_ledger(both)


def test_where_there_is_one_type_nobody_is_asked_for_it(visitor, database):
    slug = slug_of(make_forum(limits=replace(SMALL, facilitator=0)))
    assert "youth ambassador" not in visitor.get(f"/forums/{slug}/come").text
    assert "lead a table" not in visitor.get(f"/forums/{slug}/work").text
    assert "lead a table" not in visitor.get(f"/forums/{slug}/group").text
