"""The fees of several plans side by side: each kind one row, each figure with its rule."""

from collections.abc import Iterator, Sequence

from banzheng_tui.guide.aspects import NOTHING_TO_PAY, Aspect, Cell, Figure, one
from banzheng_tui.guide.fee_rule import fee_rule
from banzheng_tui.guide.plan import Plan, PlanFee
from banzheng_tui.guide.wording import GRADE, citations_text, fee_text


def fee_aspects(plans: Sequence[Plan]) -> Iterator[Aspect]:
    """One row for each kind of fee: 契税, whether on a sale or on a gift."""
    order = {id(fee): place for place, fee in enumerate(plans[0].rules.fees)}
    fees = sorted((fee for plan in plans for fee in plan.fees), key=lambda f: order[id(f.entry)])
    for name in dict.fromkeys(_kind_of_fee(fee) for fee in fees):
        yield Aspect("fee", name, tuple(_fee_cell(plan, name) for plan in plans))


def _kind_of_fee(fee: PlanFee) -> str:
    return fee.entry.name.split("（")[0]


def _fee_cell(plan: Plan, name: str) -> Cell:
    found = [fee for fee in plan.fees if _kind_of_fee(fee) == name]
    said = (_figure(fee, plan, alone=len(found) == 1) for fee in found)
    return Cell(tuple(dict.fromkeys(said))) if found else one(NOTHING_TO_PAY)


def _figure(fee: PlanFee, plan: Plan, *, alone: bool) -> Figure:
    """What a fee comes to; beside others of its kind with the words that tell it from them."""
    which = "" if alone else fee.entry.name.removeprefix(_kind_of_fee(fee)).strip("（）")
    told = fee_text(fee)
    if fee.status == "possible":
        told = f"可能收 {told}" if told[0].isdecimal() else _possibly(told)
    text = f"{which}：{told}" if which else told
    return Figure(text, fee_rule(fee.entry, plan), fee.entry.grade)


def _possibly(told: str) -> str:
    return f"可能{told}" if told.startswith("不用") else f"可能收，{told}"


def fee_grounds(plans: Sequence[Plan]) -> Iterator[str]:
    """「契税（买房）：……。依据……。以受理窗口为准。」, each fee that any option has, once."""
    procedure = plans[0].rules.procedure
    entries = {id(fee.entry): fee.entry for plan in plans for fee in plan.fees}
    for fee in sorted(entries.values(), key=procedure.fees.index):
        law = citations_text(fee.source, procedure)
        parts = (fee.note or "", f"依据{law}" if law else "", GRADE[fee.grade])
        said = "".join(f"{part.rstrip('。')}。" for part in parts if part)
        if said:
            yield f"{fee.name}：{said}"
