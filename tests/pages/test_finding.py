"""Looking for something on the public page: by word, topic, area, year and state, without script, in any language."""

from datetime import date, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.errors import NotFound, NotValid
from engage.youwesaid.actions import area
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.rules.concerns import NewConcern
from tests.people import make_person

TODAY = date(2026, 11, 23)
LAST_YEAR = TODAY - timedelta(days=400)
SOON = TODAY + timedelta(days=20)
LIST = "/you-said-we-did/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def three(database) -> dict[str, int]:
    found = {}
    for title, topic, said_on in (
        ("Dark path", "safety", TODAY), ("Late buses", "travel", LAST_YEAR), ("No lunch", "home", TODAY),
    ):  # fmt: skip
        new = NewConcern(title, "You told us.", topic, SOON, said_on, ())
        found[title] = concerns.propose(new, by=make_person(Role.VOICE), today=TODAY)
        concerns.hear(found[title], by=make_person(Role.PQA), today=TODAY)
    area.place(found["Dark path"], ["hendon", "edgware"])
    db.session.commit()
    return found


def shown(page: str) -> set[str]:
    return {title for title in ("Dark path", "Late buses", "No lunch") if f">{title}</span>" in page}


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", {"Dark path", "Late buses", "No lunch"}), ("q=bus", {"Late buses"}), ("q=paht+dark", {"Dark path"}),
        ("q=edgware", {"Dark path"}), ("topic=home", {"No lunch"}), ("area=hendon", {"Dark path"}),
        ("area=whole", {"Late buses", "No lunch"}), ("year=2025", {"Late buses"}),
        ("state=heard&q=lunch", {"No lunch"}),
        ("state=nonsense", set()), ("q=%00%FF", set()), ("page=0", {"Dark path", "Late buses", "No lunch"}),
    ],
)  # fmt: skip
def test_what_fits_is_shown_and_nothing_else(visitor, three, asked, titles):
    page = visitor.get(f"{LIST}?{asked}")
    assert page.status_code == 200
    assert shown(page.text) == titles


def test_a_topic_is_found_in_the_readers_own_words(visitor, three):
    assert shown(visitor.get(f"{LIST}?lang=ar&q=الأمان").text) == {"Dark path"}


def test_what_was_typed_stays_in_the_box_as_words(visitor, three):
    page = visitor.get(f"{LIST}?q=<script>alert(1)</script>").text
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in page
    assert "nobody reads what is typed in it" in page


def test_only_what_leads_to_something_is_offered(visitor, three):
    page = visitor.get(LIST).text
    assert 'value="hendon"' in page
    assert 'value="mill_hill"' not in page
    assert 'value="online"' not in page


def test_a_list_costs_as_many_statements_however_long_it_is(visitor, three, statements):
    statements.clear()
    visitor.get(LIST)
    assert len(statements) == 5
    statements.clear()
    visitor.get(f"{LIST}?lang=pl&q=bus")
    assert len(statements) == 7


def test_an_area_that_is_none_is_refused(database, three):
    with pytest.raises(NotValid):
        area.place(three["No lunch"], ["atlantis"])
    with pytest.raises(NotFound):
        area.place(999, ["hendon"])
