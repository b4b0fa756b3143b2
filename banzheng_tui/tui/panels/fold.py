"""The plan folded into two lines, for narrow windows."""

from dataclasses import replace

from banzheng_tui.guide.plan import Plan
from banzheng_tui.tui.rows import BLANK, Row, Span, Writer

FOLD = "fold"
"""What a click on the folded plan means: open it."""


def fold_rows(plan: Plan, writer: Writer) -> list[Row]:
    """The plan folded into two lines, for narrow windows."""
    if plan.ended:
        text = plan.outcomes[0].entry.text if plan.outcomes else ""
        return [writer.line(("danger", "结果  "), ("danger", text), target=FOLD), BLANK]
    now = plan.current.entry.title if plan.current else "没有要办的了"
    then = plan.next.entry.title if plan.next else "没有了"
    certain = sum(d.status == "certain" for d in plan.documents)
    maybe = len(plan.documents) - certain
    danger = sum(
        w.entry.level == "irreversible" and w.status == "certain" and not w.past
        for w in plan.warnings
    )
    counts: list[Span] = [
        ("text", f"  材料 {certain}"),
        ("possible", f" 可能 {maybe}" if maybe else ""),
        ("text", f"  提醒 {sum(w.status == 'certain' for w in plan.warnings)}"),
        ("danger", f" 不可撤回 {danger}" if danger else ""),
    ]
    opens: list[Span] = [("key", "p"), ("muted", " 看方案")]
    rows = (
        writer.spread([("current", "现在    "), ("current", now)], counts),
        writer.spread([("next", "下一步  "), ("text", then)], opens),
    )
    return [replace(row, target=FOLD) for row in rows]
