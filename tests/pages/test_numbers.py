"""Numbers that nobody has, given twice, or too large for any row: a plain page, never a failure of ours."""

from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import themes
from engage.analysis.rules import Naming
from engage.shared import db
from engage.shared.clock import today
from engage.youwesaid.models import ConcernRow, ConcernThemeRow
from tests.people import make_person, sign_in
from tests.surveys import count

HUGE = 10**30


@pytest.fixture
def voice(visitor):
    return make_person(Role.VOICE)


@pytest.mark.parametrize("address", [f"/desk/themes/{HUGE}", "/desk/concerns/new?theme=999", f"/desk/concerns/{HUGE}"])
def test_a_number_nobody_has_is_not_found(visitor, voice, address):
    assert sign_in(visitor, voice).get(address).status_code == 404


@pytest.mark.parametrize("theme", [999, HUGE])
def test_a_concern_from_a_theme_that_is_not_there_is_not_found(visitor, voice, theme):
    sign_in(visitor, voice)
    assert visitor.fill_in("/desk/concerns/new", theme=theme).status_code == 404


def test_a_theme_given_twice_is_taken_once(visitor, voice):
    theme_id = themes.add(Naming("Late buses", "", sensitive=False), by=voice, today=today())
    db.session.commit()
    sign_in(visitor, voice)
    typed = {
        "title": "Late buses", "you_said": "Buses are late", "topic": "travel",
        "promised_on": today() + timedelta(days=30), "about_agency_id": "0", "theme": [theme_id, theme_id],
    }  # fmt: skip
    answer = visitor.fill_in(f"/desk/concerns/new?theme={theme_id}&theme={theme_id}", to="/desk/concerns/new", **typed)
    assert answer.status_code == 303
    assert (count(ConcernRow), count(ConcernThemeRow)) == (1, 1)
