"""One invented procedure, written for banzheng and for publicodes: 12 questions, 15 steps, 40 papers.

Made like the real ones: a third of the questions always come, the others hang on earlier answers;
a paper belongs to a step and comes with it, most of them on a condition of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from typing import Any, TypeAlias

from banzheng_tui.guide.rules import Rules, compile_rules
from banzheng_tui.procedure.catalog import Catalog, Department, Document
from banzheng_tui.procedure.model import Procedure

QUESTIONS, STEPS, PAPERS = 12, 15, 40
ALWAYS_ASKED = 4
ALWAYS_TAKEN = 2
OPTIONS = ("a", "b", "c", "d")
DAY = date(2026, 11, 23)
SEED = 93
"""With this one nearly every item comes for some callers and not for others."""

Condition: TypeAlias = Mapping[str, Any]
"""As an author writes it: one question with its options, or ``any`` or ``all`` of several."""


@dataclass(frozen=True)
class RuleSet:
    """What both sides are made from; a missing condition means always."""

    questions: Mapping[str, Condition | None]
    steps: Mapping[str, Condition | None]
    papers: Mapping[str, tuple[str, Condition | None]]
    """Each with its step."""

    @property
    def items(self) -> tuple[str, ...]:
        """Steps and papers, in order."""
        return (*self.steps, *self.papers)

    @cached_property
    def rules(self) -> Rules:
        """For banzheng."""
        office = Department(id="office", name="窗口")
        catalog = Catalog(
            departments={"office": office},
            documents={name: Document(id=name, name=name, issuer="office") for name in self.papers},
        )
        return compile_rules(Procedure.model_validate(self._tables), catalog, DAY)

    @property
    def _tables(self) -> dict[str, Any]:
        options = [{"id": option, "label": option} for option in OPTIONS]
        return {
            "procedure": {
                "id": "rule-set",
                "name": "一套规则",
                "department": "office",
                "reviewed": DAY,
                "review_by": DAY,
            },
            "question": [
                {"id": name, "ask": name, "kind": "choice", "option": options, **_when(condition)}
                for name, condition in self.questions.items()
            ],
            "step": [
                {"id": name, "title": name, "grade": "window", **_when(condition)}
                for name, condition in self.steps.items()
            ],
            "document": [
                {"document": name, "for": [step], "grade": "window", **_when(condition)}
                for name, (step, condition) in self.papers.items()
            ],
        }

    @property
    def publicodes(self) -> dict[str, Any]:
        """For publicodes: its own notions of a question without an answer and of being applicable."""
        found: dict[str, Any] = {}
        for name, condition in self.questions.items():
            choices = [f"'{option}'" for option in OPTIONS]
            found[name] = {"question": name, "une possibilité": choices}
            if condition:
                found[name]["applicable si"] = _publicodes(condition)
            found[asked(name)] = {"valeur": {"est applicable": name}}
        for name, condition in self.steps.items():
            found[name] = {"valeur": _publicodes(condition) if condition else "oui"}
        for name, (step, condition) in self.papers.items():
            both = [step, _publicodes(condition)] if condition else [step]
            found[name] = {"valeur": {"toutes ces conditions": both}}
        return found


def asked(question: str) -> str:
    """The name of the publicodes rule that says whether a question is in play."""
    return f"ask {question}"


def make_rule_set() -> RuleSet:
    """Always the same one."""
    author = _Author(Random(SEED))
    names = [f"q{number}" for number in range(QUESTIONS)]
    steps = [f"s{number}" for number in range(STEPS)]
    return RuleSet(
        questions={
            name: author.condition(names[:number], 1) if number >= ALWAYS_ASKED else None
            for number, name in enumerate(names)
        },
        steps={
            name: author.condition(names, 2) if number >= ALWAYS_TAKEN else None
            for number, name in enumerate(steps)
        },
        papers={f"p{number}": author.paper(steps, names) for number in range(PAPERS)},
    )


class _Author:
    """Draws conditions."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def condition(self, names: Sequence[str], depth: int) -> Condition:
        if not depth or self._random.random() < 0.3:
            some = self._random.sample(OPTIONS, self._random.randint(1, len(OPTIONS) - 1))
            return {self._random.choice(names): sorted(some)}
        parts = [self.condition(names, depth - 1) for _ in range(self._random.randint(2, 3))]
        return {self._random.choice(("any", "all")): parts}

    def paper(self, steps: Sequence[str], names: Sequence[str]) -> tuple[str, Condition | None]:
        alone = self._random.random() < 0.2
        return self._random.choice(steps), None if alone else self.condition(names, 2)


def _when(condition: Condition | None) -> dict[str, Condition]:
    return {"when": condition} if condition else {}


def _publicodes(condition: Condition) -> Any:
    (key, written), *_ = condition.items()
    if key == "all":
        return {"toutes ces conditions": [_publicodes(part) for part in written]}
    if key == "any":
        return {"une de ces conditions": [_publicodes(part) for part in written]}
    if len(written) == 1:
        return f"{key} = '{written[0]}'"
    return {"une de ces conditions": [f"{key} = '{option}'" for option in written]}
