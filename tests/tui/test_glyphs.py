"""The plain set holds nothing whose width a terminal may disagree about."""

from __future__ import annotations

import dataclasses
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzheng_tui.tui.glyphs import FULL, PLAIN, Glyphs, glyphs_named
from banzheng_tui.tui.text import cell_width

CORPUS = (
    "“出生”——‘医学’……①②⑳·※★☆●○■□▲◆→←×÷±℃√§°≤≥Ⅳ½㎡—–•",
    "┌─┐│█▓ é α Ж \ufffd \ue000",
    "《》【】「」（），。：；、￥✓✗☐☑⚠⏎",
)


def ambiguous(text: str) -> list[str]:
    return [char for char in text if unicodedata.east_asian_width(char) == "A"]


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(Glyphs)])
def test_plain_marks_are_never_ambiguous(field: str) -> None:
    assert ambiguous(getattr(PLAIN, field)) == []


@pytest.mark.parametrize("text", CORPUS)
def test_translated_data_is_never_ambiguous(text: str) -> None:
    assert ambiguous(PLAIN.translate(text)) == []


def test_no_character_of_unicode_comes_through_ambiguous() -> None:
    every = "".join(map(chr, range(0xD800))) + "".join(map(chr, range(0xE000, sys.maxunicode + 1)))
    assert ambiguous(PLAIN.translate(every)) == []


@given(st.text(st.sampled_from("办证户口簿abc123，。（）《》")))
def test_safe_text_stays_as_it_is(text: str) -> None:
    assert PLAIN.translate(text) == text


def test_translation_reads_well() -> None:
    assert PLAIN.translate("“好”——等等……①→②") == "「好」--等等......(1)->(2)"
    assert PLAIN.translate("é Ⅳ 20℃") == "e IV 20C"


def test_the_full_set_shows_data_as_it_is() -> None:
    assert FULL.translate("“好”——①") == "“好”——①"


def test_boxes_and_lines_keep_columns_straight() -> None:
    for glyphs in (FULL, PLAIN):
        boxes = {cell_width(box) for box in (glyphs.checked, glyphs.unchecked, glyphs.undecided)}
        assert len(boxes) == 1
        assert cell_width(glyphs.vertical) == cell_width(glyphs.horizontal) == 1
        marks = (glyphs.current, glyphs.next, glyphs.done, glyphs.possible, glyphs.pointer)
        assert {cell_width(mark) for mark in marks} == {1}


def test_sets_are_found_by_name() -> None:
    assert glyphs_named("full") is FULL
    assert glyphs_named("plain") is PLAIN
    assert PLAIN.plain
    assert not FULL.plain
