"""Once the page with the four words was left, the phone keeps that something was sent, and no way to it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from engage.receipts.words import hashed
from engage.safeguarding.models import ContactRequestRow
from engage.shared import clock, db
from engage.shared.keeping import SECRET_OF_SENT
from engage.surveys.actions import waves
from engage.surveys.actions.sittings import forget_spent
from engage.surveys.models import ResponseRow, SittingRow
from engage.surveys.views import holding
from tests.surveys import ANSWERS, count, make_wave, save, sent_words, token, words_on

THANKS = "/s/youth/thanks"
ELSEWHERE = ("/", "/help", "/receipt", "/privacy", "/s/youth", "/s/youth/mine", "/s/youth/paused", "/s/youth/activity")
MOMENT = timedelta(seconds=30)


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def later(monkeypatch):
    """Move the phone's clock on."""

    def move(by: timedelta) -> None:
        moved: datetime = clock.now() + by
        monkeypatch.setattr(holding, "now", lambda: moved)

    return move


def held(visitor) -> dict[str, str]:
    with visitor.session_transaction() as session:
        return dict(session.get("s/youth", {}))


def pause(visitor) -> str:
    visitor.post("/s/youth/pause", data={**ANSWERS, "csrf_token": token(visitor.get("/s/youth").text)})
    return words_on(visitor.get("/s/youth/paused").text)


def forget_the_mark() -> None:
    forget_spent(clock.today() + timedelta(days=1))
    db.session.commit()
    assert count(SittingRow) == 0


def test_the_four_words_stay_over_a_reload_and_in_another_language(visitor, wave):
    words = sent_words(visitor)
    assert words.count(" ") == 3
    visitor.get(f"/languages/ar?back={THANKS}")
    assert [words_on(visitor.get(THANKS).text) for _ in range(2)] == [words, words]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_with_the_next_page_the_phone_forgets_its_secret(visitor, wave, elsewhere):
    sent_words(visitor)
    visitor.get(elsewhere)
    assert held(visitor) == {"sent": holding.LONG_AGO, "shared": ""}
    assert visitor.get(THANKS).location == "/s/youth"
    page = visitor.get("/s/youth").text
    assert "was sent from here" in page
    assert "/thanks" not in page


def test_control_a_phone_that_puts_nothing_away_shows_them_again(visitor, wave, monkeypatch):
    monkeypatch.setattr(holding, "_mark", dict)
    words = sent_words(visitor)
    for elsewhere in ELSEWHERE:
        visitor.get(elsewhere)
    assert words_on(visitor.get(THANKS).text) == words


@pytest.mark.parametrize(("after", "shown"), [(SECRET_OF_SENT - MOMENT, True), (SECRET_OF_SENT + MOMENT, False)])
def test_ten_minutes_after_sending_nobody_is_shown_the_words(visitor, wave, later, after, shown):
    words = sent_words(visitor)
    later(after)
    answer = visitor.get(THANKS)
    assert (words_on(answer.text) == words) is shown
    assert (answer.location == "/s/youth") is not shown


def test_a_phone_that_never_heard_that_it_had_sent_gets_the_same_words(visitor, wave):
    page = visitor.get("/s/youth").text
    before = visitor.get_cookie("engage").value  # the answer, and its cookie, are lost in a corridor
    words = []
    for _ in range(2):
        visitor.set_cookie("engage", before)
        assert visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)}).location == THANKS
        words.append(words_on(visitor.get(THANKS).text))
        forget_the_mark()
    assert words[0] == words[1]
    assert count(ResponseRow) == 1


def test_who_never_heard_and_comes_back_finds_no_survey_that_counts_nowhere(visitor, wave):
    page = visitor.get("/s/youth").text
    before = visitor.get_cookie("engage").value
    visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)})
    forget_the_mark()
    visitor.set_cookie("engage", before)
    assert "was sent from here" in visitor.get("/s/youth").text
    assert held(visitor) == {"sent": holding.LONG_AGO}
    assert visitor.get(THANKS).location == "/s/youth"


