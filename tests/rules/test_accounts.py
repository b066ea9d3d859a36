"""Roles end, administrators see no content, nobody changes their own roles, sign-ins go stale."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engage.accounts.rules import (
    AT_MOST,
    IDLE,
    ROLE_NAMES,
    Grant,
    Person,
    Role,
    check_agency_needed,
    check_dates,
    check_not_oneself,
    check_roles_together,
    still_signed_in,
)
from engage.shared.errors import NotAllowed, NotValid

TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_every_role_has_a_name():
    assert set(ROLE_NAMES) == set(Role)


def test_a_person_shows_their_roles_in_the_order_of_the_table():
    person = Person(1, "Ana", "ana@example.org", frozenset({Role.AMBASSADOR, Role.VOICE}))
    assert person.role_names == ["Voice-of-the-child team", "Youth ambassador"]


def test_a_role_counts_on_its_first_and_its_last_day_and_not_outside():
    grant = Grant(1, 1, Role.PQA, TODAY, TODAY + timedelta(days=2))
    days = [grant.holds(TODAY + timedelta(days=n)) for n in (-1, 0, 2, 3)]
    assert days == [False, True, True, False]
    assert grant.name == "Performance and Quality Assurance"


def test_a_role_may_not_end_before_it_starts():
    with pytest.raises(NotValid, match="still to come"):
        check_dates(TODAY, TODAY - timedelta(days=1))


def test_a_role_may_not_go_on_for_ever():
    check_dates(TODAY, TODAY + timedelta(days=730))
    with pytest.raises(NotValid, match="every role ends"):
        check_dates(TODAY, TODAY + timedelta(days=3000))


def test_an_agency_role_needs_its_agency():
    check_agency_needed(Role.AGENCY, 7)
    check_agency_needed(Role.VOICE, None)
    with pytest.raises(NotValid, match="agency first"):
        check_agency_needed(Role.AGENCY, None)


@pytest.mark.parametrize(("new", "held"), [(Role.ADMIN, [Role.VOICE]), (Role.SAFEGUARDING, [Role.ADMIN])])
def test_an_administrator_holds_no_other_role(new, held):
    with pytest.raises(NotValid, match="never sees content"):
        check_roles_together(new, held)


@pytest.mark.parametrize(("new", "held"), [(Role.ADMIN, []), (Role.ADMIN, [Role.ADMIN]), (Role.PQA, [Role.VOICE])])
def test_other_roles_go_together(new, held):
    check_roles_together(new, held)


def test_nobody_changes_their_own_roles():
    check_not_oneself(1, 2)
    check_not_oneself(1, None)
    with pytest.raises(NotAllowed, match="Another administrator"):
        check_not_oneself(1, 1)


def test_a_sign_in_ends_after_half_an_hour_without_a_click():
    assert still_signed_in(since=MORNING, seen=MORNING, now=MORNING + IDLE - timedelta(seconds=1))
    assert not still_signed_in(since=MORNING, seen=MORNING, now=MORNING + IDLE)


def test_a_sign_in_ends_after_a_long_day_however_busy():
    evening = MORNING + AT_MOST
    assert not still_signed_in(since=MORNING, seen=evening - timedelta(minutes=1), now=evening)
