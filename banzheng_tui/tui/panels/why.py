"""Why something is asked, is in the plan or is not, and which answers would change that."""

from collections.abc import Iterator

from banzheng_tui.guide.items import Item, entries, excluded_items, item_of, standing, title
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.why import flip_lines, why, why_asked
from banzheng_tui.guide.wording import OUTCOME
from banzheng_tui.tui.rows import BLANK, Role, Row, Writer
from banzheng_tui.tui.session import Session

KINDS = {"step": "步骤", "document": "材料", "warning": "提醒", "fee": "费用", "outcome": "结果"}
EXCLUDED = "excluded"
"""The layer of all that is not in the plan."""
_ORDER = ("document", "step", "fee", "warning", "outcome")


def why_question_rows(session: Session, writer: Writer) -> list[Row]:
    """Why the question on the screen is asked."""
    question = session.question
    rows = [BLANK]
    if question is None:
        return [*rows, *writer.paragraph("现在没有要问的了。", "muted")]
    rows += writer.paragraph(question.ask, "title")
    rows.append(BLANK)
    rows += writer.paragraph(question.why or "不同的回答，要办的步骤和材料不同。")
    reason = why_asked(session.plan, question.id)
    if reason:
        rows += writer.paragraph(reason, "muted", first=[("key", "问到这一题  ")])
    if question.unsure:
        rows += writer.paragraph(question.unsure, "muted", first=[("key", "弄不清时  ")])
    return rows


def why_item_rows(session: Session, target: str, writer: Writer) -> list[Row]:
    """Why a line is in the plan, or why not, and the nearest change that would turn it."""
    item = item_of(target)
    if item is None:
        return why_question_rows(session, writer)
    plan = session.plan
    stands = standing(plan, item)
    role: Role = "possible" if stands == "possible" else "text"
    rows = [BLANK, *writer.paragraph(title(plan.rules, item), "title"), BLANK]
    rows += writer.paragraph(why(plan, item), role)
    for reason in dict.fromkeys(getattr(e, "why", None) for e in entries(plan.rules, item)):
        if reason:
            rows += writer.paragraph(reason)
    changes = flip_lines(plan, item)
    if changes:
        rows += [BLANK, writer.line(("key", "换个情形"))]
        bullet = f"  {writer.glyphs.bullet} "
        for line in changes:
            rows += writer.paragraph(line, "next", first=[("muted", bullet)])
    return rows


def excluded_rows(session: Session, writer: Writer) -> list[Row]:
    """Everything of the procedure that is not in the plan, to ask why not."""
    plan = session.plan
    items = sorted(excluded_items(plan), key=lambda item: _ORDER.index(item.kind))
    rows = [BLANK, writer.line(("title", f"这次不用的，{len(items)} 项"))]
    if not items:
        return [*rows, *writer.paragraph("这个事项里的都可能用上，没有排除的。", "muted")]
    rows += writer.paragraph("选一项，看为什么不用，换成什么情形才用。", "muted")
    kind = ""
    for number, item in enumerate(items, start=1):
        if item.kind != kind:
            kind = item.kind
            rows += [BLANK, writer.heading(KINDS[kind])]
        rows.append(_excluded_row(plan, number, item, writer))
    return rows


def _excluded_row(plan: Plan, number: int, item: Item, writer: Writer) -> Row:
    text = "".join((*_mark(plan, item), title(plan.rules, item)))
    return writer.line(("key", f"{number:3}  "), ("text", text), target=f"why:{item}")


def _mark(plan: Plan, item: Item) -> Iterator[str]:
    if item.kind == "outcome":
        (outcome,) = (o for o in plan.rules.outcomes if o.id == item.id)
        yield f"[{OUTCOME[outcome.kind]}] "
