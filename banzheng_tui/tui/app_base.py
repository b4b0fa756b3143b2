"""What every desk's app is built on: locked, quiet when it fails, at home in any terminal."""

from __future__ import annotations

import gc
import os
import platform
import re
import traceback
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Offset, Size
from textual.screen import ModalScreen
from textual.widgets import Static

from banzheng_tui import __version__
from banzheng_tui.tui.glyphs import glyphs_named
from banzheng_tui.tui.terminal import Terminal
from banzheng_tui.tui.text import wrap
from banzheng_tui.tui.textual_compat import (
    TolerantDriver,
    exit_on_error,
    normal_character,
    normal_key,
    text_cursor,
    use_plain_scrollbars,
)
from banzheng_tui.tui.themes import INK, THEMES

STYLES: Final = Path(__file__).parent / "styles"
WIDE_COLUMNS: Final = 100
COLLECTOR: Final = (20_000, 20, 1_000)
"""A full collection takes 20 to 40 ms, a key 5: rarely by itself, and when a call is over."""
SMALLEST: Final = Size(60, 18)


class TooSmall(ModalScreen[None]):
    """Covers everything while the window is too small; what lies below keeps its state."""

    def compose(self) -> ComposeResult:
        yield Static()

    def on_resize(self, event: events.Resize) -> None:
        self._check(event.size)

    def on_screen_resume(self) -> None:
        self._check(self.app.size)

    def _check(self, size: Size) -> None:
        if not too_small(size):
            if self.is_current:  # else something lies above it, and it goes when that is gone
                self.dismiss()
            return
        message = (
            f"窗口太小（现在 {size.width} 列 {size.height} 行），"
            f"请放大到 {SMALLEST.width} 列 {SMALLEST.height} 行以上。答过的内容都还在。"
        )
        self.query_one(Static).update(Content("\n".join(wrap(message, size.width))))


def too_small(size: Size) -> bool:
    """Whether a desk has no room in a window of this size."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


class DeskApp(App[int], inherit_bindings=False):
    """An app that ends only when a desk says so, and tells nobody what a caller said.

    The entry point calls `gc.disable()` before the imports; the collector runs again, with all
    that is loaded frozen, once the first screen is painted (performance.md).
    """

    ENABLE_COMMAND_PALETTE = False
    SHEETS: ClassVar[tuple[str, ...]] = ()
    """Style sheets of the desk, in `styles/`, after base.tcss and before plain.tcss."""
    AFTER_CRASH: ClassVar[str] = "本次答过的内容没有保留，请重新打开再办。"
    """What the last sentence says about the answers."""

    def __init__(self, terminal: Terminal | None = None) -> None:
        terminal = terminal or Terminal(80, 24, "full", colour=True)
        self.glyphs = glyphs_named(terminal.glyphs)
        """The marks to draw with, and the `translate` that data texts go through."""
        self.typed_ahead = terminal.typed_ahead
        self._cursor_position = Offset(0, 0)
        use_plain_scrollbars(self.glyphs.plain)
        plain = ("plain.tcss",) if self.glyphs.plain else ()
        sheets = [STYLES / name for name in ("base.tcss", *self.SHEETS, *plain)]
        super().__init__(driver_class=TolerantDriver, css_path=list(sheets))
        for theme in THEMES:
            self.register_theme(theme)
        # Nothing is parsed yet: the watcher would have it all parsed and applied a second time.
        self.set_reactive(App.theme, INK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_ready(self) -> None:
        """Painted: what is loaded stays, so the collector need never look at it again."""
        gc.freeze()
        gc.set_threshold(*COLLECTOR)
        gc.enable()

    # -- the window

    def on_resize(self, event: events.Resize) -> None:
        """Keep the width class and the cover in step with the window.

        The class is the app's, not the screen's: Textual gives its breakpoint classes to the top
        screen alone, so a screen below the cover would wake up with the old one.
        """
        self.set_class(event.size.width >= WIDE_COLUMNS, "-wide")
        self.set_class(event.size.width < WIDE_COLUMNS, "-narrow")
        if too_small(event.size) and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())

    # -- the keyboard

    async def on_event(self, event: events.Event) -> None:
        """Full-width keys of an input method count as keys, unless a text field takes them."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            focused = self.focused
            if focused is None or not focused.check_consume_key(event.key, event.character):
                event.key = normal_key(event.key, event.character)
                event.character = normal_character(event.character)
        await super().on_event(event)

    @property
    def cursor_position(self) -> Offset:
        """Where the hidden terminal cursor stands: at the text cursor of the focused field.

        Worked out for each frame; Textual sets it before the first layout, a row too high.
        """
        self._cursor_position = text_cursor(self.focused) or self._cursor_position
        return self._cursor_position

    @cursor_position.setter
    def cursor_position(self, offset: Offset) -> None:
        self._cursor_position = offset

    # -- the end

    def _handle_exception(self, error: Exception) -> None:
        """Write a report without local variables, restore the terminal, say one sentence."""
        report = write_report(error)
        where = f"详情记在 {report}" if report else "详情没能写进文件。"
        sentence = f"程序出错了，已经退出。{self.AFTER_CRASH}{where}"
        exit_on_error(self, error, "\n".join(wrap(sentence, self.error_console.width)))


def write_report(error: BaseException, folder: Path | None = None) -> Path | None:
    """Write where the program failed, without what the caller said; None if that failed, too."""
    # Only ever needed here; asking Textual for its version imports importlib.metadata and email.
    import platformdirs  # noqa: PLC0415
    from textual import __version__ as textual_version  # noqa: PLC0415

    now = datetime.now()
    lines = [
        f"banzheng-tui {__version__}, textual {textual_version}, Python "
        f"{platform.python_version()}, {platform.system()}, TERM={os.environ.get('TERM', '')}\n",
        f"{now:%Y-%m-%d %H:%M:%S}\n\n",
        *traceback.format_exception(error),
    ]
    # An error's own words may quote an answer: numbers of papers and telephones are blotted out.
    text = re.sub(r"\d{5,}[\dXx]*", "#####", "".join(lines))
    try:
        folder = folder or Path(platformdirs.user_log_dir("banzheng-tui", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return path
