"""The plan: what a situation leads to, each item certain or possible, and where one stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from banzheng_tui.guide.amounts import Amount, Range
from banzheng_tui.guide.interview import Interview
from banzheng_tui.guide.notes import notes
from banzheng_tui.guide.progress import Progress, find_progress
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.standings import Standings
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri
from banzheng_tui.procedure.model import (
    Deadline,
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
    amount: Amount
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanDeadline:
    """A deadline; ``day`` is what it counts from, None while that is not known."""

    entry: Deadline
    status: Status
    day: date | None
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
    standings: Standings = field(compare=False, repr=False)
    question: Question | None
    interview: Interview = field(compare=False, repr=False)
    outcomes: tuple[PlanOutcome, ...]
    steps: tuple[PlanStep, ...]
    documents: tuple[PlanDocument, ...]
    warnings: tuple[PlanWarning, ...]
    fees: tuple[PlanFee, ...]
    deadlines: tuple[PlanDeadline, ...]
    scripts: tuple[Script, ...]
    held: frozenset[str]
    waits: Mapping[str, frozenset[str]]
    """For each step those it must wait for."""
    ended: bool
    notes: tuple[str, ...]

    @property
    def remaining_at_most(self) -> int:
        """The most questions that can still come; worked out when it is first asked for."""
        return self.interview.at_most() if self.question else 0

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Every question that may still be asked, next or later."""
        return self.interview.open_questions()

    @property
    def current(self) -> PlanStep | None:
        """The step to take now."""
        return next((step for step in self.steps if step.state == "current"), None)

    @property
    def next(self) -> PlanStep | None:
        """The step after that."""
        return next((step for step in self.steps if step.state == "next"), None)

    def in_play(self, fact: str) -> bool:
        """Whether an answer to this question counts, or may yet count."""
        return fact in self.rules.questions and self.standings.in_play(fact) != NO


def make_plan(rules: Rules, situation: Situation) -> Plan:
    """The plan of a situation. The same input gives the same plan."""
    standings = Standings(rules, situation)
    maker = _Maker(rules, situation, standings)
    interview = Interview(rules, situation, standings.knowledge)
    question = interview.next_question()
    documents = maker.documents()
    return Plan(
        rules=rules,
        situation=situation,
        standings=standings,
        question=question,
        interview=interview,
        outcomes=maker.outcomes(),
        steps=maker.steps(documents),
        documents=documents,
        warnings=maker.warnings(),
        fees=maker.fees(),
        deadlines=maker.deadlines(),
        scripts=maker.scripts(),
        held=maker.progress.held,
        waits=maker.progress.waits,
        ended=standings.ended,
        notes=tuple(notes(rules, situation, standings, maker.progress, documents)),
    )


def _status(verdict: Tri) -> Status:
    return "certain" if verdict == YES else "possible"


class _Maker:
    """Builds the parts of one plan."""

    def __init__(self, rules: Rules, situation: Situation, standings: Standings) -> None:
        self.rules = rules
        self.situation = situation
        self.standings = standings
        self.truths = rules.truths
        self.progress: Progress = find_progress(rules, situation, standings)

    def outcomes(self) -> tuple[PlanOutcome, ...]:
        ended = self.standings.ended
        found = []
        for outcome in self.rules.outcomes:
            verdict = self.standings.outcome(outcome)
            if verdict == YES or (verdict == OPEN and not ended):
                waits = self._undecided(verdict, self.truths.outcomes[outcome.id])
                found.append(PlanOutcome(outcome, _status(verdict), waits))
        return tuple(found)

    def steps(self, documents: tuple[PlanDocument, ...]) -> tuple[PlanStep, ...]:
        papers: dict[str, list[str]] = {step.id: [] for step in self.progress.order}
        for document in documents:
            for step_id in document.for_steps:
                papers[step_id].append(document.id)
        found = []
        for step in self.progress.order:
            verdict = self.standings.step(step)
            found.append(
                PlanStep(
                    entry=step,
                    status=_status(verdict),
                    state=self._state(step.id),
                    parallel=step.id in self.progress.parallel,
                    undecided=self._undecided(verdict, self.truths.steps[step.id]),
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
            if self.standings.use(use) != NO:
                lines.setdefault(use.line, []).append(use)
        return tuple(self._document(line, tuple(uses)) for line, uses in lines.items())

    def _document(self, line: str, uses: tuple[DocumentUse, ...]) -> PlanDocument:
        papers = tuple(dict.fromkeys(paper for use in uses for paper in use.papers))
        steps = {step for use in uses for step in use.for_steps}
        verdict = self.standings.uses(uses)
        original, copies = self.standings.sheets(line)
        return PlanDocument(
            id=line,
            papers=papers,
            uses=uses,
            status=_status(verdict),
            grade=_weakest(use.grade for use in uses),
            need=min((use.need for use in uses), key=_NEEDS.index),
            original=_count(original),
            copies=_count(copies),
            for_steps=tuple(step.id for step in self.progress.order if step.id in steps),
            fetched=all(use.fetched for use in uses),
            held=bool(self.progress.held.intersection(papers)),
            undecided=self._undecided(verdict, self.truths.uses(uses)),
        )

    def warnings(self) -> tuple[PlanWarning, ...]:
        found = []
        present = {step.id for step in self.progress.order}
        for warning in self.rules.warnings:
            verdict = self.standings.warning(warning)
            if verdict != NO:
                past = self.progress.done.issuperset(present.intersection(warning.before))
                waits = self._undecided(verdict, self.truths.warning(warning))
                found.append(PlanWarning(warning, _status(verdict), past, waits))
        return tuple(sorted(found, key=lambda item: _LEVELS.index(item.entry.level)))

    def fees(self) -> tuple[PlanFee, ...]:
        found = []
        for fee in self.rules.fees:
            verdict = self.standings.fee(fee)
            if verdict != NO:
                waits = self._undecided(verdict, self.truths.fees[fee.id])
                amount = self.standings.amount(fee)
                found.append(PlanFee(fee, _status(verdict), amount, waits))
        return tuple(found)

    def deadlines(self) -> tuple[PlanDeadline, ...]:
        found = []
        for deadline in self.rules.deadlines:
            verdict = self.standings.deadline(deadline)
            if verdict != NO:
                waits = self._undecided(verdict, self.truths.deadline(deadline))
                day = self.standings.day(deadline)
                found.append(PlanDeadline(deadline, _status(verdict), day, waits))
        return tuple(found)

    def scripts(self) -> tuple[Script, ...]:
        rules = self.rules
        return tuple(s for s in rules.scripts if self.standings.holds(s.when) == YES)

    def _undecided(self, verdict: Tri, own: int) -> tuple[str, ...]:
        """While an entry is open, the unknown facts that decide it."""
        return self.standings.undecided(own) if verdict == OPEN else ()


_LEVELS = ("irreversible", "deadline", "common-mistake", "note")
_NEEDS = ("required", "deferrable", "optional")
_GRADES: tuple[Grade, ...] = ("window", "local", "verified")


def _weakest(grades: Iterable[Grade]) -> Grade:
    """The grade to show where several uses of a paper differ: never more certain than any."""
    return min(grades, key=_GRADES.index)


def _count(count: Range) -> Count:
    return count[0] if count[0] == count[1] else count
