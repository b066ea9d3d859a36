"""The door: in, out, out for a moment and back, each tap once; who may be at it, and until when."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.forums.actions import door
from engage.forums.actions.door import raise_still_in
from engage.forums.models import CheckInRow, SignUpRow
from engage.forums.queries.links import token
from engage.forums.rules.consents import Purpose
from engage.forums.rules.links import Opens
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.shared.outbox import LetterRow
from tests.doors import BEFORE, DURING, begin, make_adult, make_forum, make_young, put_at_door
from tests.people import make_person, sign_in

PURPOSES = frozenset({Purpose.ATTEND, Purpose.PHOTO_INSIDE})


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def team(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


@pytest.fixture
def here(database):
    return make_forum()


def fresh() -> None:
    db.session.rollback()
    db.session.expire_all()


def row(sign_up_id) -> SignUpRow:
    fresh()
    return db.session.get(SignUpRow, sign_up_id)


def lines() -> int:
    fresh()
    return db.session.scalar(select(func.count(CheckInRow.key)))


def tap(client, here, sign_up_id, did, **more):
    page = f"/desk/forums/{here.id}/door"
    return client.fill_in(
        page, page, **{"key": "k" * 32, "collector": "", "sure": "1", **more}, sign_up=sign_up_id, did=did
    )


def send(client, here, *marks):
    page = f"/desk/forums/{here.id}/door"
    answer = client.fill_in(page, f"{page}/sync", marks=json.dumps(marks))
    assert answer.status_code == 200
    return answer.get_json()


def made(number, sign_up_id, did, **more):
    return {"key": f"{number:032x}", "sign_up": sign_up_id, "did": did, **more}


def test_somebody_comes_in_steps_out_comes_back_and_goes_home_with_a_collector(team, here):
    child = make_young(here, "Amina", given=PURPOSES)
    begin()
    for number, did in enumerate(("check_in", "step_out", "come_back")):
        assert tap(team, here, child, did, key=f"{number:032x}").status_code == 303
    assert (row(child).presence, row(child).state) == ("in", "attended")
    answer = tap(team, here, child, "check_out", key="out0" * 8)
    assert "is collected: write down who came" in team.get(answer.location).text
    assert row(child).presence == "in"
    tap(team, here, child, "check_out", key="out1" * 8, collector="Her aunt")
    assert row(child).presence == "out"
    kept = db.session.scalars(select(CheckInRow).order_by(CheckInRow.did)).all()
    assert [(one.did, one.collector) for one in kept if one.did == "check_out"] == [("check_out", "Her aunt")]
    assert len(kept) == 4


def test_the_list_shows_a_first_name_an_initial_and_flags_in_words_and_no_more(team, here):
    make_young(here, "Amina", given=PURPOSES)
    make_young(here, "Bartek", age=16, given=frozenset({Purpose.ATTEND, Purpose.LEAVE_ALONE, Purpose.PHOTO_PUBLIC}))
    make_adult(here, "Carol")
    page = team.get(f"/desk/forums/{here.id}/door").text
    for words in ("Amina K", "Photos: for us only", "Is collected", "Photos: yes", "May leave alone", "Carol"):
        assert words in page
    assert "@example.org" not in page


def test_the_same_tap_sent_twice_is_one_line(team, here):
    child = make_young(here)
    begin()
    first = send(team, here, made(1, child, "check_in", seconds_ago=120))
    again = send(team, here, made(1, child, "check_in", seconds_ago=240))
    assert first["told"] == again["told"] == {f"{1:032x}": ""}
    assert (lines(), row(child).presence) == (1, "in")
    assert db.session.scalar(select(CheckInRow.at)) == (DURING - timedelta(minutes=2)).replace(tzinfo=None)


def test_a_phone_brings_what_it_kept_in_its_order_and_hears_what_did_not_fit(team, here):
    one, other = make_young(here, "Amina"), make_young(here, "Ben")
    begin()
    send(team, here, made(9, other, "check_in"))  # another phone was quicker
    answer = send(
        team, here, made(1, one, "check_in"), made(2, one, "step_out"), made(3, other, "check_in"), made(4, one, "fly")
    )
    told = {int(key, 16): words for key, words in answer["told"].items()}
    assert told == {1: "", 2: "", 3: "Ben K is in already", 4: "Choose what happens at the door"}
    assert answer["people"] == {str(one): "away", str(other): "in"}
    assert lines() == 3


def test_two_phones_tap_the_same_child_and_one_line_is_kept(team, here):
    child = make_young(here)
    begin()
    send(team, here, made(1, child, "check_in"))
    send(team, here, made(2, child, "check_in"))
    assert lines() == 1


def test_control_without_the_guard_the_same_child_comes_in_twice(team, here, monkeypatch):
    monkeypatch.setattr(door, "_moved", lambda *_: True)
    child = make_young(here)
    begin()
    send(team, here, made(1, child, "check_in"))
    send(team, here, made(2, child, "check_in"))
    assert lines() == 2


@pytest.mark.parametrize("sent", ["not json", '{"a": 1}', '[{"key": "x"}]', '[{"key": 1, "sign_up": "x", "did": ""}]'])
def test_what_no_page_of_ours_sends_is_refused(team, here, sent):
    page = f"/desk/forums/{here.id}/door"
    assert team.fill_in(page, f"{page}/sync", marks=sent).status_code == 422


def test_a_pass_of_another_forum_or_without_a_place_is_told_in_a_sentence(team, here):
    other = make_forum(theme="Another one (invented)")
    stranger, waits = make_young(other), make_young(here, "Wanda")
    db.session.get(SignUpRow, waits).state = "cancelled"
    db.session.commit()
    begin()
    answer = send(team, here, made(1, stranger, "check_in"), made(2, waits, "check_in"))
    assert answer["told"][f"{1:032x}"] == "This pass is for another forum"
    assert "You are not coming" in answer["told"][f"{2:032x}"]
    assert lines() == 0


def test_the_phones_camera_opens_the_pass_and_the_same_pass_twice_says_so(team, here):
    child = make_young(here, "Amina")
    begin()
    address = f"/desk/forums/pass/{token(Opens.PASS, row(child).key)}"
    assert "shown before" not in team.get(address).text
    for key in ("a" * 32, "b" * 32):
        team.fill_in(address, address, key=key, sign_up=child, did="check_in", collector="", sure="1")
    assert "This pass was shown before: Amina K is in already" in team.get(address).text
    assert lines() == 1
    altered = team.get(address[:-3] + "AAA")
    assert (altered.status_code, "find them by name on the list" in altered.text) == (404, True)
    db.session.rollback()
    assert db.session.scalars(
        select(AuditRow.person_id).where(AuditRow.did == "refused a pass that opens nothing")
    ).one()


def test_the_door_team_is_in_from_an_hour_before_until_that_night(app, here):
    helper = make_person(Role.DOOR)
    page = f"/desk/forums/{here.id}/door"
    assert sign_in(app.test_client(), helper).get(page).status_code == 403
    put_at_door(here, helper)
    moments = {
        datetime(2026, 11, 24, 15, 30, tzinfo=UTC): 403,
        datetime(2026, 11, 24, 16, 30, tzinfo=UTC): 200,
        datetime(2026, 11, 24, 22, 30, tzinfo=UTC): 200,
        datetime(2026, 11, 24, 23, 30, tzinfo=UTC): 403,
        datetime(2026, 11, 25, 9, 0, tzinfo=UTC): 403,
    }
    for at, status in moments.items():
        with time_machine.travel(at, tick=False):
            assert sign_in(app.test_client(), helper).get(page).status_code == status, at


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PQA, Role.AGENCY, Role.DOOR])
def test_nobody_else_sees_the_door(app, here, role):
    client = sign_in(app.test_client(), make_person(role))
    for path in ("", "/now"):
        assert client.get(f"/desk/forums/{here.id}/door{path}").status_code == 403


def test_before_the_doors_open_the_team_looks_and_checks_nobody_in(team, here):
    child = make_young(here)
    with time_machine.travel(BEFORE, tick=False):
        sign_in(team, make_person(Role.VOICE))
        answer = tap(team, here, child, "check_in")
        assert "The doors open on 24 November at 16:00" in team.get(answer.location).text
    assert lines() == 0


def test_the_meter_counts_who_is_in_and_says_in_words_when_adults_are_too_few(team, here):
    children = [make_young(here, age=12) for _ in range(3)]
    adults = [make_adult(here) for _ in range(2)]
    begin()
    send(team, here, *(made(n, one, "check_in") for n, one in enumerate(children)))
    page = team.get(f"/desk/forums/{here.id}/door").text
    assert "Too few adults" in page
    send(team, here, *(made(50 + n, one, "check_in") for n, one in enumerate(adults)))
    assert "Enough adults" in team.get(f"/desk/forums/{here.id}/door").text


def test_a_walk_in_is_in_after_one_form_and_under_16_an_adult_has_said_yes(team, here):
    begin()
    page = f"/desk/forums/{here.id}/door"
    typed = {
        "place": "young",
        "first_name": "Walid",
        "initial": "B",
        "age": "14",
        "contact": "07700 900123",
        "sure": "1",
    }
    refused = team.fill_in(page, f"{page}/walk-in", **typed, photos="none", relation="")
    assert refused.status_code == 422
    assert "Under 16: call the adult first" in refused.text
    assert team.fill_in(page, f"{page}/walk-in", **{**typed, "age": ""}, photos="none", relation="").status_code == 422
    came = team.fill_in(page, f"{page}/walk-in", **typed, photos="inside", relation="parent", adult="Mr B")
    assert came.status_code == 303
    after = team.get(page).text
    assert "Walid B" in after
    assert "Photos: for us only" in after
    assert lines() == 1


def test_a_walk_in_never_breaks_a_quota(team, database):
    here = make_forum()
    begin()
    db.session.execute(db.Model.metadata.tables["forum"].update().values(professional=15))
    db.session.commit()
    page = f"/desk/forums/{here.id}/door"
    typed = {"place": "professional", "first_name": "Ola", "contact": "07700 900124", "role": "PC"}
    typed |= {"agency": "*", "agency_other": "Police"}
    assert team.fill_in(page, f"{page}/walk-in", **typed, photos="none", relation="").status_code == 409
    assert lines() == 0


def letters() -> list[tuple[str, str]]:
    fresh()
    return [(one.subject, one.body) for one in db.session.scalars(select(LetterRow)) if one.kind.startswith("item")]


def raised(at) -> int:
    found = raise_still_in(at)
    db.session.commit()
    return found


def test_a_child_still_in_a_quarter_of_an_hour_after_the_end_raises_one_alert_and_a_letter_says_nothing(team, here):
    make_person(Role.SAFEGUARDING)
    child, grown, adult = make_young(here, "Amina"), make_young(here, age=18), make_adult(here)
    begin()
    send(team, here, *(made(n, one, "check_in") for n, one in enumerate((child, grown, adult))))
    end = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
    assert raised(end + timedelta(minutes=14)) == 0
    assert raised(end + timedelta(minutes=15)) == 1
    assert raised(end + timedelta(minutes=20)) == 1
    alerts = db.session.scalars(select(AlertRow)).all()
    assert [(one.kind, "Amina K" in one.words) for one in alerts] == [("Still at a forum", True)]
    assert [subject for subject, _ in letters()] == ["1 item needs reading"]
    assert "Amina" not in str(letters())
    assert "forum" not in str(letters()).replace("/desk/", "")
    send(team, here, made(9, child, "check_out", collector="Her mother"))
    assert raised(end + timedelta(minutes=25)) == 0


def test_on_the_night_the_clocks_go_back_the_end_is_the_real_one(team, database, monkeypatch):
    make_person(Role.SAFEGUARDING)
    before = datetime(2027, 10, 20, 12, tzinfo=UTC)
    monkeypatch.setattr("tests.doors.BEFORE", before)
    day = date(2027, 10, 30)  # at two in the morning on the 31st it is one o'clock again
    here = make_forum(meets_on=day, starts=time(20), ends=time(1, 30), closes_on=day, promised_on=date(2027, 12, 1))
    child = make_young(here)
    with time_machine.travel(datetime(2027, 10, 30, 20, tzinfo=UTC), tick=False):
        sign_in(team, make_person(Role.VOICE))
        begin(datetime(2027, 10, 30, 20, tzinfo=UTC))
        send(team, here, made(1, child, "check_in"))
    first_half_past_one = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert raised(first_half_past_one + timedelta(minutes=20)) == 0
    assert raised(first_half_past_one + timedelta(hours=1, minutes=14)) == 0
    assert raised(first_half_past_one + timedelta(hours=1, minutes=15)) == 1
