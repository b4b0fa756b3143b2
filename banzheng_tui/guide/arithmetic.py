"""Arithmetic over alternatives: sums, products and spans of time whose parts may be open."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from itertools import product
from typing import Any

from banzheng_tui.guide.possible import ABSENT, INFINITY, Alternative, ends, span

FEN = Decimal("0.01")
_ROOMY = Context(prec=100)


def add(*parts: Alternative) -> Alternative:
    """The sum."""
    return _over_corners(_sum, parts)


def subtract(first: Alternative, *rest: Alternative) -> Alternative:
    """The first less all others."""
    return _over_corners(lambda a, *b: _sum(a, *(-item for item in b)), (first, *rest))


def multiply(*parts: Alternative) -> Alternative:
    """The product."""
    return _over_corners(_product, parts)


def divide(first: Alternative, *rest: Alternative) -> Alternative:
    """The first divided by all others; without value where a divisor is zero."""
    for divisor in rest:
        low, high = ends(divisor)
        if low == high == 0:
            return ABSENT
        if low <= 0 <= high:
            return span(-INFINITY, INFINITY)
    return _over_corners(_quotient, (first, *rest))


def at_least(value: Alternative, floor: Alternative) -> Alternative:
    """The larger of the two."""
    return _over_corners(max, (value, floor))


def at_most(value: Alternative, ceiling: Alternative) -> Alternative:
    """The smaller of the two."""
    return _over_corners(min, (value, ceiling))


def to_fen(value: Decimal) -> Decimal:
    """Yuan rounded to the fen, half up."""
    return value if value.is_infinite() else value.quantize(FEN, ROUND_HALF_UP, _ROOMY)


def time_between(unit: str) -> Callable[[Alternative, Alternative], Alternative]:
    """Whole days, months or years from one day to another, negative when it lies before."""
    count = {"days": _days, "months": _months, "years": _years}[unit]

    def between(start: Alternative, end: Alternative) -> Alternative:
        start_low, start_high = ends(start)
        end_low, end_high = ends(end)
        return span(_counted(count, start_high, end_low), _counted(count, start_low, end_high))

    return between


def _counted(count: Callable[[date, date], int], start: date, end: date) -> Decimal:
    if date.min in (start, end):
        return INFINITY if start == date.min else -INFINITY
    if date.max in (start, end):
        return -INFINITY if start == date.max else INFINITY
    return Decimal(count(start, end))


def _days(start: date, end: date) -> int:
    return (end - start).days


def _months(start: date, end: date) -> int:
    if end < start:
        return -_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = monthrange(end.year, end.month)[1]
    # 民法典第二百零二条: where the month has no such day, its last day is the corresponding one.
    return months - (end.day < min(start.day, last_day))


def _years(start: date, end: date) -> int:
    months = _months(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def _over_corners(work: Callable[..., Any], parts: tuple[Alternative, ...]) -> Alternative:
    """The work over every corner of the parts' spans: exact for anything monotone in each."""
    results = [work(*corner) for corner in product(*(set(ends(part)) for part in parts))]
    return span(min(results), max(results))


def _sum(*parts: Decimal) -> Decimal:
    try:
        return sum(parts, Decimal(0))
    except InvalidOperation:  # infinity less infinity: nothing is known, and a bound must not lie
        return INFINITY


def _product(*parts: Decimal) -> Decimal:
    if any(part == 0 for part in parts):
        return Decimal(0)
    result = Decimal(1)
    for part in parts:
        result *= part
    return result


def _quotient(first: Decimal, *rest: Decimal) -> Decimal:
    for divisor in rest:
        if divisor.is_infinite():
            return Decimal(0)
        first /= divisor
    return first
