"""Every answer stands at a place, and the answer of that place is as good to every condition."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import Reference
from support.random_procedures import Case, procedures
from support.random_situations import tried
from support.random_values import DAY

from banzheng_tui.guide.exact.axes import Axes, line
from banzheng_tui.procedure.model import Option, Question


def several(exclusive: str, together: str) -> Axes:
    options = [Option(id=name, label=name, exclusive=True) for name in exclusive]
    options += [Option(id=name, label=name) for name in together]
    question = Question(id="q", name="q", ask="q", kind="choices", option=tuple(options))
    return Axes({"q": question}, {}, {})


@pytest.mark.parametrize(("exclusive", "together"), [("", "abc"), ("x", "abc"), ("xy", "a")])
def test_every_set_of_choices_has_places_of_its_own_and_all_places_are_a_set(
    exclusive: str, together: str
) -> None:
    axes = several(exclusive, together)
    answers = axes.all_answers("q")
    wanted = {frozenset(name) for name in exclusive}
    wanted |= {
        frozenset(name for name, is_in in zip(together, bits, strict=True) if is_in)
        for bits in product((0, 1), repeat=len(together))
        if any(bits)
    }
    assert set(answers) == wanted
    assert len(answers) == len(wanted)
    for answer in answers:
        assert axes.answer("q", dict(axes.places("q", answer))) == answer
    for places in product(*(range(axes.size[axis]) for axis in axes.axes("q"))):
        assert axes.answer("q", dict(zip(axes.axes("q"), places, strict=True))) in wanted


@tried(80)
@given(procedures())
def test_no_condition_tells_an_answer_from_the_one_that_stands_for_it(case: Case) -> None:
    axes = case.rules.truths.formulas.axes
    reference = Reference(case.data, DAY)
    for fact, values in case.values.items():
        for value in values:
            instead = axes.answer(fact, dict(axes.places(fact, value)))
            assert axes.places(fact, instead) == axes.places(fact, value)
            for world in case.worlds.worlds[::7]:
                with_value = reference.own({**world, fact: value})
                assert reference.own({**world, fact: instead}) == with_value


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 1)), max_size=6))
def test_a_number_of_every_place_lies_in_it(cuts: list[tuple[int, int]]) -> None:
    for low, high in ((Decimal(-3), Decimal(4)), (Decimal("-Infinity"), Decimal("Infinity"))):
        numbers = line(low, high, cuts)
        for place in range(len(numbers.cuts) + 1):
            value = numbers.value(place)
            assert low <= value <= high
            assert numbers.place(value) == place


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(0, 1))))
def test_a_day_of_every_place_lies_in_it(cuts: list[tuple[date, int]]) -> None:
    for low, high in ((date(2026, 1, 15), date(2026, 2, 15)), (date.min, date.max)):
        days = line(low, high, cuts)
        for place in range(len(days.cuts) + 1):
            value = days.value(place)
            assert low <= value <= high
            assert days.place(value) == place


def test_ends_that_meet_leave_one_place() -> None:
    only = line(Decimal(2), Decimal(2), [(Decimal(2), 0), (Decimal(2), 1)])
    assert only.cuts == ()
    assert only.value(0) == Decimal(2)
    day = line(DAY, DAY, [(DAY, 0), (DAY, 1)])
    assert [day.value(place) for place in range(len(day.cuts) + 1)] == [DAY]
