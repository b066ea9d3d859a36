"""Many answers are coded fast, with keys or without script; what a person said is kept, and can be taken back."""

import re

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import coding as actions
from engage.analysis.models import CodedRow, CodedThemeRow, ExcerptRow
from engage.analysis.queries.coding import Which, next_to_code, progress
from engage.analysis.rules.coding import (
    KEYS,
    Decision,
    keys_of,
    learns_now,
    places_of,
    read_back,
    sample_size,
    trail_of,
    words_at,
    written_down,
)
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.shared.errors import NotFound, NotOpen
from engage.surveys.queries.places import place
from tests.answers import BUS, WORRYING, make_excerpts
from tests.coding import code, codings, held, make_frame, make_theme
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def shown(page):
    return re.search(r"/desk/coding/([0-9a-f]{32})\?", page.text)[1]


def save(visitor, page, **typed):
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    action = re.search(r'action="(/desk/coding/[0-9a-f]{32}\?[^"]*)"', page.text)[1].replace("&amp;", "&")
    return visitor.post(action, data={"csrf_token": token, **typed})


def test_an_answer_is_coded_and_the_next_one_comes(wave, voice, visitor):
    make_excerpts(wave, *BUS[:3])
    bus, park = make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get("/desk/coding/")
    assert "0 of 3" in page.text
    assert 'data-key="1"' in page.text
    assert 'data-key="2"' in page.text
    first = shown(page)
    answer = save(visitor, page, themes=[bus])
    assert answer.status_code == 303
    following = visitor.get(answer.location)
    assert "1 of 3" in following.text
    assert shown(following) != first
    assert held(first) == {bus}
    assert park not in codings(first)


def test_nothing_ticked_is_asked_about_and_none_of_these_is_an_answer(wave, voice, visitor):
    make_excerpts(wave, *BUS[:2])
    make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get("/desk/coding/")
    wrong = save(visitor, page)
    assert wrong.status_code == 422
    assert "say that it holds none of these" in wrong.text
    assert save(visitor, page, none="1").status_code == 303
    assert held(shown(page)) == set()
    assert "1 of 2" in visitor.get("/desk/coding/").text


def test_a_skipped_answer_comes_back_at_the_end_and_the_one_before_can_be_opened(wave, voice, visitor):
    make_excerpts(wave, *BUS[:2])
    make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get("/desk/coding/")
    skip = re.search(r'href="([^"]+)"\s+data-key="s"', page.text)[1].replace("&amp;", "&")
    second = visitor.get(skip)
    assert shown(second) != shown(page)
    back = re.search(r'href="([^"]+)"\s+data-key="p"', second.text)[1].replace("&amp;", "&")
    assert shown(visitor.get(back)) == shown(page)
    left = save(visitor, second, none="1").location
    assert shown(visitor.get(left)) == shown(page)


def test_the_last_one_is_taken_back_exactly_as_it_was(wave, voice, visitor):
    found = make_excerpts(wave, *BUS[:2])
    bus, park = make_frame(voice)
    sign_in(visitor, voice)
    other = make_person(Role.VOICE)
    excerpt_id = found[BUS[0]]
    code(excerpt_id, bus, by=other)
    actions.take_back(excerpt_id, by=other)
    db.session.commit()
    assert codings(excerpt_id) == {}
    page = visitor.get(f"/desk/coding/?at={excerpt_id}")
    following = visitor.get(save(visitor, page, themes=[park]).location)
    undo = re.search(r'action="(/desk/coding/[0-9a-f]{32}/undo[^"]*)"', following.text)[1].replace("&amp;", "&")
    token = re.search(r'name="csrf_token" value="([^"]+)"', following.text)[1]
    again = visitor.get(visitor.post(undo, data={"csrf_token": token}).location)
    assert shown(again) == excerpt_id
    assert "0 of 2" in again.text
    assert codings(excerpt_id) == {}


