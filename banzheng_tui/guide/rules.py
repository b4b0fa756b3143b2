"""A procedure made ready for one day: conditions as functions, entries that hold on that day.

``Rules`` is what the guide works with; ``compile_rules`` makes it once a procedure and day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from banzheng_tui.guide import arithmetic
from banzheng_tui.guide.possible import (
    INFINITY,
    NOTHING,
    UNKNOWN,
    OpenChoices,
    Possible,
    Span,
    combine,
    every,
    has_chosen,
    is_one_of,
    is_within,
    span,
)
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri
from banzheng_tui.procedure.catalog import Catalog
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
    Within,
    names,
)
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import (
    ARITHMETIC,
    SPANS,
    Dated,
    Derived,
    DocumentUse,
    Fee,
    Local,
    Outcome,
    Procedure,
    Question,
    Rejection,
    Script,
    Step,
    Warning,
)
from banzheng_tui.procedure.references import derived_names

if TYPE_CHECKING:
    from banzheng_tui.guide.evaluation import Evaluation

Holds: TypeAlias = "Callable[[Evaluation], Tri]"
Gives: TypeAlias = "Callable[[Evaluation], Possible]"

AnyEntry = TypeVar("AnyEntry", bound=Dated)

_WORK: dict[str, Callable[..., Any]] = {
    "sum": arithmetic.add,
    "difference": arithmetic.subtract,
    "product": arithmetic.multiply,
    "quotient": arithmetic.divide,
}


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """One procedure on one day; each is its own, equal to no other."""

    procedure: Procedure
    catalog: Catalog
    on: date
    questions: dict[str, Question]
    steps: tuple[Step, ...]
    uses: tuple[DocumentUse, ...]
    warnings: tuple[Warning, ...]
    fees: tuple[Fee, ...]
    outcomes: tuple[Outcome, ...]
    rejections: tuple[Rejection, ...]
    scripts: tuple[Script, ...]
    locals: dict[str, Local]
    plays: dict[str, Holds]
    domains: dict[str, Possible]
    derived: dict[str, Gives]
    needs: dict[str, frozenset[str]]
    holds: dict[int, Holds]
    decision: str | None
    tested: Callable[[Condition], Holds]
    """Any condition over this procedure's names as a function."""

    def condition(self, entry: Any) -> Holds:
        """When an entry of this procedure applies, as a function."""
        return self.holds[id(entry)]

    def facts_behind(self, condition: Condition) -> frozenset[str]:
        """Every question that a condition can depend on, however indirectly."""
        return self.behind(names(condition))

    def behind(self, mentioned: Iterable[str]) -> frozenset[str]:
        """Every question (and local value) behind these names."""
        found: set[str] = set()
        for name in mentioned:
            found |= self.needs.get(name.split(".")[0], frozenset())
        return frozenset(found)


class RuleBook:
    """The rules of a library's procedures, each compiled once a day that is asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._compiled: dict[tuple[str, date], Rules] = {}

    def rules(self, procedure_id: str, on: date) -> Rules:
        """The rules of a procedure; KeyError when the library has none of that id."""
        key = (procedure_id, on)
        if key not in self._compiled:
            procedure = self.library.procedures[procedure_id]
            self._compiled[key] = compile_rules(procedure, self.library.catalog, on)
        return self._compiled[key]


def compile_rules(procedure: Procedure, catalog: Catalog, on: date) -> Rules:
    """The procedure as it stands on that day."""
    questions = {question.id: question for question in _valid(procedure.questions, on)}
    derived = {item.id: item for item in _valid(procedure.derived, on)}
    local_values = {item.id: item for item in _valid(procedure.locals, on)}
    maker = _Maker(procedure, on, set(questions) | set(derived) | set(local_values))
    entries: dict[str, tuple[Any, ...]] = {
        "steps": _valid(procedure.steps, on),
        "uses": _valid(procedure.documents, on),
        "warnings": _valid(procedure.warnings, on),
        "fees": _valid(procedure.fees, on),
        "outcomes": _valid(procedure.outcomes, on),
        "rejections": _valid(procedure.rejections, on),
        "scripts": _valid(procedure.scripts, on),
    }
    domains = {name: _domain(question, on) for name, question in questions.items()}
    domains |= {name: _local_domain(item) for name, item in local_values.items()}
    domains[TODAY] = (on,)
    decisions = [name for name, question in questions.items() if question.decision]
    return Rules(
        procedure=procedure,
        catalog=catalog,
        on=on,
        questions=questions,
        locals=local_values,
        plays={name: maker.holds(question.when) for name, question in questions.items()},
        domains=domains,
        derived={
            name: value for item in derived.values() for name, value in maker.derived(item)
        },
        needs=_needs(questions, derived, local_values),
        holds={
            id(entry): maker.holds(entry.when) for group in entries.values() for entry in group
        },
        decision=decisions[0] if decisions else None,
        tested=cache(maker.holds),
        **entries,
    )


def _valid(entries: tuple[Any, ...], on: date) -> tuple[Any, ...]:
    return tuple(entry for entry in entries if entry.valid_on(on))


def bound_value(bound: object, on: date) -> Any:
    """A question's lower or upper bound on that day."""
    return on if bound == TODAY else bound


