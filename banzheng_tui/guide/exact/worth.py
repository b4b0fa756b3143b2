"""Numbers and days that may rest on facts: constants, facts, and what is worked out from them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

from banzheng_tui.guide import arithmetic
from banzheng_tui.guide.possible import ABSENT, UNKNOWN, Alternative, Span, ends, span
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri

Worth: TypeAlias = Any
"""A constant, ``Given``, ``Worked``, ``Sheets``, ABSENT or UNKNOWN."""


@dataclass(frozen=True, slots=True)
class Given:
    """The value of a fact in play, which lies between two ends."""

    fact: str
    low: Any = None
    high: Any = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a line of the list of documents asks for."""

    original: "Worth"
    copies: "Worth"
    steps: frozenset[str]
    need: str
    fetched: bool


@dataclass(frozen=True, slots=True)
class Worked:
    """Worked out from other worths, of which one at least is no constant."""

    way: str
    parts: tuple[Worth, ...]


def _rounded(amount: Alternative) -> Alternative:
    low, high = ends(amount)
    return span(arithmetic.to_fen(low), arithmetic.to_fen(high))


def _sheets(count: Alternative) -> Alternative:
    """Whole sheets, none where a count is negative."""
    return span(*(_whole(end) for end in ends(count)))


def _whole(number: Decimal) -> Decimal:
    number = max(Decimal(0), number)
    return number if number.is_infinite() else Decimal(int(number))


WAYS: Final[Mapping[str, Callable[..., Alternative]]] = {
    "sum": arithmetic.add,
    "difference": arithmetic.subtract,
    "product": arithmetic.multiply,
    "quotient": arithmetic.divide,
    "days_between": arithmetic.time_between("days"),
    "months_between": arithmetic.time_between("months"),
    "years_between": arithmetic.time_between("years"),
    "at_least": arithmetic.at_least,
    "at_most": arithmetic.at_most,
    "fen": _rounded,
    "sheets": _sheets,
}


def work_out(way: str, parts: tuple[Worth, ...]) -> Worth:
    """The worth of some work: absent or unknown where a part is, a constant where all are."""
    for mark in (ABSENT, UNKNOWN):
        if any(part is mark for part in parts):
            return mark
    if not any(isinstance(part, Given | Worked) for part in parts):
        return WAYS[way](*parts)
    if way in ("at_least", "at_most"):
        return _limited(way, *parts)
    return Worked(way, parts)


def _limited(way: str, one: Worth, other: Worth) -> Worth:
    """The larger or the smaller of two; just one of them where that is sure."""
    first, second = _bounds(one), _bounds(other)
    if first is not None and second is not None:
        if compare(first, way, second) == YES:
            return one
        if compare(second, way, first) == YES:
            return other
    return Worked(way, (one, other))


def _bounds(worth: Worth) -> Alternative | None:
    """Between what a worth lies; None where nobody knows."""
    if isinstance(worth, Given):
        return None if worth.low is None else span(worth.low, worth.high)
    if isinstance(worth, Worked):
        parts = [_bounds(part) for part in worth.parts]
        return None if None in parts else WAYS[worth.way](*parts)
    return worth


def facts(worth: Worth) -> Iterator[str]:
    """The facts that a worth rests on."""
    if isinstance(worth, Given):
        yield worth.fact
    elif isinstance(worth, Worked):
        for part in worth.parts:
            yield from facts(part)
    elif isinstance(worth, Sheets):
        yield from (*facts(worth.original), *facts(worth.copies))


def value(worth: Worth, known: Mapping[str, Alternative]) -> Alternative:
    """What a worth comes to, a ``Span`` while a fact in it is not known; ABSENT over a zero."""
    if isinstance(worth, Given):
        return known.get(worth.fact, Span(worth.low, worth.high))
    if isinstance(worth, Worked):
        parts = [value(part, known) for part in worth.parts]
        return ABSENT if ABSENT in parts else WAYS[worth.way](*parts)
    return worth


def settled(worth: Worth, known: Mapping[str, Alternative]) -> Worth:
    """The worth once some facts are known: a constant when nothing else can change it."""
    if isinstance(worth, Sheets):
        original, copies = settled(worth.original, known), settled(worth.copies, known)
        return replace(worth, original=original, copies=copies)
    if not isinstance(worth, Given | Worked):
        return worth
    found = value(worth, known)
    if not isinstance(found, Span):
        return found
    if isinstance(worth, Given):
        return worth
    return work_out(worth.way, tuple(settled(part, known) for part in worth.parts))


def compare(one: Alternative, how: str, other: Alternative) -> Tri:
    """Whether a number or day keeps a bound (at_least, over, at_most or under)."""
    strict = how in ("over", "under")
    low, high = ends(one)
    limit_low, limit_high = ends(other)
    if how in ("at_most", "under"):  # x below the limit is the limit above x
        low, high, limit_low, limit_high = limit_low, limit_high, low, high
    if low > limit_high or (not strict and low == limit_high):
        return YES
    if high < limit_low or (strict and high == limit_low):
        return NO
    return OPEN


@dataclass(frozen=True, slots=True)
class Slope:
    """``by`` times a fact, plus ``more``."""

    fact: str
    by: Fraction
    more: Fraction


def slope(worth: Worth) -> Slope | Fraction | None:
    """A worth of one number as a straight line, or the constant it is; None when it is neither."""
    if isinstance(worth, Decimal):
        return Fraction(worth) if worth.is_finite() else None
    if isinstance(worth, Given):
        return Slope(worth.fact, Fraction(1), Fraction(0))
    if not isinstance(worth, Worked) or worth.way not in _STRAIGHT:
        return None
    parts = [slope(part) for part in worth.parts]
    found = parts[0]
    for part in parts[1:]:
        if found is None or part is None:
            return None
        found = _STRAIGHT[worth.way](found, part)
    return found


def _plus(one: Slope | Fraction, other: Slope | Fraction, sign: int = 1) -> Slope | Fraction | None:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one + sign * other
    first = one if isinstance(one, Slope) else None
    second = other if isinstance(other, Slope) else None
    fact = (first or second).fact  # type: ignore[union-attr]
    if first and second and first.fact != second.fact:
        return None
    by = (first.by if first else 0) + sign * (second.by if second else 0)
    more = _constant(one) + sign * _constant(other)
    return Slope(fact, Fraction(by), more) if by else more


def _constant(part: Slope | Fraction) -> Fraction:
    return part.more if isinstance(part, Slope) else part


def _times(one: Slope | Fraction, other: Slope | Fraction) -> Slope | Fraction | None:
    if isinstance(one, Fraction):
        one, other = other, one
    if isinstance(other, Slope):
        return None
    if isinstance(one, Fraction):
        return one * other
    return Slope(one.fact, one.by * other, one.more * other) if other else Fraction(0)


def _over(one: Slope | Fraction, other: Slope | Fraction) -> Slope | Fraction | None:
    if isinstance(other, Slope) or not other:
        return None
    return _times(one, 1 / other)


_STRAIGHT: Mapping[str, Callable[[Any, Any], Slope | Fraction | None]] = {
    "sum": _plus,
    "difference": lambda one, other: _plus(one, other, -1),
    "product": _times,
    "quotient": _over,
}
