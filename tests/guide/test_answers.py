"""From what was typed or sent to an answer, or a sentence that says what is expected."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.written import DAY, rules_of

from banzheng_tui.guide.answers import LARGEST, AnswerError, parse_json, parse_text
from banzheng_tui.guide.wording import answer_text
from banzheng_tui.tui.text import cell_width

QUESTIONS = rules_of(
    """
    question = [
      { id = "yes", kind = "yesno" },
      { id = "one", kind = "choice", option = [{ id = "a", label = "甲" }, { id = "b", label = "乙" }] },
      { id = "some", kind = "choices", option = [{ id = "a" }, { id = "b" },
        { id = "none", label = "都没有", exclusive = true }] },
      { id = "area", kind = "number", min = 1, max = 500, unit = "平方米" },
      { id = "people", kind = "number", min = 0, unit = "人" },
      { id = "worth", kind = "number", unit = "万元" },
      { id = "degrees", kind = "number", max = 40 },
      { id = "price", kind = "money" },
      { id = "rent", kind = "money", min = "1000 元", max = "500000 元" },
      { id = "born", kind = "date", max = "today" },
      { id = "opening", kind = "date", min = 2026-12-01, max = 2027-12-31 },
      { id = "old", kind = "date", min = 1800-01-01 },
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
        ("area", "3.5平米", Decimal("3.5")),
        ("area", "90 m2", Decimal(90)),
        ("area", "90㎡", Decimal(90)),
        ("area", "1", Decimal(1)),
        ("people", "12人", Decimal(12)),
        ("people", "3 个人", Decimal(3)),
        ("people", "3个", Decimal(3)),
        ("people", "2.0", Decimal(2)),
        ("worth", "80万", Decimal(80)),
        ("degrees", "-5", Decimal(-5)),
        ("degrees", "−5", Decimal(-5)),
        ("degrees", "负5", Decimal(-5)),
        ("degrees", "-0", Decimal(0)),
        ("price", "80万", Decimal(800000)),
        ("price", "８０ 万元", Decimal(800000)),
        ("price", "1.2亿", Decimal(120000000)),
        ("price", "1亿2千万", Decimal(120000000)),
        ("price", "3百万", Decimal(3000000)),
        ("price", "80万5千", Decimal(805000)),
        ("price", "80万5000", Decimal(805000)),
        ("price", "80万0500", Decimal(800500)),
        ("price", "1,234.56 元", Decimal("1234.56")),
        ("price", "1，234", Decimal(1234)),
        ("price", "1,200,000", Decimal(1200000)),
        ("price", "1， 200， 000", Decimal(1200000)),
        ("price", "1'200'000", Decimal(1200000)),
        ("price", "1\u2019200\u2019000", Decimal(1200000)),
        ("price", "1 200 000", Decimal(1200000)),
        ("price", "1\u202f200\u00a0000", Decimal(1200000)),
        ("price", "800块", Decimal(800)),
        ("price", "800块钱", Decimal(800)),
        ("price", "¥800", Decimal(800)),
        ("price", "￥ 8,000 元", Decimal(8000)),
        ("price", "RMB 5000", Decimal(5000)),
        ("price", "5000rmb", Decimal(5000)),
        ("price", "0.05", Decimal("0.05")),
        ("price", "1.500", Decimal("1.5")),
        ("price", "0", Decimal(0)),
        ("born", "2026-11-23", DAY),
        ("born", "2026年1月2日", date(2026, 1, 2)),
        ("born", "2026/1/2", date(2026, 1, 2)),
        ("born", "20260102", date(2026, 1, 2)),
        ("born", "２０２６。１。２", date(2026, 1, 2)),
        ("born", "2026 年 1 月 2 号", date(2026, 1, 2)),
        ("born", "2026－01—02", date(2026, 1, 2)),
        ("born", "1900-01-01", date(1900, 1, 1)),
        ("old", "1850-01-01", date(1850, 1, 1)),
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
        ("one", "c" * 99, "没有「c{20}…」"),
        ("area", "0", "不能小于 1 平方米，要写 1 到 500 的数，如 12$"),
        ("area", "501", "不能大于 500 平方米，要写 1 到 500 的数，如 12$"),
        ("area", "many", "要写数，1 到 500 平方米，如 12$"),
        ("area", "1e5", "要写数"),
        ("area", "80-90", "要写数"),
        ("area", "1.2.3", "要写数"),
        ("area", "12岁", "单位是「平方米」，不是「岁」，如 12$"),
        ("people", "12 平方米", "单位是「人」，不是「平方米」，如 12$"),
        ("people", "800元", "单位是「人」，不是「元」"),
        ("people", "2.5", "要写整数，如 12$"),
        ("people", "三个人", "请用数字写，如 12$"),
        ("people", "-1", "不能小于 0 人，要写 0 或更大的数"),
        ("people", "1，2，3", "连着写，或者每三位隔一个逗号，如 12$"),
        ("people", "1万2", "分不清是 12000 还是 10002，请写全，如 12$"),
        ("people", "1.1234567", "要写整数"),
        ("degrees", "3人", "只写数，不用写单位，如 12$"),
        ("degrees", "41", "不能大于 40，要写 40 或更小的数"),
        ("degrees", "1.1234567", "小数点后最多写六位"),
        ("price", "", "要写金额，单位元，如 800000 或 80万$"),
        ("price", "-1", "不能小于 0 元，要写 0 或更大的金额，如 80万$"),
        ("price", "9" * 13, "太大了，看看是不是多打了几个 0，如 800000 或 80万$"),
        ("price", "1000000亿", "太大"),
        ("price", "0.005 元", "钱最多写到分"),
        ("price", "0.0000001万", "钱最多写到分"),
        ("price", "八十万", "请用数字写，如 800000 或 80万$"),
        ("price", "一大笔", "要写金额"),
        ("price", "80万左右", "要写金额"),
        ("price", "100美元", "单位是「元」，不是「美元」"),
        ("price", "80万5", "分不清是 805000 还是 800005"),
        ("price", "80万50千", "请把数写全"),
        ("price", "1.2万5千", "请把数写全"),
        ("price", "9" * 99 + "万5", "请把数写全，如 800000 或 80万$"),
        ("price", "1,2,3", "每三位隔一个逗号，如 800000"),
        ("price", "1,2345", "每三位隔一个逗号"),
        ("price", "1,200'000", "每三位隔一个逗号"),
        ("price", "12 34", "每三位隔一个逗号"),
        ("rent", "60万", "不能大于 500000 元，要写 1000 到 500000 的金额，如 50万$"),
        ("rent", "很多", "要写金额，1000 到 500000 元，如 500000 或 50万$"),
        ("born", "2026-02-30", "2026 年 2 月没有 30 日，这个月是 1 到 28 日，如 2026-11-23$"),
        ("born", "2024/2/30", "1 到 29 日"),
        ("born", "2026-01-00", "1 月没有 0 日"),
        ("born", "2026-13-01", "没有 13 月，一年是 1 到 12 月，如 2026-11-23$"),
        ("born", "2026-11-24", "不能晚于 2026-11-23，要写这一天或更早的日期$"),
        ("born", "1899-12-31", "年份太早了"),
        ("born", "tomorrow", "要写日期，年-月-日，如 2026-11-23$"),
        ("born", "0000-01-01", "写错"),
        ("born", "26-11-23", "年份要写四位，如 2026-11-23$"),
        ("born", "26年11月23日", "年份要写四位"),
        ("born", "11-23", "请写上年份，如 2026-11-23$"),
        ("born", "11月23日", "请写上年份"),
        ("born", "23/11/2026", "年份要写在最前面"),
        ("born", "2026-11", "年、月、日都要写全"),
        ("born", "2026年11月", "年、月、日都要写全"),
        ("born", "261123", "年、月、日都要写全"),
        ("born", "二〇二六年一月二日", "请用数字写，如 2026-11-23$"),
        ("opening", "2026-11-30", "不能早于 2026-12-01，要写 2026-12-01 到 2027-12-31 的日期$"),
        ("opening", "后天", "如 2026-12-01$"),
        ("old", "2999-01-01", "年份太晚了"),
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
        ("degrees", -0.0, Decimal(0)),
        ("price", Decimal("1.5E+3"), Decimal(1500)),
        ("price", "80万", Decimal(800000)),
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
        ("area", Decimal("1E+999999999")),
        ("degrees", Decimal("-1E+999999999")),
        ("degrees", Decimal("1E-999999999")),
        ("price", Decimal("1E-999999999")),
        ("price", Decimal("0.005")),
        ("price", Decimal("sNaN")),
        ("price", 1e12),
        ("people", 2.5),
        ("born", datetime(2026, 1, 2)),
        ("born", 20260102),
        ("born", None),
    ],
)
def test_json_that_does_not(fact: str, value: Any) -> None:
    with pytest.raises(AnswerError):
        parse_json(QUESTIONS[fact], value, DAY)


