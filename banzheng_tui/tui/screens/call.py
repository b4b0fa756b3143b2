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
from banzheng_tui.tui.choosing import Choosing, moved
from banzheng_tui.tui.commands import BY_KEY, TOGGLE, Command, Where, named
from banzheng_tui.tui.panels.bars import KEYS, key_at, key_row, path_row, top_row
from banzheng_tui.tui.panels.compare import compare_rows
from banzheng_tui.tui.panels.layers import Background, layer_rows
from banzheng_tui.tui.panels.now import now_rows
from banzheng_tui.tui.panels.plan import FOLD, first_place, fold_rows, plan_rows
from banzheng_tui.tui.panels.question import PAGE, UNSURE_TARGET, options, question_rows, typed
from banzheng_tui.tui.rows import Row, Writer, select, targets
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.widgets.entry_field import EntryField
from banzheng_tui.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from banzheng_tui.tui.agent_app import AgentApp

MOVES = {"up": -1, "down": 1, "k": -1, "j": 1}
PAGES = {"pageup": -1, "pagedown": 1}
TO_TOP = 1_000_000
AHEAD_EVERY = 0.02
FIELD_OWNS = {"left", "right", "backspace", "space", "enter", "home", "end", "delete"}


class CallScreen(Screen[None]):
    """One call. Panes are drawn by panels; what is true is the session's and the guide's."""

    AUTO_FOCUS = ""  # None would mean the app's: the hidden field
    app: "AgentApp"

    def __init__(self, session: Session) -> None:
        super().__init__(id="call")
        self.session = session
        self._layer: str | None = None
        self._planning = False
        self._choosing = Choosing()
        self._plan_cursor: str | None = None
        self._layer_cursor: str | None = None
        self._shown: str | None = None
        self._message = ""
        self._leaving = False
        self._comparing = False

    def compose(self) -> ComposeResult:
        yield LinesPane(id="top", classes="bar")
        yield LinesPane(id="path")
        with Horizontal(id="panes"):
            yield LinesPane(id="left")
            yield LinesPane(id="plan")
        yield EntryField(id="entry")
        yield LinesPane(id="fold")
        yield LinesPane(id="keys", classes="bar")

    def on_mount(self) -> None:
        self._panes = {
            name: self.query_one(f"#{name}", LinesPane)
            for name in ("top", "path", "left", "plan", "fold", "keys")
        }
        self._entry = self.query_one(EntryField)
        self.set_interval(1.0, self._show_top)
        self._ahead = self.set_interval(AHEAD_EVERY, self._look_ahead, pause=True)
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
        self._entry.forget()
        self._show_left()
        self._enter_question()

    # -- drawing

    def update_rows(self) -> None:
        """Draw what changed."""
        self._show_top()
        path = self._panes["path"]
        path.show([path_row(self.session, self._writer(path))])
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
        if self._layer:
            line = self._plan_cursor if self._planning else None
            below = Background(line, self._shown_text, self.app.names)
            rows: Sequence[Row] = layer_rows(self._layer, session, below, writer)
            return select(rows, self._layer_cursor)
        if question is None:
            return now_rows(session, writer)
        cursor, ticked = self._choosing.cursor, self._choosing.ticked
        rows = question_rows(session, question, writer, cursor, ticked)
        if question.decision and not self._panes["plan"].size.width:
            rows = [*rows, *compare_rows(session.ways(question.id), writer)]
        return rows

    def _shown_text(self) -> str:
        """The words on the screen, the question's first."""
        question = self.session.question
        words: list[str] = []
        if question is not None:
            words = [question.ask, question.why or "", question.unsure or ""]
            words += [f"{label}{note or ''}" for _, label, note in options(question)]
        return "".join(words) + "".join(row.text for row in self._panes["plan"].rows)

    def _show_top(self) -> None:
        pane = self._panes["top"]
        if pane.size.width:
            seconds = int(monotonic() - self.session.started)
            pane.show([top_row(self.session, seconds, self._writer(pane))])

    def _show_keys(self) -> None:
        pane = self._panes["keys"]
        writer = self._writer(pane)
        where: Where = "layer" if self._layer else "plan" if self._planning else "question"
        if self._message:
            pane.show([writer.line(("possible", self._message))])
        else:
            pane.show([key_row(where, writer, typing=self.has_class("-typing"))])

    # -- the question

    def _enter_question(self) -> None:
        """Put the cursor where the question on the screen wants it; open the field if it types."""
        question = self.session.question
        shown = question.id if question else None
        if shown != self._shown:
            self._shown = shown
            self._panes["left"].scroll_rows(-TO_TOP)
            answer = self.session.situation.answers.get(shown or "")
            self._choosing = Choosing.among(question, answer)
        self._open_field()
        self.update_rows()
        self._ahead.resume()

    def _look_ahead(self) -> None:
        """While nobody types: the plan of one more answer, in a slice short of a key's notice."""
        if not self.session.look_ahead():
            self._ahead.pause()

    def _open_field(self) -> None:
        """Show the field when something is to be typed, and give it the focus."""
        question = self.session.question
        writing, placeholder = None, "在这里输入，按回车"
        if self._layer == "notes":
            writing, placeholder = "[notes]", "记一笔"
        elif question is not None and typed(question) and not self._layer and not self._planning:
            writing = question.id
        if self._entry.write(writing, placeholder):
            self.set_class(writing is not None, "-typing")
        self.set_focus(self._entry if writing else None)

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
        if not text and self._choosing.cursor == UNSURE_TARGET:
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
            self._choosing = self._choosing.toggled(question, option)
            self.update_rows()
        else:
            self.session.answer(option == "yes" if question.kind == "yesno" else option)
            self._enter_question()

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
        question, choosing = self.session.question, self._choosing
        if self._layer:
            self._pick(self._layer_cursor)
        elif self._planning:
            self._toggle()
        elif question is None or choosing.cursor is None:
            return
        elif question.kind != "choices" or choosing.cursor == UNSURE_TARGET:
            self._choose(choosing.cursor)
        elif choosing.ticked:
            self.session.answer(choosing.ticked)
            self._enter_question()
        else:
            self.say("先用数字勾选，再按回车")

    def _digit(self, number: int) -> None:
        question = self.session.question
        if self._layer:
            places = targets(self._panes["left"].rows)
            self._pick(places[number - 1] if number <= len(places) else None)
        elif question is not None and not typed(question) and not self._planning:
            option = self._choosing.numbered(question, number)
            if option:
                self._choose(option)
            else:
                self.say(f"没有第 {number} 项")

    # -- moving

    def _move(self, by: int) -> None:
        """The cursor further; at its end, or without one, the pane itself."""
        question = self.session.question
        if self._layer:
            places = targets(self._panes["left"].rows)
            before, self._layer_cursor = self._layer_cursor, moved(places, self._layer_cursor, by)
            still = before == self._layer_cursor
        elif self._planning:
            places = targets(self._panes["plan"].rows)
            before, self._plan_cursor = self._plan_cursor, moved(places, self._plan_cursor, by)
            still = before == self._plan_cursor
        else:
            choosing = self._choosing
            if question is not None:
                self._choosing = choosing.moved(question, by)
            still = choosing == self._choosing
        if still:
            walks = self._planning and not self._layer
            self._panes["plan" if walks else "left"].scroll_rows(by)
        self.update_rows()

    def _page(self, by: int) -> None:
        question = self.session.question
        asks = question is not None and not self._layer and not self._planning
        if question is not None and asks and len(options(question)) > PAGE:
            self._choosing = self._choosing.turned(question, by)
            self.update_rows()
            return
        beside = self._panes["plan"].size.width > 0
        plan = not self._layer and (self._planning or (asks and beside))
        self._panes["plan" if plan else "left"].scroll_rows(by * 8)

    def _toggle(self) -> None:
        """Space on a line of the plan: a step done, a paper at hand."""
        why_not = self.session.toggle_line(self._plan_cursor or "")
        if why_not:
            self.say(why_not)
        else:
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
        elif event.target == KEYS:
            self._press(event)
        elif event.target == FOLD:
            self._plan()
        elif kind == "option":
            self._choose(name)
        elif event.target == UNSURE_TARGET:
            self._unsure()
        else:
            self._pick(event.target)

    def _press(self, event: LinesPane.Picked) -> None:
        """A click on the name of a key does what the key does."""
        command = named(key_at(event.pane.rows[0], event.column) or "")
        if command is TOGGLE:
            self._toggle()
        elif command is not None and command.keys:
            leaving, self._leaving = self._leaving, False
            self._message = ""
            self._run(command, leaving)
            self._show_keys()

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
        elif question is not None and question.kind == "choices" and self._choosing.cursor:
            self._choose(self._choosing.cursor)

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
            self._plan_cursor = first_place(self.session.plan)
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
