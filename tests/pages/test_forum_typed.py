"""What is typed to sign up: kept sealed for an hour, for one browser, and gone when it is sent."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from engage.forums.actions.drafts import forget_drafts_of_sign_ups
from engage.forums.models import DraftRow, SignUpRow
from engage.shared import db
from engage.shared.clock import now
from engage.shared.keeping import TYPED
from tests.forums import make_forum
from tests.signing_up import SIXTEEN, WORKER, check, hidden, led, rows, sign_up, slug_of


@pytest.fixture
def way(database) -> str:
    return f"/forums/{slug_of(make_forum())}/come"


def type_in(visitor, way, **more):
    return led(visitor, visitor.fill_in(way, **(SIXTEEN | more)))


def test_the_form_is_found_as_it_was_left_and_by_nobody_else(visitor, app, way):
    type_in(visitor, way)
    assert 'value="Ayo"' in visitor.get(way).text
    assert 'value="Ayo"' not in app.test_client().get(way).text
    assert app.test_client().get(f"{way}/check").status_code == 410


def test_what_is_missing_is_said_once_somebody_wanted_to_go_on(visitor, way):
    page = type_in(visitor, way, home="")
    assert (page.status_code, "Choose how you get home" in page.text) == (422, True)
    assert visitor.get(f"{way}/check").headers["Location"] == way
    assert type_in(visitor, way).status_code == 200
    assert visitor.get(way).status_code == 200


def test_nothing_that_was_typed_lies_open_in_the_database_or_in_a_cookie(visitor, way):
    answer = visitor.fill_in(way, **SIXTEEN)
    kept = db.session.execute(text("SELECT words FROM forum_draft")).scalar_one()
    for place in (bytes(kept), "".join(answer.headers.getlist("Set-Cookie")).encode()):
        assert b"Ayo" not in place
        assert b"quiet" not in place


def test_after_an_hour_nothing_is_found_and_the_clock_has_forgotten_it(visitor, way):
    type_in(visitor, way)
    with time_machine.travel(now() + TYPED + timedelta(minutes=1), tick=False):
        assert 'value="Ayo"' not in visitor.get(way).text
        assert visitor.get(f"{way}/check").status_code == 410
        assert forget_drafts_of_sign_ups(now() - TYPED) == 1
    db.session.commit()
    assert rows(DraftRow) == []


def test_sending_forgets_it_and_every_other_form_of_this_browser(visitor, way):
    slug = way.split("/")[2]
    check(visitor, slug, WORKER, "work")
    assert sign_up(visitor, slug, SIXTEEN).status_code == 303
    assert 'value="Ayo"' not in visitor.get(way).text
    assert "Sam Hill" not in visitor.get(f"/forums/{slug}/work").text


def test_what_is_sent_is_what_was_read_last(visitor, way):
    first = hidden(type_in(visitor, way).text)
    type_in(visitor, way, first_name="Bea")  # in another tab
    answer = visitor.post(f"{way}/send", data=first)
    assert answer.headers["Location"] == f"{way}/check"
    assert rows(SignUpRow) == []
    assert "Bea" in visitor.get(f"{way}/check").text


def test_a_ticket_alone_signs_nobody_up(visitor, app, way):
    ticket = hidden(type_in(visitor, way).text)["ticket"]
    assert app.test_client().fill_in(way, to=f"{way}/send", ticket=ticket).status_code == 410
    assert rows(SignUpRow) == []


def test_what_was_typed_is_deleted_at_once_when_somebody_says_so(visitor, way):
    type_in(visitor, way)
    slug = way.split("/")[2]
    assert visitor.fill_in(way, to=f"/forums/{slug}/forget/young").headers["Location"] == way
    assert rows(DraftRow) == []
    assert 'value="Ayo"' not in visitor.get(way).text


def test_leaving_the_site_leaves_nothing_of_it(visitor, way):
    type_in(visitor, way)
    visitor.get("/leave")
    assert 'value="Ayo"' not in visitor.get(way).text
