"""Amounts and spans of time, worked out the plain way: no value is open, none is a range."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from math import prod
from typing import Any


def months(start: date, end: date) -> int:
    """Whole months that have passed from one day to another."""
    if end < start:
        return -months(end, start)
    passed = 0
    while month_later(start, passed + 1) <= end:
        passed += 1
    return passed


def month_later(day: date, count: int) -> date:
    """The same day some months later; where the month has no such day, its last."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years(start: date, end: date) -> int:
    """Whole years that have passed from one day to another."""
    passed = months(start, end)
    return passed // 12 if passed >= 0 else -(-passed // 12)


def quotient(first: Decimal, *rest: Decimal) -> Decimal | None:
    """None where a divisor is zero."""
    for divisor in rest:
        if divisor == 0:
            return None
        first /= divisor
    return first


WORK: Mapping[str, Callable[..., Any]] = {
    "days_between": lambda start, end: Decimal((end - start).days),
    "months_between": lambda start, end: Decimal(months(start, end)),
    "years_between": lambda start, end: Decimal(years(start, end)),
    "sum": lambda *parts: sum(parts),
    "difference": lambda first, *rest: first - sum(rest),
    "product": lambda *parts: prod(parts),
    "quotient": quotient,
}


def number(written: Any) -> Any:
    """An amount or a share as a decimal; anything else as it is."""
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        return written
    if not isinstance(written, str):
        return Decimal(written)
    if written.endswith(" 元"):
        return Decimal(written.removesuffix(" 元"))
    return Decimal(written.removesuffix("%")) / 100 if written.endswith("%") else written
