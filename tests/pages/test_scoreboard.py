"""The loop is measured the same everywhere: a hand-worked fixture, and every rule of who and what is counted."""

import secrets
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.analysis.models import ThemeRow
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.shared.clock import bare
from engage.youwesaid.models import (
    ActionRow,
    ConcernHistoryRow,
    ConcernRow,
    ConcernThemeRow,
    FeltCheckRow,
    NotedThemeRow,
)
from engage.youwesaid.queries.loop import scoreboard
from engage.youwesaid.rules.loop import Scoreboard, said_minutes
from tests.ended import make_ended, say
from tests.people import make_agency, make_person

SAID = date(2026, 1, 1)
ANSWERED = [10, 20, 30, 40, 50, 52, 56, 56, 60, 70, 80, 90, 100, 110]  # product.md


def day(number: int) -> date:
    return SAID + timedelta(days=number)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-05-01T10:00:00+00:00", tick=False):
        yield


def make_concern(*lines: tuple[int, str], said: int = 0, promised: int = 60, **more: object) -> int:
    """Make a concern whose public history is these (day, state) lines; the last one is its state."""
    number = db.session.query(ConcernRow).count()
    row = ConcernRow(
        slug=f"concern-{number}", title=f"Concern {number}", you_said="You said", topic="travel",
        state=lines[-1][1] if lines else "proposed", said_on=day(said), promised_on=day(promised),
        reason="Not our land", decided_by="Forum", look_again_on=day(900), **more,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    told = [ConcernHistoryRow(concern_id=row.id, on=day(on), state=state, words="", public=True) for on, state in lines]
    db.session.add_all(told)
    db.session.commit()
    return row.id


def make_action(concern_id: int, state: str, verified: int | None = None, *, due: date | None = None) -> None:
    agency = make_agency(f"Agency {db.session.query(ActionRow).count()}")
    on = None if verified is None else day(verified)
    db.session.add(
        ActionRow(
            concern_id=concern_id, agency_id=agency, what="Lights", state=state, evidence="Seen", reason="No money",
            verified_on=on, due_on=due,
        )
    )  # fmt: skip
    db.session.commit()


def make_check(concern_id: int, verdict: str, reported: int) -> None:
    by = make_person(Role.VOICE).id
    db.session.add(
        FeltCheckRow(
            concern_id=concern_id, code=f"{concern_id}-{reported}", opened_on=day(0), opened_by=by,
            closes_on=day(reported), verdict=verdict, reported_on=day(reported), better=0, base=0,
        )
    )  # fmt: skip
    db.session.commit()


def test_counting_the_open_ones_gives_ninety_days_to_an_answer(database):
    for days in ANSWERED:
        make_concern((1, "heard"), (days, "doing"))
    for _ in range(10):
        make_concern((1, "heard"))
    found = scoreboard(on=day(120))
    assert (found.to_answer.naive_median, found.to_answer.median) == (56, 90)
    assert (found.concerns, found.answered, len(found.open), found.longest_open) == (24, 14, 10, 120)
    assert (found.kept.count, found.kept.base, found.kept.percent) == (9, 24, 38)
    assert found == scoreboard(on=day(120))
    assert Scoreboard.from_json(found.to_json()) == found


def test_answered_is_the_first_doing_done_or_cannot_and_not_looking(database):
    make_concern((1, "heard"), (5, "looking"), (30, "cannot"), (40, "reopened"), (44, "doing"))
    found = scoreboard(on=day(60))
    assert found.to_answer.median == 30
    assert (found.cannot.count, found.cannot.base) == (0, 1)  # the last answer counts: we are doing something
    assert (scoreboard(on=day(35)).cannot.count, scoreboard(on=day(20)).answered) == (1, 0)


def test_the_first_promise_counts_and_not_the_one_that_moved(database):
    concern_id = make_concern((1, "heard"), (70, "doing"), promised=60)
    db.session.get_one(ConcernRow, concern_id).promised_on = day(90)
    db.session.commit()
    assert scoreboard(on=day(100)).kept.count == 0


def test_did_is_the_slowest_action_and_waits_for_every_one(database):
    done = make_concern((1, "heard"), (5, "doing"), (50, "done"))
    make_action(done, "done_verified", 20)
    make_action(done, "done_verified", 50)
    make_action(done, "not_done")
    going = make_concern((1, "heard"), (5, "doing"))
    make_action(going, "done_verified", 10)
    make_action(going, "in_progress")
    found = scoreboard(on=day(60))
    assert (found.to_do.happened, found.to_do.median, found.to_do.still_open) == (1, 50, 1)
    assert scoreboard(on=day(40)).to_do.happened == 0


def test_felt_is_what_the_last_check_said_and_a_failed_one_stays_in_the_base(database):
    felt, failed, asked = (make_concern((1, "heard"), (5, "doing"), (20, "done")) for _ in range(3))
    for one in (felt, failed, asked):
        make_action(one, "done_verified", 20)
    make_check(felt, "not felt", 80)
    make_check(felt, "felt", 100)
    make_check(failed, "not felt", 90)
    make_action(failed, "in_progress")  # worked on again: not done now, and still one that failed
    make_check(asked, "too few", 90)
    found = scoreboard(on=day(110)).felt
    assert (found.count, found.base) == (1, 3)
    assert scoreboard(on=day(99)).felt.count == 0


def test_what_is_not_public_is_not_counted(database):
    make_concern()
    about = make_agency("Police")
    make_concern((1, "heard"), about_agency_id=about)
    assert scoreboard(on=day(90)).concerns == 0
    make_concern((1, "heard"), about_agency_id=about, released=True)
    found = scoreboard(on=day(90))
    assert (found.concerns, found.longest.days, len(found.late)) == (1, 90, 1)
    assert (scoreboard(on=day(0)).concerns, scoreboard(on=day(90), since=day(1)).concerns) == (0, 0)


def test_with_nothing_said_yet_nothing_is_claimed(database):
    found = scoreboard(on=day(0))
    assert found.concerns == found.answered == 0
    assert found.kept is found.to_answer is found.to_do is found.cannot is found.felt is found.themes is None
    assert found.longest is found.longest_open is found.unread_days is found.alerts_read_in is found.not_heard is None


def test_themes_are_answered_or_noted_because(database):
    old, answered, noted, left, away = (
        ThemeRow(name=name, state=state)
        for name, state in zip("abcde", ["retired", *["selected"] * 3, "retired"], strict=True)
    )
    db.session.add_all([old, answered, noted, left, away])
    db.session.flush()
    old.merged_into = answered.id
    by, said = make_person(Role.VOICE).id, make_concern((1, "heard"), (9, "doing"))
    waiting = make_concern((1, "heard"))
    db.session.add_all(
        ConcernThemeRow(concern_id=one, theme_id=theme.id) for one, theme in [(said, old), (waiting, left)]
    )
    db.session.add_all(
        NotedThemeRow(theme_id=theme.id, because="It is done elsewhere", on=day(5), by=by) for theme in (noted, away)
    )
    db.session.commit()
    assert (scoreboard(on=day(90)).themes.count, scoreboard(on=day(90)).themes.base) == (2, 3)
    assert scoreboard(on=day(90), since=day(50)).themes.count == 2


def test_the_oldest_unread_answer_is_one_of_a_wave_and_was_unread_that_day(database):
    assert scoreboard(on=day(120)).unread_since is None
    wave, reader = make_ended(days_ago=20), make_person(Role.VOICE).id
    say(wave, "the bus is late", read=(reader, day(115)))
    assert (scoreboard(on=day(114)).unread_days, scoreboard(on=day(115)).unread_days) == (14, None)
    say(wave, "the park is dark")
    assert scoreboard(on=day(120)).unread_days == 20


def raise_alerts(number: int, *, minutes: int | None) -> None:
    at = bare(datetime(2026, 2, 1, 10, tzinfo=UTC))
    read = None if minutes is None else at + timedelta(minutes=minutes)
    db.session.add_all(
        AlertRow(
            state="raised" if read is None else "acknowledged", heard_from=secrets.token_bytes(32), place="Survey",
            kind="hurt", score=0.9, words="words", raised_at=at, words_at=at, acknowledged_at=read,
        )
        for _ in range(number)
    )  # fmt: skip
    db.session.commit()


def test_time_to_read_alerts_needs_enough_of_them_and_is_rounded_up(database):
    raise_alerts(19, minutes=32)
    assert scoreboard(on=day(90)).alerts_read_in is None
    raise_alerts(1, minutes=32)
    assert scoreboard(on=day(90)).alerts_read_in == scoreboard(on=date(2026, 2, 1)).alerts_read_in == 35
    assert scoreboard(on=day(90), since=day(60)).alerts_read_in is None
    raise_alerts(2, minutes=None)  # nobody has read these: they wait on
    assert scoreboard(on=date(2026, 2, 2)).alerts_read_in == (14 + 24) * 60


def test_a_time_to_read_is_never_said_shorter_than_it_was():
    assert (said_minutes(61.0, alerts=20), said_minutes(0.0, alerts=20)) == (65, 5)
    assert said_minutes(None, alerts=0) is None


def test_an_answer_before_it_was_said_took_no_time(database):
    make_concern((1, "heard"), (2, "doing"), said=30)
    assert scoreboard(on=day(60)).to_answer.median == 0


def test_the_scoreboard_costs_a_fixed_number_of_statements(database, statements):
    make_concern((1, "heard"), (5, "doing"))
    statements.clear()
    scoreboard(on=day(90))
    first = len(statements)
    for _ in range(5):
        make_action(make_concern((1, "heard"), (5, "doing"), (20, "done")), "done_verified", 20)
    statements.clear()
    scoreboard(on=day(90))
    assert len(statements) == first <= 12
