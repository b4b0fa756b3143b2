"""The plan beside the question: where one stands, warnings, documents, steps, fees, sources."""

from collections.abc import Iterator, Mapping
from itertools import chain

from banzheng_tui.guide.open_locals import open_locals
from banzheng_tui.guide.package_text import package_notes
from banzheng_tui.guide.plan import Plan, PlanStep, PlanWarning
from banzheng_tui.guide.timeline import Timeline
from banzheng_tui.guide.wording import GRADE, LEVEL, OUTCOME, bounds_text, review_overdue
from banzheng_tui.procedure.model import Graded
from banzheng_tui.tui.panels.asides import more_rows
from banzheng_tui.tui.panels.plan_papers import document_rows, fee_rows
from banzheng_tui.tui.panels.plan_steps import step_rows
from banzheng_tui.tui.panels.plan_times import deadline_rows, time_rows, visit_rows
from banzheng_tui.tui.rows import BLANK, LazyRows, Role, Row, Writer

FEW = 4
NO_NAMES: Mapping[str, str] = {}
URGENT = ("irreversible", "deadline")
USUAL = ("common-mistake", "note")


def plan_rows(
    plan: Plan,
    writer: Writer,
    *,
    brief: bool = False,
    names: Mapping[str, str] = NO_NAMES,
    times: Timeline | None = None,
) -> LazyRows:
    """The whole plan: what is certain in full, what is only possible a line each.

    ``brief``: while questions are open, the first few of what is only possible, and how many more.
    ``names``: what the procedures are called that others bring along.
    """
    most = FEW if brief else None
    return LazyRows(
        chain(
            _overdue(plan, writer),
            _outcomes(plan, writer),
            _standing(plan, writer),
            _warnings(plan, writer, "提醒", URGENT),
            document_rows(plan, writer, most),
            step_rows(plan, writer, most, names),
            deadline_rows(plan, times, writer),
            visit_rows(plan, writer),
            time_rows(plan, times, writer),
            fee_rows(plan, writer),
            _warnings(plan, writer, "还要留意", USUAL),
            _maybe(plan, writer, most),
            _locals(plan, writer),
            _sources(plan, writer),
            _notes(plan, writer),
            _left_out(writer),
        )
    )


def _overdue(plan: Plan, writer: Writer) -> Iterator[Row]:
    if review_overdue(plan):
        day = plan.rules.procedure.head.review_by
        text = f"这份内容该在 {day} 前复核，已经过期。引用之前先向主管部门核实。"
        yield from writer.paragraph(text, "danger", first=[("danger", "[过期] ")])


def _outcomes(plan: Plan, writer: Writer) -> Iterator[Row]:
    for item in plan.outcomes:
        if item.status == "certain":
            outcome = item.entry
            role: Role = "danger" if outcome.ends else "next"
            yield from writer.paragraph(
                outcome.text + _grade(outcome.grade),
                role,
                first=[(role, f"[{OUTCOME[outcome.kind]}] ")],
                hang=2,
                target=f"outcome:{outcome.id}",
            )
    if plan.ended:
        yield from writer.paragraph("事项到此为止，材料和步骤都不用准备了。", "muted")


def _standing(plan: Plan, writer: Writer) -> Iterator[Row]:
    standing: tuple[tuple[PlanStep | None, str, Role], ...] = (
        (plan.current, "现在    ", "current"),
        (plan.next, "下一步  ", "next"),
    )
    for step, label, role in standing:
        if step is not None:
            maybe = "（可能要）" if step.status == "possible" else ""
            yield from writer.paragraph(step.entry.title + maybe, role, first=[(role, label)])
    if plan.current is None and plan.steps and not plan.ended:
        yield from writer.paragraph("步骤都办完了。", "done")


def _warnings(plan: Plan, writer: Writer, heading: str, levels: tuple[str, ...]) -> Iterator[Row]:
    """The certain warnings of these levels, those whose step is done last."""
    certain = [w for w in plan.warnings if w.status == "certain" and w.entry.level in levels]
    if certain:
        yield BLANK
        yield writer.heading(heading, str(len(certain)))
    for item in sorted(certain, key=lambda item: item.past):
        yield from _warning(plan, item, writer)


