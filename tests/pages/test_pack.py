"""The panel's pack: made from what is frozen, locked when it is issued, corrected only by a new version."""

import json

import pytest
import time_machine
from sqlalchemy import select, text

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import emerging as new
from engage.analysis.jobs import do_all
from engage.pqa.models import PackRow
from engage.pqa.queries.packs import versions
from engage.shared import db
from engage.shared.clock import today
from tests.ended import VAPES, say, usual
from tests.packs import NOW, QUARTER, ROOM, make_frozen, make_issued, make_panel
from tests.people import make_person, sign_in


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def panel(database):
    return make_panel()


def test_before_any_wave_closed_a_sentence_says_what_to_do(app, panel):
    answer = sign_in(app.test_client(), panel["pqa"]).fill_in(ROOM, to=f"{ROOM}/make")
    assert answer.status_code == 422
    assert "No wave had closed by 25 November 2026" in answer.text
    assert "open one from the surveys&#39; page first" in answer.text
    assert versions() == []


def test_one_click_makes_a_pack_from_what_is_frozen(app, panel):
    make_frozen()
    made = sign_in(app.test_client(), panel["voice"]).fill_in(ROOM, to=f"{ROOM}/make")
    assert (made.status_code, made.location) == (303, f"{ROOM}/1")
    page = sign_in(app.test_client(), panel["pqa"]).get(f"{ROOM}/1").text
    assert "1 October 2026 to 25 November 2026" in page
    assert "Youth survey youth: 60 responses; nobody can know who answered; counts under 8 are" in page
    assert "Young people have not written a page for this quarter." in page
    assert "None. No survey of practitioners closed in these months." in page
    assert "figures behind this pack are hidden" in page


def test_what_changed_and_what_is_new_are_the_frozen_figures_and_no_others(app, panel, statements):
    read = (panel["voice"].id, today())
    say(make_frozen("before", happy=20, days_ago=300), *usual(100, 3), read=read)
    wave = make_frozen("now", happy=50)
    say(wave, *usual(100, 2, vapes=14), read=read)
    new.look_for_new("wave:now")
    db.session.commit()
    do_all()
    make_issued(panel)
    visitor = sign_in(app.test_client(), panel["scrutineer"])
    del statements[:]
    page = visitor.get(f"{ROOM}/1").text
    assert len(statements) <= 5
    moved = analysis.snapshot("now")
    assert moved
    [line] = [one for one in moved.lines if one.change and one.change.direction == "up"]
    assert f"{line.change.before.percent}% <" in page
    assert f"{line.change.now.percent}% <" in page
    assert "1 of 2 headlines moved clearly" in page
    assert "Surely more than before" in page
    assert "clearly more often than before" in page or "times as often as before" in page
    assert "nobody has decided yet" in page
    assert not any(words in page for words in VAPES)


def test_the_few_are_named_as_a_restricted_annex_and_counted_nowhere(app, panel):
    make_frozen()
    make_issued(panel)
    body = json.loads(db.session.scalars(select(PackRow.body)).one())
    assert body["few"] == [{"code": "youth", "title": "Youth survey youth"}]
    page = sign_in(app.test_client(), panel["pqa"]).get(f"{ROOM}/1").text
    assert 'href="/desk/serious/youth"' in page
    assert 'href="/desk/serious/youth"' not in sign_in(app.test_client(), panel["scrutineer"]).get(f"{ROOM}/1").text


def test_issued_it_is_locked_and_of_two_who_issue_one_is_told(app, panel):
    make_frozen()
    first, second = (sign_in(app.test_client(), panel[name]) for name in ("pqa", "other"))
    first.fill_in(ROOM, to=f"{ROOM}/make")
    assert second.get(f"{ROOM}/1").text.count("Issue it") == 1
    assert first.fill_in(f"{ROOM}/1", to=f"{ROOM}/1/issue").status_code == 303
    late = second.fill_in(ROOM, to=f"{ROOM}/1/issue")
    assert (late.status_code, "Somebody has moved this on already" in late.text) == (409, True)
    again = second.fill_in(ROOM, to=f"{ROOM}/make")
    assert (again.status_code, "is issued and locked" in again.text) == (409, True)


