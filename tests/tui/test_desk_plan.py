"""The plan beside the question: what a step, a paper, a warning, an evidence grade looks like."""

from __future__ import annotations

import pytest
from support.desk import NARROW, SIZES, WIDE, Desk, answer_night_stall, open_desk

at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
STALL = "night-stall"


def line_of(desk: Desk, words: str) -> str:
    """The row of the plan with these words."""
    return next(row for row in desk.rows("plan") if words in row)


def chosen(desk: Desk) -> str:
    """What the cursor of the plan stands on."""
    return "".join(row.text for row in desk.pane("plan").rows if row.selected)


async def to(desk: Desk, words: str) -> None:
    """Move the cursor of the plan to a line."""
    for _ in range(60):
        if words in chosen(desk):
            return
        await desk.press("down")
    raise AssertionError(f"never on {words!r}:\n{desk.text}")


async def test_the_plan_changes_with_every_answer() -> None:
    async with open_desk(procedure=STALL) as desk:
        assert "可能要" in line_of(desk, "饮食合格单")
        await desk.choose("夜市里面")
        assert "可能要" in line_of(desk, "饮食合格单")
        assert "院子" not in desk.whole("plan")
        assert "下一步  到夜市管理处备案" in desk.text
        await desk.choose("吃的")
        assert "可能要" not in line_of(desk, "饮食合格单")
        await desk.press("f3", "2")
        await desk.choose("吃的", "玩具")  # unticks the one, ticks the other
        await desk.press("enter")  # yes, change it
        assert "饮食合格单" not in desk.whole("plan")
        await desk.press("f3", "1", "u")
        assert "可能要" not in line_of(desk, "饮食合格单")


async def test_what_is_only_possible_says_what_decides_it() -> None:
    async with open_desk(procedure=STALL) as desk:
        assert "看「卖什么」" in line_of(desk, "饮食合格单")
        assert "看「摊位」" in line_of(desk, "院子的房产证或院子的租约")


