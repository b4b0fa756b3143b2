"""Conditions and worths of one procedure as diagrams."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, TypeAlias

from banzheng_tui.guide.exact.axes import Axes, Line, line
from banzheng_tui.guide.exact.cuts import all_cuts, cut
from banzheng_tui.guide.exact.diagrams import NO, YES, Diagrams, TooLargeError
from banzheng_tui.guide.exact.worth import Given, Worked, Worth, compare, facts, value, work_out
from banzheng_tui.guide.possible import ABSENT, UNKNOWN, Alternative, ends
from banzheng_tui.guide.tri import YES as TRUE
from banzheng_tui.procedure.condition import (
    TODAY,
    AllOf,
    AnyOf,
    Chosen,
    Condition,
    InSet,
    NoneOf,
    OneOf,
    Ref,
    Test,
    Within,
    tests,
)
from banzheng_tui.procedure.model import ARITHMETIC, SPANS, Derived, Local, Question

Comparison: TypeAlias = tuple[Worth, str, Worth]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the conditions of a procedure may name, on one day."""

    questions: Mapping[str, Question]
    tables: Mapping[str, Derived]
    locals: Mapping[str, Local]
    sets: Mapping[str, frozenset[str]]
    spans: Mapping[str, Alternative]
    """For each number and day what it may be."""
    on: date
    ungated: frozenset[str] = frozenset()
    """Questions of which every condition says itself where they are asked."""

    def stands_for_a_value(self, written: object) -> bool:
        """Whether a cell of a table names another value."""
        if not isinstance(written, str):
            return False
        base = written.split(".")[0]
        return base in self.questions or base in self.tables or base in self.locals


@dataclass(frozen=True, slots=True)
class Doubt:
    """An axis of its own for what no cut tells: a comparison of several free numbers, or a group
    of conditions that is too large. It is judged by what is known of its parts."""

    support: int
    comparison: Comparison | None = None
    group: type[AllOf] | type[AnyOf] | None = None
    parts: tuple[int, ...] = ()


