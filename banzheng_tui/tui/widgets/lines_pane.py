"""A pane that draws rows, line by line: long-lived, and repaints only lines that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from banzheng_tui.tui.rows import BLANK, Row
from banzheng_tui.tui.text import cell_width


class LinesPane(Widget):
    """Shows rows; keeps its place while rows change; tells which target was clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text", "muted", "title", "current", "next", "done", "possible", "danger", "key", "term",
        "selected",
    }  # fmt: skip
    """| Class | Is |
    | :- | :- |
    | text, muted, title | ordinary, less important, a section's name |
    | current, next, done, possible | how a step or paper stands |
    | danger | what cannot be taken back |
    | key, term | a key to press, a word that the catalog explains |
    | selected | the line under the cursor |
    """

    @dataclass
    class Picked(Message):
        """A row with a target was clicked."""

        pane: "LinesPane"
        target: str

        @property
        def control(self) -> "LinesPane":
            return self.pane

    class Resized(Message):
        """The pane has another width or height: its rows must be written anew."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._top = 0
        self._strips: dict[tuple[Row, int], Strip] = {}
        self._styles: dict[str, Style] = {}

    def show(self, rows: Sequence[Row], *, top: int | None = None) -> None:
        """Put these rows in place of the old ones; ``top`` moves to that row."""
        old, old_top = self._rows, self._top
        self._rows = rows
        self._top = self._clamp(self._top if top is None else top)
        self._follow_selection()
        if not self.size.height:
            return
        if self._top != old_top:
            self.refresh()
            return
        changed = [
            Region(0, y, self.size.width, 1)
            for y in range(self.size.height)
            if self._row_at(old, y) != self._row_at(rows, y)
        ]
        if self._more_marks(old) != self._more_marks(rows):
            changed.append(Region(0, 0, self.size.width, 1))
            changed.append(Region(0, self.size.height - 1, self.size.width, 1))
        if changed:
            self.refresh(*changed)

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown, all of it."""
        return self._rows

    def scroll_rows(self, by: int) -> None:
        """Move so many rows down, or up."""
        top = self._clamp(self._top + by)
        if top != self._top:
            self._top = top
            self.refresh()

    def _clamp(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - self.size.height))

    def _follow_selection(self) -> None:
        """Keep the line under the cursor in sight."""
        chosen = [index for index, row in enumerate(self._rows) if row.selected]
        if not chosen or not self.size.height:
            return
        if chosen[-1] >= self._top + self.size.height:
            self._top = chosen[-1] - self.size.height + 1
        self._top = min(self._top, chosen[0])

    def _row_at(self, rows: Sequence[Row], y: int) -> Row:
        index = self._top + y
        return rows[index] if index < len(rows) else BLANK

    def _more_marks(self, rows: Sequence[Row]) -> tuple[bool, bool]:
        return self._top > 0, self._top + self.size.height < len(rows)

    def render_line(self, y: int) -> Strip:
        row = self._row_at(self._rows, y)
        above, below = self._more_marks(self._rows)
        if (y == 0 and above) or (y == self.size.height - 1 and below):
            return self._strip(self._with_mark(row, above and y == 0))
        return self._strip(row)

    def _with_mark(self, row: Row, up: bool) -> Row:
        """The row with a mark at its right edge: there is more above, or below."""
        glyphs = self.app.glyphs  # type: ignore[attr-defined]
        mark = f" {glyphs.up if up else glyphs.down} 还有"
        room = self.size.width - cell_width(mark)
        spans = []
        for role, text in row.spans:
            kept = _cut(text, room)
            spans.append((role, kept))
            room -= cell_width(kept)
        spans.append(("muted", " " * max(room, 0) + mark))
        return Row(tuple(spans), row.target, row.selected)

    def _strip(self, row: Row) -> Strip:
        key = (row, self.size.width)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > 2000:
                self._strips.clear()
            strip = self._strips[key] = self._drawn(row)
        return strip

    def _drawn(self, row: Row) -> Strip:
        base = self._style("selected") if row.selected else self.rich_style
        segments = []
        for role, text in row.spans:
            style = self._style(role)
            if row.selected:
                style = style + base
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _style(self, role: str) -> Style:
        style = self._styles.get(role)
        if style is None:
            style = self._styles[role] = self.get_component_rich_style(role)
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self) -> None:
        self._top = self._clamp(self._top)
        self._follow_selection()
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)  # event.y counts the padding
        index = self._top + offset.y if offset else len(self._rows)
        target = self._rows[index].target if index < len(self._rows) else None
        if target is not None and event.button == 1:
            self.post_message(self.Picked(self, target))

    def on_mouse_scroll_down(self) -> None:
        self.scroll_rows(3)

    def on_mouse_scroll_up(self) -> None:
        self.scroll_rows(-3)


def _cut(text: str, room: int) -> str:
    """As much of the text as fits into so many cells."""
    while text and cell_width(text) > max(room, 0):
        text = text[:-1]
    return text
