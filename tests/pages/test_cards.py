"""Cards let one person in, once; a spoken number leads to its place; what is typed wrong is said plainly."""

import re
import secrets

import pytest
from sqlalchemy import select, text

from engage.accounts.rules import Role
from engage.shared import db, throttle
from engage.shared.clock import now, today
from engage.surveys.actions import waves
from engage.surveys.actions.cards import make_cards
from engage.surveys.models import CardRow, ResponseRow, SittingRow, SpentCardRow
from engage.surveys.queries.cards import codes_of
from engage.surveys.queries.pins import pin_of
from engage.surveys.rules.cards import CARD, PIN, Typed, code_from, pin_from, read_typed, spaced
from engage.surveys.views.joining import MOST, PURPOSE
from engage.worker import clock
from tests.people import make_person, sign_in
from tests.surveys import ANSWERS, count, make_wave, token, words_on

MANY = 24


@pytest.fixture
def wave(database):
    return make_wave(by_card=True)


def make_codes(wave, number: int = 3, *, setting_id: int | None = None) -> list[str]:
    codes = list(codes_of(secrets.token_urlsafe(8), number))
    make_cards(wave.id, codes, setting_id=setting_id)
    db.session.commit()
    return codes


def join(visitor, typed: str):
    return visitor.fill_in("/join/", code=typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("BCDF-ghjk", Typed(CARD, "bcdfghjk")),
        (" bcdf 2345 ", Typed(CARD, "bcdf2345")),
        ("12 34 56 78", Typed(PIN, "12345678")),
        ("١٢٣٤٥٦٧٨", Typed(PIN, "12345678")),
        ("۱۲۳۴۵۶۷۸", Typed(PIN, "12345678")),
        ("１２３４５６７８", Typed(PIN, "12345678")),
        ("bcdfghj", Typed("", "bcdfghj")),
        ("aeiouaei", Typed("", "aeiouaei")),
        ("", Typed("", "")),
    ],
)
def test_a_code_is_read_however_it_was_typed(typed, read):
    assert read_typed(typed) == read


def test_a_code_is_never_taken_for_a_number_nor_the_other_way_round():
    for n in range(2000):
        key = n.to_bytes(32, "big")
        assert read_typed(spaced(code_from(key))).kind == CARD
        assert read_typed(spaced(pin_from(key))).kind == PIN


def test_a_card_lets_in_once_and_its_answers_count_for_its_place(app, visitor, wave):
    school = waves.add_setting(wave.id, name="Invented School")
    place = db.session.execute(text("SELECT id FROM setting WHERE code = :code"), {"code": school}).scalar_one()
    code, *_ = make_codes(wave, setting_id=place)
    assert join(visitor, spaced(code).upper()).location == "/s/youth"
    visitor.fill_in("/s/youth", **ANSWERS)
    assert db.session.scalars(select(ResponseRow.setting_id)).all() == [place]
    again = join(app.test_client(), code)
    assert again.status_code == 409
    assert "has been used already" in again.text
    assert count(ResponseRow) == 1


def test_without_a_card_nobody_gets_in_by_any_address(visitor, wave):
    assert visitor.get("/s/youth").location == "/join/"
    page = visitor.get("/join/").text
    for to in ("/s/youth", "/s/youth/save", "/s/youth/section/0", "/s/youth/pause"):
        answer = visitor.post(to, data={**ANSWERS, "cards": "age", "csrf_token": token(page)})
        assert answer.status_code == 409, to
        assert "Type it first" in answer.text
    assert count(ResponseRow) == count(SittingRow) == 0


def test_control_a_wave_that_asks_for_no_card_lets_anybody_in(visitor, database):
    make_wave()
    assert visitor.fill_in("/s/youth", **ANSWERS).status_code == 303
    assert count(ResponseRow) == 1


def test_a_copy_of_the_phones_cookie_sends_nothing_a_second_time(app, visitor, wave):
    join(visitor, make_codes(wave)[0])
    copied = visitor.get_cookie("engage").value
    visitor.fill_in("/s/youth", **ANSWERS)
    other = app.test_client()
    other.set_cookie("engage", copied)
    other.fill_in("/join/", "/s/youth", **ANSWERS)
    assert count(ResponseRow) == 1


def test_the_next_person_on_the_same_phone_needs_a_card_of_their_own(visitor, wave):
    first, second, _ = make_codes(wave)
    join(visitor, first)
    visitor.fill_in("/s/youth", **ANSWERS)
    visitor.fill_in("/s/youth/thanks", "/s/youth/next-person")
    assert visitor.get("/s/youth").location == "/join/"
    join(visitor, second)
    visitor.fill_in("/s/youth", **ANSWERS)
    assert count(ResponseRow) == 2


def test_what_was_begun_with_a_card_goes_on_elsewhere_with_four_words(app, visitor, wave):
    join(visitor, make_codes(wave)[0])
    visitor.fill_in("/s/youth", "/s/youth/pause", **ANSWERS)
    words = words_on(visitor.get("/s/youth/paused").text)
    other = app.test_client()
    assert other.fill_in("/s/youth/mine", words=words).location == "/s/youth"
    assert other.fill_in("/s/youth", **ANSWERS).status_code == 303
    assert count(ResponseRow) == 1


