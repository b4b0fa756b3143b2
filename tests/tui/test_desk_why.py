"""Why, why not, and what would change it: asked with a key, answered in sentences to read aloud."""

from __future__ import annotations

import pytest
from support.desk import BUNDLED, NARROW, SIZES, WIDE, Desk, answer_night_stall, open_desk

from banzheng_tui.guide.plan import Plan
from banzheng_tui.tui import ahead
from banzheng_tui.tui.panels.why import excluded

at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
STALL = "night-stall"


def chosen(desk: Desk, pane: str = "left") -> str:
    """What the cursor of a pane stands on."""
    return "".join(row.text for row in desk.pane(pane).rows if row.selected)


async def to(desk: Desk, words: str, pane: str = "left") -> None:
    """Move the cursor down to a line."""
    for _ in range(60):
        if words in chosen(desk, pane):
            return
        await desk.press("down")
    raise AssertionError(f"never on {words!r}:\n{desk.text}")


async def ask_why_of(desk: Desk, words: str) -> None:
    await desk.press("p")
    await to(desk, words, "plan")
    await desk.press("w")


# -- why


@at_both_sizes
async def test_what_would_change_a_line_follows_its_reason(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await ask_why_of(desk, "饮食合格单")
        await desk.refined()
        shown = desk.whole("left")
        assert "材料  饮食合格单" in desk.text
        assert "因为「卖什么」您说的是「吃的」" in shown
        assert shown.index("因为") < shown.index("换个情形")
        assert "如果「卖什么」" in shown
        assert "就不用这一份。" in shown


async def test_the_reason_is_on_the_screen_before_the_changes_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk)
        await desk.refined()
        seen = []

        def slow(plan: Plan, item: object) -> tuple[str, ...]:  # noqa: ARG001
            seen.append(desk.text)
            return ("如果天下雨，就不用这一步。",)

        monkeypatch.setattr(ahead, "flip_lines", slow)
        await ask_why_of(desk, "到夜市管理处备案")
        await desk.refined()
        assert "因为「摊位」您说的是「夜市里面」" in seen[-1]
        assert "换个情形" not in seen[-1]
        assert "如果天下雨，就不用这一步。" in desk.text


@at_both_sizes
async def test_up_and_down_ask_why_of_the_next_line(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk)
        await ask_why_of(desk, "1 画一张摊位图")
        assert "画一张摊位图" in desk.whole("left")
        await desk.press("down")
        assert "到夜市管理处备案" in desk.whole("left")
        assert "因为「摊位」" in desk.whole("left")
        await desk.press("up", "down", "escape")
        assert "到夜市管理处备案" in chosen(desk, "plan")


async def test_a_wide_window_marks_the_line_that_is_explained() -> None:
    async with open_desk(procedure=STALL, size=WIDE) as desk:
        await answer_night_stall(desk)
        await ask_why_of(desk, "1 画一张摊位图")
        await desk.press("down")
        assert "到夜市管理处备案" in chosen(desk, "plan")


async def test_a_line_that_is_only_possible_names_the_question() -> None:
    async with open_desk(procedure=STALL) as desk:
        await ask_why_of(desk, "饮食合格单")
        assert "还没定，要看「卖什么」怎么答。" in desk.whole("left")


# -- why not


@at_both_sizes
@pytest.mark.parametrize("key", ["x", "ctrl+x", "ｘ"])
async def test_what_is_left_out_is_listed(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("夜市里面")
        await desk.press(key)
        assert "这次不用的" in desk.text
        assert "1  院子的房产证或院子的租约" in desk.text
        assert "[办不了] 邻居不同意的，院子里不能摆摊。" in desk.whole("left")
        await desk.press(key)
        assert "打算卖些什么" in desk.text


async def test_the_list_opens_while_something_is_typed() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="rent")
        await desk.type("12")
        await desk.press("ctrl+x")
        assert "这次不用的" in desk.text
        await desk.press("escape")
        assert desk.field.value == "12"


