"""Coding beside others, and through many answers: no choice is lost unseen, and skipping comes to all that wait."""

import re

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import coding as actions
from engage.analysis.actions.reading import confirm
from engage.analysis.queries.coding import Which, next_to_code
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.surveys.queries.places import place
from tests.answers import BUS, make_excerpts
from tests.coding import code, held, make_coded, make_frame
from tests.pages.test_coding import save, shown
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def test_skipping_goes_through_every_answer_that_waits_and_then_begins_again(wave, voice, visitor):
    make_excerpts(wave, *(f"{words} {more}" for words in BUS for more in ("", "again")))
    make_frame(voice)
    sign_in(visitor, voice)
    page, seen = visitor.get("/desk/coding/"), []
    for _ in range(25):
        seen.append(shown(page))
        page = visitor.get(re.search(r'href="([^"]+)"\s+data-key="s"', page.text)[1].replace("&amp;", "&"))
    assert len(set(seen[:24])) == 24
    assert seen[24] == seen[0]


def test_what_was_skipped_stays_behind_while_others_are_coded(wave, voice, visitor):
    make_excerpts(wave, *BUS[:3])
    make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get("/desk/coding/")
    second = visitor.get(re.search(r'href="([^"]+)"\s+data-key="s"', page.text)[1].replace("&amp;", "&"))
    third = visitor.get(save(visitor, second, none="1").location)
    assert len({shown(page), shown(second), shown(third)}) == 3


def test_a_second_coder_is_told_what_the_first_one_said_and_keeps_their_ticks(wave, voice, visitor):
    excerpt_id = make_excerpts(wave, *BUS[:2])[BUS[0]]
    bus, park = make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get(f"/desk/coding/?at={excerpt_id}")
    code(excerpt_id, bus, by=make_person(Role.VOICE, name="Joel"))
    clash = save(visitor, page, themes=[park])
    assert clash.status_code == 422
    assert "Joel has coded this meanwhile: Late buses. Keep that and go on, or save yours." in clash.text
    assert re.search(rf'value="{park}"\s+id="theme-{park}"\s+checked', clash.text)
    assert held(excerpt_id) == {bus}
    assert save(visitor, clash, themes=[park], seen=seen_on(clash)).status_code == 303
    assert held(excerpt_id) == {park}


def seen_on(page):
    return re.search(r'name="seen"\s+value="([^"]*)"', page.text)[1]


def test_a_theme_put_away_meanwhile_is_said_on_the_page_and_the_other_ticks_stay(wave, voice, visitor):
    make_excerpts(wave, *BUS[:2])
    bus, park = make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get("/desk/coding/")
    db.session.get_one(actions.ThemeRow, bus).state = "retired"
    db.session.commit()
    wrong = save(visitor, page, themes=[bus, park])
    assert wrong.status_code == 422
    assert "One of these themes is not in use any more" in wrong.text
    assert re.search(rf'id="theme-{park}"\s+checked', wrong.text)


def test_an_answer_that_was_coded_as_none_of_these_says_so_when_it_is_opened_again(wave, voice, visitor):
    make_excerpts(wave, *BUS[:2])
    make_frame(voice)
    sign_in(visitor, voice)
    page = visitor.get("/desk/coding/")
    following = visitor.get(save(visitor, page, none="1").location)
    assert "Coded by" not in following.text
    back = re.search(r'href="([^"]+)"\s+data-key="p"', following.text)[1].replace("&amp;", "&")
    assert "Coded by you: none of these." in visitor.get(back).text


def test_nobody_is_a_second_reader_of_what_they_put_a_theme_on_themselves(wave, voice):
    found, bus, park = make_coded(wave, voice, first=1)
    other = make_person(Role.VOICE)
    here = Which(place("wave:youth"), second=True)
    confirm(park, [found[BUS[0]]], by=other)
    db.session.commit()
    offered = next_to_code(here, by=other.id)
    assert offered is not None
    assert offered.id != found[BUS[0]]
    with pytest.raises(NotOpen):
        actions.code_again(found[BUS[0]], [bus], by=other, today=wave.closes_on)
