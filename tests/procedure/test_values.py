"""The small written forms: ids, money, rates, times; and conditions as an author writes them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from banzheng_tui.procedure import condition as conditions
from banzheng_tui.procedure.condition import (
    ALWAYS,
    AllOf,
    AnyOf,
    Chosen,
    InSet,
    NoneOf,
    OneOf,
    Ref,
    Within,
    names,
    parse,
)
from banzheng_tui.procedure.values import (
    DefinitionError,
    Duration,
    parse_duration,
    parse_id,
    parse_money,
    parse_number,
    parse_rate,
)


@pytest.mark.parametrize("text", ["a", "birth-place", "r2-d2", "x1"])
def test_an_id(text: str) -> None:
    assert parse_id(text) == text


@pytest.mark.parametrize("text", ["", "A", "1a", "a_b", "a-", "-a", "a--b", "户口", "a b", "a\n"])
def test_no_id(text: str) -> None:
    with pytest.raises(DefinitionError):
        parse_id(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("80 元", 80),
        ("80元", 80),
        ("0.5 元", Decimal("0.5")),
        ("30 万元", 300000),
        ("1.5万元", 15000),
        ("1.5%", Decimal("0.015")),
        ("100 %", 1),
        ("80", None),
        ("-5 元", None),
        ("八十元", None),
        ("80 元/月", None),
        ("1,000 元", None),
        ("", None),
    ],
)
def test_money_and_rates(text: str, number: Any) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("parse_text", [parse_money, parse_rate, parse_duration])
@pytest.mark.parametrize(
    "text", ["", "x", "80", "12 天", "1 周", "-1 元", "30工 作日", "9" * 40 + " 元"]
)
def test_a_mistake_says_what_and_how_to_mend_it(parse_text: Any, text: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_text(text)
    assert str(caught.value)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("30 工作日", 30, "工作日"),
        ("20日", 20, "日"),
        ("3 个月", 3, "个月"),
        ("1 年", 1, "年"),
        ("2 小时", 2, "小时"),
        ("8 工作小时", 8, "工作小时"),
        ("当场", 0, "当场"),
    ],
)
def test_a_duration_keeps_its_unit(text: str, amount: int, unit: str) -> None:
    assert parse_duration(text) == Duration(amount, unit)
    assert parse_duration(str(Duration(amount, unit))) == Duration(amount, unit)


def condition(written: str) -> Any:
    return parse(tomli.loads(f"when = {written}", parse_float=Decimal)["when"])


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ('{ a = "x" }', OneOf("a", ("x",))),
        ('{ a = ["x", "y"] }', OneOf("a", ("x", "y"))),
        ("{ a = true }", OneOf("a", (True,))),
        ("{ a = 3 }", OneOf("a", (Decimal(3),))),
        ("{ a = 2026-11-23 }", OneOf("a", (date(2026, 11, 23),))),
        ('{ a = "x", b = "y" }', AllOf((OneOf("a", ("x",)), OneOf("b", ("y",))))),
        ('{ any = [{ a = "x" }, { b = "y" }] }', AnyOf((OneOf("a", ("x",)), OneOf("b", ("y",))))),
        ('{ none = [{ a = "x" }] }', NoneOf((OneOf("a", ("x",)),))),
        ("{ a = { over = 1, at_most = 2.5 } }",
         Within("a", (("over", Decimal(1)), ("at_most", Decimal("2.5"))))),
        ('{ a = { under = "30 万元" } }', Within("a", (("under", Decimal(300000)),))),
        ('{ a = { at_least = "b.c" } }', Within("a", (("at_least", Ref("b.c")),))),
        ('{ a = { only = ["x"] } }', Chosen("a", ("x",), exact=False)),
        ('{ a = { exactly = ["x", "y"] } }', Chosen("a", ("x", "y"), exact=True)),
        ('{ a = { in = "set" } }', InSet("a", "set")),
    ],
)  # fmt: skip
def test_a_condition_becomes_a_tree(written: str, tree: Any) -> None:
    assert condition(written) == tree


@pytest.mark.parametrize(
    "written",
    [
        '"a"', "[]", "{}", "{ a = [] }", "{ a = {} }", "{ any = [] }", "{ any = { a = true } }",
        "{ any = [1] }", "{ a = { over = 1, only = [] } }", "{ a = { more_than = 3 } }",
        '{ a = { only = "x" } }', "{ a = { only = [1] } }", "{ a = { in = 3 } }",
        "{ a = { over = true } }", "{ a = [[1]] }", "{ a = 12:00:00 }", "{ a = nan }",
        "{ a = 2026-11-23T10:00:00 }", "{ a = 1e300 }", "{ a = { over = inf } }",
        '{ none = [{ any = [{ a = { over = [1] } }] }] }',
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused_with_a_way_to_mend_it(written: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        condition(written)
    assert caught.value.mend


def test_a_condition_tells_all_names_it_looks_at() -> None:
    found = condition('{ a = "x", none = [{ b = { over = "c.d" } }, { any = [{ e = true }] }] }')
    assert list(names(found)) == ["a", "b", "c.d", "e"]
    assert len(list(conditions.tests(found))) == 3
    assert not list(names(ALWAYS))


toml_values = st.recursive(
    st.booleans() | st.integers() | st.decimals() | st.text(max_size=4) | st.dates() | st.times(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "any", "all", "none", "over", "only", "in"]), inner)
    ),
    max_leaves=6,
)


@given(toml_values)
def test_anything_is_a_condition_or_a_mistake(raw: Any) -> None:
    try:
        list(names(parse(raw)))
    except DefinitionError as mistake:
        assert mistake.mend  # noqa: PT017
