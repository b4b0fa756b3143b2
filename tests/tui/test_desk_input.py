"""What cannot be an answer: the sentence is read whole, and what was typed is still there."""

from __future__ import annotations

import pytest
from support.desk import NARROW, answer_night_stall, open_desk

STALL = "night-stall"
REFUSED = [
    ("helpers", "三个人", "请用数字写，如 12"),
    ("helpers", "12 平方米", "这一问的单位是「人」，不是「平方米」，如 12"),
    ("helpers", "2.5人", "要写整数，如 12"),
    ("helpers", "２１", "不能大于 20 人，要写 0 到 20 的数，如 12"),
    ("helpers", "-1", "不能小于 0 人，要写 0 到 20 的数，如 12"),
    ("helpers", "几个", "要写数，0 到 20 人，如 12"),
    ("rent", "1万2", "分不清是 12000 还是 10002，请写全，如 500000 或 50万"),
    ("rent", "1,2,3", "数字要连着写，或者每三位隔一个逗号，如 500000 或 50万"),
    ("rent", "0.005元", "钱最多写到分，小数点后最多两位，如 500000 或 50万"),
    ("rent", "99亿", "不能大于 500000 元，要写 0 到 500000 的金额，如 50万"),
    ("opening", "2026/2/30", "2026 年 2 月没有 30 日，这个月是 1 到 28 日，如 2026-11-23"),
    ("opening", "26-11-23", "年份要写四位，如 2026-11-23"),
    ("opening", "11-23", "请写上年份，如 2026-11-23"),
    ("opening", "2026-13-01", "没有 13 月，一年是 1 到 12 月，如 2026-11-23"),
    ("opening", "2025-12-31", "不能早于 2026-01-01，要写这一天或更晚的日期"),
    ("opening", "2999-01-01", "这个年份太晚了，看看是不是写错了，如 2026-11-23"),
]


@pytest.mark.parametrize(("fact", "text", "sentence"), REFUSED)
async def test_the_sentence_stands_whole_in_a_narrow_window_and_the_text_stays(
    fact: str, text: str, sentence: str
) -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await answer_night_stall(desk, until=fact)
        await desk.enter(text)
        assert desk.lines[-1].strip() == sentence
        assert any(text in line for line in desk.lines[:-1])
        assert desk.asked == fact


@pytest.mark.parametrize("key", ["up", "down", "pageup", "f1", "f2", "escape", "ctrl+l", "ctrl+y"])
async def test_the_next_key_does_not_lose_what_was_typed(key: str) -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await answer_night_stall(desk, until="rent")
        await desk.enter("1万2")
        await desk.press(key)
        if key in ("f1", "f2", "ctrl+l"):  # something lies over the question
            await desk.press("escape")
        assert desk.field.value == "1万2"
        assert desk.asked == "rent"


async def test_what_was_refused_is_mended_in_place() -> None:
    async with open_desk(procedure=STALL, size=NARROW) as desk:
        await answer_night_stall(desk, until="rent")
        await desk.enter("1万2")
        assert "分不清" in desk.lines[-1]
        await desk.enter("千")
        assert desk.session.situation.answers["rent"] == 12000
        assert "分不清" not in desk.text
