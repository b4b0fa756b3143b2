"""The plan: what a situation leads to, each item certain or possible, and where one stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from banzheng_tui.guide.amounts import Range, hull, total_sheets
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.interview import Interview
from banzheng_tui.guide.possible import Span
from banzheng_tui.guide.progress import Progress, find_progress
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri
from banzheng_tui.guide.verdicts import Verdicts
from banzheng_tui.procedure.model import (
    DocumentUse,
    Fee,
    Grade,
    Outcome,
    Question,
    Script,
    Step,
    Warning,
)

Status: TypeAlias = Literal["certain", "possible"]
State: TypeAlias = Literal["done", "current", "next", "later"]
Count: TypeAlias = int | tuple[int, int | None]
"""How many sheets; while that is open, the fewest and the most (None: no limit known)."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of the plan."""

    entry: Step
    status: Status
    state: State
    parallel: bool
    undecided: tuple[str, ...]
    papers: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.entry.id


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """One line of the list of documents: a paper, or several of equal worth."""

    id: str
    papers: tuple[str, ...]
    uses: tuple[DocumentUse, ...]
    status: Status
    grade: Grade
    need: Literal["required", "deferrable", "optional"]
    original: Count
    copies: Count
    for_steps: tuple[str, ...]
    fetched: bool
    held: bool
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """A warning; past once every step that it stands before is done."""

    entry: Warning
    status: Status
    past: bool
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanFee:
    """A fee; ``amount`` is a range while it is open and None where no source settles it."""

    entry: Fee
    status: Status
    amount: Decimal | Span | None
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """An outcome that holds or may hold."""

    entry: Outcome
    status: Status
    undecided: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a situation leads, and the next question if there is one."""

    rules: Rules
    situation: Situation
    question: Question | None
    remaining_at_most: int
    outcomes: tuple[PlanOutcome, ...]
    steps: tuple[PlanStep, ...]
    documents: tuple[PlanDocument, ...]
    warnings: tuple[PlanWarning, ...]
    fees: tuple[PlanFee, ...]
    scripts: tuple[Script, ...]
    held: frozenset[str]
    ended: bool
    notes: tuple[str, ...]

    @property
    def current(self) -> PlanStep | None:
        """The step to take now."""
        return next((step for step in self.steps if step.state == "current"), None)

    @property
    def next(self) -> PlanStep | None:
        """The step after that."""
        return next((step for step in self.steps if step.state == "next"), None)


def make_plan(rules: Rules, situation: Situation) -> Plan:
    """The plan of a situation. The same input gives the same plan."""
    verdicts = Verdicts(Evaluation(rules, situation.answers))
    maker = _Maker(rules, situation, verdicts)
    interview = Interview(rules, situation, verdicts)
    question = interview.next_question()
    documents = maker.documents()
    return Plan(
        rules=rules,
        situation=situation,
        question=question,
        remaining_at_most=interview.at_most() if question else 0,
        outcomes=maker.outcomes(),
        steps=maker.steps(documents),
        documents=documents,
        warnings=maker.warnings(),
        fees=maker.fees(),
        scripts=maker.scripts(),
        held=maker.progress.held,
        ended=verdicts.ending == YES,
        notes=maker.notes(documents),
    )


def _status(verdict: Tri) -> Status:
    return "certain" if verdict == YES else "possible"


class _Maker:
    """Builds the parts of one plan."""

    def __init__(self, rules: Rules, situation: Situation, verdicts: Verdicts) -> None:
        self.rules = rules
        self.situation = situation
        self.verdicts = verdicts
        self.at = verdicts.at
        self.progress: Progress = find_progress(rules, situation, verdicts)

    def outcomes(self) -> tuple[PlanOutcome, ...]:
        ended = self.verdicts.ending == YES
        found = []
        for outcome in self.rules.outcomes:
            verdict, waits = self._verdict(self.verdicts.outcome, outcome)
            if verdict == YES or (verdict == OPEN and not ended):
                found.append(PlanOutcome(outcome, _status(verdict), waits))
        return tuple(found)

    def steps(self, documents: tuple[PlanDocument, ...]) -> tuple[PlanStep, ...]:
        papers: dict[str, list[str]] = {step.id: [] for step in self.progress.order}
        for document in documents:
            for step_id in document.for_steps:
                papers[step_id].append(document.id)
        found = []
        for step in self.progress.order:
            verdict, waits = self._verdict(self.verdicts.step, step)
            found.append(
                PlanStep(
                    entry=step,
                    status=_status(verdict),
                    state=self._state(step.id),
                    parallel=step.id in self.progress.parallel,
                    undecided=waits,
                    papers=tuple(papers[step.id]),
                )
            )
        return tuple(found)

    def _state(self, step_id: str) -> State:
        if step_id in self.progress.done:
            return "done"
        if step_id == self.progress.current:
            return "current"
        return "next" if step_id == self.progress.next else "later"

    def documents(self) -> tuple[PlanDocument, ...]:
        lines: dict[str, list[DocumentUse]] = {}
        for use in self.rules.uses:
            if self.verdicts.use(use) != NO:
                lines.setdefault(use.line, []).append(use)
        return tuple(self._document(line, uses) for line, uses in lines.items())

    def _document(self, line: str, uses: list[DocumentUse]) -> PlanDocument:
        papers = tuple(dict.fromkeys(paper for use in uses for paper in use.papers))
        steps = {step for use in uses for step in use.for_steps}
        standing = [(use, self.verdicts.use(use)) for use in uses]
        verdict, waits = self._verdict(self._any_use, uses)
        original, copies = total_sheets(standing, self.at)
        return PlanDocument(
            id=line,
            papers=papers,
            uses=tuple(uses),
            status=_status(verdict),
            grade=_weakest(use.grade for use in uses),
            need=min((use.need for use in uses), key=_NEEDS.index),
            original=_count(original),
            copies=_count(copies),
            for_steps=tuple(step.id for step in self.progress.order if step.id in steps),
            fetched=all(use.fetched for use in uses),
            held=bool(self.progress.held.intersection(papers)),
            undecided=waits,
        )

    def _any_use(self, uses: list[DocumentUse]) -> Tri:
        return max(self.verdicts.use(use) for use in uses)

    def warnings(self) -> tuple[PlanWarning, ...]:
        found = []
        present = {step.id for step in self.progress.order}
        for warning in self.rules.warnings:
            verdict, waits = self._verdict(self.verdicts.warning, warning)
            if verdict != NO:
                past = self.progress.done.issuperset(present.intersection(warning.before))
                found.append(PlanWarning(warning, _status(verdict), past, waits))
        return tuple(sorted(found, key=lambda item: _LEVELS.index(item.entry.level)))

    def fees(self) -> tuple[PlanFee, ...]:
        found = []
        for fee in self.rules.fees:
            (verdict, amounts), waits = self.at.waiting_for(self.verdicts.fee, fee)
            if verdict != NO:
                names = self._names(waits) if verdict == OPEN else ()
                found.append(PlanFee(fee, _status(verdict), hull(amounts), names))
        return tuple(found)

    def scripts(self) -> tuple[Script, ...]:
        rules = self.rules
        return tuple(s for s in rules.scripts if rules.condition(s)(self.at) == YES)

    def notes(self, documents: tuple[PlanDocument, ...]) -> tuple[str, ...]:
        """What was given and does not count now, and why."""
        found = []
        given = {*self.situation.answers, *self.situation.unsure}
        for fact, question in self.rules.questions.items():
            if fact in given and self.at.play(fact) == NO:
                found.append(f"「{question.name}」的回答先留着，现在不算：按现在的情形不用问这一题")
        needed = {paper for document in documents for paper in document.papers}
        needed |= {paper for step in self.progress.order for paper in step.produces}
        for paper in sorted(self.situation.have - needed):
            name = self.rules.catalog.documents[paper].name
            found.append(f"已有的「{name}」现在用不上：方案里没有哪一步要它")
        present = {step.id for step in self.progress.order}
        titles = {step.id: step.title for step in self.rules.steps}
        for step in sorted(self.situation.done - present):
            found.append(f"已办的「{titles[step]}」现在不算：方案里没有这一步")
        return tuple(found)

    def _verdict(self, judge: Callable[[Any], Tri], entry: Any) -> tuple[Tri, tuple[str, ...]]:
        """How an entry stands, and while that is open, which unknown facts decide it."""
        verdict, waits = self.at.waiting_for(judge, entry)
        return verdict, self._names(waits) if verdict == OPEN else ()

    def _names(self, waits: int) -> tuple[str, ...]:
        return self.at.rules.facts(waits)


_LEVELS = ("irreversible", "deadline", "common-mistake", "note")
_NEEDS = ("required", "deferrable", "optional")
_GRADES: tuple[Grade, ...] = ("window", "local", "verified")


def _weakest(grades: Iterable[Grade]) -> Grade:
    """The grade to show where several uses of a paper differ: never more certain than any."""
    return min(grades, key=_GRADES.index)


def _count(count: Range) -> Count:
    return count[0] if count[0] == count[1] else count
