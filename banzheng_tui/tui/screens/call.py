"""The call: question and plan side by side, one screen updated in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from banzheng_tui.tui.choosing import Choosing
from banzheng_tui.tui.commands import BY_KEY, DETAIL, TOGGLE, TURN, Command, named
from banzheng_tui.tui.keys.asking import Asking
from banzheng_tui.tui.keys.comparing import Comparing
from banzheng_tui.tui.keys.layering import LAYERS, Layering
from banzheng_tui.tui.keys.walking import Walking
from banzheng_tui.tui.keys.wayfaring import Wayfaring
from banzheng_tui.tui.panels.bars import KEYS, key_at
from banzheng_tui.tui.panels.compare import WAYS
from banzheng_tui.tui.panels.fold import FOLD
from banzheng_tui.tui.panels.question import UNSURE_TARGET, typed
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.widgets.call_panes import TO_TOP, CallPanes, Look
from banzheng_tui.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from banzheng_tui.guide.calendar import WorkCalendar
    from banzheng_tui.tui.agent_app import AgentApp

MOVES = {"up": -1, "down": 1, "k": -1, "j": 1}
PAGES = {"pageup": -1, "pagedown": 1}
ASIDE = {"left": -1, "right": 1}
WRITTEN = {"notes": "记一笔", "day": "年-月-日，按回车"}
"""Layers with a field, and what stands in it while it is empty."""
FIELD_OWNS = {"left", "right", "backspace", "space", "enter", "home", "end", "delete"}
AHEAD_AFTER = 0.02
"""Seconds without a key before the desk works ahead, and between two slices of that work."""


class CallScreen(Screen[None]):
    """One call. Panes are drawn by panels; what is true is the session's and the guide's."""

    AUTO_FOCUS = ""  # None would mean the app's: the hidden field
    app: "AgentApp"

    def __init__(self, session: Session) -> None:
        super().__init__(id="call")
        self.look = Look()
        self.panes = CallPanes(session, self.look)
        self.asking, self.layering = Asking(self), Layering(self)
        self.walking, self.comparing = Walking(self), Comparing(self)
        self.wayfaring = Wayfaring(self)
        self._shown: str | None = None
        self._leaving = False

    def compose(self) -> ComposeResult:
        yield self.panes

    def on_mount(self) -> None:
        self.set_interval(1.0, self.panes.draw_top)
        self._ahead = self.set_interval(AHEAD_AFTER, self._work_ahead, pause=True)
        self.enter_question()

    @property
    def session(self) -> Session:
        """The call on the screen."""
        return self.panes.session

    @property
    def is_refined(self) -> bool:
        """Whether nothing on the screen will still be worked out behind it."""
        return self.session.ahead.is_refined(self.look.item)

    def start(self, session: Session) -> None:
        """Take another procedure on this screen."""
        self.panes.session = session
        self.look.planning, self.look.plan_cursor, self.look.message = False, None, ""
        self.panes.entry.forget()
        self.ask_again()

    # -- what is on the screen

    def update_rows(self) -> None:
        """Draw what changed."""
        self.panes.draw()

    @on(LinesPane.Resized)
    def _resized(self) -> None:
        self.call_later(self.update_rows)

    def say(self, message: str) -> None:
        """A sentence in place of the keys, until the next key."""
        self.look.message = message
        self.panes.draw_keys()

    def take_calendar(self, calendar: "WorkCalendar") -> None:
        """The working days are known now: draw what waited for them."""
        self.session.calendar = calendar
        if self.is_mounted:
            self.update_rows()

    def ask_again(self) -> None:
        """Show the question as one that was not on the screen before, and nothing over it."""
        self._shown = None
        self.layering.shut()

    def enter_question(self) -> None:
        """Put the cursor where the question on the screen wants it; open the field if it types."""
        question = self.session.question
        shown = question.id if question else None
        if shown != self._shown:
            self._shown = shown
            self.panes.left.scroll_rows(-TO_TOP)
            answer = self.session.situation.answers.get(shown or "")
            self.look.choosing = Choosing.among(question, answer)
        self.open_field()
        self.update_rows()
        self._ahead.reset()

    def open_field(self) -> None:
        """Show the field when something is to be typed, and give it the focus."""
        question = self.session.question
        writing, placeholder = None, "在这里输入，按回车"
        if self.look.layer in WRITTEN:
            writing, placeholder = f"[{self.look.layer}]", WRITTEN[self.look.layer]
        elif question is not None and typed(question) and self.look.where == "question":
            writing = question.id
        if self.panes.entry.write(writing, placeholder):
            self.set_class(writing is not None, "-typing")
        self.set_focus(self.panes.entry if writing else None)

    def make_room(self) -> None:
        """In a narrow window a layer covers the plan, and the plan the question."""
        self.set_class(self.look.layer == "compare" or self.look.where == "way", "-whole")
        self.set_class(self.look.where == "plan", "-planning")

    def _work_ahead(self) -> None:
        """While nobody types: the plans of the next answers, and what is shown more exactly."""
        ahead = self.session.ahead
        if self.look.item is None and ahead.one_more_plan(self.session.question):
            return
        if ahead.refine(self.look.item):
            if ahead.news:
                self.panes.draw_left()
        elif not ahead.go_on(self.session.question):
            self._ahead.pause()

    # -- what the mouse and the field say

    @on(Input.Submitted, "#entry")
    def _submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if self.look.layer in WRITTEN:
            self.layering.submit(text)
        else:
            self.asking.submit(text)

    @on(LinesPane.Picked)
    def _clicked(self, event: LinesPane.Picked) -> None:
        kind, _, name = event.target.partition(":")
        if event.pane.id == "plan":
            self._click_plan(event.target)
        elif event.target == KEYS:
            self._press(event)
        elif event.target == WAYS:
            self.comparing.click(event.column)
        elif event.target == FOLD:
            self.walking.into_plan()
        elif kind == "option":
            self.asking.choose(name)
        elif event.target == UNSURE_TARGET:
            self.asking.unsure()
        else:
            self.layering.pick(event.target)
        self._ahead.reset()

    def _click_plan(self, target: str) -> None:
        self.look.planning, self.look.plan_cursor = True, target
        if target.startswith(("step:", "document:")):
            self.walking.tick()
        self.layering.shut()

    def _press(self, event: LinesPane.Picked) -> None:
        """A click on the name of a key does what the key does."""
        command = named(key_at(event.pane.rows[0], event.column) or "")
        if command is TOGGLE:
            self._space()
        elif command is DETAIL:
            self._confirm()
        elif command is not None and command.keys:
            leaving, self._leaving = self._leaving, False
            self.look.message = ""
            self._run(command, leaving)
            self.panes.draw_keys()

    # -- what the keys say

    def on_key(self, event: events.Key) -> None:
        """One table says what a key does; a focused field keeps its own."""
        self._ahead.reset()
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
        had_message, self.look.message = self.look.message, ""
        action(leaving)
        if had_message and not self.look.message:
            self.panes.draw_keys()

    def _action(self, key: str) -> Callable[[bool], None] | None:
        if key in ASIDE and self.look.layer == "compare":
            return lambda _: self.comparing.turn(ASIDE[key])
        if key in TURN.keys and self.look.where == "way":
            return lambda _: self.wayfaring.turn()
        if key in MOVES:
            return lambda _: self.walking.move(MOVES[key])
        if key in PAGES:
            return lambda _: self.walking.page(PAGES[key])
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

    def _confirm(self) -> None:
        """Enter: what the cursor stands on."""
        if self.look.layer == "compare":
            self.comparing.confirm()
        elif self.look.where == "way":
            self.wayfaring.show(self.look.layer_cursor)
        elif self.look.layer:
            self.layering.pick(self.look.layer_cursor)
        elif self.look.planning:
            self.walking.tick()
        else:
            self.asking.confirm()

    def _space(self) -> None:
        if self.look.where == "plan":
            self.walking.tick()
        elif self.look.where == "way":
            self.wayfaring.tick()
        else:
            self.asking.space()

    def _digit(self, number: int) -> None:
        if self.look.layer == "compare":
            self.comparing.digit(number)
        elif self.look.layer and self.look.where != "way":
            self.layering.digit(number)
        elif self.look.where == "question":
            self.asking.digit(number)

    def _run(self, command: Command, leaving: bool) -> None:
        if command.name in LAYERS:
            self.layering.open(command.name)
        elif command.name == "home":
            self._leave(leaving, quit_app=False)
        else:
            {
                "back": self.layering.back,
                "forward": self.asking.forward,
                "plan": self.walking.into_plan,
                "unsure": self.asking.unsure,
                "compare": self.comparing.open,
                "way": self.wayfaring.open,
                "turn": self.wayfaring.turn,
                "mood": self._mood,
                "undo": self.asking.undo,
                "close": self.layering.close,
            }[command.name]()

    def _mood(self) -> None:
        self.session.next_mood()
        self.update_rows()

    def _leave(self, sure: bool, *, quit_app: bool) -> None:
        if not sure:
            self._leaving = True
            what = "再按一次 Ctrl+Q 退出程序" if quit_app else "再按一次结束通话，回到首页"
            self.say(f"{what}；按别的键继续")
        elif quit_app:
            self.app.exit(0)
        else:
            self.app.end_call()
