"""The way through a plan: a main line of steps, and side lines that run along with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from banzheng_tui.guide.days import approximate_days
from banzheng_tui.guide.plan import Plan, PlanStep

LONGEST = 10_000
"""Days that no way takes: they only decide between lines of as many steps."""


@dataclass(frozen=True, slots=True)
class SideLine:
    """Steps one after another that need not wait for the main line."""

    steps: tuple[PlanStep, ...]
    after: str | None
    """The station of the main line after which it can begin; None: from the start."""
    before: str | None
    """The station of the main line that waits for it; None: none does."""


@dataclass(frozen=True)
class Way:
    """All steps of a plan as lines, and which step directly follows which."""

    main: tuple[PlanStep, ...]
    sides: tuple[SideLine, ...]
    edges: tuple[tuple[str, str], ...]
    """(earlier, later) without those that others imply."""

    @cached_property
    def beside(self) -> Mapping[str | None, tuple[SideLine, ...]]:
        """The side lines by the station that they begin after."""
        found: dict[str | None, list[SideLine]] = {}
        for side in self.sides:
            found.setdefault(side.after, []).append(side)
        return {after: tuple(sides) for after, sides in found.items()}


def way_of(plan: Plan) -> Way:
    """The way of a plan; its main line is the one of most steps, then of most days."""
    steps = {step.id: step for step in plan.steps}
    before = {name: frozenset(plan.waits.get(name, ())) & steps.keys() for name in steps}
    order = list(steps)
    reached = _reached(order, before)
    days = {name: 1 + approximate_days(step.entry.time) / LONGEST for name, step in steps.items()}
    lines = _lines(order, before, days)
    main = lines[0] if lines else []
    place = {name: number for number, name in enumerate(main)}
    sides = tuple(
        SideLine(
            tuple(steps[name] for name in line),
            _last(main, place, reached[line[0]]),
            next((name for name in main if line[-1] in reached[name]), None),
        )
        for line in lines[1:]
    )
    return Way(tuple(steps[name] for name in main), sides, tuple(_direct(before, reached)))


def _reached(order: Sequence[str], before: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """For each step all that come before it, however far."""
    found: dict[str, set[str]] = {}
    for name in order:
        found[name] = set(before[name])
        for earlier in before[name]:
            found[name] |= found.get(earlier, set())
    return found


def _lines(
    order: Sequence[str], before: Mapping[str, frozenset[str]], days: Mapping[str, float]
) -> list[list[str]]:
    """The longest line of steps, then the longest of what is left, until none is left."""
    left = list(order)
    lines = []
    while left:
        line = _longest(left, before, days)
        lines.append(line)
        left = [name for name in left if name not in line]
    return lines


def _longest(
    order: Sequence[str], before: Mapping[str, frozenset[str]], days: Mapping[str, float]
) -> list[str]:
    length: dict[str, float] = {}
    came_from: dict[str, str | None] = {}
    for name in order:
        waited = [other for other in length if other in before[name]]
        earlier = max(waited, key=length.__getitem__, default=None)
        came_from[name] = earlier
        length[name] = days[name] + (length[earlier] if earlier else 0)
    here: str | None = max(order, key=length.__getitem__)
    line: list[str] = []
    while here is not None:
        line.append(here)
        here = came_from[here]
    return line[::-1]


def _last(main: Sequence[str], place: Mapping[str, int], reached: Iterable[str]) -> str | None:
    """The last station of the main line among steps that come before."""
    places = [place[name] for name in reached if name in place]
    return main[max(places)] if places else None


def _direct(
    before: Mapping[str, frozenset[str]], reached: Mapping[str, set[str]]
) -> Iterable[tuple[str, str]]:
    for later, earlier in before.items():
        for name in sorted(earlier):
            if not any(name in reached[other] for other in earlier if other != name):
                yield name, later
