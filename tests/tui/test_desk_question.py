"""The question on the screen: every way to answer it, to leave it, to come back to it."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.desk import NARROW, SIZES, SMALL, WIDE, Desk, answer_night_stall, open_desk

at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
STALL = "night-stall"


def answers(desk: Desk) -> dict[str, object]:
    return dict(desk.session.situation.answers)


# -- a choice


@at_both_sizes
async def test_a_question_says_what_why_and_how_many_more(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        for words in (
            "摊位打算摆在哪儿？", "最多还有", "街边", "夜市统一管", "还不清楚", "为什么问", "怎么开口",
        ):  # fmt: skip
            assert words in desk.text


@at_both_sizes
@pytest.mark.parametrize("key", ["2", "２"], ids=["half-width", "full-width"])
async def test_a_digit_answers_at_once(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press(key)
        assert answers(desk) == {"spot": "market"}
        assert "打算卖些什么" in desk.text
        assert "夜市里面" in desk.whole("path")


@at_both_sizes
async def test_arrows_and_enter_answer(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("down", "down", "up", "enter")
        assert answers(desk) == {"spot": "market"}


async def test_the_arrows_stop_at_either_end() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("up", "up", "enter")
        assert answers(desk) == {"spot": "street"}
        await desk.press("u", *["down"] * 9, "enter")
        assert desk.session.situation.unsure == {"spot"}


@at_both_sizes
@pytest.mark.parametrize("words", ["自家院子", "夜市统一管"], ids=["label", "note"])
async def test_a_click_answers(words: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.click(words)
        assert answers(desk) == {"spot": "yard" if words == "自家院子" else "market"}


async def test_a_double_click_answers_one_question_only() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.click("街边", times=2)
        assert answers(desk) == {"spot": "street"}
        assert desk.asked == "goods"
        assert not any("☑" in line for line in desk.rows("left"))


async def test_one_key_answers_one_question() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("1")
        assert len(answers(desk)) == 1
        await desk.press("enter")  # nothing ticked yet: no answer, and a sentence
        assert len(answers(desk)) == 1
        assert "先用数字勾选" in desk.text


async def test_a_digit_without_an_option_says_so() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("7")
        assert "没有第 7 项" in desk.text
        assert answers(desk) == {}
        await desk.press("down")
        assert "没有第 7 项" not in desk.text


# -- 还不清楚


@at_both_sizes
@pytest.mark.parametrize("key", ["0", "０", "f10"])
async def test_not_known_yet_goes_on(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press(key)
        assert desk.session.situation.unsure == {"spot"}
        assert "打算卖些什么" in desk.text
        assert "还不清楚" in desk.whole("path")


async def test_not_known_yet_is_refused_with_a_sentence_where_it_cannot_be() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("1", "0")
        assert desk.asked == "goods"
        assert "要问清楚才能往下走" in desk.text


@pytest.mark.parametrize("keys", [("f10",), ("down", "enter")])
async def test_not_known_yet_in_a_question_that_is_typed(keys: tuple[str, ...]) -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="helpers")
        assert "F10" in desk.whole("left")
        assert not any(row.selected for row in desk.pane("left").rows)  # Enter sends the field
        await desk.press(*keys)
        assert desk.session.situation.unsure == {"helpers"}


# -- several


async def test_several_are_ticked_and_confirmed() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("1", "1", "３")
        ticked = [line for line in desk.rows("left") if "☑" in line]
        assert [label for label in ("吃的", "花草") if label in "".join(ticked)] == ["吃的", "花草"]
        assert desk.asked == "goods"
        await desk.press("enter")
        assert answers(desk)["goods"] == {"food", "plants"}


async def test_what_is_ticked_can_be_unticked() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("1", "1", "2", "1", "enter")
        assert answers(desk)["goods"] == {"toys"}


async def test_none_of_them_stands_alone() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("1", "1", "2", "4")
        assert sum("☑" in line for line in desk.rows("left")) == 1
        await desk.press("3")
        assert sum("☑" in line for line in desk.rows("left")) == 1
        await desk.press("enter")
        assert answers(desk)["goods"] == {"plants"}


async def test_space_and_mouse_tick_as_well() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("1", "space", "down", "space")
        await desk.click("花草")
        await desk.press("enter")
        assert answers(desk)["goods"] == {"food", "toys", "plants"}


# -- typed answers


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("helpers", "3", Decimal(3)),
        ("helpers", "１２", Decimal(12)),
        ("helpers", "3人", Decimal(3)),
        ("rent", "12000", Decimal(12000)),
        ("rent", "1.2万", Decimal(12000)),
        ("rent", "12,000元", Decimal(12000)),
        ("rent", "３万元", Decimal(30000)),
        ("opening", "2026-12-01", date(2026, 12, 1)),
        ("opening", "2026年12月1日", date(2026, 12, 1)),
        ("opening", "20261201", date(2026, 12, 1)),
    ],
)
async def test_numbers_amounts_and_days_are_typed(fact: str, text: str, value: object) -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until=fact)
        assert desk.field.has_focus
        assert desk.field.value == ""
        await desk.enter(text)
        assert answers(desk)[fact] == value
        assert desk.asked != fact


async def test_ctrl_z_takes_back_the_answer_before_while_a_field_is_open() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="helpers")
        before = dict(answers(desk))
        await desk.press("ctrl+z")
        assert len(answers(desk)) == len(before) - 1


@at_both_sizes
@pytest.mark.parametrize(
    ("fact", "text", "sentence"),
    [
        ("helpers", "很多", "要写数"),
        ("helpers", "21", "不能大于 20"),
        ("helpers", "-1", "不能小于 0"),
        ("rent", "一大笔", "要写金额"),
        ("rent", "60万", "不能大于 500000"),
        ("opening", "下个月", "要写日期"),
        ("opening", "2026-02-30", "没有 30 日"),
        ("opening", "2025-12-31", "不能早于"),
        ("opening", "", "要写日期"),
    ],
)
async def test_what_cannot_be_an_answer_stays_in_the_field(
    fact: str, text: str, sentence: str, size: tuple[int, int]
) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await answer_night_stall(desk, until=fact)
        await desk.enter(text)
        assert sentence in desk.text
        assert desk.field.value == text
        assert desk.asked == fact
        assert fact not in answers(desk)


async def test_a_good_answer_takes_the_sentence_away() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="rent")
        await desk.enter("abc")
        assert "要写金额" in desk.lines[-1]
        await desk.press("backspace", "backspace", "backspace")
        await desk.enter("12000")
        assert "要写" not in desk.lines[-1]


async def test_letters_digits_space_and_arrows_belong_to_the_field() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="rent")
        await desk.press("q", "1", "left", "space", "0", "backspace", "e", "?")
        assert desk.field.value == "q e?1"
        assert desk.asked == "rent"


@pytest.mark.parametrize(("key", "closing"), [("f2", "escape"), ("f1", "f1"), ("f4", "escape")])
async def test_looking_something_up_keeps_what_is_typed(key: str, closing: str) -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="rent")
        await desk.type("1.2")
        await desk.press(key)
        assert not desk.field.has_focus
        await desk.press(closing)
        assert desk.field.has_focus
        assert desk.field.value == "1.2"
        await desk.enter("万")
        assert answers(desk)["rent"] == Decimal(12000)


async def test_nothing_typed_is_left_for_the_next_question() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="rent")
        await desk.type("99")
        await desk.press("f3")
        await desk.press("1")  # change the first answer instead
        assert "摊位打算摆在哪儿" in desk.text
        await desk.choose("街边")
        await desk.press("enter")
        assert desk.asked == "opening"
        assert desk.field.value == ""


# -- back, and changing what was said


@at_both_sizes
@pytest.mark.parametrize("key", ["left", "backspace"])
async def test_back_and_forward(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("自家院子")
        await desk.choose("玩具")
        await desk.press(key)
        assert "打算卖些什么" in desk.text
        assert "答过「玩具」" in desk.text
        await desk.press(key)
        assert "摊位打算摆在哪儿" in desk.text
        await desk.press("right", "right")
        assert "邻居都同意吗" in desk.text
        assert answers(desk) == {"spot": "yard", "goods": frozenset({"toys"})}


async def test_there_is_nothing_before_the_first_question() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("left")
        assert "这是第一问" in desk.text


async def test_where_letters_are_typed_the_keys_shown_are_those_that_work() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="helpers")
        assert "F4 方案" in desk.lines[-1]
        assert "F10 不清楚" in desk.lines[-1]
        assert "p 方案" not in desk.lines[-1]
        await desk.press("shift+tab")
        assert "打算卖些什么" in desk.text
        assert "p 方案" in desk.lines[-1]


async def test_a_typed_question_can_be_left_backwards_too() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk, until="opening")
        await desk.press("f3", "3")
        assert "请几个人帮忙" in desk.text
        await desk.press("escape")
        assert "打算哪天开张" in desk.text
        assert answers(desk)["helpers"] == Decimal(2)


@at_both_sizes
@pytest.mark.parametrize("key", ["e", "ｅ", "f3"])
async def test_any_earlier_answer_can_be_changed(key: str, size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.choose("自家院子")
        await desk.choose("吃的")
        await desk.choose("是")
        await desk.press(key)
        for words in ("改哪一个回答", "摊位", "自家院子", "卖什么", "吃的", "邻居"):
            assert words in desk.whole("left")
        await desk.press("1")
        assert "答过「自家院子」" in desk.text
        await desk.choose("街边")
        await desk.press("1")
        assert "请几个人帮忙" in desk.text  # on, where the interview stood
        assert answers(desk)["goods"] == {"food"}
        assert answers(desk)["neighbours"] is True  # kept, for he may change back
        await desk.press("f3")
        assert "先留着，现在不算" in desk.whole("left")


async def test_changing_an_answer_from_within_the_plan() -> None:
    for size in SIZES:
        async with open_desk(procedure=STALL, size=size) as desk:
            await desk.choose("街边")
            await desk.press("p", "e", "1")
            assert "摊位打算摆在哪儿" in desk.text
            await desk.press("3", "enter")
            assert answers(desk)["spot"] == "yard"
            assert "打算卖些什么" in desk.text


async def test_nothing_to_change_yet() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("e")
        assert "还没有回答" in desk.text
        await desk.press("1", "enter", "escape")
        assert "摊位打算摆在哪儿" in desk.text


@pytest.mark.parametrize("key", ["u", "ctrl+z"])
async def test_undo_goes_all_the_way_back(key: str) -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.choose("自家院子")
        await desk.choose("吃的")
        await desk.choose("不是")
        assert "[办不了]" in desk.text
        await desk.press(key)
        assert "邻居都同意吗" in desk.text
        assert "[办不了]" not in desk.text.replace("[可能 办不了]", "")
        await desk.press(key, key)
        assert answers(desk) == {}
        await desk.press(key)
        assert "没有可以撤销的了" in desk.text


# -- layers


@at_both_sizes
@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("w", "f2"), "不同的地方，先找谁不一样"),
        (("b", "f6"), "用大白话说"),
        (("r", "f7"), "登记表上没有签名"),
        (("f", "f9"), "摊位保险"),
        (("question_mark", "f1"), "中文输入法"),
    ],
)
async def test_each_layer_opens_and_closes_with_its_keys(
    keys: tuple[str, str], words: str, size: tuple[int, int]
) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        for key in keys:
            for closing in ("escape", key):
                await desk.press(key)
                assert words in desk.whole("left")
                assert "Esc 返回" in desk.lines[-1]
                await desk.press(closing)
                assert "摊位打算摆在哪儿" in desk.text


async def test_full_width_letters_are_keys_too() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("ｗ")
        assert "不同的地方" in desk.whole("left")
        await desk.press("？")
        assert "中文输入法" in desk.whole("left")


async def test_terms_are_underlined_and_explained() -> None:
    async with open_desk(procedure=STALL) as desk:
        assert desk.role("left", "备案") == {"term"}
        style = desk.pane("left").get_component_rich_style("term")
        assert style.underline
        await desk.press("b")
        assert "不用等它批准" in desk.whole("left")


async def test_notes_of_the_call() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("n")
        assert desk.field.has_focus
        await desk.enter("约了 3 点再打，q1 p")
        await desk.enter("要带老花镜")
        await desk.press("escape", "1")
        assert answers(desk) == {"spot": "street"}
        await desk.press("f5")
        assert "约了 3 点再打，q1 p" in desk.whole("left")
        assert "要带老花镜" in desk.whole("left")


async def test_the_mood_brings_words_of_tact() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("m")
        assert "着急" in desk.lines[0]
        assert "别急，一步一步来" in desk.whole("left")
        await desk.press("f8")
        assert "生气" in desk.lines[0]
        assert "先听他说完" in desk.whole("left")
        await desk.press("m", "m", "m")
        assert "来电人" not in desk.lines[0]


async def test_escape_closes_one_layer_and_loses_no_answer() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.choose("自家院子")
        await desk.choose("吃的")
        kept = answers(desk)
        for keys in (("p",), ("e",), ("p", "w"), ("left",), ("n",), ("question_mark",)):
            await desk.press(*keys, *["escape"] * len(keys))
            assert answers(desk) == kept
            assert "邻居都同意吗" in desk.text
        await desk.press("escape", "escape", "escape")
        assert answers(desk) == kept
        assert "按两次 q" in desk.text
        assert "邻居都同意吗" in desk.text


# -- the end of a call


@at_both_sizes
async def test_q_twice_ends_the_call(size: tuple[int, int]) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        await desk.press("q")
        assert "再按一次结束通话" in desk.text
        await desk.press("down", "q")  # another key in between: asked again
        assert "再按一次结束通话" in desk.text
        assert "来电人要办什么" not in desk.text
        await desk.press("q")
        assert "来电人要办什么" in desk.text


async def test_a_call_that_ended_in_the_plan_leaves_the_next_one_its_question() -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await desk.press("p", "q", "q")
        await desk.type("摆摊")
        await desk.press("enter")
        assert "摊位打算摆在哪儿" in desk.text
        await desk.press("1")
        assert answers(desk) == {"spot": "street"}


async def test_the_program_asks_before_it_is_left_in_a_call() -> None:
    async with open_desk(procedure=STALL) as desk:
        await desk.press("ctrl+q")
        assert "再按一次 Ctrl+Q" in desk.text
        await desk.press("ctrl+q")
        assert desk.app.return_code == 0


async def test_the_next_procedure_asks_nothing_twice() -> None:
    async with open_desk(procedure=STALL) as desk:
        await answer_night_stall(desk)
        await desk.press("f")
        await desk.press("1")
        assert "摊位保险" in desk.lines[0]
        assert "打算保几个月" in desk.text
        assert "自己去" in desk.whole("path")
        assert "谁去办" not in desk.whole("left")


# -- one screen, few widgets


@at_both_sizes
async def test_one_screen_and_no_new_widget_through_a_whole_interview(
    size: tuple[int, int],
) -> None:
    async with open_desk(procedure=STALL, size=size) as desk:
        screen = desk.app.screen
        widgets = list(screen.query("*"))
        await answer_night_stall(desk)
        assert desk.asked is None
        await desk.press("p", "space", "escape", "e", "1")
        await desk.choose("自家院子")
        await desk.press("q", "q")
        await desk.type("保险")
        await desk.press("enter")
        assert desk.app.screen is screen
        assert list(screen.query("*")) == widgets
        assert len(desk.app.screen_stack) == 2


# -- data is only text


@at_both_sizes
async def test_markup_and_escapes_in_data_are_only_text(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = tmp_path / "库"
    shutil.copytree(SMALL, folder)
    file = folder / "business" / "night-stall.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ('label = "街边"', 'label = "[b]街[/b]边[/] [@click=app.quit]点我"'),
        ('label = "夜市里面"', 'label = "\\u001b[31m夜市\\u001b]0;x\\u0007里面\\u202e"'),
        ('name = "摊位"', 'name = "摊\\u001b[2J位[/]"'),
        ('text = "登记表上的名字', 'text = "\\u009b2J[red]登记表上的名字'),
        ('title = "画一张摊位图"', 'title = "\\u001b]52;c;QUJD\\u0007画一张[/]摊位图"'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    catalog = folder / "catalog" / "market.toml"
    text = catalog.read_text(encoding="utf-8")
    text = text.replace('name = "夜市管理处"', 'name = "夜市\\u001b[5m管理处[/b]"', 1)
    text = text.replace('words = ["备案"]', 'words = ["备案", "\\u001b[1m登记"]', 1)
    catalog.write_text(text, encoding="utf-8")
    async with open_desk(folder, procedure=STALL, size=size) as desk:
        assert "[b]街[/b]边[/] [@click=app.quit]点我" in desk.text
        assert "夜市里面" in desk.text
        await desk.click("[@click=app.quit]")
        assert answers(desk) == {"spot": "street"}
        for keys in (("p",), ("pagedown",), ("escape", "e"), ("escape", "b"), ("escape", "w")):
            await desk.press(*keys)
            assert not any(
                ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in desk.text.replace("\n", "")
            )
            assert "\u202e" not in desk.text
        await desk.press("escape", "p", "pageup", "pageup")
        assert "画一张[/]摊位图" in desk.text


# -- more options than fit


async def test_a_question_that_opens_below_a_scrolled_one_shows_its_beginning() -> None:
    async with open_desk(procedure=STALL, size=(80, 18)) as desk:
        await desk.press("m")
        for _ in range(12):
            await desk.press("down")
        await desk.press("enter")
        assert "打算卖些什么" in desk.text


async def test_what_does_not_fit_can_be_reached_with_the_keyboard() -> None:
    async with open_desk(procedure=STALL, size=(60, 18)) as desk:
        await desk.press("m")
        await desk.press("pagedown")
        assert "一步一步来" in desk.text.replace("\n", "").replace(" ", "")


async def test_wide_and_narrow_ask_the_same() -> None:
    seen = []
    for size in (WIDE, NARROW):
        async with open_desk(procedure=STALL, size=size) as desk:
            await answer_night_stall(desk)
            seen.append(desk.session.situation)
    assert seen[0] == seen[1]
