"""The smallest change of answers that takes an item into the plan, or out of it.

A change answers some questions, otherwise than before or for the first time; afterwards the item
is in no completion (or in every one) and the procedure still goes on. The search follows one
completion that shows a change is not enough: whatever is, must change an answer on its way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from banzheng_tui.guide.exact.diagrams import NO, YES
from banzheng_tui.guide.items import Item, own_diagram, standing
from banzheng_tui.guide.knowledge import Knowledge
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.reasons import deciding, ended
from banzheng_tui.guide.situation import Answer

MOST_CHANGES = 3
MOST_TRIALS = 350
MOST_TURNED = 4

Changes: TypeAlias = tuple[tuple[str, Answer], ...]
"""Questions in the author's order, each with the answer to give."""


@dataclass(frozen=True, slots=True)
class Flip:
    """One smallest change. A number or day stands for all that no condition tells from it."""

    changes: Changes


def flips(plan: Plan, item: Item) -> tuple[Flip, ...]:
    """All smallest changes that flip an item, those of the first questions first.

    Empty when no change of up to ``MOST_CHANGES`` answers does, or none could be found in time.
    """
    search = _Search(plan, item, wanted=standing(plan, item) == "excluded")
    for size in range(max(1, search.at_least({})), MOST_CHANGES + 1):
        found = search.of_size(size)
        if found:
            return tuple(map(Flip, found))
    return ()


