"""What a set of answers says of a procedure's diagrams."""

from collections.abc import Iterator, Mapping
from typing import Any

from banzheng_tui.guide.exact.diagrams import NO, YES
from banzheng_tui.guide.exact.formulas import Doubt
from banzheng_tui.guide.exact.worth import compare, settled, value
from banzheng_tui.guide.possible import ABSENT, UNKNOWN
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer
from banzheng_tui.guide.tri import NO as FALSE
from banzheng_tui.guide.tri import OPEN, Tri
from banzheng_tui.guide.tri import YES as TRUE
from banzheng_tui.procedure.condition import AllOf


class Knowledge:
    """Diagrams seen with these answers: each becomes the diagram of what is left open."""

    def __init__(self, rules: Rules, answers: Mapping[str, Answer]) -> None:
        self.rules = rules
        self.answers = {f: answer for f, answer in answers.items() if rules.can_be(f, answer)}
        self._formulas = rules.truths.formulas
        self._diagrams = rules.truths.diagrams
        self.places: dict[int, int] = {}
        self._known = 0
        axes = self._formulas.axes
        for fact, answer in self.answers.items():
            self.places.update(axes.places(fact, answer))
            self._known |= axes.mask[fact]
        self._settled: dict[int, int] = {}

    def supposing(self, changes: Mapping[str, Answer]) -> "Knowledge":
        """The same with some answers given or changed."""
        other = Knowledge(self.rules, {})
        other.answers = {**self.answers, **changes}
        other.places = dict(self.places)
        other._known = self._known
        axes = self._formulas.axes
        for fact, answer in changes.items():
            other.places.update(axes.places(fact, answer))
            other._known |= axes.mask[fact]
        return other

    def settle(self, diagram: int) -> int:
        """What a diagram comes to; ``YES`` and ``NO`` when it is decided."""
        found = self._settled.get(diagram)
        if found is None:
            found = self._settled[diagram] = self._settle(diagram)
        return found

    def _settle(self, diagram: int) -> int:
        support, fix = self._diagrams.support, self._diagrams.fix
        left = support[diagram] & self._known
        while left:
            axis = left.bit_length() - 1
            diagram = fix(diagram, axis, self.places[axis])
            left &= support[diagram] & ~(1 << axis)
        for axis, doubt in self._formulas.doubts.items():
            if support[diagram] >> axis & 1:
                verdict = self._judge(doubt)
                if verdict != OPEN:
                    diagram = fix(diagram, axis, 0 if verdict == TRUE else 1)
        return diagram

    def verdict(self, diagram: int) -> Tri:
        """Whether a diagram of truth holds: in every completion, in none, or open."""
        found = self.settle(diagram)
        return TRUE if found == YES else FALSE if found == NO else OPEN

    def _judge(self, doubt: Doubt) -> Tri:
        if doubt.comparison is not None:
            one, how, other = doubt.comparison
            if UNKNOWN in (one, other):
                return OPEN
            first, second = value(one, self.answers), value(other, self.answers)
            return FALSE if ABSENT in (first, second) else compare(first, how, second)
        verdicts = [self.verdict(part) for part in doubt.parts]
        return min(verdicts) if doubt.group is AllOf else max(verdicts)

    def worth(self, diagram: int) -> int:
        """A diagram of amounts, the numbers that are known put in."""
        found = self.settle(diagram)
        if not self._diagrams.support[found] & self._known:
            return found
        return self._formulas.combined([found], self._put_in)

    def _put_in(self, leaf: Any) -> Any:
        found = settled(leaf, self.answers)
        return False if found is ABSENT else found  # divided by nothing: it drops out

    def leaves(self, diagram: int) -> Iterator[Any]:
        """Every amount that a diagram may still come to."""
        return self._diagrams.leaves(self.worth(diagram))

    def open_facts(self, diagram: int) -> tuple[str, ...]:
        """The unknown facts that a diagram still depends on, in the author's order."""
        support = self._diagrams.support[self.worth(diagram)] & ~self._known
        return tuple(fact for fact in self._formulas.facts(support) if fact not in self.answers)
