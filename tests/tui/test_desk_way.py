"""The way as a layer: stations and bars, by keyboard and by mouse, marked steps count at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.desk import BUNDLED, NARROW, SIZES, SMALL, WIDE, Desk, answer_night_stall, open_desk

from banzheng_tui.tui.text import cell_width

STALL = "night-stall"
at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
RESTAURANT = (
    "办新证", "现做现卖", "临街", "热菜", "没有，或者够不上", "空店还没装", "还没办", "个体户",
    "只在店里吃", "管道天然气", "自己办",
)  # fmt: skip


async def restaurant(desk: Desk) -> None:
    """As far as the first question of the business licence."""
    for label in RESTAURANT:
        question = desk.session.question
        assert question is not None
        options = {option.label for option in question.options}
        if any(option.startswith(label) for option in options):
            await desk.choose(next(o for o in options if o.startswith(label)))
    assert desk.asked is not None


def line(desk: Desk, words: str) -> str:
    """The row of a step."""
    return next(row.text for row in desk.pane("left").rows if row.target and words in row.text)


# -- the line of stations


@at_both_sizes
async def test_the_way_names_stations_departments_and_what_runs_beside(
    size: tuple[int, int],
) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("l")
        assert "办事路线" in desk.text
        assert "▸  1 画一张摊位图  现在" in desk.text
        assert "├─" in line(desk, "做一次饮食检查")
        assert "第 3 站以前办完" in desk.text
        assert "饮食检查所" in desk.text
        assert "│    夜市管理处  承诺 3 工作日，法定 10 工作日" in desk.text
        assert not desk.visible("plan")


@at_both_sizes
async def test_what_is_only_possible_says_so_and_its_line_is_dashed(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("l")
        assert "◇  2 到夜市管理处备案  可能要" in desk.text
        rows = desk.rows("left")
        below = rows[next(n for n, row in enumerate(rows) if "到夜市管理处备案" in row) + 1]
        assert below.startswith("┆")
        assert "还没问完" in desk.text


@at_both_sizes
@pytest.mark.parametrize("key", ["l", "escape", "ctrl+l"])
async def test_out_of_the_way_the_question_is_as_it_was(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("夜市里面")
        before = desk.text
        await desk.press("l", "down", "t", "l" if key == "l" else key)
        assert desk.text == before


@at_both_sizes
async def test_space_marks_a_step_and_everything_is_counted_anew(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("l")
        assert "最早 2026-11-26 起" in line(desk, "交摊位押金") + "".join(desk.rows("left"))
        await desk.press("space")
        assert "✓  1 画一张摊位图  已办" in desk.text
        assert "▸  2 到夜市管理处备案  现在" in desk.text
        await desk.press("down", "down", "space")
        assert "✓  3 到窗口登记摊位  已办" in desk.text or "已办" in line(desk, "到窗口登记摊位")
        assert "最早 2026-11-26" not in "".join(desk.rows("left"))
        await desk.press("u")
        assert "办事路线" in desk.text  # undoing a mark does not leave the way
        assert "3 到窗口登记摊位" in desk.text
        assert "已办" not in line(desk, "到窗口登记摊位")


@at_both_sizes
async def test_enter_shows_how_a_step_is_done_and_why(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("l", "enter")
        assert "怎么办  一张白纸就行" in desk.text
        await desk.press("down", "down")
        assert "到窗口登记摊位" in desk.text
        assert "依据《夜市管理办法》" in desk.text
        assert "摊位登记表" in desk.whole("left")
        await desk.press("escape")
        assert "办事路线" in desk.text
        assert any(row.selected and "到窗口登记摊位" in row.text for row in desk.pane("left").rows)


@at_both_sizes
async def test_the_mouse_does_the_same(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.click("l 路线")
        assert "办事路线" in desk.text
        await desk.click("到夜市管理处备案")
        assert "在哪里  夜市管理处" in desk.text
        await desk.click("空格 勾选")
        await desk.click("Esc 返回")
        assert "2 到夜市管理处备案  已办" in desk.text
        await desk.click("t 路线和日程")
        assert "日程" in desk.lines[2]
        await desk.click("Esc 返回")
        assert "办事路线" not in desk.text


async def test_the_cursor_stays_on_its_step_from_face_to_face() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk)
        await desk.press("l", "down", "down", "tab")
        chosen = [row.text for row in desk.pane("left").rows if row.selected]
        assert len(chosen) == 1
        assert "到窗口登记摊位" in chosen[0]
        await desk.press("t")
        assert any(row.selected and "到窗口登记摊位" in row.text for row in desk.pane("left").rows)


# -- the bars


@at_both_sizes
async def test_bars_stand_on_their_days_with_days_off_and_what_the_end_hangs_on(
    size: tuple[int, int],
) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("l", "t")
        head = next(n for n, row in enumerate(desk.rows("left")) if "今天" in row)
        today = desk.rows("left")[head].index("↓")
        licence = line(desk, "到窗口登记摊位")
        assert licence.startswith("○ 卡")
        assert "█" in licence
        assert "▒" in licence  # the law gives more than is promised
        assert "最早 11-26" in licence
        assert "没写时限" in line(desk, "画一张摊位图")
        assert "░" in line(desk, "到夜市管理处备案")
        column = cell_width(line(desk, "到夜市管理处备案").split("█")[0])
        assert column == cell_width(desk.rows("left")[head][:today])
        assert "11-23 办完" not in licence
        assert "█ 承诺的时限" in desk.whole("left")


@at_both_sizes
async def test_marking_a_step_done_moves_the_bars(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("l", "t", "down", "down", "down", "space")
        assert "已办" in line(desk, "到窗口登记摊位")
        assert "█" not in line(desk, "到窗口登记摊位")
        assert "2026-11-26" not in desk.whole("left")


@at_both_sizes
async def test_a_long_way_over_departments_fits(size: tuple[int, int]) -> None:
    async with open_desk(BUNDLED, procedure="food-business-licence", size=size) as desk:
        await restaurant(desk)
        for key in ("l", "t"):
            await desk.press(key)
            width = desk.pane("left").size.width
            assert all(cell_width(row.text) <= width for row in desk.pane("left").rows)
            steps = {row.target for row in desk.pane("left").rows if row.target}
            assert len(steps) == len(desk.session.plan.steps)
        for _ in range(len(desk.session.plan.steps)):
            await desk.press("down")
        assert "还有" in desk.lines[2]  # walked to the end


async def test_the_year_that_is_not_published_is_marked() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk)
        await desk.press("d")
        await desk.enter("2026-12-30")
        await desk.press("escape", "l", "t")
        assert "待放假安排公布" in desk.whole("left")
        assert "27-01-04*" in line(desk, "到窗口登记摊位")


async def test_a_start_on_a_day_off_says_so() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk)
        await desk.press("d")
        await desk.enter("2026-11-28")
        await desk.press("escape", "l", "t")
        assert "2026-11-28 窗口不上班，要去窗口的从 2026-11-30 起办" in desk.whole("left")


async def test_without_any_step_there_is_a_sentence() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.choose("自家院子")
        await desk.choose("吃的")
        await desk.choose("不是")
        for key in ("l", "t"):
            await desk.press(key)
            assert "没有要办的步骤" in desk.text


# -- whose question, whose step


@at_both_sizes
async def test_a_question_that_another_procedure_brought_says_whose_it_is(
    size: tuple[int, int],
) -> None:
    async with open_desk(BUNDLED, procedure="food-business-licence", size=size) as desk:
        assert "要问的" not in desk.text
        await restaurant(desk)
        assert desk.rows("left")[0] == "办「个体户营业执照」要问的"
        await desk.press("1")
        assert "〔个体户营业执照〕" in desk.rows("path")[0]
        assert "个体户营业执照" in [row.strip() for row in desk.rows("plan")] or size == NARROW


async def test_visits_say_where_what_for_and_what_to_bring() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await answer_night_stall(desk)
        text = desk.whole("plan")
        assert "还要跑" in text
        assert "到窗口登记摊位" in text[text.index("还要跑") :]
        assert "可以网上办，不用跑" in text
        assert "带摊位登记表" in text


async def test_a_broken_file_of_days_off_is_named_and_the_desk_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "2027.toml").write_text("[calendar]\nyear = 'x'\n", encoding="utf-8")
    async with open_desk(SMALL, tmp_path) as desk:
        assert "放假安排有个文件不能用" in desk.text
        assert "2027.toml" in desk.text