def _domain(question: Question, on: date) -> Possible:
    """Everything the answer to a question may be."""
    match question.kind:
        case "yesno":
            return (True, False)
        case "choice":
            return tuple(option.id for option in question.options)
        case "choices":
            return (OpenChoices(frozenset(option.id for option in question.options)),)
        case "date":
            low = bound_value(question.min, on) or date.min
            return (Span(low, bound_value(question.max, on) or date.max),)
    low = Decimal(0) if question.kind == "money" and question.min is None else question.min
    return (_numbers(low, question.max),)


def _local_domain(item: Local) -> Possible:
    if item.kind == "yesno":
        return (True, False)
    return (UNKNOWN,) if item.kind == "text" else (_numbers(item.min or Decimal(0), item.max),)


def _numbers(low: Any, high: Any) -> Any:
    return span(-INFINITY if low is None else low, INFINITY if high is None else high)


def _needs(
    questions: dict[str, Question], derived: dict[str, Derived], local_values: dict[str, Local]
) -> dict[str, frozenset[str]]:
    """For each name the questions and local values it can depend on, itself included."""
    direct = {name: {n.split(".")[0] for n in names(q.when)} for name, q in questions.items()}
    direct |= {name: derived_names(item) for name, item in derived.items()}
    found: dict[str, frozenset[str]] = {name: frozenset({name}) for name in local_values}

    def reach(name: str) -> frozenset[str]:
        if name not in found:
            found[name] = frozenset({name}) & questions.keys()
            for other in direct.get(name, ()):
                found[name] |= reach(other)
        return found[name]

    return {name: reach(name) for name in (*questions, *derived, *local_values)}


class _Maker:
    """Turns conditions and derived values into functions of an evaluation."""

    def __init__(self, procedure: Procedure, on: date, known: set[str]) -> None:
        self._sets = {item.id: frozenset(item.values) for item in _valid(procedure.sets, on)}
        self._on = on
        self._known = known

    def holds(self, condition: Condition) -> Holds:
        if isinstance(condition, AllOf | AnyOf | NoneOf):
            return self._group(condition)
        name = condition.name
        if isinstance(condition, Within):
            return self._within(condition)
        if isinstance(condition, Chosen):
            test = has_chosen(frozenset(condition.values), condition.exact)
        elif isinstance(condition, InSet):
            test = is_one_of(self._sets.get(condition.set_id, frozenset()))
        else:
            assert isinstance(condition, OneOf)
            test = is_one_of(frozenset(condition.values))

        def holds(at: "Evaluation") -> Tri:
            return every(at.value(name), test)

        return holds

    def _group(self, condition: AllOf | AnyOf | NoneOf) -> Holds:
        parts = tuple(self.holds(part) for part in condition.parts)
        if isinstance(condition, AllOf):
            return _all_of(parts)
        any_of = _any_of(parts)
        if isinstance(condition, AnyOf):
            return any_of
        return lambda at: YES - any_of(at)

    def _within(self, condition: Within) -> Holds:
        name = condition.name
        tests = tuple(
            (how, self.operand(bound.name if isinstance(bound, Ref) else bound))
            for how, bound in condition.bounds
        )

        def holds(at: "Evaluation") -> Tri:
            value = at.value(name)
            return min(every(value, is_within(how, bound(at))) for how, bound in tests)

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
            if floor is None or isinstance(result, type(UNKNOWN)):
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


def _all_of(parts: tuple[Holds, ...]) -> Holds:
    if not parts:
        return lambda at: YES
    if len(parts) == 1:
        return parts[0]

    def holds(at: "Evaluation") -> Tri:
        verdict = YES
        for part in parts:
            found = part(at)
            if found == NO:
                return NO
            if found == OPEN:
                verdict = OPEN
        return verdict

    return holds


def _any_of(parts: tuple[Holds, ...]) -> Holds:
    if len(parts) == 1:
        return parts[0]

    def holds(at: "Evaluation") -> Tri:
        verdict = NO
        for part in parts:
            found = part(at)
            if found == YES:
                return YES
            if found == OPEN:
                verdict = OPEN
        return verdict

    return holds
