"""Rows: wrapped as Chinese is, never wider than the pane, data shown as it is written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from banzheng_tui.tui.glyphs import FULL, PLAIN, Glyphs
from banzheng_tui.tui.rows import BLANK, Row, Writer, plain, select, targets, term_pattern
from banzheng_tui.tui.text import NO_START, cell_width

prose = st.text(st.sampled_from("办证户口簿身份，。、；：“”（）《》—…·a1 "), max_size=120)
leads = st.sampled_from(["", "  1  ", "[不可撤回] ", "为什么问  ", "• "])
glyph_sets = st.sampled_from([FULL, PLAIN])
EVIL = "\x1b[31m红\x1b]0;标题\x07字\x9b2J\u202e"


@given(prose, leads, st.integers(20, 60), st.one_of(st.none(), st.integers(0, 8)), glyph_sets)
def test_no_row_is_wider_than_the_pane(
    text: str, lead: str, width: int, hang: int | None, glyphs: Glyphs
) -> None:
    for row in Writer(width, glyphs).paragraph(text, first=[("key", lead)], hang=hang):
        assert cell_width(row.text) <= width


@given(prose, leads, st.integers(20, 60), st.one_of(st.none(), st.integers(0, 8)))
@example(text=" 《、）））", lead="[不可撤回] ", width=20, hang=0)
def test_a_paragraph_loses_nothing(text: str, lead: str, width: int, hang: int | None) -> None:
    rows = Writer(width, FULL).paragraph(text, first=[("key", lead)], hang=hang)
    shown = "".join(row.text for row in rows).replace(" ", "")
    assert shown == (lead + text).replace(" ", "")


@pytest.mark.parametrize("width", range(20, 60))
@pytest.mark.parametrize("hang", [None, 2])
def test_no_later_line_begins_with_a_mark(width: int, hang: int | None) -> None:
    text = "先核对《出生医学证明》上的姓名、性别，是不是最终定下的；录入以后再改……要按变更办。" * 3
    rows = list(Writer(width, FULL).paragraph(text, first=[("danger", "[不可撤回] ")], hang=hang))
    assert len(rows) > 2
    for row in rows[1:]:
        assert row.text.strip()[0] not in NO_START


def test_later_lines_hang_below_the_text_or_as_told() -> None:
    writer = Writer(20, FULL)
    below = list(writer.paragraph("一二三四五六七八九十", first=[("key", "  1  ")]))
    assert below[1].text.startswith(" " * 5)
    inset = list(writer.paragraph("一二三四五六七八九十", first=[("key", "  1  ")], hang=2))
    assert inset[1].text.startswith("  ")
    assert not inset[1].text.startswith("   ")


def test_every_line_of_a_paragraph_can_be_clicked() -> None:
    rows = list(Writer(10, FULL).paragraph("一二三四五六七八九十", target="option:a"))
    assert len(rows) == 2
    assert targets(rows) == ["option:a"]
    assert all(row.selected for row in select(rows, "option:a"))
    assert not any(row.selected for row in select(rows, None))


def test_terms_are_set_apart_the_longest_first() -> None:
    writer = Writer(40, FULL, terms=term_pattern(("备案", "备案表")))
    [row] = writer.paragraph("先备案，再交备案表。")
    assert [text for role, text in row.spans if role == "term"] == ["备案", "备案表"]
    assert row.text == "先备案，再交备案表。"


@pytest.mark.parametrize(
    "markup", ["[/]", "[b]粗[/b]", "[@click=app.quit]点[/]", "$primary", "\\["]
)
def test_markup_is_only_text(markup: str) -> None:
    [row] = Writer(60, FULL).paragraph(markup)
    assert row.text == markup
    assert Writer(60, FULL).line(("text", markup)).text == markup
    assert plain(markup).text == markup


def test_no_control_character_comes_through_any_door() -> None:
    writer = Writer(60, FULL)
    rows = [
        *writer.paragraph(EVIL),
        *writer.paragraph("字", first=[("key", EVIL)]),
        writer.line(("text", EVIL)),
        writer.heading(EVIL, EVIL),
        writer.spread([("text", EVIL)], [("muted", EVIL)]),
        plain(EVIL),
    ]
    for row in rows:
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in row.text), row
        assert "\u202e" not in row.text


@given(prose, prose, st.integers(20, 60), glyph_sets)
def test_one_line_stays_one_line(left: str, right: str, width: int, glyphs: Glyphs) -> None:
    writer = Writer(width, glyphs)
    assert cell_width(writer.line(("text", left), ("muted", right)).text) <= width
    assert cell_width(writer.heading(left, right).text) <= width
    assert cell_width(writer.spread([("text", left)], [("muted", right[:4])]).text) <= width


def test_the_left_of_a_spread_gives_way() -> None:
    row = Writer(20, FULL).spread([("text", "很长很长很长很长的标题")], [("muted", "通话 00:00")])
    assert row.text.endswith("通话 00:00")
    assert "…" in row.text
    assert cell_width(row.text) <= 20


def test_a_heading_fills_the_line() -> None:
    assert cell_width(Writer(30, FULL).heading("材料", "一定要 2").text) == 30
    assert Writer(30, PLAIN).heading("材料").text.endswith("-")


def test_targets_come_once_and_in_order() -> None:
    rows = [Row((), "b"), BLANK, Row((), "a"), Row((), "b")]
    assert targets(rows) == ["b", "a"]
