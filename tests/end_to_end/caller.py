"""A hotline agent at a real terminal: reads the screen, presses keys, knows no ids.

with Agent() as agent:
    agent.find("孩子刚生下来")
    agent.choose("不在一处")
    assert "随妈妈" in agent.question
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from support.pty_session import PtySession

WIDE, NARROW = (100, 30), (80, 24)
SIZES = (WIDE, NARROW)
DOWN, UP, PAGE_DOWN, PAGE_UP = "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~"
LEFT, ESCAPE, ENTER = "\x1b[D", "\x1b", "\r"
F1, F2, F3, F10 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1b[21~"
QUIET = 0.04
"""Seconds without output after which the screen is taken to stand."""

_OPTION = re.compile(r"^\s{0,6}(\d|F10)\s+(?:(☐|☑|\[ \]|\[x\])\s+)?(\S.*)$")
_OWNER = re.compile(r"办「.*」要问的$")
"""The line above a question that another procedure brought along."""
_MORE = re.compile(r"\s*(?:↑|↓|\^|v) 还有$")


def banzheng() -> list[str]:
    """The installed command; in CI nothing else will do."""
    installed = shutil.which("banzheng", path=str(Path(sys.executable).parent))
    if installed:
        return [installed]
    if os.environ.get("CI"):
        pytest.fail("the console script banzheng is not installed")
    return [sys.executable, "-m", "banzheng_tui"]


class Agent:
    """One desk in one terminal."""

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = WIDE,
        env: Mapping[str, str | None] | None = None,
        ambiguous_wide: bool = False,
        mute: bool = False,
        ready: str | None = None,
    ) -> None:
        self.terminal = PtySession(
            [*banzheng(), *words],
            cols=size[0],
            rows=size[1],
            env=env,
            ambiguous_wide=ambiguous_wide,
            mute=mute,
        )
        self.asked: list[str] = []
        """The wording of every question that stood on the screen, in order."""
        try:
            if ready != "":
                self.terminal.wait_for(ready or ("最多还有" if "agent" in words else "回车 打开"))
                self.settle()
        except BaseException:
            self.terminal.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.terminal.close()

    # -- reading

    @property
    def screen(self) -> str:
        return self.terminal.screen_text()

    @property
    def wide(self) -> bool:
        return self.terminal.cols >= 100

    def _columns(self, start: int, end: int) -> list[str]:
        """Rows of a part of the window, between the two lines at the top and the keys."""
        terminal = self.terminal
        with terminal._changed:
            buffer = terminal._screen.buffer
            return [
                "".join(buffer[y][x].data for x in range(start, end)).rstrip()
                for y in range(2, terminal.rows - 1)
            ]

    @property
    def left(self) -> list[str]:
        """The lines of the question's side."""
        if not self.wide:
            return self._columns(0, self.terminal.cols)
        return self._columns(0, self.terminal.cols // 2 - 1)

    @property
    def question(self) -> str:
        """The wording of the question that is open; empty when there is none."""
        asked: list[str] = []
        lines = self.left
        if _OWNER.match(lines[0].strip()):
            lines = lines[1:]
        for line in lines:
            if "最多还有" in line or "这一题答过" in line:
                return "".join(asked)
            asked.append(line.strip())
        return ""

    @property
    def options(self) -> dict[str, str]:
        """The options on the screen, label to key."""
        found = (_OPTION.match(line) for line in self.left)
        return {match[3].strip(): match[1] for match in found if match}

    @property
    def path(self) -> str:
        """The line of answers given."""
        return self.terminal.lines()[1]

    def settle(self) -> None:
        """Wait until nothing more is painted."""
        deadline = time.monotonic() + 5
        seen, since = len(self.terminal.raw), time.monotonic()
        while time.monotonic() - since < QUIET and time.monotonic() < deadline:
            time.sleep(0.01)
            if len(self.terminal.raw) != seen:
                seen, since = len(self.terminal.raw), time.monotonic()

    def wait_for(self, words: str) -> None:
        self.terminal.wait_for(words)
        self.settle()

    # -- keys

    def press(self, *keys: str) -> None:
        """Press keys, and wait until the screen has answered each."""
        for key in keys:
            before = len(self.terminal.raw)
            self.terminal.send(key)
            deadline = time.monotonic() + 0.4  # a key at an end of something changes nothing
            while len(self.terminal.raw) == before and time.monotonic() < deadline:
                time.sleep(0.005)
            self.settle()

    def find(self, words: str, opens: str) -> None:
        """Type what the caller said, and open the first procedure that is found."""
        self.terminal.send(words)
        self.terminal.wait_for(words)
        self.wait_for(opens)
        self.press(ENTER)
        self.wait_for("最多还有")
        assert opens in self.terminal.lines()[0]

    def choose(self, *labels: str) -> None:
        """Press the numbers of these options; where several can be ticked, confirm them."""
        before = self._stand()
        ticks = "可以选几项" in "".join(self.left)
        for label in labels:
            self.press(self.key(label))
            if ticks:
                assert re.search(rf"(?:☑|\[x\])\s+{re.escape(label)}", "\n".join(self.left))
        if ticks:
            self.press(ENTER)
        self.terminal.wait(lambda: self._stand() != before, f"an answer to {before}")
        self.settle()

    def key(self, label: str) -> str:
        """The key in front of an option: its wording, or else its beginning, or a part of it."""
        options = self.options
        for fits in (str.__eq__, str.startswith, str.__contains__):
            found = [key for shown, key in options.items() if fits(shown, label)]
            if found:
                break
        assert len(found) == 1, f"{label!r} is {len(found)} options:\n{self.screen}"
        return found[0]

    def type(self, text: str) -> None:
        """Type an answer into the field and confirm it."""
        before = self._stand()
        self.terminal.send(text)
        self.terminal.wait_for(text)
        self.press(ENTER)
        self.terminal.wait(lambda: self._stand() != before, f"an answer to {before}")
        self.settle()

    def _stand(self) -> tuple[str, str]:
        return self.question, self.path

    def talk(self, *said: str, until: str | None = None, **typed: str) -> None:
        """Answer until nothing is asked any more, or until words stand in the question.

        Takes at each question the one of the things said that is an option there; ``typed`` gives
        by a word of the question what is typed. Fails where the caller has nothing to say, and
        where a question comes up a second time.
        """
        left = list(said)
        while question := self.question:
            if until is not None and until in question:
                return
            assert question not in self.asked, f"asked twice: {question}"
            self.asked.append(question)
            text = next((text for word, text in typed.items() if word in question), None)
            if text is not None:
                self.type(text)
                continue
            shown = list(self.options)
            fits = [s for s in left if any(_names(s, option) for option in shown)]
            assert fits, f"nothing to say to {question!r}, only {left}:\n{self.screen}"
            self.choose(fits[0])
            left.remove(fits[0])
        assert until is None, f"{until!r} was never asked:\n{self.screen}"

    # -- the plan, as one walks through it

    def plan(self) -> str:
        """The whole plan, scrolled through from top to bottom; every line stripped, run together.

        Words that a line's end divides are whole in it.
        """
        return "".join(self.plan_lines())

    def plan_lines(self) -> list[str]:
        """The lines of the whole plan."""
        self.press("p")
        for _ in range(40):
            before = self._plan_page()
            self.press(PAGE_UP)
            if self._plan_page() == before:
                break
        lines: list[str] = []
        for _ in range(60):
            page = self._plan_page()
            lines = _joined(lines, page)
            self.press(PAGE_DOWN)
            if self._plan_page() == page:
                break
        self.press("p")
        return [line.strip() for line in lines if line.strip()]

    def _plan_page(self) -> list[str]:
        start = self.terminal.cols // 2 - 1 if self.wide else 0
        return self._columns(start, self.terminal.cols)

    def left_whole(self) -> str:
        """What of the question's side is on the screen, run together."""
        return "".join(line.strip() for line in self.left)

    def now(self) -> str:
        """Where the caller stands once nothing is asked any more, scrolled through, run together."""
        lines: list[str] = []
        for _ in range(10):
            page = self.left if self.wide else self.left[:-2]  # without the folded plan
            lines = _joined(lines, page)
            if not _MORE.search(page[-1]):
                break
            self.press(PAGE_DOWN)
        for _ in range(10):
            if not _MORE.search(self.left[0]):
                break
            self.press(PAGE_UP)
        text = "".join(line.strip() for line in lines)
        assert "现在就办" in text, self.screen
        return text[text.index("现在就办") :].partition("下一步  ")[0]

    def right_whole(self) -> str:
        """All of the plan's side, run together; nothing where there is no room for it."""
        return "".join(line.strip() for line in self._plan_page()) if self.wide else ""

    def way(self) -> list[str]:
        """The lines of the whole way."""
        self.press("l")
        lines: list[str] = []
        for _ in range(30):
            page = self._columns(0, self.terminal.cols)
            lines = _joined(lines, page)
            self.press(PAGE_DOWN)
            if self._columns(0, self.terminal.cols) == page:
                break
        self.press("l")
        return [line.strip() for line in lines if line.strip()]

    def walk_to(self, title: str) -> None:
        """Mark one current step after the other done on the way, until a step is the current one."""
        for _ in range(20):
            if title in self.now().partition("怎么办")[0]:
                return
            self.press("l", " ", "l")
        raise AssertionError(f"never came to {title!r}:\n{self.screen}")

    def mark_done(self, title: str) -> None:
        """Walk to a step of the plan and press Space."""
        self.press("p")
        for _ in range(200):
            if title in "".join(self._chosen()):
                break
            self.press(DOWN)
        else:
            raise AssertionError(f"no {title!r} in the plan:\n{self.screen}")
        self.press(" ", "p")

    def _chosen(self) -> list[str]:
        """The lines under the cursor: those whose ground differs from the pane's."""
        terminal = self.terminal
        column = terminal.cols // 2 + 2 if self.wide else 2
        with terminal._changed:
            rows = terminal._screen.buffer
            grounds = [rows[y][column].bg for y in range(2, terminal.rows - 1)]
        usual = max(set(grounds), key=grounds.count)
        lines = self._plan_page()
        return [line for line, ground in zip(lines, grounds, strict=True) if ground != usual]


def _names(said: str, option: str) -> bool:
    """Whether words mean an option; short ones only at its beginning."""
    return option.startswith(said) or (len(said) > 2 and said in option)


def _joined(lines: list[str], page: list[str]) -> list[str]:
    """The lines with a page that overlaps their end; lines cut by a mark are left out."""
    if page and _MORE.search(page[0]):
        page = page[1:]
    if page and _MORE.search(page[-1]):
        page = page[:-1]
    for size in range(min(len(lines), len(page)), 0, -1):
        if lines[-size:] == page[:size]:
            return lines + page[size:]
    return lines + page
