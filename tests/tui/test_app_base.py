"""The base of every desk: its keys, its window, its themes, its end."""

from __future__ import annotations

import gc
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.binding import Binding
from textual.color import Color
from textual.containers import VerticalScroll
from textual.theme import Theme
from textual.widgets import Button, Input, Static

from banzheng_tui.tui import app_base
from banzheng_tui.tui.app_base import STYLES, DeskApp, TooSmall, write_report
from banzheng_tui.tui.glyphs import FULL, PLAIN
from banzheng_tui.tui.terminal import Terminal
from banzheng_tui.tui.textual_compat import use_plain_scrollbars
from banzheng_tui.tui.themes import THEMES


class Desk(DeskApp):
    BINDINGS = [  # noqa: RUF012
        Binding("1", "note('one')"),
        Binding("slash", "note('slash')"),
        Binding("f9", "fail"),
    ]

    def __init__(self, terminal: Terminal | None = None) -> None:
        super().__init__(terminal)
        self.noted: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input()
        with VerticalScroll(classes="framed"):
            for number in range(50):
                yield Static(f"第{number}行")
        yield Button("确定")

    def action_note(self, what: str) -> None:
        self.noted.append(what)

    def action_fail(self) -> None:
        raise RuntimeError("330102199001011234")


@pytest.fixture(autouse=True)
def full_scrollbars_again() -> Iterator[None]:
    yield
    use_plain_scrollbars(False)
    gc.unfreeze()


async def test_full_width_keys_count_unless_a_field_takes_them() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("１")
        assert app.query_one(Input).value == "１"
        assert app.noted == []
        app.set_focus(None)
        await pilot.press("１", "1", "／", "fullwidth_solidus")
        assert app.noted == ["one", "one", "slash", "slash"]


async def test_no_key_of_textual_ends_the_app() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+q", "ctrl+c", "ctrl+p")
        assert app.is_running
        assert len(app.screen_stack) == 1
        assert len(app._notifications) == 0


async def test_the_window_sets_a_class_and_a_cover() -> None:
    app = Desk()
    async with app.run_test(size=(100, 30)) as pilot:
        assert app.has_class("-wide")
        assert not app.has_class("-narrow")
        await pilot.press("a")
        await pilot.resize_terminal(59, 30)
        await pilot.pause(0.05)
        assert isinstance(app.screen, TooSmall)
        assert "窗口太小" in str(app.screen.query_one(Static).content)
        await pilot.press("b", "1")
        await pilot.resize_terminal(60, 18)
        await pilot.pause(0.05)
        assert not isinstance(app.screen, TooSmall)
        assert app.has_class("-narrow")
        assert not app.has_class("-wide")
        assert app.query_one(Input).value == "a"
        assert app.focused is app.query_one(Input)
        assert app.noted == []


async def test_the_cover_goes_after_what_lies_above_it() -> None:
    app = Desk()
    async with app.run_test(size=(40, 10)) as pilot:
        assert isinstance(app.screen, TooSmall)
        await app.push_screen(TooSmall())
        await pilot.resize_terminal(80, 24)
        await pilot.pause(0.1)
        assert len(app.screen_stack) == 1


async def test_the_collector_rests_until_the_first_paint() -> None:
    gc.disable()
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0


async def test_a_plain_terminal_gets_no_ambiguous_character() -> None:
    app = Desk(Terminal(80, 24, "plain", colour=True))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.glyphs is PLAIN
        await pilot.press("tab")
        drawn = "".join(
            segment.text for strip in app.screen._compositor.render_strips() for segment in strip
        )
        assert "第0行" in drawn
        assert {c for c in drawn if unicodedata.east_asian_width(c) == "A"} == set()


async def test_a_crash_ends_with_70_and_is_seen_by_tests(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    report = write_report
    monkeypatch.setattr(app_base, "write_report", lambda error: report(error, tmp_path))
    app = Desk()
    with pytest.raises(RuntimeError):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("f9")
    assert app.return_code == 70
    [path] = tmp_path.iterdir()
    assert "action_fail" in path.read_text(encoding="utf-8")
    assert "330102" not in path.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_none() -> None:
    assert write_report(ValueError("x"), Path("/dev/null/x")) is None


def test_the_full_set_is_the_default() -> None:
    assert Desk().glyphs is FULL


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).rgb]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    texts = ("foreground", "primary", "secondary", "warning", "error", "success", "text-muted")
    for text in texts:
        for ground in ("background", "surface", "panel"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for cursor in ("block-cursor", "block-cursor-blurred"):
        pair = colours[f"{cursor}-foreground"], colours[f"{cursor}-background"]
        assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("name", ["base.tcss", "plain.tcss"])
def test_sheets_hold_tokens_only(name: str) -> None:
    sheet = (STYLES / name).read_text(encoding="utf-8")
    assert not re.search(r"(?<!\w)#[0-9a-fA-F]{3,8}\b|rgb\(|ansi_", sheet)
