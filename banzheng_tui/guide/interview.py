"""Which question comes next, and how many can still come.

A question is asked only when two completions that differ in its answer differ in the plan
(design 5, promise 2). That is decided exactly by a search over the open facts, as long as it
stays within ``MOST_TRIALS``; beyond, and for sums of free numbers, the question is asked.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from banzheng_tui.guide.classes import representatives
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.possible import UNKNOWN, known
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.tri import NO, OPEN, YES
from banzheng_tui.guide.verdicts import Verdicts
from banzheng_tui.procedure.model import Question

MOST_TRIALS = 1500
MOST_BRANCHES = 600


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """One thing a plan may hold. ``seen`` tells how it stands, or None while that is open."""

    facts: frozenset[str]
    seen: Callable[[Verdicts], object | None]


@lru_cache(maxsize=64)
def effects(rules: Rules) -> tuple[Effect, ...]:
    """Everything in which two plans of a procedure can differ."""
    return tuple(_effects(rules))


def _effects(rules: Rules) -> Iterator[Effect]:
    groups: dict[str, set[str]] = {}
    for outcome in rules.outcomes:
        facts = set(rules.facts_behind(outcome.when))
        if outcome.group:  # who comes first in the group decides, too
            groups.setdefault(outcome.group, set()).update(facts)
            facts = set(groups[outcome.group])
        yield Effect(frozenset(facts), _seen_outcome(outcome.id))
    step_facts = {step.id: rules.facts_behind(step.when) for step in rules.steps}

    def with_steps(own: frozenset[str], steps: Iterable[str]) -> frozenset[str]:
        return own.union(*(step_facts.get(step, frozenset()) for step in steps))

    for step in rules.steps:
        yield Effect(step_facts[step.id], _seen(lambda v, step=step: v.step(step)))
    for use in rules.uses:
        facts_of_use = with_steps(rules.facts_behind(use.when), use.for_steps)
        if use.per:
            yield Effect(facts_of_use | rules.behind([use.per]), _seen_count(use))
        else:
            yield Effect(facts_of_use, _seen(lambda v, use=use: v.use(use)))
    for warning in rules.warnings:
        facts_of_warning = with_steps(rules.facts_behind(warning.when), warning.before)
        yield Effect(facts_of_warning, _seen(lambda v, warning=warning: v.warning(warning)))
    for fee in rules.fees:
        parts = (fee.amount, fee.rate, fee.of, fee.at_least, fee.at_most, *fee.less)
        mentioned = [part for part in parts if isinstance(part, str)]
        own = rules.facts_behind(fee.when) | rules.behind(mentioned)
        steps = [fee.for_step] if fee.for_step else []
        yield Effect(with_steps(own, steps), _seen_fee(fee))


def _seen(judge: Callable[..., int]) -> Callable[[Verdicts], object | None]:
    def seen(verdicts: Verdicts) -> object | None:
        verdict = min(judge(verdicts), YES - verdicts.ending)
        return None if verdict == OPEN else verdict

    return seen


def _seen_outcome(outcome_id: str) -> Callable[[Verdicts], object | None]:
    def seen(verdicts: Verdicts) -> object | None:
        verdict = verdicts.outcomes[outcome_id]
        return None if verdict == OPEN else verdict

    return seen


def _seen_count(use: Any) -> Callable[[Verdicts], object | None]:
    def seen(verdicts: Verdicts) -> object | None:
        verdict = min(verdicts.use(use), YES - verdicts.ending)
        if verdict == NO:
            return NO
        count = known(verdicts.at.value(use.per))
        return None if verdict == OPEN or count is UNKNOWN else ("count", count)

    return seen


def _seen_fee(fee: Any) -> Callable[[Verdicts], object | None]:
    def seen(verdicts: Verdicts) -> object | None:
        verdict, amounts = verdicts.fee(fee)
        verdict = min(verdict, YES - verdicts.ending)
        if verdict == NO:
            return NO
        if verdict == OPEN:
            return None
        amount = known(amounts)
        if amount is UNKNOWN and amounts != (UNKNOWN,):
            return None
        return ("amount", amount)

    return seen


class Interview:
    """The questions still to come, for one situation."""

    def __init__(self, rules: Rules, situation: Situation, verdicts: Verdicts) -> None:
        self._rules = rules
        self._situation = situation
        self._at = verdicts.at
        self._over = verdicts.ending == YES
        self._open_effects = [e for e in effects(rules) if e.seen(verdicts) is None]
        self._touched: frozenset[str] = frozenset().union(*(e.facts for e in self._open_effects))

    def next_question(self) -> Question | None:
        """The first question in play that could still change the plan; a decision comes last."""
        if self._over:
            return None
        decision = None
        for fact in self._unanswered():
            if fact == self._rules.decision:
                decision = fact
            elif self._askable(fact) and self._matters(fact):
                return self._rules.questions[fact]
        if decision and self._at.play(decision) == YES and self._matters(decision):
            return self._rules.questions[decision]
        return None

    def at_most(self) -> int:
        """A bound on the questions still to come, the next one counted; falls with each answer.

        Plays are tried over all options of the open choices that they depend on, so that
        questions which exclude one another are not counted together.
        """
        waiting = frozenset(fact for fact in self._unanswered() if fact in self._touched)
        return max(1, self._most(self._at, waiting, self._pivots(waiting)))

    def _unanswered(self) -> Iterator[str]:
        for fact in self._rules.questions:
            if fact not in self._situation.answers and fact not in self._situation.unsure:
                yield fact

    def _askable(self, fact: str) -> bool:
        """In play, or brought into play by an option of a decision that is still open."""
        play = self._at.play(fact)
        if play != OPEN or not self._deciding():
            return play == YES
        decision = self._rules.decision
        assert decision is not None
        if decision not in self._rules.needs[fact]:
            return False
        options = self._rules.questions[decision].options
        return any(self._at.supposing(decision, o.id).play(fact) == YES for o in options)

    def _deciding(self) -> bool:
        decision = self._rules.decision
        return decision is not None and decision not in self._situation.answers

    def _matters(self, fact: str) -> bool:
        if fact not in self._touched:
            return False
        return any(_Search(self._rules, effect, fact).differs(self._at)
                   for effect in self._open_effects if fact in effect.facts)

    def _pivots(self, waiting: frozenset[str]) -> tuple[str, ...]:
        """Open choices on which plays hang, first ones first, as many as the budget allows."""
        found: list[str] = []
        branches = 1
        for fact in self._rules.questions:
            question = self._rules.questions[fact]
            if fact not in waiting or question.decision or question.kind not in (
                "choice", "yesno"
            ):
                continue
            if not any(
                fact in self._rules.needs[other] and self._at.play(other) == OPEN
                for other in waiting - {fact}
            ):
                continue
            branches *= len(self._rules.domains[fact])
            if branches > MOST_BRANCHES:
                break
            found.append(fact)
        return tuple(found)

    def _most(self, at: Evaluation, waiting: frozenset[str], pivots: tuple[str, ...]) -> int:
        for position, pivot in enumerate(pivots):
            if at.play(pivot) == NO:
                continue
            return max(
                self._most(at.supposing(pivot, value), waiting, pivots[position + 1 :])
                for value in self._rules.domains[pivot]
            )
        return sum(self._may_be_asked(fact, at, waiting) for fact in waiting)

    def _may_be_asked(self, fact: str, at: Evaluation, waiting: frozenset[str]) -> bool:
        play = at.play(fact)
        if play != OPEN:
            return play == YES
        open_facts = (self._rules.needs[fact] - {fact}) & (waiting | self._decision_set())
        return any(other not in at.answers for other in open_facts)

    def _decision_set(self) -> frozenset[str]:
        decision = self._rules.decision
        return frozenset((decision,)) if decision and self._deciding() else frozenset()


class _Search:
    """Looks for two completions that differ in one fact only and in how an effect stands."""

    def __init__(self, rules: Rules, effect: Effect, fact: str) -> None:
        self._rules = rules
        self._effect = effect
        self._fact = fact
        self._trials = 0
        ending = frozenset().union(
            *(rules.facts_behind(o.when) for o in rules.outcomes if o.ends)
        )
        order = [name for name in rules.questions if name in effect.facts]
        order += [name for name in rules.questions if name in ending - effect.facts]
        order += [name for name in rules.locals if name in effect.facts | ending]
        self._others = [name for name in order if name != fact]

    def differs(self, at: Evaluation) -> bool:
        """True when such completions exist, or when the search would be too long to tell."""
        values = representatives(self._rules, self._fact)
        if values is None:
            return True
        return self._differs(at, [at.supposing(self._fact, value) for value in values])

    def _differs(self, at: Evaluation, trials: list[Evaluation]) -> bool:
        self._trials += len(trials)
        if self._trials > MOST_TRIALS:
            return True
        seen = [self._effect.seen(Verdicts(trial)) for trial in trials]
        settled = {value for value in seen if value is not None}
        if len(settled) > 1:
            return True
        if None not in seen:
            return False
        for other in self._others:
            if other in at.answers or at.rules.plays.get(other, _open)(at) == NO:
                continue
            values = representatives(self._rules, other)
            if values is None:
                return True
            return any(
                self._differs(
                    at.supposing(other, value), [t.supposing(other, value) for t in trials]
                )
                for value in values
            )
        return True


def _open(at: Evaluation) -> int:
    return OPEN


