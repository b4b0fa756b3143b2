"""The answers to a number or a day that the conditions of one small procedure can tell apart."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any, TypeAlias

from support.plain_arithmetic import WORK

CUTS = (Decimal(1), Decimal(3))
DAYS = (date(2026, 3, 1), date(2026, 9, 1))
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Worth:
    """What a name may come to: a constant, or what is worked out from one fact."""

    fact: str | None
    of: Callable[[Any], Any]


Mark: TypeAlias = tuple[Callable[[Any], Any], Any]
"""Something worked out from a value, and the bound that it is held against."""


def constant(value: Any) -> Worth:
    return Worth(None, lambda _: value)


def worked(way: str, parts: Iterable[Iterable[Worth]]) -> Iterator[Worth]:
    """What some work over these comes to; nothing for what rests on several facts."""
    for chosen in product(*parts):
        facts = [worth.fact for worth in chosen if worth.fact is not None]
        if len(facts) <= 1:
            yield Worth(facts[0] if facts else None, _work(way, chosen))


def _work(way: str, parts: tuple[Worth, ...]) -> Callable[[Any], Any]:
    return lambda value: WORK[way](*(part.of(value) for part in parts))


def telling_numbers(marks: list[Mark], low: Decimal | None, high: Decimal | None) -> list[Any]:
    """One number of each kind that the marks tell apart, the ends first."""
    quarters = [Decimal(n) / 4 for n in range(-40, 60)]
    ends = [end for end in (low, high) if end is not None]
    values = [*ends, Decimal(5), Decimal(2), *quarters]
    fits = (v for v in values if (low is None or v >= low) and (high is None or v <= high))
    return _telling(marks, list(fits))


def telling_days(marks: list[Mark], high: date | None) -> list[Any]:
    """One day of each kind that the marks tell apart."""
    turns = [day for of, bound in marks for day in _turns(of, bound)]
    days = [DAY, *(turn + timedelta(n) for turn in turns for n in (-1, 0, 1))]
    return _telling(marks, [day for day in (*days, *DAYS) if high is None or day <= high])


def _turns(of: Callable[[Any], Any], bound: Any) -> Iterator[date]:
    """The first day of each side of a bound; what is worked out from a day never turns back."""
    low, high = date(2015, 1, 1).toordinal(), date(2040, 1, 1).toordinal()
    first = _side(of(date.fromordinal(low)), bound)
    for wanted in (first, 0):
        before, after = low, high
        while after - before > 1:
            middle = (before + after) // 2
            if _side(of(date.fromordinal(middle)), bound) in (first, wanted):
                before = middle
            else:
                after = middle
        yield date.fromordinal(after)


def _telling(marks: list[Mark], values: list[Any]) -> list[Any]:
    """The first value of each kind; of one kind only, two."""
    found: dict[tuple[int, ...], Any] = {}
    for value in values:
        side = tuple(_side(of(value), bound) for of, bound in marks)
        found.setdefault(side, value)
    return sorted({*found.values(), *(values[:2] if len(found) == 1 else ())})


def _side(value: Any, bound: Any) -> int:
    if value is None:
        return 2
    return int(value > bound) - int(value < bound)
