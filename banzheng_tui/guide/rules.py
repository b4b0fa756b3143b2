"""A procedure made ready for one day: conditions as functions, entries that hold on that day.

``Rules`` is what the guide works with; ``compile_rules`` makes it once a procedure and day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from banzheng_tui.guide.compile import Compiler, Gives, Holds
from banzheng_tui.guide.possible import INFINITY, UNKNOWN, OpenChoices, Possible, Span, span
from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.condition import TODAY, Condition
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import (
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

AnyEntry = TypeVar("AnyEntry", bound=Dated)


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
    tables: dict[str, Derived]
    """Derived values as they are written."""
    sets: dict[str, frozenset[str]]
    plays: dict[str, Holds]
    domains: dict[str, Possible]
    derived: dict[str, Gives]
    bits: dict[str, int]
    """One bit for each question and local value, the author's order from the lowest up."""
    holds: dict[int, Holds]
    step_conditions: dict[str, Holds]
    decision: str | None
    tested: Callable[[Condition], Holds]
    """Any condition over this procedure's names as a function."""

    def condition(self, entry: Any) -> Holds:
        """When an entry of this procedure applies, as a function."""
        return self.holds[id(entry)]

    def facts(self, waits: int) -> tuple[str, ...]:
        """The questions and local values of these bits, in the author's order."""
        return tuple(name for name, bit in self.bits.items() if bit & waits) if waits else ()


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
    questions = {
        question.id: question
        for question in _valid(procedure.questions, on)
        if isinstance(question, Question)
    }
    tables = {item.id: item for item in _valid(procedure.derived, on)}
    local_values = {item.id: item for item in _valid(procedure.locals, on)}
    sets = {item.id: frozenset(item.values) for item in _valid(procedure.sets, on)}
    compiler = Compiler(sets, {*questions, *tables, *local_values}, on)
    entries: dict[str, tuple[Any, ...]] = {
        "steps": _valid(procedure.steps, on),
        "uses": _valid(procedure.documents, on),
        "warnings": _valid(procedure.warnings, on),
        "fees": _valid(procedure.fees, on),
        "outcomes": _valid(procedure.outcomes, on),
        "rejections": _valid(procedure.rejections, on),
        "scripts": _valid(procedure.scripts, on),
    }
    holds = {id(entry): compiler.holds(entry.when) for group in entries.values() for entry in group}
    domains = {name: _domain(question, on) for name, question in questions.items()}
    domains |= {name: _local_domain(item) for name, item in local_values.items()}
    domains[TODAY] = (on,)
    return Rules(
        procedure=procedure,
        catalog=catalog,
        on=on,
        questions=questions,
        locals=local_values,
        tables=tables,
        sets=sets,
        plays={name: compiler.holds(question.when) for name, question in questions.items()},
        domains=domains,
        derived={name: value for item in tables.values() for name, value in compiler.derived(item)},
        bits={name: 1 << index for index, name in enumerate((*questions, *local_values))},
        holds=holds,
        step_conditions={step.id: holds[id(step)] for step in entries["steps"]},
        decision=next((name for name, item in questions.items() if item.decision), None),
        tested=cache(compiler.holds),
        **entries,
    )


def _valid(entries: tuple[AnyEntry, ...], on: date) -> tuple[AnyEntry, ...]:
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
