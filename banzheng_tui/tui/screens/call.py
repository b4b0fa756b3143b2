"""The call: question and plan side by side, one screen updated in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from banzheng_tui.guide.answers import AnswerError, parse_text
from banzheng_tui.guide.as_of import parse_day
from banzheng_tui.guide.compare import comparable
from banzheng_tui.guide.situation import Answer
from banzheng_tui.tui.choosing import Choosing, moved, place_of
from banzheng_tui.tui.commands import BY_KEY, TOGGLE, Command, named
from banzheng_tui.tui.panels.bars import KEYS, key_at
from banzheng_tui.tui.panels.change import CLOSE, TAKE
from banzheng_tui.tui.panels.compare import WAYS, sheet_of, sheets
from banzheng_tui.tui.panels.plan import FOLD, first_place
from banzheng_tui.tui.panels.question import PAGE, UNSURE_TARGET, options, typed
from banzheng_tui.tui.rows import targets
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.widgets.call_panes import TO_TOP, CallPanes, Look
from banzheng_tui.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from banzheng_tui.tui.agent_app import AgentApp

MOVES = {"up": -1, "down": 1, "k": -1, "j": 1}
PAGES = {"pageup": -1, "pagedown": 1}
ASIDE = {"left": -1, "right": 1}
AHEAD_EVERY = 0.02
WRITTEN = {"notes": "记一笔", "day": "年-月-日，按回车"}
"""Layers with a field, and what stands in it while it is empty."""
FIELD_OWNS = {"left", "right", "backspace", "space", "enter", "home", "end", "delete"}


class CallScreen(Screen[None]):
    """One call. Panes are drawn by panels; what is true is the session's and the guide's."""

    AUTO_FOCUS = ""  # None would mean the app's: the hidden field
    app: "AgentApp"

    def __init__(self, session: Session) -> None:
        super().__init__(id="call")
        self._look = Look()
        self._panes = CallPanes(session, self._look)
        self._shown: str | None = None
        self._leaving = False

    def compose(self) -> ComposeResult:
        yield self._panes

    def on_mount(self) -> None:
        self.set_interval(1.0, self._panes.draw_top)
        self._ahead = self.set_interval(AHEAD_EVERY, self._look_ahead, pause=True)
        self._enter_question()

    @property
    def session(self) -> Session:
        """The call on the screen."""
        return self._panes.session

    def update_rows(self) -> None:
        """Draw what changed."""
        self._panes.draw()

    @on(LinesPane.Resized)
    def _resized(self) -> None:
        self.call_later(self.update_rows)

    def start(self, session: Session) -> None:
        """Take another procedure on this screen."""
        self._panes.session = session
        self._look.layer, self._look.planning, self._look.plan_cursor = None, False, None
        self._shown = None
        self._look.message = ""
        self._panes.entry.forget()
        self._show_left()
        self._enter_question()

    # -- the question

    def _enter_question(self) -> None:
        """Put the cursor where the question on the screen wants it; open the field if it types."""
        question = self.session.question
        shown = question.id if question else None
        if shown != self._shown:
            self._shown = shown
            self._panes.left.scroll_rows(-TO_TOP)
            answer = self.session.situation.answers.get(shown or "")
            self._look.choosing = Choosing.among(question, answer)
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
        if self._look.layer in WRITTEN:
            writing, placeholder = f"[{self._look.layer}]", WRITTEN[self._look.layer]
        elif (
            question is not None
            and typed(question)
            and not self._look.layer
            and not self._look.planning
        ):
            writing = question.id
        if self._panes.entry.write(writing, placeholder):
            self.set_class(writing is not None, "-typing")
        self.set_focus(self._panes.entry if writing else None)

    @on(Input.Submitted, "#entry")
    def _submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if self._look.layer == "notes":
            if text:
                self.session.notes.append(text)
            self._panes.entry.value = ""
            self.update_rows()
            return
        if self._look.layer == "day":
            self._choose_day(text)
            return
        question = self.session.question
        if question is None:
            return
        if not text and self._look.choosing.cursor == UNSURE_TARGET:
            self._unsure()
            return
        try:
            answer = parse_text(question, text, self.session.on)
        except AnswerError as error:
            self.say(str(error))
            return
        self._panes.entry.value = ""
        self._look.message = ""
        self._give(answer)

    def _choose_day(self, text: str) -> None:
        """The call goes on by the rules of the day that was typed, or of today without one."""
        try:
            day = parse_day(text, self.session.now) if text else self.session.now
        except AnswerError as error:
            self.say(str(error))
            return
        self._panes.entry.value = ""
        self._look.message = ""
        self.session.change_day(day)
        self._shown = None
        self._close_layer()
        if self.session.other_day:
            self._open("day chosen")
        else:
            self.say(f"按今天（{day}）的规定")

    def _give(self, answer: Answer | None) -> None:
        """Answer the question (None: 还不清楚); what else would change is shown before it does."""
        said = self.session.give(answer)
        if self.session.proposal is not None:
            self._open("change")
            return
        self._enter_question()
        if said:
            self.say(said)

    def _settle(self, *, take: bool) -> None:
        """Take the answer whose consequences are on the screen, or leave everything as it was."""
        if take:
            self.session.confirm()
        else:
            self.session.decline()
        self._shown = None
        self._close_layer()
        if take:
            self.say("改好了，按 Ctrl+Z 可以撤销")

    def _close_layer(self) -> None:
        self._look.layer = None
        self._show_left()
        self._enter_question()

    def _choose(self, option: str) -> None:
        question = self.session.question
        if question is None:
            return
        if option == UNSURE_TARGET:
            self._unsure()
        elif question.kind == "choices":
            self._look.choosing = self._look.choosing.toggled(question, option)
            self.update_rows()
        else:
            self._give(option == "yes" if question.kind == "yesno" else option)

    def _unsure(self) -> None:
        question = self.session.question
        if question is None or self._look.layer:
            return
        if not question.unsure:
            self.say("这一题要问清楚才能往下走")
            return
        self._give(None)

    def _confirm(self) -> None:
        """Enter: what the cursor stands on."""
        question, choosing = self.session.question, self._look.choosing
        if self._look.layer == "compare" and question is not None:
            self._take_way(place_of(question, choosing.cursor))
        elif self._look.layer:
            self._pick(self._look.layer_cursor)
        elif self._look.planning:
            self._toggle()
        elif question is None or choosing.cursor is None:
            return
        elif question.kind != "choices" or choosing.cursor == UNSURE_TARGET:
            self._choose(choosing.cursor)
        elif choosing.ticked:
            self._give(choosing.ticked)
        else:
            self.say("先用数字勾选，再按回车")

    def _digit(self, number: int) -> None:
        question = self.session.question
        if self._look.layer == "compare" and question is not None:
            here = place_of(question, self._look.choosing.cursor)
            self._take_way(here // PAGE * PAGE + number - 1)
        elif self._look.layer:
            places = targets(self._panes.left.rows)
            self._pick(places[number - 1] if number <= len(places) else None)
        elif question is not None and not typed(question) and not self._look.planning:
            option = self._look.choosing.numbered(question, number)
            if option:
                self._choose(option)
            else:
                self.say(f"没有第 {number} 项")

    # -- moving

    def _move(self, by: int) -> None:
        """The cursor further; at its end, or without one, the pane itself."""
        question = self.session.question
        if self._look.layer:
            places = targets(self._panes.left.rows)
            before, self._look.layer_cursor = (
                self._look.layer_cursor,
                moved(places, self._look.layer_cursor, by),
            )
            still = before == self._look.layer_cursor
        elif self._look.planning:
            places = targets(self._panes.plan.rows)
            before, self._look.plan_cursor = (
                self._look.plan_cursor,
                moved(places, self._look.plan_cursor, by),
            )
            still = before == self._look.plan_cursor
        else:
            choosing = self._look.choosing
            if question is not None:
                self._look.choosing = choosing.moved(question, by)
            still = choosing == self._look.choosing
        if still:
            walks = self._look.planning and not self._look.layer
            (self._panes.plan if walks else self._panes.left).scroll_rows(by)
        self.update_rows()

    def _page(self, by: int) -> None:
        question = self.session.question
        asks = question is not None and not self._look.layer and not self._look.planning
        if question is not None and asks and len(options(question)) > PAGE:
            self._look.choosing = self._look.choosing.turned(question, by)
            self.update_rows()
            return
        plan = not self._look.layer and (self._look.planning or (asks and self._panes.beside))
        (self._panes.plan if plan else self._panes.left).scroll_rows(by * 8)

    def _toggle(self) -> None:
        """Space on a line of the plan: a step done, a paper at hand."""
        why_not = self.session.toggle_line(self._look.plan_cursor or "")
        if why_not:
            self.say(why_not)
        else:
            self._enter_question()

    def _pick(self, target: str | None) -> None:
        kind, _, name = (target or "").partition(":")
        if kind == "answer":
            self.session.revisit(name)
            self._look.layer, self._look.planning = None, False
            self._shown = None
            self._show_left()
            self._enter_question()
        elif kind == "follow":
            self.start(self.session.follow_up(name))
        elif self._look.layer == "change" and target is not None:
            self._settle(take=target == TAKE)
        elif target == CLOSE:
            self._close()

    @on(LinesPane.Picked)
    def _clicked(self, event: LinesPane.Picked) -> None:
        kind, _, name = event.target.partition(":")
        if event.pane.id == "plan":
            self._look.planning, self._look.layer = True, None
            self._look.plan_cursor = event.target
            if kind in ("step", "document"):
                self._toggle()
            self._enter_question()
        elif event.target == KEYS:
            self._press(event)
        elif event.target == WAYS:
            self._click_way(event.column)
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
            self._look.message = ""
            self._run(command, leaving)
            self._panes.draw_keys()

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
        had_message, self._look.message = self._look.message, ""
        action(leaving)
        if had_message and not self._look.message:
            self._panes.draw_keys()

    def _action(self, key: str) -> Callable[[bool], None] | None:
        if key in ASIDE and self._look.layer == "compare":
            return lambda _: self._turn_ways(ASIDE[key])
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
        if self._look.planning and not self._look.layer:
            self._toggle()
        elif question is not None and question.kind == "choices" and self._look.choosing.cursor:
            self._choose(self._look.choosing.cursor)

    def _run(self, command: Command, leaving: bool) -> None:
        layers = {"why", "answers", "terms", "rejections", "notes", "follow", "day", "help"}
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
            "compare": self._compare,
            "mood": self._mood,
            "undo": self._undo,
            "close": self._close,
        }[command.name]()

    def _open(self, layer: str) -> None:
        """Open a layer over the question; the same key closes it."""
        self._look.layer = None if self._look.layer == layer else layer
        self._look.layer_cursor = None
        self._show_left()
        if self._look.layer:
            places = targets(self._panes.left_rows())
            self._look.layer_cursor = places[0] if places else None
        self._open_field()
        self._panes.left.show((), top=0)
        self.update_rows()

    def _show_left(self) -> None:
        """In a narrow window a layer covers the plan."""
        self.set_class(self._look.layer == "compare", "-comparing")
        covers = self._look.planning and self._look.layer is None
        if covers != self.has_class("-planning"):
            self.set_class(covers, "-planning")

    def _close(self) -> None:
        if self._look.layer == "change":
            self._settle(take=False)
        elif self._look.layer:
            self._open(self._look.layer)
        elif self._look.planning:
            self._plan()
        elif self.session.revisiting:
            self.session.revisiting = None
            self._enter_question()
        else:
            self.say("要结束通话按两次 q（F12）")

    def _plan(self) -> None:
        """Into the plan, or back to the question."""
        self._look.planning = not self._look.planning
        self._look.layer = None
        if self._look.planning and self._look.plan_cursor is None:
            self._look.plan_cursor = first_place(self.session.plan)
        self._show_left()
        self._open_field()
        self.update_rows()

    def _compare(self) -> None:
        """The options of the question side by side, or back to the question."""
        question = self.session.question
        if question is None:
            self.say("问完了，没有可以对照的选项")
        elif not comparable(question):
            self.say("对照只用在单选题上，这一题不是")
        else:
            self._open("compare")

    def _ways(self) -> tuple[int, int]:
        """Which option of the comparison the agent looks at, and how many there are."""
        question = self.session.question
        if question is None:
            return 0, 0
        return place_of(question, self._look.choosing.cursor), len(options(question))

    def _turn_ways(self, by: int) -> None:
        """The next page of options, or the next option where all are on one."""
        question, (here, count) = self.session.question, self._ways()
        pages = sheets(count, self._panes.left.size.width)
        if question is None:
            return
        if len(pages) > 1:
            page = pages.index(sheet_of(pages, here)) + by
            here = pages[max(0, min(page, len(pages) - 1))].shown[0]
        else:
            here = max(0, min(here + by, count - 1))
        self._look.choosing = Choosing(options(question)[here][0])
        self.update_rows()

    def _click_way(self, column: int) -> None:
        here, count = self._ways()
        sheet = sheet_of(sheets(count, self._panes.left.size.width), here)
        option = sheet.option_at(column)
        if option is not None:
            self._take_way(option)

    def _take_way(self, place: int) -> None:
        """Answer with an option right from the comparison."""
        question = self.session.question
        ids = [option_id for option_id, _, _ in options(question)] if question else []
        if place < len(ids):
            self._close_layer()
            self._choose(ids[place])
        else:
            self.say(f"没有第 {place % PAGE + 1} 项")

    def _back(self) -> None:
        if self._look.layer:
            self._close()
        elif self._look.planning:
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
        undone, before = self.session.undo(), self.session.came_from
        if undone is not None:
            if undone.fact is not None:  # its question is to be seen
                self._look.planning = False
            self._shown = None
            self._close_layer()
            self.say(f"撤销了：{undone.what}")
        elif before is not None:
            what = self.session.rules.procedure.head.name
            self.start(before)
            self.say(f"撤销了：接着办「{what}」")
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
        self._look.message = message
        self._panes.draw_keys()
