"""The axes of a procedure: its facts, cut into places that no condition can tell apart further.

A question of one choice is one axis, a place for each option. Several choices are an axis for the
options that stand alone and one for each of the others. Numbers and days are cut at the bounds
that conditions use. Every combination of places is a legal answer: where nothing is chosen, the
last option stands for it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from banzheng_tui.guide.situation import Answer
from banzheng_tui.procedure.model import Local, Question

Place: TypeAlias = tuple[int, int]
"""An axis and a place on it."""
Cut: TypeAlias = tuple[Any, int]
"""Right below a value (0) or right above it (1)."""

_NEXT = Decimal("1e-9")
"""How far the next number lies, where a bound itself is out."""
MOST_SETS = 8
"""With more options than this the sets of several choices are not listed one by one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A number or day, cut: place n lies between cut n-1 and cut n."""

    low: Any
    high: Any
    cuts: tuple[Cut, ...]

    def place(self, value: Any) -> int:
        """The place of a value."""
        return bisect_left(self.cuts, (_exact(value), 0.5))

    def ends(self, place: int) -> tuple[Cut | None, Cut | None]:
        """The cuts on either side of a place."""
        return (
            self.cuts[place - 1] if place else None,
            self.cuts[place] if place < len(self.cuts) else None,
        )

    def spans(self) -> Iterator[tuple[Any, Any]]:
        """For each place two ends that it lies between."""
        for place in range(len(self.cuts) + 1):
            below, above = self.ends(place)
            low = self.low if below is None else below[0]
            high = self.high if above is None else above[0]
            if isinstance(self.low, date):
                yield low, high if above is None else high - timedelta(days=1)
            else:
                yield (
                    _rounded(low) + (_NEXT if below and below[1] else 0),
                    _rounded(high) - (_NEXT if above and not above[1] else 0),
                )

    def has(self, cut: Cut) -> bool:
        """Whether the line is cut there, or has no need to be."""
        return set(line(self.low, self.high, [cut]).cuts) <= set(self.cuts)

    def value(self, place: int) -> Any:
        """A value of a place."""
        below, above = self.ends(place)
        if isinstance(self.low, date):
            return _day(self, below, above)
        return _number(self, below, above)


def line(low: Any, high: Any, cuts: Iterable[Cut]) -> Line:
    """A line between two ends, cut where it can be.

    No answer is exactly a third: on either side of it is the same cut.
    """
    if isinstance(low, date):
        days = {day if side == 0 else _after(day) for day, side in cuts}
        kept = sorted(day for day in days if day is not None and low < day <= high)
        return Line(low, high, tuple((day, 0) for day in kept))
    cuts = [(at, side if _decimal(Fraction(at)) is not None else 1) for at, side in cuts]
    inside = {cut for cut in cuts if (_exact(low), 0) < cut < (_exact(high), 1)}
    return Line(low, high, tuple(sorted(inside)))


def _rounded(value: Any) -> Decimal:
    """A bound as a decimal; a fraction that is none, near enough."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value.numerator) / Decimal(value.denominator)


def _after(day: date) -> date | None:
    return day + timedelta(days=1) if day < date.max else None


def _exact(value: Any) -> Any:
    if isinstance(value, Decimal):
        return Fraction(value) if value.is_finite() else float(value)
    return value


def _day(line: Line, below: Cut | None, above: Cut | None) -> date:
    """A day between two cuts; the ends of all time are no days that anybody names."""
    if below is not None:
        return below[0]  # type: ignore[no-any-return]
    if line.low != date.min:
        return line.low  # type: ignore[no-any-return]
    last: date = line.high if above is None else above[0] - timedelta(days=1)
    return _SOME_DAY if last > _SOME_DAY else last


_SOME_DAY = date(2000, 1, 1)


def _number(line: Line, below: Cut | None, above: Cut | None) -> Decimal:
    """A plain number between two cuts."""
    low: Decimal = line.low
    high: Decimal = line.high
    if below is None and low.is_finite():
        return low
    if below is not None and below[1] == 0 and _decimal(below[0]) is not None:
        return _decimal(below[0]) or Decimal(0)
    if above is None and high.is_finite():
        return high
    if below is None:
        return Decimal(1) if above is None else _between(Fraction(above[0]) - 2, above[0])
    return _between(below[0], below[0] + 2 if above is None else above[0])


def _between(low: Fraction, high: Fraction) -> Decimal:
    """A number strictly between two, with as few digits as may be."""
    middle = (low + high) / 2
    digits = 0
    while True:
        found = Decimal(round(middle * 10**digits)).scaleb(-digits)
        if low < Fraction(found) < high:
            return found
        digits += 1


def _decimal(value: Fraction) -> Decimal | None:
    """The same value as a decimal, where it has one of a sensible length."""
    found = Decimal(value.numerator) / Decimal(value.denominator)
    return found if Fraction(found) == value else None


