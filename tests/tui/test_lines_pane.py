"""The pane that draws rows: keeps its place, follows its cursor, says that there is more."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.geometry import Region

from banzheng_tui.tui.app_base import DeskApp
from banzheng_tui.tui.rows import Row, plain, select
from banzheng_tui.tui.widgets.lines_pane import LinesPane


class Desk(DeskApp):
    SHEETS = ("agent.tcss",)
    CSS = "LinesPane { padding: 1 2; }"

    def __init__(self) -> None:
        super().__init__()
        self.picked: list[str] = []

    def compose(self) -> ComposeResult:
        yield LinesPane()

    def on_lines_pane_picked(self, event: LinesPane.Picked) -> None:
        self.picked.append(event.target)


def numbered(count: int) -> list[Row]:
    return [Row((("text", f"第{n}行"),), f"row:{n}") for n in range(count)]


def shown(app: Desk) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).strip() for strip in strips]


async def test_more_is_marked_above_and_below() -> None:
    app = Desk()
    async with app.run_test(size=(60, 18)) as pilot:
        pane = app.query_one(LinesPane)
        pane.show(numbered(40))
        await pilot.pause()
        assert "↓ 还有" in shown(app)[-2]
        assert not any("↑ 还有" in line for line in shown(app))
        pane.scroll_rows(5)
        await pilot.pause()
        assert "↑ 还有" in shown(app)[1]
        assert "第5行" in shown(app)[1]
        pane.scroll_rows(1000)
        await pilot.pause()
        assert "第39行" in shown(app)[-2]
        assert "还有" not in shown(app)[-2]


async def test_the_place_is_kept_while_rows_change_and_never_beyond_the_end() -> None:
    app = Desk()
    async with app.run_test(size=(60, 18)) as pilot:
        pane = app.query_one(LinesPane)
        pane.show(numbered(40))
        pane.scroll_rows(10)
        pane.show([*numbered(39), plain("别的")])
        await pilot.pause()
        assert "第10行" in shown(app)[1]
        pane.show(numbered(3))
        await pilot.pause()
        assert shown(app)[1:4] == ["第0行", "第1行", "第2行"]


async def test_the_cursor_is_followed_both_ways() -> None:
    app = Desk()
    async with app.run_test(size=(60, 18)) as pilot:
        pane = app.query_one(LinesPane)
        for target, line in (("row:30", "第30行"), ("row:2", "第2行")):
            pane.show(select(numbered(40), target))
            await pilot.pause()
            assert any(line in text for text in shown(app))


async def test_a_smaller_window_keeps_the_cursor_in_sight() -> None:
    app = Desk()
    async with app.run_test(size=(80, 40)) as pilot:
        pane = app.query_one(LinesPane)
        pane.show(select(numbered(40), "row:35"))
        await pilot.resize_terminal(80, 20)
        await pilot.pause()
        assert any("第35行" in text for text in shown(app))


async def test_only_lines_that_changed_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Desk()
    async with app.run_test(size=(60, 18)) as pilot:
        pane = app.query_one(LinesPane)
        rows = numbered(10)
        pane.show(rows)
        await pilot.pause()
        painted: list[Region] = []
        monkeypatch.setattr(pane, "refresh", lambda *regions, **_: painted.extend(regions))
        pane.show([*rows[:4], plain("变了"), *rows[5:]])
        assert [region.y for region in painted] == [4]
        painted.clear()
        pane.show([*rows[:4], plain("变了"), *rows[5:]])
        assert painted == []


async def test_a_click_picks_the_row_under_it() -> None:
    app = Desk()
    async with app.run_test(size=(60, 18)) as pilot:
        pane = app.query_one(LinesPane)
        pane.show(numbered(5))
        await pilot.click(offset=(3, 1))
        await pilot.click(offset=(30, 4))  # behind the text, too
        await pilot.click(offset=(3, 12))  # below the last row
        await pilot.click(offset=(3, 0))  # on the edge
        assert app.picked == ["row:0", "row:3"]
        await pilot.click(offset=(3, 2), times=2)
        assert app.picked == ["row:0", "row:3", "row:1"]


async def test_the_wheel_scrolls() -> None:
    app = Desk()
    async with app.run_test(size=(60, 18)) as pilot:
        pane = app.query_one(LinesPane)
        pane.show(numbered(40))
        pane.on_mouse_scroll_down()
        await pilot.pause()
        assert "第3行" in shown(app)[1]
        pane.on_mouse_scroll_up()
        await pilot.pause()
        assert "第0行" in shown(app)[1]


async def test_markup_is_drawn_as_it_is_written() -> None:
    app = Desk()
    async with app.run_test(size=(60, 18)) as pilot:
        app.query_one(LinesPane).show([plain("[b]粗[/b] [/] [@click=app.quit]点[/]")])
        await pilot.pause()
        assert shown(app)[1] == "[b]粗[/b] [/] [@click=app.quit]点[/]"
