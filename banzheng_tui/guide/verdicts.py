"""Whether each entry of a procedure is in the plan: no, open or yes, for one evaluation."""

from collections.abc import Callable, Iterable
from typing import Any

from banzheng_tui.guide.amounts import fee_amounts
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.possible import ABSENT, Possible, every
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri
from banzheng_tui.procedure.model import DocumentUse, Entry, Fee, Outcome, Step, Warning


class Verdicts:
    """The standing of outcomes, steps, papers, warnings and fees; each judged when asked for.

    Once a refusal or redirection is certain the rest is withdrawn; while it is open the rest
    is judged for the case that it does not come (design 5, promise 3).
    """

    __slots__ = ("_known", "at")

    def __init__(self, at: Evaluation) -> None:
        self.at = at
        self._known = at.known

    def _once(self, key: str | int, judge: Callable[..., Tri], *what: Any) -> Tri:
        """A verdict that is worked out once; a settled one waits for nothing."""
        known = self._known.get(key)
        if known is None:
            verdict, waits = self.at.waiting_for(judge, *what)
            known = self._known[key] = (verdict, waits if verdict == OPEN else 0)
        self.at.waits |= known[1]
        return known[0]

    @property
    def ending(self) -> Tri:
        """Whether the procedure is refused or redirected."""
        return self._once("", self._judge_ending)

    def _judge_ending(self) -> Tri:
        endings = (outcome for outcome in self.at.rules.outcomes if outcome.ends)
        return _most(self.outcome(outcome) for outcome in endings)

    def outcome(self, outcome: Outcome) -> Tri:
        """Whether an outcome holds and none before it in its group does."""
        return self._once(id(outcome), self._judge_outcome, outcome)

    def _judge_outcome(self, outcome: Outcome) -> Tri:
        verdict = self._applies(outcome)
        if not outcome.group or verdict == NO:
            return verdict
        for other in self.at.rules.outcomes:
            if other is outcome or verdict == NO:
                break
            if other.group == outcome.group:
                verdict = min(verdict, YES - self._applies(other))
        return verdict

    def _applies(self, entry: Entry) -> Tri:
        return self.at.rules.condition(entry)(self.at)

    def step(self, step: Step | str) -> Tri:
        """Whether a step is in the plan."""
        step_id = step if isinstance(step, str) else step.id
        return self._once(step_id, self._judge_step, step_id)

    def _judge_step(self, step_id: str) -> Tri:
        condition = self.at.rules.step_conditions.get(step_id)
        return self._unless_ended(condition(self.at)) if condition else NO

    def _unless_ended(self, verdict: Tri) -> Tri:
        """Withdrawn by a certain ending; while that is open, the verdict does not wait for it."""
        before = self.at.waits
        if verdict != NO and self.ending == YES:
            verdict = NO
        self.at.waits = before
        return verdict

    def _with_steps(self, entry: Entry, steps: Iterable[str]) -> Tri:
        verdict = self._applies(entry)
        return verdict if verdict == NO else min(verdict, _most(map(self.step, steps)))

    def use(self, use: DocumentUse) -> Tri:
        """Whether this use of a paper is in the plan: its condition and one of its steps."""
        return self._once(id(use), self._with_steps, use, use.for_steps)

    def warning(self, warning: Warning) -> Tri:
        """Whether a warning is said: its condition and its step together."""
        return self._once(id(warning), self._with_steps, warning, warning.before)

    def fee(self, fee: Fee) -> tuple[Tri, Possible]:
        """Whether a fee falls due, and what it may come to; over an absent base it drops out."""
        verdict = self._unless_ended(self._applies(fee))
        if fee.for_step and verdict != NO:
            verdict = min(verdict, self.step(fee.for_step))
        if verdict == NO:
            return NO, ()
        amounts = fee_amounts(fee, self.at)
        present = every(amounts, lambda amount: NO if amount is ABSENT else YES)
        return min(verdict, present), tuple(a for a in amounts if a is not ABSENT)


def _most(verdicts: Iterable[Tri]) -> Tri:
    """Whether any holds; looks no further than the first that does."""
    found = NO
    for verdict in verdicts:
        found = max(found, verdict)
        if found == YES:
            break
    return found