class Axes:
    """The axes of all questions and local values, in the author's order."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        local_values: Mapping[str, Local],
        lines: Mapping[str, Line],
    ) -> None:
        self.lines = lines
        self.size: list[int] = []
        self.fact_of: list[str] = []
        self.mask: dict[str, int] = {}
        """For each fact its axes, as bits."""
        self._questions = questions
        self._alone: dict[str, tuple[list[str], list[str]]] = {}
        self._first: dict[str, int] = {}
        self._facts: dict[int, tuple[str, ...]] = {}
        items: dict[str, Question | Local] = {**questions, **local_values}
        for name, item in items.items():
            self._first[name] = len(self.size)
            self.mask[name] = 0
            for size in self._sizes(name, item):
                self.mask[name] |= 1 << len(self.size)
                self.size.append(size)
                self.fact_of.append(name)

    def _sizes(self, name: str, item: Question | Local) -> Iterator[int]:
        if isinstance(item, Question) and item.kind == "choices":
            alone = [option.id for option in item.options if option.exclusive]
            together = [option.id for option in item.options if not option.exclusive]
            self._alone[name] = (alone, together)
            if alone:
                yield len(alone) + bool(together)
            yield from (2 for _ in together)
        elif isinstance(item, Question) and item.kind == "choice":
            yield len(item.options)
        elif name in self.lines:
            yield len(self.lines[name].cuts) + 1
        else:
            yield 2

    def add_doubt(self) -> int:
        """A new axis of two places that belongs to no fact."""
        self.size.append(2)
        self.fact_of.append("")
        return len(self.size) - 1

    def axes(self, fact: str) -> range:
        """The axes of a fact."""
        return range(self._first[fact], self._first[fact] + self.mask[fact].bit_count())

    def facts(self, support: int) -> tuple[str, ...]:
        """The facts of these axes, in the author's order."""
        found = self._facts.get(support)
        if found is None:
            found = tuple(name for name, mask in self.mask.items() if mask & support)
            self._facts[support] = found
        return found

    # ---------------------------------------------------------------- answers

    def places(self, fact: str, answer: Answer) -> tuple[Place, ...]:
        """Where an answer stands on each axis of its fact."""
        first = self._first[fact]
        if fact in self.lines:
            return ((first, self.lines[fact].place(answer)),)
        if isinstance(answer, frozenset):
            return tuple(self._chosen(fact, answer))
        if isinstance(answer, bool):
            return ((first, 0 if answer else 1),)
        return ((first, self._options(fact).index(str(answer))),)

    def _options(self, fact: str) -> Sequence[str]:
        return [option.id for option in self._questions[fact].options]

    def _chosen(self, fact: str, answer: frozenset[str]) -> Iterator[Place]:
        alone, together = self._alone[fact]
        axis = self._first[fact]
        if alone:
            places = [place for place, option in enumerate(alone) if option in answer]
            yield axis, places[0] if places else len(alone)
            axis += 1
        for option in together:
            yield axis, int(option in answer)
            axis += 1

    def answer(self, fact: str, places: Mapping[int, int]) -> Answer:
        """An answer that stands at these places; on axes not named, at the first."""
        first = self._first[fact]
        if fact in self.lines:
            return self.lines[fact].value(places.get(first, 0))  # type: ignore[no-any-return]
        if fact in self._alone:
            return self._set(fact, places)
        place = places.get(first, 0)
        question = self._questions.get(fact)
        if question is None or question.kind == "yesno":
            return place == 0
        return self._options(fact)[place]

    def _set(self, fact: str, places: Mapping[int, int]) -> frozenset[str]:
        alone, together = self._alone[fact]
        axis = self._first[fact]
        if alone:
            place = places.get(axis, 0)
            if place < len(alone):
                return frozenset({alone[place]})
            axis += 1
        chosen = {option for n, option in enumerate(together) if places.get(axis + n, 0)}
        return frozenset(chosen or together[-1:])

    def several(self, fact: str) -> tuple[Sequence[str], Sequence[str]]:
        """Of several choices the options that stand alone, and the others."""
        return self._alone[fact]

    def all_answers(self, fact: str, near: Answer | None = None) -> tuple[Answer, ...]:
        """An answer of every place of a fact; of many options only sets close to ``near``."""
        if fact in self.lines:
            line = self.lines[fact]
            return tuple(line.value(place) for place in range(len(line.cuts) + 1))
        if fact in self._alone:
            return tuple(self._all_sets(fact, near))
        question = self._questions.get(fact)
        if question is None or question.kind == "yesno":
            return (True, False)
        return tuple(self._options(fact))

    def _all_sets(self, fact: str, near: Answer | None) -> Iterator[Answer]:
        alone, together = self._alone[fact]
        yield from (frozenset({option}) for option in alone)
        if len(together) <= MOST_SETS:
            for size in range(1, len(together) + 1):
                yield from (frozenset(chosen) for chosen in combinations(together, size))
            return
        yield from (frozenset({option}) for option in together)
        if isinstance(near, frozenset):
            kept = near - set(alone)
            for option in together:
                changed = kept ^ {option}
                if len(changed) > 1:
                    yield frozenset(changed)