@at_both_sizes
@pytest.mark.parametrize("how", ["digit", "cursor", "click"])
async def test_an_entry_says_why_not_and_when_it_would_be(how: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("夜市里面")
        await desk.press("x")
        if how == "digit":
            await desk.press("1")
        elif how == "cursor":
            await to(desk, "院子的房产证")
            await desk.press("enter")
        else:
            await desk.click("院子的房产证")
        await desk.refined()
        shown = desk.whole("left")
        assert "这次不用这一份，因为「摊位」您说的是「夜市里面」。" in shown
        assert "如果「摊位」是「自家院子」，就要这一份。" in shown


@at_both_sizes
@pytest.mark.parametrize("key", ["escape", "left"])
async def test_back_to_the_list_and_from_there_to_the_question(
    key: str, size: tuple[int, int]
) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("夜市里面")
        before = desk.session.situation
        await desk.press("x")
        await to(desk, "邻居不同意")
        await desk.press("enter", key)
        assert "这次不用的" in desk.text
        assert "邻居不同意" in chosen(desk)
        await desk.press(key)
        assert "打算卖些什么" in desk.text
        assert desk.session.situation == before


@at_both_sizes
async def test_a_long_list_is_found_as_it_was_left(size: tuple[int, int]) -> None:
    async with open_desk(BUNDLED, procedure="newborn-registration", size=size) as desk:
        await desk.press("2", "1", "1", "enter", "1", "x")
        assert "↓ 还有" in desk.text
        await desk.press("pagedown", "pagedown", *["down"] * 24)
        before = [line for line in desk.lines[1:] if line]
        assert "↑ 还有" in desk.text
        await desk.press("enter")
        await desk.refined()
        assert "换个情形" in desk.text
        await desk.press("escape")
        assert [line for line in desk.lines[1:] if line] == before


@at_both_sizes
async def test_up_and_down_ask_why_not_of_the_next_entry(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("夜市里面")
        first, second = [str(item) for item in excluded(desk.session.plan)][:2]
        await desk.press("x", "1", "down")
        assert str(desk.call.look.item) == second
        await desk.press("escape")
        assert [row.target for row in desk.pane("left").rows if row.selected] == [f"why:{second}"]
        await desk.press("enter", "up", "up")
        assert str(desk.call.look.item) == first


async def test_a_refusal_is_the_reason_of_all_that_is_withdrawn() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.choose("自家院子")
        await desk.choose("吃的")
        await desk.choose("不是")
        await desk.press("x", "1")
        shown = desk.whole("left")
        assert "这个事项办不了，因为「摊位」您说的是「自家院子」，而且问到「" in shown
        assert "，您答的是「不是」。" in shown


async def test_nothing_left_out_says_so() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("x")
        assert "没有不用的" in desk.whole("left")
        await desk.press("1", "enter", "down")
        assert "没有不用的" in desk.whole("left")


async def test_undo_leaves_the_reason_and_takes_the_answer_back() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.choose("夜市里面")
        await desk.press("x", "1", "ctrl+z")
        assert "摊位打算摆在哪儿" in desk.text
        await desk.press("x")
        assert "没有不用的" in desk.whole("left")


# -- at most so many questions


async def test_the_bound_is_there_at_once_and_then_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_desk(BUNDLED, procedure="newborn-registration", size=NARROW) as desk:
        monkeypatch.setattr(ahead.Ahead, "refine", lambda *_: False)
        await desk.press("2")
        rough = desk.session.plan.interview.at_most_roughly()
        assert f"最多还有 {rough} 问" in desk.text
        monkeypatch.undo()
        await desk.press("up")
        await desk.refined()
        exact = desk.session.plan.remaining_at_most
        assert exact <= rough
        assert f"最多还有 {exact} 问" in desk.text


async def test_the_plans_of_the_next_answers_are_ready_when_nobody_types() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.refined()
        session = desk.session
        while session.ahead.go_on(session.question):
            pass
        known = session.ahead.plans["spot", "market"]
        await desk.choose("夜市里面")
        assert desk.session.plan is known
