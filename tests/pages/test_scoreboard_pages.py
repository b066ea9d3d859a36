"""The public scoreboard and the panel's say the same; a theme that no concern answers is noted with a reason."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.analysis.models import ThemeRow
from engage.shared import db
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, ConcernThemeRow, NotedThemeRow
from engage.youwesaid.rules.concerns import slug_of
from engage.youwesaid.rules.loop import PERIODS, in_units, since_of
from tests.pages.test_scoreboard import ANSWERED, day, make_action, make_concern
from tests.people import make_person, sign_in

PUBLIC, DESK = "/you-said-we-did/scoreboard", "/desk/scoreboard"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(f"{day(120)}T10:00:00+00:00", tick=False):
        yield


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def make_fixture() -> None:
    for days in ANSWERED:
        make_concern((1, "heard"), (days, "doing"))
    for _ in range(10):
        make_concern((1, "heard"))


def test_both_pages_say_ninety_days_and_nine_of_twenty_four(visitor):
    make_fixture()
    public = words_of(visitor.get(PUBLIC).text)
    sign_in(visitor, make_person(Role.PQA))
    desk = words_of(visitor.get(DESK).text)
    for page in (public, desk):
        assert "90 days" in page
        assert "9 of 24" in page
        assert "56 days" not in page
    assert "38%, likely 21 to 57%" in desk
    assert "38%" not in public  # fewer than 30 in public: the counts say it


def test_from_thirty_on_the_public_page_says_the_percentage_and_where_it_likely_lies(visitor):
    for number in range(30):
        make_concern((1, "heard"), (20 if number < 15 else 70, "doing"))
    assert "That is 50%, likely between 33% and 67%." in words_of(visitor.get(PUBLIC).text)


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_with_nothing_said_every_measure_has_a_calm_sentence(visitor, language):
    page = visitor.get(PUBLIC, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert page.text.count('class="card measure"') == 10
    assert "None" not in words_of(page.text)
    sign_in(visitor, make_person(Role.SCRUTINEER))
    assert "None" not in words_of(visitor.get(DESK).text)


def test_the_public_page_is_answered_from_its_validator_and_names_what_waits_longest(visitor):
    make_concern((1, "heard"), said=100, promised=110)
    first = visitor.get(PUBLIC)
    assert "Answers that are later than we promised: 1." in first.text
    assert 'href="/you-said-we-did/concern-0"' in first.text
    assert visitor.get(PUBLIC, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_no_concern_takes_the_address_of_the_scoreboard():
    assert slug_of("Scoreboard") == "scoreboard-2"


def test_the_panel_sees_what_is_late_by_agency_and_narrows_by_when_it_was_said(visitor):
    concern_id = make_concern((1, "heard"), (5, "doing"))
    make_action(concern_id, "in_progress", due=day(100))
    make_action(concern_id, "done_claimed")
    sign_in(visitor, make_person(Role.PQA))
    page = words_of(visitor.get(DESK).text)
    assert f"1 {day(100):%-d %b %Y}" in page
    assert "1 of 1 public concerns have an answer" in page
    assert "0 of 0 public concerns have an answer" in words_of(visitor.get(f"{DESK}?period=91").text)
    assert "1 of 1" in words_of(visitor.get(f"{DESK}?period=nonsense").text)


def test_periods_and_units_are_plain():
    assert [since_of(code, today=date(2026, 12, 31)) for code in (*PERIODS, "7")] == [
        None, date(2025, 12, 31), date(2026, 10, 1), None,
    ]  # fmt: skip
    assert [in_units(minutes) for minutes in (35, 119, 120, 185, 2880)] == [
        (35, "minutes"), (119, "minutes"), (2, "hours"), (4, "hours"), (2, "days"),
    ]  # fmt: skip


@pytest.fixture
def theme(database) -> int:
    row = ThemeRow(name="Litter", state="selected", definition="Rubbish in the street")
    db.session.add(row)
    db.session.commit()
    return row.id


def test_a_theme_is_noted_with_a_reason_and_counts(visitor, theme):
    sign_in(visitor, make_person(Role.VOICE))
    assert "1 of 1 themes in use have neither" in words_of(visitor.get("/desk/noted/").text)
    page = f"/desk/noted/{theme}"
    assert visitor.fill_in(page, because="").status_code == 422
    assert visitor.fill_in(page, because="x" * 281).status_code == 422
    assert visitor.fill_in(page, because="The new bins come in May").status_code == 303
    assert visitor.fill_in(page, because="The new bins come in June").status_code == 303
    assert "because: The new bins come in June" in words_of(visitor.get("/desk/noted/").text)
    assert "1 of 1" in words_of(visitor.get(PUBLIC).text)
    db.session.rollback()
    told = select(AuditRow.reason).where(AuditRow.did == "noted a theme").order_by(AuditRow.id)
    assert list(db.session.scalars(told)) == ["The new bins come in May", "The new bins come in June"]


def test_a_concern_behind_two_themes_that_became_one_stands_there_once(visitor, theme):
    merged = ThemeRow(name="Rubbish", state="retired", merged_into=theme)
    concern = ConcernRow(
        slug="litter", title="Litter at the station", you_said="x", topic="travel", state="heard",
        said_on=date(2026, 3, 1), promised_on=date(2030, 3, 1),
    )  # fmt: skip
    db.session.add_all([merged, concern])
    db.session.flush()
    db.session.add_all(ConcernThemeRow(concern_id=concern.id, theme_id=one) for one in (theme, merged.id))
    db.session.commit()
    sign_in(visitor, make_person(Role.VOICE))
    assert visitor.get("/desk/noted/").text.count("Litter at the station") == 1


def test_only_the_team_notes_and_only_themes_in_use(visitor, theme):
    sign_in(visitor, make_person(Role.PQA))
    assert visitor.get(f"/desk/noted/{theme}").status_code == 403
    assert "Litter" in visitor.get("/desk/noted/").text
    sign_in(visitor, make_person(Role.VOICE))
    assert visitor.get("/desk/noted/999").status_code == 404
    db.session.get_one(ThemeRow, theme).state = "retired"
    db.session.commit()
    page = visitor.fill_in(f"/desk/noted/{theme}", because="Done elsewhere")
    assert page.status_code == 422
    assert "Only a theme in use can be noted" in page.text
    assert db.session.query(NotedThemeRow).count() == 0


def test_a_concern_on_a_theme_stands_beside_it(visitor, theme):
    sign_in(visitor, make_person(Role.VOICE))
    concern = {"title": "Bins", "you_said": "x", "topic": "travel", "sources": "", "about_agency_id": "0"}
    promised = (day(120) + timedelta(days=9)).isoformat()
    visitor.fill_in(
        f"/desk/concerns/new?theme={theme}", "/desk/concerns/new", theme=theme, promised_on=promised, **concern
    )
    assert "Waiting to be agreed" in visitor.get("/desk/noted/").text
    row = db.session.scalars(select(ConcernRow)).one()
    assert row.first_promised_on == row.promised_on
    assert db.session.query(ConcernHistoryRow).count() == 1
