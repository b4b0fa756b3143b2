"""The plan as plain lines: whole sentences, numbers first, no tables, nothing wrapped.

Programs that read aloud, pipes and paper all break lines better than we could.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from banzheng_tui.guide.plan import (
    Plan,
    PlanDocument,
    PlanFee,
    PlanOutcome,
    PlanStep,
    PlanWarning,
    Status,
)
from banzheng_tui.guide.plan_json import cited_sources, plan_notes
from banzheng_tui.guide.timeline import Timeline
from banzheng_tui.guide.timeline_text import deadline_lines, step_days, timeline_lines
from banzheng_tui.guide.visits import visits
from banzheng_tui.guide.visits_text import visit_lines, visits_heading
from banzheng_tui.guide.wording import (
    GRADE,
    LEVEL,
    NEED,
    OUTCOME,
    STATE,
    STATUS,
    UNSURE,
    answer_text,
    count_text,
    department_name,
    document_name,
    fee_text,
    issuer_name,
    review_overdue,
    time_text,
    undecided_text,
)
from banzheng_tui.procedure.model import Source

MOST_NAMED = 3
"""Of the questions that decide an item, so many are named."""


def plan_lines(
    plan: Plan, times: Timeline | None = None, today: date | None = None
) -> Iterator[str]:
    """Everything that a plan holds, line by line; ``times`` where its steps say how long."""
    yield from _head(plan)
    yield from _section("您的情况", answers_said(plan))
    certain = [outcome for outcome in plan.outcomes if outcome.status == "certain"]
    yield from _section("结论", (outcome_line(outcome) for outcome in certain))
    yield from _now(plan)
    yield from _section("提醒", (_warning(warning, plan) for warning in plan.warnings))
    yield from _section("步骤", (_step(step, plan, times) for step in plan.steps))
    yield from when_lines(plan, times, today)
    found = visits(plan)
    yield from _section(visits_heading(found), visit_lines(found, plan))
    yield from _section("材料", (_document(document, plan) for document in plan.documents))
    yield from _section("费用", (_fee(fee) for fee in plan.fees))
    possible = [outcome for outcome in plan.outcomes if outcome.status == "possible"]
    yield from _section("看情况还可能", (outcome_line(outcome) for outcome in possible))
    yield from _section("依据", (_source(*cited) for cited in cited_sources(plan)))
    yield from _section("另外", plan_notes(plan))


def when_lines(plan: Plan, times: Timeline | None, today: date | None) -> Iterator[str]:
    """The sections on deadlines and time; nothing where no step says how long it takes."""
    yield from _section("期限", deadline_lines(times, plan))
    if times is not None:
        yield from _section("时间", timeline_lines(times, plan, today))


def facts_said(plan: Plan) -> tuple[str, ...]:
    """The questions answered, in the order of the answers, then those that are unsure."""
    unsure = plan.situation.unsure
    return (*plan.situation.answers, *(name for name in plan.rules.questions if name in unsure))


def answers_said(plan: Plan) -> tuple[str, ...]:
    """The answers that the plan rests on, each as 「名称：回答」, in the order of facts_said."""
    return tuple(_said(fact, plan) for fact in facts_said(plan))


def _said(fact: str, plan: Plan) -> str:
    question = plan.rules.questions[fact]
    answer = plan.situation.answers.get(fact)
    return f"{question.name}：{UNSURE if answer is None else answer_text(question, answer)}"


def current_lines(plan: Plan) -> Iterator[str]:
    """The step to take now, and the one after it."""
    if plan.current:
        yield f"现在：{plan.current.entry.title}"
    elif plan.steps:
        yield "现在：步骤都办完了"
    if plan.next:
        yield f"下一步：{plan.next.entry.title}"


def _head(plan: Plan) -> Iterator[str]:
    head = plan.rules.procedure.head
    yield f"{head.name}，办理方案"
    yield f"按 {plan.situation.on} 的规定，内容核对于 {head.reviewed}。"
    if review_overdue(plan):
        yield f"注意：这些内容过了复核的日子（{head.review_by}），请先向主管部门核实。"
    if plan.question:
        yield f"还没问完，最多还有 {plan.remaining_at_most} 问；写着「可能要」的还没定。"
        yield f"下一问：{plan.question.ask}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    numbered = [f"{number} {line}" for number, line in enumerate(lines, 1)]
    if numbered:
        yield from ("", title, *numbered)


def _now(plan: Plan) -> Iterator[str]:
    lines = tuple(current_lines(plan))
    if lines:
        yield from ("", *lines)


def _sentence(*parts: str) -> str:
    """The parts that say something, with commas between."""
    return "，".join(part.rstrip("。") for part in parts if part)


def _standing(status: Status, undecided: tuple[str, ...], plan: Plan) -> str:
    """「可能要，看「父母户口」」; nothing for what is certain."""
    if status == "certain":
        return ""
    return _sentence(STATUS[status], _decided_by(undecided, plan))


def _decided_by(undecided: tuple[str, ...], plan: Plan) -> str:
    """What decides an item; of many questions the first few, or nobody could listen."""
    more = f"等 {len(undecided)} 问" if len(undecided) > MOST_NAMED else ""
    return undecided_text(undecided[:MOST_NAMED], plan.rules) + more


def _close(text: str, *additions: str) -> str:
    """A text that may end in a full stop, with what is added in brackets before the stop."""
    added = _sentence(*additions)
    return f"{text.rstrip('。')}（{added}）。" if added else text


def outcome_line(outcome: PlanOutcome) -> str:
    """What an outcome means, with its standing and grade."""
    entry = outcome.entry
    maybe = "" if outcome.status == "certain" else "可能"
    target = f"转到事项 {entry.to}" if entry.to else ""
    told = _close(entry.text, target, GRADE[entry.grade])
    return f"{maybe}{OUTCOME[entry.kind]}：{told}{entry.why or ''}"


def _warning(warning: PlanWarning, plan: Plan) -> str:
    entry = warning.entry
    titles = {step.id: step.entry.title for step in plan.steps}
    before = "".join(f"「{titles[step]}」" for step in entry.before if step in titles)
    past = "这一步已经过了" if warning.past else f"在{before}之前"
    maybe = _standing(warning.status, warning.undecided, plan)
    told = _close(entry.text, past, maybe.replace("可能要", "可能有"), GRADE[entry.grade])
    return f"{LEVEL[entry.level]}：{told}{entry.why or ''}"


def _step(step: PlanStep, plan: Plan, times: Timeline | None) -> str:
    entry = step.entry
    together = "可以同时办" if step.parallel and step.state != "done" else ""
    time = time_text(entry.time)
    days = step_days(times, step.id) if times and step.status == "certain" else ""
    return _sentence(
        f"{STATE[step.state]}：{entry.title}",
        together,
        _standing(step.status, step.undecided, plan),
        department_name(step, plan.rules),
        f"时间：{time}" if time else "",
        f"日子：{days}" if days else "",
        GRADE[entry.grade],
    )


def _document(document: PlanDocument, plan: Plan) -> str:
    numbers = [str(n) for n, step in enumerate(plan.steps, 1) if step.id in document.for_steps]
    return _sentence(
        document_name(document, plan.rules),
        count_text(document),
        STATUS[document.status],
        _decided_by(document.undecided, plan),
        NEED[document.need],
        "已经有了" if document.held else "",
        "窗口自己取，不用交" if document.fetched else "",
        f"出具：{issuer_name(document, plan.rules)}",
        f"第 {'、'.join(numbers)} 步用" if numbers else "",
        GRADE[document.grade],
    )


def _fee(fee: PlanFee) -> str:
    maybe = "" if fee.status == "certain" else "可能收"
    payer = f"{fee.entry.payer}交" if fee.entry.payer else ""
    return _sentence(f"{fee.entry.name}：{fee_text(fee)}", maybe, payer, GRADE[fee.entry.grade])


def _source(source: Source, articles: tuple[str, ...]) -> str:
    number = f"（{source.number}）" if source.number else ""
    since = f"{source.effective} 起施行" if source.effective else ""
    return _sentence(f"《{source.law}》{number}{'、'.join(articles)}", since)
