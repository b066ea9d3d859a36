"""The ground floor: seals, throttles, wanted work, clean words, states, and pages that say what is wrong."""

import base64
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from engage.shared import crypto, db, throttle, wanted
from engage.shared.clock import now
from engage.shared.errors import NotAllowed, NotOpen, TooMany
from engage.shared.forms import clean
from engage.shared.states import Move, States

DOOR = States("door", ("shut", "open"), (Move("open", ("shut",), "open", frozenset({"porter"}), "Open"),))


def test_sealed_words_open_again_and_tell_no_time(app, database):
    first, second = crypto.seal("my words"), crypto.seal("my words")
    assert crypto.unseal(first) == crypto.unseal(second) == "my words"
    assert first != second
    assert base64.urlsafe_b64decode(first)[1:9] == bytes(8)  # the eight bytes in which such a token keeps its time


def test_one_key_does_not_open_what_another_sealed(app, database):
    assert crypto.unseal(crypto.seal("call me", key="contact"), key="personal") == crypto.LOST
    assert crypto.unseal(crypto.seal("call me", key="contact"), key="contact") == "call me"


def test_guessing_is_slowed_down_and_forgotten_after_hours(app, database):
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "127.0.0.9"}):
        with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
            for _ in range(3):
                throttle.check("words", most=3)
                throttle.count("words")
            with pytest.raises(TooMany):
                throttle.check("words", most=3)
            throttle.check("other", most=3)
        with time_machine.travel("2026-11-23T12:30:00+00:00", tick=False):
            throttle.check("words", most=3)


def test_tries_before_midnight_still_count_after_it_and_the_days_keys_differ(app, database):
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "127.0.0.9"}):
        with time_machine.travel("2026-11-23T23:58:00+00:00", tick=False):
            for _ in range(2):
                throttle.count("words")
                throttle.slow_down("asked", most=3)
        with time_machine.travel("2026-11-24T00:01:00+00:00", tick=False):
            throttle.check("words", most=3)
            assert throttle.count("words") == 2
            throttle.slow_down("asked", most=3)
            with pytest.raises(TooMany):
                throttle.check("words", most=3)
            with pytest.raises(TooMany):
                throttle.slow_down("asked", most=3)
        with time_machine.travel("2026-11-24T01:01:00+00:00", tick=False):
            throttle.check("words", most=3)  # the control: those of the hour before the last are over
            throttle.slow_down("asked", most=3)
    assert db.session.execute(text("SELECT count(DISTINCT key) FROM wrong_try")).scalar_one() == 4


def test_a_throttle_keeps_nobodys_address(app, database):
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "127.0.0.77"}):
        throttle.count("words")
    rows = db.session.execute(text("SELECT key, hour FROM wrong_try")).all()
    assert rows
    assert "127.0.0.77" not in str(rows)


def test_work_wanted_twice_is_done_once_and_asked_again_while_done_comes_back(database):
    wanted.want("read", "wave:a")
    wanted.want("read", "wave:a")
    db.session.commit()
    start = now()
    taken = wanted.take(start)
    assert taken is not None
    assert wanted.take(start) is None
    wanted.want("read", "wave:a")
    wanted.done("read", "wave:a", taken_before=start)
    assert [work.subject for work in wanted.waiting()] == ["wave:a"]


def test_work_of_a_lost_worker_is_free_again_after_its_lease(database):
    wanted.want("read", "wave:a")
    start = now()
    assert wanted.take(start)
    assert wanted.take(start + timedelta(minutes=1)) is None
    assert wanted.take(start + wanted.LEASE + timedelta(seconds=1))


def test_failed_work_waits_for_somebody_to_ask_again(database):
    wanted.want("themes", "wave:a")
    start = now()
    assert wanted.take(start)
    wanted.fail("themes", "wave:a", "There are too few answers", taken_before=start)
    assert wanted.take(now()) is None
    wanted.want("themes", "wave:a")
    assert wanted.take(now()) is not None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  plain  ", "plain"), ("nul\0byte", "nulbyte"), ("a\ud800b", "ab"), ("turn \u202eround", "turn round"),
        ("two\r\nlines\rmore", "two\nlines\nmore"), ("<b>bold</b>", "<b>bold</b>"), ("🙂 مرحبا", "🙂 مرحبا"),
        (None, None),
    ],
)  # fmt: skip
def test_what_nobody_types_on_purpose_is_dropped_and_the_rest_kept(typed, kept):
    assert clean(typed) == kept


def test_a_move_needs_the_role_and_the_state():
    assert DOOR.move("open", state="shut", roles={"porter"}) == "open"
    with pytest.raises(NotAllowed):
        DOOR.move("open", state="shut", roles={"guest"})
    with pytest.raises(NotOpen):
        DOOR.move("open", state="open", roles={"porter"})
    assert [move.verb for move in DOOR.open_moves("shut", {"porter"})] == ["open"]
    assert DOOR.open_moves("open", {"porter"}) == ()


def test_a_page_that_is_not_there_says_so_in_plain_words(visitor):
    gone = visitor.get("/nothing/here")
    assert gone.status_code == 404
    assert "We can&#39;t find that page" in gone.text or "We can't find that page" in gone.text


def test_a_form_from_elsewhere_changes_nothing(visitor):
    assert visitor.post("/receipt", data={"words": "one two three four"}).status_code == 422


def test_more_than_anybody_types_is_refused_in_plain_words(visitor):
    answer = visitor.post("/receipt", data={"words": "x" * 1_000_000})
    assert answer.status_code == 413
    assert "more than we can take" in answer.text
