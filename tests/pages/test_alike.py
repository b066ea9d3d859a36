"""Answers that say exactly the same are read and coded with one press; each stays its own, and a flagged one alone."""

import re

import pytest
from sqlalchemy import select, update

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import reading
from engage.analysis.models import CodedRow, ExcerptRow
from engage.analysis.queries.coded_alike import MOST, uncoded_like
from engage.analysis.rules.alike import same_words
from engage.shared import db
from engage.shared.clock import today
from tests.answers import WORRYING, make_excerpts, make_response
from tests.coding import code, held, make_frame
from tests.pages.test_coding import save
from tests.people import make_person, sign_in
from tests.surveys import count, make_wave

PITCHES = ["more football pitches", "More football pitches!", "more  football pitches."]


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def everyone():
    db.session.expire_all()
    return list(db.session.scalars(select(ExcerptRow)))


def unread() -> list[str]:
    return [row.words for row in everyone() if row.read_on is None]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nothing.", "nothing", True),
        ("more  football\npitches", "more football pitches", True),
        ("😭😭", "😭 😭", False),
        ("nothing", "nothing much", False),
        ("...", "!!", False),
        ("لا شيء", "لا شيء.", True),
        ("x" * 61, "x" * 61, False),
    ],
)
def test_short_answers_are_the_same_whatever_their_capitals_and_full_stops(one, other, same):
    assert (same_words(one) == same_words(other) != "") is same


def test_equal_answers_stand_once_in_the_queue_and_one_press_reads_them(wave, voice, visitor):
    make_excerpts(wave, *PITCHES, "the bus is late")
    page = sign_in(visitor, voice).get("/desk/reading/").text
    assert "4 written answers wait" in page
    assert page.count("football pitches") == 1
    assert "3 answers</span> to this question say exactly this" in page
    shown = next(one for one in analysis.queue(analysis.Filters()).excerpts if one.times == 3)
    visitor.fill_in("/desk/reading/", to=f"/desk/reading/{shown.id}/read", alike="1")
    assert "3 answers marked as read" in visitor.get("/desk/reading/").text
    assert unread() == ["the bus is late"]
    assert all(row.read_by == voice.id and row.checked for row in everyone() if row.read_on)
    assert len(everyone()) == 4


def test_one_of_them_opened_and_read_leaves_the_others(wave, voice, visitor):
    make_excerpts(wave, *PITCHES)
    one = everyone()[0].key.hex()
    sign_in(visitor, voice).fill_in(f"/desk/reading/{one}", to=f"/desk/reading/{one}/read")
    assert len(unread()) == 2
    assert [one.times for one in analysis.queue(analysis.Filters()).excerpts] == [2]


def test_a_flagged_answer_is_in_no_group(wave, voice, visitor):
    make_excerpts(wave, WORRYING, WORRYING, *PITCHES)
    row = next(one for one in everyone() if one.words == PITCHES[0])
    row.flagged = True
    db.session.commit()
    assert [one.times for one in analysis.queue(analysis.Filters()).excerpts] == [1, 1, 1, 2]
    sign_in(visitor, voice).fill_in(
        "/desk/reading/", to="/desk/reading/read-all", answer=[one.key.hex() for one in everyone()]
    )
    assert sorted(unread()) == sorted([WORRYING, WORRYING, PITCHES[0]])


def test_what_is_read_by_itself_has_nothing_in_common_with_others(wave, voice):
    make_excerpts(wave, "text me on 07700 900123", "text me on 07700 900456", "a long one " * 9, "a long one " * 9)
    assert [one.times for one in analysis.queue(analysis.Filters()).excerpts] == [1, 1, 1, 1]


def test_the_mark_tells_nothing_across_questions_and_waves_and_goes_with_the_words(wave, voice):
    make_response(wave, item="one_thing", words="nothing")
    make_excerpts(wave, "nothing", "nothing")
    make_excerpts(make_wave("other"), "nothing")
    marks = [row.alike for row in everyone()]
    assert len(set(marks)) == 3
    assert None not in marks
    reading.take_out(everyone()[0].key.hex(), ["nothing"], by=voice)
    db.session.execute(update(ExcerptRow).values(day=None))
    assert sum(row.alike is None for row in everyone()) == 1


def test_the_mark_is_forgotten_with_the_words(wave, voice):
    make_excerpts(wave, "nothing")
    reading.forget_excerpts(before=today().replace(year=today().year + 1))
    assert [(row.words, row.alike) for row in everyone()] == [(None, None)]


def test_one_press_codes_what_says_the_same_and_one_takes_it_back(wave, voice, visitor):
    make_excerpts(wave, *PITCHES)
    bus, _park = make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get("/desk/coding/")
    assert "The same for 2 other answers that say exactly this" in " ".join(page.text.split())
    answer = save(visitor, page, themes=[bus], alike="1")
    assert count(CodedRow) == 3
    assert all(held(row.key.hex()) == {bus} for row in everyone())
    following = visitor.get(answer.location)
    assert "3 of 3" in following.text
    back = re.search(r'action="(/desk/coding/[0-9a-f]{32}/undo\?[^"]*)"', following.text)[1].replace("&amp;", "&")
    token = re.search(r'name="csrf_token" value="([^"]+)"', following.text)[1]
    assert "3 answers are as before" in visitor.get(visitor.post(back, data={"csrf_token": token}).location).text
    assert count(CodedRow) == 0


def test_left_unticked_it_is_kept_for_one_alone(wave, voice, visitor):
    make_excerpts(wave, *PITCHES)
    bus, _park = make_frame(voice)
    sign_in(visitor, voice)
    save(visitor, visitor.get("/desk/coding/"), themes=[bus])
    assert count(CodedRow) == 1
    assert len(unread()) == 2


def test_what_a_colleague_coded_stays_theirs(wave, voice, visitor):
    make_excerpts(wave, *PITCHES)
    bus, park = make_frame(voice)
    theirs = everyone()[0].key.hex()
    code(theirs, park, by=make_person(Role.VOICE))
    sign_in(visitor, voice)
    save(visitor, visitor.get("/desk/coding/"), themes=[bus], alike="1")
    assert held(theirs) == {park}
    assert count(CodedRow) == 3


def test_a_crowd_of_equal_answers_is_coded_some_at_a_time(wave, voice):
    make_excerpts(wave, *PITCHES)
    first = everyone()[0].key.hex()
    assert [len(uncoded_like(first, most)) for most in (2, 3, MOST)] == [1, 2, 2]
