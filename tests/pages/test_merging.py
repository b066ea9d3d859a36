"""Two concerns put together: nobody's answer gets lost, old addresses and receipts follow, and what must be refused."""

from datetime import timedelta

import pytest
import time_machine

from engage.shared import db
from engage.shared.errors import NotOpen, NotValid
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.merging import merge
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ActionRow, ConcernRow
from engage.youwesaid.queries.public import concerns_of_themes
from engage.youwesaid.queries.versions import moved_to, priorities, serving
from engage.youwesaid.queries.waiting import waiting
from engage.youwesaid.rules.concerns import NewConcern, Refusal
from engage.youwesaid.rules.merging import Side, check_may_merge
from engage.youwesaid.rules.priorities import PRIORITIES, read_priorities
from tests.coding import make_theme
from tests.people import sign_in
from tests.youwesaid import SOON, TODAY, make_action, make_concern, make_team


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    return make_team()


def row(concern_id) -> ConcernRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(ConcernRow, concern_id)


def join(team, one, into) -> None:
    merge(one, into_id=into, by=team["pqa"], today=TODAY)
    db.session.commit()


def propose(team, title, *, promised=SOON, themes=(), codes=()) -> int:
    new = NewConcern(title, "You said", "travel", promised, TODAY, themes, f"survey of {title}", None, codes)
    concern_id = concerns.propose(new, by=team["voice"], today=TODAY)
    concerns.hear(concern_id, by=team["pqa"], today=TODAY)
    return concern_id


def test_the_panel_puts_two_together_and_the_old_address_leads_to_the_other(team, visitor):
    one, into = make_concern(team, "Lamps"), make_concern(team, "Dark paths")
    page = f"/desk/concerns/{one}"
    sign_in(visitor, team["pqa"])
    assert visitor.fill_in(page, f"{page}/merge", into_id=into).location == f"/desk/concerns/{into}"
    assert "go on there" in visitor.get(page).text
    assert "Lamps</a>" not in visitor.get("/desk/concerns/").text
    gone = visitor.get("/you-said-we-did/lamps")
    assert (gone.status_code, gone.location) == (301, "/you-said-we-did/dark-paths")
    public = visitor.get("/you-said-we-did/dark-paths").text
    assert "We put another concern together with this one" in public
    assert "Lamps" not in visitor.get("/you-said-we-did/").text
    assert visitor.get("/you-said-we-did/nowhere").status_code == 404
    sign_in(visitor, team["voice"])
    assert visitor.fill_in(page, f"/desk/concerns/{into}/merge", into_id=one).status_code == 403


def test_themes_actions_updates_priorities_and_the_earlier_promise_go_over(team):
    shared, own = (make_theme(name, team["voice"]) for name in ("Light", "Lamps"))
    soon = TODAY + timedelta(days=3)
    one = propose(team, "Lamps", promised=soon, themes=(shared, own), codes=("plan-safe", "council-streets"))
    into = propose(team, "Dark", themes=(shared,), codes=("plan-safe",))
    action_id = make_action(team, concern_id=one)
    update_id = updates.draft(one, NewUpdate("We looked.", "", SOON), by=team["voice"], today=TODAY)
    join(team, one, into)
    kept = row(into)
    assert (kept.promised_on, kept.state, kept.sources) == (soon, "doing", "survey of Dark, survey of Lamps")
    assert db.session.get_one(ActionRow, action_id).concern_id == into
    assert [one.id for one in concerns_of_themes([own], today=TODAY)] == [into], "receipts follow their theme"
    assert [one.code for one in priorities([one, into])[into]] == ["plan-safe", "council-streets"]
    assert updates._row(update_id).concern_id == into


def test_an_address_of_an_address_leads_to_the_last_one_and_a_closed_one_is_shown_closed(team, visitor):
    first, second, last = (make_concern(team, title) for title in ("One", "Two", "Three"))
    join(team, first, second)
    join(team, second, last)
    assert moved_to("one") == moved_to("two") == "three"
    concerns.refuse(last, Refusal("No land", "The council", SOON), by=team["pqa"], today=TODAY)
    db.session.commit()
    page = visitor.get("/you-said-we-did/one", follow_redirects=True).text
    assert "No land" in page


