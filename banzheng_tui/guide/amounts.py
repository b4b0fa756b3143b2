"""What a fee comes to: exact decimals, rounded to the fen; open where a part of it is open."""

from decimal import Decimal
from typing import Any

from banzheng_tui.guide import arithmetic
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.possible import UNKNOWN, Possible, Span, combine, ends, span
from banzheng_tui.procedure.model import Fee

ZERO = Decimal(0)


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
    if low <= ZERO and high.is_infinite():
        return None
    found = span(low, high)
    return found if isinstance(found, Span) else Decimal(found)
