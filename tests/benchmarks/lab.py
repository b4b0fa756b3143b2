"""A program in a real pseudo-terminal, and when it wrote what.

Nothing is emulated while a program is timed: chunks are stamped as they are read, and replayed
through an emulator afterwards (`changes`). Programs are compared side by side in one run, for
only the ratio means something on a machine that others use, too.
"""

from __future__ import annotations

import fcntl
import gc
import math
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import pyte

ROOT = Path(__file__).parents[2]
APPS = Path(__file__).parent / "apps"
INSTALLED = Path(sys.executable).parent / "banzheng"
QUIET = 0.04
"""So many seconds of silence end what a key brings about."""
PATIENCE = 0.6
"""So many seconds a key may take to bring about anything."""

_QUESTIONS = re.compile(rb"\x1b\[6n|\x1b\[0?c|\x1b\[\?(\d+)\$p")
_PRIVATE_CSI = re.compile(rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]")  # pyte would print these
_END_OF_FRAME = b"\x1b[?2026l"


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one read() brought, and when."""

    at: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Press:
    """A key, and all that the program wrote until it fell silent."""

    sent: float
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one key changed on the screen: when the last of it was there, and what it took."""

    ms: float
    size: int
    paints: int


class Program:
    """One program in one terminal, read by hand: no thread, no emulator, no waiting on a clock."""

    def __init__(
        self, argv: Sequence[str], environment: dict[str, str], cols: int = 100, rows: int = 30
    ) -> None:
        self.chunks: list[Chunk] = []
        self.started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            try:
                size = struct.pack("HHHH", rows, cols, 0, 0)
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)  # before the start: no resize follows
                os.execvpe(argv[0], list(argv), environment)
            finally:
                os._exit(127)

    def read(self, timeout: float) -> bytes:
        """The next chunk, kept and stamped; nothing when the program stays silent."""
        if not select.select([self._fd], [], [], timeout)[0]:
            return b""
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            data = b""
        at = time.perf_counter()
        if not data:
            raise RuntimeError(f"the program ended:\n{self.tail()}")
        self.chunks.append(Chunk(at, data))
        for question in _QUESTIONS.finditer(data):
            os.write(self._fd, _answer(question))
        return data

    def wait_for(self, text: str, timeout: float = 20.0) -> float:
        """When the text was written, in ms since the start; it must be of one style."""
        marker, recent = text.encode(), b""
        deadline = time.perf_counter() + timeout
        while marker not in recent:
            if time.perf_counter() > deadline:
                raise RuntimeError(f"waited for {text!r}:\n{self.tail()}")
            recent = recent[-len(marker) :] + self.read(0.5)
        return (self.chunks[-1].at - self.started) * 1000

    def press(self, key: bytes, least: int = 1, quiet: float = QUIET) -> Press:
        """Send a key and read until the program is silent, having written so many bytes at least.

        ``least`` keeps the tick of a clock from being taken for the answer to the key.
        """
        while self.read(0):  # what came since the key before
            pass
        first, size = len(self.chunks), 0
        sent = time.perf_counter()
        os.write(self._fd, key)
        while data := self.read(quiet if size >= least else PATIENCE):
            size += len(data)
        return Press(sent, tuple(self.chunks[first:]))

    def send(self, key: bytes) -> None:
        """Send a key and go on."""
        os.write(self._fd, key)

    def settle(self, quiet: float = 0.4) -> None:
        """Read until the program has nothing more to say for a good while."""
        deadline = time.perf_counter() + 5
        while self.read(quiet) and time.perf_counter() < deadline:
            pass

    def tail(self) -> str:
        """The end of what was written, for an error."""
        return b"".join(chunk.data for chunk in self.chunks)[-600:].decode("utf-8", "replace")

    def close(self) -> None:
        """End the program by force; only what this object started."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _answer(question: re.Match[bytes]) -> bytes:
    """What a common terminal says, at once: nobody waits for an answer that does not come."""
    if question[1]:
        return b"\x1b[?%s;%d$y" % (question[1], 2 if question[1] == b"2026" else 0)
    return b"\x1b[?62;22c" if question[0].endswith(b"c") else b"\x1b[1;2R"


# -- the programs


def environment(home: Path) -> dict[str, str]:
    """The same for every program: byte code kept in a folder of this run, no settings of a user.

    PYTHONPATH is kept: it names another tree to measure than the one that is installed.
    """
    dropped = ("TMUX", "COLUMNS", "LINES", "NO_COLOR", "LC_ALL", "TERM_PROGRAM")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in dropped and not name.startswith(("TEXTUAL", "PYTHON", "XDG"))
    }
    path = os.environ.get("PYTHONPATH", "" if INSTALLED.exists() else str(ROOT))
    if path:
        kept["PYTHONPATH"] = path
    return kept | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "PYTHONPYCACHEPREFIX": str(home / "pycache"),
    }


def new_home() -> TemporaryDirectory[str]:
    """An empty home for one run."""
    return TemporaryDirectory(prefix="banzheng-bench-")


def desk(*words: str) -> list[str]:
    """The installed `banzheng` of this interpreter; that of the checkout where there is none."""
    checkout = [sys.executable, "-m", "banzheng_tui"]
    return [*([str(INSTALLED)] if INSTALLED.exists() else checkout), *words]


def app(name: str, *words: str) -> list[str]:
    """A small program of this folder."""
    return [sys.executable, str(APPS / name), *words]


# -- what the screen showed, worked out afterwards


class Replay:
    """An emulator that is fed what was recorded, and tells which rows changed."""

    def __init__(self, cols: int, rows: int) -> None:
        self._screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._seen = {y: self._row(y) for y in range(rows)}

    def _row(self, y: int) -> tuple[pyte.screens.Char, ...]:
        line = self._screen.buffer[y]
        return tuple(line[x] for x in range(self._screen.columns))

    def feed(self, data: bytes) -> frozenset[int]:
        """Show this; the rows that look different now."""
        self._screen.dirty.clear()
        self._stream.feed(_PRIVATE_CSI.sub(b"", data))
        changed = set()
        for y in self._screen.dirty & self._seen.keys():
            row = self._row(y)
            if row != self._seen[y]:
                self._seen[y] = row
                changed.add(y)
        return frozenset(changed)

    def text(self) -> str:
        """The screen without line ends and the empty cells behind wide characters."""
        return "".join(char.data for row in self._seen.values() for char in row)

    def change(self, press: Press, unwatched: int = 0) -> Change | None:
        """What a key changed, leaving out the first `unwatched` rows (a clock); None: nothing."""
        last, size, paints = 0.0, 0, 0
        for frame in frames(press.chunks):
            if any(y >= unwatched for y in self.feed(frame.data)):
                last, size, paints = frame.at, size + len(frame.data), paints + 1
        return Change((last - press.sent) * 1000, size, paints) if paints else None


def frames(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """The chunks cut anew where a synchronized update ends: one a paint, complete when it ends."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk.data).split(_END_OF_FRAME)
        yield from (Chunk(chunk.at, frame + _END_OF_FRAME) for frame in whole)
    if rest:
        yield Chunk(chunks[-1].at, rest)


# -- figures


def quiet_collector() -> None:
    """Keep this process's own collector out of the figures."""
    gc.collect()
    gc.freeze()
    gc.disable()


def percentile(values: Sequence[float], part: float) -> float:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return percentile(values, 0.5)


def verdict(ratio: float, goal: float | None, bound: float) -> str:
    """The ratio with what it is held to."""
    aim = f"goal {goal:g}, " if goal else ""
    how = "over the bound" if ratio > bound else "good"
    if goal and goal < ratio <= bound:
        how = "within the bound"
    return f"{ratio:5.2f} x  ({aim}bound {bound:g}: {how})"


def speed_of_this_machine(work: Callable[[], object], seconds: float = 0.3) -> float:
    """How many microseconds a piece of work takes, the best of many: the reference of a run."""
    best, deadline = math.inf, time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1e6
