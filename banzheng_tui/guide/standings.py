"""How everything stands in one situation: in the plan, not in it, or still open. Exact.

Once a refusal or redirection is certain the rest is withdrawn; while it is open the rest is
judged for the case that it does not come (design 5, promise 3).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from banzheng_tui.guide.amounts import Amount, Range, amount_range, sheet_range
from banzheng_tui.guide.exact.diagrams import NO as NEVER
from banzheng_tui.guide.exact.diagrams import YES as ALWAYS
from banzheng_tui.guide.knowledge import Knowledge
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri
from banzheng_tui.procedure.condition import Condition
from banzheng_tui.procedure.model import Deadline, DocumentUse, Fee, Outcome, Step, Warning


class Standings:
    """The standing of outcomes, steps, papers, warnings and fees."""

    def __init__(self, rules: Rules, situation: Situation) -> None:
        self.rules = rules
        self.truths = rules.truths
        self.knowledge = Knowledge(rules, rules.known(situation))
        self._goes_on = self.knowledge.settle(self.truths.goes_on)

    @property
    def ended(self) -> bool:
        """Whether one refusal or redirection is certain."""
        return any(o.ends and self.outcome(o) == YES for o in self.rules.outcomes)

    def item(self, own: int) -> Tri:
        """Whether an item with this diagram is in the plan, in the cases that are not ended."""
        if self._goes_on == NEVER:
            return NO
        found = self.knowledge.settle(self.truths.within(own))
        return NO if found == NEVER else YES if found == self._goes_on else OPEN

    def outcome(self, outcome: Outcome) -> Tri:
        """Whether an outcome holds and none before it in its group does."""
        return self.knowledge.verdict(self.truths.outcomes[outcome.id])

    def step(self, step: Step | str) -> Tri:
        """Whether a step is in the plan."""
        own = self.truths.steps.get(step if isinstance(step, str) else step.id)
        return NO if own is None else self.item(own)

    def use(self, use: DocumentUse) -> Tri:
        """Whether this use of a paper is in the plan: its condition and one of its steps."""
        return self.item(self.truths.use(use))

    def uses(self, uses: Iterable[DocumentUse]) -> Tri:
        """Whether any of these uses is."""
        return self.item(self.truths.uses(tuple(uses)))

    def warning(self, warning: Warning) -> Tri:
        """Whether a warning is said: its condition and its step together."""
        return self.item(self.truths.warning(warning))

    def fee(self, fee: Fee) -> Tri:
        """Whether a fee falls due; not where its amount turns out to have no value."""
        verdict = self.item(self.truths.fees[fee.id])
        if verdict == YES and any(leaf is False for leaf in self._due(fee)):
            return OPEN if any(leaf is not False for leaf in self._due(fee)) else NO
        return verdict

    def _due(self, fee: Fee) -> list[Any]:
        """All that a fee may come to; False where it does not fall due or the procedure ends."""
        due = self.truths.due(fee)
        if self._goes_on == ALWAYS:
            return list(self.knowledge.leaves(due))
        return [leaf for leaf in self.knowledge.leaves(due) if leaf is not False] or [False]

    def deadline(self, deadline: Deadline) -> Tri:
        """Whether a deadline counts."""
        return self.item(self.truths.deadline(deadline))

    def day(self, deadline: Deadline) -> date | None:
        """The day that a deadline counts from, where it is known."""
        days = [leaf for leaf in self.knowledge.leaves(self.truths.day(deadline)) if leaf]
        return days[0] if len(days) == 1 and isinstance(days[0], date) else None

    def holds(self, condition: Condition) -> Tri:
        """Whether a condition holds."""
        return self.knowledge.verdict(self.truths.formulas.condition(condition))

    def in_play(self, fact: str) -> Tri:
        """Whether a question is in play."""
        return self.knowledge.verdict(self.truths.formulas.play(fact))

    def undecided(self, own: int) -> tuple[str, ...]:
        """The unknown facts that decide an item, in the author's order."""
        return self.knowledge.open_facts(own)

    def amount(self, fee: Fee) -> Amount:
        """What a fee that falls due comes to."""
        leaves = self.knowledge.leaves(self.truths.due(fee))
        return amount_range((leaf for leaf in leaves if leaf is not False), self.knowledge.answers)

    def sheets(self, line: str) -> tuple[Range, Range]:
        """Originals and copies that a line of papers asks for when it is in the plan."""
        found = self.truths.sheets_within[line]
        if found is None:
            return (0, None), (0, None)
        leaves = [leaf for leaf in self.knowledge.leaves(found) if leaf]
        known = self.knowledge.answers
        originals = sheet_range((leaf.original for leaf in leaves), known)
        return originals, sheet_range((leaf.copies for leaf in leaves), known)
