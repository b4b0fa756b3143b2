"""From what was typed or sent to an answer, or a sentence that says what is expected."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.written import DAY, rules_of

from banzheng_tui.guide.answers import AnswerError, parse_json, parse_text

QUESTIONS = rules_of(
    """
    question = [
      { id = "yes", kind = "yesno" },
      { id = "one", kind = "choice", option = [{ id = "a", label = "甲" }, { id = "b", label = "乙" }] },
      { id = "some", kind = "choices", option = [{ id = "a" }, { id = "b" },
        { id = "none", label = "都没有", exclusive = true }] },
      { id = "area", kind = "number", min = 1, max = 500, unit = "平方米" },
      { id = "price", kind = "money" },
      { id = "born", kind = "date", max = "today" },
    ]
    """
).questions


@pytest.mark.parametrize(
    ("fact", "text", "answer"),
    [
        ("yes", "yes", True),
        ("yes", " NO ", False),
        ("yes", "是", True),
        ("yes", "不是", False),
        ("yes", "ｙｅｓ", True),
        ("one", "a", "a"),
        ("some", "a,b", frozenset("ab")),
        ("some", "a，b、a", frozenset("ab")),
        ("some", "none", frozenset({"none"})),
        ("area", "90", Decimal(90)),
        ("area", "９０．５ 平方米", Decimal("90.5")),
        ("area", "1", Decimal(1)),
        ("price", "80万", Decimal(800000)),
        ("price", "1,234.56 元", Decimal("1234.56")),
        ("price", "1，234", Decimal(1234)),
        ("born", "2026-11-23", DAY),
        ("born", "2026年1月2日", date(2026, 1, 2)),
        ("born", "2026/1/2", date(2026, 1, 2)),
        ("born", "20260102", date(2026, 1, 2)),
        ("born", "２０２６。１。２", date(2026, 1, 2)),
    ],
)
def test_text_that_answers(fact: str, text: str, answer: Any) -> None:
    assert parse_text(QUESTIONS[fact], text, DAY) == answer


@pytest.mark.parametrize(
    ("fact", "text", "says"),
    [
        ("yes", "maybe", "请答 yes 或 no"),
        ("one", "c", "a（甲）"),
        ("some", "", "至少选一项"),
        ("some", "a,none", "都没有"),
        ("some", "a,x", "没有「x」"),
        ("area", "0", "不能小于 1平方米"),
        ("area", "501", "不能大于 500平方米"),
        ("area", "many", "单位平方米"),
        ("area", "1e5", "要写数"),
        ("price", "-1", "不能小于 0元"),
        ("price", "9" * 13, "太大"),
        ("born", "2026-02-30", "没有 30 日"),
        ("born", "2026-11-24", "不能晚于 2026-11-23"),
        ("born", "tomorrow", "年-月-日"),
        ("born", "0000-01-01", "写错"),
    ],
)
def test_text_that_does_not(fact: str, text: str, says: str) -> None:
    with pytest.raises(AnswerError, match=says):
        parse_text(QUESTIONS[fact], text, DAY)


@pytest.mark.parametrize(
    ("fact", "value", "answer"),
    [
        ("yes", True, True),
        ("yes", "no", False),
        ("one", "b", "b"),
        ("some", ["a", "b"], frozenset("ab")),
        ("some", "a", frozenset("a")),
        ("area", 90, Decimal(90)),
        ("area", 90.5, Decimal("90.5")),
        ("area", "90", Decimal(90)),
        ("born", "2026-01-02", date(2026, 1, 2)),
        ("born", date(2026, 1, 2), date(2026, 1, 2)),
    ],
)
def test_json_that_answers(fact: str, value: Any, answer: Any) -> None:
    assert parse_json(QUESTIONS[fact], value, DAY) == answer


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("yes", 1),
        ("yes", ["yes"]),
        ("one", True),
        ("one", 1),
        ("one", ["a"]),
        ("some", []),
        ("some", ["a", 1]),
        ("some", [["a"]]),
        ("area", True),
        ("area", {"value": 3}),
        ("area", float("nan")),
        ("area", float("inf")),
        ("area", 10**400),
        ("price", 1e12),
        ("born", 20260102),
        ("born", None),
    ],
)
def test_json_that_does_not(fact: str, value: Any) -> None:
    with pytest.raises(AnswerError):
        parse_json(QUESTIONS[fact], value, DAY)


@given(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=12))
def test_any_text_is_an_answer_or_a_sentence(fact: str, text: str) -> None:
    assert_answer_or_sentence(parse_text, fact, text)


def assert_answer_or_sentence(parse: Callable[..., Any], fact: str, given: Any) -> None:
    said = "an answer"
    try:
        parse(QUESTIONS[fact], given, DAY)
    except AnswerError as error:
        said = str(error)
    assert said


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(st.sampled_from(sorted(QUESTIONS)), json_values)
def test_any_json_value_is_an_answer_or_a_sentence(fact: str, value: Any) -> None:
    assert_answer_or_sentence(parse_json, fact, value)
