"""What a value may still be: a tuple of alternatives, of which one will turn out true.

An alternative is a known scalar, a ``Span`` of numbers or days, the chosen options of a
several-choices question (a frozenset), an ``OpenChoices``, ``ABSENT`` (out of play: no rule sees
it) or ``UNKNOWN`` (a text that nobody has given). Tests give ``NO``, ``OPEN`` or ``YES``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, Final, TypeAlias

from banzheng_tui.guide.tri import NO, OPEN, YES, Tri

Number: TypeAlias = Decimal | date


class _Mark:
    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


ABSENT: Final = _Mark("ABSENT")
UNKNOWN: Final = _Mark("UNKNOWN")
INFINITY: Final = Decimal("Infinity")

MOST_COMBINATIONS = 64
"""Beyond so many combinations of alternatives arithmetic takes their hull."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some number (yuan, share) or day between two ends, both included."""

    low: Any
    high: Any


@dataclass(frozen=True, slots=True)
class OpenChoices:
    """Some of these options, not yet said which."""

    options: frozenset[str]


Alternative: TypeAlias = Any
Possible: TypeAlias = tuple[Alternative, ...]

NOTHING: Possible = (ABSENT,)


def every(possible: Possible, test: Callable[[Alternative], Tri]) -> Tri:
    """The verdict of a test over all alternatives: open unless they agree."""
    verdict = test(possible[0])
    for alternative in possible[1:]:
        if test(alternative) != verdict:
            return OPEN
    return verdict


def is_one_of(values: frozenset[Any]) -> Callable[[Alternative], Tri]:
    """Whether an alternative is, or has chosen, one of the values."""

    def test(alternative: Alternative) -> Tri:
        if alternative is ABSENT:
            return NO
        kind = type(alternative)
        if kind is frozenset:
            return YES if alternative & values else NO
        if kind is Span:
            return OPEN if any(_inside(value, alternative) for value in values) else NO
        if kind is OpenChoices:  # something is chosen, so all options together are enough
            if alternative.options <= values:
                return YES
            return OPEN if alternative.options & values else NO
        if alternative is UNKNOWN:
            return OPEN
        return YES if alternative in values else NO

    return test


def has_chosen(values: frozenset[str], exact: bool) -> Callable[[Alternative], Tri]:
    """Whether everything chosen is among the values (``exact``: and all of them are chosen)."""

    def test(alternative: Alternative) -> Tri:
        if alternative is ABSENT:
            return NO
        if isinstance(alternative, OpenChoices):
            if not exact and alternative.options <= values:
                return YES
            can_be = values <= alternative.options if exact else values & alternative.options
            return OPEN if can_be else NO
        return YES if (alternative == values if exact else alternative <= values) else NO

    return test


def is_within(how: str, bound: Possible) -> Callable[[Alternative], Tri]:
    """Whether an alternative keeps a bound (``how``: at_least, over, at_most or under)."""
    strict = how in ("over", "under")
    upwards = how in ("at_least", "over")

    def test(alternative: Alternative) -> Tri:
        if alternative is ABSENT:
            return NO
        return every(bound, lambda limit: _keeps(alternative, limit, upwards, strict))

    return test


def _keeps(alternative: Alternative, limit: Alternative, upwards: bool, strict: bool) -> Tri:
    if limit is ABSENT:
        return NO
    if alternative is UNKNOWN or limit is UNKNOWN:
        return OPEN
    low, high = ends(alternative)
    limit_low, limit_high = ends(limit)
    if not upwards:  # x below the limit is the limit above x
        low, high, limit_low, limit_high = limit_low, limit_high, low, high
    if low > limit_high or (not strict and low == limit_high):
        return YES
    if high < limit_low or (strict and high == limit_low):
        return NO
    return OPEN


def _inside(value: Any, span: Span) -> bool:
    return type(value) is type(span.low) and bool(span.low <= value <= span.high)


def ends(alternative: Alternative) -> tuple[Any, Any]:
    """Lowest and highest of a number or day."""
    if isinstance(alternative, Span):
        return alternative.low, alternative.high
    return alternative, alternative


def known(possible: Possible) -> Any:
    """The value when there is just one and it is certain; otherwise ``UNKNOWN``."""
    if len(possible) == 1 and not isinstance(possible[0], Span | OpenChoices):
        return possible[0]
    return UNKNOWN


def combine(operands: Iterable[Possible], work: Callable[..., Alternative]) -> Possible:
    """What ``work`` gives over every combination of alternatives; ABSENT where one is absent."""
    sides = list(operands)
    combinations = 1
    for side in sides:
        combinations *= len(side)
    if combinations > MOST_COMBINATIONS:
        sides = [_hull(side) for side in sides]
    found: dict[Alternative, None] = {}
    for chosen in product(*sides):
        if any(alternative is ABSENT for alternative in chosen):
            found[ABSENT] = None
        elif any(alternative is UNKNOWN for alternative in chosen):
            found[UNKNOWN] = None
        else:
            found[work(*chosen)] = None
    return tuple(found)


def _hull(side: Possible) -> Possible:
    """The alternatives with all numbers drawn together into one span."""
    rest = tuple(a for a in side if a is ABSENT or a is UNKNOWN)
    numbers = [ends(a) for a in side if a is not ABSENT and a is not UNKNOWN]
    if not numbers:
        return side
    return (span(min(low for low, _ in numbers), max(high for _, high in numbers)), *rest)


def span(low: Any, high: Any) -> Alternative:
    """The span between two ends, or the value itself when they meet."""
    return low if low == high else Span(low, high)
