"""Home: the search field has the focus, the procedures by theme stand below."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from banzheng_tui.find.search import Hit, search
from banzheng_tui.procedure.outline import Outline
from banzheng_tui.tui.rows import BLANK, Row, Span, Writer, select, targets
from banzheng_tui.tui.text import cell_width
from banzheng_tui.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from banzheng_tui.tui.agent_app import AgentApp

THEMES = {
    "family": "出生与户口",
    "property": "房产",
    "business": "开店办企业",
    "education": "办学培训",
    "identity": "证件",
    "packages": "一件事",
}
KEYS = (("↑↓", "选"), ("回车", "打开"), ("Esc", "清空"), ("F1", "帮助"), ("Ctrl+Q", "退出"))


class HomeScreen(Screen[None]):
    """Finds the procedure for what the caller said."""

    app: "AgentApp"

    def __init__(self) -> None:
        super().__init__()
        self._cursor: str | None = None
        self._message = ""
        self._helping = False

    def compose(self) -> ComposeResult:
        yield LinesPane(id="top", classes="bar")
        yield LinesPane(id="prompt")
        yield Input(placeholder="直接打他说的话，比如：孩子上户口", id="search")
        yield LinesPane(id="found")
        yield LinesPane(id="keys", classes="bar")

    def on_mount(self) -> None:
        field = self.query_one(Input)
        field.cursor_blink = False
        field.select_on_focus = False
        field.focus()

    @on(LinesPane.Resized)
    def _resized(self) -> None:
        self.call_later(self.update_rows)

    def on_screen_resume(self) -> None:
        self.query_one(Input).focus()
        self.update_rows()

    def begin(self) -> None:
        """Forget what was typed: another caller."""
        self._message = ""
        self.query_one(Input).value = ""

    def say(self, message: str) -> None:
        """Show a sentence in place of the keys, until the next key."""
        self._message = message
        self.update_rows()

    def update_rows(self) -> None:
        """Draw everything anew."""
        words = self.query_one(Input).value.strip()
        found = self.query_one("#found", LinesPane)
        writer = Writer(max(found.size.width, 20), self.app.glyphs)
        rows = self._rows(words, writer)
        places = targets(rows)
        if self._cursor not in places:
            self._cursor = places[0] if places else None
        found.show(select(self._explained(rows, writer), self._cursor))
        self._bars()

    def _explained(self, rows: list[Row], writer: Writer) -> list[Row]:
        """The rows with the message in full below the chosen one, where the bar would cut it."""
        if cell_width(self._message) <= writer.width or self._cursor is None:
            return rows
        place = max(n for n, row in enumerate(rows, start=1) if row.target == self._cursor)
        reason = writer.paragraph(
            self._message, "danger", first=[("text", "    ")], target=self._cursor
        )
        return [*rows[:place], *reason, *rows[place:]]

    def _bars(self) -> None:
        top, prompt, keys = (
            self.query_one(f"#{name}", LinesPane) for name in ("top", "prompt", "keys")
        )
        glyphs = self.app.glyphs
        day = f"按 {self.app.on} 的规定" if self.app.on != self.app.today else str(self.app.on)
        count = f"事项 {len(self.app.outlines)} 个 {glyphs.dot} {day}"
        title: list[Span] = [("current", "坐席"), ("text", f" {glyphs.dot} 办证向导")]
        top.show([Writer(top.size.width, glyphs).spread(title, [("muted", count)])])
        prompt.show([Row((("title", "来电人要办什么？"),)), BLANK])
        writer = Writer(keys.size.width, glyphs)
        if self._message:
            keys.show([writer.line(("possible", self._message))])
        else:
            spans = [s for key, label in KEYS for s in _key(key, label)]
            keys.show([writer.line(*spans)])

    def _rows(self, words: str, writer: Writer) -> list[Row]:
        if self._helping:
            return list(_help(writer))
        if not words:
            return list(self._by_theme(writer))
        hits = search(self.app.outlines, words)
        if not hits:
            return [
                *writer.paragraph("没找到这样的事项。换个说法试试，或者清空看全部。", "possible"),
                *writer.paragraph("不是办证的事（投诉、举报、求助），请按热线流程转办。", "muted"),
            ]
        return [row for hit in hits for row in self._hit(hit, writer)]

    def _by_theme(self, writer: Writer) -> Iterator[Row]:
        themes: dict[str, list[Outline]] = {}
        for outline in self.app.outlines:
            themes.setdefault(outline.theme, []).append(outline)
        order = [*THEMES, *(theme for theme in themes if theme not in THEMES)]
        for theme in order:
            if theme not in themes:
                continue
            yield writer.heading(THEMES.get(theme, theme))
            for outline in themes[theme]:
                yield self._entry(outline, writer)
            yield BLANK

    def _entry(self, outline: Outline, writer: Writer) -> Row:
        broken = outline.id in self.app.unavailable
        spans: list[Span] = [("muted" if broken else "text", f"  {outline.name}")]
        if broken:
            spans.append(("danger", "  暂时不能用，回车看原因"))
        elif outline.summary:
            spans.append(("muted", f"  {outline.summary}"))
        return writer.line(*spans, target=outline.id)

    def _hit(self, hit: Hit, writer: Writer) -> Iterator[Row]:
        entry = self._entry(hit.outline, writer)
        yield entry
        if hit.matched and hit.matched != hit.outline.name:
            marked = list(_marked(hit.matched, hit.spans))
            yield writer.line(
                ("muted", "    对上了「"), *marked, ("muted", "」"), target=entry.target
            )

    @on(Input.Changed)
    def _typed(self) -> None:
        self._helping = False
        self._cursor = None
        self._message = ""
        self.update_rows()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._cursor:
            self.app.open_procedure(self._cursor)

    @on(LinesPane.Picked, "#found")
    def _picked(self, event: LinesPane.Picked) -> None:
        self._cursor = event.target
        self.app.open_procedure(event.target)

    def on_key(self, event: events.Key) -> None:
        self._message = ""
        handlers: dict[str, Callable[[], None]] = {
            "down": lambda: self._move(1),
            "up": lambda: self._move(-1),
            "pagedown": lambda: self.query_one("#found", LinesPane).scroll_rows(8),
            "pageup": lambda: self.query_one("#found", LinesPane).scroll_rows(-8),
            "escape": self._clear,
            "f1": self._help,
            "ctrl+q": lambda: self.app.exit(0),
            "ctrl+c": lambda: self.say("退出请按 Ctrl+Q"),
            "tab": lambda: self._move(1),
        }
        handler = handlers.get(event.key)
        if handler:
            event.stop()
            event.prevent_default()
            handler()

    def _move(self, by: int) -> None:
        places = targets(self.query_one("#found", LinesPane).rows)
        if places:
            here = places.index(self._cursor) if self._cursor in places else -by
            self._cursor = places[max(0, min(here + by, len(places) - 1))]
        self.update_rows()

    def _clear(self) -> None:
        self._helping = False
        self.query_one(Input).value = ""
        self.update_rows()

    def _help(self) -> None:
        self._helping = not self._helping
        self.update_rows()


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The text with the characters that matched set apart."""
    place = 0
    for start, end in spans:
        if start > place:
            yield "muted", text[place:start]
        yield "current", text[start:end]
        place = end
    if place < len(text):
        yield "muted", text[place:]


def _key(key: str, label: str) -> tuple[Span, Span]:
    return ("key", key), ("muted", f" {label}   ")


def _help(writer: Writer) -> Iterator[Row]:
    yield writer.line(("title", "怎么用"))
    yield BLANK
    for text in (
        "来电人怎么说就怎么打，下面随打随找；上下键选，回车打开。",
        "打开以后一问一答：数字直接选，右边就是办理方案，随着回答变。",
        "答错了不要紧：左箭头回上一问，e 改前面任何一个回答，后面的都留着。",
        "每一屏都能按 F1 看按键。按 Esc 回到这里。",
    ):
        yield from writer.paragraph(text, first=[("muted", f"  {writer.glyphs.bullet} ")])