def test_a_decision_of_somebody_else_comes_back_when_it_was_changed_and_taken_back(wave, voice):
    excerpt_id = make_excerpts(wave, *BUS[:2])[BUS[0]]
    bus, park = make_frame(voice)
    other = make_person(Role.VOICE)
    from_reading = codings(excerpt_id)
    assert from_reading == {}
    db.session.add(_coding(excerpt_id, bus, by=other))
    db.session.commit()
    code(excerpt_id, park, by=voice)
    assert held(excerpt_id) == {park}
    assert codings(excerpt_id)[bus].refused
    actions.take_back(excerpt_id, by=voice)
    db.session.commit()
    assert held(excerpt_id) == {bus}
    assert codings(excerpt_id)[bus].confirmed_by == other.id
    with pytest.raises(NotFound):
        actions.take_back(excerpt_id, by=other)


def _coding(excerpt_id, theme_id, by):
    from_people = {"confirmed_by": by.id, "refused": False, "closeness": 0.5}
    return actions.CodingRow(excerpt_key=bytes.fromhex(excerpt_id), theme_id=theme_id, **from_people)


def test_coding_an_answer_is_reading_it_but_not_checking_it(wave, voice):
    excerpt_id = make_excerpts(wave, *BUS[:2])[BUS[0]]
    bus, _ = make_frame(voice)
    code(excerpt_id, bus, by=voice)
    row = db.session.get_one(ExcerptRow, bytes.fromhex(excerpt_id))
    assert (row.read_by, row.read_on, row.checked) == (voice.id, today(), False)


def test_a_worrying_answer_waits_to_be_read_after_it_was_coded(wave, voice, visitor):
    excerpt_id = make_excerpts(wave, WORRYING)[WORRYING]
    bus, _ = make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get("/desk/coding/")
    assert "until somebody says whether it worries" in page.text
    save(visitor, page, themes=[bus])
    assert db.session.get_one(ExcerptRow, bytes.fromhex(excerpt_id)).read_on is None
    assert WORRYING in visitor.get("/desk/reading/").text


def test_without_anything_learnt_the_worrying_come_first_as_in_reading(wave, voice):
    found = make_excerpts(wave, *BUS[:2], WORRYING)
    worrying = next(one for words, one in found.items() if words not in BUS)
    assert next_to_code(Which(place("wave:youth")), by=voice.id).id == worrying


def test_two_people_who_code_at_once_seldom_have_the_same_answer(wave, voice):
    found = make_excerpts(wave, *BUS, *(f"{words} again" for words in BUS))
    bus, _ = make_frame(voice)
    other = make_person(Role.VOICE)
    here = Which(place("wave:youth"))
    assert next_to_code(here, by=voice.id) == next_to_code(here, by=other.id)  # control: nobody has begun
    code(found[BUS[0]], bus, by=voice)
    assert next_to_code(here, by=voice.id) != next_to_code(here, by=other.id)
    for excerpt_id in list(found.values())[1:-1]:
        code(excerpt_id, bus, by=voice)
    assert next_to_code(here, by=voice.id) == next_to_code(here, by=other.id)  # the last one is anybody's


def test_one_question_or_one_wave_can_be_chosen(wave, voice, visitor):
    make_excerpts(wave, *BUS[:2])
    make_frame(voice)
    sign_in(visitor, voice)
    assert "0 of 2" in visitor.get("/desk/coding/?subject=wave:youth&item=anything_new").text
    assert "Every answer here has been coded" in visitor.get("/desk/coding/?subject=wave:youth&item=other").text
    assert visitor.get("/desk/coding/?subject=wave:none").status_code == 404
    assert visitor.get("/desk/coding/?at=xyz").status_code == 404
    assert "data-behaviour" not in visitor.get("/desk/coding/?keys=off").text


def test_a_theme_put_away_meanwhile_is_not_given(wave, voice):
    excerpt_id = make_excerpts(wave, *BUS[:2])[BUS[0]]
    with pytest.raises(NotOpen, match="not in use"):
        actions.code(excerpt_id, [999], by=voice, today=today())


