"""What partners sent never mixes by itself with what young people said to us; a person may put the two together."""

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import reading, themes
from engage.analysis.models import CodingRow, ExcerptRow
from engage.analysis.rules.matching import may_join
from engage.shared import db
from engage.shared.clock import today
from tests.answers import TALK, make_excerpts, make_response, make_source
from tests.pages.test_themes import find, theme_about
from tests.people import make_person, sign_in
from tests.surveys import make_wave


def said_in(theme_id):
    """Where the answers of a theme come from: wave and source ids."""
    db.session.expire_all()
    asked = select(ExcerptRow.wave_id, ExcerptRow.source_id).join(CodingRow, CodingRow.excerpt_key == ExcerptRow.key)
    return set(db.session.execute(asked.where(CodingRow.theme_id == theme_id)).tuples())


def bring_in(folder, name="A partner (invented)"):
    db.session.rollback()
    source_id = make_source(folder, *(f"{words} thanks" for words in TALK), name=name)
    find(f"source:{source_id}")
    return source_id


def bus_of(source_id):
    there = analysis.theme_lines("candidate", f"source:{source_id}")
    return max((line for line in there if "bus" in line.theme.words), key=lambda line: line.suggested).theme.id


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def ours(wave):
    """The theme of late buses that young people brought up, in use."""
    make_excerpts(wave, *TALK)
    find()
    bus, voice = theme_about("bus"), make_person(Role.VOICE)
    themes.select_theme(bus.id, by=voice, today=today())
    db.session.commit()
    return bus


def test_an_import_has_themes_of_its_own(wave, ours, tmp_path):
    source_id = bring_in(tmp_path)
    assert said_in(ours.id) == {(wave.id, None)}
    assert analysis.theme(ours.id).name == ours.name
    theirs = bus_of(source_id)
    assert said_in(theirs) == {(None, source_id)}
    find(f"source:{source_id}")
    assert bus_of(source_id) == theirs
    find()
    assert said_in(theirs) == {(None, source_id)}


def test_a_theme_that_only_a_partner_began_takes_in_nothing_a_young_person_said(wave, tmp_path):
    theirs = bus_of(source_id := bring_in(tmp_path))
    make_excerpts(wave, *TALK)
    find()
    assert said_in(theirs) == {(None, source_id)}
    assert analysis.theme_lines("candidate", "wave:youth")


def test_two_partners_have_themes_of_their_own(database, tmp_path):
    first, second = bring_in(tmp_path), bring_in(tmp_path, "Another partner (invented)")
    assert bus_of(first) != bus_of(second)


def test_another_wave_says_the_same_in_the_same_theme(wave, ours):
    again = make_wave("youth-2")
    for words in TALK:
        make_response(again, words=f"{words} thanks")
    find("wave:youth-2")
    assert said_in(ours.id) == {(wave.id, None), (again.id, None)}


def test_a_person_may_put_the_two_together_and_later_finds_follow(wave, ours, tmp_path):
    source_id = bring_in(tmp_path)
    voice = make_person(Role.VOICE)
    themes.merge(bus_of(source_id), ours.id, by=voice, today=today())
    db.session.commit()
    find(f"source:{source_id}")
    assert said_in(ours.id) == {(wave.id, None), (None, source_id)}


def test_the_page_of_a_theme_says_where_each_answer_comes_from(wave, ours, visitor):
    voice = make_person(Role.VOICE)
    suggested = analysis.suggested_for(ours.id)
    reading.confirm(ours.id, [suggested[0].id], by=voice)
    db.session.commit()
    page = sign_in(visitor, voice).get(f"/desk/themes/{ours.id}").text
    assert page.count("(Youth survey)") == len(analysis.suggested_for(ours.id))
    assert page.count("Youth survey") > page.count("(Youth survey)")


@pytest.mark.parametrize(
    ("here", "origins", "may"),
    [
        ((1, None), set(), True), ((1, None), {(2, None)}, True), ((1, None), {(None, 7)}, False),
        ((1, None), {(2, None), (None, 7)}, True), ((None, 7), set(), False), ((None, 7), {(1, None)}, False),
        ((None, 7), {(None, 7)}, True), ((None, 7), {(None, 8)}, False), ((None, 7), {(1, None), (None, 7)}, True),
        ((None, 9), {(1, None)}, True), ((1, None), {(None, 9)}, True), ((None, 9), {(None, 7)}, False),
    ],
)  # fmt: skip
def test_what_may_join_a_theme(here, origins, may):
    partners = {7, 8}  # 9 is a forum
    assert may_join(here, origins, partners=partners) is may


def test_what_is_in_use_is_found_again_before_suggestions_that_say_the_same(wave):
    make_excerpts(wave, *TALK)
    find()
    twins = [line.theme for line in analysis.theme_lines("candidate") if line.theme.words == ("bus", "late")]
    assert len(twins) > 1
    last = max(twins, key=lambda theme: theme.id)
    themes.select_theme(last.id, by=make_person(Role.VOICE), today=today())
    again = make_wave("youth-2")
    for words in TALK:
        make_response(again, words=f"{words} thanks")
    find("wave:youth-2")
    assert said_in(last.id) == {(wave.id, None), (again.id, None)}
