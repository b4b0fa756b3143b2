"""Working days numbered one after another, so that adding any number of them is two look-ups.

Days are their ordinals here (`date.toordinal`). Monday to Friday needs no table; only what a
published arrangement does differently is kept, and what was looked up.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date
from itertools import accumulate

LAST = date.max.toordinal()
BLOCK = 512
"""So many days are numbered at a time."""


class _Table(dict[int, int]):
    """Numbers to look up, filled in where they are missing."""

    def __init__(self, fill: Callable[[int], None]) -> None:
        super().__init__()
        self._fill = fill

    def __missing__(self, number: int) -> int:
        self._fill(number)
        return self[number]


class WorkingDays:
    """``before[day]``: how many working days come before it; ``nth[k]``: the one behind k others."""

    def __init__(self, days_off: Iterable[date], workdays: Iterable[date]) -> None:
        declared = {day.toordinal() for day in workdays}
        at_work = {day for day in declared if not _is_weekday(day)}
        off = {day.toordinal() for day in days_off} - declared
        exceptions = at_work | {day for day in off if _is_weekday(day)}
        self._exceptions = sorted(exceptions)
        self._unusual = exceptions
        self._shifts = [0, *accumulate(1 if day in at_work else -1 for day in self._exceptions)]
        counted = zip(self._exceptions, self._shifts[1:], strict=True)
        self._through = [_weekdays_before(day + 1) + shift for day, shift in counted]
        self.before = _Table(self._fill)
        self.nth = _Table(lambda number: self._fill(self._nth(number)))

    def is_working(self, day: int) -> bool:
        """Whether offices are open."""
        return self.before[day + 1] > self.before[day]

    def next(self, day: int) -> int:
        """The day itself, or the first working day after it."""
        return self.nth[self.before[day]]

    def last(self, day: int) -> int:
        """The day itself, or the last working day before it."""
        return self.nth[self.before[day + 1] - 1]

    def _fill(self, day: int) -> None:
        """A year and more around a day: those that follow will be asked for next."""
        first = day - day % BLOCK
        number = _weekdays_before(first) + self._shifts[bisect_left(self._exceptions, first)]
        for each in range(first, first + BLOCK):
            self.before[each] = number
            if ((each - 1) % 7 < 5) != (each in self._unusual):
                self.nth[number] = each
                number += 1

    def _nth(self, number: int) -> int:
        place = bisect_left(self._through, number + 1)
        weeks, rest = divmod(number - self._shifts[place], 5)
        found = weeks * 7 + rest + 1
        return min([found, *self._exceptions[place : place + 1]])


def _is_weekday(day: int) -> bool:
    return (day - 1) % 7 < 5


def _weekdays_before(day: int) -> int:
    """From Monday to Friday; day 1 was a Monday."""
    weeks, rest = divmod(day - 1, 7)
    return weeks * 5 + min(rest, 5)