def test_the_model_learns_by_itself_after_enough_and_not_before(wave, voice):
    found = list(make_excerpts(wave, *BUS, *(f"{words} again" for words in BUS)).values())
    bus, _ = make_frame(voice)
    for excerpt_id in found[:19]:
        code(excerpt_id, bus, by=voice)
    assert [one.kind for one in wanted.waiting()] == []
    code(found[19], bus, by=voice)
    assert [(one.kind, one.subject) for one in wanted.waiting()] == [("code", "wave:youth")]
    assert [count for count in range(200) if learns_now(count)] == [20, 50, 100, 150]


def test_progress_counts_what_was_ticked_while_reading_too(wave, voice):
    found = make_excerpts(wave, *BUS[:3])
    bus, _ = make_frame(voice)
    db.session.add(_coding(found[BUS[0]], bus, by=voice))
    db.session.commit()
    here = Which(place("wave:youth"))
    assert (progress(here, by=voice.id).done, progress(here, by=voice.id).total) == (1, 3)


def test_deleting_what_was_sent_deletes_who_coded_it(wave, voice):
    found = make_excerpts(wave, *BUS[:2])
    bus, _ = make_frame(voice)
    code(found[BUS[0]], bus, by=voice)
    db.session.query(ExcerptRow).delete()
    db.session.commit()
    assert db.session.query(CodedRow).count() == 0
    assert db.session.query(CodedThemeRow).count() == 0


def test_keys_stay_with_their_theme_and_leave_out_what_is_taken():
    assert not set("nspu") & set(KEYS)
    assert keys_of([(1, None), (2, "1"), (3, None)]) == {2: "1", 1: "2", 3: "3"}
    assert keys_of([(1, "a"), (2, "a")]) == {2: "1", 1: "a"}
    assert keys_of([(1, "1"), (2, ""), (3, "2")]) == {1: "1", 3: "2", 2: ""}  # none left by another moves to it
    many = keys_of([(number, None) for number in range(40)])
    assert [many[number] for number in (0, 31, 32)] == ["1", "z", ""]
    assert len(set(many.values()) - {""}) == len(KEYS)


def test_a_new_theme_takes_the_next_key_and_nobody_elses(voice):
    first, second = make_frame(voice)
    third = make_theme("Toilets", voice)
    rows = {row.id: row.key for row in db.session.query(actions.ThemeRow)}
    assert rows == {first: "1", second: "2", third: "3"}


def test_decisions_are_written_down_and_read_back():
    some = (
        Decision(3, None, refused=False, closeness=0.81, because="1 4"),
        Decision(7, 12, refused=True, closeness=0.0),
    )
    assert read_back(written_down(some)) == some
    assert read_back("") == ()


def test_reasons_are_places_of_words_and_lead_back_to_them():
    words = "The bus is late, again. Bus!"
    places = places_of([("late", 1.2), ("bus", 0.4), ("gone", 0.1)], words)
    assert places == "3 1"
    assert words_at(places, words) == ("late", "bus")
    assert words_at("99", words) == ()
    assert words_at(None, words) == ()


def test_a_trail_is_only_made_of_ids():
    one, other = "a" * 32, "b" * 32
    assert trail_of(f"{one},x,{other},{one}", longest=2) == (other, one)
    assert trail_of("'; drop table", longest=5) == ()


def test_a_tenth_and_at_least_thirty_are_read_twice():
    assert (sample_size(5), sample_size(299), sample_size(1_001)) == (30, 30, 101)


def test_the_page_asks_the_database_no_more_the_more_there_is(wave, voice, visitor, statements):
    found = make_excerpts(wave, *BUS)
    bus, _ = make_frame(voice)
    sign_in(visitor, voice)
    visitor.get("/desk/coding/")
    statements.clear()
    visitor.get("/desk/coding/")
    few = len(statements)
    for number in range(6):
        make_theme(f"Theme {number}", voice)
    for words in BUS[:6]:
        code(found[words], bus, by=voice)
    statements.clear()
    visitor.get("/desk/coding/")
    assert len(statements) == few
    assert few <= 20
