"""Everything that a plan can hold, as diagrams: where each item is in the plan, what it comes to."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from banzheng_tui.guide.exact.diagrams import NO, TooLargeError
from banzheng_tui.guide.exact.formulas import Formulas
from banzheng_tui.guide.exact.worth import Sheets, Worth, work_out
from banzheng_tui.guide.possible import ABSENT, UNKNOWN
from banzheng_tui.procedure.condition import OneOf
from banzheng_tui.procedure.model import (
    Deadline,
    DocumentUse,
    Fee,
    Outcome,
    Question,
    Step,
    Warning,
)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a procedure that hold on the plan's day."""

    questions: dict[str, Question]
    steps: tuple[Step, ...]
    uses: tuple[DocumentUse, ...]
    warnings: tuple[Warning, ...]
    fees: tuple[Fee, ...]
    outcomes: tuple[Outcome, ...]
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing in which two plans may differ."""

    diagram: int
    paper: str | None = None
    """For a paper that an answer says is held: which."""


class Truths:
    """The diagrams of one procedure on one day.

    An item's own diagram says where its conditions hold; ``within`` says where that is so and the
    procedure is neither refused nor redirected.
    """

    def __init__(self, formulas: Formulas, entries: Entries) -> None:
        self.formulas = formulas
        self.diagrams = formulas.diagrams
        self._entries = entries
        self.outcomes = self._outcomes()
        ending = (self.outcomes[o.id] for o in entries.outcomes if o.ends)
        self.goes_on = self.diagrams.negation(formulas.any_of(ending))
        """Where the procedure is neither refused nor redirected."""
        self.steps = {step.id: formulas.condition(step.when) for step in entries.steps}
        self._uses = {id(use): self._at_steps(use, use.for_steps) for use in entries.uses}
        self._warnings = {id(item): self._at_steps(item, item.before) for item in entries.warnings}
        self._deadlines = {id(d): self._at_steps(d, d.for_steps) for d in entries.deadlines}
        self.amounts = {fee.id: self._amount(fee) for fee in entries.fees}
        self.fees = {fee.id: self._fee(fee) for fee in entries.fees}
        self._within: dict[int, int] = {}
        self.bounds: dict[Hashable, int] = {}
        """How many questions can come at most, for states of interviews that were worked out."""
        self._any_use: dict[tuple[int, ...], int] = {}

    def within(self, own: int) -> int:
        """Where an item's conditions hold and the procedure goes on."""
        found = self._within.get(own)
        if found is None:
            found = self._within[own] = self.formulas.all_of((own, self.goes_on))
        return found

    def use(self, use: DocumentUse) -> int:
        """Where a use of a paper and one of its steps hold."""
        return self._uses[id(use)]

    def uses(self, uses: Sequence[DocumentUse]) -> int:
        """Where any of these uses holds."""
        key = tuple(map(self.use, uses))
        found = self._any_use.get(key)
        if found is None:
            found = self._any_use[key] = self.formulas.any_of(key)
        return found

    def warning(self, warning: Warning) -> int:
        """Where a warning and one of its steps hold."""
        return self._warnings[id(warning)]

    def deadline(self, deadline: Deadline) -> int:
        """Where a deadline and one of its steps hold, and the day is one that is asked for."""
        known = self.diagrams.negation(
            self.diagrams.where(self.formulas.worth(deadline.fact), ABSENT)
        )
        return self.formulas.all_of((self._deadlines[id(deadline)], known))

    def day(self, deadline: Deadline) -> int:
        """The day that a deadline counts from, where it holds; ``NO`` elsewhere."""
        within = self.within(self.deadline(deadline))
        return self.diagrams.choose(within, self.formulas.worth(deadline.fact), NO)

    def due(self, fee: Fee) -> int:
        """What a fee comes to where it falls due; ``NO`` elsewhere."""
        return self.diagrams.choose(self.within(self.fees[fee.id]), self.amounts[fee.id], NO)

    # ---------------------------------------------------------------- items

    def _outcomes(self) -> dict[str, int]:
        """Where each outcome holds and none before it in its group does."""
        found: dict[str, int] = {}
        before: dict[str, list[int]] = {}
        for outcome in self._entries.outcomes:
            own = self.formulas.condition(outcome.when)
            others = before.setdefault(outcome.group, []) if outcome.group else []
            taken = self.formulas.any_of(others)
            found[outcome.id] = self.formulas.all_of((own, self.diagrams.negation(taken)))
            others.append(own)
        return found

    def _at_steps(self, entry: Any, steps: Sequence[str]) -> int:
        at_a_step = self.formulas.any_of(self.steps[s] for s in steps if s in self.steps)
        return self.formulas.all_of((self.formulas.condition(entry.when), at_a_step))

    def _fee(self, fee: Fee) -> int:
        """Where a fee falls due: over an absent base it drops out."""
        present = self.diagrams.negation(self.diagrams.where(self.amounts[fee.id], ABSENT))
        parts = [self.formulas.condition(fee.when), present]
        if fee.for_step:
            parts.append(self.steps.get(fee.for_step, NO))
        return self.formulas.all_of(parts)

    def _amount(self, fee: Fee) -> int:
        """What a fee comes to in yuan, to the fen."""
        worked = self.formulas.worked
        if fee.amount is not None:
            amount = self.formulas.operand(fee.amount)
        elif fee.rate is not None:
            base = worked("difference", (fee.of, *fee.less)) if fee.less else fee.of
            amount = worked("product", (worked("at_least", (base, _ZERO)), fee.rate))
        else:
            return self.diagrams.leaf(UNKNOWN)
        for way in ("at_least", "at_most"):
            limit = getattr(fee, way)
            if limit is not None:
                amount = worked(way, (amount, limit))
        return worked("fen", (amount,))

    # ---------------------------------------------------------------- lines of papers

    @cached_property
    def lines(self) -> dict[str, tuple[DocumentUse, ...]]:
        """The uses of papers, those of one line of the list together."""
        found: dict[str, tuple[DocumentUse, ...]] = {}
        for use in self._entries.uses:
            found[use.line] = (*found.get(use.line, ()), use)
        return found

    @cached_property
    def sheets(self) -> dict[str, int | None]:
        """For each line its ``Sheets`` where it is in the plan; None where that is too large."""
        return {line: self._sheets(uses) for line, uses in self.lines.items()}

    @cached_property
    def sheets_within(self) -> dict[str, int | None]:
        """The sheets of each line where the procedure goes on."""
        return {
            line: None if found is None else self.diagrams.choose(self.goes_on, found, NO)
            for line, found in self.sheets.items()
        }

    def _sheets(self, uses: Sequence[DocumentUse]) -> int | None:
        steps = list(dict.fromkeys(s for use in uses for s in use.for_steps if s in self.steps))
        parts = [self.use(use) for use in uses] + [self.steps[step] for step in steps]
        times = [use.per for use in uses if use.per]
        parts += map(self.formulas.worth, times)

        def counted(*values: Any) -> Any:
            present = values[: len(uses)]
            if not any(present):
                return False
            at = {s for s, is_in in zip(steps, values[len(uses) :], strict=False) if is_in}
            pers = iter(values[len(uses) + len(steps) :])
            each = [(use, next(pers) if use.per else 1) for use in uses]
            return _sheets([pair for pair, is_in in zip(each, present, strict=True) if is_in], at)

        try:
            return self.diagrams.limited(self.formulas.combined, parts, counted)
        except TooLargeError:
            return None

    # ---------------------------------------------------------------- effects

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """All in which two plans can differ."""
        return tuple(dict.fromkeys(self._effects()))

    def _effects(self) -> Iterator[Effect]:
        yield from map(Effect, self.outcomes.values())
        yield from (Effect(self.within(step)) for step in self.steps.values())
        for line, uses in self.lines.items():
            whole = self.sheets_within[line]
            if whole is not None:
                yield Effect(whole)
            else:
                yield from (Effect(self.within(self.use(use))) for use in uses)
        yield from (Effect(self.within(item)) for item in self._warnings.values())
        yield from (Effect(self.due(fee)) for fee in self._entries.fees)
        yield from (Effect(self.day(item)) for item in self._entries.deadlines)
        yield from self._held()

    def _held(self) -> Iterator[Effect]:
        """Papers that an option says are at hand: they tick a line and may do a step."""
        said: dict[str, list[int]] = {}
        for question in self._entries.questions.values():
            for option in question.options:
                for paper in option.have:
                    chosen = self.formulas.condition(OneOf(question.id, (option.id,)))
                    said.setdefault(paper, []).append(chosen)
        for paper, answers in said.items():
            wanted = [self.use(use) for use in self._entries.uses if paper in use.papers]
            wanted += [self.steps[s.id] for s in self._entries.steps if paper in s.produces]
            held = self.formulas.all_of(
                (self.formulas.any_of(answers), self.formulas.any_of(wanted))
            )
            yield Effect(self.within(held), paper)