def test_a_correction_is_a_new_version_with_a_reason_and_what_changed(app, panel):
    make_frozen()
    make_issued(panel)
    visitor = sign_in(app.test_client(), panel["pqa"])
    assert visitor.fill_in(ROOM, to=f"{ROOM}/correct", reason="").status_code == 422
    visitor.fill_in(ROOM, to=f"{ROOM}/ask", words="Pay for lights", why="They said it is dark")
    assert visitor.fill_in(ROOM, to=f"{ROOM}/correct", reason="A question was left out").location == f"{ROOM}/2"
    assert "This version was corrected" not in visitor.get(f"{ROOM}/1").text
    visitor.fill_in(f"{ROOM}/2", to=f"{ROOM}/2/issue")
    assert "This version was corrected" in visitor.get(f"{ROOM}/1").text
    page = visitor.get(f"{ROOM}/2").text
    assert "A question was left out" in page
    assert "Changed: Decisions we need." in page


def test_reading_checks_the_fingerprint(app, panel):
    make_frozen()
    make_issued(panel)
    visitor = sign_in(app.test_client(), panel["scrutineer"])
    assert visitor.get(f"{ROOM}/1").status_code == 200
    db.session.execute(text("UPDATE pack SET body = replace(body, 'Youth', 'Our')"))
    db.session.commit()
    changed = visitor.get(f"{ROOM}/1")
    assert (changed.status_code, "not as they were frozen" in changed.text) == (409, True)
    assert "not as it was frozen" in visitor.get(ROOM).text
    assert "Not as it was frozen" in visitor.get("/desk/packs/").text


def test_what_was_not_issued_is_made_again_in_its_place(app, panel):
    make_frozen()
    visitor = sign_in(app.test_client(), panel["voice"])
    for _ in range(2):
        assert visitor.fill_in(ROOM, to=f"{ROOM}/make").location == f"{ROOM}/1"
    assert [(one.version, one.state) for one in versions(QUARTER)] == [(1, "made")]


def test_days_that_the_last_pack_did_not_reach_are_in_the_next(panel):
    make_frozen(days_ago=60)
    with time_machine.travel("2026-09-10T10:00:00+00:00", tick=False):
        make_frozen("early", days_ago=5)
        make_issued(panel, QUARTER.before)
    make_issued(panel)
    assert [(str(one.since), str(one.until)) for one in versions()] == [
        ("2026-07-01", "2026-09-10"),
        ("2026-09-10", "2026-11-25"),  # whose evening was still to come when the first was made
    ]


def test_a_quarter_without_a_wave_says_which_was_the_last(app, panel):
    make_frozen(days_ago=100)
    make_issued(panel)
    page = sign_in(app.test_client(), panel["pqa"]).get(f"{ROOM}/1").text
    assert "No wave closed in these months" in page
    assert "The last was Youth survey youth, which closed on 17 August 2026." in page


def test_the_panels_day_is_set_and_a_wrong_one_is_a_sentence(app, panel):
    visitor = sign_in(app.test_client(), panel["pqa"])
    assert visitor.fill_in(ROOM, to=f"{ROOM}/meeting", meets_on="2026-12-01").status_code == 303
    room = visitor.get(ROOM).text
    assert "The panel meets on Tuesday 1 December 2026; the pack is due on 24 November 2026" in room
    assert "Late" in room
    wrong = visitor.fill_in(ROOM, to=f"{ROOM}/meeting", meets_on="2028-01-01")
    assert (wrong.status_code, "more than four months after the quarter" in wrong.text) == (422, True)
    early = visitor.fill_in(ROOM, to=f"{ROOM}/meeting", meets_on="2026-08-03")
    assert (early.status_code, "after it has begun" in early.text, 'value="2026-08-03"' in early.text) == (
        422,
        True,
        True,
    )
    assert visitor.fill_in(ROOM, to=f"{ROOM}/meeting", meets_on="soon").status_code == 422


@pytest.mark.parametrize("address", ["/desk/packs/2026-11", "/desk/packs/never", "/desk/packs/2026-10/7"])
def test_what_is_no_quarter_and_no_version_is_not_found(app, panel, address):
    assert sign_in(app.test_client(), panel["pqa"]).get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.AGENCY, Role.AMBASSADOR, Role.ADMIN, Role.INFORMATION, Role.DOOR])
def test_nobody_else_opens_a_pack(app, panel, role):
    make_frozen()
    make_issued(panel)
    visitor = sign_in(app.test_client(), make_person(role))
    assert [visitor.get(one).status_code for one in (ROOM, f"{ROOM}/1")] == [403, 403]


@pytest.mark.parametrize("name", ["voice", "scrutineer"])
def test_only_the_panel_issues(app, panel, name):
    make_frozen()
    sign_in(app.test_client(), panel["pqa"]).fill_in(ROOM, to=f"{ROOM}/make")
    visitor = sign_in(app.test_client(), panel[name])
    assert visitor.fill_in("/desk/", to=f"{ROOM}/1/issue").status_code == 403
