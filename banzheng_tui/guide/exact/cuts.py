"""Where the conditions of a procedure cut its numbers and days."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from banzheng_tui.guide.exact.axes import Cut
from banzheng_tui.guide.exact.worth import Given, Slope, Worked, Worth, compare, facts, slope, value
from banzheng_tui.guide.tri import YES
from banzheng_tui.procedure.model import SPANS

_ABOVE = {"at_least": 0, "over": 1, "at_most": 1, "under": 0}
"""On which side of its bound a comparison turns."""
_TURNED = {"at_least": "at_most", "over": "under", "at_most": "at_least", "under": "over"}


def cut(one: Worth, how: str, other: Worth) -> tuple[str, Cut | None] | None:
    """The one fact that a comparison hangs on and the cut where it turns (None: nowhere).

    None as a whole: it hangs on several facts, or turns where no straight line tells.
    """
    named = {*facts(one), *facts(other)}
    if len(named) != 1:
        return None
    (fact,) = named
    if isinstance(one, Worked) and one.way in SPANS and not isinstance(other, Given | Worked):
        return fact, _day_cut(lambda day: _holds(one, how, other, fact, day))
    if isinstance(other, Worked) and other.way in SPANS and not isinstance(one, Given | Worked):
        return cut(other, _TURNED[how], one)
    if isinstance(one, Given) and isinstance(other, date):
        return fact, (other, _ABOVE[how])
    if isinstance(other, Given) and isinstance(one, date):
        return fact, (one, _ABOVE[_TURNED[how]])
    return _number_cut(fact, one, how, other)


def _holds(one: Worth, how: str, other: Worth, fact: str, at: Any) -> bool:
    return compare(value(one, {fact: at}), how, value(other, {fact: at})) == YES


def _day_cut(holds: Callable[[date], bool]) -> Cut | None:
    """The first day on which a comparison that turns once is other than long ago."""
    low, high = date.min.toordinal() + 1, date.max.toordinal() - 1
    first = holds(date.fromordinal(low))
    if holds(date.fromordinal(high)) == first:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if holds(date.fromordinal(middle)) == first:
            low = middle
        else:
            high = middle
    return date.fromordinal(high), 0


def _number_cut(fact: str, one: Worth, how: str, other: Worth) -> tuple[str, Cut | None] | None:
    if _never_turns(one, how, other) or _never_turns(other, _TURNED[how], one):
        return fact, None
    one, other = _without_limit(one, other), _without_limit(other, one)
    first, second = slope(one), slope(other)
    if first is None or second is None:
        return None
    by = _by(first) - _by(second)
    more = _more(second) - _more(first)
    if by == 0:
        return fact, None
    turned = how if by > 0 else _TURNED[how]
    return fact, (more / by, _ABOVE[turned])


def _never_turns(worth: Worth, how: str, other: Worth) -> bool:
    """Whether the constant that a worth is kept at or above decides a comparison by itself."""
    if not isinstance(worth, Worked) or worth.way != "at_least":
        return False
    floor = worth.parts[1]
    if not isinstance(floor, Decimal) or not isinstance(other, Decimal):
        return False
    return floor >= other if how in ("at_least", "under") else floor > other


def _without_limit(worth: Worth, other: Worth) -> Worth:
    """A worth kept at or above a constant turns where it would turn without that."""
    limited = isinstance(worth, Worked) and worth.way in ("at_least", "at_most")
    if limited and isinstance(worth.parts[1], Decimal) and isinstance(other, Decimal):
        return worth.parts[0]
    return worth


def _by(line: Slope | Fraction) -> Fraction:
    return line.by if isinstance(line, Slope) else Fraction(0)


def _more(line: Slope | Fraction) -> Fraction:
    return line.more if isinstance(line, Slope) else line


def all_cuts(comparisons: Iterable[tuple[Worth, str, Worth]]) -> dict[str, set[Cut]]:
    """For each number or day all cuts that these comparisons make."""
    found: dict[str, set[Cut]] = {}
    for comparison in comparisons:
        at = cut(*comparison)
        if at is not None and at[1] is not None:
            found.setdefault(at[0], set()).add(at[1])
    return found
