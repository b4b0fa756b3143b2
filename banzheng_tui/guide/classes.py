"""Classes of answers: a few values that stand for all, since conditions cannot tell others apart.

Numbers and dates are cut at the bounds that conditions use.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Any

from banzheng_tui.guide.possible import ends
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer
from banzheng_tui.procedure.condition import (
    TODAY,
    Chosen,
    Condition,
    InSet,
    OneOf,
    Ref,
    Within,
    tests,
)
from banzheng_tui.procedure.model import Local, Question
from banzheng_tui.procedure.references import derived_names

MOST_OPTIONS = 7
"""Several-choices questions with more options than this that matter are not taken apart."""


@lru_cache(maxsize=4096)
def representatives(rules: Rules, name: str) -> tuple[Answer, ...] | None:
    """A value of every class of a question or local value; None where sums or spans of time
    rest on it, so that bounds of conditions do not cut it."""
    item: Question | Local = rules.questions.get(name) or rules.locals[name]
    if item.kind in ("yesno", "choice"):
        return rules.domains[name]
    if item.kind == "choices":
        assert isinstance(item, Question)
        return _choices(rules, item)
    if item.kind == "text" or name in _worked_with(rules):
        return None
    return _numbers(rules, name)


def conditions(rules: Rules) -> Iterator[Condition]:
    """Every condition of the rules."""
    for question in rules.questions.values():
        yield question.when
    for item in rules.procedure.derived:
        yield from (case.when for case in item.cases)
    for group in (rules.steps, rules.uses, rules.warnings, rules.fees, rules.outcomes):
        yield from (entry.when for entry in group)


@lru_cache(maxsize=64)
def _worked_with(rules: Rules) -> frozenset[str]:
    """Names whose very value goes into amounts, counts, spans of time or other bounds."""
    found: set[str] = set()
    for item in rules.procedure.derived:
        found |= derived_names(item)
    for fee in rules.fees:
        parts = (fee.amount, fee.rate, fee.of, fee.at_least, fee.at_most, *fee.less)
        found |= {part.split(".")[0] for part in parts if isinstance(part, str)}
    found |= {use.per for use in rules.uses if use.per}
    for condition in conditions(rules):
        for test in tests(condition):
            if isinstance(test, Within):
                refs = [b.name for _, b in test.bounds if isinstance(b, Ref) and b.name != TODAY]
                if refs:
                    found |= {test.name, *(ref.split(".")[0] for ref in refs)}
    return frozenset(found)


def _choices(rules: Rules, question: Question) -> tuple[Answer, ...] | None:
    """Sets of chosen options: those that conditions name, with one more standing for the rest."""
    alone = [option.id for option in question.options if option.exclusive]
    named: set[str] = set()
    everything = {option.id for option in question.options}
    for condition in conditions(rules):
        for test in tests(condition):
            if test.name == question.id:
                named |= _named(test, rules)
    together = [o.id for o in question.options if o.id in named and o.id not in alone]
    rest = [o.id for o in question.options if o.id not in named and o.id not in alone][:1]
    if len(together) > MOST_OPTIONS or not named <= everything:
        return None
    sets = {
        frozenset(chosen)
        for size in range(len(together + rest) + 1)
        for chosen in combinations(together + rest, size)
        if chosen
    }
    ordered = sorted(sets, key=lambda s: (len(s), sorted(s)))
    return tuple([frozenset((option,)) for option in alone] + ordered)


def _named(test: OneOf | Within | Chosen | InSet, rules: Rules) -> set[str]:
    if isinstance(test, InSet):
        return {v for s in rules.procedure.sets if s.id == test.set_id for v in s.values}
    return {str(value) for value in getattr(test, "values", ())}


def _numbers(rules: Rules, name: str) -> tuple[Answer, ...]:
    """Every bound that conditions put on a number or day, and a value on either side of it."""
    low, high = ends(rules.domains[name][0])
    cuts: set[Any] = set()
    for condition in conditions(rules):
        for test in tests(condition):
            if test.name != name:
                continue
            if isinstance(test, Within):
                cuts.update(rules.on if isinstance(b, Ref) else b for _, b in test.bounds)
            elif isinstance(test, OneOf):
                cuts.update(test.values)
    values = {value for cut in cuts for value in (cut, *_around(cut)) if low <= value <= high}
    values |= {end for end in (low, high) if not _unbounded(end)}
    if not values:
        values = {rules.on if isinstance(low, date) else Decimal(1)}
    return tuple(sorted(values))


def _around(cut: Any) -> tuple[Any, Any]:
    """Values next to a bound, on either side; bounds closer than a thousandth are one."""
    if isinstance(cut, date):
        return cut - timedelta(days=1), cut + timedelta(days=1)
    step = Decimal("0.001")
    return cut - step, cut + step


def _unbounded(end: Any) -> bool:
    if isinstance(end, date):
        return end in (date.min, date.max)
    return bool(end.is_infinite())
