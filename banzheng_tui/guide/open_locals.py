"""The values which the city sets and which a plan still waits for."""

from collections.abc import Iterator

from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.reasons import unknown_behind
from banzheng_tui.procedure.model import Local


def open_locals(plan: Plan) -> tuple[Local, ...]:
    """Local values that an amount rests on or that decide a possible item, in author's order."""
    names = set(_names(plan))
    return tuple(item for name, item in plan.rules.locals.items() if name in names)


def _names(plan: Plan) -> Iterator[str]:
    at = Evaluation(plan.rules, plan.situation.answers)
    for fee in plan.fees:
        entry = fee.entry
        parts = (entry.amount, entry.rate, entry.of, entry.at_least, entry.at_most, *entry.less)
        for part in parts:
            if isinstance(part, str):
                yield from unknown_behind(part, at)
    for group in (plan.outcomes, plan.steps, plan.documents, plan.warnings, plan.fees):
        for item in group:
            yield from item.undecided