@pytest.mark.parametrize("typed", ["bcdfghjk", "12345678", "hello", "x" * 50, "<script>alert(1)</script>"])
def test_a_mistyped_code_is_said_plainly_and_stays_in_the_box(visitor, wave, typed):
    make_codes(wave)
    answer = join(visitor, typed)
    assert answer.status_code == 422
    assert "know this code. Look at each letter" in answer.text
    assert "<script>alert" not in answer.text


def test_a_card_is_not_spent_on_a_survey_that_takes_no_answers_now(visitor, wave):
    code, *_ = make_codes(wave)
    waves.pause_wave(wave.id, roles=["voice"])
    db.session.commit()
    assert "This survey is paused" in join(visitor, code).text
    waves.resume_wave(wave.id, today=today(), roles=["voice"])
    db.session.commit()
    assert join(visitor, code).location == "/s/youth"


def test_guessing_is_slowed_down_and_a_class_with_slips_is_not(app, visitor, wave):
    code, *_ = make_codes(wave)
    throttle.count(PURPOSE, who="127.0.0.1", times=70)  # 35 pupils behind one address, each of whom slipped twice
    assert join(app.test_client(), code).status_code == 303
    throttle.count(PURPOSE, who="127.0.0.1", times=MOST - 71)
    assert [join(visitor, "bcdfghjk").status_code for _ in range(3)] == [422, 429, 429]


def test_a_spoken_number_leads_to_its_place_and_is_stored_nowhere(visitor, database):
    made = make_wave()
    code = waves.add_setting(made.id, name="Invented School")
    db.session.commit()
    pin = pin_of(made.id, code)
    assert spaced(pin) in sign_in(visitor, make_person(Role.VOICE)).get("/desk/surveys/youth").text
    assert join(visitor, spaced(pin)).location == "/s/youth"
    visitor.fill_in("/s/youth", **ANSWERS)
    assert db.session.scalars(select(ResponseRow.setting_id)).one() is not None
    kept = [str(row) for table in db.Model.metadata.sorted_tables for row in db.session.execute(select(table))]
    assert not [row for row in kept if pin in row]


def test_a_spoken_number_does_not_open_what_asks_for_a_card(visitor, wave):
    code = waves.add_setting(wave.id, name="Invented School")
    db.session.commit()
    join(visitor, pin_of(wave.id, code))
    assert visitor.get("/s/youth").location == "/join/"


def test_staff_print_a_sheet_of_24_that_is_made_once_and_then_forgotten(visitor, wave):
    voice = sign_in(visitor, make_person(Role.VOICE))
    assert voice.fill_in("/desk/surveys/youth/cards/", place="-", sheets="2").location.endswith("/cards/sheet")
    page = voice.get("/desk/surveys/youth/cards/sheet").text
    codes = re.findall(r'<strong dir="ltr" lang="en">([^<]+)<', page)
    assert len(set(codes)) == 48
    assert (
        re.findall(r'<strong dir="ltr" lang="en">([^<]+)<', voice.get("/desk/surveys/youth/cards/sheet").text) == codes
    )
    assert count(CardRow) == 48
    voice.fill_in("/desk/surveys/youth/cards/", "/desk/surveys/youth/cards/printed")
    assert voice.get("/desk/surveys/youth/cards/sheet").status_code == 409
    assert join(visitor, codes[-1]).status_code == 303


def test_how_many_cards_were_used_is_not_told_while_they_are_few(app, visitor, wave):
    codes = make_codes(wave, MANY)
    voice = sign_in(visitor, make_person(Role.VOICE))
    for number, said in ((1, "fewer than 8 used"), (13, "15 used, to the nearest 5")):
        for code in codes[:number]:
            join(app.test_client(), code)
        assert said in voice.get("/desk/surveys/youth/cards/").text


@pytest.mark.parametrize("role", [Role.SAFEGUARDING, Role.PQA, Role.ADMIN])
def test_others_make_no_cards(visitor, wave, role):
    sign_in(visitor, make_person(role))
    for page in ("cards/", "cards/sheet"):
        assert visitor.get(f"/desk/surveys/youth/{page}").status_code == 403


def test_the_night_forgets_cards_after_the_last_day(wave):
    make_codes(wave)
    clock.every_night(now(), wave.closes_on)
    assert count(CardRow) == 3
    clock.every_night(now(), wave.closes_on.replace(year=wave.closes_on.year + 1))
    assert count(CardRow) == 0


def test_no_code_is_in_the_database_and_no_column_of_a_card_is_in_a_response(visitor, wave):
    codes = make_codes(wave)
    join(visitor, codes[0])
    visitor.fill_in("/s/youth", **ANSWERS)
    kept = [str(row) for table in db.Model.metadata.sorted_tables for row in db.session.execute(select(table))]
    assert not [row for row in kept for code in codes if code in row]
    assert set(CardRow.__table__.columns.keys()) == {"key", "wave_id", "setting_id", "used"}
    card = db.session.scalars(select(SpentCardRow)).one()
    others = [str(row) for table in ("response", "answer", "written", "sitting", "audit") for row in rows_of(table)]
    assert not [row for row in others if str(card.key) in row]


def rows_of(table: str):
    return db.session.execute(select(db.Model.metadata.tables[table]))
