"""Alternatives and what is worked out from them: spans of days, sums, quotients, floors."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzheng_tui.guide import arithmetic
from banzheng_tui.guide.possible import ABSENT, INFINITY, Span, ends, span

D = Decimal


@pytest.mark.parametrize(
    ("unit", "start", "end", "count"),
    [
        ("days", date(2026, 2, 28), date(2026, 3, 1), 1),
        ("days", date(2024, 2, 28), date(2024, 3, 1), 2),
        ("days", date(2026, 3, 1), date(2026, 2, 28), -1),
        ("months", date(2026, 1, 15), date(2026, 2, 14), 0),
        ("months", date(2026, 1, 15), date(2026, 2, 15), 1),
        # 民法典第二百零二条: no such day in the month, so its last day
        ("months", date(2026, 1, 31), date(2026, 2, 28), 1),
        ("months", date(2024, 1, 31), date(2024, 2, 28), 0),
        ("months", date(2024, 1, 31), date(2024, 2, 29), 1),
        ("months", date(2026, 3, 31), date(2026, 4, 30), 1),
        ("months", date(2026, 2, 28), date(2026, 3, 27), 0),
        ("months", date(2026, 2, 28), date(2026, 3, 28), 1),
        ("months", date(2026, 3, 15), date(2026, 1, 15), -2),
        ("years", date(2020, 2, 29), date(2021, 2, 28), 1),
        ("years", date(2020, 2, 29), date(2024, 2, 28), 3),
        ("years", date(2020, 2, 29), date(2024, 2, 29), 4),
        ("years", date(2008, 11, 24), date(2026, 11, 23), 17),
        ("years", date(2008, 11, 23), date(2026, 11, 23), 18),
        ("years", date(2026, 11, 23), date(2008, 11, 24), -17),
    ],
)
def test_time_between_two_days(unit: str, start: date, end: date, count: int) -> None:
    assert arithmetic.time_between(unit)(start, end) == count


@given(st.dates(), st.dates(), st.dates(), st.sampled_from(["days", "months", "years"]))
def test_a_later_day_is_never_a_shorter_time(one: date, two: date, start: date, unit: str) -> None:
    between = arithmetic.time_between(unit)
    assert between(start, min(one, two)) <= between(start, max(one, two))


def test_time_keeps_the_bounds_of_an_open_day() -> None:
    between = arithmetic.time_between("days")
    assert between(Span(date(2026, 11, 1), date(2026, 11, 10)), date(2026, 11, 20)) == Span(
        D(10), D(19)
    )
    assert between(Span(date.min, date(2026, 11, 20)), date(2026, 11, 20)) == Span(D(0), INFINITY)
    assert between(date(2026, 11, 20), Span(date.min, date.max)) == Span(-INFINITY, INFINITY)
    assert arithmetic.time_between("years")(Span(date.min, date.max), date.max) == Span(
        -INFINITY, INFINITY
    )


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (arithmetic.add(D(1), D(2), Span(D(0), D(5))), Span(D(3), D(8))),
        (arithmetic.add(Span(-INFINITY, D(5)), Span(D(3), INFINITY)), Span(-INFINITY, INFINITY)),
        (arithmetic.subtract(D(10), D(3), D(2)), D(5)),
        (
            arithmetic.subtract(Span(D(0), INFINITY), Span(D(0), INFINITY)),
            Span(-INFINITY, INFINITY),
        ),
        (arithmetic.multiply(Span(D(-2), D(3)), Span(D(-5), D(4))), Span(D(-15), D(12))),
        (arithmetic.multiply(D(0), Span(D(0), INFINITY)), D(0)),
        (arithmetic.multiply(Span(D(0), INFINITY), D("0.03")), Span(D(0), INFINITY)),
        (arithmetic.divide(D(10), D(4)), D("2.5")),
        (arithmetic.divide(D(10), D(0)), ABSENT),
        (arithmetic.divide(D(10), Span(D(-1), D(1))), Span(-INFINITY, INFINITY)),
        (arithmetic.divide(D(10), Span(D(2), D(5))), Span(D(2), D(5))),
        (arithmetic.divide(D(10), Span(D(2), INFINITY)), Span(D(0), D(5))),
        (arithmetic.at_least(Span(D(-3), D(3)), D(0)), Span(D(0), D(3))),
        (arithmetic.at_most(D(7), D(5)), D(5)),
        (arithmetic.to_fen(D("0.005")), D("0.01")),
        (arithmetic.to_fen(D("2.675")), D("2.68")),
        (arithmetic.to_fen(D(10) ** 40), D(10) ** 40),
        (arithmetic.to_fen(INFINITY), INFINITY),
    ],
)
def test_sums_and_products(result: Any, expected: Any) -> None:
    assert result == expected


numbers = st.integers(-20, 20).map(Decimal)
spans = st.tuples(numbers, numbers).map(lambda pair: span(min(pair), max(pair)))
WORK = [arithmetic.add, arithmetic.subtract, arithmetic.multiply, arithmetic.divide]


@given(st.sampled_from(WORK), spans, spans, st.data())
def test_the_result_of_open_numbers_holds_that_of_any_numbers_within(
    work: Any, one: Any, other: Any, data: st.DataObject
) -> None:
    inside = [
        data.draw(st.integers(int(ends(part)[0]), int(ends(part)[1])).map(Decimal))
        for part in (one, other)
    ]
    result, exact = work(one, other), work(*inside)
    if exact is not ABSENT:
        low, high = ends(result)
        assert low <= exact <= high
