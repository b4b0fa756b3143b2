"""The visits that a plan still takes, and when all can be done."""

from collections.abc import Iterator

from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.timeline import Timeline, has_times
from banzheng_tui.guide.timeline_text import timeline_lines
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


def time_rows(plan: Plan, times: Timeline | None, writer: Writer) -> Iterator[Row]:
    """When all can be done, as far as that is known."""
    if times is None or not has_times(plan):
        return
    yield BLANK
    yield writer.heading("时间", "按 l 看路线，再按 t 看日程")
    for line in timeline_lines(times, plan):
        yield from writer.paragraph(line, hang=2)
