"""Staff ask, add what forums said, and young people decide: felt, open again, or too few to tell."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.staff.queries import waiting
from engage.worker import clock as worker_clock
from engage.youwesaid.actions import felt_answers, felt_check
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, FeltCheckRow, FeltHandsRow, UpdateRow
from engage.youwesaid.queries.felt_public import felt_of
from engage.youwesaid.queries.loop import scoreboard
from engage.youwesaid.rules.felt_check import AGAIN, Counts
from tests.felt import CLOSES, TODAY, make_check, make_done, raise_hands
from tests.people import make_agency, make_person, sign_in

FORUM = {"forum": "Youth forum", "met_on": TODAY.isoformat()}
AFTER = CLOSES + timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(f"{TODAY}T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def only(table):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(table)).one()


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def close(check_id: int) -> FeltCheckRow:
    felt_check.report_due(AFTER)
    db.session.commit()
    db.session.expire_all()
    return db.session.get_one(FeltCheckRow, check_id)


def test_what_is_done_for_eight_weeks_waits_to_be_asked_and_is_late_after_twelve(visitor, voice):
    make_done(weeks=7, title="Too early")
    make_done(weeks=9, title="Due")
    lines = {line.words: line for line in waiting(voice, TODAY)}
    line = lines["Ask young people whether they notice"]
    assert (line.count, line.since, line.late) == (1, TODAY - timedelta(weeks=1), False)
    make_done(weeks=13, title="Late")
    sign_in(visitor, voice)
    page = words_of(visitor.get("/desk/felt/").text)
    assert "2 due, 0 open" in page
    assert "Too early" not in page


def test_one_asks_and_it_is_no_longer_due(visitor, voice):
    concern_id = make_done()
    sign_in(visitor, voice)
    page = f"/desk/concerns/{concern_id}/felt"
    assert visitor.fill_in(page, closes_on="").status_code == 422
    assert visitor.fill_in(page, closes_on=TODAY.isoformat()).status_code == 422
    assert visitor.fill_in(page, closes_on=CLOSES.isoformat()).status_code == 303
    assert "0 due, 1 open" in words_of(visitor.get("/desk/felt/").text)
    again = visitor.fill_in(page, closes_on=CLOSES.isoformat())
    assert again.status_code == 409
    assert "being asked about this already" in again.text


@pytest.mark.parametrize("state", ["heard", "doing", "cannot", "reopened"])
def test_what_is_not_done_is_not_asked_about(voice, state):
    concern_id = make_done()
    row = db.session.get_one(ConcernRow, concern_id)
    row.state, row.reason, row.look_again_on = state, "No", TODAY
    db.session.commit()
    with pytest.raises(NotOpen, match="not done"):
        felt_check.ask(concern_id, closes_on=CLOSES, by=voice, today=TODAY)


def test_what_is_hidden_from_an_agency_is_not_asked_about(voice):
    concern_id = make_done()
    db.session.get_one(ConcernRow, concern_id).about_agency_id = make_agency("Police")
    db.session.commit()
    with pytest.raises(NotOpen, match="not public"):
        felt_check.ask(concern_id, closes_on=CLOSES, by=voice, today=TODAY)


def test_a_forum_is_counted_once_and_can_be_taken_out(visitor, voice):
    page = f"/desk/felt/{make_check(voice)}"
    sign_in(visitor, voice)
    said = FORUM | {"better": 15, "no_change": 9, "worse": 0, "dont_know": 2}
    assert visitor.fill_in(page, f"{page}/hands", **said).status_code == 303
    assert visitor.fill_in(page, f"{page}/hands", **said).status_code == 422
    told = visitor.get(page).text
    assert "Youth forum" in told
    assert "Enough have answered" in told
    assert not re.search(r"\b15\b|\b24\b", words_of(told).replace("2026", ""))
    drop = f"{page}/hands/{only(FeltHandsRow).id}/drop"
    assert visitor.fill_in(page, drop).status_code == 303
    assert visitor.fill_in(page, drop).status_code == 404
    assert "Fewer than 20" in visitor.get(page).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"better": -1},
        {"better": ""},
        {"better": "many"},
        {"better": 501},
        {"forum": ""},
        {"met_on": "yesterday"},
        {"met_on": (TODAY + timedelta(days=1)).isoformat()},
        {"met_on": (TODAY - timedelta(days=1)).isoformat()},
        {"better": 0, "no_change": 0, "worse": 0, "dont_know": 0},
    ],
)
def test_a_forum_typed_wrong_is_refused_in_a_sentence(visitor, voice, wrong):
    page = f"/desk/felt/{make_check(voice)}"
    sign_in(visitor, voice)
    said = FORUM | {"better": 5, "no_change": 1, "worse": 0, "dont_know": 0} | wrong
    assert visitor.fill_in(page, f"{page}/hands", **said).status_code == 422
    db.session.rollback()
    assert db.session.query(FeltHandsRow).count() == 0


def test_most_say_better_and_young_people_have_said_so(visitor, voice):
    check_id = make_check(voice)
    raise_hands(check_id, Counts(24, 11, 0, 3), by=voice)
    sign_in(visitor, make_person(Role.PQA))
    page = f"/desk/felt/{check_id}"
    assert visitor.fill_in(page, f"{page}/report").status_code == 303
    assert only(ConcernRow).state == "felt"
    told = words_of(visitor.get(page).text)
    assert "71% of about 35 say it is better" in told
    assert "The public page says it too." in told
    board = scoreboard(on=TODAY).felt
    assert (board.count, board.base) == (1, 1)
    assert visitor.fill_in("/desk/", f"{page}/report").status_code == 409


def test_not_better_opens_it_again_with_a_new_day(visitor, voice):
    check_id = make_check(voice)
    raise_hands(check_id, Counts(10, 12, 3), by=voice)
    row = close(check_id)
    concern = only(ConcernRow)
    assert (row.verdict, concern.state, concern.promised_on) == ("not felt", "reopened", AFTER + AGAIN)
    last = db.session.scalars(select(ConcernHistoryRow).order_by(ConcernHistoryRow.id.desc()).limit(1)).one()
    assert (last.state, last.public, last.by) == ("reopened", True, None)
    assert "looking at it again" in visitor.get("/you-said-we-did/the-path-is-dark").text
    assert scoreboard(on=AFTER).felt.count == 0


def test_too_few_change_nothing_and_a_second_look_may_follow(visitor, voice):
    check_id = make_check(voice)
    raise_hands(check_id, Counts(19, 0, 0), by=voice)
    row = close(check_id)
    assert (row.verdict, only(ConcernRow).state) == ("too few", "done")
    told = json.loads(row.body)
    assert told["better"] is None
    sign_in(visitor, voice)
    assert "1 due, 0 open" in words_of(visitor.get("/desk/felt/").text)
    assert "a second look" in visitor.get(f"/desk/felt/{check_id}").text
    assert felt_check.ask(row.concern_id, closes_on=AFTER + timedelta(days=9), by=voice, today=AFTER)


def test_a_second_look_may_take_felt_back(voice):
    check_id = make_check(voice)
    raise_hands(check_id, Counts(30, 8), by=voice)
    concern_id = close(check_id).concern_id
    with time_machine.travel(f"{AFTER}T10:00:00+00:00", tick=False):
        again = felt_check.ask(concern_id, closes_on=AFTER + timedelta(days=9), by=voice, today=AFTER)
        for number in range(24):
            felt_answers.answer_with_receipt(again, bytes([number]) * 32, "worse" if number else "better", today=AFTER)
        felt_check.report_due(AFTER + timedelta(days=10))
        db.session.commit()
    assert only(ConcernRow).state == "reopened"


def test_a_poster_alone_is_too_few_however_many_tap(voice):
    check_id = make_check(voice)
    for _ in range(60):
        felt_answers.answer_on_poster(check_id, "better", today=TODAY)
    assert close(check_id).verdict == "too few"


def test_opened_again_meanwhile_the_answer_is_kept_and_moves_nothing(voice):
    check_id = make_check(voice)
    raise_hands(check_id, Counts(30, 8), by=voice)
    only(ConcernRow).state = "reopened"
    db.session.commit()
    assert (close(check_id).verdict, only(ConcernRow).state) == ("felt", "reopened")


def test_a_person_waits_for_enough_and_only_the_panel_closes(visitor, voice):
    check_id = make_check(voice)
    page = f"/desk/felt/{check_id}"
    raise_hands(check_id, Counts(12, 7), by=voice)
    sign_in(visitor, make_person(Role.PQA))
    assert "Close it and count" not in visitor.get(page).text
    early = visitor.fill_in("/desk/", f"{page}/report")
    assert early.status_code == 409
    assert "Fewer than 20" in early.text
    sign_in(visitor, voice)
    assert visitor.fill_in(page, f"{page}/report").status_code == 403


def test_the_clock_closes_it_after_its_last_day(voice):
    check_id = make_check(voice)
    with time_machine.travel(f"{CLOSES}T10:00:00+00:00", tick=False) as traveller:
        worker_clock.every_few_minutes(worker_clock.datetime.now().astimezone(), CLOSES)
        assert only(FeltCheckRow).reported_on is None
        traveller.move_to(f"{AFTER}T10:00:00+00:00")
        worker_clock.every_few_minutes(worker_clock.datetime.now().astimezone(), AFTER)
    row = only(FeltCheckRow)
    assert (row.id, row.reported_on, row.reported_by, row.verdict) == (check_id, AFTER, None, "too few")


def test_a_closed_one_takes_nothing_more(visitor, voice):
    check_id = make_check(voice)
    close(check_id)
    page = f"/desk/felt/{check_id}"
    sign_in(visitor, voice)
    said = FORUM | {"better": 5, "no_change": 1, "worse": 0, "dont_know": 0}
    assert visitor.fill_in("/desk/felt/", f"{page}/hands", **said).status_code in (409, 422)
    assert "Too few to tell" in visitor.get(page).text


def test_what_the_public_may_know_is_the_verdict_and_the_open_question(voice):
    concern_id = make_done()
    assert felt_of(concern_id, today=TODAY) is None
    check_id = felt_check.ask(concern_id, closes_on=CLOSES, by=voice, today=TODAY)
    db.session.commit()
    assert felt_of(concern_id, today=TODAY).code == db.session.get_one(FeltCheckRow, check_id).code
    raise_hands(check_id, Counts(26, 14), by=voice)
    close(check_id)
    felt = felt_of(concern_id, today=AFTER)
    assert (felt.code, felt.verdict, felt.told.better.percent, felt.told.public) == ("", "felt", 63, True)


def test_a_poster_can_be_printed_in_each_language(visitor, voice):
    check_id = make_check(voice)
    sign_in(visitor, voice)
    page = f"/desk/felt/{check_id}/poster"
    code = only(FeltCheckRow).code
    assert f"/felt/{code}" in visitor.get(page).text
    assert 'dir="rtl"' in visitor.get(f"{page}?language=ar").text
    assert visitor.get(f"{page}?language=nonsense").status_code == 200


def test_who_asked_and_who_closed_stands_in_the_audit(visitor, voice):
    check_id = make_check(voice)
    raise_hands(check_id, Counts(24, 11), by=voice)
    sign_in(visitor, make_person(Role.PQA))
    visitor.fill_in(f"/desk/felt/{check_id}", f"/desk/felt/{check_id}/report")
    db.session.rollback()
    did = [line.did for line in db.session.scalars(select(AuditRow).order_by(AuditRow.id)) if "felt" in line.did]
    assert did == ["asked whether it is felt", "kept what a forum said of a felt-check", "closed a felt-check"]


def test_a_forum_on_a_day_before_asking_keeps_what_was_typed(visitor, voice):
    check_id = make_check(voice)
    sign_in(visitor, voice)
    typed = {"forum": "Youth forum", "met_on": "2026-11-01", "better": 8, "no_change": 1, "worse": 0, "dont_know": 1}
    page = visitor.fill_in(f"/desk/felt/{check_id}", f"/desk/felt/{check_id}/hands", **typed)
    assert page.status_code == 422
    assert 'value="Youth forum"' in page.text
    assert 'id="met_on-error"' in page.text


def test_the_question_says_what_was_done_and_an_answered_concern_promises_no_more(visitor, voice):
    check_id = make_check(voice)
    check = db.session.get_one(FeltCheckRow, check_id)
    row = UpdateRow(
        concern_id=check.concern_id, state="published", published_on=TODAY, written_by=voice.id, written_on=TODAY,
        we_did="Fourteen lights stand there.", next_step="We ask you if it is better",
    )  # fmt: skip
    db.session.add(row)
    db.session.commit()
    assert "Fourteen lights stand there." in visitor.get(f"/felt/{check.code}").text
    page = "/you-said-we-did/the-path-is-dark"
    assert "We ask you if it is better" in visitor.get(page).text
    db.session.get_one(ConcernRow, check.concern_id).state = "felt"
    db.session.commit()
    assert "We ask you if it is better" not in visitor.get(page).text
