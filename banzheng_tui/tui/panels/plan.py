"""The plan beside the question: where one stands, warnings, documents, steps, fees, sources."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from banzheng_tui.guide.open_locals import open_locals
from banzheng_tui.guide.plan import Plan, PlanDocument, PlanFee, PlanStep, PlanWarning
from banzheng_tui.guide.wording import (
    CHANNEL,
    GRADE,
    LEVEL,
    NEED,
    OUTCOME,
    STATE,
    bounds_text,
    count_text,
    department_name,
    document_name,
    fee_text,
    issuer_name,
    review_overdue,
    time_text,
    undecided_text,
)
from banzheng_tui.procedure.model import Graded
from banzheng_tui.tui.rows import BLANK, LazyRows, Role, Row, Span, Writer
from banzheng_tui.tui.text import cell_width

FEW = 4
FOLD = "fold"
"""What a click on the folded plan means: open it."""
URGENT = ("irreversible", "deadline")
USUAL = ("common-mistake", "note")


def plan_rows(plan: Plan, writer: Writer, *, brief: bool = False) -> LazyRows:
    """The whole plan: what is certain in full, what is only possible a line each.

    ``brief``: while questions are open, the first few of what is only possible, and how many more.
    """
    most = FEW if brief else None
    return LazyRows(
        chain(
            _overdue(plan, writer),
            _outcomes(plan, writer),
            _standing(plan, writer),
            _warnings(plan, writer, "提醒", URGENT),
            _documents(plan, writer, most),
            _steps(plan, writer, most),
            _fees(plan, writer),
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
        yield from _more(writer, len(lines), most, "条")


def _documents(plan: Plan, writer: Writer, most: int | None) -> Iterator[Row]:
    if not plan.documents:
        return
    certain = [d for d in plan.documents if d.status == "certain"]
    possible = [d for d in plan.documents if d.status == "possible"]
    counts = f"一定要 {len(certain)}" + (f"  可能要 {len(possible)}" if possible else "")
    yield BLANK
    yield writer.heading("材料", counts)
    for document in (*certain, *possible[:most]):
        yield from _document(plan, document, writer)
    yield from _more(writer, len(possible), most, "份可能要的")


def _more(writer: Writer, count: int, most: int | None, what: str) -> Iterator[Row]:
    if most is not None and count > most:
        words = f"  另有 {count - most} {what}，看后面怎么答；按 p 看全部"
        yield writer.line(("muted", words))


def _document(plan: Plan, document: PlanDocument, writer: Writer) -> Iterator[Row]:
    glyphs, rules = writer.glyphs, plan.rules
    target = f"document:{document.id}"
    name = document_name(document, rules)
    if document.status == "possible":
        box = glyphs.checked if document.held else glyphs.undecided
        words = "可能要，" + undecided_text(document.undecided[:2], rules)
        yield writer.line(("possible", f"{box} {name}  "), ("muted", words), target=target)
        return
    box = glyphs.checked if document.held else glyphs.unchecked
    role: Role = "done" if document.held else "text"
    facts = [count_text(document), issuer_name(document, rules), NEED[document.need]]
    if document.fetched:
        facts.append("部门调取，不用交")
    if any(use.kept for use in document.uses):
        facts.append("原件收走")
    if document.held:
        facts.append("手里有")
    facts.append(GRADE[document.grade])
    marked = list(writer.paragraph(name, role, first=[(role, f"{box} ")], target=target))
    yield from _with_aside(marked, "  ".join(fact for fact in facts if fact), writer, target)
    for note in dict.fromkeys(use.note for use in document.uses if use.note):
        yield from writer.paragraph(note, "muted", first=[("text", "  ")], target=target)


def _with_aside(
    rows: list[Row], aside: str, writer: Writer, target: str, inset: str = "  "
) -> Iterator[Row]:
    """The aside behind the last row where it fits, below it otherwise."""
    last = rows[-1]
    aside = writer.short(aside)
    if cell_width(last.text) + cell_width(aside) + 2 <= writer.width:
        yield from rows[:-1]
        yield Row((*last.spans, ("muted", "  " + aside)), target)
    else:
        yield from rows
        yield from writer.paragraph(aside, "muted", first=[("text", inset)], target=target)


def _steps(plan: Plan, writer: Writer, most: int | None) -> Iterator[Row]:
    if not plan.steps:
        return
    possible = [step for step in plan.steps if step.status == "possible"]
    hidden = set() if most is None else {step.id for step in possible[most:]}
    counts = f"一定要 {len(plan.steps) - len(possible)}"
    yield BLANK
    yield writer.heading("步骤", counts + (f"  可能要 {len(possible)}" if possible else ""))
    for number, step in enumerate(plan.steps, start=1):
        if step.id not in hidden:
            yield from _step(plan, number, step, writer)
    yield from _more(writer, len(possible), most, "步可能要的")


def _step(plan: Plan, number: int, step: PlanStep, writer: Writer) -> Iterator[Row]:
    glyphs = writer.glyphs
    marks: dict[str, tuple[str, Role]] = {
        "done": (glyphs.done, "done"),
        "current": (glyphs.current, "current"),
        "next": (glyphs.next, "next"),
        "later": (" ", "text"),
    }
    mark, role = marks[step.state]
    if step.status == "possible":
        role = "possible"
    target = f"step:{step.id}"
    first: list[Span] = [(role, f"{mark} {number:>2} ")]
    title = list(writer.paragraph(step.entry.title, role, first=first, target=target))
    if step.status == "possible":
        yield from title
        open_words = "可能要，" + undecided_text(step.undecided[:2], plan.rules)
        yield writer.line(("muted", f"     {open_words}"), target=target)
        return
    words = [STATE[step.state]] if step.state != "later" else []
    if step.parallel:
        words.append("可以同时办")
    words.append(GRADE[step.entry.grade])
    aside = "  ".join(word for word in words if word)
    yield from _with_aside(title, aside, writer, target, "     ")
    for fact in step_facts(plan, step):
        yield from writer.paragraph(fact, "muted", first=[("text", "     ")], target=target)


def step_facts(plan: Plan, step: PlanStep) -> Iterator[str]:
    """Who, where, through which channel and how long, in one line; then a note."""
    entry = step.entry
    channels = "或".join(CHANNEL[channel] for channel in entry.channels)
    place = entry.where or department_name(step, plan.rules)
    facts = "  ".join(part for part in (place, channels, time_text(entry.time)) if part)
    if facts:
        yield facts
    if entry.note:
        yield entry.note


def _fees(plan: Plan, writer: Writer) -> Iterator[Row]:
    if not plan.fees:
        return
    yield BLANK
    yield writer.heading("费用")
    for fee in plan.fees:
        yield from _fee(plan, fee, writer)


def _fee(plan: Plan, fee: PlanFee, writer: Writer) -> Iterator[Row]:
    target = f"fee:{fee.entry.id}"
    maybe = fee.status == "possible"
    role: Role = "possible" if maybe else "text"
    amount: Span = ("next", fee_text(fee))
    facts = [fee.entry.payer or "", "可能要" if maybe else "", GRADE[fee.entry.grade]]
    aside = "  ".join(fact for fact in facts if fact)
    yield Row(writer.spread([(role, fee.entry.name)], [amount]).spans, target)
    if aside or fee.undecided:
        open_facts = undecided_text(fee.undecided[:2], plan.rules) if maybe else ""
        words = "  ".join(part for part in (aside, open_facts) if part)
        yield from writer.paragraph(words, "muted", first=[("text", "  ")], target=target)
    if fee.entry.note:
        yield from writer.paragraph(fee.entry.note, "muted", first=[("text", "  ")], target=target)


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
    for entry in cited_entries(plan):
        for citation in entry.source:
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
    if plan.notes:
        yield BLANK
        yield writer.heading("说明")
    for note in plan.notes:
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
