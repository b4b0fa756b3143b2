"""The steps of a plan, each under the procedure that it belongs to."""

from collections.abc import Iterator, Mapping

from banzheng_tui.guide.plan import Plan, PlanStep
from banzheng_tui.guide.wording import (
    CHANNEL,
    GRADE,
    STATE,
    department_name,
    time_text,
    undecided_text,
)
from banzheng_tui.tui.panels.asides import more_rows, with_aside
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer


def step_rows(
    plan: Plan, writer: Writer, most: int | None, names: Mapping[str, str]
) -> Iterator[Row]:
    """The steps in order; of those only possible at most so many."""
    if not plan.steps:
        return
    possible = [step for step in plan.steps if step.status == "possible"]
    hidden = set() if most is None else {step.id for step in possible[most:]}
    counts = f"一定要 {len(plan.steps) - len(possible)}"
    yield BLANK
    yield writer.heading("步骤", counts + (f"  可能要 {len(possible)}" if possible else ""))
    root = group = plan.rules.procedure.id
    for number, step in enumerate(plan.steps, start=1):
        if step.id not in hidden:
            belongs = plan.rules.origin.get(step.id, root)
            if belongs != group:
                group = belongs
                yield writer.line(("muted", f"  {names.get(group, group)}"))
            yield from _step(plan, number, step, writer)
    yield from more_rows(writer, len(possible), most, "步可能要的")


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
    yield from with_aside(title, aside, writer, target, "     ")
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
