"""Hours: those that run on day and night, and those in which the office is open."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from banzheng_tui.guide.calendar import WorkCalendar
from banzheng_tui.guide.spans import as_date

Opening: TypeAlias = tuple[tuple[time, time], ...]
"""From when to when the office is open on a working day, in order."""
OPENING: Opening = ((time(9), time(12)), (time(13, 30), time(17, 30)))
_TICK = timedelta.resolution


@dataclass(frozen=True, slots=True)
class DueTime:
    """A moment that was counted out."""

    at: datetime
    provisional: bool
    """It counts on a year whose arrangement is not published: 待放假安排公布."""


def due_hours(_: WorkCalendar, start: datetime, hours: int) -> DueTime:
    """Hours that run on, nights and holidays included: no calendar can move them."""
    try:
        return DueTime(start + timedelta(hours=hours), provisional=False)
    except OverflowError:
        return DueTime(datetime.max, provisional=False)


def due_working_hours(
    calendar: WorkCalendar, start: datetime, hours: int, opening: Opening = OPENING
) -> DueTime:
    """Hours in which the office is open, from the start or the first opening after it."""
    days, day = calendar.working_days, start.date().toordinal()
    a_day = sum((_length(*hours) for hours in opening), timedelta())
    spent = _spent(start.time(), opening) if days.is_working(day) else timedelta()
    wanted = spent + timedelta(hours=hours)
    further = max((wanted - _TICK) // a_day, 0)
    end = as_date(days.nth[days.before[day] + further])
    at = _moment(end, wanted - further * a_day, opening)
    moment = max(at, start) if not hours else at
    return DueTime(moment, calendar.touches_unpublished(start.date(), end))


def _length(opens: time, closes: time) -> timedelta:
    return datetime.combine(date.min, closes) - datetime.combine(date.min, opens)


def _spent(now: time, opening: Opening) -> timedelta:
    """How much of the day's opening hours is over."""
    return sum((_length(a, min(b, now)) for a, b in opening if a < now), timedelta())


def _moment(day: date, spent: timedelta, opening: Opening) -> datetime:
    """When so much of the day's opening hours is over."""
    for opens, closes in opening:
        if spent <= _length(opens, closes):
            return datetime.combine(day, opens) + spent
        spent -= _length(opens, closes)
    return datetime.combine(day, opening[-1][1])
