"""Conditions and derived values as functions of an evaluation."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from banzheng_tui.guide import arithmetic
from banzheng_tui.guide.possible import (
    ABSENT,
    NOTHING,
    Possible,
    combine,
    every,
    has_chosen,
    is_one_of,
    is_within,
)
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri
from banzheng_tui.procedure.condition import (
    AllOf,
    AnyOf,
    Chosen,
    Condition,
    InSet,
    NoneOf,
    Ref,
    Within,
)
from banzheng_tui.procedure.model import ARITHMETIC, SPANS, Derived

if TYPE_CHECKING:
    from banzheng_tui.guide.evaluation import Evaluation

Holds: TypeAlias = "Callable[[Evaluation], Tri]"
Gives: TypeAlias = "Callable[[Evaluation], Possible]"

_WORK: dict[str, Callable[..., Any]] = {
    "sum": arithmetic.add,
    "difference": arithmetic.subtract,
    "product": arithmetic.multiply,
    "quotient": arithmetic.divide,
}


UNTESTED = -1
MOST_VERDICTS = 200


class Compiler:
    """Compiles for one procedure on one day."""

    def __init__(self, sets: Mapping[str, frozenset[str]], known: set[str], on: date) -> None:
        self._sets = sets
        self._known = known
        self._on = on

    def holds(self, condition: Condition) -> Holds:
        """Whether a condition holds."""
        if isinstance(condition, AllOf | AnyOf | NoneOf):
            return self._group(condition)
        if isinstance(condition, Within):
            return self._within(condition)
        if isinstance(condition, Chosen):
            test = has_chosen(frozenset(condition.values), condition.exact)
        elif isinstance(condition, InSet):
            test = is_one_of(self._sets.get(condition.set_id, frozenset()))
        else:
            test = is_one_of(frozenset(condition.values))
        return _of_value(condition.name, test)

    def _group(self, condition: AllOf | AnyOf | NoneOf) -> Holds:
        parts = tuple(self.holds(part) for part in condition.parts)
        if isinstance(condition, AllOf):
            return _all_of(parts)
        any_of = _any_of(parts)
        return any_of if isinstance(condition, AnyOf) else lambda at: YES - any_of(at)

    def _within(self, condition: Within) -> Holds:
        name = condition.name
        bounds = tuple(
            (how, self.operand(bound.name if isinstance(bound, Ref) else bound))
            for how, bound in condition.bounds
        )

        def holds(at: "Evaluation") -> Tri:
            before = at.waits
            value = at.value(name)
            verdict = min(every(value, is_within(how, bound(at))) for how, bound in bounds)
            if verdict != OPEN:
                at.waits = before
            return verdict

        return holds

    def operand(self, written: Any) -> Gives:
        """The value of a number, or of what a name stands for."""
        if isinstance(written, str):
            return lambda at: at.value(written)
        value: Possible = (written,)
        return lambda at: value

    def derived(self, item: Derived) -> Iterable[tuple[str, Gives]]:
        """The names that a derived value gives, each with its function."""
        for way in SPANS:
            if parts := getattr(item, way):
                work = arithmetic.time_between(way.removesuffix("_between"))
                yield item.id, self._worked_out(parts, work, None)
        for way in ARITHMETIC:
            if parts := getattr(item, way):
                yield item.id, self._worked_out(parts, _WORK[way], item.floor)
        if item.cases:
            rows = [case.gives for case in item.cases] + [item.otherwise or {}]
            for key in dict.fromkeys(key for row in rows for key in row):
                yield (item.id if key == "value" else f"{item.id}.{key}"), self._table(item, key)

    def _worked_out(
        self, parts: tuple[Any, ...], work: Callable[..., Any], floor: Decimal | None
    ) -> Gives:
        operands = tuple(self.operand(part) for part in parts)

        def floored(*values: Any) -> Any:
            result = work(*values)
            if floor is None or result is ABSENT:
                return result
            return arithmetic.at_least(result, floor)

        return lambda at: combine((operand(at) for operand in operands), floored)

    def _table(self, item: Derived, key: str) -> Gives:
        """The value of one key of a decision table: the first row that holds gives it."""
        rows = tuple(
            (self.holds(case.when), self._cell(case.gives.get(key)))
            for case in item.cases
            if case.from_day is None or case.from_day <= self._on
        )
        last = self._cell((item.otherwise or {}).get(key))

        def gives(at: "Evaluation") -> Possible:
            found: dict[Any, None] = {}
            for holds, cell in rows:
                verdict = holds(at)
                if verdict != NO:
                    found.update(dict.fromkeys(cell(at)))
                if verdict == YES:
                    return tuple(found)
            found.update(dict.fromkeys(last(at)))
            return tuple(found)

        return gives

    def _cell(self, written: Any) -> Gives:
        if written is None:
            return lambda at: NOTHING
        if isinstance(written, str) and written.split(".")[0] not in self._known:
            value: Possible = (written,)
            return lambda at: value
        return self.operand(written)


def _of_value(name: str, test: Callable[[Any], Tri]) -> Holds:
    """A test of a name's value. Once settled, a condition waits for nothing."""
    verdicts: dict[Possible, Tri] = {}  # the same few values come again and again

    def holds(at: "Evaluation") -> Tri:
        before = at.waits
        value = at.value(name)
        verdict = verdicts.get(value, UNTESTED)
        if verdict == UNTESTED:
            if len(verdicts) >= MOST_VERDICTS:
                verdicts.clear()
            verdict = verdicts[value] = every(value, test)
        if verdict != OPEN:
            at.waits = before
        return verdict

    return holds


def _all_of(parts: tuple[Holds, ...]) -> Holds:
    return _joined(parts, decisive=NO, otherwise=YES) if parts else lambda at: YES


def _any_of(parts: tuple[Holds, ...]) -> Holds:
    return _joined(parts, decisive=YES, otherwise=NO)


def _joined(parts: tuple[Holds, ...], decisive: Tri, otherwise: Tri) -> Holds:
    """Several conditions together: one decisive part settles the verdict."""
    if len(parts) == 1:
        return parts[0]

    def holds(at: "Evaluation") -> Tri:
        before = at.waits
        verdict = otherwise
        for part in parts:
            found = part(at)
            if found == decisive:
                at.waits = before
                return decisive
            if found == OPEN:
                verdict = OPEN
        return verdict

    return holds
