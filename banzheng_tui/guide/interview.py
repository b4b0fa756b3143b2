"""Which question comes next, and how many can still come.

A question is asked only when two completions that differ in its answer alone differ in the plan
(design 5, promise 2). A search over the unknown facts decides that: it follows only facts that
the verdict in question has looked at, so it is short. Beyond ``MOST_TRIALS``, and where sums of
free numbers decide, the question is asked.
"""

from collections.abc import Iterator

from banzheng_tui.guide.bound import Bound
from banzheng_tui.guide.effects import Effect, effects
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.search import always_in_play, can_differ
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.tri import YES
from banzheng_tui.guide.verdicts import Verdicts
from banzheng_tui.procedure.model import Question


class Interview:
    """The questions still to come, for one situation."""

    def __init__(self, rules: Rules, situation: Situation, verdicts: Verdicts) -> None:
        self._rules = rules
        self._situation = situation
        self._at = verdicts.at
        self._open_effects: list[tuple[Effect, int]] = []
        self._touched = 0
        if verdicts.ending == YES:
            return
        for effect in effects(rules):
            if effect.paper is not None and effect.paper in situation.have:
                continue
            standing, waits = self._at.waiting_for(effect.seen, verdicts)
            if standing is None:
                self._open_effects.append((effect, waits))
                self._touched |= waits
        # What hangs on few facts shows the soonest that a question matters.
        self._open_effects.sort(key=lambda found: found[1].bit_count())

    def next_question(self) -> Question | None:
        """The first question in play that could still change the plan; a decision comes last."""
        decision = self._rules.decision
        for fact in sorted(self._waiting(), key=lambda fact: fact == decision):
            if self._askable(fact) and self._matters(fact):
                return self._rules.questions[fact]
        return None

    def at_most(self) -> int:
        """A bound on the questions still to come, the next one counted; falls with each answer."""
        deciding = self._rules.bits[self._rules.decision or ""] if self._deciding() else 0
        return Bound(self._at, set(self._waiting()), deciding).count()

    def _waiting(self) -> Iterator[str]:
        """Questions without an answer that something open in the plan still looks at."""
        for fact in self._rules.questions:
            if (
                self._rules.bits[fact] & self._touched
                and fact not in self._situation.answers
                and fact not in self._situation.unsure
            ):
                yield fact

    def _askable(self, fact: str) -> bool:
        """In play, or brought into play by an option of a decision that is still open."""
        if always_in_play(self._at, fact):
            return True
        decision = self._rules.decision
        if decision is None or not self._deciding() or not self._at.play(fact):
            return False
        ways = self._rules.domains[decision]
        return any(always_in_play(self._at.supposing(decision, way), fact) for way in ways)

    def _deciding(self) -> bool:
        decision = self._rules.decision
        return decision is not None and decision not in self._situation.answers

    def _matters(self, fact: str) -> bool:
        bit = self._rules.bits[fact]
        return can_differ(self._at, (e for e, waits in self._open_effects if waits & bit), fact)
