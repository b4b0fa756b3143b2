"""Searches over the completions of a situation, a case split at a time.

Each split takes a fact that the open verdict has looked at, so that every path ends as soon as
the verdict is settled.
"""

from collections.abc import Iterable

from banzheng_tui.guide.effects import Effect, play_effect
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.tri import OPEN, YES
from banzheng_tui.guide.verdicts import Verdicts

FEW_TRIALS = 40
MOST_TRIALS = 1500


class _TooLong(Exception):  # noqa: N818  (not an error)
    """A search has taken all its trials."""


def can_differ(at: Evaluation, effects: Iterable[Effect], fact: str) -> bool:
    """Whether two completions that differ in one fact alone differ in how some effect stands.

    Short looks at every effect come first: one of them mostly tells. True also when the search
    would be too long to tell.
    """
    left = list(effects)
    for trials in (FEW_TRIALS, MOST_TRIALS):
        untold = []
        for effect in left:
            try:
                if _Search(at, effect, fact, trials).differs():
                    return True
            except _TooLong:
                untold.append(effect)
        left = untold
    return bool(left)


def always_in_play(at: Evaluation, fact: str) -> bool:
    """Whether a question is in play in every completion."""
    play = at.play(fact)
    return play == YES if play != OPEN else _always(at, play_effect(at.rules, fact), [0])


def _always(at: Evaluation, effect: Effect, trials: list[int]) -> bool:
    trials[0] += 1
    verdict, waits = at.waiting_for(effect.seen, Verdicts(at))
    if verdict is not None or trials[0] > MOST_TRIALS:
        return verdict == YES
    for fact in at.rules.facts(waits):
        values = effect.values(fact)
        if values is not None:
            return all(_always(at.supposing(fact, value), effect, trials) for value in values)
    return False


def _all_bits(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


class _Search:
    """Looks for two completions that differ in one fact only and in how an effect stands."""

    def __init__(self, at: Evaluation, effect: Effect, fact: str, trials: int) -> None:
        self._at = at
        self._effect = effect
        self._fact = fact
        self._bit = at.rules.bits[fact]
        self._trials = trials

    def differs(self) -> bool:
        values = self._effect.values(self._fact)
        return self._differs(
            self._at, [self._at.supposing(self._fact, value) for value in values or ()]
        )

    def _differs(self, at: Evaluation, trials: list[Evaluation]) -> bool:
        """``at`` leaves the fact open; each trial supposes one of its values."""
        self._trials -= len(trials) + 1
        if self._trials < 0:
            raise _TooLong
        verdict, waits = at.waiting_for(self._effect.seen, Verdicts(at))
        if verdict is not None or not waits & self._bit:
            return False
        found = [trial.waiting_for(self._effect.seen, Verdicts(trial)) for trial in trials]
        settled = {verdict for verdict, _ in found if verdict is not None}
        if len(settled) > 1:
            return True
        if trials and all(verdict is not None for verdict, _ in found):
            return False
        if trials:
            waits = _all_bits(waiting for _, waiting in found)
        other = self._split_by(waits & ~self._bit)
        if other is None:
            return True  # it rests on values that no test cuts
        return any(
            self._differs(at.supposing(other, value), [t.supposing(other, value) for t in trials])
            for value in self._effect.values(other) or ()
        )

    def _split_by(self, waits: int) -> str | None:
        """The fact to take next: a decision before all else, then as the author asks."""
        facts = self._at.rules.facts(waits)
        decision = self._at.rules.decision
        first = [decision] if decision in facts else []
        return next((f for f in (*first, *facts) if f and self._effect.values(f) is not None), None)
