"""What is in play and what every value may be, for one set of answers. Lazy, each thing once."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from banzheng_tui.guide.compile import Holds
from banzheng_tui.guide.possible import ABSENT, NOTHING, Possible
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri

Found = TypeVar("Found")


class Evaluation:
    """The rules seen with these answers; no rule sees an answer that is out of play.

    ``waits`` gathers the bits of the unknown facts that keep what was looked at open: no others
    can change it, for three-valued logic passes over a part only when it is settled without it.
    """

    __slots__ = ("_plays", "_supposed", "_values", "answers", "known", "rules", "waits")

    def __init__(self, rules: Rules, answers: Mapping[str, Answer]) -> None:
        self.rules = rules
        self.answers = answers
        self.waits = 0
        self.known: dict[str | int, tuple[Tri, int]] = {}
        """Verdicts on entries, kept for all who judge by this evaluation."""
        self._plays: dict[str, tuple[Tri, int]] = {}
        self._values: dict[str, tuple[Possible, int]] = {}
        self._supposed: dict[tuple[str, Answer], Evaluation] = {}

    def supposing(self, fact: str, value: Answer) -> "Evaluation":
        """The same with one more answer; asked for again, the same object."""
        found = self._supposed.get((fact, value))
        if found is None:
            found = Evaluation(self.rules, {**self.answers, fact: value})
            self._supposed[fact, value] = found
        return found

    def play(self, fact: str) -> Tri:
        """Whether a question is in play."""
        known = self._plays.get(fact)
        if known is None:
            known = self._plays[fact] = self.waiting_for(self.rules.plays[fact], self)
        self.waits |= known[1]
        return known[0]

    def value(self, name: str) -> Possible:
        """What a question, local or derived value may still be."""
        known = self._values.get(name)
        if known is None:
            known = self._values[name] = self.waiting_for(self._find_value, name)
        self.waits |= known[1]
        return known[0]

    def waiting_for(self, work: Callable[..., Found], *what: Any) -> tuple[Found, int]:
        """What some work finds, and the bits of the unknown facts that keep it open."""
        outside, self.waits = self.waits, 0
        found = work(*what), self.waits
        self.waits = outside
        return found

    def _find_value(self, name: str) -> Possible:
        rules = self.rules
        if name in rules.plays:
            play = self.play(name)
            if play == NO:
                return NOTHING
            answer = self.answers.get(name)
            if answer is None:
                self.waits |= rules.bits[name]
                value = rules.domains[name]
            else:
                value = (answer,)
            return value if play == YES else (*value, ABSENT)
        if name in rules.derived:
            return rules.derived[name](self)
        if name in rules.locals and name in self.answers:
            return (self.answers[name],)
        self.waits |= rules.bits.get(name, 0)
        return rules.domains.get(name, NOTHING)

    def holds(self, condition: Holds) -> Tri:
        """Whether a condition holds."""
        return condition(self)

    def is_open(self, fact: str) -> bool:
        """Whether the fact is unknown and may matter."""
        play = self.play(fact) if fact in self.rules.plays else YES
        return fact not in self.answers and play >= OPEN
