"""The ways of a decision side by side: fees, steps, papers, time, what cannot be taken back."""

from collections.abc import Callable, Iterator, Sequence

from banzheng_tui.guide.plan import Plan, PlanFee
from banzheng_tui.guide.wording import fee_text
from banzheng_tui.procedure.model import Option
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer
from banzheng_tui.tui.text import cell_width, crop, pad, wrap

Ways = Sequence[tuple[Option, Plan]]
LABEL = 12


def compare_rows(ways: Ways, writer: Writer) -> list[Row]:
    """A table with a column for each way; what is only possible or open says so."""
    width = (writer.width - LABEL) // len(ways)
    rows = [BLANK, writer.line(("title", "几条路对照")), BLANK]
    rows += _cells("", [option.label for option, _ in ways], width, "current")
    rows.append(writer.heading("税费"))
    for name in _fee_names(ways):
        rows += _cells(name, [_amounts(plan, name) for _, plan in ways], width)
    rows.append(writer.heading("怎么办"))
    for label, count in _COUNTS:
        rows += _cells(label, [count(plan) for _, plan in ways], width)
    rows.append(BLANK)
    for option, plan in ways:
        rows += _warned(option, plan, ways, writer)
    rows += writer.paragraph(
        "（窗口）以受理窗口为准，（各地）因地而异。税费之外还有亲情和风险，不替来电人选。", "muted"
    )
    return rows


def _name(fee: PlanFee) -> str:
    """The tax as one speaks of it: 契税, whether on a sale or on a gift."""
    return fee.entry.name.split("（")[0]


def _fee_names(ways: Ways) -> dict[str, None]:
    """What any way costs, in the author's order."""
    order = {fee.id: number for number, fee in enumerate(ways[0][1].rules.fees)}
    fees = sorted((f for _, p in ways for f in p.fees), key=lambda f: order[f.entry.id])
    return dict.fromkeys(_name(fee) for fee in fees)


def _amounts(plan: Plan, name: str) -> str:
    found = [_amount(fee) for fee in plan.fees if _name(fee) == name]
    return "；".join(dict.fromkeys(found)) or "无"


def _amount(fee: PlanFee) -> str:
    maybe = "可能 " if fee.status == "possible" else ""
    return maybe + fee_text(fee) + _MARK[fee.entry.grade]


_MARK = {"verified": "", "window": "（窗口）", "local": "（各地）"}


def _steps(plan: Plan) -> str:
    return "办不了" if plan.ended else f"{len(plan.steps)} 步"


def _papers(plan: Plan) -> str:
    return f"{len(plan.documents)} 份" if not plan.ended else ""


def _irreversible(plan: Plan) -> str:
    count = sum(item.entry.level == "irreversible" for item in plan.warnings)
    return f"{count} 条"


_COUNTS: tuple[tuple[str, Callable[[Plan], str]], ...] = (
    ("步骤", _steps),
    ("材料", _papers),
    ("不可撤回", _irreversible),
)


def _warned(option: Option, plan: Plan, ways: Ways, writer: Writer) -> Iterator[Row]:
    """The warnings that only this way has, notes left out."""
    others = {item.entry.text for other, p in ways if other is not option for item in p.warnings}
    for item in plan.warnings:
        warning = item.entry
        if warning.level != "note" and warning.text not in others:
            role: Role = "danger" if warning.level == "irreversible" else "next"
            mark = f"[{option.label}] "
            yield from writer.paragraph(warning.text, role, first=[(role, mark)], hang=2)


def _cells(label: str, texts: Sequence[str], width: int, role: Role = "text") -> Iterator[Row]:
    """One row of the table; long cells go on below."""
    columns = [wrap(text, width - 2) for text in texts]
    heads = wrap(label, LABEL - 1) or [""]
    for number in range(max(len(heads), *(len(column) for column in columns))):
        head = heads[number] if number < len(heads) else ""
        spans: list[Span] = [("muted", pad(head, LABEL))]
        for column in columns:
            text = column[number] if number < len(column) else ""
            shown = crop(text, width - 1)
            spans.append((role, shown + " " * (width - cell_width(shown))))
        yield Row(tuple(spans))
