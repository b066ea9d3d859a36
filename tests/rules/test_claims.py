"""By when a claim is answered, and how it may end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.claims.rules.claims import (
    ENDS,
    ENDS_OF,
    KINDS,
    Claim,
    Kind,
    answered_by,
    check_may_close,
    check_received,
)
from engage.shared.errors import NotOpen, NotValid

DAY = date(2026, 3, 10)


def claim(kind, **more):
    return Claim(
        1, kind, DAY, answered_by(kind, DAY), **{"acknowledged_on": None, "closed_on": None, "outcome": None, **more}
    )


@pytest.mark.parametrize(
    ("received", "answered"),
    [
        (date(2026, 3, 10), date(2026, 4, 10)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_claim_is_answered_within_a_month_to_the_day(received, answered):
    assert answered_by(Kind.ACCESS, received) == answered


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from([Kind.ACCESS, Kind.ERASURE]))
def test_a_month_is_never_shorter_than_28_days_nor_longer_than_31(received, kind):
    assert 28 <= (answered_by(kind, received) - received).days <= 31


def test_a_complaint_is_acknowledged_within_thirty_days_and_only_then_answered():
    fresh = claim(Kind.COMPLAINT)
    assert (fresh.next_day - DAY).days == 30
    assert fresh.is_late(date(2026, 4, 10))
    with pytest.raises(NotOpen, match="Tell them first"):
        check_may_close(fresh, "upheld")
    told = claim(Kind.COMPLAINT, acknowledged_on=DAY)
    assert not told.is_late(date(2026, 4, 10))
    check_may_close(told, "upheld")


def test_a_closed_claim_is_never_late_and_never_closed_again():
    closed = claim(Kind.ACCESS, closed_on=DAY, outcome="given")
    assert not closed.is_late(date(2030, 1, 1))
    with pytest.raises(NotOpen):
        check_may_close(closed, "given")


def test_every_kind_has_words_and_ends_that_have_words():
    assert set(KINDS) == set(ENDS_OF) == set(Kind)
    assert {end for ends in ENDS_OF.values() for end in ends} == set(ENDS)
    with pytest.raises(NotValid):
        check_may_close(claim(Kind.ACCESS), "upheld")


@pytest.mark.parametrize("received", [date(2026, 3, 11), date(2025, 1, 1)])
def test_a_day_that_has_not_come_or_is_long_gone_is_refused(received):
    with pytest.raises(NotValid):
        check_received(received, DAY)
    check_received(DAY, DAY)
