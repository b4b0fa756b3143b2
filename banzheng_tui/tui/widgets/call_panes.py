"""The panes of a call: they draw the session as the agent looks at it, and know no key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from banzheng_tui.guide.compare import Comparison, compared
from banzheng_tui.guide.items import Item, item_of
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.model import Question
from banzheng_tui.tui.choosing import Choosing, place_of
from banzheng_tui.tui.commands import Where
from banzheng_tui.tui.panels.bars import key_row, path_row, top_row
from banzheng_tui.tui.panels.compare import compare_layer, compare_rows
from banzheng_tui.tui.panels.fold import fold_rows
from banzheng_tui.tui.panels.layers import Background, layer_rows
from banzheng_tui.tui.panels.now import now_rows
from banzheng_tui.tui.panels.plan import plan_rows
from banzheng_tui.tui.panels.question import options, question_rows
from banzheng_tui.tui.panels.way import FACES
from banzheng_tui.tui.rows import Row, Writer, select, targets
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.widgets.entry_field import EntryField
from banzheng_tui.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from banzheng_tui.tui.agent_app import AgentApp

TO_TOP = 1_000_000


@dataclass
class Look:
    """What the agent looks at: a layer over the question, the plan, where the cursors stand."""

    layer: str | None = None
    layer_cursor: str | None = None
    planning: bool = False
    plan_cursor: str | None = None
    why_not: Item | None = None
    """Of a list of steps, or of what is not in the plan: the entry that is shown instead of it."""
    list_top: int = 0
    """How far that list was scrolled."""
    choosing: Choosing = field(default_factory=Choosing)
    message: str = ""

    @property
    def where(self) -> Where:
        """What the keys work on."""
        if self.layer in FACES:
            return "way"
        return "layer" if self.layer else "plan" if self.planning else "question"

    @property
    def walks_plan(self) -> bool:
        """Whether the cursor stands in the plan: to tick its lines, or to be told why."""
        return self.planning and self.layer in (None, "why")

    @property
    def item(self) -> Item | None:
        """The item whose reason is on the screen."""
        if self.layer == "excluded" or self.layer in FACES:
            return self.why_not
        if self.layer == "why" and self.planning:
            return item_of(self.plan_cursor or "")
        return None


class CallPanes(Vertical):
    """Answers on top, question and plan side by side, keys below."""

    app: "AgentApp"

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.session = session
        self.look = look
        self._comparing = False
        self._compared: tuple[Situation, str, Comparison] | None = None
        self.top = LinesPane(id="top", classes="bar")
        self.path = LinesPane(id="path")
        self.left = LinesPane(id="left")
        self.plan = LinesPane(id="plan")
        self.entry = EntryField(id="entry")
        self.fold = LinesPane(id="fold")
        self.keys = LinesPane(id="keys", classes="bar")

    def compose(self) -> ComposeResult:
        yield self.top
        yield self.path
        yield Horizontal(self.left, self.plan, id="panes")
        yield self.entry
        yield self.fold
        yield self.keys

    @property
    def beside(self) -> bool:
        """Whether the plan has room on the screen."""
        return self.plan.size.width > 0

    def draw(self) -> None:
        """Draw what changed."""
        self.draw_top()
        self.path.show([path_row(self.session, self._writer(self.path))])
        self.draw_left()
        if self.beside:
            self._draw_plan()
        if self.fold.size.width:
            self.fold.show(fold_rows(self.session.plan, self._writer(self.fold)))
        self.draw_keys()

    def draw_left(self) -> None:
        """The question, or what lies over it."""
        if self.left.size.width:
            self.left.show(self.left_rows())

    def draw_top(self) -> None:
        """The line above all, with its clock."""
        if self.top.size.width:
            seconds = int(monotonic() - self.session.started)
            self.top.show([top_row(self.session, seconds, self._writer(self.top))])

    def draw_keys(self) -> None:
        """The keys that work now, or a sentence in their place."""
        writer = self._writer(self.keys)
        if self.look.message:
            self.keys.show([writer.line(("possible", self.look.message))])
        else:
            typing = self.entry.writing is not None
            self.keys.show([key_row(self.look.where, writer, typing=typing)])

    def left_rows(self) -> Sequence[Row]:
        """The question, what is left of it at the end, or the layer over it."""
        session, look, question = self.session, self.look, self.session.question
        writer = self._writer(self.left, terms=True)
        if look.layer == "compare" and question is not None:
            here = place_of(question, look.choosing.cursor)
            return compare_layer(self.comparison(question), question, here, writer)
        if look.layer:
            height = self.left.size.height
            below = Background(look.item, self._shown_text, self.app.names, height)
            return select(layer_rows(look.layer, session, below, writer), look.layer_cursor)
        if question is None:
            return now_rows(session, writer)
        choosing = look.choosing
        rows = question_rows(session, question, writer, choosing.cursor, choosing.ticked)
        if question.decision and not self.beside:
            rows += compare_rows(self.comparison(question), writer)
        return rows

    def comparison(self, question: Question) -> Comparison:
        """The options of the question side by side, worked out once."""
        situation = self.session.situation
        known = self._compared
        if known is None or known[0] is not situation or known[1] != question.id:
            found = compared(self.session.ways(question.id))
            known = self._compared = (situation, question.id, found)
        return known[2]

    def _draw_plan(self) -> None:
        rows = self._plan_rows(self._writer(self.plan, terms=True))
        look = self.look
        cursor = look.plan_cursor if look.walks_plan else None
        if cursor is not None and cursor not in targets(rows):
            look.plan_cursor = cursor = next(iter(targets(rows)), None)
        self.plan.show(select(rows, cursor))

    def _plan_rows(self, writer: Writer) -> Sequence[Row]:
        """The plan; beside a decision the ways that it opens, until the agent walks the plan."""
        question, planning = self.session.question, self.look.planning
        comparing = question is not None and question.decision and not planning
        if comparing != self._comparing:
            self._comparing = comparing
            self.plan.scroll_rows(-TO_TOP)
        if question is not None and comparing:
            return compare_rows(self.comparison(question), writer)
        return plan_rows(
            self.session.plan,
            writer,
            brief=question is not None and not planning,
            names=self.session.names,
            times=self.session.times,
        )

    def _writer(self, pane: LinesPane, *, terms: bool = False) -> Writer:
        return Writer(pane.size.width, self.app.glyphs, self.app.terms if terms else None)

    def _shown_text(self) -> str:
        """The words on the screen, the question's first."""
        return "".join(self._words()) + "".join(row.text for row in self.plan.rows)

    def _words(self) -> Iterator[str]:
        question = self.session.question
        if question is not None:
            yield from (question.ask, question.why or "", question.unsure or "")
            yield from (f"{label}{note or ''}" for _, label, note in options(question))
