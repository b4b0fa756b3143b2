"""Everything in which two plans of a procedure can differ, one ``Effect`` each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from banzheng_tui.guide.amounts import total_sheets
from banzheng_tui.guide.classes import representatives
from banzheng_tui.guide.possible import UNKNOWN, every, is_one_of, known
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.sight import Sight
from banzheng_tui.guide.situation import Answer
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri
from banzheng_tui.guide.verdicts import Verdicts
from banzheng_tui.procedure.condition import Condition, OneOf
from banzheng_tui.procedure.model import DocumentUse, Fee, Step

Seen: TypeAlias = Callable[[Verdicts], object | None]
"""How an effect stands; None while that is open."""


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """One thing a plan may hold: how it stands, and which values of facts it tells apart."""

    seen: Seen
    rules: Rules
    conditions: tuple[Condition, ...]
    used: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    paper: str | None = None
    """For a paper that an answer says is held: which."""
    _values: dict[str, tuple[Answer, ...] | None] = field(default_factory=dict)
    _sights: list[Sight] = field(default_factory=list)

    def values(self, fact: str) -> tuple[Answer, ...] | None:
        """A value of every class of a fact that this effect tells apart; None: not so few."""
        if fact not in self._values:
            self._values[fact] = representatives(self.rules, fact, self._sight())
        return self._values[fact]

    def _sight(self) -> Sight:
        if not self._sights:
            sight = Sight(self.rules).look((*self.conditions, *_endings(self.rules)))
            self._sights.append(sight.use(self.used).count(self.counted))
        return self._sights[0]


@lru_cache(maxsize=64)
def _endings(rules: Rules) -> tuple[Condition, ...]:
    """What a refusal or redirection rests on: it withdraws everything."""
    groups = {outcome.group for outcome in rules.outcomes if outcome.ends and outcome.group}
    return tuple(o.when for o in rules.outcomes if o.ends or o.group in groups)


@lru_cache(maxsize=256)
def play_effect(rules: Rules, fact: str) -> Effect:
    """Whether a question is in play, as an effect: for what it can see."""
    return Effect(lambda v: _settled(v.at.play(fact)), rules, (rules.questions[fact].when,))


@lru_cache(maxsize=64)
def effects(rules: Rules) -> tuple[Effect, ...]:
    """Every effect of a procedure."""
    return tuple(_effects(rules))


def _effects(rules: Rules) -> Iterator[Effect]:
    whens = {step.id: step.when for step in rules.steps}

    def with_steps(entry: Any, steps: Sequence[str]) -> tuple[Condition, ...]:
        return (entry.when, *(whens[step] for step in steps if step in whens))

    for outcome in rules.outcomes:
        group = [o.when for o in rules.outcomes if outcome.group and o.group == outcome.group]
        seen = _standing(lambda v, o=outcome: v.outcome(o), withdrawn=False)
        yield Effect(seen, rules, (outcome.when, *group))
    for step in rules.steps:
        yield Effect(_standing(lambda v, s=step: v.step(s)), rules, (step.when,))
    for uses in document_lines(rules):
        conditions = tuple(c for use in uses for c in with_steps(use, use.for_steps))
        counted = tuple(use.per for use in uses if use.per)
        yield Effect(_line(uses), rules, conditions, counted=counted)
    for warning in rules.warnings:
        seen = _standing(lambda v, w=warning: v.warning(w))
        yield Effect(seen, rules, with_steps(warning, warning.before))
    for fee in rules.fees:
        steps = [fee.for_step] if fee.for_step else []
        worked = fee.rate is not None or fee.at_least is not None or fee.at_most is not None
        yield Effect(
            _fee(fee),
            rules,
            with_steps(fee, steps),
            used=fee.mentioned if worked else (),
            counted=() if worked else fee.mentioned,
        )
    yield from _held(rules)


def _settled(verdict: Tri) -> Tri | None:
    return None if verdict == OPEN else verdict


def _standing(judge: Callable[..., Tri], withdrawn: bool = True) -> Seen:
    def seen(verdicts: Verdicts) -> object | None:
        verdict = judge(verdicts)
        if withdrawn and verdict != NO:
            verdict = min(verdict, YES - verdicts.ending)
        return _settled(verdict)

    return seen


def document_lines(rules: Rules) -> list[tuple[DocumentUse, ...]]:
    """The uses of papers, those of one line of the list together."""
    lines: dict[str, tuple[DocumentUse, ...]] = {}
    for use in rules.uses:
        lines[use.line] = (*lines.get(use.line, ()), use)
    return list(lines.values())


def _line(uses: tuple[DocumentUse, ...]) -> Seen:
    """A line of the list of documents: what is asked for, how often, at which steps."""
    only = uses[0]
    if len(uses) == 1 and not only.per and len(only.for_steps) == 1:
        return _standing(lambda v: v.use(only))

    def seen(verdicts: Verdicts) -> object | None:
        standing = [(use, verdicts.use(use)) for use in uses]
        standing = [(use, verdict) for use, verdict in standing if verdict != NO]
        if not standing or verdicts.ending == YES:
            return NO
        # all that may matter is looked at before anything is found to be open
        steps = {step: verdicts.step(step) for use, _ in standing for step in use.for_steps}
        counts = total_sheets(standing, verdicts.at)
        if OPEN in (*(verdict for _, verdict in standing), *steps.values(), verdicts.ending):
            return None
        if any(low != high for low, high in counts):
            return None
        needs = {use.need for use, _ in standing}
        need = next(n for n in ("required", "deferrable", "optional") if n in needs)
        at_steps = frozenset(step for step, verdict in steps.items() if verdict == YES)
        return (counts, at_steps, need, all(use.fetched for use, _ in standing))

    return seen


def _fee(fee: Fee) -> Seen:
    def seen(verdicts: Verdicts) -> object | None:
        verdict, amounts = verdicts.fee(fee)
        if verdict != NO:
            verdict = min(verdict, YES - verdicts.ending)
        if verdict != YES:
            return _settled(verdict)
        amount = known(amounts)
        if amount is UNKNOWN and amounts != (UNKNOWN,):
            return None
        return ("amount", amount)

    return seen


def _held(rules: Rules) -> Iterator[Effect]:
    """Papers that an option says are at hand: they tick a line and may do a step."""
    said: dict[str, dict[str, set[str]]] = {}
    for question in rules.questions.values():
        for option in question.options:
            for paper in option.have:
                said.setdefault(paper, {}).setdefault(question.id, set()).add(option.id)
    for paper, facts in said.items():
        uses = [use for use in rules.uses if paper in use.papers]
        steps = [step for step in rules.steps if paper in step.produces]
        wanting = [*steps, *uses, *(s for s in rules.steps for u in uses if s.id in u.for_steps)]
        conditions = tuple(entry.when for entry in wanting)
        answers = tuple(OneOf(fact, tuple(options)) for fact, options in facts.items())
        seen = _standing(_held_verdict(answers, uses, steps))
        yield Effect(seen, rules, (*conditions, *answers), paper=paper)


def _held_verdict(
    answers: Sequence[OneOf], uses: Sequence[DocumentUse], steps: Sequence[Step]
) -> Callable[[Verdicts], Tri]:
    tests = [(answer.name, is_one_of(frozenset(answer.values))) for answer in answers]

    def judge(verdicts: Verdicts) -> Tri:
        said = max(every(verdicts.at.value(fact), test) for fact, test in tests)
        if said == NO:
            return NO
        wanted = [*map(verdicts.step, steps), *map(verdicts.use, uses)]
        return min(said, max(wanted, default=NO))

    return judge
