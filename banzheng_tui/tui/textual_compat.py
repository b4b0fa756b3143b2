"""Every use of what Textual does not promise, in one place; checked against textual 8.2.8.

Each part names the issue or the finding of the notes that makes it needed, so that an upgrade
can ask of each whether it still is.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, ClassVar, Final, TextIO

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Offset
from textual.keys import _character_to_key, key_to_character
from textual.scrollbar import ScrollBar, ScrollBarRender

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

EXIT_CRASH: Final = 70
"""sysexits' EX_SOFTWARE."""
EXIT_TERMINAL_GONE: Final = 128 + signal.SIGHUP
_ENDING_SIGNALS: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
_SHUTDOWN_SECONDS: Final = 3.0

# The answer to `ESC[c` of terminal.py when the line was too slow for it: the parser does not
# know it, and would type its digits (8.2.8, _xterm_parser.parse).
_LATE_ANSWER: Final = re.compile(r"\x1b\[\?[\d;]*c")


class _LenientOutput:
    """The stream Textual writes to; a terminal that is gone is reported, not raised.

    In 8.2.8 an OSError ends the writer thread with a traceback, and once its queue of 30 is full
    the app hangs for good (_writer_thread.py).
    """

    def __init__(self, stream: TextIO, gone: Callable[[], None]) -> None:
        self._stream = stream
        self._gone = gone

    def write(self, text: str) -> None:
        try:
            self._stream.write(text)
        except OSError:
            self._gone()

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            self._gone()

    def fileno(self) -> int:
        return self._stream.fileno()


class TolerantDriver(LinuxDriver):
    """The Linux driver, but no byte, no closed window and no signal leaves a mess behind.

    * Bytes that are not UTF-8 are dropped; stock dies of them (textual#6456 open, notes B3).
    * A terminal that goes away ends the app; stock spins at full load (notes B8).
    * SIGTERM, SIGHUP and SIGINT end the app as a key would; stock leaves the terminal raw.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._typed_ahead: bytes = getattr(app, "typed_ahead", b"")
        self._leaving = threading.Event()
        self._last_resort: threading.Timer | None = None
        self._context = copy_context()  # the app's: exit() posts a message as it
        self._file: Any = _LenientOutput(self._file, self._terminal_gone)

    def start_application_mode(self) -> None:
        # A program before us may have left the terminal non-blocking: half a frame, then an error.
        os.set_blocking(self._file.fileno(), True)
        for number in _ENDING_SIGNALS:
            self._loop.add_signal_handler(number, self._leave, 128 + number)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        super().stop_application_mode()
        for number in _ENDING_SIGNALS:
            self._loop.remove_signal_handler(number)

    def _leave(self, code: int) -> None:
        """Exit in the ordinary way, and by force if that does not work out."""
        if self._leaving.is_set():
            return
        self._leaving.set()
        self._last_resort = threading.Timer(_SHUTDOWN_SECONDS, os._exit, (code,))
        self._last_resort.daemon = True
        self._last_resort.start()
        with suppress(RuntimeError):  # the loop is closed: on the way out already
            self._loop.call_soon_threadsafe(
                self._app.exit, code, code, context=self._context.copy()
            )

    def close(self) -> None:
        super().close()
        if self._last_resort is not None:
            self._last_resort.cancel()

    def _terminal_gone(self) -> None:
        """Let everything that is still written go nowhere, and end."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
            if stream is not None:
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        self._leave(EXIT_TERMINAL_GONE)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read keys until told to stop; as in stock, but for bad bytes and the end of input."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("ignore").decode
        data, self._typed_ahead = self._typed_ahead, b""
        while not self.exit_event.is_set():
            # An empty text would tell the parser that the input is over.
            if text := _LATE_ANSWER.sub("", decode(data)):
                for message in parser.feed(text):
                    self.process_message(message)
            for message in parser.tick():
                self.process_message(message)
            data = b""
            try:
                if select.select([self.fileno], [], [], 0.1)[0]:
                    data = os.read(self.fileno, 4096)
                    if not data:
                        raise EOFError
            except (OSError, EOFError):
                self._terminal_gone()
                break
        with suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass


def exit_on_error(app: App[Any], error: Exception, sentence: str) -> None:
    """End the app after an unhandled error with one sentence on stderr, terminal restored.

    For `App._handle_exception`, whose own version prints a traceback with the local variables,
    and in them what the caller said (8.2.8, notes B3). Overridden by others too: textual#5325.
    """
    if app._exception is None:  # pilot raises it again, so that no test passes over a crash
        app._exception = error
        app._exception_event.set()
        app.exit(EXIT_CRASH, EXIT_CRASH, sentence)


class _PlainScrollBar(ScrollBarRender):
    """A scrollbar of whole cells: eighths of a block are ambiguous characters (notes B1)."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def use_plain_scrollbars(plain: bool) -> None:
    """Draw every scrollbar of the process with or without block characters."""
    ScrollBar.renderer = _PlainScrollBar if plain else ScrollBarRender


def text_cursor(widget: Widget | None) -> Offset | None:
    """Where the terminal's own cursor belongs, for the window of an input method to follow.

    None where the widget has no text cursor. `Input.cursor_screen_offset` counts one cell too
    many behind the last character (8.2.8, notes B2; textual#3408).
    """
    offset: Offset | None = getattr(widget, "cursor_screen_offset", None)
    if offset is not None and getattr(widget, "cursor_at_end", False):
        return offset - Offset(1, 0)
    return offset


# Keys of a Chinese layout that have no full-width twin in ASCII: what the same key types in Latin.
_CHINESE_KEYS: Final = {
    "。": ".", "、": "/", "“": '"', "”": '"', "‘": "'", "’": "'", "《": "<", "》": ">", "【": "[",
    "】": "]", "「": "{", "」": "}", "·": "`", "￥": "$", "\u3000": " ",
}  # fmt: skip


def normal_key(key: str, character: str | None) -> str:
    """The name of the key as bindings know it, whatever width the input method gave it.

    `１` is `1`, `Ａ` is `A`, `，` (`fullwidth_comma`) is `comma`, `。` (`ideographic_full_stop`) is
    `full_stop`, `ctrl+j` is `enter`, as some terminals send it (notes B2).
    """
    if key == "ctrl+j":
        return "enter"
    character = character or key_to_character(key)
    if character is None or len(character) != 1:
        return key
    latin = _latin(character)
    return key if latin == character else _character_to_key(latin)


def normal_character(character: str | None) -> str | None:
    """The ASCII twin of a full-width character, others as they are."""
    return character if character is None or len(character) != 1 else _latin(character)


def _latin(character: str) -> str:
    if "！" <= character <= "～":  # the full-width block lies parallel to ASCII
        return chr(ord(character) - 0xFEE0)
    return _CHINESE_KEYS.get(character, character)