class _Search:
    def __init__(self, plan: Plan, item: Item, *, wanted: bool) -> None:
        rules = plan.rules
        self._rules = rules
        own = own_diagram(rules, item)
        diagrams, truths = rules.truths.diagrams, rules.truths
        self._goes_on = YES if item.kind == "outcome" else truths.goes_on
        inside = own if item.kind == "outcome" else truths.within(own)
        outside = diagrams.both(diagrams.negation(own), self._goes_on)
        self._wanted, self._against = (inside, outside) if wanted else (outside, inside)
        """Where the item stands as it should, and where not."""
        facts = truths.formulas.facts(diagrams.support[inside] | diagrams.support[outside])
        given = plan.standings.knowledge.answers
        self._answers = {fact: given[fact] for fact in facts if fact in given}
        self._known = Knowledge(rules, self._answers)
        self._prices = self._against_answers()
        self._trials = MOST_TRIALS
        self._seen: set[Changes] = set()
        self._found: list[Changes] = []

    def of_size(self, size: int) -> list[Changes]:
        """All changes of so many answers that are enough."""
        self._seen, self._found = set(), []
        self._extend({}, size)
        return self._nearest()

    def at_least(self, changes: Mapping[str, Answer]) -> int:
        """No fewer answers must change, after these changes, for the item to stand as it should.

        The cheapest way through the diagram, where going against an answer costs one; several
        choices cost nothing, as they lie on several axes.
        """
        prices = dict(self._prices)
        axes = self._rules.truths.formulas.axes
        for fact, answer in changes.items():
            if not self._several(fact):
                ((axis, place),) = axes.places(fact, answer)
                prices[axis] = _all_but(axes.size[axis], place, MOST_CHANGES + 1)
            else:
                for axis in axes.axes(fact):
                    prices.pop(axis, None)
        return self._rules.truths.diagrams.cheapest(self._wanted, prices, MOST_CHANGES + 1)

    def _against_answers(self) -> dict[int, list[int]]:
        """What each place costs: one where it goes against an answer, on facts of one axis."""
        axes = self._rules.truths.formulas.axes
        found = {}
        for fact, answer in self._answers.items():
            places = axes.places(fact, answer)
            if len(places) == 1:
                ((axis, place),) = places
                found[axis] = _all_but(axes.size[axis], place, 1)
        return found

    def _extend(self, changes: Mapping[str, Answer], left: int) -> None:
        key = self._ordered(changes)
        if key in self._seen or self._trials <= 0:
            return
        self._seen.add(key)
        self._trials -= 1
        seen = self._seen_with(changes)
        if self._is_enough(seen):
            if left == 0:
                self._found.append(key)
            return
        if left == 0 and not any(self._several(fact) for fact in changes):
            return
        if self.at_least(changes) > left:
            return
        blamed = self._blamed(seen)
        for fact, places in blamed.items():
            before = changes.get(fact)
            if before is None and left:
                for answer in self._others(fact, places):
                    self._extend({**changes, fact: answer}, left - 1)
            elif isinstance(before, frozenset):
                for chosen in self._turned_once(fact, before, places):
                    if self._turned(fact, chosen) <= MOST_TURNED:
                        self._extend({**changes, fact: chosen}, left)

    def _seen_with(self, changes: Mapping[str, Answer]) -> Knowledge:
        return self._known.supposing(changes)

    def _is_enough(self, seen: Knowledge) -> bool:
        return seen.settle(self._against) == NO and not self._has_ended(seen)

    def _has_ended(self, seen: Knowledge) -> bool:
        return self._goes_on != YES and ended(self._rules, seen.answers, seen)

    def _blamed(self, seen: Knowledge) -> Mapping[str, Mapping[int, int]]:
        """Facts of which one at least must be otherwise, with where they stand."""
        rules = self._rules
        if self._has_ended(seen):
            facts = deciding(
                rules, seen.answers, (self._goes_on,), lambda s: ended(rules, s.answers, s)
            )
            return {fact: self._places(fact, seen.answers[fact]) for fact in facts}
        way = rules.truths.diagrams.a_way_to_yes(seen.settle(self._against))
        return self._on_the_way(seen, way)

    def _places(self, fact: str, answer: Answer) -> Mapping[int, int]:
        """Where an answer stands; nowhere where a doubt hangs on its very value."""
        formulas = self._rules.truths.formulas
        doubted = any(formulas.axes.mask[fact] & d.support for d in formulas.doubts.values())
        return {} if doubted else dict(formulas.axes.places(fact, answer))

    def _on_the_way(
        self, seen: Knowledge, way: Mapping[int, int]
    ) -> Mapping[str, Mapping[int, int]]:
        """The facts asked on the way of a completion that speaks against a change."""
        rules = self._rules
        formulas = rules.truths.formulas
        world = {**seen.places, **way}
        found: dict[str, dict[int, int]] = {}
        walked = rules.truths.diagrams.walk(self._against, lambda axis: world.get(axis, 0))
        for axis, place in walked:
            for fact in formulas.facts(1 << axis):
                if fact in rules.questions:
                    mine = found.setdefault(fact, {})
                    if axis in formulas.axes.axes(fact):
                        mine[axis] = place
        return found

    def _others(self, fact: str, places: Mapping[int, int]) -> Iterator[Answer]:
        """Every other answer to a question that stands elsewhere on an axis that was asked."""
        axes = self._rules.truths.formulas.axes
        if self._several(fact):
            given = self._answers.get(fact)
            chosen = given if isinstance(given, frozenset) else frozenset()
            yield from self._turned_once(fact, chosen, places)
            return
        for answer in axes.all_answers(fact):
            at = dict(axes.places(fact, answer))
            if not places or any(at[axis] != place for axis, place in places.items()):
                yield answer

    def _several(self, fact: str) -> bool:
        return self._rules.questions[fact].kind == "choices"

    def _turned_once(
        self, fact: str, chosen: frozenset[str], places: Mapping[int, int]
    ) -> Iterator[frozenset[str]]:
        """Several choices with one option turned on or off, elsewhere on an axis that was asked."""
        axes = self._rules.truths.formulas.axes
        alone, together = axes.several(fact)
        kept = chosen - set(alone)
        found = [frozenset({option}) for option in alone]
        found += [kept ^ {option} for option in together]
        found += [frozenset({option}) for option in together if len(kept) == 1]
        for other in dict.fromkeys(found):
            at = dict(axes.places(fact, other)) if other else {}
            if other and any(at[axis] != place for axis, place in places.items()):
                yield other

    def _ordered(self, changes: Mapping[str, Answer]) -> Changes:
        return tuple((fact, changes[fact]) for fact in self._rules.questions if fact in changes)

    def _nearest(self) -> list[Changes]:
        """Of changes to the same questions those that turn the fewest options."""
        least: dict[tuple[str, ...], int] = {}
        for changes in self._found:
            facts = tuple(fact for fact, _ in changes)
            least[facts] = min(self._all_turned(changes), least.get(facts, MOST_TRIALS))
        order = {fact: n for n, fact in enumerate(self._rules.questions)}
        kept = [c for c in self._found if self._all_turned(c) == least[tuple(f for f, _ in c)]]
        return sorted(dict.fromkeys(kept), key=lambda c: [order[fact] for fact, _ in c])

    def _all_turned(self, changes: Changes) -> int:
        return sum(self._turned(fact, answer) for fact, answer in changes)

    def _turned(self, fact: str, answer: Answer) -> int:
        """How many options of several choices an answer turns on or off."""
        before = self._answers.get(fact)
        if not isinstance(answer, frozenset):
            return 0
        return len(answer ^ before) if isinstance(before, frozenset) else len(answer)


def _all_but(size: int, place: int, price: int) -> list[int]:
    return [0 if n == place else price for n in range(size)]
