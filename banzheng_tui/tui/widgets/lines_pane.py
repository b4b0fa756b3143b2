"""A pane that draws rows, line by line: long-lived, and repaints only lines that changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from banzheng_tui.tui.rows import BLANK, LazyRows, Row
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
        column: int
        """Cells from the left edge of the row."""

        @property
        def control(self) -> "LinesPane":
            return self.pane

    class Resized(Message):
        """The pane has another width or height: its rows must be written anew."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._top = 0
        self._width = self._height = 0
        self._clicked: Offset | None = None
        self._strips: dict[Row, Strip] = {}
        """Lines as they were drawn, padding and all; a strip keeps its escape sequences, too."""
        self._styles: dict[str, Style] = {}
        self._background = Color(0, 0, 0)
        self._drawn_width = 0

    def show(self, rows: Sequence[Row], *, top: int | None = None) -> None:
        """Put these rows in place of the old ones; ``top`` moves to that row."""
        old, old_top = self._rows, self._top
        self._rows = rows
        self._measure()
        self._top = self._clamp(self._top if top is None else top)
        self._follow_selection()
        if not self._height:
            return
        if self._top != old_top or self._more_marks(old) != self._more_marks(rows):
            self.refresh()
            return
        changed = [y for y in range(self._height) if self._row_at(old, y) != self._row_at(rows, y)]
        if changed:
            self.refresh(*(Region(0, y, self._width, n) for y, n in _runs(changed)))

    def _measure(self) -> None:
        """Look at the size once for many lines: Textual works it out anew each time."""
        self._width, self._height = self.size

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the crop, each drawn once.

        Textual's own way asks the style sheet about borders, tints and the like for every line
        of every frame, and makes a strip that no longer knows its escape sequences.
        """
        self._measure()
        gutter = self.styles.gutter
        whole = self._width + gutter.width
        if whole != self._drawn_width:
            self._strips.clear()
            self._drawn_width = whole
        strips = [self._line(y - gutter.top, gutter.left) for y in crop.line_range]
        if crop.column_span != (0, whole):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown, all of it."""
        return self._rows

    @property
    def top(self) -> int:
        """The number of the first row in sight."""
        return self._top

    def scroll_rows(self, by: int) -> None:
        """Move so many rows down, or up."""
        self._measure()
        top = self._clamp(self._top + by)
        if top != self._top:
            self._top = top
            self.refresh()

    def _clamp(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - self._height)) if top > 0 else 0

    def _follow_selection(self) -> None:
        """Keep the line under the cursor in sight."""
        if isinstance(self._rows, LazyRows):
            return
        chosen = [index for index, row in enumerate(self._rows) if row.selected]
        if not chosen or not self._height:
            return
        if chosen[-1] >= self._top + self._height:
            self._top = chosen[-1] - self._height + 1
        self._top = min(self._top, chosen[0])

    def _row_at(self, rows: Sequence[Row], y: int) -> Row | None:
        try:
            return rows[self._top + y]
        except IndexError:
            return None

    def _more_marks(self, rows: Sequence[Row]) -> tuple[bool, bool]:
        return self._top > 0, self._row_at(rows, self._height) is not None

    def _line(self, y: int, left: int) -> Strip:
        row = (self._row_at(self._rows, y) if 0 <= y < self._height else None) or BLANK
        if y in (0, self._height - 1):
            above, below = self._more_marks(self._rows)
            if (y == 0 and above) or (y == self._height - 1 and below):
                row = self._with_mark(row, above and y == 0)
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) > 2000:
                self._strips.clear()
            strip = self._strips[row] = self._drawn(row, left)
        return strip

    def _with_mark(self, row: Row, up: bool) -> Row:
        """The row with a mark at its right edge: there is more above, or below."""
        glyphs = self.app.glyphs  # type: ignore[attr-defined]
        mark = f" {glyphs.up if up else glyphs.down} 还有"
        room = self._width - cell_width(mark)
        spans = []
        for role, text in row.spans:
            kept = _cut(text, room)
            spans.append((role, kept))
            room -= cell_width(kept)
        spans.append(("muted", " " * max(room, 0) + mark))
        return Row(tuple(spans), row.target, row.selected)

    def _drawn(self, row: Row, left: int) -> Strip:
        """The whole line as one strip; each strip in between would cost as much as the line."""
        blank = self._style("")
        base = self._style("selected") if row.selected else blank
        pieces: list[tuple[str, Style]] = [(" " * left, blank)]
        room = self._width
        for role, text in row.spans:
            shown = text if cell_width(text) <= room else _cut(text, room)
            room -= cell_width(shown)
            if row.selected:
                pieces.append((shown, self._style(role) + base))
            else:
                pieces.append((shown, blank if shown.isspace() else self._style(role)))
        pieces.append((" " * room, base))
        pieces.append((" " * (self._drawn_width - self._width - left), blank))
        segments = [
            Segment("".join(text for text, _ in group), style)
            for style, group in groupby(pieces, key=itemgetter(1))
        ]
        for line_filter in self.get_line_filters():
            segments = line_filter.apply(segments, self._background)
        return Strip([segment for segment in segments if segment.text], self._drawn_width)

    def _style(self, role: str) -> Style:
        style = self._styles.get(role)
        if style is None:
            if role:
                style = self.get_component_rich_style(role)
            else:  # what is empty: a colour behind it and nothing else
                self._background = self.background_colors[1]
                style = Style(bgcolor=self._background.rich_color)
            self._styles[role] = style
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self) -> None:
        self._measure()
        self._top = self._clamp(self._top)
        self._follow_selection()
        self.refresh()  # the layout has painted already, from the old place
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)  # event.y counts the padding
        again = event.chain > 1 and offset == self._clicked
        self._clicked = offset
        if again:  # the second half of a double click would answer the next question
            return
        index = self._top + offset.y if offset else len(self._rows)
        target = self._rows[index].target if index < len(self._rows) else None
        if target is not None and event.button == 1:
            self.post_message(self.Picked(self, target, offset.x if offset else 0))

    def on_mouse_scroll_down(self) -> None:
        self.scroll_rows(3)

    def on_mouse_scroll_up(self) -> None:
        self.scroll_rows(-3)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers that rise, as runs without a gap: (first, how many)."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last - first + 1
            first = number
        last = number
    yield first, last - first + 1


def _cut(text: str, room: int) -> str:
    """As much of the text as fits into so many cells."""
    while text and cell_width(text) > max(room, 0):
        text = text[:-1]
    return text
