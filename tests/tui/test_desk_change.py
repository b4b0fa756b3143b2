"""Another answer is shown before it counts, everything can be undone, and other days be asked."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from support.desk import BUNDLED, NARROW, SIZES, TODAY, Desk, answer_night_stall, open_desk

from banzheng_tui.tui.agent_app import AgentApp
from banzheng_tui.tui.terminal import Terminal
from banzheng_tui.tui.text import cell_width

at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
STALL = "night-stall"
NEXT_YEAR = "2027-01-01"


def answers(desk: Desk) -> dict[str, object]:
    return dict(desk.session.situation.answers)


async def in_the_yard(desk: Desk) -> None:
    """Three answers and one 还不清楚; how many helpers is asked next."""
    await desk.choose("自家院子")
    await desk.choose("玩具")
    await desk.choose("是")
    await desk.press("0")
    assert desk.asked == "helpers"


async def another_spot(desk: Desk, label: str) -> None:
    await desk.press("f3", "1")
    await desk.choose(label)


# -- before it counts


@at_both_sizes
async def test_what_comes_and_goes_is_said_before_it_does(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await in_the_yard(desk)
        before = desk.session.situation
        await another_spot(desk, "夜市里面")
        for words in (
            "摊位改成「夜市里面」会怎样？", "原来答的是「自家院子」",
            "不算了   「邻居」「院子」的回答先留着", "要新问   「摊位费」",
            "+ 多了   步骤  到夜市管理处备案", "+ 多了   费用  押金（0 到 50,000 元）",
            "- 不用了 材料  院子的房产证或院子的租约", "- 不用了 提醒  租来的院子",
            "1  改成「夜市里面」", "2  不改，照原来的",
        ):  # fmt: skip
            assert words in desk.text
        assert desk.session.situation == before


@at_both_sizes
@pytest.mark.parametrize("key", ["enter", "1", "１"])
async def test_confirming_takes_the_answer(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await in_the_yard(desk)
        await another_spot(desk, "街边")
        await desk.press(key)
        assert answers(desk)["spot"] == "street"
        assert answers(desk)["neighbours"] is True
        assert "改好了" in desk.lines[-1]
        assert "请几个人帮忙" in desk.text
        assert "会怎样" not in desk.text


@at_both_sizes
@pytest.mark.parametrize("key", ["escape", "2", "left"])
async def test_leaving_it_changes_nothing(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await in_the_yard(desk)
        before = desk.session.situation
        await another_spot(desk, "街边")
        await desk.press(key)
        assert desk.session.situation == before
        assert "请几个人帮忙" in desk.text
        await desk.press("ctrl+z")  # the change that was not made is not there to be undone
        assert "撤销了：院子" in desk.lines[-1]


@at_both_sizes
async def test_both_ways_on_can_be_clicked(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await in_the_yard(desk)
        await another_spot(desk, "街边")
        await desk.click("不改，照原来的")
        assert answers(desk)["spot"] == "yard"
        await another_spot(desk, "街边")
        await desk.click("1  改成「街边」")
        assert answers(desk)["spot"] == "street"


async def test_down_and_enter_leaves_it() -> None:
    async with open_desk(procedure=STALL) as desk:
        await in_the_yard(desk)
        await another_spot(desk, "街边")
        await desk.press("down", "enter")
        assert answers(desk)["spot"] == "yard"


async def test_kept_answers_that_count_again_are_named() -> None:
    async with open_desk(procedure=STALL) as desk:
        await in_the_yard(desk)
        await another_spot(desk, "街边")
        await desk.press("enter")
        await another_spot(desk, "自家院子")
        assert "又算了   「邻居」「院子」原来的回答" in desk.text


async def test_the_same_answer_just_goes_on() -> None:
    async with open_desk(procedure=STALL) as desk:
        await in_the_yard(desk)
        await another_spot(desk, "自家院子")
        assert "会怎样" not in desk.text
        assert "请几个人帮忙" in desk.text


@at_both_sizes
async def test_what_changes_nothing_is_taken_at_once(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await in_the_yard(desk)
        await desk.press("f3", "2")
        await desk.choose("玩具", "花草")  # unticks the one, ticks the other
        assert answers(desk)["goods"] == {"plants"}
        assert "改好了，方案没有变化" in desk.lines[-1]


async def test_unsure_in_place_of_an_answer() -> None:
    async with open_desk(procedure=STALL) as desk:
        await in_the_yard(desk)
        await desk.press("f3", "1", "0")
        assert "摊位改成「还不清楚」会怎样？" in desk.text
        await desk.press("escape")
        assert answers(desk)["spot"] == "yard"
        await desk.press("f3", "1", "0", "enter")
        assert "spot" in desk.session.situation.unsure


@at_both_sizes
async def test_another_number_is_shown_first_too(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk, until="opening")
        await desk.press("f3", "3")
        await desk.enter("5")
        assert "帮工改成「5 人」会怎样？" in desk.text
        assert "* 变了   材料  帮工证明（原件 2 变成 原件 5）" in desk.text
        assert answers(desk)["helpers"] == Decimal(2)
        await desk.press("enter")
        assert answers(desk)["helpers"] == Decimal(5)
        assert desk.asked == "opening"
        assert desk.field.value == ""


async def test_a_refusal_stands_first() -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await in_the_yard(desk)
        await desk.press("f3", "3")
        await desk.choose("不是")
        text = desk.text
        assert "+ 多了   结论  邻居不同意的，院子里不能摆摊（办不了）" in text
        assert text.index("+ 多了") < text.index("- 不用了")
        assert "1  改成「不是」" in text


@at_both_sizes
async def test_a_long_list_is_folded_and_both_ways_on_stay_in_sight(size: tuple[int, int]) -> None:
    async with open_desk(BUNDLED, procedure="house-to-child", size=size) as desk:
        for _ in range(3):
            await desk.press("1")
        for fact in desk.session.answered:
            for option in desk.session.rules.questions[fact].options:
                desk.session.revisit(fact)
                desk.session.give(option.id)
                if desk.session.proposal is None:
                    continue
                desk.call.layering.open("change")
                await desk.pilot.pause()
                assert "1  改成" in desk.text
                assert "2  不改" in desk.text
                assert "还有" not in desk.lines[2]  # nothing has scrolled away
                assert all(cell_width(line) <= size[0] for line in desk.lines)
                await desk.press("escape")


async def test_what_is_folded_is_counted() -> None:
    async with open_desk(procedure=STALL, size=(80, 20)) as desk:
        await in_the_yard(desk)
        await desk.press("f3", "3")
        await desk.choose("不是")
        rows = desk.rows("left")
        shown = [row for row in rows if row.startswith("- 不用了")]
        folded = [row for row in rows if "另有" in row]
        change = desk.session.proposal
        assert change is not None
        count = len(change.difference.gone) - len(shown)
        assert len(folded) == 1
        assert f"另有 {count} 项：" in folded[0]
        assert sum(map(int, re.findall(r" (\d+)(?=、|$)", folded[0]))) == count


# -- undo


@at_both_sizes
async def test_undo_shows_the_question_and_says_what_it_took_back(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await in_the_yard(desk)
        await another_spot(desk, "街边")
        await desk.press("enter", "ctrl+z")
        assert "撤销了：摊位" in desk.lines[-1]
        assert "摊位打算摆在哪儿" in desk.text
        assert answers(desk)["spot"] == "yard"
        for name, asked in (("院子", "yard-tenure"), ("邻居", "neighbours"), ("卖什么", "goods")):
            await desk.press("u")
            assert f"撤销了：{name}" in desk.lines[-1]
            assert desk.asked == asked
        await desk.press("u", "u")
        assert "没有可以撤销的了" in desk.lines[-1]


@at_both_sizes
async def test_undo_of_a_tick_stays_in_the_plan(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("1", "p", "space", "u")
        assert "撤销了：勾材料「摊位登记表」" in desk.lines[-1]
        assert desk.session.situation.have == frozenset()
        assert desk.visible("plan")
        await desk.press("u")
        assert "撤销了：摊位" in desk.lines[-1]
        assert "摊位打算摆在哪儿" in desk.text


async def test_undo_goes_back_to_the_procedure_before() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk)
        await desk.press("f", "1")
        assert "摊位保险" in desk.lines[0]
        await desk.press("1", "u", "u")
        assert "撤销了：接着办「摊位保险」" in desk.lines[-1]
        assert "夜市摆摊" in desk.lines[0]
        assert answers(desk)["spot"] == "market"


# -- another day


async def choose_day(desk: Desk, text: str) -> None:
    await desk.press("ctrl+t")
    await desk.enter(text)
    await desk.pilot.pause()


@at_both_sizes
async def test_another_day_says_so_and_shows_what_differs(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("1")
        await desk.press("d")
        assert "按哪一天的规定？" in desk.text
        assert "现在按今天（2026-11-23）的规定" in desk.text
        await desk.enter(NEXT_YEAR)
        await desk.pilot.pause()
        assert "按 2027-01-01 的规定" in desk.lines[0]
        for words in (
            "和今天相比", "+ 多了   材料  灯具合格单（原件 1）",
            "* 变了   费用  工本费（10 元 变成 15 元）",
        ):  # fmt: skip
            assert words in desk.text
        assert answers(desk) == {"spot": "street"}
        await desk.press("enter")
        assert "打算卖些什么" in desk.text
        assert "花草" not in desk.whole("left")
        await desk.press("p")
        assert "灯具合格单" in desk.text
        assert "按 2027-01-01 的规定" in desk.lines[0]
        await desk.press("d")
        await desk.pilot.pause()
        assert "灯具合格单（原件 1）" in desk.text  # the same layer again


@at_both_sizes
async def test_nothing_typed_goes_back_to_today(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("1")
        await choose_day(desk, NEXT_YEAR)
        await desk.press("escape")
        await choose_day(desk, "")
        assert "按今天（2026-11-23）的规定" in desk.lines[-1]
        assert "核对于" in desk.lines[0]
        assert answers(desk) == {"spot": "street"}
        assert "花草" in desk.whole("left")


async def test_a_day_without_a_difference_says_so() -> None:
    async with open_desk(procedure=STALL) as desk:
        await choose_day(desk, "2026-12-01")
        assert "这两天的规定没有差别" in desk.text
        assert "按 2026-12-01 的规定" in desk.lines[0]


@at_both_sizes
@pytest.mark.parametrize("text", ["明年", "2027-02-30", "27-1-1", "1027-01-01"])
async def test_no_day_is_refused_and_stays_to_be_mended(text: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await choose_day(desk, text)
        assert "Esc 返回" not in desk.lines[-1]  # a sentence stands there
        assert desk.lines[-1].strip()
        assert desk.field.value == text
        assert desk.session.on == TODAY
        await desk.press("escape")
        assert "摊位打算摆在哪儿" in desk.text


async def test_an_answer_that_the_day_does_not_know_is_kept_and_named() -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await desk.press("1")
        await desk.choose("花草")
        await choose_day(desk, NEXT_YEAR)
        assert "「卖什么」的回答先留着，现在不算" in desk.whole("left")
        await desk.press("enter")
        assert desk.asked == "goods"
        await choose_day(desk, "")
        assert answers(desk)["goods"] == {"plants"}


async def test_undo_takes_the_day_back() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("1")
        await choose_day(desk, NEXT_YEAR)
        await desk.press("escape", "u")
        assert "撤销了：换到 2027-01-01" in desk.lines[-1]
        assert "2027" not in desk.lines[0]
        assert answers(desk) == {"spot": "street"}


async def test_a_desk_opened_for_another_day_says_so_from_the_start() -> None:
    terminal = Terminal(*NARROW, "full", colour=True)
    folder = BUNDLED.parent / "tests" / "fixtures" / "desk"
    app = AgentApp(terminal, (folder,), None, date(2027, 1, 1), TODAY)
    async with app.run_test(size=NARROW) as pilot:
        desk = Desk(app, pilot)
        await desk.ready()
        assert "按 2027-01-01 的规定" in desk.lines[0]
        await desk.type("摆摊")
        await desk.press("enter")
        assert "按 2027-01-01 的规定" in desk.lines[0]
        await desk.press("d")
        assert "灯具合格单" in desk.text


@at_both_sizes
async def test_the_keys_are_named(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("question_mark")
        assert "换日期" in desk.whole("left") or "按别的日子的规定看" in desk.whole("left")
        assert "Ctrl+T" in desk.whole("left")
