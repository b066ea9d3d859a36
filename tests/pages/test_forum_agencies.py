"""One agency, written one way: the names known so far are offered, and two that look like one are shown to the team."""

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.forums.actions import setting_up
from engage.forums.rules.places import look_alike
from engage.shared import db
from tests import doors, forums
from tests.people import make_person, sign_in
from tests.signing_up import slug_of


@pytest.fixture
def forum_id(database) -> int:
    found = forums.make_forum()
    setting_up.add_to_room(forums.make_forum(theme="An earlier one"), agency="Health visiting (invented)", role="Nurse")
    db.session.commit()
    forums.join(found, forums.professional("Northway School (invented)"))
    return found


@pytest.mark.parametrize("way", ["work", "group"])
def test_who_comes_for_work_is_offered_the_agencies_known_so_far(visitor, forum_id, way):
    page = visitor.get(f"/forums/{slug_of(forum_id)}/{way}").text
    assert 'list="agencies"' in page
    for name in ("Health visiting (invented)", "Northway School (invented)"):
        assert page.count(f'<option value="{name}">') == 1


def test_agencies_of_sign_ups_elsewhere_are_offered_to_nobody_here(visitor, forum_id):
    other = forums.make_forum(theme="Another one")
    page = visitor.get(f"/forums/{slug_of(other)}/work").text
    assert "Northway School (invented)" not in page


def test_the_door_offers_them_too(visitor, database):
    here = doors.make_forum()
    doors.make_adult(here, agency="Northway School (invented)")
    with time_machine.travel(doors.DURING, tick=False):
        team = sign_in(visitor, make_person(Role.VOICE))
        assert '<option value="Northway School (invented)">' in team.get(f"/desk/forums/{here.id}/door").text


def test_two_names_that_look_like_one_agency_are_shown_to_the_organiser(visitor, forum_id):
    forums.join(forum_id, forums.professional("Northway School (invented), Barnet"))
    team = sign_in(visitor, make_person(Role.VOICE))
    page = " ".join(team.get(f"/desk/forums/{forum_id}").text.split())
    assert "May be one agency: Northway School (invented), and Northway School (invented), Barnet." in page


def test_agencies_look_alike_where_one_name_begins_the_other():
    names = ["Northway School", "northway  SCHOOL, Barnet", "North", "Police", "Health"]
    assert look_alike(names) == [("Northway School", "northway  SCHOOL, Barnet")]
    assert look_alike(["Police", "Police"]) == []
    assert look_alike([]) == []
