"""Visits: steps at one counter that can be done in one go, and what to bring to each."""

from dataclasses import dataclass, field

from banzheng_tui.guide.plan import Plan, PlanDocument, PlanStep
from banzheng_tui.guide.wording import department_name
from banzheng_tui.procedure.values import AT_ONCE


@dataclass(frozen=True, slots=True)
class Visit:
    """One time that one goes to a counter."""

    place: str
    steps: tuple[PlanStep, ...]
    bring: tuple[PlanDocument, ...]
    """Papers that the steps ask for and that are not fetched by the office."""

    @property
    def spared_online(self) -> bool:
        """Whether all of it can be done without going there."""
        return all(_without_going(step) for step in self.steps)

    @property
    def status(self) -> str:
        """Certain as soon as one of its steps is."""
        return min((step.status for step in self.steps), key=("certain", "possible").index)


@dataclass
class _Open:
    place: str
    steps: list[PlanStep] = field(default_factory=list)


def visits(plan: Plan) -> tuple[Visit, ...]:
    """The visits that are left, in order: as few as the order of the steps allows."""
    found: list[_Open] = []
    at: dict[str, float] = {}
    for step in plan.steps:
        before = [name for name in plan.waits[step.id] if name in at]
        earliest = max((at[name] for name in before), default=-1.0)
        if step.state == "done":
            at[step.id] = -1.0
        elif not _goes_there(step):
            at[step.id] = earliest
        else:
            at[step.id] = _join(found, step, _place(step, plan), plan, at)
    return tuple(_visit(visit, plan) for visit in found)


def _join(
    found: list[_Open], step: PlanStep, place: str, plan: Plan, at: dict[str, float]
) -> float:
    """Into the first visit of that counter that everything it waits for allows, or a new one."""
    for number, visit in enumerate(found):
        if visit.place == place and all(
            at.get(name, -1.0) < number or _done_at_once(name, visit)
            for name in plan.waits[step.id]
        ):
            visit.steps.append(step)
            return number
    found.append(_Open(place, [step]))
    return len(found) - 1


def _done_at_once(name: str, visit: _Open) -> bool:
    """Whether a step is part of the visit and finished on the spot."""
    for step in visit.steps:
        if step.id == name and step.entry.time is not None:
            time = step.entry.time.promised or step.entry.time.statutory
            return time is not None and time.unit == AT_ONCE
    return False


def _goes_there(step: PlanStep) -> bool:
    entry = step.entry
    return entry.kind == "office" and (not entry.channels or "window" in entry.channels)


def _without_going(step: PlanStep) -> bool:
    return bool({"online", "mobile", "mail"} & set(step.entry.channels))


def _place(step: PlanStep, plan: Plan) -> str:
    return step.entry.where or department_name(step, plan.rules)


def _visit(visit: _Open, plan: Plan) -> Visit:
    steps = {step.id for step in visit.steps}
    bring = tuple(d for d in plan.documents if steps & set(d.for_steps) and not d.fetched)
    return Visit(visit.place, tuple(visit.steps), bring)
