"""The steps as bars over days: what the end hangs on, days off, what nobody says the time of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from banzheng_tui.guide.calendar import PROVISIONAL
from banzheng_tui.guide.duration import UNSAID
from banzheng_tui.guide.items import Item
from banzheng_tui.guide.plan import Plan, PlanStep
from banzheng_tui.guide.timeline import Timeline
from banzheng_tui.guide.timeline_text import AT_LEAST, CRITICAL, timeline_lines
from banzheng_tui.guide.visits import visits
from banzheng_tui.guide.visits_text import certain_visits
from banzheng_tui.tui.panels.scale import Scale, scale
from banzheng_tui.tui.panels.way import face_rows, mark, title_role
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.text import cell_width, pad

CRITICAL_MARK = "卡"
_WIDE = 90
_TAIL = 14
"""Cells for the day on which a step is done."""


def day_steps(plan: Plan) -> list[Item]:
    """The steps in the order in which the bars show them."""
    return [Item("step", step.id) for step in plan.steps]


def schedule_rows(session: Session, writer: Writer) -> list[Row]:
    """When each step can be done, a line each."""
    plan, times = session.plan, session.times
    rows = list(face_rows("日程", session, writer))
    if times is None:
        return [*rows, *writer.paragraph("正在读放假安排，马上就好。", "muted")]
    if not plan.steps:
        return [*rows, *writer.paragraph("没有要办的步骤。", "muted")]
    for line in timeline_lines(times, plan, session.now):
        rows += writer.paragraph(line, "muted", hang=2)
    chart = _chart(session, times, writer)
    rows += [BLANK, *chart.head()]
    rows += [chart.row(step) for step in plan.steps]
    return [*rows, BLANK, *writer.paragraph(chart.legend(), "muted")]


def _chart(session: Session, times: Timeline, writer: Writer) -> "_Chart":
    label = 40 if writer.width >= _WIDE else 32
    room = writer.width - label - _TAIL - 1
    ends = [slot.end for slot in times.slots.values()]
    last = max([*ends, times.schedule.statutory_end])
    joined = {
        step.id: number
        for number, visit in enumerate(certain_visits(visits(session.plan)), start=1)
        for step in visit.steps
    }
    scaled = scale(times.schedule.start, last, room)
    return _Chart(times, scaled, joined, label, session.now, writer)


@dataclass(frozen=True, slots=True)
class _Chart:
    """Draws one row a step."""

    times: Timeline
    scale: Scale
    joined: dict[str, int]
    """On which visit a step is done."""
    label: int
    today: date
    writer: Writer

    def head(self) -> Iterator[Row]:
        """Months, and below them days; today by its name."""
        yield self._labels(self.scale.months(), "title")
        numbers = list(self.scale.numbers())
        if numbers:
            yield self._labels(numbers, "muted")
        if self.scale.first <= self.today <= self.scale.last:
            yield self._labels([(self.scale.place(self.today), self._today())], "current")

    def _today(self) -> str:
        return f"{self.writer.glyphs.down}今天"

    def _labels(self, labels: Iterable[tuple[int, str]], role: Role) -> Row:
        """The labels that do not run into one another."""
        text = ""
        for place, label in labels:
            gap = place - cell_width(text)
            if gap >= (1 if text else 0):
                text += " " * gap + label
        return self.writer.line(("text", " " * self.label), (role, text))

    def row(self, step: PlanStep) -> Row:
        """A step: how it stands, its visit, its title, its bar and its day."""
        spans = (*self._label(step), *self._bar(step), ("text", " "), self._tail(step))
        return Row(spans, f"step:{step.id}")

    def _label(self, step: PlanStep) -> Iterator[Span]:
        critical = step.id in self.times.critical
        yield mark(step, self.writer)
        yield "next", pad(f" {CRITICAL_MARK}" if critical else "", 4)
        visit = self.joined.get(step.id)
        yield "muted", pad(f"{visit}趟" if visit else "", 5)
        title = self.writer.line((title_role(step), step.entry.title))
        room = self.label - 11
        short = Writer(room, self.writer.glyphs).line(*title.spans).spans
        yield from short
        yield "text", " " * (room + 1 - sum(cell_width(text) for _, text in short))

    def _bar(self, step: PlanStep) -> Iterator[Span]:
        cells = self._ground()
        slot = self.times.slots.get(step.id)
        if slot is None:
            return _runs(cells)
        timed = step.entry.time is not None and (
            step.entry.time.promised or step.entry.time.statutory
        )
        if not timed:
            return self._unknown(cells, self.scale.place(slot.start))
        glyphs = self.writer.glyphs
        by_law = self.times.schedule.statutory.get(step.id)
        if by_law is not None:
            self._fill(cells, by_law.start, by_law.end, "muted", glyphs.by_law)
        sure = step.status == "certain"
        role: Role = "possible"
        if sure:
            role = "next" if step.id in self.times.critical else "done"
        self._fill(cells, slot.start, slot.end, role, glyphs.bar if sure else glyphs.horizontal)
        return _runs(cells)

    def _ground(self) -> list[Span]:
        """An empty row, days off shaded."""
        cells: list[Span] = [("text", " ")] * self.scale.width
        for place, day in self.scale.days():
            if not self.times.calendar.is_working(day):
                for cell in range(place, place + self.scale.cell):
                    cells[cell] = ("muted", self.writer.glyphs.closed)
        return cells

    def _fill(self, cells: list[Span], first: date, last: date, role: Role, glyph: str) -> None:
        end = self.scale.place(last) + self.scale.cell
        for cell in range(self.scale.place(first), end):
            cells[cell] = (role, glyph)

    def _unknown(self, cells: list[Span], place: int) -> Iterator[Span]:
        """A dot on the first day, and that nobody says how long; in the tail where no room is."""
        yield from _runs(cells[:place])
        words = f"{self.writer.glyphs.bullet}{UNSAID}"
        room = len(cells) - place
        shown = words if cell_width(words) <= room else self.writer.glyphs.bullet
        yield "possible", shown
        yield from _runs(cells[place + cell_width(shown) :])

    def _tail(self, step: PlanStep) -> Span:
        """The day on which it is done; the earliest start where no more is known."""
        if step.state == "done":
            return "done", "已办"
        slot = self.times.slots[step.id]
        star = "*" if self.times.is_provisional(step.id) else ""
        if step.id in self.times.ends:
            return "text", f"{self._day(slot.end)}{star} 办完"
        if step.status == "possible":
            return "possible", "可能要"
        if step.id in self.times.untimed:
            return "muted", f"{AT_LEAST} {self._day(slot.start)}{star} 起"
        return "muted", f"{AT_LEAST} {self._day(slot.end)}{star}"

    def _day(self, day: date) -> str:
        """Month and day, with the year where it is another one."""
        short = f"{day.month:02}-{day.day:02}"
        return short if day.year == self.scale.first.year else f"{day.year % 100:02}-{short}"

    def legend(self) -> str:
        """What the marks mean."""
        glyphs = self.writer.glyphs
        told = [
            f"{glyphs.bar} 承诺的时限（没承诺的按法定）",
            f"{glyphs.by_law} 法定时限还剩的",
            f"{CRITICAL_MARK} {CRITICAL}",
            "1趟 第几趟去窗口，同号的一趟办",
        ]
        if self.times.possible:
            told.append(f"{glyphs.horizontal} 可能要")
        if self.scale.unit == "day":
            told.append(f"{glyphs.closed} 窗口不上班")
        else:
            told.append(f"一格一{'周' if self.scale.unit == 'week' else '个月'}")
        if self.times.schedule.provisional:
            told.append(f"* {PROVISIONAL}")
        return "；".join(told) + "。"


def _runs(cells: list[Span]) -> Iterator[Span]:
    """Cells of one look as one span."""
    start = 0
    for number in range(1, len(cells) + 1):
        if number == len(cells) or cells[number] != cells[start]:
            role, glyph = cells[start]
            yield role, glyph * (number - start)
            start = number
