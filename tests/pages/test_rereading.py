"""One in twenty of what was passed over is read again, blind, by another; what was missed is said with its range."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from engage.accounts.rules import Role
from engage.analysis.actions import rereading
from engage.analysis.actions.reading import forget_written, mark_unread
from engage.analysis.models import DrawRow, ExcerptRow, RereadRow
from engage.analysis.queries.rereading import missed_by_week, missed_in_all, next_blind, waiting_to_reread
from engage.analysis.rules.rereading import Missed, drawn, due_weeks, how_many, missed_words, monday
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotAllowed, NotOpen
from tests.ended import make_ended, say
from tests.people import make_person, sign_in

PAGE = "/desk/rereading/"
LAST_WEEK = monday(today()) - timedelta(weeks=1)


@pytest.fixture
def wave(database):
    return make_ended(days_ago=30)


@pytest.fixture
def first(database):
    return make_person(Role.VOICE, name="First Reader")


def passed_over(wave, first, number=200, *, on=LAST_WEEK, **facts):
    say(wave, *(f"answer {place} about the park" for place in range(number)), read=(first.id, on), **facts)


def to_reread():
    db.session.expire_all()
    return {row.excerpt_key: row for row in db.session.scalars(select(RereadRow))}


def test_a_twentieth_of_what_was_read_and_not_flagged_is_drawn_once(wave, first):
    passed_over(wave, first)
    say(wave, *["he hits me"] * 50, read=(first.id, LAST_WEEK), flagged=True)
    say(wave, *["nobody has read this"] * 50)
    assert rereading.draw_due(today()) == 10
    assert rereading.draw_due(today()) == 0
    words = {db.session.get_one(ExcerptRow, key).words for key in to_reread()}
    assert all(one.startswith("answer") for one in words)
    assert {row.first_reader for row in to_reread().values()} == {first.id}


def test_this_week_is_drawn_from_when_it_is_over(wave, first):
    passed_over(wave, first, on=monday(today()))
    assert rereading.draw_due(today()) == 0
    assert rereading.draw_due(today() + timedelta(weeks=1)) == 10


def test_a_missed_week_is_caught_up(wave, first):
    for back in (1, 2, 3):
        passed_over(wave, first, 20, on=monday(today()) - timedelta(weeks=back))
    assert rereading.draw_due(today()) == 15
    assert [(one.of, one.drawn) for one in db.session.scalars(select(DrawRow))] == [(20, 5)] * 3
    long_after = today() + timedelta(weeks=30)
    passed_over(wave, first, 20, on=monday(today()))
    assert rereading.draw_due(long_after) == 5
    assert db.session.scalar(select(func.count(DrawRow.week))) == 33


def test_an_answer_read_again_later_is_not_drawn_twice(wave, first):
    passed_over(wave, first, 5)
    rereading.draw_due(today())
    for row in db.session.scalars(select(ExcerptRow)):
        row.read_on = monday(today())
    db.session.commit()
    assert rereading.draw_due(today() + timedelta(weeks=1)) == 0
    db.session.execute(delete(RereadRow))  # the control: had they not been drawn, they would be
    db.session.execute(delete(DrawRow).where(DrawRow.week == monday(today())))
    assert rereading.draw_due(today() + timedelta(weeks=1)) == 5


def test_the_first_reader_is_offered_nothing_and_refused(visitor, wave, first):
    passed_over(wave, first, 5)
    rereading.draw_due(today())
    db.session.commit()
    other = make_person(Role.SAFEGUARDING)
    assert next_blind(first) == (None, 0)
    assert next_blind(other)[1] == 5  # the control
    excerpt_id = next(iter(to_reread())).hex()
    with pytest.raises(NotAllowed):
        rereading.reread(excerpt_id, worrying=False, by=first, today=today())
    page = sign_in(visitor, first).get(PAGE).text
    assert "Nothing waits for you to read a second time" in page
    assert "5 more wait for somebody else" in page
    assert "second time, blind" not in visitor.get("/desk/").text


def test_who_took_it_out_of_the_queue_and_read_it_again_is_a_first_reader_too(wave, first):
    passed_over(wave, first, 1)
    rereading.draw_due(today())
    excerpt_id, third = next(iter(to_reread())).hex(), make_person(Role.VOICE)
    mark_unread(excerpt_id)
    db.session.flush()
    assert next_blind(first)[1] == 0  # who read it then still has read it
    row = db.session.scalars(select(ExcerptRow)).one()
    row.read_by, row.read_on = third.id, today()
    with pytest.raises(NotAllowed):
        rereading.reread(excerpt_id, worrying=False, by=third, today=today())


def test_the_second_reader_sees_no_reason_no_theme_and_no_name(visitor, wave, first):
    passed_over(wave, first, 1, why="violence: hits me")
    rereading.draw_due(today())
    db.session.commit()
    page = sign_in(visitor, make_person(Role.SAFEGUARDING)).get(PAGE).text
    assert "answer 0 about the park" in page
    assert "violence" not in page
    assert "First Reader" not in page


def test_worrying_raises_an_alert_and_counts_as_missed(visitor, wave, first):
    passed_over(wave, first, 5)
    rereading.draw_due(today())
    db.session.commit()
    reader = sign_in(visitor, make_person(Role.VOICE))
    assert "Answers to read a second time, blind" in reader.get("/desk/").text
    excerpt_id = next_blind(make_person(Role.PQA))[0].id
    reader.fill_in(PAGE, to=f"{PAGE}{excerpt_id}/worrying")
    assert db.session.scalars(select(AlertRow)).one().kind == "a reader worries"
    for _ in range(4):
        reader.fill_in(PAGE, to=f"{PAGE}{next_blind(make_person(Role.PQA))[0].id}/calm")
    page = reader.get(PAGE).text
    assert "1 of the 5 answers read a second time was worrying" in page
    assert "likely 4 to 63 are" in page
    assert missed_in_all(missed_by_week()) == Missed(None, 5, 5, 1)
    assert reader.fill_in("/desk/reading/", to=f"{PAGE}{excerpt_id}/calm").status_code == 409


def test_nobody_says_not_worrying_about_what_was_read_twice(wave, first):
    passed_over(wave, first, 1)
    rereading.draw_due(today())
    excerpt_id, second = next(iter(to_reread())).hex(), make_person(Role.VOICE)
    rereading.reread(excerpt_id, worrying=False, by=second, today=today())
    with pytest.raises(NotOpen):
        rereading.reread(excerpt_id, worrying=False, by=make_person(Role.VOICE), today=today())


def test_a_worry_is_raised_and_counted_though_another_said_not_worrying_meanwhile(visitor, wave, first):
    passed_over(wave, first, 1)
    rereading.draw_due(today())
    db.session.commit()
    excerpt_id = next(iter(to_reread())).hex()
    reader = sign_in(visitor, make_person(Role.SAFEGUARDING))
    reader.get(PAGE)
    rereading.reread(excerpt_id, worrying=False, by=make_person(Role.VOICE), today=today())
    db.session.commit()
    assert reader.fill_in("/desk/reading/", to=f"{PAGE}{excerpt_id}/worrying").status_code == 303
    assert db.session.scalars(select(AlertRow)).one().kind == "a reader worries"
    assert missed_in_all(missed_by_week()) == Missed(None, 1, 1, 1)


def test_a_worry_of_the_first_reader_is_raised_and_is_no_second_reading(wave, first):
    passed_over(wave, first, 1)
    rereading.draw_due(today())
    rereading.reread(next(iter(to_reread())).hex(), worrying=True, by=first, today=today())
    assert db.session.scalars(select(AlertRow)).one().kind == "a reader worries"
    assert missed_in_all(missed_by_week()) == Missed(None, 1, 0, 0)


def test_what_waits_longer_than_a_week_is_late(wave, first):
    passed_over(wave, first, 5, on=LAST_WEEK - timedelta(weeks=2))
    rereading.draw_due(today())
    line = waiting_to_reread(make_person(Role.SAFEGUARDING), today())[0]
    assert (line.count, line.since, line.late) == (5, LAST_WEEK - timedelta(weeks=1), True)
    assert waiting_to_reread(make_person(Role.PQA), today()) == []


@given(st.sets(st.binary(min_size=16, max_size=16), max_size=300), st.integers(0, 2**31 - 1))
def test_a_draw_is_a_twentieth_and_the_same_for_the_same_seed(keys, seed):
    chosen = drawn(sorted(keys), seed=seed)
    assert len(set(chosen)) == len(chosen) == how_many(len(keys))
    assert set(chosen) <= keys
    assert drawn(sorted(keys, reverse=True), seed=seed) == chosen


def test_every_week_that_is_over_is_due_once_and_in_order():
    now = date(2026, 11, 25)
    assert due_weeks(None, None, now) == []
    assert due_weeks(date(2026, 11, 11), None, now) == [date(2026, 11, 9), date(2026, 11, 16)]
    assert due_weeks(date(2020, 1, 1), None, now)[0] == monday(date(2026, 9, 2))
    assert due_weeks(date(2020, 1, 1), date(2026, 11, 9), now) == [date(2026, 11, 16)]


def test_how_much_was_missed_is_said_with_its_range():
    assert "nobody can say what was missed" in missed_words(Missed(None, 10, 0, 0))
    assert "likely fewer than 4 are" in missed_words(Missed(None, 100, 100, 0))
    assert "says little yet" in missed_words(Missed(None, 10, 5, 0))
    assert "3 of the 200 answers read a second time were worrying" in missed_words(Missed(None, 200, 200, 3))


def test_what_somebody_deletes_is_not_read_again(wave, first):
    passed_over(wave, first, 1, written_key=b"k" * 16)
    rereading.draw_due(today())
    db.session.commit()
    forget_written([b"k" * 16])
    db.session.commit()
    assert to_reread() == {}
    assert next_blind(make_person(Role.VOICE)) == (None, 0)
