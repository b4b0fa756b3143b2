"""Counting time: the vectors of the standards, and what holds for every day and every unit."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzheng_tui.guide.calendar import (
    Arrangement,
    Due,
    WorkCalendar,
    before,
    due,
    start_on_working_day,
)
from banzheng_tui.guide.clock import DueTime, due_hours, due_working_hours
from banzheng_tui.guide.spans import span
from banzheng_tui.procedure.values import Duration


def days(text: str, year: int = 2026) -> frozenset[date]:
    """「2/15-23 4/4」."""
    found: set[date] = set()
    for part in text.split():
        month, span = part.split("/")
        first, _, last = span.partition("-")
        found |= {date(year, int(month), day) for day in range(int(first), int(last or first) + 1)}
    return frozenset(found)


YEAR_2026 = Arrangement(
    2026,
    "2026 年放假通知",
    days("1/1-3 2/15-23 4/4-6 5/1-5 6/19-21 9/25-27 10/1-7"),
    days("1/4 2/14 2/28 5/9 9/20 10/10"),
)
CALENDAR = WorkCalendar((YEAR_2026,))

UNITS = ("工作日", "日", "个月", "年", "小时", "工作小时")
some_days = st.dates(date(2025, 6, 1), date(2027, 6, 1))
durations = st.builds(Duration, st.integers(1, 40), st.sampled_from(UNITS))
moments = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1))


def working(start: date, amount: int) -> Due:
    return due(CALENDAR, start, Duration(amount, "工作日"))


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("02-12", 1, "02-13"),
        ("02-13", 1, "02-14"),
        ("02-13", 2, "02-24"),
        ("02-13", 5, "02-27"),
        ("02-27", 1, "02-28"),
        ("04-03", 1, "04-07"),
        ("04-30", 1, "05-06"),
        ("04-30", 5, "05-11"),
        ("05-08", 1, "05-09"),
        ("06-18", 3, "06-24"),
        ("09-18", 1, "09-20"),
        ("09-24", 1, "09-28"),
        ("09-24", 5, "10-09"),
        ("09-30", 1, "10-08"),
        ("09-30", 5, "10-13"),
        ("09-30", 15, "10-27"),
        ("10-09", 1, "10-10"),
    ],
)
def test_working_days_by_the_arrangement(start: str, amount: int, end: str) -> None:
    assert working(day(start), amount) == Due(day(end), provisional=False)


def test_a_year_without_arrangement_counts_monday_to_friday_and_says_so() -> None:
    assert working(day("12-31"), 1) == Due(date(2027, 1, 1), provisional=True)
    assert working(date(2027, 1, 1), 1) == Due(date(2027, 1, 4), provisional=True)


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("02-08", Duration(7, "日"), "02-24"),
        ("09-20", Duration(7, "日"), "09-28"),
        ("09-25", Duration(7, "日"), "10-08"),
        ("11-16", Duration(7, "日"), "11-23"),
        ("03-05", Duration(1, "个月"), "04-07"),  # 04-05 is in a holiday
        ("01-31", Duration(1, "个月"), "02-28"),  # the last of the month, a worked Saturday
        ("03-16", Duration(2, "个月"), "05-18"),
    ],
)
def test_natural_time_that_ends_on_a_day_off_moves_on(
    start: str, duration: Duration, end: str
) -> None:
    assert due(CALENDAR, day(start), duration) == Due(day(end), provisional=False)


def test_years_end_on_the_corresponding_day() -> None:
    leap_day = due(CALENDAR, date(2024, 2, 29), Duration(2, "年"))
    assert leap_day == Due(day("02-28"), provisional=False)  # what lies between does not count
    assert due(CALENDAR, day("05-06"), Duration(1, "年")) == Due(date(2027, 5, 6), True)


def test_at_once_is_the_same_day_and_an_office_opens_on_the_next_working_day() -> None:
    assert due(CALENDAR, day("10-01"), Duration(0, "当场")) == Due(day("10-01"), False)
    assert start_on_working_day(CALENDAR, day("10-01")) == Due(day("10-08"), False)
    assert start_on_working_day(CALENDAR, day("10-08")) == Due(day("10-08"), False)
    assert start_on_working_day(CALENDAR, date(2027, 1, 2)) == Due(date(2027, 1, 4), True)


@pytest.mark.parametrize(
    ("end", "duration", "start"),
    [
        ("10-13", Duration(5, "工作日"), "09-30"),
        ("10-05", Duration(1, "工作日"), "09-30"),
        ("11-23", Duration(15, "工作日"), "11-02"),
        ("10-08", Duration(7, "日"), "10-01"),
        ("03-31", Duration(1, "个月"), "02-28"),
        ("10-12", Duration(30, "小时"), "10-10"),
        ("10-12", Duration(8, "工作小时"), "10-09"),
    ],
)
def test_backwards_from_an_expiry(end: str, duration: Duration, start: str) -> None:
    assert before(CALENDAR, day(end), duration) == Due(day(start), provisional=False)


def test_backwards_into_a_year_without_arrangement_is_provisional() -> None:
    assert before(CALENDAR, day("01-05"), Duration(1, "工作日")) == Due(day("01-04"), False)
    assert before(CALENDAR, day("01-05"), Duration(2, "工作日")).provisional


def test_absurd_times_end_with_the_calendar() -> None:
    for unit in UNITS:
        assert due(CALENDAR, day("01-05"), Duration(999_999, unit)).day <= date.max
        assert before(CALENDAR, day("01-05"), Duration(999_999, unit)).day >= date.min
    assert due(CALENDAR, day("01-05"), Duration(999_999, "年")).day == date.max
    assert before(CALENDAR, day("01-05"), Duration(999_999, "年")).day == date.min


# -- hours


FRIDAY = datetime(2026, 11, 20, 17, 30)


def test_hours_run_on() -> None:
    assert due_hours(CALENDAR, FRIDAY, 2) == DueTime(datetime(2026, 11, 20, 19, 30), False)
    assert due_hours(CALENDAR, FRIDAY, 48).at == datetime(2026, 11, 22, 17, 30)
    assert due_hours(CALENDAR, FRIDAY, 10**9).at == datetime.max


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (FRIDAY, 4, datetime(2026, 11, 23, 14, 30)),
        (datetime(2026, 11, 20, 9), 3, datetime(2026, 11, 20, 12)),
        (datetime(2026, 11, 20, 12, 15), 1, datetime(2026, 11, 20, 14, 30)),
        (datetime(2026, 11, 20, 7), 7, datetime(2026, 11, 20, 17, 30)),
        (datetime(2026, 11, 21, 10), 8, datetime(2026, 11, 24, 10)),
        (datetime(2026, 9, 30, 16, 30), 2, datetime(2026, 10, 8, 10)),
    ],
)
def test_working_hours_stop_with_the_office(start: datetime, hours: int, end: datetime) -> None:
    assert due_working_hours(CALENDAR, start, hours) == DueTime(end, provisional=False)


def test_other_opening_hours() -> None:
    mornings = ((time(8), time(10)),)
    found = due_working_hours(CALENDAR, datetime(2026, 11, 20, 9), 4, mornings)
    assert found.at == datetime(2026, 11, 24, 9)


def test_working_hours_into_a_year_without_arrangement_are_provisional() -> None:
    assert due_working_hours(CALENDAR, datetime(2026, 12, 31, 17), 1).provisional


# -- the calendar itself


def test_a_year_says_where_it_comes_from() -> None:
    assert CALENDAR.source(2026) == "2026 年放假通知"
    assert CALENDAR.source(2027) is None
    assert CALENDAR.unpublished_from(day("03-01")) == date(2027, 1, 1)
    assert CALENDAR.unpublished_from(date(2025, 3, 1)) == date(2025, 3, 1)


def test_another_arrangement_stands_in_for_the_whole_year() -> None:
    other = Arrangement(2026, "市里的", days("3/2"), frozenset())
    calendar = CALENDAR.with_arrangements([other])
    assert not calendar.is_working(day("03-02"))
    assert calendar.is_working(day("10-01"))
    assert not calendar.is_working(day("10-10"))
    assert calendar.source(2026) == "市里的"


# -- what always holds


@given(some_days)
def test_offices_work_as_the_arrangement_says(when: date) -> None:
    usual = when.weekday() < 5 and when not in YEAR_2026.days_off
    assert CALENDAR.is_working(when) == (usual or when in YEAR_2026.workdays)


@given(some_days, st.integers(1, 300))
def test_working_days_are_those_that_one_counts(start: date, amount: int) -> None:
    end, left = start, amount
    while left:
        end += timedelta(1)
        left -= CALENDAR.is_working(end)
    assert working(start, amount).day == end


@given(some_days, st.integers(1, 300))
def test_working_days_counted_back_are_those_that_one_counts(end: date, amount: int) -> None:
    start, left = end, amount
    while left:
        start -= timedelta(1)
        left -= CALENDAR.is_working(start)
    assert before(CALENDAR, end, Duration(amount, "工作日")).day == start


@given(some_days, some_days, durations)
def test_who_starts_later_never_ends_earlier(one: date, other: date, duration: Duration) -> None:
    first, second = sorted((one, other))
    assert due(CALENDAR, first, duration).day <= due(CALENDAR, second, duration).day
    assert before(CALENDAR, first, duration).day <= before(CALENDAR, second, duration).day


@given(some_days, durations, st.integers(0, 40))
def test_more_time_never_ends_earlier(start: date, duration: Duration, more: int) -> None:
    longer = Duration(duration.amount + more, duration.unit)
    assert due(CALENDAR, start, duration).day <= due(CALENDAR, start, longer).day
    assert before(CALENDAR, start, longer).day <= before(CALENDAR, start, duration).day <= start


@given(some_days, durations, st.booleans())
def test_the_latest_start_ends_in_time_and_the_day_after_it_does_not(
    end: date, duration: Duration, own: bool
) -> None:
    counted, day = span(duration, own=own), end.toordinal()
    days = CALENDAR.working_days
    latest = counted.latest(days, counted.amount, day)
    assert counted.end(days, counted.amount, latest) <= day
    assert counted.end(days, counted.amount, latest + 1) > day


@given(some_days, durations)
def test_what_is_not_provisional_touches_no_unpublished_year(
    start: date, duration: Duration
) -> None:
    found = due(CALENDAR, start, duration)
    if not found.provisional and duration.unit != "小时":
        assert found.day.year == 2026


@given(some_days, st.integers(1, 40), st.sampled_from(["小时", "工作小时"]))
def test_without_a_moment_hours_count_from_the_opening(start: date, hours: int, unit: str) -> None:
    clock = due_hours if unit == "小时" else due_working_hours
    opens = datetime.combine(start, time(9))
    assert (
        due(CALENDAR, start, Duration(hours, unit)).day == clock(CALENDAR, opens, hours).at.date()
    )


@given(moments, moments, st.integers(0, 60), st.integers(0, 60))
def test_working_hours_are_monotone(one: datetime, other: datetime, few: int, more: int) -> None:
    first, second = sorted((one, other))
    early = due_working_hours(CALENDAR, first, few).at
    assert early >= first
    assert early <= due_working_hours(CALENDAR, second, few).at
    assert early <= due_working_hours(CALENDAR, first, few + more).at
