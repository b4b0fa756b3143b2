"""The options of a question side by side: what each of them leads to, and where they differ."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from banzheng_tui.guide.aspects import NONE, NOT_NEEDED, Aspect, Cell, Figure, Kind, one
from banzheng_tui.guide.compare_fees import fee_aspects, fee_grounds
from banzheng_tui.guide.duration import Which, plan_time
from banzheng_tui.guide.plan import Plan, Status, make_plan
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.guide.wording import (
    LEVEL,
    NEED,
    OUTCOME,
    STATUS,
    count_text,
    document_name,
)
from banzheng_tui.procedure.model import Option, Question

FEASIBLE = "可以办"

Ways: TypeAlias = Sequence[tuple[Option, Plan]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every option of a choice with its plan, and all that can be compared."""

    options: tuple[Option, ...]
    plans: tuple[Plan, ...]
    aspects: tuple[Aspect, ...]
    grounds: tuple[str, ...]
    """What the sources say about the fees, one sentence a fee."""


def comparable(question: Question) -> bool:
    """Whether the options of a question exclude one another, so that they can be compared."""
    return question.kind in ("choice", "yesno")


def comparison(rules: Rules, situation: Situation, fact: str) -> Comparison:
    """The options of a choice or of a yes and no compared, all other answers as they are."""
    return compared(option_plans(rules, situation, fact))


def option_plans(
    rules: Rules,
    situation: Situation,
    fact: str,
    known: Mapping[tuple[str, Answer], Plan] | None = None,
) -> tuple[tuple[Option, Plan], ...]:
    """For each option the plan it would lead to; ``known``: plans worked out before."""
    known = known or {}
    return tuple(
        (option, known.get((fact, value)) or make_plan(rules, situation.answer(fact, value)))
        for option, value in _values(rules.questions[fact])
    )


def _values(question: Question) -> Iterator[tuple[Option, Answer]]:
    if question.kind == "yesno":
        yield Option(id="yes", label="是"), True
        yield Option(id="no", label="不是"), False
    for option in question.options:
        yield option, option.id


def compared(ways: Ways) -> Comparison:
    """Options and their plans as one table."""
    options, plans = tuple(option for option, _ in ways), tuple(plan for _, plan in ways)
    aspects = (
        _feasible(plans),
        *_outcomes(plans),
        *_effects(options),
        *_times(plans),
        *_counts(plans),
        *fee_aspects(plans),
        *_warnings(plans),
        *_items("step", plans, lambda plan: plan.steps, _step),
        *_items("document", plans, lambda plan: plan.documents, _document),
        *_perhaps(plans),
    )
    return Comparison(options, plans, aspects, tuple(fee_grounds(plans)))


def _feasible(plans: Sequence[Plan]) -> Aspect:
    return Aspect("outcome", "能不能办", tuple(one(_can_be_done(plan)) for plan in plans))


def _can_be_done(plan: Plan) -> str:
    if plan.ended:
        return _ending(plan)
    found = {item.entry.kind: item.status for item in reversed(plan.outcomes)}  # certain first
    said = [
        OUTCOME[kind] if found[kind] == "certain" else f"可能{OUTCOME[kind]}"
        for kind in ("refuse", "redirect", "human")
        if kind in found
    ]
    return "，".join(said) or FEASIBLE


def _outcomes(plans: Sequence[Plan]) -> Iterator[Aspect]:
    """What it comes to for certain, at least by one of the options."""
    certain = _outcome_ids(plans, {"certain"})
    for kind, label in OUTCOME.items():
        cells = []
        for plan in plans:
            found = [o for o in plan.outcomes if o.entry.kind == kind and o.id in certain]
            said = (_maybe(item.status) + item.entry.text.rstrip("。") for item in found)
            cells.append(Cell(tuple(map(Figure, said))) if found else one(NONE))
        if any(cell.text != NONE for cell in cells):
            yield Aspect("outcome", label, tuple(cells))


def _perhaps(plans: Sequence[Plan]) -> Iterator[Aspect]:
    """What it may yet come to, certain by none of the options."""
    certain = _outcome_ids(plans, {"certain"})
    for name in _outcome_ids(plans, {"possible"}):
        if name not in certain:
            outcome = next(o for o in plans[0].rules.outcomes if o.id == name)
            cells = tuple(one("可能" if name in _outcome_ids([p]) else NONE) for p in plans)
            yield Aspect("perhaps", f"[{OUTCOME[outcome.kind]}] {outcome.text}", cells)


