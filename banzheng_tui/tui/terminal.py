"""What the terminal can do, found out before the app starts and before Textual is imported.

`preflight` gives a `Terminal` or a `Refusal` with one sentence that says what to do. Standard
library only, for it runs while nothing is on the screen yet.
"""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
import tty
from collections.abc import MutableMapping
from dataclasses import dataclass
from io import TextIOWrapper
from typing import Final, Literal, TextIO

GlyphOption = Literal["auto", "full", "plain"]
"""What the user asks for; `auto` measures."""

PROBE_SECONDS: Final = 0.15
"""A mute terminal costs this once; one that answers costs a round trip."""

_DUMB: Final = frozenset(("dumb", "unknown"))
_HARDWARE: Final = re.compile(r"vt\d+.*")  # no colour, and no line drawing in UTF-8
_COLOURLESS: Final = re.compile(r"vt\d+.*|.*-m|.*-mono")


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal that the desk can run on."""

    columns: int
    rows: int
    glyphs: Literal["full", "plain"]
    """Which set of `glyphs.py` it shows without tearing rows."""
    colour: bool
    typed_ahead: bytes = b""
    """What the user typed while the terminal was measured; for `TolerantDriver.typed_ahead`."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the desk cannot run here, in one sentence that says what to do instead."""

    message: str
    code: int = 2


def preflight(
    environ: MutableMapping[str, str] | None = None,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    glyphs: GlyphOption = "auto",
) -> Terminal | Refusal:
    """Look at the terminal and make environment and streams ready for Textual.

    Call it before the first import of Textual, whose constants are read from the environment.
    """
    environ = os.environ if environ is None else environ
    # Textual reads and writes these two, whatever sys.stdin and sys.stderr have become.
    stdin = stdin or sys.__stdin__
    stdout = stdout or sys.__stdout__
    stderr = stderr or sys.__stderr__
    if stdin is None or stdout is None or stderr is None or not _all_ttys(stdin, stdout, stderr):
        return Refusal(
            "这里不是终端（输入或输出被重定向了），打不开坐席界面；请直接在终端里运行，"
            "或改用逐行问答：banzheng ask 事项"
        )
    term = environ.get("TERM", "")
    if term in _DUMB:
        return Refusal(
            f"这个终端不能显示整屏界面（TERM={term}）；请换一个终端，"
            "或改用逐行问答：banzheng ask 事项"
        )
    _speak_utf8(stdout, stderr)
    colour = not environ.get("NO_COLOR") and not _COLOURLESS.fullmatch(term)
    scrub(environ, colour)
    chosen, typed = glyphs, b""
    if chosen == "auto" and _HARDWARE.fullmatch(term):
        chosen = "plain"
    elif chosen == "auto":
        wide, typed = probe_ambiguous_width(stdin.fileno(), stderr.fileno())
        chosen = "plain" if wide else "full"
    return Terminal(*_size(stderr), chosen, colour, typed)


def _all_ttys(*streams: TextIO) -> bool:
    try:
        return all(stream.isatty() for stream in streams)
    except (ValueError, OSError):  # closed
        return False


def _speak_utf8(stdout: TextIO, stderr: TextIO) -> None:
    """Make both streams write UTF-8, and say so in one line if that was not their encoding.

    Textual decodes keys as UTF-8 whatever the locale says (notes B8), so there is one choice.
    """
    former = ""
    for stream in (stdout, stderr):
        encoding = (stream.encoding or "").lower()
        if encoding.replace("-", "") != "utf8" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
            former = encoding
    if former:
        print(
            f"Locale is {former}, not UTF-8; if this looks garbled: export LANG=C.UTF-8 / "
            f"语言环境是 {former}，不是 UTF-8，已按 UTF-8 显示；若有乱码，请先运行 "
            "export LANG=C.UTF-8",
            file=stderr,
            flush=True,
        )


def scrub(environ: MutableMapping[str, str], colour: bool = True) -> None:
    """Take out what would let the environment steer or open up the app, set what it needs."""
    for name in list(environ):
        if name.startswith("TEXTUAL"):  # import any driver, press keys, write logs (notes B3)
            del environ[name]
    # A browser on a tty is a way to a shell. The other three override what the terminal says of
    # itself: a fixed COLUMNS would stop every resize, UNICODE_VERSION picks an old width table.
    for name in ("BROWSER", "COLUMNS", "LINES", "UNICODE_VERSION"):
        environ.pop(name, None)
    # Kitty keys turn commits of five and more Chinese characters into garbage (notes B2).
    environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    if colour:
        environ.pop("NO_COLOR", None)  # empty means unset; Textual only asks if it is there
    else:
        environ["NO_COLOR"] = "1"


def _size(stream: TextIO) -> tuple[int, int]:
    """Columns and rows; a serial line that does not know says 80 x 24."""
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except OSError:
        columns = rows = 0
    return columns or 80, rows or 24


# One ambiguous character at the left margin, the cursor position behind it, the line put back as
# it was, and a question that every terminal answers: its answer ends the wait.
_PROBE: Final = "\x1b7\r…\x1b[6n\x1b8\x1b[K\x1b[c".encode()
_POSITION: Final = re.compile(rb"\x1b\[(\d+);(\d+)R")
_STOP: Final = re.compile(rb"\x1b\[\?[\d;]*c")


def probe_ambiguous_width(
    keyboard: int, screen: int, timeout: float = PROBE_SECONDS
) -> tuple[bool, bytes]:
    """Whether the terminal draws ambiguous characters wide, and what was typed meanwhile."""
    try:
        before = termios.tcgetattr(keyboard)
    except termios.error:
        return False, b""
    try:
        tty.setcbreak(keyboard, termios.TCSANOW)  # ctrl+c still works
        os.write(screen, _PROBE)
        answer = _read_until_stop(keyboard, time.monotonic() + timeout)
    except OSError:
        return False, b""
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
    position = _POSITION.search(answer)
    wide = position is not None and int(position[2]) > 2
    return wide, _STOP.sub(b"", _POSITION.sub(b"", answer, count=1), count=1)


def _read_until_stop(keyboard: int, deadline: float) -> bytes:
    answer = b""
    while not _STOP.search(answer):
        wait = deadline - time.monotonic()
        if wait <= 0 or not select.select([keyboard], [], [], wait)[0]:
            break
        piece = os.read(keyboard, 1024)
        if not piece:
            break
        answer += piece
    return answer
