"""The model learns from what people confirmed and refused, and says why it suggests; what people decided stays."""

import re

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import coding as actions
from engage.analysis.actions import reading
from engage.analysis.actions.hints import keep_hints
from engage.analysis.jobs import do_all
from engage.analysis.models import CodingRow, ExcerptRow, ThemeRow, ThemeVoiceRow
from engage.analysis.queries.coding import ORDER, Which, frame_beside, next_to_code
from engage.analysis.queries.frame import voices_of
from engage.analysis.queries.learning import Hint
from engage.shared import db, wanted
from engage.shared.errors import NotValid
from engage.surveys.queries.places import place
from tests.answers import BUS, PARK, make_excerpts
from tests.coding import code, codings, held, make_coded, make_frame
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def learn(subject="wave:youth"):
    wanted.want("code", subject)
    db.session.commit()
    do_all()
    assert [work.failed for work in wanted.waiting()] == []
    db.session.expire_all()


def suggested():
    rows = db.session.query(CodingRow).filter(CodingRow.confirmed_by.is_(None), ~CodingRow.refused)
    return {(row.excerpt_key.hex(), row.theme_id) for row in rows}


def test_it_suggests_what_people_would_say_with_the_words_that_speak_for_it(wave, voice):
    found, bus, park = make_coded(wave, voice)
    learn()
    for words in BUS[8:]:
        assert (found[words], bus) in suggested(), words
        assert (found[words], park) not in suggested(), words
    lines = frame_beside(found[BUS[9]], BUS[9], second=False, by=voice.id)
    assert lines[0].theme_id == bus
    assert lines[0].suggested
    assert set(lines[0].because) <= set(BUS[9].split())
    assert lines[0].because


def test_what_people_decided_survives_every_run(wave, voice):
    found, bus, park = make_coded(wave, voice)
    refused = found[BUS[8]]
    reading.refuse(bus, [refused], by=voice)
    reading.confirm(park, [found[BUS[9]]], by=voice)
    db.session.commit()
    for _ in range(2):
        learn()
        assert codings(refused)[bus].refused
        assert held(refused) == set()
        assert held(found[BUS[9]]) == {park}
        assert (found[BUS[10]], bus) in suggested()  # control: without a decision it does suggest


def test_what_is_coded_while_the_model_learns_is_left_alone(wave, voice):
    found, bus, park = make_coded(wave, voice)
    late = [Hint(bytes.fromhex(found[words]), bus, 0.9, "") for words in BUS[8:10]]
    code(found[BUS[8]], park, by=voice)
    keep(late, [bytes.fromhex(found[words]) for words in BUS[8:10]])
    assert (found[BUS[8]], bus) not in suggested()
    assert (found[BUS[9]], bus) in suggested()
    turns = {row.key.hex(): row.turn for row in db.session.query(ExcerptRow) if row.turn is not None}
    assert turns == {found[BUS[9]]: 0}


def test_an_answer_that_says_nothing_is_given_no_theme(wave, voice):
    make_coded(wave, voice)
    found = make_excerpts(wave, "no", "n/a", "nothing", "no bus")
    learn()
    with_any = {excerpt_id for excerpt_id, _ in suggested()}
    assert [words for words in ("no", "n/a", "nothing", "no bus") if found[words] in with_any] == ["no bus"]


EMPTY = ("lol", "idk lol", "dunno haha", "skibidi", "lmao")


def test_what_says_nothing_stands_last_and_is_given_no_theme(wave, voice):
    make_coded(wave, voice)
    found = make_excerpts(wave, *EMPTY, "trees")
    learn()
    assert not {found[words] for words in EMPTY} & {excerpt_id for excerpt_id, _ in suggested()}
    late = make_excerpts(wave, "more trees and a pond")["more trees and a pond"]
    everything = db.session.query(ExcerptRow).outerjoin(CodingRow, CodingRow.excerpt_key == ExcerptRow.key)
    waiting = [row.key.hex() for row in everything.filter(CodingRow.confirmed_by.is_(None)).order_by(*ORDER)]
    last = list(dict.fromkeys(waiting))[-len(EMPTY) - 1 :]
    assert set(last) == {found[words] for words in (*EMPTY, "trees")}  # nobody else wrote of trees when it learnt
    assert late not in last
    learn()
    waiting = [row.key.hex() for row in everything.filter(CodingRow.confirmed_by.is_(None)).order_by(*ORDER)]
    assert found["trees"] not in list(dict.fromkeys(waiting))[-len(EMPTY) :]  # control: one word that others use


def test_a_word_that_no_coded_answer_of_the_theme_has_is_no_reason(wave, voice):
    found, bus, _ = make_coded(wave, voice)
    strange = make_excerpts(wave, "busker lol jk", "buses lol jk")
    learn()
    assert strange["busker lol jk"] not in {excerpt_id for excerpt_id, _ in suggested()}
    assert (strange["buses lol jk"], bus) in suggested()  # control: another form of a word that they have
    assert codings(strange["buses lol jk"])[bus].because == "0"
    assert (found[BUS[9]], bus) in suggested()


def test_an_answer_that_only_lost_one_theme_still_waits_for_the_others(wave, voice):
    found, bus, park = make_coded(wave, voice)
    reading.refuse(park, [found[BUS[9]]], by=voice)
    db.session.commit()
    learn()
    assert (found[BUS[9]], bus) in suggested()
    assert (found[BUS[9]], park) not in suggested()


