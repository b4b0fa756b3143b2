"""What a fee comes to, in exact decimals, and how many sheets of a paper; open where a part is."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from banzheng_tui.guide import arithmetic
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.possible import ABSENT, UNKNOWN, Possible, Span, combine, ends, span
from banzheng_tui.guide.tri import YES, Tri
from banzheng_tui.procedure.model import DocumentUse, Fee

ZERO, ONE = Decimal(0), Decimal(1)

Range: TypeAlias = tuple[int, int | None]
"""The fewest and the most; None where no limit is known."""


def fee_amounts(fee: Fee, at: Evaluation) -> Possible:
    """Every amount in yuan that a fee may come to; UNKNOWN where the sources settle none."""
    if fee.amount is not None:
        amounts = _operand(fee.amount, at)
    elif fee.rate is not None:
        amounts = _rated(fee, at)
    else:
        return (UNKNOWN,)
    for limit, keep in ((fee.at_least, arithmetic.at_least), (fee.at_most, arithmetic.at_most)):
        if limit is not None:
            amounts = combine((amounts, _operand(limit, at)), keep)
    return combine((amounts,), _rounded)


def _rated(fee: Fee, at: Evaluation) -> Possible:
    """The rate times the base, less what is deducted; a base below zero costs nothing."""
    base = _operand(fee.of, at)
    for item in fee.less:
        base = combine((base, _operand(item, at)), arithmetic.subtract)
    base = combine((base,), lambda amount: arithmetic.at_least(amount, ZERO))
    return combine((base, _operand(fee.rate, at)), arithmetic.multiply)


def _operand(written: Any, at: Evaluation) -> Possible:
    return at.value(written) if isinstance(written, str) else (written,)


def _rounded(amount: Any) -> Any:
    low, high = ends(amount)
    return span(arithmetic.to_fen(low), arithmetic.to_fen(high))


def hull(amounts: Possible) -> Decimal | Span | None:
    """One amount, the range that holds all of them, or None when nothing is known."""
    if not amounts or any(amount is UNKNOWN for amount in amounts):
        return None
    low = min(ends(amount)[0] for amount in amounts)
    high = max(ends(amount)[1] for amount in amounts)
    found = span(low, high)
    return found if isinstance(found, Span) else Decimal(found)


def total_sheets(uses: Sequence[tuple[DocumentUse, Tri]], at: Evaluation) -> tuple[Range, Range]:
    """Originals and copies of one paper over all its uses, each certain or possible.

    Originals that are shown count once; those that are kept, and copies, add up.
    """
    if len(uses) == 1 and not uses[0][0].per:
        use = uses[0][0]
        return (use.original, use.original), (use.copies, use.copies)
    kept = [(_sheets(u, u.original, at), verdict) for u, verdict in uses if u.kept]
    shown = [(_sheets(u, u.original, at), verdict) for u, verdict in uses if not u.kept]
    copies = [(_sheets(u, u.copies, at), verdict) for u, verdict in uses]
    least = sum(_certain(kept)) + max(_certain(shown), default=0)
    least_copies = sum(_certain(copies))
    if all(verdict != YES for _, verdict in uses):  # whichever it is, one of them at least
        least = min(low for (low, _), _ in (*kept, *shown))
        least_copies = min(low for (low, _), _ in copies)
    most = _most(sum, kept), _most(max, shown)
    originals = None if None in most else sum(number or 0 for number in most)
    return (least, originals), (least_copies, _most(sum, copies))


def _certain(counts: Iterable[tuple[Range, Tri]]) -> list[int]:
    return [low for (low, _), verdict in counts if verdict == YES]


def _most(work: Any, counts: Iterable[tuple[Range, Tri]]) -> int | None:
    highs = [high for (_, high), _ in counts]
    return None if None in highs else work(highs) if highs else 0


def _sheets(use: DocumentUse, number: int, at: Evaluation) -> Range:
    """The fewest and the most sheets of one use, multiplied where it says ``per`` a fact in play."""
    if not use.per or number == 0:
        return number, number
    counts = [ONE if count is ABSENT else count for count in at.value(use.per)]
    if UNKNOWN in counts:
        return 0, None
    low = max(ZERO, min(ends(count)[0] for count in counts))
    high = max(ZERO, *(ends(count)[1] for count in counts))
    return number * int(low), None if high.is_infinite() else number * int(high)
