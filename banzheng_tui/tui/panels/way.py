"""The way across departments as lines of stations, and how a step of it is done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from banzheng_tui.guide.items import Item
from banzheng_tui.guide.plan import Plan, PlanStep
from banzheng_tui.guide.timeline_text import step_days
from banzheng_tui.guide.way import SideLine, Way, way_of
from banzheng_tui.guide.way_text import OWN
from banzheng_tui.guide.wording import STATE, count_text, department_name, document_name, time_text
from banzheng_tui.tui.panels.plan_steps import step_facts
from banzheng_tui.tui.panels.why import why_item_rows
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.text import cell_width, wrap

LINE, DAYS = "way", "schedule"
"""The layer's two faces: the line of stations, and bars over days."""
FACES = frozenset({LINE, DAYS})


def way_rows(session: Session, writer: Writer) -> list[Row]:
    """The main line from top to bottom, what runs along with it beside its stations."""
    plan = session.plan
    rows = list(face_rows("办事路线", session, writer))
    if not plan.steps:
        return [*rows, *writer.paragraph("没有要办的步骤。", "muted")]
    way = way_of(plan)
    line = _Line(session, way, {step.id: n for n, step in enumerate(way.main, 1)}, writer)
    if None in way.beside:
        rows.append(writer.line(("muted", "从头就能办，不用等别的")))
        rows += line.beside(None)
    for step in way.main:
        rows += line.station(step)
        rows += line.beside(step.id)
    return rows


def face_rows(title: str, session: Session, writer: Writer) -> Iterator[Row]:
    """What the layer shows, and what is not settled yet."""
    other = "按 t 看日程" if title == "办事路线" else "按 t 看路线"
    yield writer.spread([("title", title)], [("muted", other)])
    if session.plan.question is not None:
        words = f"还没问完，最多还有 {session.ahead.remaining} 问；「可能要」的看后面怎么答。"
        yield from writer.paragraph(words, "muted")


def way_steps(plan: Plan) -> list[Item]:
    """The steps in the order in which the line shows them."""
    way = way_of(plan)
    order = [step for side in way.beside.get(None, ()) for step in side.steps]
    for station in way.main:
        order.append(station)
        order += [step for side in way.beside.get(station.id, ()) for step in side.steps]
    return [Item("step", step.id) for step in order]


def mark(step: PlanStep, writer: Writer) -> Span:
    """How a step stands, in one cell; a word beside it says the same."""
    glyphs = writer.glyphs
    if step.state == "done":
        return "done", glyphs.done
    if step.state == "current":
        return "current", glyphs.current
    if step.state == "next":
        return "next", glyphs.next
    if step.status == "possible":
        return "possible", glyphs.possible
    return "text", glyphs.station


def title_role(step: PlanStep) -> Role:
    """The look of a step's title."""
    if step.state in ("done", "current"):
        return "done" if step.state == "done" else "current"
    return "possible" if step.status == "possible" else "text"


@dataclass(frozen=True, slots=True)
class _Line:
    """Draws stations of one way."""

    session: Session
    way: Way
    numbers: dict[str, int]
    """The stations of the main line."""
    writer: Writer

    def station(self, step: PlanStep) -> Iterator[Row]:
        """A station of the main line, and the line below it."""
        glyphs = self.writer.glyphs
        lead: list[Span] = [mark(step, self.writer), ("muted", f" {self.numbers[step.id]:>2} ")]
        last = step is self.way.main[-1] and step.id not in self.way.beside
        track = " " if last else glyphs.vertical
        if step.status == "possible" and not last:
            track = glyphs.dashed
        yield from self._entry(step, lead, [("muted", f"{track}    ")], apart=True)

    def beside(self, after: str | None) -> Iterator[Row]:
        """The side lines that may begin after a station, or with the first one."""
        for side in self.way.beside.get(after, ()):
            yield from self._side(side, after)

    def _side(self, side: SideLine, after: str | None) -> Iterator[Row]:
        glyphs = self.writer.glyphs
        ends = after is not None and after == self.way.main[-1].id
        track = " " if ends else glyphs.vertical
        for number, step in enumerate(side.steps):
            if number == 0:
                way: list[Span] = [("muted", f"{glyphs.branch}{glyphs.horizontal}")]
            else:
                way = [("muted", f"{track} ")]
            lead = [*way, mark(step, self.writer), ("text", " ")]
            until = ""
            if side.before and number == len(side.steps) - 1:
                until = f"第 {self.numbers[side.before]} 站以前办完"
            yield from self._entry(step, lead, [("muted", f"{track}   ")], until)

    def _entry(
        self,
        step: PlanStep,
        lead: Sequence[Span],
        below: Sequence[Span],
        until: str = "",
        *,
        apart: bool = False,
    ) -> Iterator[Row]:
        """A step: its title and how it stands, then who does it, how long it takes and when.

        ``apart``: the facts stand below, so that the line is seen.
        """
        target = f"step:{step.id}"
        room = self.writer.width - sum(cell_width(text) for _, text in lead)
        standing, facts = list(self._standing(step)), [*self._facts(step), until]
        beside = _joined(standing if apart else [*standing, *facts], self.writer)
        under = _joined(facts if apart else [], self.writer)
        title = wrap(self.writer.short(step.entry.title), room)
        if cell_width(title[-1]) + cell_width(beside) + 2 > room:
            beside, under = "", _joined([beside, under], self.writer)
        for number, text in enumerate(title):
            aside = beside if number == len(title) - 1 else ""
            words: Span = ("muted", f"  {aside}" if aside else "")
            start = below if number else lead
            yield Row((*start, (title_role(step), text), words), target)
        if under:
            yield from (Row((*below, ("muted", text)), target) for text in wrap(under, room))

    def _standing(self, step: PlanStep) -> Iterator[str]:
        yield STATE[step.state] if step.state != "later" else ""
        yield "可能要" if step.status == "possible" else ""

    def _facts(self, step: PlanStep) -> Iterator[str]:
        plan, times = self.session.plan, self.session.times
        yield department_name(step, plan.rules) or OWN
        time = step.entry.time
        yield time_text(time.model_copy(update={"note": None})) if time else ""
        if times is not None and step.status == "certain":
            yield step_days(times, step.id)


def _joined(parts: Iterable[str], writer: Writer) -> str:
    return writer.short("  ".join(part for part in parts if part))


def station_rows(session: Session, item: Item, writer: Writer) -> list[Row]:
    """How a step is done, what for and when, and why it is on the way."""
    plan = session.plan
    step = next((step for step in plan.steps if step.id == item.id), None)
    why = why_item_rows(session, item, writer)
    if step is None:
        return why
    rows: list[Row] = [BLANK]
    if step.entry.how:
        rows += writer.paragraph(step.entry.how, first=[("key", "怎么办  ")])
    for number, fact in enumerate(step_facts(plan, step)):
        label = "在哪里  " if number == 0 else "        "
        rows += writer.paragraph(fact, "muted", first=[("key", label)], hang=8)
    days = step_days(session.times, step.id) if session.times else ""
    if days:
        rows += writer.paragraph(days, first=[("key", "日子    ")])
    for number, document in enumerate(d for d in plan.documents if d.id in step.papers):
        count = count_text(document)
        name = document_name(document, plan.rules) + (f"（{count}）" if count else "")
        label = "带上    " if number == 0 else "        "
        rows += writer.paragraph(name, first=[("key", label)])
    return [*why, *rows]