def keep(hints, turns):
    from_worker = place("wave:youth")
    keep_hints(from_worker, [hint.theme_id for hint in hints], hints, turns)
    db.session.commit()


def test_what_the_model_would_learn_most_from_comes_first(wave, voice):
    make_coded(wave, voice, first=6)
    learn()
    first = db.session.query(ExcerptRow).filter(ExcerptRow.turn == 0).one()
    assert next_to_code(Which(place("wave:youth")), by=voice.id).id == first.key.hex()


def test_with_too_little_coded_nothing_is_suggested_and_the_page_says_what_is_needed(wave, voice, visitor):
    found = make_excerpts(wave, *BUS)
    bus, _ = make_frame(voice)
    code(found[BUS[0]], bus, by=voice)
    learn()
    assert suggested() == set()
    with pytest.raises(NotValid, match="code 9 more first"):
        actions.ask_to_learn("wave:youth")
    sign_in(visitor, voice)
    answer = visitor.fill_in("/desk/coding/", to="/desk/coding/learn?subject=wave:youth")
    assert answer.status_code == 422
    assert "code 9 more first" in answer.text


def test_none_of_these_everywhere_teaches_nothing_and_fails_nothing(wave, voice):
    found = make_excerpts(wave, *BUS)
    make_frame(voice)
    for excerpt_id in found.values():
        code(excerpt_id, by=voice)
    learn()
    assert suggested() == set()


def test_the_button_asks_and_the_page_shows_how_far_it_is(wave, voice, visitor):
    make_coded(wave, voice)
    do_all()
    sign_in(visitor, voice)
    visitor.fill_in("/desk/coding/", to="/desk/coding/learn?subject=wave:youth")
    page = visitor.get("/desk/coding/").text
    assert "Suggestions: waiting for the worker" in page
    assert "awaited=1" in re.search(r'action="(/desk/coding/[0-9a-f]{32}\?[^"]*)"', page)[1]
    do_all()
    assert "The worker is done. What it suggests stands" in visitor.get("/desk/coding/?awaited=1").text
    assert "worker" not in visitor.get("/desk/coding/").text.split("<h2>What you code")[0]


def test_a_search_for_themes_lets_the_model_speak_again(wave, voice):
    found, bus, _ = make_coded(wave, voice)
    wanted.want("themes", "wave:youth")
    db.session.commit()
    do_all()
    assert (found[BUS[10]], bus) in suggested()


def test_mended_words_lose_the_reasons_that_pointed_into_the_old_ones(wave, voice):
    found, bus, _ = make_coded(wave, voice)
    learn()
    assert codings(found[BUS[9]])[bus].because
    reading.take_out(found[BUS[9]], ["bus"], by=voice)
    db.session.commit()
    assert codings(found[BUS[9]])[bus].because is None


LOVE = "i love the park lights they are beautiful and great now"
SAD = ["the dark park is horrible and scary", "i hate the dark park it is awful", "bad broken lights terrible park"]


def test_each_theme_has_two_that_are_typical_and_one_that_sounds_the_other_way(wave, voice, visitor):
    found = make_excerpts(wave, *PARK, *SAD, LOVE)
    _, park = make_frame(voice)
    for words in (*PARK, *SAD, LOVE):
        code(found[words], park, by=voice)
    learn()
    voices = voices_of([park])[park]
    assert [one.contrary for one in voices] == [False, False, True]
    assert voices[-1].words == LOVE
    sign_in(visitor, voice)
    for path in ("/desk/themes/", f"/desk/themes/{park}"):
        page = visitor.get(path).text
        assert "One that sounds the other way" in page
        assert page.count(f"/desk/reading/{found[LOVE]}") >= 1
    reading.refuse(park, [found[LOVE]], by=voice)
    db.session.commit()
    assert not any(one.contrary for one in voices_of([park])[park])


def test_where_all_feel_the_same_nobody_is_shown_as_contrary(wave, voice):
    found = make_excerpts(wave, *PARK, *SAD)
    _, park = make_frame(voice)
    for words in (*PARK, *SAD):
        code(found[words], park, by=voice)
    learn()
    assert db.session.query(ThemeVoiceRow).filter_by(theme_id=park).count() == 2
    assert not any(one.contrary for one in voices_of([park])[park])


def test_nobody_is_shown_as_contrary_in_a_sensitive_theme_or_from_an_answer_that_worries(wave, voice):
    found = make_excerpts(wave, *PARK, *SAD, LOVE)
    _, park = make_frame(voice)
    for words in (*PARK, *SAD, LOVE):
        code(found[words], park, by=voice)
    db.session.get_one(ExcerptRow, bytes.fromhex(found[LOVE])).flagged = True
    db.session.commit()
    learn()
    assert not any(one.contrary for one in voices_of([park])[park])
    db.session.get_one(ExcerptRow, bytes.fromhex(found[LOVE])).flagged = False
    db.session.commit()
    learn()
    assert any(one.contrary for one in voices_of([park])[park])  # control
    db.session.get_one(ThemeRow, park).sensitive = True
    db.session.commit()
    learn()
    assert not any(one.contrary for one in voices_of([park])[park])
