"""Classes of answers: a few values that stand for all, since conditions cannot tell others apart.

Numbers and dates are cut at the bounds that conditions use.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Any

from banzheng_tui.guide.possible import ends
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.sight import Sight
from banzheng_tui.guide.situation import Answer
from banzheng_tui.procedure.condition import InSet, OneOf, Ref, Test, Within
from banzheng_tui.procedure.model import Local, Question

MOST_OPTIONS = 7
"""Several-choices questions with more options than this that matter are not taken apart."""


def representatives(
    rules: Rules, name: str, sight: Sight | None = None
) -> tuple[Answer, ...] | None:
    """A value of every class of a question or local value that ``sight`` (or the whole procedure)
    tells apart; None where values matter that tests do not cut."""
    if sight is None:
        sight = whole_sight(rules)
    item: Question | Local = rules.questions.get(name) or rules.locals[name]
    seen = sight.tests(name)
    used = sight.uses(name)
    if item.kind == "yesno":
        return (True, False)
    if isinstance(item, Question) and item.options:
        named = {value for test in seen for value in _named(rules, test)}
        if item.kind == "choice":
            return _options(item, None if used else named)
        return None if used else _choices(item, named)
    if item.kind == "text":
        return None
    if isinstance(item, Local):
        return _numbers(rules, name, seen, counted=True)
    return None if used else _numbers(rules, name, seen, sight.counts(name))


@lru_cache(maxsize=64)
def whole_sight(rules: Rules) -> Sight:
    """All that the plan of a procedure can see."""
    sight = Sight(rules)
    entries = (*rules.steps, *rules.uses, *rules.warnings, *rules.fees, *rules.outcomes)
    sight.look(entry.when for entry in entries)
    for fee in rules.fees:
        sight.use(fee.mentioned)
    return sight.count(use.per for use in rules.uses if use.per)


def _named(rules: Rules, test: Test) -> Iterable[Any]:
    if isinstance(test, InSet):
        return rules.sets.get(test.set_id, ())
    return getattr(test, "values", ())


def _options(question: Question, named: set[Any] | None) -> tuple[Answer, ...]:
    """The options of a choice that are named, and one for all others."""
    ids = [option.id for option in question.options]
    if named is None:
        return tuple(ids)
    rest = [option for option in ids if option not in named][:1]
    return tuple(option for option in ids if option in named or option in rest)


def _choices(question: Question, named: set[Any]) -> tuple[Answer, ...] | None:
    """Sets of chosen options: of those that are named, with one more standing for the rest."""
    alone = {option.id for option in question.options if option.exclusive}
    kept = [str(option) for option in _options(question, named)]
    together = [option for option in kept if option not in alone]
    if len(together) > MOST_OPTIONS + 1:
        return None
    sets: list[Answer] = [frozenset((option,)) for option in kept if option in alone]
    for size in range(1, len(together) + 1):
        sets += [frozenset(chosen) for chosen in combinations(together, size)]
    return tuple(sets)


def _numbers(rules: Rules, name: str, seen: Iterable[Test], counted: bool) -> tuple[Answer, ...]:
    """Every bound that conditions put on a number or day, and a value on either side of it."""
    low, high = ends(rules.domains[name][0])
    cuts = {cut for test in seen for cut in _cuts(rules, test)}
    values = {value for cut in cuts for value in (cut, *_around(cut)) if low <= value <= high}
    values |= {end for end in (low, high) if not _unbounded(end)}
    if not values:
        values = {rules.on if isinstance(low, date) else Decimal(1)}
    if counted:  # sheets and amounts differ also where no condition has a bound
        few = {Decimal(number) for number in range(4)}
        values |= {
            value for value in (*few, max(values) + 1, max(values) + 2) if low <= value <= high
        }
    return tuple(sorted(values))


def _cuts(rules: Rules, test: Test) -> Iterable[Any]:
    if isinstance(test, Within):
        return [rules.on if isinstance(bound, Ref) else bound for _, bound in test.bounds]
    return test.values if isinstance(test, OneOf) else ()


def _around(cut: Any) -> tuple[Any, ...]:
    """Values next to a bound, on either side; bounds closer than a thousandth are one."""
    if isinstance(cut, date):
        day = timedelta(days=1)
        before = (cut - day,) if cut > date.min else ()
        return (*before, cut + day) if cut < date.max else before
    step = Decimal("0.001")
    return cut - step, cut + step


def _unbounded(end: Any) -> bool:
    if isinstance(end, date):
        return end in (date.min, date.max)
    return bool(end.is_infinite())
