"""Every completion of a small procedure, and what is true of any set of answers over all of them.

Sets of worlds are bits of one number: the world of index n is bit n.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations, product
from typing import Any, TypeAlias

from support.brute_force import Outline, Reference, World

Some: TypeAlias = int
"""A set of worlds."""
Changes: TypeAlias = tuple[tuple[str, Any], ...]


class Worlds:
    """Every completion of a procedure: each with what its plan comes to."""

    def __init__(self, reference: Reference, values: Mapping[str, Iterable[Any]]) -> None:
        self.reference = reference
        self.values = {fact: tuple(some) for fact, some in values.items()}
        self.facts = tuple(values)
        self.worlds: list[dict[str, Any]] = [
            dict(zip(self.facts, combination, strict=True))
            for combination in product(*self.values.values())
        ]
        self.outlines: list[Outline] = list(map(reference.outline, self.worlds))
        self.own = list(map(reference.own, self.worlds))
        """What each world holds, endings aside, as ``kind:id``; uses of papers too."""
        self.plays: list[frozenset[str]] = [
            frozenset(fact for fact in reference.questions if reference.in_play(fact, world))
            for world in self.worlds
        ]
        self.all: Some = (1 << len(self.worlds)) - 1
        self.ended: Some = self._where(outline.ended for outline in self.outlines)
        self._playing = {
            fact: self._where(fact in play for play in self.plays) for fact in reference.questions
        }
        self._with = {
            fact: {v: self._where(world[fact] == v for world in self.worlds) for v in some}
            for fact, some in self.values.items()
        }
        self._differing: dict[tuple[str, str], Some] = {}
        self._present: dict[str, Some] = {}

    def _where(self, truths: Iterable[bool]) -> Some:
        found = 0
        for index, truth in enumerate(truths):
            found |= truth << index
        return found

    # ---------------------------------------------------------------- completions

    def among(self, answers: World) -> Some:
        """The worlds that agree with the answers given."""
        found = self.all
        for fact, value in answers.items():
            found &= self._with[fact][value]
        return found

    def completing(self, answers: World) -> list[int]:
        """The worlds that agree with the answers given, by their indexes."""
        return list(self.indexes(self.among(answers)))

    def indexes(self, some: Some) -> Iterator[int]:
        """The indexes of some worlds."""
        for index in range(len(self.worlds)):
            if some >> index & 1:
                yield index

    def present(self, item: str) -> Some:
        """Where an item stands, endings aside."""
        if item not in self._present:
            self._present[item] = self._where(item in own for own in self.own)
        return self._present[item]

    def _differs(self, fact: str, key: str, values: list[Any]) -> Some:
        """The worlds with a neighbour that is other in this fact alone, and in these values."""
        found = self._differing.get((fact, key))
        if found is None:
            lines: dict[tuple[Any, ...], list[int]] = {}
            for index, world in enumerate(self.worlds):
                rest = tuple(value for name, value in world.items() if name != fact)
                lines.setdefault(rest, []).append(index)
            found = 0
            for line in lines.values():
                if any(values[index] != values[line[0]] for index in line):
                    found |= sum(1 << index for index in line)
            self._differing[fact, key] = found
        return found

    # ---------------------------------------------------------------- promise 3

    def all_ended(self, answers: World) -> bool:
        """Whether every completion is refused or redirected."""
        return not self.among(answers) & ~self.ended

    def is_over(self, answers: World) -> bool:
        """Whether one refusal or redirection is certain."""
        endings = (
            f"outcome:{item['id']}"
            for item in self.reference.data.get("outcome", ())
            if item["kind"] in ("refuse", "redirect")
        )
        return any(self.standing(ending, answers) == "certain" for ending in endings)

    def standing(self, item: str, answers: World) -> str:
        """Whether an item is certain, possible or excluded."""
        some = self.among(answers)
        if not item.startswith("outcome:"):
            some &= ~self.ended
        present = self.present(item)
        if not some & present:
            return "excluded"
        return "possible" if some & ~present else "certain"

    def undecided(self, items: Iterable[str], answers: World) -> tuple[str, ...]:
        """The unknown facts of which it hangs whether any of the items stands, endings aside."""
        items = tuple(items)
        held = [bool(own & frozenset(items)) for own in self.own]
        some = self.among(answers)
        return tuple(
            fact
            for fact in self.facts
            if fact not in answers and some & self._differs(fact, " ".join(items), held)
        )

    # ---------------------------------------------------------------- promise 2

    def can_differ(self, fact: str, some: Some) -> bool:
        """Whether two of these worlds, open in a fact, differ in it alone, and in their plans."""
        return bool(some & self._differs(fact, "", self.outlines))

    def askable(self, fact: str, some: Some, decision: str | None) -> bool:
        """In play whatever the rest comes to, or once an open decision falls one way."""
        playing = self._playing[fact]
        if not some & ~playing:
            return True
        if decision is None:
            return False
        return any(not some & way & ~playing for way in self._with[decision].values())

    def in_play(self, fact: str, answers: World) -> bool | None:
        """Whether a question is in play in every completion (True), in none, or in some (None)."""
        some, playing = self.among(answers), self._playing[fact]
        if not some & ~playing:
            return True
        return None if some & playing else False

    def next_question(self, answers: World, unsure: frozenset[str]) -> str | None:
        """The first question that is askable and can change the plan; a decision comes last."""
        some = self.among(answers)
        deciding = self._decision(answers)
        for fact in self._waiting(answers, unsure):
            if self.askable(fact, some, deciding) and self.can_differ(fact, some):
                return fact
        return None

    def _decision(self, answers: World) -> str | None:
        questions = self.reference.questions
        return next(
            (q for q in questions if questions[q].get("decision") and q not in answers), None
        )

    def _waiting(self, answers: World, unsure: frozenset[str]) -> Iterator[str]:
        questions = self.reference.questions
        waiting = [fact for fact in questions if fact not in answers and fact not in unsure]
        yield from sorted(waiting, key=lambda fact: bool(questions[fact].get("decision")))

    @cached_property
    def _ways(self) -> dict[tuple[Any, ...], tuple[int, frozenset[str]]]:
        return {}

    def to_come(self, answers: World, unsure: frozenset[str]) -> tuple[int, frozenset[str]]:
        """The length of the longest interview from here, and every question of any of them."""
        key = (frozenset(answers.items()), unsure)
        if key not in self._ways:
            self._ways[key] = self._to_come(answers, unsure)
        return self._ways[key]

    def _to_come(self, answers: World, unsure: frozenset[str]) -> tuple[int, frozenset[str]]:
        fact = None if self.is_over(answers) else self.next_question(answers, unsure)
        if fact is None:
            return 0, frozenset()
        ways = [self.to_come(answers, unsure | {fact})]
        ways += [self.to_come({**answers, fact: value}, unsure) for value in self.values[fact]]
        return 1 + max(most for most, _ in ways), frozenset({fact}).union(*(f for _, f in ways))

    # ---------------------------------------------------------------- promise 4

    def flips(self, item: str, answers: World, most: int = 3) -> list[Changes]:
        """Every smallest change of answers that takes an item in, or out."""
        wanted = self.standing(item, answers) == "excluded"
        for size in range(1, most + 1):
            found = [
                c for c in self._changes(answers, size) if self.flipped(item, answers, c, wanted)
            ]
            if found:
                return found
        return []

    def flipped(self, item: str, answers: World, changes: Changes, wanted: bool) -> bool:
        """Whether an item stands as wanted after some changes, and the procedure goes on."""
        after = {**answers, **dict(changes)}
        if wanted:
            return self.standing(item, after) == "certain"
        goes_on = item.startswith("outcome:") or not self.all_ended(after)
        return goes_on and self.standing(item, after) == "excluded"

    def _changes(self, answers: World, size: int) -> Iterator[Changes]:
        for facts in combinations(self.reference.questions, size):
            others = ([v for v in self.values[f] if v != answers.get(f)] for f in facts)
            for values in product(*others):
                yield tuple(zip(facts, values, strict=True))