class Formulas:
    """Compiles conditions, plays and worths; each thing once."""

    def __init__(self, terms: Terms, conditions: Iterable[Condition]) -> None:
        self._terms = terms
        self.diagrams = Diagrams()
        self.axes = Axes(terms.questions, terms.locals, _lines(terms, conditions))
        self.doubts: dict[int, Doubt] = {}
        self._plays: dict[str, int] = {}
        self._worths: dict[str, int] = {}
        self._conditions: dict[Condition, int] = {}

    def spread(self, support: int) -> int:
        """The axes of facts behind a support that may name doubts."""
        for axis in sorted(self.doubts, reverse=True):
            if support >> axis & 1:
                support = support & ~(1 << axis) | self.doubts[axis].support
        return support

    def facts(self, support: int) -> tuple[str, ...]:
        """The facts behind a support, in the author's order."""
        return self.axes.facts(self.spread(support))

    # ---------------------------------------------------------------- conditions

    def play(self, fact: str) -> int:
        """Where a question is in play."""
        found = self._plays.get(fact)
        if found is None:
            found = self._plays[fact] = self.condition(self._terms.questions[fact].when)
        return found

    def condition(self, condition: Condition) -> int:
        """Where a condition holds."""
        found = self._conditions.get(condition)
        if found is None:
            found = self._conditions[condition] = self._compiled(condition)
        return found

    def _compiled(self, condition: Condition) -> int:
        if isinstance(condition, AllOf):
            return self.all_of(map(self.condition, condition.parts))
        if isinstance(condition, AnyOf | NoneOf):
            any_of = self.any_of(map(self.condition, condition.parts))
            return any_of if isinstance(condition, AnyOf) else self.diagrams.negation(any_of)
        return self._test(condition)

    def all_of(self, parts: Iterable[int]) -> int:
        """Where all hold; a doubt where that is too large to say."""
        parts = tuple(parts)
        try:
            return self.diagrams.limited(self.diagrams.all_of, parts)
        except TooLargeError:
            return self._group(AllOf, parts)

    def any_of(self, parts: Iterable[int]) -> int:
        """Where any holds; a doubt where that is too large to say."""
        parts = tuple(parts)
        try:
            return self.diagrams.limited(self.diagrams.any_of, parts)
        except TooLargeError:
            return self._group(AnyOf, parts)

    def _group(self, way: type[AllOf] | type[AnyOf], parts: tuple[int, ...]) -> int:
        support = 0
        for part in parts:
            support |= self.diagrams.support[part]
        return self._doubt(Doubt(self.spread(support), group=way, parts=parts))

    def _doubt(self, doubt: Doubt) -> int:
        axis = next((a for a, known in self.doubts.items() if known == doubt), None)
        if axis is None:
            axis = self.axes.add_doubt()
            self.doubts[axis] = doubt
        return self.diagrams.node(axis, (YES, NO))

    # ---------------------------------------------------------------- tests

    def _test(self, test: Test) -> int:
        worth = self.worth(test.name)
        if isinstance(test, Within):
            return self.all_of(self._bound(worth, how, bound) for how, bound in test.bounds)
        if isinstance(test, InSet):
            test = OneOf(test.name, tuple(self._terms.sets.get(test.set_id, ())))
        return self._where(worth, lambda found: self._is(found, test))

    def _where(self, worth: int, test: Callable[[Worth], int]) -> int:
        """Where a worth has a value that passes a test; the test itself may rest on facts."""
        verdicts = {found: test(found) for found in dict.fromkeys(self.diagrams.leaves(worth))}
        if set(verdicts.values()) <= {NO, YES}:
            return self.diagrams.combined((worth,), lambda found: (verdicts[found] == YES, 0))
        return self.any_of(
            self.diagrams.both(self.diagrams.where(worth, found), verdict)
            for found, verdict in verdicts.items()
        )

    def _is(self, found: Worth, test: Test) -> int:
        """Whether a value is, or has chosen, what a test names."""
        if found is ABSENT:
            return NO
        if isinstance(found, Given) and found.fact in self._terms.locals:
            if self._terms.locals[found.fact].kind == "text":
                unknown = (UNKNOWN, "is", getattr(test, "values", ()))
                return self._doubt(Doubt(self.axes.mask[found.fact], comparison=unknown))
        elif isinstance(found, Given) and found.fact not in self.axes.lines:
            return self._chosen(found.fact, test)
        values = getattr(test, "values", ())
        if isinstance(found, Given | Worked):
            return self.any_of(
                self.all_of(self._compare(found, how, each) for how in ("at_least", "at_most"))
                for each in values
            )
        return YES if found in values else NO

    def _chosen(self, fact: str, test: Test) -> int:
        """A test of several choices: any of the values, only these, or exactly these."""
        alone, together = self.axes.several(fact)
        values = set(getattr(test, "values", ()))
        holds = {option: self._option(fact, option) for option in (*alone, *together)}
        if not isinstance(test, Chosen):
            return self.any_of(node for option, node in holds.items() if option in values)
        others = [node for option, node in holds.items() if option not in values]
        parts = list(map(self.diagrams.negation, others))
        if test.exact:
            parts += [node for option, node in holds.items() if option in values]
        return self.all_of(parts)

    def _option(self, fact: str, option: str) -> int:
        """Where an option of several choices is chosen (``axes``: the last where no other is)."""
        alone, together = self.axes.several(fact)
        first, *others = self.axes.axes(fact)
        node = self.diagrams.node
        if option in alone:
            places = len(alone) + bool(together)
            return node(
                first, tuple(YES if n == alone.index(option) else NO for n in range(places))
            )
        bits = others if alone else [first, *others]
        none_alone = YES
        if alone:
            none_alone = node(first, (*(NO for _ in alone), YES))
        chosen = node(bits[together.index(option)], (NO, YES))
        if option == together[-1]:
            nothing = self.diagrams.all_of(node(bit, (YES, NO)) for bit in bits[:-1])
            chosen = self.diagrams.either(chosen, nothing)
        return self.diagrams.both(none_alone, chosen)

    def _bound(self, worth: int, how: str, bound: Any) -> int:
        limit = self.worth(bound.name) if isinstance(bound, Ref) else self.diagrams.leaf(bound)
        limits = dict.fromkeys(self.diagrams.leaves(limit))
        return self.any_of(
            self.diagrams.both(
                self.diagrams.where(limit, each), self._where(worth, self._keeps(how, each))
            )
            for each in limits
        )

    def _keeps(self, how: str, limit: Worth) -> Callable[[Worth], int]:
        return lambda found: self._compare(found, how, limit)

    def _compare(self, one: Worth, how: str, other: Worth) -> int:
        """Where a number or day keeps a bound."""
        if one is ABSENT or other is ABSENT:
            return NO
        if not isinstance(one, Given | Worked) and not isinstance(other, Given | Worked):
            return YES if compare(one, how, other) == TRUE else NO
        at = cut(one, how, other)
        if at is None or (at[1] is not None and not self.axes.lines[at[0]].has(at[1])):
            support = 0
            for fact in (*facts(one), *facts(other)):
                support |= self.axes.mask[fact]
            return self._doubt(Doubt(support, comparison=(one, how, other)))
        fact = at[0]
        (axis,) = self.axes.axes(fact)
        verdicts = [
            compare(value(one, {fact: each}), how, value(other, {fact: each}))
            for each in self.axes.all_answers(fact)
        ]
        return self.diagrams.node(axis, tuple(YES if v == TRUE else NO for v in verdicts))

    # ---------------------------------------------------------------- worths

    def worth(self, name: str) -> int:
        """What a question, local or derived value is worth, where it is in play."""
        found = self._worths.get(name)
        if found is None:
            found = self._worths[name] = self._find_worth(name)
        return found

    def _find_worth(self, name: str) -> int:
        diagrams, terms = self.diagrams, self._terms
        base, _, key = name.partition(".")
        if name == TODAY:
            return diagrams.leaf(terms.on)
        if base in terms.ungated:
            return self._answer(base)
        if base in terms.questions:
            absent = diagrams.leaf(ABSENT)
            return diagrams.choose(self.play(base), self._answer(base), absent)
        if base in terms.tables:
            return self._derived(terms.tables[base], key or "value")
        if base in terms.locals:
            return self._answer(base)
        return diagrams.leaf(ABSENT)

    def _answer(self, fact: str) -> int:
        """The value of a fact that is in play."""
        item = self._terms.questions.get(fact) or self._terms.locals[fact]
        if item.kind in ("yesno", "choice"):
            (axis,) = self.axes.axes(fact)
            leaves = tuple(map(self.diagrams.leaf, self.axes.all_answers(fact)))
            return self.diagrams.node(axis, leaves)
        if fact not in self.axes.lines:
            return self.diagrams.leaf(Given(fact), self.axes.mask[fact])
        (axis,) = self.axes.axes(fact)
        kids = [
            self.diagrams.leaf(low)
            if low == high
            else self.diagrams.leaf(Given(fact, low, high), self.axes.mask[fact])
            for low, high in self.axes.lines[fact].spans()
        ]
        return self.diagrams.node(axis, tuple(kids))

    def _derived(self, item: Derived, key: str) -> int:
        if item.cases:
            return self._table(item, key)
        way = next(way for way in (*SPANS, *ARITHMETIC) if getattr(item, way))
        found = self.worked(way, getattr(item, way))
        return found if item.floor is None else self.worked("at_least", (found, item.floor))

    def _table(self, item: Derived, key: str) -> int:
        """The value of one key of a decision table: the first row that holds gives it."""
        found = self._cell((item.otherwise or {}).get(key))
        for case in reversed(item.cases):
            if case.from_day is None or case.from_day <= self._terms.on:
                cell = self._cell(case.gives.get(key))
                found = self.diagrams.choose(self.condition(case.when), cell, found)
        return found

    def _cell(self, written: Any) -> int:
        if written is None:
            return self.diagrams.leaf(ABSENT)
        if self._terms.stands_for_a_value(written):
            return self.worth(written)
        return self.diagrams.leaf(written)

    def operand(self, written: Any) -> int:
        """An amount as it is written: a number, or the name of a value."""
        return self.worth(written) if isinstance(written, str) else self.diagrams.leaf(written)

    def worked(self, way: str, parts: Iterable[Any]) -> int:
        """Some work over operands; a part may be a diagram already."""
        diagrams = [part if isinstance(part, int) else self.operand(part) for part in parts]
        return self.combined(diagrams, lambda *found: work_out(way, found))

    def combined(self, diagrams: list[int], work: Callable[..., Worth]) -> int:
        """A worth made of the values of several diagrams; it rests on the facts that it names."""

        def joined(*values: Any) -> tuple[Worth, int]:
            found = work(*values)
            return found, self.resting(found)

        return self.diagrams.combined(diagrams, joined)

    def resting(self, worth: Worth) -> int:
        """The axes of the facts that a worth names."""
        support = 0
        for fact in facts(worth):
            support |= self.axes.mask[fact]
        return support


