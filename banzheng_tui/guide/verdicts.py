"""Whether each entry of a procedure is in the plan: no, open or yes, for one evaluation."""

from banzheng_tui.guide.amounts import fee_amounts
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.possible import ABSENT, Possible, every
from banzheng_tui.guide.tri import NO, YES, Tri
from banzheng_tui.procedure.model import DocumentUse, Fee, Step, Warning


class Verdicts:
    """The standing of outcomes, steps, papers, warnings and fees.

    Once a refusal or redirection is certain the rest is withdrawn; while it is open the rest
    is judged for the case that it does not come (design 5, promise 3).
    """

    def __init__(self, at: Evaluation) -> None:
        self.at = at
        self.outcomes = self._judge_outcomes()
        self.ending: Tri = max(
            (self.outcomes[o.id] for o in at.rules.outcomes if o.ends), default=NO
        )
        self._steps: dict[str, Tri] = {}
        for step in at.rules.steps:
            self._steps[step.id] = self._unless_ended(at.rules.condition(step)(at))

    def _judge_outcomes(self) -> dict[str, Tri]:
        taken: dict[str, Tri] = {}
        found: dict[str, Tri] = {}
        for outcome in self.at.rules.outcomes:
            verdict = self.at.rules.condition(outcome)(self.at)
            if outcome.group:
                before = taken.get(outcome.group, NO)
                taken[outcome.group] = max(before, verdict)
                verdict = min(verdict, YES - before)
            found[outcome.id] = verdict
        return found

    def _unless_ended(self, verdict: Tri) -> Tri:
        return NO if self.ending == YES else verdict

    def step(self, step: Step | str) -> Tri:
        """Whether a step is in the plan."""
        return self._steps.get(step if isinstance(step, str) else step.id, NO)

    def _any_step(self, steps: tuple[str, ...]) -> Tri:
        return max(self.step(step) for step in steps)

    def use(self, use: DocumentUse) -> Tri:
        """Whether this use of a paper is in the plan: its condition and one of its steps."""
        return min(self.at.rules.condition(use)(self.at), self._any_step(use.for_steps))

    def warning(self, warning: Warning) -> Tri:
        """Whether a warning is said: its condition and its step together."""
        return min(self.at.rules.condition(warning)(self.at), self._any_step(warning.before))

    def fee(self, fee: Fee) -> tuple[Tri, Possible]:
        """Whether a fee falls due, and what it may come to; over an absent base it drops out."""
        verdict = self._unless_ended(self.at.rules.condition(fee)(self.at))
        if fee.for_step:
            verdict = min(verdict, self.step(fee.for_step))
        if verdict == NO:
            return NO, ()
        amounts = fee_amounts(fee, self.at)
        present = every(amounts, lambda amount: NO if amount is ABSENT else YES)
        return min(verdict, present), tuple(a for a in amounts if a is not ABSENT)
