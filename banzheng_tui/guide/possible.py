"""What a number or day may be: known, between two ends, without value, or known to nobody."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias


class _Mark:
    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


ABSENT: Final = _Mark("ABSENT")
"""Out of play: no rule sees it."""
UNKNOWN: Final = _Mark("UNKNOWN")
"""What no source settles, or a text that nobody has given."""
INFINITY: Final = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Span:
    """Some number (yuan, share) or day between two ends, both included."""

    low: Any
    high: Any


Alternative: TypeAlias = Any
"""A number, a day, a ``Span``, ABSENT or UNKNOWN."""


def ends(alternative: Alternative) -> tuple[Any, Any]:
    """Lowest and highest of a number or day."""
    if isinstance(alternative, Span):
        return alternative.low, alternative.high
    return alternative, alternative


def span(low: Any, high: Any) -> Alternative:
    """The span between two ends, or the value itself when they meet."""
    return low if low == high else Span(low, high)
