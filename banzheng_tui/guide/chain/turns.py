"""What the first steps of a procedure on a way wait for."""

from collections.abc import Iterable, Iterator, Mapping

from banzheng_tui.guide.chain.guards import Guards
from banzheng_tui.procedure.model import DocumentUse, Step


def in_turn(guards: Guards, steps: Iterable[Step], uses: Iterable[DocumentUse]) -> Iterator[Step]:
    """The steps; the first ones of a member wait for what the step waits for that it stands in.

    Where that would wait for them in turn, as when a member stands at two places, it goes by the
    order of the other place.
    """
    steps = tuple(steps)
    waits = _waits(steps, uses)
    for step in steps:
        before = () if step.after else _before(guards, guards.origin[step.id])
        found = [name for name in before if not _waits_for(waits, name, step.id)]
        waits[step.id].update(found)
        yield step.model_copy(update={"after": (*step.after, *dict.fromkeys(found))})


def _before(guards: Guards, member: str) -> Iterator[str]:
    """What a member's place is after."""
    for bringer in guards.members.of(member):
        if bringer.step is not None:
            yield from guards.naming(bringer.by).ids(bringer.step.after)


def _waits(steps: tuple[Step, ...], uses: Iterable[DocumentUse]) -> dict[str, set[str]]:
    """For each step those it waits for, by ``after`` and for papers that they issue."""
    waits = {step.id: set(step.after) for step in steps}
    makers: dict[str, set[str]] = {}
    for step in steps:
        for paper in step.produces:
            makers.setdefault(paper, set()).add(step.id)
    for use in uses:
        for name in waits.keys() & use.for_steps:
            for paper in use.papers:
                waits[name] |= makers.get(paper, set()) - {name}
    return waits


def _waits_for(waits: Mapping[str, set[str]], start: str, goal: str) -> bool:
    """Whether a step waits for another, through whatever lies between."""
    seen, left = {start}, [start]
    while left:
        here = left.pop()
        if here == goal:
            return True
        more = waits.get(here, set()) - seen
        seen |= more
        left += more
    return False
