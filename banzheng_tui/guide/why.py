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
_ALWAYS = {
    "step": "都有这一步",
    "document": "都要这一份",
    "warning": "都要留意这一条",
    "fee": "都有这一项",
    "outcome": "都是这样",
}
_NOT = {
    "step": "这次没有这一步",
    "document": "这次不用这一份",
    "warning": "这条提醒这次用不上",
    "fee": "这次没有这一项",
    "outcome": "不是这种情形",
}
_THEN = {
    "step": ("就要办这一步", "就不用办这一步"),
    "document": ("就要这一份", "就不用这一份"),
    "warning": ("就要留意这一条", "就不用管这一条"),
    "fee": ("就有这一项", "就没有这一项"),
    "outcome": ("就是这种情形", "就不是这种情形"),
}
"""What follows from a change: the item comes, or it goes."""


def why(plan: Plan, item: Item) -> str:
    """One sentence: the answers and the article that put an item where it stands."""
    stands = standing(plan, item)
    if stands == "possible":
        return _open(plan.standings.undecided(own_diagram(plan.rules, item)), plan.rules)
    said = said_text(plan, answers_behind(plan, item))
    if stands == "excluded":
        return _why_not(plan, item, said)
    reason = f"因为{said}" if said else f"只要办这个事项，{_ALWAYS[item.kind]}"
    return "；".join(part for part in (reason, basis(plan, item)) if part) + "。"


def _open(waits: Sequence[str], rules: Rules) -> str:
    """「还没定，要看「父母户口」怎么答。」; what the city sets is nobody's to answer."""
    asked = tuple(fact for fact in waits if fact in rules.questions)
    set_there = tuple(fact for fact in waits if fact not in rules.questions)
    parts = []
    if asked:
        more = f"等 {len(asked)} 问" if len(asked) > MOST_NAMED else ""
        parts.append(f"{undecided_text(asked[:MOST_NAMED], rules)}{more}怎么答")
    if set_there:
        parts.append(f"{undecided_text(set_there[:MOST_NAMED], rules)}当地怎么定")
    return f"还没定，要{'，还要'.join(parts)}。"


def _why_not(plan: Plan, item: Item, said: str) -> str:
    if item.kind != "outcome" and ended(plan.rules, plan.standings.knowledge.answers):
        kinds = {outcome.entry.kind for outcome in plan.outcomes if outcome.entry.ends}
        ending = _ENDED.get("".join(kinds), "这个事项办不了，或者要转到别的事项办")
        return f"{ending}，因为{said}。" if said else f"{ending}。"
    word = _NOT[item.kind]
    if not said:
        return f"{word}，按 {day_text(plan.situation.on)}的规定，怎么答都用不上。"
    return f"{word}，因为{said}。"


def why_asked(plan: Plan, fact: str) -> str:
    """Which answers bring a question up; empty when it is asked of everybody."""
    said = said_text(plan, play_behind(plan, fact))
    return f"因为{said}。" if said else ""


def said_text(plan: Plan, facts: Sequence[str]) -> str:
    """「「父母户口」您说的是「不在一处」，而且「随谁落户」…」; empty without facts."""
    return "，而且".join(_said(plan, fact) for fact in facts)


def _said(plan: Plan, fact: str) -> str:
    """A bare yes or no is said with the whole question: that is what the caller heard."""
    rules, answer = plan.rules, plan.standings.knowledge.answers[fact]
    question = rules.questions.get(fact)
    if question is None:
        return f"您手里{'有' if answer else '还没有'}「{rules.locals[fact].name}」"
    if question.kind == "yesno":
        return f"问到「{_asked(question)}」，您答的是「{answer_text(question, answer)}」"
    return f"「{question.name}」您说的是{_quoted(question, answer)}"


def _asked(question: Question) -> str:
    return question.ask.rstrip("？?。")


def _quoted(question: Question, answer: Answer) -> str:
    """「茶」「饼」: labels may hold commas of their own."""
    if isinstance(answer, frozenset):
        return "".join(f"「{o.label}」" for o in question.options if o.id in answer)
    return f"「{answer_text(question, answer)}」"


def basis(plan: Plan, item: Item) -> str:
    """The articles that an item rests on, or that none has been checked."""
    cited = dict.fromkeys(c for entry in entries(plan.rules, item) for c in entry.source)
    law = citations_text(tuple(cited), plan.rules.procedure)
    grades = dict.fromkeys(GRADE[entry.grade] for entry in entries(plan.rules, item))
    unsettled = "，".join(grade for grade in grades if grade)
    return "，".join(part for part in (f"依据{law}" if law else "", unsettled) if part)


# -------------------------------------------------------------------- what would change it


def flip_lines(plan: Plan, item: Item) -> tuple[str, ...]:
    """「如果「出生地点」是「国外」，就不用这一份。」: the smallest changes, three at most."""
    comes, goes = _THEN[item.kind]
    then = comes if standing(plan, item) == "excluded" else goes
    return tuple(
        f"如果{'，而且'.join(_given(plan, group))}，{then}。"
        for group in _grouped(flips(plan, item))[:MOST_FLIPS]
    )


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


def _given(plan: Plan, group: Sequence[tuple[str, list[Answer]]]) -> Iterator[str]:
    for fact, answers in group:
        question = plan.rules.questions[fact]
        line = plan.rules.truths.formulas.axes.lines.get(fact)
        if line is not None:
            yield f"「{question.name}」{'，或'.join(_ranges(question, line, answers))}"
        elif question.kind == "yesno":
            yield f"问到「{_asked(question)}」，答「{answer_text(question, answers[0])}」"
        elif question.kind == "choices":
            yield _chosen(question, plan.situation.answers.get(fact), answers)
        else:
            yield f"「{question.name}」{_one_of(question, answers)}"


def _one_of(question: Question, answers: Sequence[Answer]) -> str:
    """「是「甲」或「乙」」; where most options would do, those that would not."""
    others = [option.id for option in question.options if option.id not in answers]
    if len(answers) > MOST_NAMED and 0 < len(others) < MOST_NAMED:
        return f"不是{_any_of([_quoted(question, other) for other in others])}"
    return f"是{_any_of([_quoted(question, answer) for answer in answers])}"


def _any_of(words: Sequence[str]) -> str:
    """「甲」「乙」或「丙」."""
    return "或".join(part for part in ("".join(words[:-1]), words[-1]) if part)


def _chosen(question: Question, before: Answer | None, answers: Sequence[Answer]) -> str:
    """Several choices by what would come and go: nobody listens to all that stays."""
    kept = before if isinstance(before, frozenset) else frozenset()
    sets = [answer for answer in answers if isinstance(answer, frozenset)]
    turns = [(answer - kept, kept - answer) for answer in sets]
    if not all(kept & answer for answer in sets):
        return f"「{question.name}」是{_any_of([_quoted(question, a) for a in sets])}"
    words = [
        "、".join(
            f"{word}{_quoted(question, turned)}"
            for word, turned in (("还有", more), ("没有", less))
            if turned
        )
        for more, less in turns
    ]
    return f"「{question.name}」里{'，或者'.join(words)}"


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
