"""The audit is a chain: whoever has the database, not the key, takes away, changes, moves or adds no line unseen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, insert, select, update

from engage.accounts import actions, chain
from engage.accounts.models import AuditRow, ChainRow
from engage.shared import db
from engage.shared.clock import bare, now, today
from engage.shared.keeping import AUDIT
from engage.worker import clock

LINES = 9
AFTER = timedelta(days=2)


@pytest.fixture
def lines(database):
    """Nine lines, three to a transaction."""
    for number in range(LINES):
        actions.note("did something invented", f"thing {number + 1}")
        if number % 3 == 2:
            db.session.commit()


def faults(noted=""):
    return chain.verify(noted=noted).faults


def do(statement):
    db.session.execute(statement)
    db.session.commit()


def change(place, **kept):
    do(update(AuditRow).where(AuditRow.place == place).values(**kept))


def forged(**kept):
    made = {"at": bare(now()), "did": "gave role", "about": "person 1: admin", "reason": "", **kept}
    do(insert(AuditRow.__table__).values(made))


def test_control_a_chain_that_nobody_touched_has_no_fault(lines):
    found = chain.verify()
    assert (found.lines, found.faults) == (LINES, ())


def test_an_audit_without_a_line_has_no_fault(database):
    assert chain.verify() == chain.Verdict(0, f"0:{'00' * 8}", ())


def test_a_line_that_was_taken_away_is_named(lines):
    do(delete(AuditRow).where(AuditRow.place == 4))
    assert faults() == ("line 4 is missing",)


def test_lines_taken_from_the_end_are_named(lines):
    do(delete(AuditRow).where(AuditRow.place >= 8))
    assert faults() == ("lines 8 to 9 are missing",)


def test_lines_taken_from_the_beginning_are_named(lines):
    do(delete(AuditRow).where(AuditRow.place <= 2))
    assert faults() == ("lines 1 to 2 are missing",)


@pytest.mark.parametrize("column", ["did", "about", "reason"])
def test_a_line_whose_words_were_changed_is_named(lines, column):
    change(5, **{column: "another thing"})
    assert [fault.partition(":")[0] for fault in faults()] == ["line 5 was changed, moved or put in"]


@pytest.mark.parametrize("kept", [{"person_id": 7}, {"at": bare(now() - timedelta(days=1))}])
def test_a_line_with_another_person_or_time_is_named(lines, kept):
    change(5, **kept)
    assert [fault.partition(":")[0] for fault in faults()] == ["line 5 was changed, moved or put in"]


def test_two_lines_that_changed_places_are_named(lines):
    for place, other in ((3, 100), (6, 3), (100, 6)):
        do(update(AuditRow).where(AuditRow.place == place).values(place=other))
    named = {fault.partition(" was")[0] for fault in faults()}
    assert {"line 3", "line 6"} <= named


def test_a_line_put_in_outside_the_chain_is_named(lines):
    forged()
    assert "put in from outside" in faults()[0]
    assert "gave role" in faults()[0]


def test_a_line_put_behind_the_end_is_named(lines):
    forged(place=LINES + 1, link=b"x" * 32)
    assert faults()[0].startswith(f"line {LINES + 1} was put in from outside")


def test_a_line_put_in_outside_stays_outside_when_others_write_on(lines):
    forged()
    actions.note("did something more", "thing")
    db.session.commit()
    assert len(faults()) == 1


def test_an_end_that_was_moved_is_noticed(lines):
    do(delete(AuditRow).where(AuditRow.place >= 8))
    link = db.session.scalar(select(AuditRow.link).where(AuditRow.place == 7))
    do(update(ChainRow).values(last=7, last_link=link))
    assert faults() == ("where the chain begins and ends was changed, or its key is another one",)


def test_a_whole_database_put_back_is_noticed_by_a_head_that_was_noted_elsewhere(lines):
    before = {name: db.session.scalar(select(getattr(ChainRow, name))) for name in ("last", "last_link", "seal")}
    actions.note("did what somebody wants to hide", "thing")
    db.session.commit()
    noted = chain.verify().head
    do(delete(AuditRow).where(AuditRow.place == LINES + 1))
    do(update(ChainRow).values(before))
    assert faults() == ()  # within the database nothing is wrong: that is why heads are noted elsewhere
    assert faults(noted) == (f"the chain ends at line {LINES}, before the one that was noted: {noted}",)


def test_a_head_that_was_noted_stays_good_while_others_write_on(lines):
    noted = chain.verify().head
    actions.note("did something more", "thing")
    db.session.commit()
    assert faults(noted) == ()
    assert faults("4:0000000000000000") == ("line 4 is not the one that was noted: 4:0000000000000000",)


def test_after_seven_years_the_chain_begins_later_and_holds(lines):
    with time_machine.travel(now() + AUDIT + AFTER, tick=False):
        clock.every_night(now(), today())
        found = chain.verify()
    assert (found.lines, found.faults) == (1, ())
    assert found.head.startswith(f"{LINES + 1}:")


def test_control_lines_that_somebody_forgot_by_hand_are_missed(lines):
    do(delete(AuditRow))
    assert faults() == (f"lines 1 to {LINES} are missing",)


def test_what_was_rolled_back_has_no_place(lines):
    actions.note("thought better of it", "thing")
    db.session.flush()
    db.session.rollback()
    actions.note("did something more", "thing")
    db.session.commit()
    found = chain.verify()
    assert (found.lines, found.faults) == (LINES + 1, ())


def test_many_who_write_at_once_make_one_chain(app, lines):
    def write(number):
        with app.app_context():
            for turn in range(5):
                actions.note("wrote at once", f"thing {number}.{turn}")
                db.session.commit()
            db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    found = chain.verify()
    assert (found.lines, found.faults) == (LINES + 40, ())
