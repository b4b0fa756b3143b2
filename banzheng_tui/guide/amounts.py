"""What a fee comes to, in exact decimals, and how many sheets of a paper; a range while open."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

from banzheng_tui.guide.exact.worth import Worth, value
from banzheng_tui.guide.possible import ABSENT, UNKNOWN, Alternative, Span, ends, span

Range: TypeAlias = tuple[int, int | None]
"""The fewest and the most; None where no limit is known."""
Amount: TypeAlias = Decimal | Span | None
"""Yuan, or the range that holds all it may be, or None where no source settles it."""


def amount_range(worths: Iterable[Worth], known: Mapping[str, Alternative]) -> Amount:
    """One amount, the range that holds all of them, or None when nothing is known."""
    found = (value(worth, known) for worth in worths)
    amounts = [amount for amount in found if amount is not ABSENT]
    if not amounts or any(amount is UNKNOWN for amount in amounts):
        return None
    low = min(ends(amount)[0] for amount in amounts)
    high = max(ends(amount)[1] for amount in amounts)
    total = span(low, high)
    return total if isinstance(total, Span) else Decimal(total)


def sheet_range(worths: Iterable[Worth], known: Mapping[str, Alternative]) -> Range:
    """The fewest and the most sheets."""
    counts = [ends(value(worth, known)) for worth in worths]
    low = min((low for low, _ in counts), default=Decimal(0))
    high = max((high for _, high in counts), default=Decimal(0))
    return int(low), None if high.is_infinite() else int(high)