def _outcome_ids(
    plans: Sequence[Plan], statuses: Collection[Status] = ("certain", "possible")
) -> dict[str, None]:
    found = (o for plan in plans for o in plan.outcomes if o.status in statuses)
    return dict.fromkeys(outcome.id for outcome in found)


def _maybe(status: Status) -> str:
    return "可能：" if status == "possible" else ""


def _effects(options: Sequence[Option]) -> Iterator[Aspect]:
    if any(option.note for option in options):
        yield Aspect("effect", "说明", tuple(one(option.note or NONE) for option in options))


def _times(plans: Sequence[Plan]) -> Iterator[Aspect]:
    labels: tuple[tuple[str, Which], ...] = (("时限最短", "shortest"), ("时限最长", "longest"))
    for label, which in labels:
        cells = (one(_ending(plan) or plan_time(plan, which).text) for plan in plans)
        yield Aspect("time", label, tuple(cells))


def _ending(plan: Plan) -> str:
    """The word for a plan that has come to its end: 办不了, 转办."""
    ends = (item.entry for item in plan.outcomes if item.entry.ends and plan.ended)
    return next((OUTCOME[outcome.kind] for outcome in ends), "")


def _counts(plans: Sequence[Plan]) -> Iterator[Aspect]:
    yield _count("步骤", "步", plans, lambda plan: [step.status for step in plan.steps])
    yield _count("材料", "份", plans, lambda plan: [paper.status for paper in plan.documents])


def _count(
    label: str, unit: str, plans: Sequence[Plan], statuses: Callable[[Plan], list[Status]]
) -> Aspect:
    return Aspect(
        "count",
        label,
        tuple(one(_ending(plan) or _number(statuses(plan), unit)) for plan in plans),
    )


def _number(statuses: list[Status], unit: str) -> str:
    certain, possible = statuses.count("certain"), statuses.count("possible")
    if not possible:
        return f"{certain} {unit}" if certain else NONE
    return f"{certain} {unit}，可能还有 {possible} {unit}" if certain else f"可能 {possible} {unit}"


def _warnings(plans: Sequence[Plan]) -> Iterator[Aspect]:
    """What cannot be taken back, and what must be done by a day."""
    for level in ("irreversible", "deadline"):
        found = [
            {w.entry.text: w.status for w in plan.warnings if w.entry.level == level}
            for plan in plans
        ]
        for text in dict.fromkeys(text for texts in found for text in texts):
            cells = (one(_has(texts.get(text))) for texts in found)
            yield Aspect("warning", f"[{LEVEL[level]}] {text}", tuple(cells), level)


def _has(status: Status | None) -> str:
    return NONE if status is None else "有" if status == "certain" else "可能有"


def _items(
    kind: Kind,
    plans: Sequence[Plan],
    items: Callable[[Plan], Sequence[Any]],
    say: Callable[[Any, Plan], tuple[str, str]],
) -> Iterator[Aspect]:
    """A row for each step or paper; those of the same name are one."""
    found = []
    for plan in plans:
        said: dict[str, list[str]] = {}
        for item in items(plan):
            name, text = say(item, plan)
            said.setdefault(name, []).append(text)
        found.append(said)
    for name in _in_order(found):
        cells = (Cell(tuple(map(Figure, said.get(name, [NOT_NEEDED])))) for said in found)
        yield Aspect(kind, name, tuple(cells))


def _in_order(lists: Iterable[Mapping[str, object]]) -> list[str]:
    """All names; what only a later option has stands behind its neighbour there."""
    order: list[str] = []
    for names in lists:
        place = 0
        for name in names:
            if name in order:
                place = order.index(name) + 1
            else:
                order.insert(place, name)
                place += 1
    return order


def _step(item: Any, plan: Plan) -> tuple[str, str]:  # noqa: ARG001
    return item.entry.title, "已办" if item.state == "done" else STATUS[item.status]


def _document(item: Any, plan: Plan) -> tuple[str, str]:
    parts = (STATUS[item.status], count_text(item), NEED[item.need])
    return document_name(item, plan.rules), " ".join(part for part in parts if part)
