"""A young person answers a survey: one page, saved as it goes, sent once, seen and deleted with four words."""

import gzip
import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic

import brotli
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from engage.receipts.words import hashed
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions import sittings, waves
from engage.surveys.actions.sittings import Sending
from engage.surveys.models import AnswerRow, ResponseRow, SittingRow, WrittenRow
from engage.surveys.queries import waves as known
from engage.surveys.queries.sittings import sitting_of
from engage.surveys.queries.waves import definition_of, wave_by_id
from engage.surveys.rules.answers import read_answers
from tests.surveys import ANSWERS, count, make_wave, sent_words, token, words_on


@pytest.fixture
def wave(database):
    return make_wave()


def test_the_whole_survey_is_one_small_page(app, wave):
    page = FlaskClient(app).get("/s/youth", headers={"Accept-Encoding": "br"})
    text = brotli.decompress(page.data).decode()
    head = sum(len(name) + len(value) + 4 for name, value in page.headers)
    assert len(page.data) + head <= 14_000
    assert text.count("<fieldset") == len(list(definition_of(wave).items))
    assert "src=" not in text


@pytest.mark.parametrize("way", ["br", "gzip", "identity"])
@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_the_page_arrives_whole_however_it_is_packed(app, wave, way, language):
    page = FlaskClient(app).get(f"/s/youth?lang={language}", headers={"Accept-Encoding": way})
    body = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[way](page.data).decode()
    assert body.startswith("<!DOCTYPE html>")
    assert re.search(r"<input type=hidden form=f name=csrf_token value=\S+ data-seed=\d+>$", body)


def test_page_one_prints_the_promise_of_the_wave_itself(visitor, database):
    make_wave(minimum=11, audience="Ms Invented and her team")
    page = visitor.get("/s/youth").text
    assert "Ms Invented and her team" in page
    assert "Groups smaller than 11 people are never shown." in page
    assert "we can't know it is you" in page


def test_a_page_for_somebody_who_has_not_begun_takes_one_read(visitor, wave, statements, monkeypatch):
    at = monotonic()  # a wave is known for a second, which must not end between the two
    monkeypatch.setattr(known, "monotonic", lambda: at)
    visitor.get("/s/youth")
    statements.clear()
    visitor.get("/s/youth")
    assert len(statements) <= 2


def test_sending_takes_six_statements_and_keeps_no_trace_of_the_person(visitor, wave, statements):
    sent_words(visitor)
    other = visitor.application.test_client()
    page = other.get("/s/youth").text
    statements.clear()
    other.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)})
    assert len(statements) <= 6, statements
    response = db.session.scalars(select(ResponseRow)).first()
    assert (response.sent_on, response.language, response.setting_id) == (today(), "en", None)
    assert all(row.receipt_hash is None for row in db.session.scalars(select(SittingRow)))


def test_only_what_is_on_the_path_is_kept(visitor, wave):
    sent_words(visitor, unsafe_why="home", bullied="weekly", worthwhile="3")
    kept = {row.item: row.option for row in db.session.scalars(select(AnswerRow))}
    assert kept["area_happy"] == "happy"
    assert kept["age"] == "age_14_15"
    assert kept["lives"] == "skipped"
    assert not {"unsafe_why", "bullied", "worthwhile"} & set(kept)
    assert db.session.scalars(select(WrittenRow.words)).one() == "The park by the river"


def test_sending_twice_stores_one_response_and_shows_the_same_words(visitor, wave):
    page = visitor.get("/s/youth").text
    for _ in range(3):
        assert visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)}).status_code == 303
    first, again = (words_on(visitor.get("/s/youth/thanks").text) for _ in range(2))
    assert count(ResponseRow) == 1
    assert first == again
    assert len(first.split()) == 4


def answers_of(wave, sitting):
    raw = {name: [value] if isinstance(value, str) else value for name, value in ANSWERS.items()}
    return Sending(read_answers(definition_of(wave), raw, seed=sitting.seed).answers, "en", None)


def test_fifty_at_once_store_one_response(app, wave):
    sitting = sitting_of("youth:one phone, fifty taps")
    sending = answers_of(wave, sitting)
    db.session.rollback()  # let go of the database for the others

    def tap(_):
        with app.test_request_context(method="POST"):
            sent = sittings.send(wave=wave, sitting=sitting, sending=sending, today=today())
            db.session.commit()
            return sent

    with ThreadPoolExecutor(8) as phones:
        assert sum(phones.map(tap, range(50))) == 1
    assert count(ResponseRow) == 1


def test_control_without_the_guard_the_same_sitting_would_be_stored_twice(app, wave, monkeypatch):
    sitting, put = sitting_of("youth:a phone"), sittings._put
    monkeypatch.setattr(sittings, "_put", lambda what, **row: what is sittings.SPEND or put(what, **row))
    monkeypatch.setattr(sittings.words, "hashed", lambda _: secrets.token_bytes(32))  # nor the second guard, the index
    for _ in range(2):
        sittings.send(wave=wave, sitting=sitting, sending=answers_of(wave, sitting), today=today())
    db.session.commit()
    assert count(ResponseRow) == 2


