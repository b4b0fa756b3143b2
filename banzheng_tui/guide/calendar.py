"""Which days offices work, and when a time ends that is counted in the unit the law gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from banzheng_tui.guide.spans import as_date, span
from banzheng_tui.guide.working_days import WorkingDays
from banzheng_tui.procedure.values import Duration

PROVISIONAL = "待放假安排公布"
"""Said beside every day that counts on a year whose arrangement is not published."""
_BY_ARRANGEMENT = ("工作日", "工作小时")
_RUNNING = "小时"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The State Council's arrangement for one year; days before it may be named, too."""

    year: int
    source: str
    days_off: frozenset[date]
    workdays: frozenset[date]
    """Weekends that are worked to make up for days off."""


@dataclass(frozen=True)
class WorkCalendar:
    """Working days: by the arrangement in published years, Monday to Friday in all others."""

    arrangements: tuple[Arrangement, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether offices are open that day."""
        return self.working_days.is_working(day.toordinal())

    def is_published(self, year: int) -> bool:
        """Whether the arrangement of that year is known."""
        return year in self._sources

    def source(self, year: int) -> str | None:
        """Where the arrangement of that year comes from; None while there is none."""
        return self._sources.get(year)

    def with_arrangements(self, arrangements: Iterable[Arrangement]) -> "WorkCalendar":
        """The calendar with these in place of its own for their years, the last one of a year."""
        found = {item.year: item for item in (*self.arrangements, *arrangements)}
        return WorkCalendar(tuple(found[year] for year in sorted(found)))

    def unpublished_from(self, day: date) -> date | None:
        """The first day from this one on whose year is not published."""
        if not self.is_published(day.year):
            return day
        year = day.year
        while self.is_published(year):
            year += 1
        return date(year, 1, 1) if year <= date.max.year else None

    def touches_unpublished(self, first: date, last: date) -> bool:
        """Whether a year from the first day's to the last day's is not published."""
        return any(not self.is_published(year) for year in range(first.year, last.year + 1))

    @cached_property
    def working_days(self) -> WorkingDays:
        """The working days numbered."""
        off = [day for item in self.arrangements for day in item.days_off]
        return WorkingDays(off, [day for item in self.arrangements for day in item.workdays])

    @cached_property
    def _sources(self) -> dict[int, str]:
        return {item.year: item.source for item in self.arrangements}


@dataclass(frozen=True, slots=True)
class Due:
    """A day that was counted out."""

    day: date
    provisional: bool
    """It counts on a year whose arrangement is not published: 待放假安排公布."""


def start_on_working_day(calendar: WorkCalendar, day: date) -> Due:
    """The day itself; the next working day when offices are closed."""
    found = as_date(calendar.working_days.next(day.toordinal()))
    return Due(found, calendar.touches_unpublished(day, found))


def due(calendar: WorkCalendar, start: date, duration: Duration) -> Due:
    """The last day of a time that begins on a day, which itself is not counted.

    Hours are counted from the opening in the morning; with a moment, see `clock`.
    """
    counted = span(duration)
    end = as_date(counted.end(calendar.working_days, counted.amount, start.toordinal()))
    nominal = span(duration, own=True)
    last = as_date(nominal.end(calendar.working_days, nominal.amount, start.toordinal()))
    return Due(end, _counts_on_unpublished(calendar, duration, start, last, end))


def before(calendar: WorkCalendar, end: date, duration: Duration) -> Due:
    """The day so long before another, which itself is not counted (届满前 15 个工作日).

    Natural days are not moved: who must act by a day off acts on the working day before it.
    """
    counted = span(duration)
    day = as_date(counted.back(calendar.working_days, counted.amount, end.toordinal()))
    return Due(day, _counts_on_unpublished(calendar, duration, day, day, end))


def _counts_on_unpublished(
    calendar: WorkCalendar, duration: Duration, start: date, nominal: date, end: date
) -> bool:
    """Working days count on every year from start to end, natural ones only on that of the end."""
    if not duration.amount or duration.unit == _RUNNING:
        return False
    first = start if duration.unit in _BY_ARRANGEMENT else nominal
    return calendar.touches_unpublished(first, end)
