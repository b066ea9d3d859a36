"""One name for one theme in every way in; no wording is overwritten unseen, and what a theme was before stays."""

import pytest

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import themes
from engage.analysis.actions.keys import give_key
from engage.analysis.actions.splitting import Where, split
from engage.analysis.models import ThemeRow
from engage.analysis.queries.frame import key_of
from engage.analysis.rules import Naming
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotValid
from tests.answers import BUS
from tests.coding import make_coded, make_frame, make_theme
from tests.people import make_person, sign_in
from tests.surveys import make_wave

TAKEN = "There is a theme called “Late buses” already; it is in use. Choose another name."


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def test_a_name_that_is_taken_is_refused_whoever_comes_in_by_which_door(voice, visitor):
    _, park = make_frame(voice)
    sign_in(visitor, voice)
    added = visitor.fill_in("/desk/themes/", to="/desk/themes/new", name="LATE  buses", definition="Mine")
    assert added.status_code == 422
    assert TAKEN in added.text
    assert "Mine" in added.text
    page = f"/desk/themes/{park}"
    renamed = visitor.fill_in(page, to=f"{page}/describe", name="late buses", definition="")
    assert renamed.status_code == 422
    assert TAKEN in renamed.text
    db.session.add(ThemeRow(name="late  Buses", state="candidate"))
    db.session.commit()
    candidate = db.session.query(ThemeRow).filter_by(state="candidate").one().id
    with pytest.raises(NotValid, match="in use"):
        themes.select_theme(candidate, by=voice, today=today())


def test_what_is_split_off_and_what_comes_back_need_a_name_of_their_own(voice):
    found, bus, park = make_coded(make_wave(), voice)
    naming = Naming("dark parks", "", sensitive=False)
    with pytest.raises(NotValid, match="in use"):
        split(bus, [found[BUS[0]]], Where(new=naming), by=voice, today=today())
    themes.retire(park, by=voice, today=today())
    make_theme("Dark Parks", voice)
    with pytest.raises(NotValid, match="in use"):
        themes.bring_back(park, by=voice, today=today())


def test_a_theme_keeps_its_own_name_when_it_is_described(voice):
    bus, _ = make_frame(voice)
    themes.describe(bus, Naming("late BUSES", "Buses that come late", sensitive=False), by=voice, today=today())
    assert analysis.theme(bus).name == "late BUSES"


def test_what_belonged_to_a_theme_before_can_be_read(voice, visitor):
    bus = make_theme("Late buses", voice, "Only the 143")
    sign_in(visitor, voice)
    page = f"/desk/themes/{bus}"
    visitor.fill_in(page, to=f"{page}/describe", name="Late buses", definition="Every bus")
    assert "It said before: “Only the 143”" in visitor.get(page).text


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(voice, visitor):
    bus = make_theme("Late buses", voice, "Only the 143")
    sign_in(visitor, voice)
    page = f"/desk/themes/{bus}"
    seen = {"seen_name": "Late buses", "seen_definition": "Only the 143"}
    assert all(f'value="{one}"' in visitor.get(page).text for one in seen.values())
    other = make_person(Role.VOICE)
    themes.describe(bus, Naming("Late buses", "Every bus", sensitive=False), by=other, today=today())
    db.session.commit()
    mine = {"name": "Late buses", "definition": "Buses and trains"}
    clash = visitor.fill_in(page, to=f"{page}/describe", **mine, **seen)
    assert clash.status_code == 422
    assert "Somebody else changed it meanwhile" in clash.text
    assert "Buses and trains</textarea>" in clash.text
    assert analysis.theme(bus).definition == "Every bus"
    again = visitor.fill_in(page, to=f"{page}/describe", **mine, seen_name="Late buses", seen_definition="Every bus")
    assert again.status_code == 303


def test_merging_asks_first_and_says_where_the_theme_went(voice, visitor):
    bus, park = make_frame(voice)
    sign_in(visitor, voice)
    page = f"/desk/themes/{bus}"
    nothing = visitor.fill_in(page, to=f"{page}/merge")
    assert nothing.status_code == 422
    assert "Choose the theme to merge into" in nothing.text
    unsure = visitor.fill_in(page, to=f"{page}/merge", into=park)
    assert unsure.status_code == 422
    assert "Tick that you are sure" in unsure.text
    assert visitor.fill_in(page, to=f"{page}/merge", into=park, sure="y").status_code == 303
    assert f'<a href="/desk/themes/{park}">Dark parks</a>' in visitor.get(page).text


def test_a_theme_that_comes_back_takes_no_key_from_another(voice):
    bus, park = make_frame(voice)
    themes.retire(bus, by=voice, today=today())
    give_key(park, "1")
    themes.bring_back(bus, by=voice, today=today())
    assert (key_of(park), key_of(bus)) == ("1", "2")
