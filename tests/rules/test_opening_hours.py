"""Who can help now: by the hour, the day and England's bank holidays."""

from datetime import date, datetime, time

import pytest

from engage.safeguarding.rules.opening_hours import Hours, easter, is_bank_holiday
from engage.safeguarding.rules.signposts import CEOP, CHILDLINE, EVENING, GROUPS, MASH, RUNAWAY, now_first
from engage.shared.clock import LONDON

# gov.uk/bank-holidays, England and Wales
BANK_HOLIDAYS = {
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2028: ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"],
}


def at(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour, minute), LONDON)


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_the_days_england_does_not_work_are_the_published_ones(year):
    weekdays = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    found = [f"{day:%m-%d}" for day in weekdays if day.weekday() < 5 and is_bank_holiday(day)]
    assert found == BANK_HOLIDAYS[year]


@pytest.mark.parametrize(("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2038, 4, 25), (2285, 3, 22)])
def test_easter_falls_where_it_falls(year, month, day):
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_open"),
    [
        ("2026-11-23", 9, 0, True),  # a Monday
        ("2026-11-23", 8, 59, False),
        ("2026-11-23", 17, 14, True),
        ("2026-11-23", 17, 15, False),
        ("2026-11-27", 17, 0, False),  # a Friday
        ("2026-11-28", 12, 0, False),
        ("2026-12-25", 12, 0, False),
        ("2026-12-28", 12, 0, False),  # in place of Boxing Day
    ],
)
def test_mash_is_open_in_its_hours_on_days_that_england_works(day, hour, minute, is_open):
    assert MASH.is_open(at(day, hour, minute)) is is_open


def test_others_are_there_on_holidays_too_and_some_nobody_knows_to_the_hour():
    christmas = at("2026-12-25", 12)
    assert CHILDLINE.is_open(christmas)
    assert RUNAWAY.is_open(christmas)
    assert RUNAWAY.is_open(at("2026-12-25", 23)) is False
    assert CEOP.is_open(christmas) is None


def test_who_is_not_there_comes_last_and_nobody_is_left_out():
    home = next(lines for _, lines in GROUPS if MASH in lines)
    assert [line for line, _ in now_first(home, at("2026-11-23", 12))] == [MASH, EVENING]
    assert [line for line, _ in now_first(home, at("2026-11-23", 23))] == [EVENING, MASH]


def test_every_group_has_somebody_at_three_in_the_night_or_says_nobody_is_there():
    night = at("2026-11-24", 3)
    shut = {line.name for _, lines in GROUPS for line, is_open in now_first(lines, night) if is_open is False}
    assert shut == {MASH.name, RUNAWAY.name}


def test_hours_hold_on_their_weekdays_only():
    assert Hours(range(1), time(9), time(10)).hold(at("2026-11-23", 9))
    assert not Hours(range(1), time(9), time(10)).hold(at("2026-11-24", 9))
