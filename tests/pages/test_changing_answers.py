"""With the four words a young person changes what they sent: once more screened, and only the new one counts."""

import pytest
from sqlalchemy import select

from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptRow
from engage.safeguarding.models import AlertRow
from engage.shared import db, throttle
from engage.surveys.actions import waves
from engage.surveys.models import AnswerRow, ResponseRow, SittingRow, WrittenRow
from engage.surveys.queries.waves import settings
from engage.surveys.views.returning import MOST, PURPOSE
from tests.surveys import ANSWERS, count, make_wave, save, sent_words, token, words_on

WORRYING = "my stepdad hits me every night"


@pytest.fixture
def wave(database):
    return make_wave()


def begin(phone, words: str):
    """Open what was sent with its words, and press "Change my answers"; gives the page of the survey."""
    page = phone.fill_in("/s/youth/mine", words=words).text
    assert "Change my answers" in page
    answer = phone.post("/s/youth/mine/change", data={"words": words, "csrf_token": token(page)})
    assert answer.location == "/s/youth"
    return phone.get("/s/youth").text


def change(phone, words: str, **new: str):
    page = begin(phone, words)
    return phone.post("/s/youth", data={**ANSWERS, **new, "csrf_token": token(page)})


def sent(item: str) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AnswerRow.option).where(AnswerRow.item == item)))


def written() -> list[str]:
    db.session.rollback()
    return [row.words for row in db.session.scalars(select(WrittenRow))]


def test_the_survey_comes_back_filled_in_and_what_was_sent_counts_until_then(app, visitor, wave):
    words = sent_words(visitor)
    page = begin(app.test_client(), words)
    assert "The park by the river" in page
    assert 'name="age" value="14" checked' in page
    assert count(ResponseRow) == 1
    assert written() == ["The park by the river"]


def test_only_the_new_answers_count_and_the_four_words_stay(app, visitor, wave):
    words, other = sent_words(visitor), app.test_client()
    assert change(other, words, area_best="The library", area_happy="unhappy").status_code == 303
    assert words_on(other.get("/s/youth/thanks").text) == words
    assert count(ResponseRow) == 1
    assert written() == ["The library"]
    assert sent("area_happy") == ["unhappy"]
    assert "The library" in app.test_client().fill_in("/s/youth/mine", words=words).text


def test_it_is_heard_again_and_the_worker_forgets_what_was_written_before(app, visitor, wave):
    words = sent_words(visitor, anything_new="nothing much")
    do_all()
    assert count(AlertRow) == 0
    change(app.test_client(), words, anything_new=WORRYING)
    assert count(AlertRow) == 1
    do_all()
    db.session.rollback()
    said = {row.words for row in db.session.scalars(select(ExcerptRow))}
    assert "nothing much" not in said
    assert WORRYING in said
    assert count(AlertRow) == 1


def test_it_can_be_changed_again_and_sent_twice_it_counts_once(app, visitor, wave):
    words, other = sent_words(visitor), app.test_client()
    for best in ("The library", "The pool"):
        change(other, words, area_best=best)
    page = begin(other, words)
    for _ in range(2):
        other.post("/s/youth", data={**ANSWERS, "area_best": "The hall", "csrf_token": token(page)})
    assert (count(ResponseRow), written()) == (1, ["The hall"])


def test_without_a_change_begun_the_words_still_send_nothing_twice(app, visitor, wave):
    sent_words(visitor)
    db.session.query(SittingRow).delete()  # as after a night: the mark is gone
    db.session.commit()
    assert "This survey was sent from here" in visitor.get("/s/youth").text  # no empty survey that would count nothing
    page = visitor.get("/receipt").text
    visitor.post("/s/youth", data={**ANSWERS, "area_best": "The library", "csrf_token": token(page)})
    assert written() == ["The park by the river"]


def test_a_change_that_is_left_half_done_goes_on_with_the_same_words(app, visitor, wave):
    words, other = sent_words(visitor), app.test_client()
    save(other, begin(other, words), area_best="The library")
    assert "The library" in begin(app.test_client(), words)
    assert written() == ["The park by the river"]


def test_the_place_they_came_by_stays_on_another_phone(app, visitor, wave):
    code = waves.add_setting(wave.id, name="North School (invented)")
    db.session.commit()
    visitor.get(f"/s/youth/at/{code}")
    words = sent_words(visitor)
    change(app.test_client(), words, area_best="The library")
    db.session.rollback()
    assert list(db.session.scalars(select(ResponseRow.setting_id))) == [settings(wave.id)[0].id]


def test_what_came_from_nowhere_does_not_count_for_the_school_whose_tablet_changes_it(app, visitor, wave):
    code, tablet = waves.add_setting(wave.id, name="North School (invented)"), app.test_client()
    db.session.commit()
    words = sent_words(visitor)
    tablet.get(f"/s/youth/at/{code}")
    change(tablet, words, area_best="The library")
    db.session.rollback()
    assert list(db.session.scalars(select(ResponseRow.setting_id))) == [None]


def test_deleting_takes_a_change_that_was_begun_with_it(app, visitor, wave):
    words, other = sent_words(visitor), app.test_client()
    page = begin(other, words)
    mine = visitor.fill_in("/s/youth/mine", words=words).text
    visitor.post("/s/youth/mine/delete", data={"words": words, "csrf_token": token(mine)})
    assert count(ResponseRow) == 0
    assert db.session.scalars(select(SittingRow).where(~SittingRow.sent)).all() == []
    assert "The park by the river" not in other.get("/s/youth").text
    assert page


def test_once_the_survey_has_closed_it_can_only_be_deleted(app, visitor, wave):
    words = sent_words(visitor)
    waves.close_wave(wave.id, roles=["voice"])
    db.session.commit()
    page = app.test_client().fill_in("/s/youth/mine", words=words).text
    assert "Change my answers" not in page
    assert "Delete what I sent" in page
    answer = visitor.fill_in("/s/youth/mine", "/s/youth/mine/change", words=words)
    assert answer.status_code == 409
    assert "closed" in answer.text
    assert written() == ["The park by the river"]


@pytest.mark.parametrize("words", ["", "one two three four", "x" * 300, "'; DROP TABLE response; --"])
def test_words_that_are_nobodys_change_nothing_in_a_plain_sentence(visitor, wave, words):
    sent_words(visitor)
    answer = visitor.fill_in("/s/youth/mine", "/s/youth/mine/change", words=words)
    assert answer.status_code == 422
    assert "error" in answer.text.casefold()
    assert count(ResponseRow) == 1


def test_wrong_words_are_slowed_down_here_too(visitor, wave):
    db.session.rollback()
    throttle.count(PURPOSE, who="127.0.0.1", times=MOST - 1)
    tries = [visitor.fill_in("/s/youth/mine", "/s/youth/mine/change", words="a b c d").status_code for _ in range(2)]
    assert tries == [422, 429]
