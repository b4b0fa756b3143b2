"""What is in play and what every value may be, for one set of answers. Lazy, each thing once."""

from collections.abc import Mapping

from banzheng_tui.guide.possible import ABSENT, NOTHING, Possible
from banzheng_tui.guide.rules import Holds, Rules
from banzheng_tui.guide.situation import Answer
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri


class Evaluation:
    """The rules seen with these answers; no rule sees an answer that is out of play."""

    __slots__ = ("_plays", "_values", "answers", "rules")

    def __init__(self, rules: Rules, answers: Mapping[str, Answer]) -> None:
        self.rules = rules
        self.answers = answers
        self._plays: dict[str, Tri] = {}
        self._values: dict[str, Possible] = {}

    def supposing(self, fact: str, value: Answer) -> "Evaluation":
        """The same with one more answer."""
        return Evaluation(self.rules, {**self.answers, fact: value})

    def play(self, fact: str) -> Tri:
        """Whether a question is in play."""
        verdict = self._plays.get(fact)
        if verdict is None:
            verdict = self._plays[fact] = self.rules.plays[fact](self)
        return verdict

    def value(self, name: str) -> Possible:
        """What a question, local or derived value may still be."""
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = self._find(name)
        return found

    def _find(self, name: str) -> Possible:
        if name in self.rules.plays:
            play = self.play(name)
            if play == NO:
                return NOTHING
            answer = self.answers.get(name)
            value = self.rules.domains[name] if answer is None else (answer,)
            return value if play == YES else (*value, ABSENT)
        derived = self.rules.derived.get(name)
        return derived(self) if derived else self.rules.domains.get(name, NOTHING)

    def holds(self, condition: Holds) -> Tri:
        """Whether a condition holds."""
        return condition(self)

    def is_open(self, fact: str) -> bool:
        """Whether the fact is unknown and may matter."""
        return fact not in self.answers and self.rules.plays.get(fact, _always)(self) >= OPEN


def _always(at: Evaluation) -> Tri:
    return YES
