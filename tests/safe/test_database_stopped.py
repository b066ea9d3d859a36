"""PostgreSQL is really stopped: the page says so, gives back all that was typed, and it counts once it is back."""

from dataclasses import replace
from itertools import count as numbers
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from engage.safeguarding.models import ContactRequestRow
from engage.shared import db
from engage.surveys.models import ResponseRow, WrittenRow
from engage.surveys.queries import waves
from tests.conftest import Visitor, make_settings
from tests.faults.forms import form_of
from tests.faults.stopping import database_in
from tests.safe.conftest import started
from tests.surveys import ANSWERS, count, make_wave, token

SENTENCE = 'The park & the <b>"river"</b>\nand a second line'
SENT = {**ANSWERS, "area_best": SENTENCE, "_at": "last", "_shown": "consent age"}


@pytest.fixture(scope="module")
def database():
    with TemporaryDirectory(prefix="engage-stopped-") as folder, database_in(Path(folder)) as database:
        yield database


@pytest.fixture(scope="module")
def app(database, tmp_path_factory):
    with started(replace(make_settings(tmp_path_factory.mktemp("stopped")), database_url=database.url)) as app:
        app.test_client_class = Visitor
        db.create_tables()
        make_wave()
        yield app


@pytest.fixture(autouse=True)
def a_second_later(monkeypatch):
    """What a process remembers of a wave for a second is over each time it is asked."""
    seconds = numbers()
    monkeypatch.setattr(waves, "monotonic", lambda: next(seconds))


@pytest.fixture(autouse=True)
def nothing_open(app):
    """What a test looked at is over before a database that may go away meanwhile is asked again."""
    yield
    db.session.remove()


def test_what_was_sent_while_the_database_was_stopped_comes_back_and_is_sent_with_one_press(app, database):
    somebody = app.test_client()
    page = somebody.get("/s/youth").text
    before = count(ResponseRow)
    db.session.remove()
    with database.away():
        refused = somebody.post("/s/youth", data={**SENT, "csrf_token": token(page)})
        again = somebody.post("/s/youth", data=MultiDict(form_of(refused.text, "/s/youth")))
    for answer in (refused, again):
        assert answer.status_code == 503
        assert "What you sent is still here" in answer.text
        assert "no-store" in answer.headers["Cache-Control"]
    fields = MultiDict(form_of(again.text, "/s/youth"))
    assert fields.to_dict(flat=False) == MultiDict({**SENT, "csrf_token": fields["csrf_token"]}).to_dict(flat=False)
    assert somebody.post("/s/youth", data=fields).status_code == 303
    assert count(ResponseRow) == before + 1
    assert SENTENCE in db.session.scalars(select(WrittenRow.words)).all()


def test_control_with_the_database_there_no_page_asks_to_send_again(app):
    somebody = app.test_client()
    assert form_of(somebody.get("/receipt").text, "/s/youth") == []
    assert somebody.fill_in("/s/youth", **SENT).status_code == 303


def test_a_part_of_the_survey_without_a_script_is_given_back_with_the_button_that_was_pressed(app, database):
    somebody = app.test_client()
    sent = {**SENT, "_go": "next", "csrf_token": token(somebody.get("/s/youth").text)}
    with database.away():
        refused = somebody.post("/s/youth/section/0", data=sent)
    fields = MultiDict(form_of(refused.text, "/s/youth/section/0"))
    assert fields["_go"] == "next"
    assert somebody.post("/s/youth/section/0", data=fields).status_code == 303


def test_who_asked_to_be_contacted_is_given_it_back_too(app, database):
    somebody = app.test_client()
    page = somebody.get("/s/youth/contact").text
    typed = {"words": "Invented Person, text 07700 900000 please", "csrf_token": token(page)}
    with database.away():
        refused = somebody.post("/s/youth/contact", data=typed)
    assert ">\nInvented Person, text" in refused.text  # in a box, not hidden
    fields = dict(form_of(refused.text, "/s/youth/contact"))
    assert fields["words"] == typed["words"]
    assert somebody.post("/s/youth/contact", data=fields).status_code == 303
    assert count(ContactRequestRow) == 1


def test_a_receipt_goes_along_unseen(app, database):
    somebody = app.test_client()
    page = somebody.get("/receipt").text
    with database.away():
        refused = somebody.post("/receipt", data={"words": "one two three four", "csrf_token": token(page)})
    assert dict(form_of(refused.text, "/receipt"))["words"] == "one two three four"
    assert "<textarea" not in refused.text


def test_a_table_that_somebody_holds_is_told_in_words_and_what_was_typed_stays(app, monkeypatch):
    monkeypatch.setattr(db, "PATIENCE", 100)
    db.session.remove()
    db.engine().dispose()
    somebody = app.test_client()
    page = somebody.get("/s/youth").text
    with db.engine().connect() as holder:
        holder.exec_driver_sql("LOCK TABLE sitting IN ACCESS EXCLUSIVE MODE")
        refused = somebody.post("/s/youth", data={**SENT, "csrf_token": token(page)})
    db.engine().dispose()
    assert refused.status_code == 503
    assert "The park &amp; the &lt;b&gt;" in refused.text
    assert somebody.post("/s/youth", data={**SENT, "csrf_token": token(refused.text)}).status_code == 303


def test_after_a_stop_that_nobody_met_the_next_page_opens_at_once(app, database):
    db.session.rollback()  # this test itself has no line open that the stop would break
    with database.away():
        pass
    assert app.test_client().get("/s/youth").status_code == 200


def test_a_password_never_comes_back(app, database):
    somebody = app.test_client()
    page = somebody.get("/sign-in").text
    with database.away():
        typed = {"email": "a@example.org", "password": "a long password", "csrf_token": token(page)}
        refused = somebody.post("/sign-in", data=typed)
    assert refused.status_code == 503
    assert "a long password" not in refused.text
    assert form_of(refused.text, "/sign-in") == []


def test_every_page_anybody_may_open_says_it_in_words_while_it_is_away(app, database):
    somebody = app.test_client()
    with database.away():
        for address in ("/s/youth", "/forums/", "/you-said-we-did/", "/desk/", "/receipt"):
            answer = somebody.get(address)
            assert answer.status_code in {200, 303, 503}, address
            assert "Traceback" not in answer.text
    assert somebody.get("/forums/").status_code == 200