@pytest.mark.parametrize("to", ["", "/section/0", "/switch/0", "/pause", "/save", "/next-person"])
def test_a_page_that_was_left_open_sends_nothing_as_somebody_else(visitor, wave, to):
    page = visitor.get("/s/youth").text
    sent_words(visitor)
    visitor.get("/s/youth")
    typed = {**ANSWERS, "_at": "area_best", "cards": "area_best", "csrf_token": token(page)}
    answer = visitor.post(f"/s/youth{to}", data=typed)
    assert (answer.status_code, answer.location) == ((409, None) if to == "/save" else (303, "/s/youth"))
    assert count(ResponseRow) == 1
    assert db.session.scalars(select(SittingRow).where(~SittingRow.sent)).all() == []


@pytest.mark.parametrize("nights", [0, 1])
def test_what_was_begun_here_and_sent_elsewhere_is_not_opened_from_here(app, visitor, wave, nights):
    words, other = pause(visitor), app.test_client()
    assert other.fill_in("/s/youth/mine", words=words).location == "/s/youth"
    assert other.fill_in("/s/youth", **ANSWERS).location == THANKS
    if nights:
        forget_the_mark()
    assert visitor.get("/s/youth/paused").location == "/s/youth"
    assert "was sent from here" in visitor.get("/s/youth").text
    assert not {"s", "k", "w"} & held(visitor).keys()
    assert count(ResponseRow) == 1


def test_the_words_of_another_phone_are_put_away_too(app, visitor, wave):
    words, other = pause(visitor), app.test_client()
    other.fill_in("/s/youth/mine", words=words)
    assert not [word for word in words.split() if word in str(held(other))]  # its cookie can be read by whoever has it
    other.fill_in("/s/youth", **ANSWERS)
    assert words_on(other.get(THANKS).text) == words
    other.get("/help")
    assert held(other) == {"sent": holding.LONG_AGO, "shared": ""}


def test_the_next_person_counts_for_the_same_place(visitor, wave):
    code = waves.add_setting(wave.id, name="North School (invented)")
    db.session.commit()
    visitor.get(f"/s/youth/at/{code}?shared=yes")
    sent_words(visitor, _shared="yes")
    assert visitor.fill_in("/s/youth", "/s/youth/next-person").location == "/s/youth"
    assert 'name="_shared" value="yes" checked' in visitor.get("/s/youth").text
    sent_words(visitor, _shared="yes")
    places = db.session.scalars(select(ResponseRow.setting_id)).all()
    assert len(places) == 2
    assert places[0] == places[1] is not None


def test_with_the_words_it_is_changed_on_the_phone_that_put_them_away(visitor, wave):
    words = sent_words(visitor)
    page = visitor.fill_in("/s/youth/mine", words=words).text
    visitor.post("/s/youth/mine/change", data={"words": words, "csrf_token": token(page)})
    save(visitor, visitor.get("/s/youth").text, area_best="The library")
    assert words_on(visitor.get("/s/youth/paused").text) == words  # half done: they lead to what is typed here now
    visitor.fill_in("/s/youth", **{**ANSWERS, "area_best": "The library"})
    assert words_on(visitor.get(THANKS).text) == words
    assert count(ResponseRow) == 1


def test_who_asks_for_contact_has_time_to_write_and_comes_back_to_the_words(visitor, wave, later):
    words = sent_words(visitor)
    later(timedelta(minutes=8))
    page = visitor.get("/s/youth/contact").text
    assert f'href="{THANKS}"' in page
    assert words_on(visitor.get(THANKS).text) == words
    later(timedelta(minutes=15))
    typed = {"words": "Sam, 07700 900123", "connect": "yes", "csrf_token": token(page)}
    assert visitor.post("/s/youth/contact", data=typed).status_code == 303
    assert db.session.scalars(select(ContactRequestRow.receipt_hash)).one() == hashed(words)
    assert visitor.get(THANKS).location == "/s/youth"
