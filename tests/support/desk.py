"""The agent's desk under a pilot, seen as a user sees it: lines, labels, keys, clicks.

async with open_desk(SMALL, procedure="night-stall") as desk:
    await desk.choose("街边")
    assert "打算卖些什么" in desk.text
"""

from __future__ import annotations

import gc
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from textual import events
from textual._wait import wait_for_idle
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from banzheng_tui.tui.agent_app import AgentApp
from banzheng_tui.tui.screens.call import CallScreen
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.terminal import Terminal
from banzheng_tui.tui.text import NO_START, cell_width
from banzheng_tui.tui.textual_compat import use_plain_scrollbars
from banzheng_tui.tui.widgets.lines_pane import LinesPane

TODAY = date(2026, 11, 23)
SMALL = Path(__file__).parents[1] / "fixtures" / "desk"
"""A library of its own: changes to the real wording do not touch tests of the screens."""
BUNDLED = Path(__file__).parents[2] / "procedures"
WIDE, NARROW = (100, 30), (80, 24)
SIZES = (WIDE, NARROW)

_NAMED = {"space": " ", "question_mark": "?"}
_OPTION = re.compile(r"^\s*(?:▌\s*)?(\d)\s+(?:(?:☐|☑|\[ ?x?\])\s+)?(.*)$")


def new_app(
    *libraries: Path,
    procedure: str | None = None,
    size: tuple[int, int] = WIDE,
    glyphs: Literal["full", "plain"] = "full",
    on: date = TODAY,
) -> AgentApp:
    """An agent's desk that has not started yet."""
    terminal = Terminal(*size, glyphs, colour=True)
    return AgentApp(terminal, libraries or (SMALL,), procedure, on)


@asynccontextmanager
async def open_desk(
    *libraries: Path,
    procedure: str | None = None,
    size: tuple[int, int] = WIDE,
    glyphs: Literal["full", "plain"] = "full",
    on: date = TODAY,
) -> AsyncIterator[Desk]:
    """A desk whose library is read; with a procedure, its first question stands on the screen."""
    app = new_app(*libraries, procedure=procedure, size=size, glyphs=glyphs, on=on)
    try:
        async with app.run_test(size=size) as pilot:
            desk = Desk(app, pilot)
            await desk.ready()
            yield desk
    finally:
        gc.unfreeze()  # the desk freezes what it loaded; a test run opens hundreds
        use_plain_scrollbars(False)


def screen_lines(app: AgentApp) -> list[str]:
    """The rows of the screen as they stand, trailing spaces cut."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@dataclass
class Desk:
    """One desk, its pilot, and what a user sees of it."""

    app: AgentApp
    pilot: Pilot[int]

    async def ready(self) -> None:
        """Wait until the library is read and everything is painted."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()
        await self.pilot.pause()

    async def refined(self) -> None:
        """Wait until all is on the screen that is worked out behind it."""
        while not self.call.is_refined:
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    # -- what is seen

    @property
    def lines(self) -> list[str]:
        return screen_lines(self.app)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def pane(self, name: str) -> LinesPane:
        """One of the panes of the screen: top, path, left, plan, fold, keys, found."""
        return self.app.screen.query_one(f"#{name}", LinesPane)

    def whole(self, name: str) -> str:
        """All rows of a pane, those below the window's edge too, run together."""
        return "".join(row.text.strip() for row in self.pane(name).rows)

    def rows(self, name: str) -> list[str]:
        """All rows of a pane."""
        return [row.text for row in self.pane(name).rows]

    def visible(self, name: str) -> bool:
        """Whether a pane has room on the screen."""
        pane = self.pane(name)
        return pane.display and bool(pane.region.area)

    def role(self, name: str, words: str) -> set[str]:
        """The roles that words have in a pane."""
        spans = [span for row in self.pane(name).rows for span in row.spans]
        return {role for role, text in spans if words in text}

    def place(self, words: str) -> Offset:
        """Where words stand on the screen."""
        for y, line in enumerate(self.lines):
            if words in line:
                return Offset(cell_width(line[: line.index(words)]), y)
        raise AssertionError(f"no {words!r} on the screen:\n{self.text}")

    def number(self, label: str) -> str:
        """The digit that stands before an option's label."""
        for line in self.rows("left"):
            found = _OPTION.match(line)
            if found and found[2].startswith(label):
                return found[1]
        raise AssertionError(f"no option {label!r} on the screen:\n{self.text}")

    @property
    def field(self) -> Input:
        return self.app.screen.query_one(Input)

    @property
    def call(self) -> CallScreen:
        screen = self.app.get_screen("call")
        assert isinstance(screen, CallScreen)
        return screen

    @property
    def session(self) -> Session:
        return self.call.session

    @property
    def asked(self) -> str | None:
        """The id of the question on the screen."""
        question = self.session.question
        return None if question is None else question.id

    # -- what the user does

    async def press(self, *keys: str) -> None:
        """Press keys by name or character. Pilot.press drops full-width marks, and takes longer."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            character = _NAMED.get(key, key if len(key) == 1 else None)
            name = _character_to_key(key) if len(key) == 1 else key
            event = events.Key(name, character)
            event.set_sender(self.app)
            driver.send_message(event)
            await wait_for_idle(0)  # a key that a binding takes is later than the letter behind it

    async def type(self, text: str) -> None:
        """Type characters, as they come from a keyboard or an input method, in one go."""
        await self.press(*text)

    async def enter(self, text: str) -> None:
        """Type a text and confirm it."""
        await self.type(text)
        await self.press("enter")

    async def choose(self, *labels: str) -> None:
        """Press the digits of these options; several are ticked and confirmed."""
        question = self.session.question
        assert question is not None, f"nothing is asked:\n{self.text}"
        for label in labels:
            await self.press(self.number(label))
        if question.kind == "choices":
            await self.press("enter")

    async def click(self, words: str, times: int = 1) -> None:
        """Click on words of the screen."""
        await self.pilot.click(offset=self.place(words), times=times)
        await self.pilot.pause()

    async def resize(self, columns: int, rows: int) -> None:
        await self.pilot.resize_terminal(columns, rows)
        await self.pilot.pause()
        await self.pilot.pause()


async def answer_night_stall(desk: Desk, until: str | None = None) -> None:
    """Answer the small library's procedure to its end, or until a question is on the screen."""
    for fact, does in NIGHT_STALL.items():
        if fact == until:
            return
        assert desk.asked == fact, desk.text
        await does(desk)


def _choosing(*labels: str) -> Callable[[Desk], Awaitable[None]]:
    return lambda desk: desk.choose(*labels)


def _typing(text: str) -> Callable[[Desk], Awaitable[None]]:
    return lambda desk: desk.enter(text)


NIGHT_STALL: dict[str, Callable[[Desk], Awaitable[None]]] = {
    "spot": _choosing("夜市里面"),
    "goods": _choosing("吃的"),
    "helpers": _typing("2"),
    "rent": _typing("1.2万"),
    "opening": _typing("2026-12-01"),
    "who-goes": _choosing("自己去"),
}
"""One way through the small library's main procedure: question, answer."""


def bad_starts(lines: list[str]) -> list[str]:
    """Lines that begin with a mark that may not begin one."""
    return [line for line in lines if line.strip()[:1] and line.strip()[0] in NO_START]