def test_what_cannot_be_sent_comes_back_with_everything_typed(visitor, wave):
    picked = ["crime", "drugs", "traffic", "bullying"]
    answer = visitor.fill_in("/s/youth", **(ANSWERS | {"safe_area_dark": "unsafe", "unsafe_why": picked}))
    assert answer.status_code == 422
    assert "Choose up to 3" in answer.text
    assert "The park by the river" in answer.text
    assert "<title>Error: " in answer.text
    assert answer.text.count(" checked") >= 7
    assert count(ResponseRow) == 0


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "a\x00b",
        "\ud800",
        "\u202egnp.exe",
        "}}{{7*7}}",
        "'; DROP TABLE response--",
        "💜" * 900,
    ],
)
def test_whatever_is_typed_is_kept_as_words(visitor, wave, words):
    body = words.encode("utf-8", "surrogatepass")
    page = visitor.get("/s/youth").text
    answer = visitor.post("/s/youth", data={**ANSWERS, "area_best": body, "csrf_token": token(page)})
    assert answer.status_code == 303
    kept = db.session.scalars(select(WrittenRow.words)).one()
    assert "\x00" not in kept
    assert "\u202e" not in kept


def test_a_very_long_answer_is_refused_in_words(visitor, wave):
    answer = visitor.fill_in("/s/youth", **(ANSWERS | {"area_best": "x" * 2001}))
    assert answer.status_code == 422
    assert "You wrote 2001" in answer.text
    assert visitor.fill_in("/s/youth", **(ANSWERS | {"area_best": "x" * 1_000_000})).status_code == 413


def test_the_token_of_another_phones_page_sends_nothing(app, wave):
    mine, other = app.test_client(), app.test_client()
    page, theirs = mine.get("/s/youth").text, other.get("/s/youth").text
    refused = mine.post("/s/youth", data={**ANSWERS, "csrf_token": token(theirs)})
    assert (refused.status_code, count(ResponseRow)) == (422, 0)
    sent = mine.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)})
    assert (sent.status_code, count(ResponseRow)) == (303, 1)


def test_a_page_that_was_open_too_long_keeps_what_was_typed(visitor, wave):
    answer = visitor.post("/s/youth", data={**ANSWERS, "csrf_token": "old"})
    assert answer.status_code == 422
    assert "The park by the river" in answer.text
    assert visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(answer.text)}).status_code == 303


def test_a_wave_that_pauses_in_the_middle_keeps_what_was_typed(visitor, wave):
    page = visitor.get("/s/youth").text
    waves.pause_wave(wave.id, roles=["voice"])
    db.session.commit()
    answer = visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)})
    assert answer.status_code == 409
    assert "This survey is paused" in answer.text
    assert "The park by the river" in answer.text
    assert visitor.get("/s/youth").status_code == 409
    assert count(ResponseRow) == 0


def test_a_closed_survey_says_when_it_closed_and_where_to_read_on(visitor, wave):
    with time_machine.travel(wave.closes_on + timedelta(days=1), tick=False):
        answer = visitor.get("/s/youth")
    assert answer.status_code == 409
    assert "This survey has closed" in answer.text
    assert "/you-said-we-did/" in answer.text


def test_an_unknown_survey_says_what_to_do(visitor, database):
    answer = visitor.get("/s/nothing")
    assert answer.status_code == 404
    assert "Check the link" in answer.text


def test_a_setting_is_remembered_and_nothing_of_the_person(visitor, wave):
    code = waves.add_setting(wave.id, name="Invented School")
    db.session.commit()
    assert visitor.get(f"/s/youth/at/{code}").location == "/s/youth"
    sent_words(visitor)
    assert db.session.scalars(select(ResponseRow.setting_id)).one()
    assert visitor.get("/s/youth/at/nowhere").status_code == 404


def test_worrying_words_are_heard_even_when_the_page_is_refused(visitor, wave):
    page = visitor.get("/s/youth").text
    said = {**ANSWERS, "anything_new": "my stepdad hits me every night", "area_happy": "made up"}
    assert visitor.post("/s/youth", data={**said, "csrf_token": token(page)}).status_code == 422
    alert = db.session.scalars(select(AlertRow)).one()
    assert alert.place.startswith("Youth survey: Is there anything new")
    visitor.post("/s/youth", data={**said, "area_happy": "happy", "csrf_token": token(page)})
    assert count(AlertRow) == 1
    words = words_on(visitor.get("/s/youth/thanks").text)
    assert alert.receipt_hash == hashed(words)


@pytest.mark.parametrize("connect", [True, False])
def test_asking_for_contact_is_kept_apart_unless_ticked(visitor, wave, connect):
    words = sent_words(visitor)
    ticked = {"connect": "y"} if connect else {}
    assert visitor.fill_in("/s/youth/contact", words="Sam, 07700 900123", **ticked).status_code == 303
    row = db.session.scalars(select(ContactRequestRow)).one()
    assert row.receipt_hash == (hashed(words) if connect else None)
    assert visitor.get("/s/youth/contact/kept").status_code == 200
    assert visitor.fill_in("/s/youth/contact", words="").status_code == 422


def test_a_wave_whose_last_day_passed_is_closed_by_the_clock(wave):
    assert waves.close_ended_waves(wave.closes_on) == 0
    assert waves.close_ended_waves(wave.closes_on + timedelta(days=1)) == 1
    assert wave_by_id(wave.id).state == "closed"


def test_the_same_sitting_cannot_be_inserted_twice(wave):
    row = {"key": b"k" * 32, "wave_id": wave.id, "saved_on": today(), "sent": True}
    db.session.execute(insert(SittingRow).values(**row))
    with pytest.raises(IntegrityError):
        db.session.execute(insert(SittingRow).values(**row))
    db.session.rollback()
