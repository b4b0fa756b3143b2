"""Where numbers and days are cut: on either side of a cut a comparison is the same throughout."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import COMPARE
from support.plain_arithmetic import WORK

from banzheng_tui.guide.exact.axes import line
from banzheng_tui.guide.exact.cuts import all_cuts, cut
from banzheng_tui.guide.exact.worth import Given, Worked, Worth

Q = Given("q")
HOWS = st.sampled_from(sorted(COMPARE))
NUMBERS = st.decimals(-20, 20, places=2)
MONTH_ENDS = [date(2024, 2, 29), date(2026, 2, 28), date(2026, 8, 31), date(2026, 11, 30)]


@pytest.mark.parametrize("way", ["days_between", "months_between", "years_between"])
@pytest.mark.parametrize("turned", [False, True])
@given(
    how=HOWS,
    fixed=st.one_of(st.sampled_from(MONTH_ENDS), st.dates(date(2024, 1, 1), date(2030, 1, 1))),
    bound=st.integers(-14, 14),
)
def test_a_span_of_time_turns_at_its_cut(
    way: str, turned: bool, how: str, fixed: date, bound: int
) -> None:
    parts = (fixed, Q) if turned else (Q, fixed)
    one, limit = Worked(way, parts), Decimal(bound)
    cuts = all_cuts([(one, how, limit)])
    days = line(date.min, date.max, cuts.get("q", ()))
    assert len(days.cuts) == 1
    turn = days.cuts[0][0]
    near = [turn + timedelta(n) for n in range(-70, 70)]
    for day in near:
        counted = WORK[way](*((fixed, day) if turned else (day, fixed)))
        stands_for = days.value(days.place(day))
        told = WORK[way](*((fixed, stands_for) if turned else (stands_for, fixed)))
        assert COMPARE[how](counted, limit) == COMPARE[how](told, limit)
    sides = [
        COMPARE[how](_counted(way, turned, fixed, turn + timedelta(n)), limit) for n in (-1, 0)
    ]
    assert sides[0] != sides[1]


def _counted(way: str, turned: bool, fixed: date, day: date) -> Any:
    return WORK[way](*((fixed, day) if turned else (day, fixed)))


def test_three_months_before_the_end_of_a_short_month() -> None:
    """满三个月: from 30 November to the last of February, which stands for the 30th."""
    one = Worked("months_between", (Q, date(2026, 2, 28)))
    assert cut(one, "at_least", Decimal(3)) == ("q", (date(2025, 12, 1), 0))


@given(HOWS, NUMBERS.filter(bool), NUMBERS, NUMBERS)
def test_a_straight_line_turns_at_its_cut_fractions_too(
    how: str, by: Decimal, more: Decimal, bound: Decimal
) -> None:
    found = cut(Worked("sum", (Worked("product", (by, Q)), more)), how, bound)
    assert found is not None
    fact, at = found
    assert fact == "q"
    assert at is not None
    turn, side = at
    assert Fraction(by) * turn + Fraction(more) == Fraction(bound)
    numbers = line(Decimal("-Infinity"), Decimal("Infinity"), [(turn, side)])
    for place in (0, 1):
        value = Fraction(numbers.value(place))
        holds = COMPARE[how](Fraction(by) * value + Fraction(more), Fraction(bound))
        inside = turn - 1 if place == 0 else turn + 1
        assert holds == COMPARE[how](Fraction(by) * inside + Fraction(more), Fraction(bound))


def test_a_third_is_cut_exactly() -> None:
    one = Worked("quotient", (Q, Decimal(3)))
    assert cut(one, "over", Decimal("0.1")) == ("q", (Fraction(3, 10), 1))
    one = Worked("product", (Q, Decimal(3)))
    assert cut(one, "at_least", Decimal(1)) == ("q", (Fraction(1, 3), 0))
    numbers = line(Decimal(0), Decimal(1), [(Fraction(1, 3), 0)])
    assert numbers.place(Decimal("0.3333333333333333333333333333")) == 0
    assert numbers.place(Decimal("0.3333333333333333333333333334")) == 1


def test_a_number_that_is_just_a_third_has_no_digits() -> None:
    """No answer is exactly a third; its place still has a number to stand for it, or is none."""
    numbers = line(Decimal(0), Decimal(1), [(Fraction(1, 3), 0), (Fraction(1, 3), 1)])
    values = [numbers.value(place) for place in range(len(numbers.cuts) + 1)]
    assert values == sorted(values)
    assert values[0] < Fraction(1, 3) < values[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Q, Given("other")),
        (Worked("sum", (Q, Given("other"))), Decimal(1)),
        (Worked("product", (Q, Q)), Decimal(4)),
        (Worked("quotient", (Decimal(1), Q)), Decimal(4)),
        (Worked("days_between", (Q, Given("other"))), Decimal(30)),
    ],
)
def test_what_turns_on_several_facts_or_off_a_straight_line_has_no_cut(
    one: Worth, other: Worth
) -> None:
    assert cut(one, "at_least", other) is None


def test_a_comparison_that_never_turns_cuts_nothing() -> None:
    same = Worked("difference", (Q, Q))
    assert cut(same, "at_least", Decimal(0)) in (None, ("q", None))
    assert all_cuts([(same, "at_least", Decimal(0))]) == {}


@given(st.sampled_from(["at_least", "over", "at_most", "under"]), NUMBERS)
def test_a_floor_does_not_move_a_cut_above_it(how: str, bound: Decimal) -> None:
    """差额最低按 0 算: above the floor it turns where it would turn without one."""
    floored = Worked("at_least", (Worked("difference", (Q, Decimal(5))), Decimal(0)))
    found = cut(floored, how, bound)
    assert found is not None
    cuts = [found[1]] if found[1] else []
    numbers = line(Decimal("-Infinity"), Decimal("Infinity"), cuts)
    for value in (Decimal(n) / 4 for n in range(-80, 120)):
        told = numbers.value(numbers.place(value))
        holds = COMPARE[how](max(value - 5, Decimal(0)), bound)
        assert holds == COMPARE[how](max(told - 5, Decimal(0)), bound)
