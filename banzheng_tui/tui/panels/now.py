"""What is left of the question when there is none: where the caller stands, to be read aloud."""

from collections.abc import Iterator

from banzheng_tui.guide.plan import Plan, PlanStep
from banzheng_tui.guide.wording import (
    GRADE,
    LEVEL,
    OUTCOME,
    citations_text,
    count_text,
    document_name,
)
from banzheng_tui.tui.panels.plan_steps import step_facts
from banzheng_tui.tui.panels.question import tact
from banzheng_tui.tui.rows import BLANK, Role, Row, Writer
from banzheng_tui.tui.session import Session


def now_rows(session: Session, writer: Writer) -> list[Row]:
    """The end of the interview: outcome, current step in full, what comes after."""
    plan = session.plan
    rows: list[Row] = [BLANK]
    if plan.steps and not plan.ended:
        rows += writer.paragraph("问完了。按 p 到方案里勾材料、标步骤。", "muted")
        rows.append(BLANK)
    rows += _outcomes(plan, writer)
    if plan.current is not None:
        rows += _current(plan, plan.current, writer)
    elif plan.steps and not plan.ended:
        rows += writer.paragraph("方案里的步骤都办完了。", "done")
    rows += _after(plan, writer)
    rows += tact(plan, session.mood, writer)
    return rows


def _outcomes(plan: Plan, writer: Writer) -> Iterator[Row]:
    for item in plan.outcomes:
        outcome = item.entry
        role: Role = "danger" if outcome.ends else "next"
        yield from writer.paragraph(
            outcome.text, role, first=[(role, f"[{OUTCOME[outcome.kind]}] ")], hang=2
        )
        if outcome.why:
            yield from writer.paragraph(outcome.why, "text", first=[("text", "  ")])
        source = citations_text(outcome.source, plan.rules.procedure)
        evidence = "，".join(
            p for p in (f"依据{source}" if source else "", GRADE[outcome.grade]) if p
        )
        if evidence:
            yield from writer.paragraph(evidence, "muted", first=[("text", "  ")])
        yield BLANK


def _current(plan: Plan, step: PlanStep, writer: Writer) -> Iterator[Row]:
    yield from writer.paragraph(step.entry.title, "current", first=[("current", "现在就办  ")])
    for item in plan.warnings:
        if step.id in item.entry.before and not item.past:
            warning = item.entry
            role: Role = "danger" if warning.level == "irreversible" else "next"
            mark = [(role, f"[{LEVEL[warning.level]}] ")]
            yield from writer.paragraph(warning.text, role, first=mark, hang=2)
            if warning.why:
                yield from writer.paragraph(warning.why, "muted", first=[("text", "  ")])
    if step.entry.how:
        yield from writer.paragraph(step.entry.how, first=[("key", "怎么办  ")])
    for fact in step_facts(plan, step):
        yield from writer.paragraph(fact, "muted", first=[("text", "        ")])
    papers = [d for d in plan.documents if d.id in step.papers]
    for number, document in enumerate(papers):
        label = "带上    " if number == 0 else "        "
        count = count_text(document)
        text = document_name(document, plan.rules) + (f"（{count}）" if count else "")
        text += "  可能要" if document.status == "possible" else ""
        role = "done" if document.held else "possible" if document.status == "possible" else "text"
        yield from writer.paragraph(text, role, first=[("key", label)])


def _after(plan: Plan, writer: Writer) -> Iterator[Row]:
    beside = [
        s.entry.title for s in plan.steps if s.parallel and s.state not in ("current", "next")
    ]
    if plan.next is not None:
        yield BLANK
        yield from writer.paragraph(plan.next.entry.title, "next", first=[("next", "下一步  ")])
    if beside:
        yield from writer.paragraph("；".join(beside), "text", first=[("key", "同时办  ")])
    if plan.rules.procedure.head.follow_up and not plan.ended:
        yield BLANK
        yield from writer.paragraph(
            "办完以后通常还要接着办别的，按 f 看，答过的不用再问。", "muted"
        )
