"""Working days numbered one after another, so that adding any number of them is two look-ups.

Days are their ordinals here (`date.toordinal`). Monday to Friday needs no table; only what a
published arrangement does differently is kept, and a look-up is worked out once.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date
from itertools import accumulate

LAST = date.max.toordinal()


class _Memo(dict[int, int]):
    """A function of whole numbers that remembers."""

    def __init__(self, work_out: Callable[[int], int]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, number: int) -> int:
        found = self[number] = self._work_out(number)
        return found


class WorkingDays:
    """``before[day]``: how many working days come before it; ``nth[k]``: the one behind k others."""

    def __init__(self, days_off: Iterable[date], workdays: Iterable[date]) -> None:
        at_work = {day.toordinal() for day in workdays if day.weekday() >= 5}
        declared = {day.toordinal() for day in workdays}
        off = {day.toordinal() for day in days_off if day.weekday() < 5} - declared
        self._exceptions = sorted(at_work | off)
        changes = (1 if day in at_work else -1 for day in self._exceptions)
        self._shifts = [0, *accumulate(changes)]
        counted = zip(self._exceptions, self._shifts[1:], strict=True)
        self._through = [_weekdays_before(day + 1) + shift for day, shift in counted]
        self.before = _Memo(self._before)
        self.nth = _Memo(self._nth)

    def is_working(self, day: int) -> bool:
        """Whether offices are open."""
        return self.before[day + 1] > self.before[day]

    def next(self, day: int) -> int:
        """The day itself, or the first working day after it."""
        return self.nth[self.before[day]]

    def last(self, day: int) -> int:
        """The day itself, or the last working day before it."""
        return self.nth[self.before[day + 1] - 1]

    def _before(self, day: int) -> int:
        return _weekdays_before(day) + self._shifts[bisect_left(self._exceptions, day)]

    def _nth(self, number: int) -> int:
        place = bisect_left(self._through, number + 1)
        weeks, rest = divmod(number - self._shifts[place], 5)
        found = weeks * 7 + rest + 1
        return min([found, *self._exceptions[place : place + 1]])


def _weekdays_before(day: int) -> int:
    """From Monday to Friday; day 1 was a Monday."""
    weeks, rest = divmod(day - 1, 7)
    return weeks * 5 + min(rest, 5)
