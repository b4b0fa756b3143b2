"""The plan: what a situation leads to, each item certain or possible, and where one stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from banzheng_tui.guide.amounts import hull
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.interview import Interview
from banzheng_tui.guide.possible import ABSENT, UNKNOWN, Span, ends
from banzheng_tui.guide.progress import Progress, find_progress
from banzheng_tui.guide.reasons import undecided
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.tri import NO, YES, Tri
from banzheng_tui.guide.verdicts import Verdicts
from banzheng_tui.procedure.condition import ALWAYS, AllOf, AnyOf, Condition
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
        self._whens = {step.id: step.when for step in rules.steps}

    def outcomes(self) -> tuple[PlanOutcome, ...]:
        found = []
        for outcome in self.rules.outcomes:
            verdict = self.verdicts.outcomes[outcome.id]
            if verdict != NO and (verdict == YES or self.verdicts.ending != YES):
                names = self._undecided(verdict, outcome.when)
                found.append(PlanOutcome(outcome, _status(verdict), names))
        return tuple(found)

    def steps(self, documents: tuple[PlanDocument, ...]) -> tuple[PlanStep, ...]:
        found = []
        for step in self.progress.order:
            verdict = self.verdicts.step(step)
            found.append(
                PlanStep(
                    entry=step,
                    status=_status(verdict),
                    state=self._state(step.id),
                    parallel=step.id in self.progress.parallel,
                    undecided=self._undecided(verdict, step.when),
                    papers=tuple(d.id for d in documents if step.id in d.for_steps),
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
        verdict = max(self.verdicts.use(use) for use in uses)
        papers = tuple(dict.fromkeys(paper for use in uses for paper in use.papers))
        steps = [s for use in uses for s in use.for_steps if self.verdicts.step(s) != NO]
        return PlanDocument(
            id=line,
            papers=papers,
            uses=tuple(uses),
            status=_status(verdict),
            grade=_weakest(use.grade for use in uses),
            need=min((use.need for use in uses), key=_NEEDS.index),
            original=self._originals(uses),
            copies=self._copies(uses),
            for_steps=tuple(s.id for s in self.progress.order if s.id in steps),
            fetched=all(use.fetched for use in uses),
            held=bool(self.progress.held.intersection(papers)),
            undecided=self._undecided(verdict, AnyOf(tuple(self._when(u) for u in uses))),
        )

    def _when(self, use: DocumentUse) -> Condition:
        return self._with_steps(use.when, use.for_steps)

    def _with_steps(self, when: Condition, steps: Iterable[str]) -> Condition:
        conditions = tuple(self._whens[step] for step in steps if step in self._whens)
        return AllOf((when, AnyOf(conditions)))

    def _originals(self, uses: list[DocumentUse]) -> Count:
        """Originals that are shown count once; those that are kept add up."""
        kept = [self._times(use, use.original) for use in uses if use.kept]
        shown = [self._times(use, use.original) for use in uses if not use.kept]
        least = sum(low for low, _ in kept) + max((low for low, _ in shown), default=0)
        most = [high for _, high in kept if high is not None]
        most_shown = [high for _, high in shown if high is not None]
        if len(most) + len(most_shown) < len(uses):
            return least, None
        return _count(least, sum(most) + max(most_shown, default=0))

    def _copies(self, uses: list[DocumentUse]) -> Count:
        counts = [self._times(use, use.copies) for use in uses]
        most = [high for _, high in counts if high is not None]
        least = sum(low for low, _ in counts)
        return _count(least, sum(most)) if len(most) == len(uses) else (least, None)

    def _times(self, use: DocumentUse, number: int) -> tuple[int, int | None]:
        """The fewest and the most sheets of one use, multiplied where it says ``per``."""
        if not use.per or number == 0:
            return number, number
        values = [v for v in self.at.value(use.per) if v is not ABSENT and v is not UNKNOWN]
        if not values:
            return number, number
        low = min(ends(value)[0] for value in values)
        high = max(ends(value)[1] for value in values)
        least = 0 if low.is_infinite() else int(low)
        return number * least, None if high.is_infinite() else number * int(high)

    def warnings(self) -> tuple[PlanWarning, ...]:
        found = []
        for warning in self.rules.warnings:
            verdict = self.verdicts.warning(warning)
            if verdict == NO:
                continue
            before = [s for s in warning.before if self.verdicts.step(s) != NO]
            when = self._with_steps(warning.when, warning.before)
            past = all(step in self.progress.done for step in before)
            names = self._undecided(verdict, when)
            found.append(PlanWarning(warning, _status(verdict), past, names))
        return tuple(sorted(found, key=lambda item: _LEVELS.index(item.entry.level)))

    def fees(self) -> tuple[PlanFee, ...]:
        found = []
        for fee in self.rules.fees:
            verdict, amounts = self.verdicts.fee(fee)
            if verdict != NO:
                when = fee.when
                if fee.for_step:
                    when = self._with_steps(fee.when, [fee.for_step])
                names = self._undecided(verdict, when)
                found.append(PlanFee(fee, _status(verdict), hull(amounts), names))
        return tuple(found)

    def scripts(self) -> tuple[Script, ...]:
        rules = self.rules
        return tuple(s for s in rules.scripts if rules.condition(s)(self.at) == YES)

    def notes(self, documents: tuple[PlanDocument, ...]) -> tuple[str, ...]:
        """What was given and does not count now, and why."""
        found = []
        for fact in (*self.situation.answers, *sorted(self.situation.unsure)):
            if self.at.play(fact) == NO:
                name = self.rules.questions[fact].name
                found.append(f"「{name}」的回答先留着，现在不算：按现在的情形不用问这一题")
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

    def _undecided(self, verdict: Tri, when: Condition) -> tuple[str, ...]:
        if verdict == YES or when == ALWAYS:
            return ()
        return undecided(when, self.at)


_LEVELS = ("irreversible", "deadline", "common-mistake", "note")
_NEEDS = ("required", "deferrable", "optional")
_GRADES: tuple[Grade, ...] = ("window", "local", "verified")


def _weakest(grades: Iterable[Grade]) -> Grade:
    """The grade to show where several uses of a paper differ: never more certain than any."""
    return min(grades, key=_GRADES.index)


def _count(low: int, high: int) -> Count:
    return low if low == high else (low, high)