def _lines(terms: Terms, conditions: Iterable[Condition]) -> dict[str, Line]:
    """Every number and day of a procedure, cut where conditions cut it."""
    cuts = all_cuts(_comparisons(terms, conditions))
    return {name: line(*ends(span), cuts.get(name, ())) for name, span in terms.spans.items()}


def _comparisons(terms: Terms, conditions: Iterable[Condition]) -> Iterator[Comparison]:
    """Every comparison of numbers or days that conditions may come to."""
    for condition in conditions:
        for test in tests(condition):
            ones = tuple(_numbers(terms, test.name))
            if isinstance(test, Within):
                for how, bound in test.bounds:
                    others = (
                        tuple(_numbers(terms, bound.name)) if isinstance(bound, Ref) else (bound,)
                    )
                    yield from ((one, how, other) for one, other in product(ones, others))
            elif isinstance(test, OneOf):
                values = [v for v in test.values if isinstance(v, Decimal | date)]
                for one, other in product(ones, values):
                    yield one, "at_least", other
                    yield one, "at_most", other


def _numbers(terms: Terms, name: Any) -> Iterator[Worth]:
    """Everything that a number or day may be worth, whatever the conditions on the way."""
    if not isinstance(name, str):
        yield name
        return
    base, _, key = name.partition(".")
    if name == TODAY:
        yield terms.on
    elif base in terms.tables:
        item = terms.tables[base]
        if item.cases:
            rows = [*(case.gives for case in item.cases), item.otherwise or {}]
            for cell in {row.get(key or "value") for row in rows}:
                if isinstance(cell, Decimal | date) or terms.stands_for_a_value(cell):
                    yield from _numbers(terms, cell)
            return
        way = next(way for way in (*SPANS, *ARITHMETIC) if getattr(item, way))
        for parts in product(*(tuple(_numbers(terms, part)) for part in getattr(item, way))):
            worth = work_out(way, parts)
            yield worth if item.floor is None else work_out("at_least", (worth, item.floor))
    elif base in terms.spans:
        yield Given(base)
