"""Why something is asked, is in the plan or is not, and which answers would change that."""

from banzheng_tui.guide.difference import KINDS
from banzheng_tui.guide.items import Item, Kind, entries, excluded_items, standing, title
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.why import why, why_asked
from banzheng_tui.guide.wording import LEVEL, OUTCOME
from banzheng_tui.procedure.model import Outcome, Warning
from banzheng_tui.tui.panels.question import digit
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer
from banzheng_tui.tui.session import Session

WHY_NOT = "why:"
"""How the target of an entry begins that is not in the plan."""
_ORDER: tuple[Kind, ...] = ("document", "step", "fee", "warning", "outcome")


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


def why_item_rows(session: Session, item: Item, writer: Writer) -> list[Row]:
    """Why an item is in the plan, or why not, and the nearest changes that would turn it."""
    plan = session.plan
    stands = standing(plan, item)
    kind: list[Span] = [("muted", f"{KINDS[item.kind]}  ")]
    role: Role = "possible" if stands == "possible" else "text"
    name = "".join((_mark(plan.rules, item), title(plan.rules, item)))
    rows = [BLANK, *writer.paragraph(name, "title", first=kind), BLANK]
    rows += writer.paragraph(why(plan, item), role)
    for reason in dict.fromkeys(getattr(e, "why", None) for e in entries(plan.rules, item)):
        if reason:
            rows += [BLANK, *writer.paragraph(reason, "muted")]
    changes = session.ahead.flips(item)
    if changes:
        rows += [BLANK, writer.line(("key", "换个情形"))]
        bullet: list[Span] = [("muted", f"  {writer.glyphs.bullet} ")]
        for line in changes:
            rows += writer.paragraph(line, "next", first=bullet)
    return rows


def excluded(plan: Plan) -> list[Item]:
    """Everything of the procedure that is not in the plan: papers first, as they are asked for."""
    return sorted(excluded_items(plan), key=lambda item: _ORDER.index(item.kind))


def excluded_rows(session: Session, writer: Writer) -> list[Row]:
    """What is not in the plan, to ask why not."""
    rules = session.rules
    items = excluded(session.plan)
    if not items:
        rows = [BLANK, writer.line(("title", "这次不用的"))]
        return [*rows, *writer.paragraph("这个事项里的样样都可能用上，没有不用的。", "muted")]
    rows = [BLANK, writer.line(("title", "这次不用的"), ("muted", f"  {len(items)} 项"))]
    rows += writer.paragraph("选一项，看为什么不用、怎样才用。", "muted")
    kind: Kind | None = None
    for number, item in enumerate(items, start=1):
        if item.kind != kind:
            kind = item.kind
            rows += [BLANK, writer.heading(KINDS[kind], str(_count(items, kind)))]
        text = "".join((_mark(rules, item), title(rules, item)))
        rows.append(writer.line(digit(number), ("text", text), target=f"{WHY_NOT}{item}"))
    return rows


def _count(items: list[Item], kind: Kind) -> int:
    return sum(item.kind == kind for item in items)


def _mark(rules: Rules, item: Item) -> str:
    """「[期限] 」: what sort of warning or outcome it is."""
    entry = entries(rules, item)[0]
    if isinstance(entry, Warning):
        return f"[{LEVEL[entry.level]}] "
    return f"[{OUTCOME[entry.kind]}] " if isinstance(entry, Outcome) else ""