def test_an_open_one_never_becomes_part_of_a_finished_one_until_that_is_open_again(team, visitor):
    one, into = make_concern(team, "Lamps"), make_concern(team, "Dark")
    concerns.refuse(into, Refusal("No", "Council", SOON), by=team["pqa"], today=TODAY)
    db.session.commit()
    page = f"/desk/concerns/{one}"
    refused = sign_in(visitor, team["pqa"]).fill_in(page, f"{page}/merge", into_id=into)
    assert (refused.status_code, "Open the other one again first" in refused.text) == (409, True)
    concerns.reopen(into, promised_on=SOON, by=team["pqa"], today=TODAY)
    db.session.commit()
    join(team, one, into)
    assert row(one).merged_into_id == into


def test_what_was_put_together_is_moved_by_nobody_and_waits_for_nobody(team):
    one, into = make_concern(team, "Lamps"), make_concern(team, "Dark")
    join(team, one, into)
    for step in (
        lambda: concerns.look(one, by=team["pqa"], today=TODAY),
        lambda: updates.draft(one, NewUpdate("X", "", SOON), by=team["voice"], today=TODAY),
        lambda: merge(one, into_id=into, by=team["pqa"], today=TODAY),
        lambda: merge(into, into_id=one, by=team["pqa"], today=TODAY),
    ):
        with pytest.raises(NotOpen):
            step()
    later = SOON + timedelta(days=1)
    assert [line.count for line in waiting(team["voice"], later) if line.words == "We owe an answer"] == [1]


OPEN_ONE, OTHER = Side(1, "heard", None, merged=False), Side(2, "doing", None, merged=False)


@pytest.mark.parametrize(
    ("one", "into", "error"),
    [
        (OPEN_ONE, OPEN_ONE, NotValid),
        (OPEN_ONE, Side(2, "heard", None, merged=True), NotOpen),
        (OPEN_ONE, Side(2, "proposed", None, merged=False), NotOpen),
        (OPEN_ONE, Side(2, "felt", None, merged=False), NotOpen),
        (Side(1, "proposed", None, merged=False), Side(2, "done", None, merged=False), NotOpen),
        (Side(1, "heard", 7, merged=False), OTHER, NotOpen),
        (OPEN_ONE, Side(2, "heard", 7, merged=False), NotOpen),
    ],
)
def test_what_cannot_be_put_together(one, into, error):
    check_may_merge(OPEN_ONE, OTHER)
    with pytest.raises(error):
        check_may_merge(one, into)


def test_a_concern_stands_under_the_priorities_it_serves(team, visitor):
    concern_id, other = make_concern(team, "Lamps"), make_concern(team, "Buses")
    page = f"/desk/concerns/{concern_id}"
    sign_in(visitor, team["voice"])
    assert visitor.fill_in(page, f"{page}/priorities", priorities=["plan-safe", "council-streets"]).status_code == 303
    assert PRIORITIES["plan-safe"].words in visitor.get(page).text
    listed = visitor.get("/desk/concerns/?priority=plan-safe").text
    assert (">Lamps</a>" in listed, ">Buses</a>" in listed) == (True, False)
    assert "No concern serves this priority yet" in visitor.get("/desk/concerns/?priority=nothing").text
    visitor.fill_in(page, f"{page}/priorities", priorities=["invented"])
    assert serving("plan-safe") == {concern_id}, "one that no plan has changes nothing"
    visitor.fill_in(page, f"{page}/priorities")
    assert serving("plan-safe") == frozenset()
    assert priorities([concern_id, other]) == {}


def test_a_priority_is_said_in_the_language_of_the_page_and_in_english_where_it_is_not(team, visitor):
    concern_id = propose(team, "Lamps", codes=("plan-safe",))
    db.session.commit()
    page = f"/you-said-we-did/{row(concern_id).slug}"
    assert "خطة الأطفال والشباب" in visitor.get(f"{page}?lang=ar").text
    assert "Children and Young People" in visitor.get(f"{page}?lang=en").text
    assert all(len(one.said) >= 2 for one in PRIORITIES.values())
    assert PRIORITIES["plan-safe"].in_("gu")[:2] == ("en", PRIORITIES["plan-safe"].plan)


def test_a_code_used_twice_is_a_mistake_of_the_list():
    one = {"code": "a", "words": "A"}
    assert list(read_priorities({"plans": [{"name": "P", "priorities": [one]}]})) == ["a"]
    with pytest.raises(ValueError, match="twice"):
        read_priorities({"plans": [{"name": "P", "priorities": [one, one]}]})
