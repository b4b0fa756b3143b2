"""The things that a plan may hold, named: by kind and id, whether they are in the plan or not."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from banzheng_tui.guide.exact.diagrams import NO as NEVER
from banzheng_tui.guide.plan import Plan, Status
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri
from banzheng_tui.procedure.condition import OneOf
from banzheng_tui.procedure.model import Fee, Graded, Outcome, Step, Warning

Kind: TypeAlias = Literal["outcome", "step", "document", "warning", "fee"]
Standing: TypeAlias = Status | Literal["excluded"]
_STANDING: dict[Tri, Standing] = {NO: "excluded", OPEN: "possible", YES: "certain"}


@dataclass(frozen=True, slots=True)
class Item:
    """One outcome, step, line of papers, warning or fee; warnings go by their place in the file."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def all_items(rules: Rules) -> tuple[Item, ...]:
    """Everything that the procedure has on this day, in the author's order."""
    return (
        *(Item("outcome", outcome.id) for outcome in rules.outcomes),
        *(Item("warning", str(number)) for number in range(len(rules.warnings))),
        *(Item("document", line) for line in rules.truths.lines),
        *(Item("step", step.id) for step in rules.steps),
        *(Item("fee", fee.id) for fee in rules.fees),
    )


def item_of(target: str) -> Item | None:
    """The item that ``str`` of an item names; None for any other text."""
    kind, _, name = target.partition(":")
    found: dict[str, Kind] = {
        "outcome": "outcome",
        "step": "step",
        "document": "document",
        "warning": "warning",
        "fee": "fee",
    }
    return Item(found[kind], name) if kind in found else None


def entries(rules: Rules, item: Item) -> tuple[Graded, ...]:
    """What the author wrote of an item: several entries where a paper has several uses."""
    if item.kind == "document":
        return rules.truths.lines[item.id]
    if item.kind == "warning":
        return (rules.warnings[int(item.id)],)
    groups: dict[Kind, tuple[Outcome | Step | Fee, ...]] = {
        "outcome": rules.outcomes,
        "step": rules.steps,
        "fee": rules.fees,
    }
    return tuple(entry for entry in groups[item.kind] if entry.id == item.id)


def title(rules: Rules, item: Item) -> str:
    """What an item is called, or says."""
    entry = entries(rules, item)[0]
    if isinstance(entry, Step):
        return entry.title
    if isinstance(entry, Fee):
        return entry.name
    if isinstance(entry, Warning | Outcome):
        return entry.text
    papers = dict.fromkeys(paper for use in rules.truths.lines[item.id] for paper in use.papers)
    return "或".join(rules.catalog.documents[paper].name for paper in papers)


def own_diagram(rules: Rules, item: Item) -> int:
    """Where an item's own conditions hold."""
    truths = rules.truths
    match item.kind:
        case "outcome":
            return truths.outcomes[item.id]
        case "step":
            return truths.steps[item.id]
        case "document":
            return truths.uses(truths.lines[item.id])
        case "warning":
            return truths.warning(rules.warnings[int(item.id)])
    return truths.fees[item.id]


def standing(plan: Plan, item: Item) -> Standing:
    """Whether an item is certain, possible or excluded."""
    own = own_diagram(plan.rules, item)
    standings = plan.standings
    if item.kind == "outcome":
        return _STANDING[standings.knowledge.verdict(own)]
    if item.kind == "fee":
        (fee,) = (fee for fee in plan.rules.fees if fee.id == item.id)
        return _STANDING[standings.fee(fee)]
    return _STANDING[standings.item(own)]


def excluded_items(plan: Plan) -> tuple[Item, ...]:
    """Everything that is not in this plan and might be with other answers, in the author's order.

    What belongs to a procedure that is not on the way at all is left out.
    """
    off = _off_the_way(plan)
    return tuple(
        item
        for item in all_items(plan.rules)
        if standing(plan, item) == "excluded"
        and own_diagram(plan.rules, item) != NEVER
        and not (off and all(name.startswith(off) for name in _places(plan.rules, item)))
    )


def _off_the_way(plan: Plan) -> tuple[str, ...]:
    """How the ids of procedures begin that nothing brings along, whatever is still answered."""
    members = dict.fromkeys(plan.rules.origin.values())
    root = plan.rules.procedure.id
    return tuple(
        f"{name}/"
        for name in members
        if name != root and plan.standings.holds(OneOf(f"needed/{name}", (True,))) == NO
    )


def _places(rules: Rules, item: Item) -> tuple[str, ...]:
    """The steps that an item goes with, or its own id."""
    if item.kind == "document":
        return tuple(step for use in rules.truths.lines[item.id] for step in use.for_steps)
    if item.kind == "warning":
        return rules.warnings[int(item.id)].before
    return (item.id,)
