"""A program in a real pseudo-terminal, its screen kept by an emulator, its questions answered.

with PtySession([python, "-m", "banzheng_tui"], cols=80, rows=24) as session:
    session.wait_for("办什么事")
    session.send(b"1")
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import threading
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

_QUESTIONS = re.compile(rb"\x1b\[6n|\x1b\[0?c|\x1b\[\?(\d+)\$p")
_PRIVATE_CSI = re.compile(rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]")  # pyte would print these


class PtySession:
    """One program in one terminal of `cols` x `rows`.

    `ambiguous_wide` answers the width probe as a terminal that draws ambiguous characters wide;
    `mute` answers nothing at all. `env` values of None take a variable away.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cols: int = 100,
        rows: int = 30,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | str | None = None,
        ambiguous_wide: bool = False,
        mute: bool = False,
    ) -> None:
        self.cols, self.rows = cols, rows
        self.ambiguous_wide, self.mute = ambiguous_wide, mute
        self.raw = b""
        """Everything the program wrote."""
        self._screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._ended = False
        self._status: int | None = None
        self.pid, self._fd = self._fork(list(argv), _environment(env or {}), cwd)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _fork(
        self, argv: list[str], env: dict[str, str], cwd: Path | str | None
    ) -> tuple[int, int]:
        pid, fd = pty.fork()
        if pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.cols, 0, 0))
                if cwd is not None:
                    os.chdir(cwd)
                os.execvpe(argv[0], argv, env)
            finally:
                os._exit(127)
        return pid, fd

    # -- what the program shows

    def _read(self) -> None:
        while not self._closing.is_set():
            # Never block in read(): a descriptor that is being read stays open when closed.
            if not select.select([self._fd], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                data = b""
            with self._changed:
                if not data:
                    self._ended = True
                    self._changed.notify_all()
                    return
                self.raw += data
                self._take(data)
                self._changed.notify_all()

    def _take(self, data: bytes) -> None:
        """Feed the emulator, stopping at each question to answer it from where the cursor is."""
        start = 0
        for question in _QUESTIONS.finditer(data):
            self._feed(data[start : question.start()])
            start = question.end()
            answer = self._answer(question)
            if answer and not self.mute:
                os.write(self._fd, answer)
        self._feed(data[start:])

    def _feed(self, data: bytes) -> None:
        self._stream.feed(_PRIVATE_CSI.sub(b"", data))

    def _answer(self, question: re.Match[bytes]) -> bytes:
        if question[1]:  # a mode: 2026 is known and off, the others unknown
            return b"\x1b[?%s;%d$y" % (question[1], 2 if question[1] == b"2026" else 0)
        if question[0] != b"\x1b[6n":
            return b"\x1b[?62;22c"
        cursor = self._screen.cursor
        row = self._screen.buffer[cursor.y]
        before = [row[x].data for x in range(cursor.x)]
        wide = sum(bool(c) and unicodedata.east_asian_width(c[0]) == "A" for c in before)
        column = cursor.x + 1 + (wide if self.ambiguous_wide else 0)
        return b"\x1b[%d;%dR" % (cursor.y + 1, column)

    def lines(self) -> list[str]:
        """The rows as they stand, without trailing spaces."""
        with self._changed:
            return [
                "".join(self._screen.buffer[y][x].data for x in range(self.cols)).rstrip()
                for y in range(self.rows)
            ]

    def screen_text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.lines())

    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's own cursor, counted from 0."""
        with self._changed:
            return self._screen.cursor.x, self._screen.cursor.y

    def wait_for(self, text: str, timeout: float = 10.0) -> str:
        """Wait until `text` is on the screen, and give the screen."""
        return self.wait(lambda: text in self.screen_text(), f"{text!r} to appear", timeout)

    def wait_gone(self, text: str, timeout: float = 10.0) -> str:
        """Wait until `text` is no longer on the screen, and give the screen."""
        return self.wait(lambda: text not in self.screen_text(), f"{text!r} to vanish", timeout)

    def wait_raw(self, data: bytes, timeout: float = 10.0) -> None:
        """Wait until the program has written `data`, escape sequences and all."""
        self.wait(lambda: data in self.raw, f"{data!r} in the output", timeout)

    def wait(self, holds: Callable[[], bool], what: str, timeout: float = 10.0) -> str:
        """Wait until `holds()`, and give the screen; `what` says what was waited for."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not holds():
                left = deadline - time.monotonic()
                if left <= 0 or self._ended:
                    raise AssertionError(f"waited for {what}; screen:\n{self.screen_text()}")
                self._changed.wait(left)
            return self.screen_text()

    # -- what the user does

    def send(self, data: bytes | str) -> None:
        """Type."""
        os.write(self._fd, data.encode() if isinstance(data, str) else data)

    def resize(self, cols: int, rows: int) -> None:
        """Change the size of the window."""
        with self._changed:
            self.cols, self.rows = cols, rows
            self._screen.resize(rows, cols)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def close_tty(self) -> None:
        """Take the terminal away, as when the window or the connection is closed."""
        self._closing.set()
        self._reader.join()
        os.close(self._fd)

    # -- how it ends

    def wait_exit(self, timeout: float = 10.0) -> int:
        """Wait until the program has ended, and give its exit status (128 + n for signal n)."""
        deadline = time.monotonic() + timeout
        while self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self._status = code if code >= 0 else 128 - code
            elif time.monotonic() > deadline:
                raise AssertionError(f"still running; screen:\n{self.screen_text()}")
            else:
                time.sleep(0.01)
        self._reader.join(2.0)  # what it wrote last is on the screen, too
        return self._status

    def close(self) -> None:
        """End the program if it still runs, and give everything back."""
        if self._status is None:
            self.signal(signal.SIGKILL)
            self.wait_exit()
        if not self._closing.is_set():
            self.close_tty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """The environment of a common terminal, without what is set on this machine."""
    dropped = ("TMUX", "COLUMNS", "LINES", "NO_COLOR", "TERM_PROGRAM", "PYTHONUTF8", "LC_ALL")
    env = {k: v for k, v in os.environ.items() if k not in dropped and not k.startswith("TEXTUAL")}
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    for name, value in changes.items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = value
    return env
