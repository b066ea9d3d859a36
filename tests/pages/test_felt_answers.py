"""Young people answer with four words or on a poster: once for each receipt, and nothing says who said what."""

import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from engage.accounts.rules import Role
from engage.receipts.words import hashed
from engage.shared import db
from engage.youwesaid.actions import felt_answers, felt_check
from engage.youwesaid.models import FeltCheckRow, FeltMarkRow
from engage.youwesaid.views import felt
from tests.felt import CLOSES, TODAY, make_check, make_done, make_fed, tallied
from tests.people import make_person


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(f"{TODAY}T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def check_id(database) -> int:
    return make_check(make_person(Role.VOICE))


@pytest.fixture
def words(check_id) -> str:
    return make_fed(row_of(check_id).concern_id)


def row_of(check_id: int) -> FeltCheckRow:
    db.session.rollback()
    return db.session.get_one(FeltCheckRow, check_id)


def poster(check_id: int) -> str:
    return f"/felt/{row_of(check_id).code}"


def say(visitor, words, check_id, answer="better"):
    return visitor.fill_in("/receipt", "/receipt/felt", words=words, check=check_id, answer=answer)


def test_four_words_show_the_question_and_take_one_answer(visitor, words, check_id):
    page = visitor.fill_in("/receipt", words=words).text
    assert "Do you notice it?" in page
    assert page.count('name="answer"') == 4
    told = say(visitor, words, check_id)
    assert told.status_code == 200
    assert "Your answer is counted." in told.text
    assert "Do you notice it?" not in told.text
    assert tallied() == {("receipt", "better"): 1}


def test_the_same_words_count_once_whatever_they_say_the_second_time(visitor, words, check_id):
    for answer in ("worse", "better", "better"):
        assert say(visitor, words, check_id, answer).status_code == 200
    assert tallied() == {("receipt", "worse"): 1}


def test_without_the_mark_the_same_words_would_count_again(visitor, words, check_id, monkeypatch):
    monkeypatch.setattr(felt_answers, "_leave_mark", lambda *_: True)  # the control: the guard is off
    for _ in range(3):
        say(visitor, words, check_id)
    assert tallied() == {("receipt", "better"): 3}


def test_two_taps_of_one_receipt_at_the_same_moment_are_one(app, check_id):
    ready, counted = threading.Barrier(8), []

    def tap() -> None:
        with app.app_context():
            ready.wait()
            counted.append(felt_answers.answer_with_receipt(check_id, b"r" * 32, "better", today=TODAY))
            db.session.commit()
            db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=tap) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted) == [False] * 7 + [True]
    assert tallied() == {("receipt", "better"): 1}


def test_nothing_kept_says_who_said_what(visitor, words, check_id):
    say(visitor, words, check_id, "worse")
    db.session.rollback()
    [mark] = db.session.query(FeltMarkRow).all()
    assert {column.name for column in FeltMarkRow.__table__.columns} == {"key", "check_id"}
    assert mark.key != hashed(words)
    assert hashed(words) not in mark.key
    kept = [str(row) for row in db.session.execute(text("SELECT * FROM felt_tally"))]
    assert kept == [str((check_id, "receipt", "worse", 1))]


def test_marks_go_when_it_is_closed(visitor, words, check_id):
    say(visitor, words, check_id)
    felt_check.report_due(CLOSES + timedelta(days=1))
    db.session.commit()
    assert db.session.query(FeltMarkRow).count() == 0


def test_only_whoever_fed_it_is_asked(visitor, words, check_id):
    other = make_fed(make_done(title="Bins"), who="another")
    assert "Do you notice it?" not in visitor.fill_in("/receipt", words=other).text
    assert say(visitor, other, check_id).status_code == 404
    assert tallied() == {}


@pytest.mark.parametrize("answer", ["", "BETTER", "x" * 5000, "better' OR 1=1", "\x00"])
def test_an_answer_that_is_none_is_refused_in_a_sentence(visitor, words, check_id, answer):
    page = say(visitor, words, check_id, answer)
    assert page.status_code == 422
    assert "Choose one of the four answers" in page.text
    assert visitor.fill_in(poster(check_id), answer=answer).status_code == 422
    assert tallied() == {}


@pytest.mark.parametrize("check", ["", "0", "-1", "x", "99999999999999999999", "²"])
def test_a_check_that_is_none_is_refused(visitor, words, check):
    assert say(visitor, words, check).status_code == 404


def test_a_check_of_thousands_of_digits_is_told_in_words_and_not_logged(visitor, words, caplog):
    page = say(visitor, words, "9" * 5_000)
    assert page.status_code == 422
    assert "A number you typed is much too long" in page.text
    assert "failed" not in caplog.text


def test_wrong_words_are_asked_for_again_and_slowed_down(visitor, check_id):
    page = say(visitor, "zebra zebra zebra zebra", check_id)
    assert page.status_code == 422
    assert "We don&#39;t know these four words together" in page.text
    assert tallied() == {}


def test_a_poster_takes_one_tap_and_says_what_it_leads_to(visitor, check_id):
    page = visitor.get(poster(check_id))
    assert page.headers["Cache-Control"] == "no-store"
    assert page.text.count('name="answer"') == 4
    told = visitor.fill_in(poster(check_id), answer="no_change")
    assert told.status_code == 303
    assert "It is counted" in visitor.get(told.headers["Location"]).text
    assert tallied() == {("poster", "no_change"): 1}


@pytest.mark.parametrize("language", ["pl", "ar"])
def test_a_poster_speaks_polish_and_arabic(visitor, check_id, language):
    page = visitor.get(poster(check_id), headers={"Accept-Language": language}).text
    assert "Do you notice it?" not in page
    assert page.count('name="answer"') == 4


def test_a_flood_on_a_poster_is_slowed_down_and_a_class_is_not(visitor, check_id):
    codes = [visitor.fill_in(poster(check_id), answer="better").status_code for _ in range(felt.MOST + 1)]
    assert codes == [303] * felt.MOST + [429]
    assert tallied() == {("poster", "better"): felt.MOST}


def test_after_its_last_day_nothing_is_taken(visitor, words, check_id):
    address = poster(check_id)
    with time_machine.travel(f"{CLOSES + timedelta(days=1)}T10:00:00+00:00", tick=False):
        assert "closed now" in visitor.get(address).text
        assert visitor.fill_in("/receipt", address, answer="better").status_code == 409
        assert "Do you notice it?" not in visitor.fill_in("/receipt", words=words).text
        assert say(visitor, words, check_id).status_code == 404
    assert tallied() == {}


def test_a_code_nobody_printed_leads_nowhere(visitor, check_id):
    assert visitor.get("/felt/zzzzzz").status_code == 404
    assert visitor.get("/felt/zzzzzz/kept").status_code == 404
