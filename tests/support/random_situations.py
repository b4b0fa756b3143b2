"""Situations of a random procedure: on the way of an interview, and with facts in any order."""

from collections.abc import Iterator
from random import Random

from hypothesis import HealthCheck, Phase, settings
from support.random_procedures import Case
from support.random_values import DAY

from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.situation import Situation

MOST_PLANS = 150
"""How many situations of one procedure's interviews are looked at."""


def tried(examples: int) -> settings:
    """So many random procedures, however long they take."""
    return settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def situations(case: Case, seed: int, count: int = 12) -> Iterator[Situation]:
    """Some facts answered, some unsure, in any order, in play or not."""
    random = Random(seed)
    for _ in range(count):
        situation = Situation(on=DAY)
        facts = list(case.questions)
        random.shuffle(facts)
        for fact in facts[: random.randint(0, len(facts))]:
            if random.random() < 0.15:
                situation = situation.mark_unsure(fact)
            else:
                situation = situation.answer(fact, random.choice(case.values[fact]))
        yield situation


def interviews(case: Case, seed: int) -> Iterator[tuple[Plan, list[Plan]]]:
    """Plans on the ways through the interview, each with those that its answers lead to."""
    random = Random(seed)
    waiting = [make_plan(case.rules, Situation(on=DAY))]
    for _ in range(MOST_PLANS):
        if not waiting:
            return
        plan = waiting.pop(random.randrange(len(waiting)))
        led_to: list[Plan] = []
        if plan.question:
            fact = plan.question.id
            answered = [plan.situation.answer(fact, value) for value in case.values[fact]]
            answered.append(plan.situation.mark_unsure(fact))
            led_to = [make_plan(case.rules, situation) for situation in answered]
        waiting += led_to
        yield plan, led_to


def interview_plans(case: Case, seed: int, count: int = 6) -> Iterator[Plan]:
    """The plans of one interview with answers at random, from nothing known to its end."""
    random = Random(seed)
    situation = Situation(on=DAY)
    for _ in range(count):
        plan = make_plan(case.rules, situation)
        yield plan
        if plan.question is None:
            return
        fact = plan.question.id
        value = random.choice((None, *case.values[fact], *case.values[fact]))
        situation = situation.mark_unsure(fact) if value is None else situation.answer(fact, value)


def plans(case: Case, seed: int, count: int = 6) -> Iterator[Plan]:
    """The plans of an interview, and of facts in any order."""
    yield from interview_plans(case, seed)
    for situation in situations(case, seed, count):
        yield make_plan(case.rules, situation)
