"""The situation: all facts known so far, as an immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Answer: TypeAlias = bool | str | frozenset[str] | Decimal | date
"""Yes or no, an option id, several option ids, a number or yuan, a day."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the caller said, what he does not know, what is done and held, and for which day."""

    on: date
    answers: Mapping[str, Answer] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    have: frozenset[str] = frozenset()
    region: str | None = None

    def answer(self, fact: str, value: Answer) -> "Situation":
        """The situation with one answer given or changed; all others are kept."""
        return replace(self, answers={**self.answers, fact: value}, unsure=self.unsure - {fact})

    def mark_unsure(self, fact: str) -> "Situation":
        """The situation in which the caller does not know this."""
        return replace(self.forget(fact), unsure=self.unsure | {fact})

    def forget(self, fact: str) -> "Situation":
        """The situation before this was asked."""
        answers = {name: value for name, value in self.answers.items() if name != fact}
        return replace(self, answers=answers, unsure=self.unsure - {fact})

    def toggle_done(self, step: str) -> "Situation":
        """The step done, or no longer done."""
        return replace(self, done=self.done ^ {step})

    def toggle_have(self, paper: str) -> "Situation":
        """The paper at hand, or no longer."""
        return replace(self, have=self.have ^ {paper})
