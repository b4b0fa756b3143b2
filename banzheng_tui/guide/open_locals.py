"""The values which the city sets and which a plan still waits for."""

from collections.abc import Iterator

from banzheng_tui.guide.plan import Plan
from banzheng_tui.procedure.model import Local


def open_locals(plan: Plan) -> tuple[Local, ...]:
    """Local values that an amount rests on or that decide a possible item, in author's order."""
    names = set(_names(plan))
    return tuple(item for name, item in plan.rules.locals.items() if name in names)


def _names(plan: Plan) -> Iterator[str]:
    for fee in plan.fees:
        yield from plan.standings.undecided(plan.rules.truths.due(fee.entry))
    for group in (plan.outcomes, plan.steps, plan.documents, plan.warnings, plan.fees):
        for item in group:
            yield from item.undecided
