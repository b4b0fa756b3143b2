"""A situation by the rules of another day: what that day does not know does not count then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from banzheng_tui.guide.answers import AnswerError, parse_json, parse_text
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.procedure.model import Question

_DAY = Question(
    id="day",
    name="日期",
    ask="按哪一天的规定？",
    kind="date",
    min=date(2000, 1, 1),
    max=date(2100, 12, 31),
    option=(),
)
"""Asked and read like any other day, so that it is refused with the same sentences."""


def parse_day(text: str, today: date) -> date:
    """The day that a typed text names; AnswerError with a sentence when it names none."""
    day = parse_text(_DAY, text, today)
    assert isinstance(day, date)
    return day


def as_of(rules: Rules, situation: Situation) -> tuple[Situation, tuple[str, ...]]:
    """What of a situation counts by these rules, and a sentence on each thing that does not.

    The situation that is given keeps everything, for the caller may ask about another day yet.
    """
    steps = {step.id for step in rules.steps}
    counts = replace(
        situation,
        on=rules.on,
        answers={f: a for f, a in situation.answers.items() if _fits(rules, f, a)},
        unsure=situation.unsure.intersection(rules.questions),
        done=situation.done & steps,
    )
    return counts, tuple(_notes(rules, situation, counts))


def _fits(rules: Rules, fact: str, answer: Answer) -> bool:
    """Whether the question is asked on that day and this is one of its answers."""
    question = rules.questions.get(fact)
    if question is None:
        return False
    try:
        given = sorted(answer) if isinstance(answer, frozenset) else answer
        return parse_json(question, given, rules.on) == answer
    except AnswerError:
        return False


def _notes(rules: Rules, given: Situation, counts: Situation) -> Iterator[str]:
    lost = (given.answers.keys() - counts.answers.keys()) | (given.unsure - counts.unsure)
    for question in rules.procedure.questions:
        if isinstance(question, Question) and question.id in lost:
            lost.discard(question.id)  # another wording of it may hold on another day
            why = "不能这样答" if question.id in rules.questions else "不问这一题"
            yield f"「{question.name}」的回答先留着，现在不算：按 {rules.on} 的规定{why}"
    titles = {step.id: step.title for step in rules.procedure.steps}
    for step in sorted(given.done - counts.done):
        yield f"已办的「{titles.get(step, step)}」现在不算：按 {rules.on} 的规定没有这一步"
