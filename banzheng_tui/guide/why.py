"""Why, why not, and what would change it: sentences that an agent reads aloud."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from banzheng_tui.guide.exact.axes import Cut, Line
from banzheng_tui.guide.flips import Changes, Flip, flips
from banzheng_tui.guide.items import Item, entries, own_diagram, standing
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.reasons import answers_behind, ended, play_behind
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer
from banzheng_tui.guide.wording import (
    GRADE,
    answer_text,
    citations_text,
    day_text,
    undecided_text,
    yuan,
)
from banzheng_tui.procedure.model import Question

MOST_FLIPS = 3
MOST_NAMED = 3
_ENDED = {"refuse": "这个事项办不了", "redirect": "这件事要转到别的事项办"}


def why(plan: Plan, item: Item) -> str:
    """One sentence: the answers and the article that put an item where it stands."""
    stands = standing(plan, item)
    said = said_text(plan, answers_behind(plan, item))
    if stands == "possible":
        waits = plan.standings.undecided(own_diagram(plan.rules, item))
        more = f"等 {len(waits)} 问" if len(waits) > MOST_NAMED else ""
        return f"还没定，{undecided_text(waits[:MOST_NAMED], plan.rules)}{more}怎么答。"
    if stands == "excluded":
        return _why_not(plan, item, said)
    reason = f"因为{said}" if said else "只要办这个事项就是这样"
    return "；".join(part for part in (reason, basis(plan, item)) if part) + "。"


def _why_not(plan: Plan, item: Item, said: str) -> str:
    if item.kind != "outcome" and ended(plan.rules, plan.situation.answers):
        kinds = {outcome.entry.kind for outcome in plan.outcomes if outcome.entry.ends}
        ending = _ENDED.get("".join(kinds), "这个事项办不了，或者要转到别的事项办")
        return f"{ending}，因为{said}。" if said else f"{ending}。"
    word = "没有这一条" if item.kind in ("outcome", "warning") else "这次不用"
    if not said:
        return f"{word}，按 {day_text(plan.situation.on)}的规定，怎么答都用不上。"
    return f"{word}，因为{said}。"


def why_asked(plan: Plan, fact: str) -> str:
    """Which answers bring a question up; empty when it is asked of everybody."""
    said = said_text(plan, play_behind(plan, fact))
    return f"因为{said}。" if said else ""


def said_text(plan: Plan, facts: Sequence[str]) -> str:
    """「您说父母户口是「不在一处」，而且随谁落户是「随母亲」」; empty without facts."""
    questions = plan.rules.questions
    answers = plan.situation.answers
    parts = [
        f"{questions[fact].name}是「{answer_text(questions[fact], answers[fact])}」"
        if fact in questions
        else fact
        for fact in facts
    ]
    return f"您说{'，而且'.join(parts)}" if parts else ""


def basis(plan: Plan, item: Item) -> str:
    """The articles that an item rests on, or that none has been checked."""
    cited = dict.fromkeys(c for entry in entries(plan.rules, item) for c in entry.source)
    law = citations_text(tuple(cited), plan.rules.procedure)
    grades = dict.fromkeys(GRADE[entry.grade] for entry in entries(plan.rules, item))
    unsettled = "，".join(grade for grade in grades if grade)
    return "，".join(part for part in (f"依据{law}" if law else "", unsettled) if part)


# -------------------------------------------------------------------- what would change it


def flip_lines(plan: Plan, item: Item) -> tuple[str, ...]:
    """「如果孩子在哪里出生是「本市医院」，就不用了。」: the smallest changes, three at most."""
    found = flips(plan, item)
    then = _then(item, wanted=standing(plan, item) == "excluded")
    return tuple(
        f"如果{'，而且'.join(_given(plan.rules, group))}，{then}。"
        for group in _grouped(found)[:MOST_FLIPS]
    )


def _then(item: Item, *, wanted: bool) -> str:
    if item.kind == "outcome":
        return "就会是这样" if wanted else "就不是这样"
    if item.kind == "warning":
        return "就要留意这一条" if wanted else "就没有这一条"
    if item.kind == "fee":
        return "就要交这一项" if wanted else "就不用交这一项"
    return "就要了" if wanted else "就不用了"


def _grouped(found: Sequence[Flip]) -> list[list[tuple[str, list[Answer]]]]:
    """Changes that differ in the answer to their last question only, together."""
    groups: dict[tuple[Changes, str], list[Answer]] = {}
    for flip in found:
        *before, (fact, answer) = flip.changes
        groups.setdefault((tuple(before), fact), []).append(answer)
    return [
        [*((fact, [answer]) for fact, answer in before), (last, answers)]
        for (before, last), answers in groups.items()
    ]


def _given(rules: Rules, group: Sequence[tuple[str, list[Answer]]]) -> Iterator[str]:
    for fact, answers in group:
        question = rules.questions[fact]
        line = rules.truths.formulas.axes.lines.get(fact)
        if line is None:
            yield f"{question.name}是{'或'.join(f'「{_named(question, a)}」' for a in answers)}"
        else:
            yield question.name + "，或".join(_ranges(question, line, answers))


def _named(question: Question, answer: Answer) -> str:
    return answer_text(question, answer)


def _ranges(question: Question, line: Line, answers: Sequence[Answer]) -> Iterator[str]:
    """「超过 140 平方米」: runs of places, each as its bounds."""
    places = sorted(line.place(answer) for answer in answers)
    while places:
        last = first = places.pop(0)
        while places and places[0] == last + 1:
            last = places.pop(0)
        yield _range(question, line.ends(first)[0], line.ends(last)[1])


def _range(question: Question, low: Cut | None, high: Cut | None) -> str:
    if low and high and low[0] == high[0]:
        return f"是 {_shown(question, low[0])}"
    if question.kind == "date":
        parts = [f"在 {_shown(question, low[0])}或以后" if low else ""]
        parts.append(f"早于 {_shown(question, high[0])}" if high else "")
    else:
        parts = [f"{'不少于' if not low[1] else '超过'} {_shown(question, low[0])}" if low else ""]
        parts.append(
            f"{'不到' if not high[1] else '不超过'} {_shown(question, high[0])}" if high else ""
        )
    return "、".join(part for part in parts if part) or "是别的"


def _shown(question: Question, bound: Any) -> str:
    if isinstance(bound, date):
        return day_text(bound)
    amount = Decimal(Fraction(bound).numerator) / Decimal(Fraction(bound).denominator)
    if question.kind == "money":
        return f"{yuan(amount)} 元"
    plain = f"{round(amount, 4):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain + (f" {question.unit}" if question.unit else "")
