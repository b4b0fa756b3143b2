"""What comes, goes and changes from one plan of a procedure to another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from banzheng_tui.guide.plan import (
    Plan,
    PlanDocument,
    PlanFee,
    PlanOutcome,
    PlanStep,
    PlanWarning,
    Status,
)
from banzheng_tui.guide.wording import (
    LEVEL,
    OUTCOME,
    count_text,
    department_name,
    document_name,
    fee_text,
    time_text,
)

Kind: TypeAlias = Literal["outcome", "document", "step", "warning", "fee"]
KINDS: Mapping[Kind, str] = {
    "outcome": "结论",
    "document": "材料",
    "step": "步骤",
    "warning": "提醒",
    "fee": "费用",
}
"""What a plan holds, in the order in which differences are told."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a plan, and what is said of it beside its title."""

    kind: Kind
    id: str
    """The entry's id; of a warning without one its place in the procedure."""
    title: str
    status: Status
    aspects: tuple[tuple[str, str], ...]
    """What it is about and the words, such as (份数, 原件 1)."""

    @property
    def aside(self) -> str:
        """What one should hear with the title: all of it that is more than usual."""
        told = (words for name, words in self.aspects if name not in _LEFT_TO_THE_PLAN)
        return "，".join(words for words in told if words and words not in _USUAL)


@dataclass(frozen=True, slots=True)
class Turn:
    """An item that both plans hold, and that says something else now."""

    before: Item
    after: Item

    @property
    def turns(self) -> tuple[str, ...]:
        """Each thing that changes: 「原件 1 变成 原件 2」."""
        old, new = dict(self.before.aspects), dict(self.after.aspects)
        told = [f"原来写「{self.before.title}」"] if self.before.title != self.after.title else []
        told += [
            f"{old.get(name) or _NOTHING} 变成 {new.get(name) or _NOTHING}"
            for name in dict.fromkeys((*old, *new))
            if old.get(name) != new.get(name)
        ]
        return tuple(told)


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second plan has more, has no longer, and says otherwise."""

    new: tuple[Item, ...]
    gone: tuple[Item, ...]
    turned: tuple[Turn, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both plans say the same."""
        return not (self.new or self.gone or self.turned)


def difference(before: Plan, after: Plan) -> Difference:
    """The difference between two plans of one procedure, perhaps by the rules of two days.

    Where one stands (steps done, papers held) is no difference of what the plan asks for.
    """
    old, new = _items(before), _items(after)
    return Difference(
        new=tuple(item for key, item in new.items() if key not in old),
        gone=tuple(item for key, item in old.items() if key not in new),
        turned=tuple(
            Turn(old[key], item) for key, item in new.items() if key in old and old[key] != item
        ),
    )


def difference_lines(found: Difference) -> Iterator[str]:
    """One sentence for each difference, to be read aloud."""
    for item in found.new:
        yield f"多了{KINDS[item.kind]}：{titled(item.title, item.aside)}"
    for item in found.gone:
        yield f"不用了{KINDS[item.kind]}：{item.title}"
    for turn in found.turned:
        told = titled(turn.after.title, "；".join(turn.turns))
        yield f"变了{KINDS[turn.after.kind]}：{told}"


def titled(title: str, aside: str) -> str:
    """A title with what is to be said beside it in brackets."""
    return f"{title.rstrip('。')}（{aside}）" if aside else title


_NOTHING = "没有说明"
_CERTAIN = {
    "outcome": "一定",
    "document": "一定要",
    "step": "一定要",
    "warning": "一定有",
    "fee": "一定收",
}
_POSSIBLE = {
    "outcome": "可能",
    "document": "可能要",
    "step": "可能要",
    "warning": "可能有",
    "fee": "可能收",
}
_NEED = {"required": "不能后补", "deferrable": "可以后补", "optional": "可交可不交"}
_FETCHED = {False: "要自己交", True: "窗口自己取，不用交"}
_KEPT = {False: "原件退还", True: "原件收走"}
_GRADE = {"verified": "核到了原文", "window": "以受理窗口为准", "local": "因地而异"}
_USUAL = {*_CERTAIN.values(), OUTCOME["result"], "不能后补", "要自己交", "原件退还", "核到了原文"}
_LEFT_TO_THE_PLAN = ("部门", "时间")
"""Said where they change, but not where the whole item comes or goes."""


def _items(plan: Plan) -> dict[tuple[Kind, str], Item]:
    """Everything a plan holds by kind and id, what is certain first."""
    found = (
        *(_outcome(item) for item in plan.outcomes),
        *(_document(item, plan) for item in plan.documents),
        *(_step(item, plan) for item in plan.steps),
        *(_warning(item, plan) for item in plan.warnings),
        *(_fee(item) for item in plan.fees),
    )
    order = list(KINDS)
    ranked = sorted(found, key=lambda item: (item.status != "certain", order.index(item.kind)))
    return {(item.kind, item.id): item for item in ranked}


def _item(kind: Kind, item_id: str, title: str, item: Any, **aspects: str) -> Item:
    words = _CERTAIN if item.status == "certain" else _POSSIBLE
    standing = (("状态", words[kind]), *aspects.items())
    return Item(kind, item_id, title, item.status, standing)


def _outcome(item: PlanOutcome) -> Item:
    entry = item.entry
    said = {"结论": OUTCOME[entry.kind], "依据": _GRADE[entry.grade]}
    return _item("outcome", item.id, entry.text, item, **said)


def _document(item: PlanDocument, plan: Plan) -> Item:
    said = {
        "份数": count_text(item),
        "后补": _NEED[item.need],
        "调取": _FETCHED[item.fetched],
        "收走": _KEPT[any(use.kept for use in item.uses)],
        "依据": _GRADE[item.grade],
    }
    return _item("document", item.id, document_name(item, plan.rules), item, **said)


def _step(item: PlanStep, plan: Plan) -> Item:
    entry = item.entry
    said = {
        "部门": department_name(item, plan.rules),
        "时间": time_text(entry.time),
        "依据": _GRADE[entry.grade],
    }
    return _item("step", item.id, entry.title, item, **said)


def _warning(item: PlanWarning, plan: Plan) -> Item:
    entry = item.entry
    said = {"轻重": LEVEL[entry.level], "依据": _GRADE[entry.grade]}
    return _item("warning", entry.id or _place(item, plan), entry.text, item, **said)


def _place(item: PlanWarning, plan: Plan) -> str:
    """Its place among all warnings of the procedure, which no day moves."""
    warnings = plan.rules.procedure.warnings
    return str(next(n for n, warning in enumerate(warnings) if warning is item.entry))


def _fee(item: PlanFee) -> Item:
    entry = item.entry
    said = {"金额": fee_text(item), "谁交": entry.payer or "", "依据": _GRADE[entry.grade]}
    return _item("fee", entry.id, entry.name, item, **said)