facts = st.sampled_from(sorted(QUESTIONS))
nearly = st.lists(
    st.sampled_from([*"0123456789０１,，.'’ 　-−负¥/万亿千百年月日元块人", "平方米", "2026", "11"]),
    max_size=12,
).map("".join)
texts = st.text(max_size=12) | nearly


@given(facts, texts)
def test_any_text_is_an_answer_or_a_sentence(fact: str, text: str) -> None:
    assert_answer_or_sentence(parse_text, fact, text)


def assert_answer_or_sentence(parse: Callable[..., Any], fact: str, given: Any) -> None:
    """An answer within bounds that reads back from its own words, or one line that fits a desk."""
    question = QUESTIONS[fact]
    try:
        answer = parse(question, given, DAY)
    except AnswerError as error:
        said = str(error)
        assert said
        assert "\n" not in said
        assert "非法" not in said
        assert question.options or cell_width(said) <= 78, said
        for example in filter(None, said.partition("，如 ")[2].split(" 或 ")):
            parse_text(question, example, DAY)  # what a sentence proposes is accepted
        return
    if question.options or question.kind == "yesno":
        return
    low, high = (DAY if bound == "today" else bound for bound in (question.min, question.max))
    assert low is None or answer >= low
    assert high is None or answer <= high
    assert not isinstance(answer, Decimal) or abs(answer) < LARGEST
    assert "E" not in str(answer)
    assert parse_text(question, answer_text(question, answer), DAY) == answer


