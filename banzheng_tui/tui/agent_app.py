"""The app of the agent's desk: home first, the library behind it, one call at a time."""

from __future__ import annotations

import gc
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work

from banzheng_tui.procedure.outline import Outline, read_outlines
from banzheng_tui.tui.app_base import DeskApp, TooSmall
from banzheng_tui.tui.rows import term_pattern
from banzheng_tui.tui.screens.home import HomeScreen
from banzheng_tui.tui.terminal import Terminal

if TYPE_CHECKING:
    from banzheng_tui.guide.calendar import WorkCalendar
    from banzheng_tui.guide.rules import RuleBook
    from banzheng_tui.procedure.problems import Problem
    from banzheng_tui.tui.screens.call import CallScreen


CLEAN_UP_AFTER = 0.5


class AgentApp(DeskApp):
    """Shows the list of procedures at once; reads and checks them after the first paint."""

    TITLE = "banzheng"
    SHEETS: ClassVar[tuple[str, ...]] = ("agent.tcss",)

    def __init__(
        self,
        terminal: Terminal | None,
        libraries: tuple[Path, ...],
        procedure: str | None,
        on: date,
        today: date | None = None,
    ) -> None:
        super().__init__(terminal)
        self.on = on
        self.today = today or on
        self.outlines: tuple[Outline, ...] = read_outlines(libraries)
        self.unavailable: dict[str, str] = {}
        """Procedures whose file is broken, with the first reason."""
        self.terms: re.Pattern[str] | None = None
        self._libraries = libraries
        self.settings: Path | None = None
        """The folder of the user's settings, where files of days off may lie."""
        self._wanted = procedure
        self._book: RuleBook | None = None
        self._calendar: WorkCalendar | None = None
        self._call: CallScreen | None = None

    @property
    def names(self) -> dict[str, str]:
        """The procedures that can be opened, by id."""
        return {o.id: o.name for o in self.outlines if o.id not in self.unavailable}

    def get_default_screen(self) -> HomeScreen:
        return HomeScreen()

    def on_ready(self) -> None:
        super().on_ready()
        self._load()

    @work(thread=True)
    def _load(self) -> None:
        """Read and check the library behind the first screen, then the calendar.

        pydantic comes with them; a call may begin before the calendar is there.
        """
        from banzheng_tui.calendars import load_calendar  # noqa: PLC0415
        from banzheng_tui.guide.rules import RuleBook  # noqa: PLC0415
        from banzheng_tui.procedure.library import load_library  # noqa: PLC0415
        from banzheng_tui.tui.screens import call  # noqa: F401, PLC0415  (opening must not wait)

        self.call_from_thread(self._loaded, RuleBook(load_library(self._libraries)))
        own = (self.settings,) if self.settings else ()
        found = load_calendar((*self._libraries, *own))
        self.call_from_thread(self._take_calendar, found.calendar, found.problems)

    def _take_calendar(self, calendar: WorkCalendar, problems: tuple[Problem, ...]) -> None:
        self._calendar = calendar
        if self._call is not None:
            self._call.take_calendar(calendar)
        if problems and isinstance(self.screen, HomeScreen):
            self.screen.say(f"放假安排有个文件不能用：{problems[0]}")

    def _loaded(self, book: RuleBook) -> None:
        gc.freeze()  # the library stays: the collector need not look at it
        self._book = book
        self.unavailable = {
            item.id: str(item.problems[0]) if item.problems else "文件有错"
            for item in book.library.unavailable.values()
        }
        terms = book.library.catalog.terms.values()
        self.terms = term_pattern(word for term in terms for word in term.words)
        if isinstance(self.screen, HomeScreen):
            self.screen.update_rows()
        if self._wanted:
            self.open_procedure(self._wanted)

    def open_procedure(self, procedure_id: str) -> None:
        """Begin a call with a procedure; while the library is still being read, soon after."""
        home = self.screen
        if self._book is None:
            self._wanted = procedure_id
            if isinstance(home, HomeScreen):
                home.say("正在读取事项，马上就好")
            return
        self._wanted = None
        if not self._book.library.can_open(procedure_id):
            if isinstance(home, HomeScreen):
                home.say(self._why_not(procedure_id))
            return
        from banzheng_tui.tui.screens.call import CallScreen  # noqa: PLC0415
        from banzheng_tui.tui.session import Session  # noqa: PLC0415

        session = Session(self._book, procedure_id, self.on, self.today, self._calendar)
        if self._call is None:
            self._call = CallScreen(session)
            self.install_screen(self._call, "call")
        else:
            self._call.start(session)
        covered = isinstance(self.screen, TooSmall)
        if covered:
            self.pop_screen()
        self.push_screen("call")
        if covered:
            self.push_screen(TooSmall())

    def _why_not(self, procedure_id: str) -> str:
        reason = self.unavailable.get(procedure_id)
        return f"暂时不能用：{reason}" if reason else f"没有「{procedure_id}」这个事项"

    def end_call(self) -> None:
        """Back to the first screen; nothing of the call is kept."""
        self.set_timer(
            CLEAN_UP_AFTER, gc.collect
        )  # a full collection, while nobody waits for a key
        home = self.screen_stack[0]
        if isinstance(home, HomeScreen):
            home.begin()
        self.pop_screen()
