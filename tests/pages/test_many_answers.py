"""Much of everything: more themes than keys, all answers of a theme, answers of thousands of letters."""

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import reading, themes
from engage.analysis.queries.frame import key_of
from engage.shared import db
from engage.shared.clock import today
from tests.answers import BUS, excerpts, make_excerpts
from tests.coding import make_theme
from tests.ended import say
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def test_a_theme_shows_all_its_answers_page_by_page(voice, visitor):
    say(make_wave(), *(f"answer {number} about the bus" for number in range(60)))
    bus = make_theme("Late buses", voice)
    reading.confirm(bus, excerpts().values(), by=voice)
    db.session.commit()
    sign_in(visitor, voice)
    first, second = (visitor.get(f"/desk/themes/{bus}?page={number}").text for number in (1, 2))
    assert (first.count("about the bus"), second.count("about the bus")) == (50, 10)
    assert f'href="/desk/themes/{bus}?page=2"' in first
    assert "none yet" not in first


def test_more_themes_than_keys_keep_the_keys_they_have(voice, visitor):
    made = [make_theme(f"Theme {number}", voice) for number in range(34)]
    make_excerpts(make_wave(), *BUS[:1])
    sign_in(visitor, voice)
    assert "There are more themes than keys" in visitor.get("/desk/coding/").text
    assert (key_of(made[0]), key_of(made[32])) == ("1", "")
    themes.retire(made[0], by=voice, today=today())
    db.session.commit()
    assert key_of(made[32]) == ""
    themes.bring_back(made[0], by=voice, today=today())
    assert key_of(made[0]) == "1"
    assert "No key" in visitor.get(f"/desk/frame/{made[32]}").text


def test_a_very_long_answer_is_folded(voice, visitor):
    say(make_wave(), "long " * 2_000, "short and sweet")
    page = sign_in(visitor, voice).get("/desk/reading/").text
    assert page.count("Show all 10,000 characters") == 1