@given(st.decimals(0, LARGEST - 1, places=2))
def test_an_amount_reads_back_from_the_words_that_show_it(amount: Decimal) -> None:
    price = QUESTIONS["price"]
    assert parse_text(price, answer_text(price, amount), DAY) == amount


@given(st.dates(date(1900, 1, 1), DAY))
def test_a_day_reads_back_from_the_words_that_show_it(day: date) -> None:
    born = QUESTIONS["born"]
    assert parse_text(born, answer_text(born, day), DAY) == day
    assert parse_text(born, f"{day:%Y%m%d}", DAY) == day


def test_the_longest_sentence_fits_a_line_of_80_columns() -> None:
    far = f"{LARGEST - 1:f} 元"
    price = rules_of(
        f'question = [{{ id = "x", kind = "money", min = "1000 元", max = "{far}" }}]'
    ).questions["x"]
    for text in ("", "0", "9" * 15, "1亿2345", "0.001", "1,2", "12岁", "八十万"):
        with pytest.raises(AnswerError) as refused:
            parse_text(price, text, DAY)
        assert cell_width(str(refused.value)) <= 78


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(facts, json_values)
def test_any_json_value_is_an_answer_or_a_sentence(fact: str, value: Any) -> None:
    assert_answer_or_sentence(parse_json, fact, value)
