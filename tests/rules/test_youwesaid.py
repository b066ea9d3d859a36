from datetime import date, timedelta

import pytest

from engage.accounts.rules import Role
from engage.shared.errors import NotAllowed, NotOpen, NotValid
from engage.youwesaid.rules import concerns as rules
from engage.youwesaid.rules.states import ACTION, CONCERN, SENT_BACK_FOR, UPDATE

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize("state", sorted(rules.OPEN))
def test_a_promise_that_has_passed_makes_an_open_concern_late(state):
    assert rules.shown_state(state, TODAY - timedelta(days=1), today=TODAY) == "late"
    assert rules.shown_state(state, TODAY, today=TODAY) == state


@pytest.mark.parametrize("state", ["proposed", "done", "felt", "cannot"])
def test_what_is_finished_or_not_public_is_never_late(state):
    assert rules.shown_state(state, date(2020, 1, 1), today=TODAY) == state


def test_nobody_promises_a_day_that_has_gone():
    rules.check_promise(TODAY, today=TODAY)
    with pytest.raises(NotValid):
        rules.check_promise(TODAY - timedelta(days=1), today=TODAY)
    with pytest.raises(NotValid):
        rules.check_promise(None, today=TODAY)


def test_nobody_approves_what_they_wrote():
    rules.check_another(1, 2)
    with pytest.raises(NotAllowed):
        rules.check_another(1, 1)


def test_nobody_verifies_what_their_agency_owns():
    rules.check_verifier(1, {2})
    rules.check_verifier(1, ())
    with pytest.raises(NotAllowed):
        rules.check_verifier(1, {2, 1})


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [(date(2026, 11, 23), 5, date(2026, 11, 30)), (date(2026, 11, 27), 1, date(2026, 11, 30)), (TODAY, 0, TODAY)],
)
def test_working_days_leave_weekends_out(start, days, end):
    assert rules.working_days_after(start, days) == end


def test_ambassadors_have_five_working_days_to_answer():
    checked = date(2026, 11, 16)
    assert rules.may_publish_unchecked(checked, ambassadors=2, today=date(2026, 11, 23))
    assert not rules.may_publish_unchecked(checked, ambassadors=2, today=date(2026, 11, 20))
    assert rules.may_publish_unchecked(checked, ambassadors=0, today=checked)
    assert not rules.may_publish_unchecked(None, ambassadors=0, today=TODAY)


@pytest.mark.parametrize(("better", "base", "verdict"), [(19, 19, "too few"), (11, 20, "felt"), (10, 20, "not felt")])
def test_only_enough_young_people_say_that_it_is_better(better, base, verdict):
    assert rules.felt_verdict(better, base) == verdict


def test_addresses_are_plain_and_never_taken_twice():
    assert rules.slug_of("The path behind the station is too dark") == "the-path-behind-the-station-is-too-dark"
    assert rules.slug_of("Ścieżka!", frozenset({"sciezka"})) == "sciezka-2"
    assert rules.slug_of("🙂") == "concern"
    taken = frozenset({"a", "a-2", "a-3"})
    assert rules.slug_of("A", taken) == "a-4"


@pytest.mark.parametrize("table", [CONCERN, ACTION, UPDATE], ids=lambda table: table.entity)
def test_every_state_can_be_reached_and_every_move_leads_somewhere_known(table):
    reached = {table.first}
    for _ in table.names:
        reached |= {move.to for move in table.moves if set(move.froms) & reached}
    assert reached == set(table.names)
    for move in table.moves:
        assert set(move.froms) <= set(table.names)
        assert move.to in table.names


def test_only_young_people_say_that_it_is_felt():
    with pytest.raises(NotAllowed):
        CONCERN.move("feel", state="done", roles=set(Role))
    assert CONCERN.move("feel", state="done", roles={"young people"}) == "felt"


def test_a_move_from_the_wrong_state_is_told_apart_from_the_wrong_role():
    with pytest.raises(NotOpen):
        CONCERN.move("hear", state="heard", roles={Role.PQA})
    with pytest.raises(NotAllowed):
        CONCERN.move("hear", state="proposed", roles={Role.VOICE})


def test_there_are_five_reasons_to_send_words_back():
    assert len(SENT_BACK_FOR) == 5