@at_both_sizes
async def test_grades_are_words(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("p")
        plan = desk.whole("plan")
        for words in ("以受理窗口为准", "因地而异", "向主管部门确认", "可容缺后补"):
            assert words in plan
        assert "以受理窗口为准" in line_of(desk, "1 画一张摊位图")
        assert "0 元" not in line_of(desk, "电费")


@at_both_sizes
async def test_warnings_the_irreversible_first(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("p")
        plan = desk.whole("plan")
        order = [plan.index(mark) for mark in ("[不可撤回]", "[期限]", "[常见错误]", "[提示]")]
        assert order == sorted(order)
        assert plan.index("[期限]") < plan.index("材料 一定要")
        assert desk.role("plan", "[不可撤回]") == {"danger"}


@at_both_sizes
async def test_fees_time_sources_and_dates(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("p")
        plan = desk.whole("plan")
        for words in (
            "10 元", "1,200 元", "承诺 3 工作日", "法定10 工作日", "《夜市管理办法》", "夜发〔2025〕7号",
            "2025-06-01 起施行", "核对于 2026-11-01", "2027-05-01", "窗口或网上",
        ):  # fmt: skip
            assert words.replace(" ", "") in plan.replace(" ", ""), words


async def test_a_review_date_that_has_passed_is_a_banner() -> None:
    for size in SIZES:
        async with open_desk(procedure="stall-insurance", size=size) as desk:
            assert "已过复核期" in desk.lines[0]
            await desk.press("p")
            assert "[过期]" in desk.text
            assert "2026-06-01" in desk.text


async def test_no_banner_before_that_date() -> None:
    async with open_desk(procedure=STALL) as desk:
        assert "核对于 2026-11-01" in desk.lines[0]
        assert "过期" not in desk.text


@at_both_sizes
async def test_space_ticks_a_paper(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("p")
        await to(desk, "摊位登记表")
        await desk.press("space")
        assert "☑" in line_of(desk, "摊位登记表")
        assert "手里有" in desk.whole("plan")
        await desk.press("space")
        assert "☐" in line_of(desk, "摊位登记表")


@at_both_sizes
async def test_space_marks_a_step_done_and_the_next_becomes_current(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        assert "现在就办  画一张摊位图" in desk.text
        await desk.press("p")
        await to(desk, "1 画一张摊位图")
        await desk.press("space")
        assert "已办" in line_of(desk, "1 画一张摊位图")
        assert "现在" in line_of(desk, "到夜市管理处备案")
        await desk.press("space")
        assert "已办" not in line_of(desk, "1 画一张摊位图")
        await desk.press("space", "p")
        assert "现在就办  到夜市管理处备案" in desk.text


async def test_a_paper_that_a_step_issues_counts_the_step_as_done() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk)
        await desk.press("p")
        await to(desk, "饮食合格单")
        await desk.press("space")
        assert "已办" in line_of(desk, "做一次饮食检查")


async def test_warnings_of_a_step_that_is_done_are_past() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk)
        await desk.press("p")
        for title in ("1 画一张摊位图", "到夜市管理处备案", "到窗口登记摊位", "交摊位押金"):
            await to(desk, title)
            await desk.press("space")
        assert "[已过 不可撤回]" in desk.whole("plan")


async def test_the_mouse_ticks_as_well() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.click("摊位登记表")
        assert "☑" in line_of(desk, "摊位登记表")


async def test_space_elsewhere_says_what_it_is_for() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("p")
        for _ in range(40):
            if "[不可撤回]" in chosen(desk):
                break
            await desk.press("up")
        await desk.press("space")
        assert "不用勾" in desk.text


@at_both_sizes
async def test_why_a_line_is_there(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await desk.press("p")
        await to(desk, "到夜市管理处备案")
        await desk.press("w")
        why = desk.whole("left")
        assert "因为「摊位」您说的是「夜市里面」" in why
        assert "《夜市管理办法》" in why
        assert "第二条" in why
        await desk.press("escape")
        assert "到夜市管理处备案" in chosen(desk)


@at_both_sizes
async def test_a_refusal_ends_it_with_the_rule(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("自家院子")
        await desk.choose("吃的")
        await desk.choose("不是")
        for words in ("[办不了]", "院子里不能摆摊", "全部邻居签字", "《夜市管理办法》", "第五条"):
            assert words in desk.whole("left")
        assert "和邻居好好说说" in desk.whole("left")
        assert "☐" not in desk.text
        await desk.press("p")
        assert "到此为止" in desk.text


async def test_the_reasons_for_refusal_and_how_to_mend_them() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("r")
        for words in ("到窗口登记摊位", "登记表上没有签名", "怎么补", "当场补签"):
            assert words in desk.whole("left")


# -- narrow


async def test_narrow_folds_the_plan_into_two_lines() -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        assert not desk.visible("plan")
        fold = desk.lines[-3:-1]
        assert "现在" in fold[0]
        assert "画一张摊位图" in fold[0]
        assert "材料 1" in fold[0]
        assert "不可撤回 1" in fold[0]
        assert "下一步" in fold[1]
        assert "p 看方案" in fold[1]


@pytest.mark.parametrize("key", ["p", "f4", "tab", "ｐ"])
async def test_one_key_opens_the_plan_and_closes_it(key: str) -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await desk.press(key)
        assert desk.visible("plan")
        assert not desk.visible("left")
        assert "摊位登记表" in desk.text
        await desk.press(key)
        assert "摊位打算摆在哪儿" in desk.text
        assert not desk.visible("plan")


async def test_the_mouse_opens_the_folded_plan_and_presses_the_named_keys() -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await desk.click("下一步")
        assert desk.visible("plan")
        await desk.click("p 方案")
        assert "摊位打算摆在哪儿" in desk.text
        await desk.click("w 为什么")
        assert "Esc" in desk.lines[-1]
        await desk.click("返回")
        assert "摊位打算摆在哪儿" in desk.text


async def test_the_fold_of_a_refusal_is_the_refusal() -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await desk.choose("自家院子")
        await desk.choose("吃的")
        await desk.choose("不是")
        assert "院子里不能摆摊" in desk.lines[-3]


async def test_everything_of_the_plan_can_be_scrolled_to() -> None:
    for size in SIZES:
        async with open_desk(procedure=STALL, size=size) as desk:
            await answer_night_stall(desk)
            await desk.press("p")
            rows = desk.rows("plan")
            seen = set(desk.lines)
            for _ in range(12):
                await desk.press("pagedown")
                seen |= set(desk.lines)
            assert any("《夜市管理办法》" in line for line in seen)
            assert rows[-1].strip() in "\n".join(seen)


# -- the window


@at_both_sizes
async def test_resizing_keeps_question_answers_cursor_and_ticks(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("夜市里面")
        await desk.press("2", "down")
        for window in ((80, 24), (50, 10), (100, 30), (60, 18), (120, 40)):
            await desk.resize(*window)
        assert "打算卖些什么" in desk.text
        assert "☑ 玩具" in desk.text
        assert [r.target for r in desk.pane("left").rows if r.selected] == ["option:plants"]
        await desk.press("enter")
        assert dict(desk.session.situation.answers) == {"spot": "market", "goods": {"toys"}}


async def test_resizing_keeps_what_is_typed() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="rent")
        await desk.type("1.")
        for window in ((80, 24), (50, 10), WIDE):
            await desk.resize(*window)
        await desk.enter("2万")
        assert "12,000 元" in desk.whole("path")


async def test_resizing_keeps_an_open_layer_and_the_plan() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("p")
        await to(desk, "到窗口登记摊位")
        for window in (NARROW, (50, 10), NARROW):
            await desk.resize(*window)
        assert "到窗口登记摊位" in chosen(desk)
        assert desk.visible("plan")
        await desk.press("question_mark")
        await desk.resize(*WIDE)
        await desk.resize(*NARROW)
        assert "中文输入法" in desk.whole("left")
        await desk.press("escape", "escape")
        assert "摊位打算摆在哪儿" in desk.text


async def test_a_window_too_small_says_so_and_keeps_all() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.choose("自家院子")
        await desk.resize(50, 10)
        assert "窗口太小" in desk.text
        assert "答过的内容都还在" in desk.text.replace("\n", "").replace(" ", "")
        await desk.press("1")  # answers nothing unseen
        await desk.resize(*NARROW)
        assert "打算卖些什么" in desk.text
        assert dict(desk.session.situation.answers) == {"spot": "yard"}
        assert not any("☑" in row for row in desk.rows("left"))


async def test_a_window_too_small_from_the_start_covers_the_call_too() -> None:
    async with open_desk(procedure=STALL, size=(50, 10)) as desk:
        assert "窗口太小" in desk.text
        await desk.resize(*NARROW)
        assert "摊位打算摆在哪儿" in desk.text
        await desk.press("q", "q")
        assert "来电人要办什么" in desk.text
