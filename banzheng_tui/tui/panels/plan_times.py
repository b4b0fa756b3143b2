"""The visits that a plan still takes, and when all can be done."""

from collections.abc import Iterator

from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.timeline import Timeline, says_times
from banzheng_tui.guide.timeline_text import deadline_lines, timeline_lines
from banzheng_tui.guide.visits import visits
from banzheng_tui.guide.visits_text import aside, certain_visits, visit_steps, visits_heading
from banzheng_tui.tui.rows import BLANK, Row, Writer


def visit_rows(plan: Plan, writer: Writer) -> Iterator[Row]:
    """Where one still has to go, for what, and what to bring there."""
    found = visits(plan)
    certain = certain_visits(found)
    if not certain:
        return
    yield BLANK
    heading, _, more = visits_heading(found).partition("，")
    yield writer.heading(heading, more)
    for number, visit in enumerate(certain, start=1):
        text = f"{visit.place}：{visit_steps(visit)}"
        yield from writer.paragraph(text, first=[("key", f"{number:>2} ")])
        if facts := aside(visit, plan):
            yield from writer.paragraph(facts, "muted", first=[("text", "   ")])


def deadline_rows(plan: Plan, times: Timeline | None, writer: Writer) -> Iterator[Row]:
    """Days by which something must be done, and papers that would lapse."""
    lines = list(deadline_lines(times, plan))
    if lines and not plan.ended:
        yield BLANK
        yield writer.heading("期限", str(len(lines)))
    for line in lines if not plan.ended else ():
        yield from writer.paragraph(line, "next", first=[("next", "[期限] ")], hang=2)


def time_rows(plan: Plan, times: Timeline | None, writer: Writer) -> Iterator[Row]:
    """When all can be done, as far as that is known."""
    if times is None or not says_times(plan):
        return
    yield BLANK
    yield writer.heading("时间", "按 l 看路线，再按 t 看日程")
    for line in timeline_lines(times, plan):
        yield from writer.paragraph(line, hang=2)
