"""Random callers: any answer that a question allows, now and then 还不清楚."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from banzheng_tui.guide.rules import bound_value
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.procedure.model import Question

TODAY = date.today()
UNSURE_SHARE = 0.1
"""So many of the answers are 还不清楚, where a question allows it."""


def answered(situation: Situation, question: Question, random: Random) -> Situation:
    """The situation with this question answered somehow."""
    if question.unsure and random.random() < UNSURE_SHARE:
        return situation.mark_unsure(question.id)
    return situation.answer(question.id, answer(question, random))


def answer(question: Question, random: Random) -> Answer:
    """Any answer that the question allows."""
    match question.kind:
        case "yesno":
            return random.random() < 0.5
        case "choice":
            return random.choice(question.options).id
        case "choices":
            return _several(question, random)
        case "date":
            return _day(question, random)
    low = question.min if isinstance(question.min, Decimal) else Decimal(0)
    high = question.max if isinstance(question.max, Decimal) else low + 10 ** random.randint(1, 7)
    return low + (high - low) * random.randint(0, 100) / 100


def _several(question: Question, random: Random) -> Answer:
    alone = [option.id for option in question.options if option.exclusive]
    together = [option.id for option in question.options if not option.exclusive]
    if alone and random.random() < 0.3:
        return frozenset({random.choice(alone)})
    return frozenset(random.sample(together, random.randint(1, len(together))))


def _day(question: Question, random: Random) -> Answer:
    low, high = bound_value(question.min, TODAY), bound_value(question.max, TODAY)
    day: date = TODAY + timedelta(days=random.randint(-4000, 400))
    return max(low or date.min, min(day, high or date.max))
