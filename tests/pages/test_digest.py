"""The week's letter to agencies: how much is owed and nothing else, once a week, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from engage.accounts import actions as accounts
from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.shared import db, outbox
from engage.shared.clock import LONDON
from engage.shared.outbox import LetterRow
from engage.worker import clock as worker
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions.digest import WROTE, write_digests
from engage.youwesaid.rules.owed import is_due, owed_words, week_of
from tests.people import make_person
from tests.youwesaid import TODAY, make_action, make_concern, make_team

MONDAY = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def team(database):
    return make_team()


def letters() -> list[LetterRow]:
    return db.session.query(LetterRow).filter(LetterRow.once.like("owed:%")).order_by(LetterRow.once).all()


def test_each_person_of_an_agency_that_owes_something_gets_one_letter_without_a_word_of_it(team):
    concern_id = make_concern(team, "Hurt behind the shops")
    make_action(team, due=TODAY - timedelta(days=3), concern_id=concern_id)
    make_action(team, due=TODAY + timedelta(days=5), concern_id=concern_id)
    make_action(team, due=TODAY + timedelta(days=90), concern_id=concern_id)
    assert write_digests(MONDAY) == 2
    assert {one.to for one in letters()} == {team["council"].email, team["colleague"].email}
    for letter in letters():
        assert "1 action is late, 1 is due in the next two weeks." in (letter.body or "")
        assert "/desk/actions/" in (letter.body or "")
        for word in ("Hurt", "shops", "lights", "Council", "Person"):
            assert word not in f"{letter.subject} {letter.body}"


def test_it_is_written_once_a_week_whoever_looks_how_often(team, clock):
    make_action(team, agreed=False)
    for minutes in (0, 5, 60 * 24, 60 * 24 * 4):
        write_digests(MONDAY + timedelta(minutes=minutes))
        db.session.commit()
    assert len(letters()) == 2
    clock.move_to(MONDAY + timedelta(days=7))
    write_digests(MONDAY + timedelta(days=7))
    assert len(letters()) == 4


def test_a_second_worker_at_the_same_moment_writes_nothing_twice(team):
    make_action(team, agreed=False)
    write_digests(MONDAY)
    db.session.query(AuditRow).delete()  # as the second one sees it: nobody has written yet
    write_digests(MONDAY)
    assert db.session.query(AuditRow).one().did == WROTE, "the control: it did go through all of it"
    assert len(letters()) == 2


def test_who_owes_nothing_and_who_left_hears_nothing(team):
    action_id = make_action(team)
    actions.claim(action_id, evidence="Seen", by=team["council"], today=TODAY)
    db.session.commit()
    assert write_digests(MONDAY) == 0
    assert letters() == []


def test_what_is_hidden_from_a_reader_is_not_counted_for_them_until_it_is_released(team, clock):
    council, police = team["council"].agency_id, team["police"].agency_id
    lent = make_person(Role.PQA, agency_id=police)  # works for the police, acts for the council
    year = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=365)}
    accounts.grant_role(lent.id, role=Role.AGENCY, **year, agency_id=council)
    about_council = make_concern(team, "Stopped by a warden", about=council)
    about_police = make_concern(team, "Stopped by an officer", about=police)
    for concern_id in (about_council, about_police):
        make_action(team, agreed=False, concern_id=concern_id)
    assert write_digests(MONDAY) == 2
    assert {one.to for one in letters()} == {team["council"].email, team["colleague"].email}
    assert all("1 action is not agreed yet." in (one.body or "") for one in letters())
    for concern_id in (about_council, about_police):
        concerns.release(concern_id, by=team["lead"], today=TODAY)
    db.session.commit()
    clock.move_to(MONDAY + timedelta(days=7))
    assert write_digests(MONDAY + timedelta(days=7)) == 3
    assert sum("2 actions are not agreed yet." in (one.body or "") for one in letters()) == 3


def test_the_worker_writes_it_with_its_other_letters(team):
    make_action(team, agreed=False)
    worker.every_few_minutes(MONDAY, TODAY)
    assert len(letters()) == 2
    assert len(outbox.unsent()) >= 2


@pytest.mark.parametrize(
    ("at", "last", "due"),
    [
        ("2026-11-23 07:59", None, False),
        ("2026-11-23 08:00", None, True),
        ("2026-11-23 08:05", "2026-11-23 08:00", False),
        ("2026-11-25 12:00", "2026-11-16 08:00", True),
        ("2026-11-28 12:00", None, False),
        ("2026-11-29 23:00", "2026-11-16 08:00", False),
        ("2026-12-28 09:00", "2026-12-21 08:00", True),
    ],
)
def test_monday_at_eight_begins_a_week_and_a_missed_one_is_made_up_for_until_friday(at, last, due):
    when = [datetime.fromisoformat(one).replace(tzinfo=LONDON) if one else None for one in (at, last)]
    assert is_due(when[0], when[1]) == due


def test_the_counts_read_like_a_sentence():
    assert owed_words(late=0, sent_back=0, asked=0, due=0) == ""
    assert owed_words(late=1, sent_back=0, asked=0, due=2) == "1 action is late, 2 are due in the next two weeks"
    assert owed_words(late=0, sent_back=2, asked=1, due=0) == "2 actions are sent back, 1 is not agreed yet"
    assert week_of(datetime(2027, 1, 1, tzinfo=UTC)) == "2026-53"
