"""A procedure made ready for one day: conditions as functions, entries that hold on that day.

``Rules`` is what the guide works with; ``compile_rules`` makes it once a procedure and day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from banzheng_tui.guide.chain.merge import Chain, chained
from banzheng_tui.guide.chain.package import with_package
from banzheng_tui.guide.exact.formulas import Formulas, Terms
from banzheng_tui.guide.exact.truths import Entries, Truths
from banzheng_tui.guide.possible import INFINITY, Alternative, Span, span
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.condition import TODAY, Condition
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import (
    Dated,
    Deadline,
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
from banzheng_tui.procedure.packages import Package

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
    deadlines: tuple[Deadline, ...]
    rejections: tuple[Rejection, ...]
    scripts: tuple[Script, ...]
    locals: dict[str, Local]
    spans: dict[str, Alternative]
    """For each number, amount of money and day what it may be."""
    decision: str | None
    truths: Truths
    origin: Mapping[str, str] = field(default_factory=dict)
    """For each question and step of a way over several procedures, the one it comes from."""
    held: Mapping[str, str] = field(default_factory=dict)
    """Papers that may spare a procedure, each with the fact that says whether it is at hand."""
    package: Package | None = None
    """The package that these are the rules of."""
    packages: tuple[Package, ...] = ()
    """The packages that the procedure can be done with."""

    def known(self, situation: Situation) -> Mapping[str, Answer]:
        """All that a situation says of the facts: the answers, and which papers are at hand."""
        if not self.held:
            return situation.answers
        held = {fact: paper in situation.have for paper, fact in self.held.items()}
        return {**situation.answers, **held}

    def can_be(self, fact: str, answer: object) -> bool:
        """Whether a question or local value knows such an answer on this day."""
        question = self.questions.get(fact)
        if question is None and fact not in self.locals:
            return False
        if question is None or not question.options:
            return True
        chosen = answer if isinstance(answer, frozenset) else {answer}
        return chosen <= {option.id for option in question.options}


class RuleBook:
    """The rules of a library's procedures and packages, compiled once a day that is asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._compiled: dict[tuple[str, date], Rules] = {}

    def rules(self, procedure_id: str, on: date) -> Rules:
        """The rules of a procedure or package; KeyError when the library has none of that id."""
        key = (procedure_id, on)
        if key not in self._compiled:
            self._compiled[key] = self._rules(procedure_id, on)
        return self._compiled[key]

    def _rules(self, name: str, on: date) -> Rules:
        library, known = self.library, self.library.packages
        package = known.get(name)
        if package is not None:
            library = with_package(library, package, on)
        way = chained(library, name, on)
        rules = compile_rules(way.procedure, library.catalog, on, way)
        offers = tuple(item for item in known.values() if name in item.head.procedures)
        return replace(rules, package=package, packages=offers)


def compile_rules(
    procedure: Procedure, catalog: Catalog, on: date, way: Chain | None = None
) -> Rules:
    """The procedure as it stands on that day; ``way``: it is one over several procedures."""
    questions = {
        question.id: question
        for question in _valid(procedure.questions, on)
        if isinstance(question, Question)
    }
    tables = {item.id: item for item in _valid(procedure.derived, on)}
    local_values = {item.id: item for item in _valid(procedure.locals, on)}
    sets = {item.id: frozenset(item.values) for item in _valid(procedure.sets, on)}
    entries = Entries(
        questions=questions,
        steps=_valid(procedure.steps, on),
        uses=_valid(procedure.documents, on),
        warnings=_valid(procedure.warnings, on),
        fees=_valid(procedure.fees, on),
        outcomes=_valid(procedure.outcomes, on),
        deadlines=_valid(procedure.deadlines, on),
    )
    spans = {q.id: _span(q, on) for q in questions.values() if q.kind in _MEASURED}
    spans |= {item.id: _local_span(item) for item in local_values.values() if item.kind in _SET}
    ungated = way.ungated if way else frozenset()
    terms = Terms(questions, tables, local_values, sets, spans, on, ungated)
    rejections, scripts = _valid(procedure.rejections, on), _valid(procedure.scripts, on)
    conditions = _conditions(entries, tables, (*rejections, *scripts))
    return Rules(
        procedure=procedure,
        catalog=catalog,
        on=on,
        questions=questions,
        steps=entries.steps,
        uses=entries.uses,
        warnings=entries.warnings,
        fees=entries.fees,
        outcomes=entries.outcomes,
        deadlines=entries.deadlines,
        rejections=rejections,
        scripts=scripts,
        locals=local_values,
        spans=spans,
        decision=next((name for name, item in questions.items() if item.decision), None),
        truths=Truths(Formulas(terms, conditions), entries),
        origin=way.origin if way else {},
        held=way.held if way else {},
    )


def _conditions(
    entries: Entries, tables: dict[str, Derived], others: tuple[Rejection | Script, ...]
) -> Iterator[Condition]:
    """Every condition of a procedure."""
    groups = (
        entries.steps,
        entries.uses,
        entries.warnings,
        entries.fees,
        entries.outcomes,
        entries.deadlines,
    )
    for group in (entries.questions.values(), *groups, others):
        yield from (entry.when for entry in group)
    for table in tables.values():
        yield from (case.when for case in table.cases)


def _valid(entries: tuple[AnyEntry, ...], on: date) -> tuple[AnyEntry, ...]:
    return tuple(entry for entry in entries if entry.valid_on(on))


def bound_value(bound: object, on: date) -> Any:
    """A question's lower or upper bound on that day."""
    return on if bound == TODAY else bound


_MEASURED = ("number", "money", "date")
_SET = ("number", "money", "rate")


def _span(question: Question, on: date) -> Alternative:
    """What the answer to a question for a number or day may be."""
    low, high = bound_value(question.min, on), bound_value(question.max, on)
    if question.kind == "date":
        return Span(low or date.min, high or date.max)
    if question.kind == "money" and low is None:
        low = Decimal(0)
    return _numbers(low, high)


def _local_span(item: Local) -> Alternative:
    return _numbers(item.min or Decimal(0), item.max)


def _numbers(low: Any, high: Any) -> Alternative:
    return span(-INFINITY if low is None else low, INFINITY if high is None else high)
