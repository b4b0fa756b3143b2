"""The call: question and plan side by side, one screen updated in place."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input

from banzheng_tui.guide.answers import AnswerError, parse_text
from banzheng_tui.guide.wording import MOOD, UNSURE, answer_text, review_overdue
from banzheng_tui.tui.commands import BY_KEY, Command, Where, key_bar
from banzheng_tui.tui.panels import lists
from banzheng_tui.tui.panels.compare import compare_rows
from banzheng_tui.tui.panels.help import help_rows
from banzheng_tui.tui.panels.now import now_rows
from banzheng_tui.tui.panels.plan import fold_rows, plan_rows
from banzheng_tui.tui.panels.question import (
    PAGE,
    UNSURE_TARGET,
    choices,
    options,
    page_of,
    question_rows,
    typed,
)
from banzheng_tui.tui.rows import Row, Span, Writer, select, targets
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.text import cell_width, crop
from banzheng_tui.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from banzheng_tui.tui.agent_app import AgentApp

MOVES = {"up": -1, "down": 1, "k": -1, "j": 1}
PAGES = {"pageup": -1, "pagedown": 1}
TO_TOP = 1_000_000
FIELD_OWNS = {"left", "right", "backspace", "space", "enter", "home", "end", "delete", "ctrl+z"}


class CallScreen(Screen[None]):
    """One call. Panes are drawn by panels; what is true is the session's and the guide's."""

    AUTO_FOCUS = ""  # None would mean the app's: the hidden field
    app: "AgentApp"

    def __init__(self, session: Session) -> None:
        super().__init__(id="call")
        self.session = session
        self._layer: str | None = None
        self._planning = False
        self._cursor: str | None = None
        self._plan_cursor: str | None = None
        self._layer_cursor: str | None = None
        self._ticked: frozenset[str] = frozenset()
        self._shown: str | None = None
        self._message = ""
        self._leaving = False
        self._comparing = False
        self._writing: str | None = None
        self._drafts: dict[str | None, str] = {}
        """What was typed and not confirmed, by question: a layer may be opened in between."""

    def compose(self) -> ComposeResult:
        yield LinesPane(id="top", classes="bar")
        yield LinesPane(id="path")
        with Horizontal(id="panes"):
            yield LinesPane(id="left")
            yield LinesPane(id="plan")
        yield Input(id="entry")
        yield LinesPane(id="fold")
        yield LinesPane(id="keys", classes="bar")

    def on_mount(self) -> None:
        self._panes = {
            name: self.query_one(f"#{name}", LinesPane)
            for name in ("top", "path", "left", "plan", "fold", "keys")
        }
        self._entry = self.query_one(Input)
        self._entry.cursor_blink = False
        self._entry.select_on_focus = False  # the next key must not replace what is typed
        self.set_interval(1.0, self._show_top)
        self._enter_question()

    @on(LinesPane.Resized)
    def _resized(self) -> None:
        self.call_later(self.update_rows)

    def start(self, session: Session) -> None:
        """Take another procedure on this screen."""
        self.session = session
        self._layer, self._planning, self._plan_cursor = None, False, None
        self._shown = None
        self._message = ""
        self._entry.value = ""
        self._drafts.clear()
        self._show_left()
        self._enter_question()

    # -- drawing

    def update_rows(self) -> None:
        """Draw what changed."""
        self._show_top()
        self._show_path()
        left, plan = self._panes["left"], self._panes["plan"]
        if left.size.width:
            writer = self._writer(left, terms=True)
            left.show(self._left_rows(writer))
        if plan.size.width:
            rows = self._plan_rows(self._writer(plan, terms=True))
            cursor = self._plan_cursor if self._planning and self._layer is None else None
            if cursor is not None and cursor not in targets(rows):
                self._plan_cursor = cursor = next(iter(targets(rows)), None)
            plan.show(select(rows, cursor))
        fold = self._panes["fold"]
        if fold.size.width:
            fold.show(fold_rows(self.session.plan, self._writer(fold)))
        self._show_keys()

    def _plan_rows(self, writer: Writer) -> Sequence[Row]:
        """The plan; beside a decision the ways that it opens, until the agent walks the plan."""
        question = self.session.question
        comparing = question is not None and question.decision and not self._planning
        if comparing != self._comparing:
            self._comparing = comparing
            self._panes["plan"].scroll_rows(-TO_TOP)
        if question is not None and comparing:
            return compare_rows(self.session.ways(question.id), writer)
        brief = question is not None and not self._planning
        return plan_rows(self.session.plan, writer, brief=brief)

    def _writer(self, pane: LinesPane, *, terms: bool = False) -> Writer:
        return Writer(pane.size.width, self.app.glyphs, self.app.terms if terms else None)

    def _left_rows(self, writer: Writer) -> Sequence[Row]:
        session, question = self.session, self.session.question
        match self._layer:
            case "answers":
                return select(lists.answer_rows(session, writer), self._layer_cursor)
            case "why":
                if self._planning and self._plan_cursor:
                    return lists.why_item_rows(session, self._plan_cursor, writer)
                return lists.why_question_rows(session, writer)
            case "terms":
                return lists.term_rows(session, self._shown_text(), writer)
            case "rejections":
                return lists.rejection_rows(session, writer)
            case "follow":
                rows = lists.follow_up_rows(session, self.app.names, writer)
                return select(rows, self._layer_cursor)
            case "notes":
                return lists.note_rows(session, writer)
            case "help":
                return help_rows(writer)
        if question is None:
            return now_rows(session, writer)
        rows = question_rows(session, question, writer, self._cursor, self._ticked)
        if question.decision and not self._panes["plan"].size.width:
            rows += compare_rows(session.ways(question.id), writer)
        return rows

    def _shown_text(self) -> str:
        """The words on the screen, the question's first."""
        question = self.session.question
        words = [] if question is None else [
            question.ask, question.why or "", question.unsure or "",
            *(f"{label}{note or ''}" for _, label, note in options(question)),
        ]
        return "".join(words) + "".join(row.text for row in self._panes["plan"].rows)

    def _show_top(self) -> None:
        pane = self._panes["top"]
        if not pane.size.width:
            return
        seconds = int(monotonic() - self.session.started)
        head = self.session.rules.procedure.head
        dot = self.app.glyphs.dot
        title: list[Span] = [("current", "坐席"), ("text", f" {dot} {head.name}")]
        if self.session.mood:
            title.append(("next", f"  来电人{MOOD[self.session.mood]}"))
        checked = f" {dot} 核对于 {head.reviewed}"
        overdue = review_overdue(self.session.plan)
        right: list[Span] = [
            ("muted", f"通话 {seconds // 60:02}:{seconds % 60:02}"),
            ("danger", f" {dot} 已过复核期") if overdue else ("muted", checked),
        ]
        pane.show([self._writer(pane).spread(title, right)])

    def _show_path(self) -> None:
        """The answers given, the last ones when there is no room for all."""
        pane = self._panes["path"]
        session, glyphs = self.session, self.app.glyphs
        said = [
            crop(self._said(fact), 28, glyphs.ellipsis)
            for fact in session.answered
            if session.in_play(fact)
        ]
        text = f" {glyphs.crumb} ".join(said)
        room = max(pane.size.width - 6, 10)
        while cell_width(text) > room and len(said) > 1:
            said = said[1:]
            text = f"{glyphs.ellipsis} {glyphs.crumb} " + f" {glyphs.crumb} ".join(said)
        writer = self._writer(pane)
        pane.show([writer.line(("muted", "已答  "), ("text", text)) if said else Row()])

    def _said(self, fact: str) -> str:
        """An answer in a few words; a bare yes or number with what it answers."""
        question = self.session.rules.questions[fact]
        answer = self.session.situation.answers.get(fact)
        if answer is None:
            return f"{question.name}{UNSURE}"
        text = answer_text(question, answer)
        return text if question.options else f"{question.name} {text}"

    def _show_keys(self) -> None:
        pane = self._panes["keys"]
        writer = self._writer(pane)
        if self._message:
            pane.show([writer.line(("possible", self._message))])
            return
        where: Where = "layer" if self._layer else "plan" if self._planning else "question"
        *offered, last = key_bar(where, typing=self.has_class("-typing"))
        spans: list[Span] = []
        room = writer.width - cell_width(" ".join(last)) - 1
        for key, label in offered:
            room -= cell_width(f"{key} {label}  ")
            if room < 0:
                break
            spans += [("key", key), ("muted", f" {label}  ")]
        pane.show([writer.spread(spans, [("key", last[0]), ("muted", f" {last[1]}")])])

    # -- the question

    def _enter_question(self) -> None:
        """Put the cursor where the question on the screen wants it; open the field if it types."""
        question = self.session.question
        shown = question.id if question else None
        if shown != self._shown:
            self._shown = shown
            self._panes["left"].scroll_rows(-TO_TOP)
            self._ticked = frozenset()
            self._cursor = None
            if question is not None:
                answer = self.session.situation.answers.get(question.id)
                if not typed(question):
                    self._cursor = choices(question)[0]
                if isinstance(answer, frozenset):
                    self._ticked = answer
                elif isinstance(answer, str):
                    self._cursor = answer
                elif isinstance(answer, bool):
                    self._cursor = "yes" if answer else "no"
        self._open_field()
        self.update_rows()

    def _open_field(self) -> None:
        """Show the field when something is to be typed, and give it the focus."""
        question = self.session.question
        writes_note = self._layer == "notes"
        writing = "[notes]" if writes_note else None
        if question is not None and typed(question) and not self._layer and not self._planning:
            writing = question.id
        if writing != self._writing:
            self._drafts[self._writing] = self._entry.value
            self._writing = writing
            self.set_class(writing is not None, "-typing")
            self._entry.value = self._drafts.pop(writing, "")
            self._entry.cursor_position = len(self._entry.value)
        if writing:
            self._entry.placeholder = "记一笔" if writes_note else "在这里输入，按回车"
            self._entry.focus()
        else:
            self.set_focus(None)

    @on(Input.Submitted, "#entry")
    def _submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if self._layer == "notes":
            if text:
                self.session.notes.append(text)
            self._entry.value = ""
            self.update_rows()
            return
        question = self.session.question
        if question is None:
            return
        if not text and self._cursor == UNSURE_TARGET:
            self._unsure()
            return
        try:
            answer = parse_text(question, text, self.session.on)
        except AnswerError as error:
            self.say(str(error))
            return
        self._entry.value = ""
        self.session.answer(answer)
        self._enter_question()

    def _choose(self, option: str) -> None:
        question = self.session.question
        if question is None:
            return
        if option == UNSURE_TARGET:
            self._unsure()
        elif question.kind == "choices":
            self._tick(option)
        else:
            self.session.answer(option == "yes" if question.kind == "yesno" else option)
            self._enter_question()

    def _tick(self, option: str) -> None:
        """Tick or untick; an exclusive option stands alone."""
        question = self.session.question
        assert question is not None
        alone = {o.id for o in question.options if o.exclusive}
        ticked = self._ticked ^ {option}
        if option in ticked:
            ticked = frozenset({option}) if option in alone else ticked - alone
        self._ticked = ticked
        self._cursor = option
        self.update_rows()

    def _unsure(self) -> None:
        question = self.session.question
        if question is None or self._layer:
            return
        if not question.unsure:
            self.say("这一题要问清楚才能往下走")
            return
        self.session.mark_unsure()
        self._enter_question()

    def _confirm(self) -> None:
        """Enter: what the cursor stands on."""
        question = self.session.question
        if self._layer:
            self._pick(self._layer_cursor)
        elif self._planning:
            self._toggle()
        elif question is not None and question.kind == "choices" and self._cursor != UNSURE_TARGET:
            if self._ticked:
                self.session.answer(self._ticked)
                self._enter_question()
            else:
                self.say("先用数字勾选，再按回车")
        elif self._cursor:
            self._choose(self._cursor)

    def _digit(self, number: int) -> None:
        if self._layer:
            places = targets(self._panes["left"].rows)
            if number <= len(places):
                self._pick(places[number - 1])
            return
        question = self.session.question
        if question is None or typed(question) or self._planning:
            return
        page = page_of(question, self._cursor) * PAGE
        entries = options(question)[page : page + PAGE]
        if number <= len(entries):
            self._choose(entries[number - 1][0])
        else:
            self.say(f"没有第 {number} 项")

    # -- moving

    def _move(self, by: int) -> None:
        if self._layer:
            places = targets(self._panes["left"].rows)
            if places:
                self._layer_cursor = _moved(places, self._layer_cursor, by)
            else:
                self._panes["left"].scroll_rows(by)
        elif self._planning:
            before = self._plan_cursor
            self._plan_cursor = _moved(targets(self._panes["plan"].rows), before, by)
            if self._plan_cursor == before:  # at the end: what stands beyond it
                self._panes["plan"].scroll_rows(by)
        elif self.session.question is not None:
            before = self._cursor
            self._cursor = _moved(choices(self.session.question), before, by)
            if self._cursor == before:
                self._panes["left"].scroll_rows(by)
        else:
            self._panes["left"].scroll_rows(by)
        self.update_rows()

    def _page(self, by: int) -> None:
        question = self.session.question
        if self._layer or (question is None and not self._planning):
            self._panes["left"].scroll_rows(by * 8)
        elif not self._planning and question and len(options(question)) > PAGE:
            ids = [option_id for option_id, _, _ in options(question)]
            page = min(max(page_of(question, self._cursor) + by, 0), (len(ids) - 1) // PAGE)
            self._cursor = ids[page * PAGE]
            self.update_rows()
        else:
            beside = self._panes["plan"].size.width > 0
            self._panes["plan" if beside else "left"].scroll_rows(by * 8)

    def _toggle(self) -> None:
        """Space on a line of the plan: a step done, a paper at hand."""
        kind, _, name = (self._plan_cursor or "").partition(":")
        plan = self.session.plan
        if kind == "step":
            self._toggle_step(name)
        elif kind == "document":
            self._toggle_paper(next(d.papers for d in plan.documents if d.id == name))
        else:
            self.say("这一行不用勾。空格勾材料、标步骤")

    def _toggle_paper(self, papers: tuple[str, ...]) -> None:
        held = self.session.plan.held.intersection(papers)
        if held and not held & self.session.situation.have:
            self.say("前面的回答或办完的步骤说明手里有这份，所以勾着")
            return
        self.session.toggle_paper(papers)
        self._enter_question()

    def _toggle_step(self, step: str) -> None:
        marked = step in self.session.situation.done
        done = any(s.id == step and s.state == "done" for s in self.session.plan.steps)
        if done and not marked:
            self.say("这一步办出来的材料手里都有，所以算办完；不对就去掉材料的勾")
            return
        self.session.toggle_step(step)
        self._enter_question()

    def _pick(self, target: str | None) -> None:
        kind, _, name = (target or "").partition(":")
        if kind == "answer":
            self.session.revisit(name)
            self._layer, self._planning = None, False
            self._shown = None
            self._show_left()
            self._enter_question()
        elif kind == "follow":
            self.start(self.session.follow_up(name))

    @on(LinesPane.Picked)
    def _clicked(self, event: LinesPane.Picked) -> None:
        kind, _, name = event.target.partition(":")
        if event.pane.id == "plan":
            self._planning, self._layer = True, None
            self._plan_cursor = event.target
            if kind in ("step", "document"):
                self._toggle()
            self._enter_question()
        elif kind == "option":
            self._choose(name)
        elif event.target == UNSURE_TARGET:
            self._unsure()
        else:
            self._pick(event.target)

    # -- keys

    def on_key(self, event: events.Key) -> None:
        """One table says what a key does; a focused field keeps its own."""
        typing = self.has_class("-typing")
        key = event.key
        if typing and (key in FIELD_OWNS or event.is_printable):
            return
        action = self._action(key)
        if action is None:
            return
        event.stop()
        event.prevent_default()
        leaving, self._leaving = self._leaving, False
        had_message, self._message = self._message, ""
        action(leaving)
        if had_message and not self._message:
            self._show_keys()

    def _action(self, key: str) -> Callable[[bool], None] | None:
        if key in MOVES:
            return lambda _: self._move(MOVES[key])
        if key in PAGES:
            return lambda _: self._page(PAGES[key])
        if key == "enter":
            return lambda _: self._confirm()
        if key == "space":
            return lambda _: self._space()
        if key in "123456789":
            return lambda _: self._digit(int(key))
        if key in ("ctrl+q", "ctrl+c"):
            return lambda leaving: self._leave(leaving, quit_app=key == "ctrl+q")
        command = BY_KEY.get(key)
        return None if command is None else lambda leaving: self._run(command, leaving)

    def _space(self) -> None:
        question = self.session.question
        if self._planning and not self._layer:
            self._toggle()
        elif question is not None and question.kind == "choices" and self._cursor:
            self._choose(self._cursor)

    def _run(self, command: Command, leaving: bool) -> None:
        layers = {"why", "answers", "terms", "rejections", "notes", "follow", "help"}
        if command.name in layers:
            self._open(command.name)
            return
        if command.name == "home":
            self._leave(leaving, quit_app=False)
            return
        {
            "back": self._back,
            "forward": self._forward,
            "plan": self._plan,
            "unsure": self._unsure,
            "mood": self._mood,
            "undo": self._undo,
            "close": self._close,
        }[command.name]()

    def _open(self, layer: str) -> None:
        """Open a layer over the question; the same key closes it."""
        self._layer = None if self._layer == layer else layer
        self._layer_cursor = None
        self._show_left()
        if self._layer:
            places = targets(self._left_rows(self._writer(self._panes["left"])))
            self._layer_cursor = places[0] if places else None
        self._open_field()
        self._panes["left"].show((), top=0)
        self.update_rows()

    def _show_left(self) -> None:
        """In a narrow window a layer covers the plan."""
        covers = self._planning and self._layer is None
        if covers != self.has_class("-planning"):
            self.set_class(covers, "-planning")

    def _close(self) -> None:
        if self._layer:
            self._open(self._layer)
        elif self._planning:
            self._plan()
        elif self.session.revisiting:
            self.session.revisiting = None
            self._enter_question()
        else:
            self.say("要结束通话按两次 q（F12）")

    def _plan(self) -> None:
        """Into the plan, or back to the question."""
        self._planning = not self._planning
        self._layer = None
        if self._planning and self._plan_cursor is None:
            current = self.session.plan.current
            rows = plan_rows(self.session.plan, Writer(60, self.app.glyphs))
            documents = [t for t in targets(rows) if t.startswith("document:")]
            step = f"step:{current.id}" if current else None
            self._plan_cursor = documents[0] if documents else step
        self._show_left()
        self._open_field()
        self.update_rows()

    def _back(self) -> None:
        if self._layer:
            self._close()
        elif self._planning:
            self._plan()
        elif self.session.back():
            self._enter_question()
        else:
            self.say("这是第一问")

    def _forward(self) -> None:
        if self.session.forward():
            self._enter_question()

    def _mood(self) -> None:
        self.session.next_mood()
        self.update_rows()

    def _undo(self) -> None:
        if self.session.undo():
            self._shown = None
            self._enter_question()
        else:
            self.say("没有可以撤销的了")

    def _leave(self, sure: bool, *, quit_app: bool) -> None:
        if not sure:
            self._leaving = True
            what = "再按一次 Ctrl+Q 退出程序" if quit_app else "再按一次结束通话，回到首页"
            self.say(f"{what}；按别的键继续")
        elif quit_app:
            self.app.exit(0)
        else:
            self.app.end_call()

    def say(self, message: str) -> None:
        """A sentence in place of the keys, until the next key."""
        self._message = message
        self._show_keys()


def _moved(places: list[str], here: str | None, by: int) -> str | None:
    if not places:
        return None
    if here not in places:
        return places[0]
    return places[max(0, min(places.index(here) + by, len(places) - 1))]
