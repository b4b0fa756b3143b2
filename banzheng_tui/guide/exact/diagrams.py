"""Reduced ordered decision diagrams: functions of all facts at once, equal ones the same number.

A node asks one axis (``axes``) and leads to a node for each of its places; a leaf holds a value.
Because every function has just one form, whether something holds in every completion, or depends
on a fact, is looked up and not searched for (R. Bryant 1986, for many places A. Srinivasan 1990).
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

LEAF: Final = 1 << 30
"""The axis of a leaf: it comes after every other."""
NO: Final = 0
YES: Final = 1
MOST_NEW: Final = 20_000
MOST_REMEMBERED: Final = 400_000


class TooLargeError(Exception):
    """An operation would make more than ``MOST_NEW`` nodes."""


class Diagrams:
    """A store of diagrams, each a number; 0 is never true and 1 is always true."""

    def __init__(self) -> None:
        self._axis: list[int] = []
        self._kids: list[tuple[int, ...]] = []
        self._values: list[Any] = []
        self.support: list[int] = []
        """For each diagram the axes that it depends on, as bits."""
        self._nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._leaves: dict[Hashable, int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._not: dict[int, int] = {}
        self._choices: dict[tuple[int, int, int], int] = {}
        self._fixed: dict[tuple[int, int, int], int] = {}
        self._most = LEAF
        self.leaf(False)
        self.leaf(True)

    # ---------------------------------------------------------------- making

    def leaf(self, value: Hashable, support: int = 0) -> int:
        """The diagram that is this value everywhere; ``support``: axes the value itself rests on."""
        key = (type(value), value)
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = self._add(LEAF, (), value, support)
        return found

    def node(self, axis: int, kids: tuple[int, ...]) -> int:
        """The diagram that asks an axis first; all its kids ask only later ones."""
        first = kids[0]
        if all(kid == first for kid in kids):
            return first
        key = (axis, kids)
        found = self._nodes.get(key)
        if found is None:
            support = 1 << axis
            for kid in kids:
                support |= self.support[kid]
            found = self._nodes[key] = self._add(axis, kids, None, support)
        return found

    def _add(self, axis: int, kids: tuple[int, ...], value: Any, support: int) -> int:
        if len(self._axis) >= self._most:
            raise TooLargeError
        self._axis.append(axis)
        self._kids.append(kids)
        self._values.append(value)
        self.support.append(support)
        return len(self._axis) - 1

    def __len__(self) -> int:
        return len(self._axis)

    def limited(self, work: Callable[..., int], *what: Any) -> int:
        """What some work gives; TooLargeError when it makes too many nodes on the way."""
        outside, self._most = self._most, len(self._axis) + MOST_NEW
        try:
            return work(*what)
        finally:
            self._most = outside

    # ---------------------------------------------------------------- joining

    def both(self, one: int, other: int) -> int:
        """Where both hold."""
        if other in (one, YES) or one == NO:
            return one
        if one == YES or other == NO:
            return other
        key = (one, other) if one < other else (other, one)
        found = self._both.get(key)
        if found is None:
            found = self._both[key] = self._split(self.both, one, other)
        return found

    def either(self, one: int, other: int) -> int:
        """Where one of them holds."""
        return self.negation(self.both(self.negation(one), self.negation(other)))

    def negation(self, one: int) -> int:
        """Where it does not hold."""
        if one <= YES:
            return YES - one
        found = self._not.get(one)
        if found is None:
            kids = tuple([self.negation(kid) for kid in self._kids[one]])
            found = self._not[one] = self.node(self._axis[one], kids)
            self._not[found] = one
        return found

    def all_of(self, diagrams: Iterable[int]) -> int:
        """Where all hold."""
        found = YES
        for diagram in diagrams:
            found = self.both(found, diagram)
        return found

    def any_of(self, diagrams: Iterable[int]) -> int:
        """Where any holds."""
        return self.negation(self.all_of(self.negation(diagram) for diagram in diagrams))

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """One diagram where a condition holds, the other elsewhere; of any values."""
        if condition == YES or then == otherwise:
            return then
        if condition == NO:
            return otherwise
        key = (condition, then, otherwise)
        found = self._choices.get(key)
        if found is None:
            found = self._choices[key] = self._split(self.choose, *key)
        return found

    def combined(self, diagrams: Sequence[int], work: Callable[..., tuple[Any, int]]) -> int:
        """The value (and its support) that ``work`` gives of the values of all diagrams."""
        known: dict[tuple[int, ...], int] = {}

        def join(*parts: int) -> int:
            found = known.get(parts)
            if found is None:
                if all(self._axis[part] == LEAF for part in parts):
                    found = self.leaf(*work(*(self._values[part] for part in parts)))
                else:
                    found = self._split(join, *parts)
                known[parts] = found
            return found

        return join(*diagrams)

    def _split(self, work: Callable[..., int], *parts: int) -> int:
        """The work done place by place along the first axis of the parts."""
        axes = [self._axis[part] for part in parts]
        axis = min(axes)
        sides = [
            self._kids[part] if at == axis else None for part, at in zip(parts, axes, strict=True)
        ]
        count = next(len(side) for side in sides if side is not None)
        kids = [
            work(*(p if s is None else s[n] for p, s in zip(parts, sides, strict=True)))
            for n in range(count)
        ]
        return self.node(axis, tuple(kids))

    # ---------------------------------------------------------------- looking

    def fix(self, diagram: int, axis: int, place: int) -> int:
        """The diagram once an axis is known."""
        if not self.support[diagram] >> axis & 1:
            return diagram
        at = self._axis[diagram]
        if at == axis:
            return self._kids[diagram][place]
        if at == LEAF:
            return diagram
        key = (diagram, axis, place)
        found = self._fixed.get(key)
        if found is None:
            if len(self._fixed) >= MOST_REMEMBERED:
                self._fixed.clear()
            kids = tuple([self.fix(kid, axis, place) for kid in self._kids[diagram]])
            found = self._fixed[key] = self.node(at, kids)
        return found

    def is_leaf(self, diagram: int) -> bool:
        """Whether it has one value everywhere."""
        return self._axis[diagram] == LEAF

    def leaves(self, diagram: int) -> Iterator[Any]:
        """Every value that a diagram can have, each once."""
        seen, left = {diagram}, [diagram]
        while left:
            here = left.pop()
            if self._axis[here] == LEAF:
                yield self._values[here]
                continue
            for kid in self._kids[here]:
                if kid not in seen:
                    seen.add(kid)
                    left.append(kid)

    def where(self, diagram: int, value: Hashable) -> int:
        """Where a diagram has just this value."""
        wanted = self.leaf(value)
        return self.combined((diagram,), lambda found: (found == self._values[wanted], 0))

    def walk(self, diagram: int, place: Callable[[int], int]) -> Iterator[tuple[int, int]]:
        """The axes asked on the way to a leaf, and the place taken at each."""
        while self._axis[diagram] != LEAF:
            axis = self._axis[diagram]
            taken = place(axis)
            yield axis, taken
            diagram = self._kids[diagram][taken]

    def cheapest(self, diagram: int, prices: Mapping[int, Sequence[int]], most: int) -> int:
        """The least that a way to ``YES`` costs; ``most`` at most.

        ``prices``: for an axis what each of its places costs; the others cost nothing.
        """
        known = {YES: 0, NO: most}

        def cost(here: int) -> int:
            found = known.get(here)
            if found is None:
                kids = [known[kid] if kid in known else cost(kid) for kid in self._kids[here]]
                price = prices.get(self._axis[here])
                if price is not None:
                    kids = [kid + paid for kid, paid in zip(kids, price, strict=True)]
                found = known[here] = min(most, *kids)
            return found

        return cost(diagram)

    def a_way_to_yes(self, diagram: int) -> dict[int, int]:
        """Places that make a diagram hold, one for each axis on one way; ValueError for ``NO``."""
        if diagram == NO:
            raise ValueError("nothing makes it hold")
        found: dict[int, int] = {}
        while diagram != YES:
            place = next(n for n, kid in enumerate(self._kids[diagram]) if kid != NO)
            found[self._axis[diagram]] = place
            diagram = self._kids[diagram][place]
        return found
