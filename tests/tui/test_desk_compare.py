"""The options of a question side by side, at the desk."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from support.desk import BUNDLED, NARROW, SIZES, WIDE, Desk, answer_night_stall, open_desk

from banzheng_tui.tui.panels.compare import sheets
from banzheng_tui.tui.text import cell_width

at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
STALL, HOUSE, FOOD = "night-stall", "house-to-child", "food-business-licence"
HOME: dict[str, Any] = {
    "parents": "alive", "house": "commodity", "owners": "couple", "receiver": "child-single",
    "register": frozenset({"clear"}), "special": frozenset({"plain"}), "stay": False,
    "resale": False, "held": "under-2", "price": Decimal(888888), "cost": Decimal(700000),
    "homes": "one", "area": Decimal(140),
}  # fmt: skip


async def ask_which_way(desk: Desk) -> None:
    """Answer everything of the house but which way it is to go."""
    while desk.asked != "way":
        fact = desk.asked
        assert fact is not None, desk.text
        desk.session.answer(HOME[fact])
    await desk.press("n", "escape")  # draws the question


def column(desk: Desk, words: str) -> int:
    """Where words stand on their line of the table."""
    line = next(row for row in desk.rows("left") if words in row)
    return cell_width(line[: line.index(words)])


async def test_wide_all_options_stand_in_columns() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await desk.press("c")
        places = [column(desk, name) for name in ("1 街边", "2 夜市里面", "3 自家院子")]
        assert places == sorted(places)
        assert len(set(places)) == 3
        assert (
            len({row for row in desk.rows("left") if "1 街边" in row and "3 自家院子" in row}) == 1
        )
        assert not desk.visible("plan")
        await desk.press("c")
        assert desk.visible("plan")
        assert desk.asked == "spot"
        assert not desk.session.situation.answers


async def test_narrow_one_option_a_page() -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await desk.press("c")
        assert "第 1 页，共 3 页" in desk.text
        assert "1 街边" in desk.text
        assert "2 夜市里面" not in desk.text
        await desk.press("right")
        assert "第 2 页，共 3 页" in desk.text
        assert "2 夜市里面" in desk.text
        await desk.press("right", "right", "right")
        assert "第 3 页，共 3 页" in desk.text
        await desk.press("left")
        assert "第 2 页，共 3 页" in desk.text
        await desk.press("enter")
        assert desk.session.situation.answers == {"spot": "market"}
        assert desk.asked == "goods"


@at_both_sizes
async def test_a_row_that_differs_is_marked_and_others_are_one_line(size: tuple[int, int]) -> None:
    async with open_desk(BUNDLED, procedure=HOUSE, size=size) as desk:
        await ask_which_way(desk)
        await desk.press("c")
        rows = desk.rows("left")
        assert any(row.startswith("≠") and "契税" in row for row in rows)
        assert any(row.startswith("≠") and "立一份遗嘱" in row for row in rows)
        assert not any(row.startswith("≠") and "登记费" in row for row in rows)
        assert any("都一样：登记费 80 元" in row for row in rows)
        assert any("费用" in row and "不同 6 行" in row for row in rows)


async def test_sale_gift_and_will_with_their_taxes_and_rules() -> None:
    async with open_desk(BUNDLED, procedure=HOUSE, size=(120, 40)) as desk:
        await ask_which_way(desk)
        for pane in ("plan", "left"):
            whole = desk.whole(pane) if pane == "plan" else None
            if whole is None:
                await desk.press("c")
                whole = desk.whole("left")
            for words in ("8,629.98 元（窗口）", "26,666.64 到", "不用交", "÷1.03"):
                assert words in whole, words
            assert "依据《中华人民共和国契税法》第六条" in whole


async def test_a_page_says_what_the_others_have() -> None:
    async with open_desk(BUNDLED, procedure=HOUSE, size=NARROW) as desk:
        await ask_which_way(desk)
        await desk.press("c", "right", *["pagedown"] * 2)
        assert "26,666.64 到 44,444.40 元（各地）" in desk.text
        assert "别的：8,629.98 元（窗口）；不用交" in desk.text


@at_both_sizes
@pytest.mark.parametrize("key", ["2", "２"], ids=["half-width", "full-width"])
async def test_a_digit_chooses_from_the_table(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("c", key)
        assert desk.session.situation.answers == {"spot": "market"}
        assert "打算卖些什么" in desk.text
        assert "≠" not in desk.text


async def test_a_click_on_a_column_chooses_it() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await desk.press("c")
        await desk.click("3 自家院子")
        assert desk.session.situation.answers == {"spot": "yard"}


@at_both_sizes
@pytest.mark.parametrize("key", ["escape", "c", "ctrl+o"])
async def test_back_to_the_question(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        before = desk.lines[2:]
        await desk.press("ctrl+o")
        assert "≠" in desk.text
        await desk.press(key)
        await desk.pilot.pause()
        assert desk.lines[2:] == before


async def test_a_digit_without_an_option_leaves_the_table() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await desk.press("c", "7")
        assert "没有第 7 项" in desk.text
        assert "1 街边" in desk.text
        assert not desk.session.situation.answers


async def test_arrows_and_enter_choose_where_all_are_on_one_page() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await desk.press("c", "right", "right", "right", "left", "enter")
        assert desk.session.situation.answers == {"spot": "market"}


async def test_only_single_choices_can_be_compared() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await desk.choose("街边")
        assert desk.asked == "goods"
        await desk.press("c")
        assert "对照只用在单选题上" in desk.text
        assert "打算卖些什么" in desk.text


async def test_nothing_to_compare_at_the_end() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await answer_night_stall(desk)
        await desk.press("c")
        assert "没有可以对照的选项" in desk.text


async def test_an_earlier_answer_changed_from_the_table_is_previewed() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await desk.choose("街边")
        await desk.press("left", "c", "3")
        assert desk.session.situation.answers["spot"] == "street"
        await desk.press("enter")
        assert desk.session.situation.answers["spot"] == "yard"


async def test_eight_options_on_two_pages() -> None:
    async with open_desk(BUNDLED, procedure=FOOD, size=WIDE) as desk:
        question = desk.session.question
        assert question is not None
        assert len(question.options) == 8
        await desk.press("c")
        assert "第 1 页，共 2 页" in desk.text
        fifth = f"5 {question.options[4].label[:4]}"
        assert fifth not in desk.text
        await desk.press("right")
        assert fifth in desk.text
        await desk.press("2")
        assert desk.session.situation.answers[question.id] == question.options[1].id


@pytest.mark.parametrize("size", [NARROW, WIDE, (120, 40)], ids=["80", "100", "120"])
@pytest.mark.parametrize("glyphs", ["full", "plain"])
async def test_no_line_is_too_long(size: tuple[int, int], glyphs: Any) -> None:
    async with open_desk(BUNDLED, procedure=FOOD, size=size, glyphs=glyphs) as desk:
        await desk.press("c")
        for _ in range(3):
            assert all(cell_width(line) <= size[0] for line in desk.lines)
            width = desk.pane("left").size.width
            assert all(cell_width(row) <= width for row in desk.rows("left"))
            await desk.press("right")


@pytest.mark.parametrize("width", [47, 77, 97, 117, 200])
@pytest.mark.parametrize("count", range(2, 22))
def test_every_option_is_on_one_page(count: int, width: int) -> None:
    found = sheets(count, width)
    assert [option for sheet in found for option in sheet.shown] == list(range(count))
    for sheet in found:
        assert len({option // 9 for option in sheet.shown}) == 1  # a digit means one of them
        assert sheet.column >= 16
        assert sheet.label + sheet.column * len(sheet.shown) <= width
        for number, option in enumerate(sheet.shown):
            assert sheet.option_at(sheet.label + number * sheet.column) == option
        assert sheet.option_at(0) is None
