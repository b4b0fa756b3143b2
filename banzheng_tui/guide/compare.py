"""The ways that a choice opens, each with the plan that it leads to."""

from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.model import Option


def option_plans(rules: Rules, situation: Situation, fact: str) -> tuple[tuple[Option, Plan], ...]:
    """For each option of a choice the plan it would lead to, all other answers as they are."""
    return tuple(
        (option, make_plan(rules, situation.answer(fact, option.id)))
        for option in rules.questions[fact].options
    )