def _sheets(uses: Sequence[tuple[DocumentUse, Worth]], steps: set[str]) -> Sheets:
    """Originals that are shown count once; those that are kept, and copies, add up."""
    shown = [_times(use.original, per) for use, per in uses if not use.kept]
    kept = [_times(use.original, per) for use, per in uses if use.kept]
    original = _total([_largest(shown), *kept])
    copies = _total([_times(use.copies, per) for use, per in uses])
    need = min((use.need for use, _ in uses), key=_NEEDS.index)
    at = frozenset(step for use, _ in uses for step in use.for_steps) & steps
    return Sheets(original, copies, at, need, all(use.fetched for use, _ in uses))


_NEEDS = ("required", "deferrable", "optional")
_ZERO = Decimal(0)


def _times(number: int, per: Worth) -> Worth:
    """So many for each; one where what it goes by is out of play."""
    if number == 0 or per in (1, ABSENT):
        return Decimal(number)
    return work_out("product", (Decimal(number), work_out("sheets", (per,))))


def _largest(counts: Sequence[Worth]) -> Worth:
    constants, rest = _parted(counts)
    found: Worth = max(constants, default=_ZERO)
    for count in dict.fromkeys(rest):
        found = work_out("at_least", (found, count))
    return found


def _total(counts: Sequence[Worth]) -> Worth:
    constants, rest = _parted(counts)
    return work_out("sum", (sum(constants, _ZERO), *rest)) if rest else sum(constants, _ZERO)


def _parted(counts: Sequence[Worth]) -> tuple[list[Decimal], list[Worth]]:
    """Constants, and the rest in one order, so that what is equal is written alike."""
    constants = [count for count in counts if isinstance(count, Decimal)]
    return constants, sorted((c for c in counts if not isinstance(c, Decimal)), key=repr)
