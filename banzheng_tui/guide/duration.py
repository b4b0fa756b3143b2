"""How long a plan takes by its steps' time limits: the shortest and the longest that they add up to.

Units are never turned into one another: a total is a sum for each unit along the longest chain of
steps that wait for one another. Only which chain is the longest goes by approximate days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from banzheng_tui.guide.days import DAYS
from banzheng_tui.guide.plan import Plan, PlanDocument, PlanStep
from banzheng_tui.procedure.condition import ALWAYS
from banzheng_tui.procedure.model import DocumentUse, Step, StepTime
from banzheng_tui.procedure.values import AT_ONCE, Duration

UNSAID = "没写时限"
_COUNTED = {"工作日": "个工作日", "工作小时": "个工作小时"}

Which: TypeAlias = Literal["shortest", "longest"]
_Before: TypeAlias = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class PlanTime:
    """What the time limits of a plan add up to, each unit by itself, and what they leave out."""

    durations: tuple[Duration, ...]
    """Along the longest chain, one for each unit; empty where no step says its time."""
    untimed: int
    """Steps that say no time."""

    @property
    def text(self) -> str:
        """「5 个工作日＋1 个月，另有 3 步没写时限」."""
        if not self.durations:
            return UNSAID
        total = "＋".join(_said(item) for item in self.durations)
        return f"{total}，另有 {self.untimed} 步{UNSAID}" if self.untimed else total


def plan_time(plan: Plan, which: Which) -> PlanTime:
    """The time that the undone steps take.

    The shortest counts what is certain, by what is promised where that is said; the longest counts
    what is possible, too, by what the law allows.
    """
    certain = which == "shortest"
    steps = [s for s in plan.steps if s.state != "done" and (s.status == "certain" or not certain)]
    times = {step.id: _time(step.entry.time, which) for step in steps}
    chain = _longest(steps, times, _before(plan, steps, certain=certain))
    return PlanTime(tuple(_summed(chain)), sum(time is None for time in times.values()))


def _time(time: StepTime | None, which: Which) -> Duration | None:
    if time is None:
        return None
    if which == "shortest":
        return time.promised or time.statutory
    return time.statutory or time.promised


def _longest(
    steps: Sequence[PlanStep], times: Mapping[str, Duration | None], before: _Before
) -> tuple[Duration, ...]:
    """The times of the chain that takes the most days; a step's chain ends with the step."""
    chains: dict[str, tuple[Duration, ...]] = {}
    for step in steps:  # in the plan's order, so what it waits for has its chain already
        waited = [chains[name] for name in before[step.id] if name in chains]
        time = times[step.id]
        chains[step.id] = (*max(waited, key=_days, default=()), *([time] if time else ()))
    return max(chains.values(), key=_days, default=())


def _days(chain: Iterable[Duration]) -> tuple[float, int]:
    """About how many days; of equal chains one that says something is longer than none."""
    durations = list(chain)
    return sum(item.amount * DAYS[item.unit] for item in durations), len(durations)


def _summed(chain: Iterable[Duration]) -> Iterator[Duration]:
    sums: dict[str, int] = {}
    for item in chain:
        sums[item.unit] = sums.get(item.unit, 0) + item.amount
    if sums and not any(sums.values()):
        yield Duration(0, AT_ONCE)
    yield from (Duration(amount, unit) for unit, amount in sums.items() if amount)


def _said(duration: Duration) -> str:
    if not duration.amount:
        return AT_ONCE
    return f"{duration.amount} {_COUNTED.get(duration.unit, duration.unit)}"


def _before(plan: Plan, steps: Sequence[PlanStep], *, certain: bool) -> _Before:
    """For each step those of the others that it waits for."""
    found: dict[str, set[str]] = {step.id: set() for step in steps}
    for step in steps:
        found[step.id] |= set(_after(step.entry, plan.rules.steps, found.keys()))
    makers: dict[str, set[str]] = {}
    for step in steps:
        for paper in step.entry.produces:
            makers.setdefault(paper, set()).add(step.id)
    for use in _blocking(plan, certain=certain):
        for maker in _makers(use, makers, certain=certain):
            for name in use.for_steps:
                if name in found and name != maker:
                    found[name].add(maker)
    return found


def _after(step: Step, steps: Sequence[Step], present: Iterable[str]) -> Iterator[str]:
    """The steps that this one comes after, also through steps that do not count."""
    by_id = {item.id: item for item in steps}
    counted, seen = set(present), set[str]()
    waiting = list(step.after)
    while waiting:
        name = waiting.pop()
        if name in counted:
            yield name
        elif name in by_id and name not in seen:
            seen.add(name)
            waiting += by_id[name].after


def _blocking(plan: Plan, *, certain: bool) -> Iterator[DocumentUse]:
    """Uses of papers that a step must wait for: neither at hand nor handed in later."""
    for document in plan.documents:
        for use in document.uses:
            waits = use.need == "required" and not use.fetched
            at_hand = plan.held.intersection(use.papers)
            if waits and not at_hand and (not certain or _is_certain(document, use)):
                yield use


def _is_certain(document: PlanDocument, use: DocumentUse) -> bool:
    """Of several uses in one line the plan says only how the line stands."""
    alone = len(document.uses) == 1
    return document.status == "certain" and (alone or use.when == ALWAYS)


def _makers(use: DocumentUse, makers: Mapping[str, set[str]], *, certain: bool) -> set[str]:
    """The steps that give the paper. Where another would do, the shortest way waits for none."""
    found = {maker for paper in use.papers for maker in makers.get(paper, ())}
    return set() if certain and (len(use.papers) > 1 or len(found) > 1) else found
