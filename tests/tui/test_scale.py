"""Days along cells: the finest scale that fits, and every day inside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzheng_tui.tui.panels.scale import scale

FIRST = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "room", "unit", "cell"),
    [
        (10, 30, "day", 3), (10, 29, "day", 2), (30, 30, "day", 1), (31, 30, "week", 1),
        (200, 30, "week", 1), (300, 30, "month", 1), (5000, 30, "month", 1), (1, 1, "day", 1),
    ],
)  # fmt: skip
def test_the_finest_unit_that_fits(days: int, room: int, unit: str, cell: int) -> None:
    found = scale(FIRST, FIRST + timedelta(days - 1), room)
    assert (found.unit, found.cell) == (unit, cell)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 5000),
    st.integers(1, 80),
    st.data(),
)
def test_every_day_has_its_cell_and_later_days_stand_no_further_left(
    first: date, length: int, room: int, data: st.DataObject
) -> None:
    last = first + timedelta(length)
    found = scale(first, last, room)
    assert found.width <= room
    one = first + timedelta(data.draw(st.integers(0, length)))
    other = first + timedelta(data.draw(st.integers(0, length)))
    assert 0 <= found.place(one) <= found.width - found.cell
    if one <= other:
        assert found.place(one) <= found.place(other)


def test_labels_name_months_and_days() -> None:
    found = scale(FIRST, date(2026, 12, 2), 30)
    assert list(found.months()) == [(0, "11月"), (24, "12月")]
    assert [label for _, label in found.numbers()][:3] == ["23", "24", "25"]
    years = scale(FIRST, date(2029, 2, 1), 30)
    assert list(years.months()) == [(0, "2026"), (2, "2027"), (14, "2028"), (26, "2029")]


def test_the_last_month_of_all_is_no_error() -> None:
    assert list(scale(date(9999, 12, 1), date.max, 10).months())