def _warning(plan: Plan, item: PlanWarning, writer: Writer) -> Iterator[Row]:
    warning = item.entry
    role: Role = "text" if warning.level == "note" else "next"
    if warning.level == "irreversible":
        role = "danger"
    if item.past:
        role = "muted"
    mark = f"[{'已过 ' if item.past else ''}{LEVEL[warning.level]}] "
    text = warning.text + _grade(warning.grade)
    target = _warning_target(plan, item)
    yield from writer.paragraph(text, role, first=[(role, mark)], hang=2, target=target)


def _warning_target(plan: Plan, item: PlanWarning) -> str:
    """Warnings need no id: they go by their place in the file."""
    places = (n for n, warning in enumerate(plan.rules.warnings) if warning is item.entry)
    return f"warning:{next(places)}"


def _maybe(plan: Plan, writer: Writer, most: int | None) -> Iterator[Row]:
    """Outcomes and warnings that later answers may bring, a line each."""
    lines: list[tuple[str, str, str]] = [
        (OUTCOME[item.entry.kind], item.entry.text, f"outcome:{item.id}")
        for item in plan.outcomes
        if item.status == "possible"
    ]
    lines += [
        (LEVEL[item.entry.level], item.entry.text, _warning_target(plan, item))
        for item in plan.warnings
        if item.status == "possible"
    ]
    if lines and not plan.ended:
        yield BLANK
        yield writer.heading("看后面怎么答", f"可能还有 {len(lines)} 条")
        for label, text, target in lines[:most]:
            yield writer.line(("possible", f"[可能 {label}] "), ("muted", text), target=target)
        yield from more_rows(writer, len(lines), most, "条")


def _locals(plan: Plan, writer: Writer) -> Iterator[Row]:
    """What the city sets, and where to ask for it."""
    found = [] if plan.ended else open_locals(plan)
    if found:
        yield BLANK
        yield writer.heading("当地自己定的", "因地而异")
    for item in found:
        where = f"问{item.ask_at}" if item.ask_at else ""
        words = "  ".join(part for part in (item.name, bounds_text(item), where) if part)
        yield from writer.paragraph(words, "possible", hang=2)


def _sources(plan: Plan, writer: Writer) -> Iterator[Row]:
    head = plan.rules.procedure.head
    yield BLANK
    yield writer.heading("依据", f"核对于 {head.reviewed}，复核期 {head.review_by}")
    articles: dict[str, dict[str, None]] = {}
    package = plan.rules.package
    citations = [citation for entry in cited_entries(plan) for citation in entry.source]
    for citation in (*citations, *(package.head.source if package else ())):
        articles.setdefault(citation.id, {}).update(
            {citation.article: None} if citation.article else {}
        )
    for source_id, cited in articles.items():
        source = plan.rules.procedure.source(source_id)
        if source:
            number = f"（{source.number}）" if source.number else ""
            since = f"  {source.effective} 起施行" if source.effective else ""
            text = f"《{source.law}》{number}{'、'.join(cited)}{since}"
            yield from writer.paragraph(text, "muted", hang=2)


def cited_entries(plan: Plan) -> Iterator[Graded]:
    """Everything in the plan that may name a source."""
    yield from (item.entry for item in plan.outcomes)
    yield from (item.entry for item in plan.steps)
    yield from (use for document in plan.documents for use in document.uses)
    yield from (item.entry for item in plan.warnings)
    yield from (item.entry for item in plan.fees)


def _notes(plan: Plan, writer: Writer) -> Iterator[Row]:
    notes = (*plan.notes, *package_notes(plan))
    if notes:
        yield BLANK
        yield writer.heading("说明")
    for note in notes:
        yield from writer.paragraph(note, "muted")


def _left_out(writer: Writer) -> Iterator[Row]:
    yield BLANK
    yield from writer.paragraph("没列出来的这次不用，按 x 看为什么。", "muted")


def _grade(grade: str) -> str:
    return f"（{GRADE[grade]}）" if GRADE[grade] else ""


def first_place(plan: Plan) -> str | None:
    """Where the cursor goes first in a plan: to the first paper, or the current step."""
    if plan.documents:
        first = min(plan.documents, key=lambda document: document.status != "certain")
        return f"document:{first.id}"
    return f"step:{plan.current.id}" if plan.current else None
