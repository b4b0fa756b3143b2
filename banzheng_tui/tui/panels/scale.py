"""Days along a row of cells: up to three cells a day, or a week or a month in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["day", "week", "month"]
WIDE_DAY = 3
"""Cells of a day that has room for its number."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from the first to the last one, drawn in so many cells."""

    first: date
    last: date
    unit: Unit
    cell: int
    """Cells that one unit takes."""
    width: int

    def place(self, day: date) -> int:
        """The cell in which a day begins; those outside are at the edges."""
        return max(0, min(self._units(day) * self.cell, self.width - self.cell))

    def _units(self, day: date) -> int:
        if self.unit == "month":
            return (day.year - self.first.year) * 12 + day.month - self.first.month
        days = (day - self.first).days
        return days if self.unit == "day" else (days + self.first.weekday()) // 7

    def days(self) -> Iterator[tuple[int, date]]:
        """Every day with its cell; none where cells are longer than a day."""
        if self.unit == "day":
            for number in range((self.last - self.first).days + 1):
                yield number * self.cell, self.first + timedelta(number)

    def months(self) -> Iterator[tuple[int, str]]:
        """Labels over the cells: each month's beginning, years where cells are months."""
        for day in _months(self.first, self.last):
            if self.unit != "month":
                yield self.place(day), f"{day.month}月"
            elif day == self.first or day.month == 1:
                yield self.place(day), f"{day.year}"

    def numbers(self) -> Iterator[tuple[int, str]]:
        """Labels below them: days of the month, Mondays only where cells are narrow."""
        for place, day in self.days():
            if self.cell == WIDE_DAY or day.weekday() == 0 or day == self.first:
                yield place, f"{day.day:02}"


def scale(first: date, last: date, room: int) -> Scale:
    """The finest scale that fits."""
    days = (last - first).days + 1
    weeks = (days + first.weekday() + 6) // 7
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if days <= room:
        cell = min(room // days, WIDE_DAY)
        return Scale(first, last, "day", cell, days * cell)
    if weeks <= room:
        return Scale(first, last, "week", 1, weeks)
    return Scale(first, last, "month", 1, min(months, room))


def _months(first: date, last: date) -> Iterator[date]:
    """The first day, then the first of every month up to the last day."""
    yield first
    for number in range(first.year * 12 + first.month, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)
