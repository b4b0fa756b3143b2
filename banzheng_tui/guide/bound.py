"""「最多还有 N 问」: how many questions can still come at most.

Questions in play count. Those whose play is open are counted over every way in which the open
choices that they hang on may fall, so that questions which exclude one another are not counted
together. Knowing more never makes the count larger, and every question asked was counted.
"""

from collections.abc import Iterable

from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.search import always_in_play
from banzheng_tui.guide.tri import OPEN, YES

MOST_BRANCHES = 12


class Bound:
    """Counts over the questions that wait for an answer and may still change the plan."""

    def __init__(self, at: Evaluation, waiting: set[str], deciding: int) -> None:
        self._at = at
        self._waiting = waiting
        self._rules = at.rules
        self._moving = deciding | sum(self._rules.bits[fact] for fact in waiting)
        """Facts that may still become known."""

    def count(self) -> int:
        """The most questions that can come."""
        certain = 0
        pivots = self._pivots()
        hanging: dict[str, int] = {}
        for fact in self._waiting:
            play, waits = self._at.waiting_for(self._at.play, fact)
            if play == YES or (
                play == OPEN and not waits & self._moving and always_in_play(self._at, fact)
            ):
                certain += 1
            elif play == OPEN and waits & self._moving:
                hanging[fact] = waits & pivots
        return certain + sum(
            self._most(self._at, facts, self._in_budget(common))
            for facts, common in _groups(hanging)
        )

    def _pivots(self) -> int:
        questions = self._rules.questions
        return sum(
            bit
            for fact, bit in self._rules.bits.items()
            if fact in questions
            and questions[fact].kind in ("choice", "yesno")
            and not questions[fact].decision
        )

    def _in_budget(self, pivots: int) -> int:
        """The first pivots, as many as there is time for."""
        chosen = branches = 0
        branches = 1
        for fact in self._rules.facts(pivots):
            branches *= len(self._rules.domains[fact])
            if branches > MOST_BRANCHES:
                break
            chosen |= self._rules.bits[fact]
        return chosen

    def _most(self, at: Evaluation, facts: Iterable[str], pivots: int) -> int:
        """The most of these questions that are in play together."""
        certain = 0
        hanging: list[str] = []
        looked_at = 0
        for fact in facts:
            play, waits = at.waiting_for(at.play, fact)
            if play == YES:
                certain += 1
            elif play == OPEN:
                hanging.append(fact)
                looked_at |= waits
        pivot = next(iter(at.rules.facts(looked_at & pivots)), None)
        if pivot is None:
            return certain + len(hanging)
        values = self._rules.domains[pivot]
        return certain + max(self._most(at.supposing(pivot, v), hanging, pivots) for v in values)


def _groups(hanging: dict[str, int]) -> list[tuple[list[str], int]]:
    """Questions that hang on a common pivot together, with all pivots of theirs."""
    groups: list[tuple[list[str], int]] = []
    for fact, pivots in hanging.items():
        together, common = [fact], pivots
        apart = []
        for facts, others in groups:
            if others & common:
                together += facts
                common |= others
            else:
                apart.append((facts, others))
        groups = [*apart, (together, common)]
    return groups
