"""A theme says how many of its suggestions people took, so that the team knows how far to trust the next one."""

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import reading
from engage.analysis.models import CodingRow
from engage.analysis.queries.trust import Trust, trust_in
from engage.shared import db
from tests.answers import excerpts
from tests.coding import make_theme
from tests.ended import say
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def decide(voice, *, taken, refused, own=0):
    """Suggest a theme for so many answers and decide on each; `own` were given it without a suggestion."""
    say(make_wave(), *(f"answer {number}" for number in range(taken + refused + own)))
    bus, ids = make_theme("Late buses", voice), list(excerpts().values())
    suggested = ids[: taken + refused]
    db.session.add_all(CodingRow(excerpt_key=bytes.fromhex(one), theme_id=bus, closeness=0.6) for one in suggested)
    db.session.flush()
    reading.confirm(bus, [*ids[:taken], *ids[taken + refused :]], by=voice)
    reading.refuse(bus, ids[taken : taken + refused], by=voice)
    db.session.commit()
    return bus


def test_a_theme_says_what_became_of_its_suggestions(voice, visitor):
    bus = decide(voice, taken=24, refused=6, own=5)
    assert trust_in([bus]) == {bus: Trust(30, 83)}
    sign_in(visitor, voice)
    assert "Of about 30 suggestions that people decided on, they took 83%" in visitor.get(f"/desk/themes/{bus}").text
    assert "83% of about 30 suggestions taken" in visitor.get("/desk/frame/").text


def test_mostly_wrong_suggestions_ask_for_a_sharper_definition(voice, visitor):
    bus = decide(voice, taken=5, refused=20)
    assert "More were wrong than right" in sign_in(visitor, voice).get(f"/desk/themes/{bus}").text


def test_a_few_decisions_say_nothing_yet(voice, visitor):
    bus = decide(voice, taken=12, refused=7, own=30)
    assert trust_in([bus]) == {}
    page = sign_in(visitor, voice).get(f"/desk/themes/{bus}").text
    assert "suggestions that people decided on" not in page
    assert "suggestions taken" not in visitor.get("/desk/frame/").text
