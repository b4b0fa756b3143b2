"""Chinese lines break as Chinese does, and data never drives the terminal."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzheng_tui.tui.text import NO_END, NO_START, cell_width, clean, crop, pad, wrap

SENTENCE = (
    "申请人应当携带身份证、户口簿原件和复印件，到落户地派出所（窗口）申报……不要忘记"
    "《出生医学证明》——姓名以后再改要按变更姓名办理，费用为1,000.50元(约3.5%)。"
)
anything = st.text(st.characters(codec="utf-8") | st.sampled_from("，。“”（）《》—… a1.,\n"))
closers = st.text(st.sampled_from("，。、；：？！）》」』”"), max_size=2)
words = st.one_of(
    st.text(st.sampled_from("办证户口簿身份的了在"), min_size=1, max_size=6),
    st.sampled_from(
        ["《出生医学证明》", "（国）", "“好”", "3.5%", "2026-11-23", "查——", "等……", "了 "]
    ),
)
# A line of ten cells has room for a bracket, a character and the two marks that may follow it.
prose = st.lists(st.tuples(words, closers)).map(
    lambda parts: "".join(word + marks for word, marks in parts)
)


def squeezed(text: str) -> str:
    return clean(text).replace("\n", "").replace(" ", "").replace("\u3000", "")


@given(anything, st.integers(2, 60))
def test_every_line_fits(text: str, width: int) -> None:
    assert all(cell_width(line) <= width for line in wrap(text, width))


@given(anything, st.integers(2, 60))
def test_nothing_is_lost_but_spaces_at_breaks(text: str, width: int) -> None:
    assert squeezed("".join(wrap(text, width))) == squeezed(text)


@given(anything, st.integers(2, 60))
def test_wrapping_again_changes_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert wrap("\n".join(lines), width) == lines


@given(prose, st.integers(10, 60))
def test_no_closing_mark_begins_a_line_and_no_opening_mark_ends_one(text: str, width: int) -> None:
    lines = wrap(text, width)
    for before, after in pairwise(lines):
        assert after[0] not in NO_START, lines
        assert before[-1] not in NO_END, lines


@given(st.text(st.sampled_from("办证户口簿"), min_size=1), st.integers(6, 60), closers)
def test_hanging_marks_pull_a_character_down(text: str, width: int, marks: str) -> None:
    last = wrap(text + marks, width)[-1]
    assert last[0] not in NO_START


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("请携带身份证、户口簿", 12, ["请携带身份", "证、户口簿"]),
        ("请到（窗口）办", 6, ["请到", "（窗", "口）办"]),
        ("改名要慎重……再想想", 12, ["改名要慎重……", "再想想"]),
        ("改名要慎重……再想想", 11, ["改名要慎", "重……再想想"]),
        ("先核对——再申报", 7, ["先核", "对——再", "申报"]),
        ("费用3,000.50元", 10, ["费用", "3,000.50元"]),
        ("《出生医学证明》", 8, ["《出生医", "学证明》"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("go to window", 7, ["go to", "window"]),
        ("第一行\n\n第三行", 10, ["第一行", "", "第三行"]),
        ("  缩进保留", 20, ["  缩进保留"]),
        ("身份证 ，户口簿", 6, ["身份", "证 ，", "户口簿"]),
        ("，。，。，。", 4, ["，。", "，。", "，。"]),
        ("", 10, [""]),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@pytest.mark.parametrize("width", range(6, 80))
def test_a_real_sentence_keeps_pairs_whole(width: int) -> None:
    lines = wrap(SENTENCE, width)
    assert "".join(lines) == SENTENCE
    assert sum(line.count("——") + line.count("……") for line in lines) == 2
    assert all(line[0] not in NO_START for line in lines)


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("\x1b[31m红\x1b[0m", "红"),
        ("\x1b]0;标题\x07正文", "正文"),
        ("\x1b]52;c;QUJD\x1b\\正文", "正文"),
        ("\x9b31m红", "红"),
        ("未完\x1b]0;下一行\n还在", "未完\n还在"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("甲\t乙", "甲 乙"),
        ("\u202e倒\u2066过\u200b来\ufeff", "倒过来"),
        ("注意⚠\ufe0f", "注意⚠"),
        ("坏\udcff字", "坏?字"),
        ("[/] [@click=app.quit] [red]", "[/] [@click=app.quit] [red]"),
    ],
)
def test_clean(raw: str, seen: str) -> None:
    assert clean(raw) == seen


@given(st.text())
def test_clean_leaves_no_control_character(text: str) -> None:
    seen = clean(text)
    assert clean(seen) == seen
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in seen)


@given(anything, st.integers(0, 40))
def test_crop_and_pad_keep_to_the_width(text: str, width: int) -> None:
    assert cell_width(crop(text, width)) <= width
    assert cell_width(pad(text, width)) == width
    assert "\n" not in pad(text, width)


def test_crop_marks_the_cut_and_never_halves_a_character() -> None:
    assert crop("出生医学证明", 7) == "出生医…"
    assert crop("出生医学证明", 6) == "出生…"
    assert crop("出生医学证明", 7, "..") == "出生.."
    assert crop("出生", 4) == "出生"
    assert pad("出生", 3) == "出 "
