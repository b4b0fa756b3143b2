"""How each unit of time is counted from day to day, forwards and back to the latest start.

Days are their ordinals (`date.toordinal`). The first day is not counted (民法典 201), months and
years end on the corresponding day or the last of the month (202), and what ends on a day off ends
on the next working day (203), unless it is the citizen's own time.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from banzheng_tui.guide.working_days import LAST, WorkingDays
from banzheng_tui.procedure.values import AT_ONCE, Duration

OPENS = 9
"""The hour that hours are counted from where no moment is known; `clock.OPENING` begins then."""
HOURS_A_DAY = 7
"""So many working hours fit in a day of `clock.OPENING`."""

Counted: TypeAlias = Callable[[WorkingDays, int, int], int]
"""From working days, an amount and a day to a day."""


@dataclass(frozen=True, slots=True)
class Span:
    """One amount of one unit, ready to be counted."""

    amount: int
    end: Counted
    """When it ends that starts on a day."""
    latest: Counted
    """The last day to start on that ends no later than a day."""
    back: Counted
    """The day that lies so long before a day."""


def span(duration: Duration | None, *, own: bool = False) -> Span:
    """How this duration is counted; none is like 当场. ``own``: no office, no day off."""
    if duration is None or not duration.amount:
        return _NONE
    return _span(duration.amount, duration.unit, own)


def _stay(_: WorkingDays, __: int, day: int) -> int:
    return day


def _working_end(days: WorkingDays, amount: int, day: int) -> int:
    return days.nth[days.before[day + 1] + amount - 1]


def _working_latest(days: WorkingDays, amount: int, day: int) -> int:
    return days.nth[days.before[day + 1] - amount] - 1


def _working_back(days: WorkingDays, amount: int, day: int) -> int:
    return days.nth[days.before[day] - amount]


def _run(_: WorkingDays, amount: int, day: int) -> int:
    return day + amount


def _run_back(_: WorkingDays, amount: int, day: int) -> int:
    return day - amount


def _natural_end(days: WorkingDays, amount: int, day: int) -> int:
    return days.next(day + amount)


def _natural_latest(days: WorkingDays, amount: int, day: int) -> int:
    return days.last(day) - amount


def _months_run(_: WorkingDays, amount: int, day: int) -> int:
    return _months_on(day, amount)


def _months_run_latest(_: WorkingDays, amount: int, day: int) -> int:
    back = _months_on(day, -amount)
    on_last = as_date(day + 1).day == 1  # then every later day of that month ends here, too
    return _last_of_month(back) if on_last else back


def _months_back(_: WorkingDays, amount: int, day: int) -> int:
    return _months_on(day, -amount)


def _months_end(days: WorkingDays, amount: int, day: int) -> int:
    return days.next(_months_on(day, amount))


def _months_latest(days: WorkingDays, amount: int, day: int) -> int:
    return _months_run_latest(days, amount, days.last(day))


def _hours_end(_: WorkingDays, amount: int, day: int) -> int:
    return day + (OPENS + amount) // 24


def _hours_latest(_: WorkingDays, amount: int, day: int) -> int:
    return day - (OPENS + amount) // 24


def _hours_back(_: WorkingDays, amount: int, day: int) -> int:
    return day + -amount // 24


def _working_hours_end(days: WorkingDays, amount: int, day: int) -> int:
    return days.nth[days.before[day] + (amount - 1) // HOURS_A_DAY]


def _working_hours_latest(days: WorkingDays, amount: int, day: int) -> int:
    return days.nth[days.before[day + 1] - 1 - (amount - 1) // HOURS_A_DAY]


def _working_hours_back(days: WorkingDays, amount: int, day: int) -> int:
    return days.nth[days.before[day] + -amount // HOURS_A_DAY]


_HOURS = (_hours_end, _hours_latest, _hours_back)
_MONTHS = (_months_end, _months_latest, _months_back)
_OFFICE: dict[str, tuple[Counted, Counted, Counted]] = {
    AT_ONCE: (_stay, _stay, _stay),
    "工作日": (_working_end, _working_latest, _working_back),
    "日": (_natural_end, _natural_latest, _run_back),
    "个月": _MONTHS,
    "年": _MONTHS,
    "小时": _HOURS,
    "工作小时": (_working_hours_end, _working_hours_latest, _working_hours_back),
}
_OWN = _OFFICE | {
    "日": (_run, _run_back, _run_back),
    "个月": (_months_run, _months_run_latest, _months_back),
    "年": (_months_run, _months_run_latest, _months_back),
}


_NONE = Span(0, _stay, _stay, _stay)


@lru_cache(maxsize=1000)
def _span(amount: int, unit: str, own: bool) -> Span:
    return Span(amount * 12 if unit == "年" else amount, *(_OWN if own else _OFFICE)[unit])


def _months_on(day: int, months: int) -> int:
    """The corresponding day, or the last one of a shorter month."""
    start = as_date(day)
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if years > date.max.year:
        return LAST
    if years < date.min.year:
        return 1
    last = monthrange(years, month + 1)[1]
    return date(years, month + 1, min(start.day, last)).toordinal()


def _last_of_month(day: int) -> int:
    found = as_date(day)
    return day - found.day + monthrange(found.year, found.month)[1]


def as_date(day: int) -> date:
    """The day; a calendar has a first and a last one, whatever is added up."""
    return date.fromordinal(min(max(day, 1), LAST))
