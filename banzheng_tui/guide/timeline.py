"""When the steps of a plan can be done, and how far that can be told at all.

A step that says no time takes as long as it takes, and one that is only possible may still be
needed: behind either, days are the earliest there can be (至少), never known ones.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from banzheng_tui.guide.calendar import WorkCalendar, before, due
from banzheng_tui.guide.plan import Plan, PlanDeadline, PlanStep
from banzheng_tui.guide.schedule import Schedule, Slot, Task, schedule
from banzheng_tui.guide.windows import Validity, Window


@dataclass(frozen=True, slots=True)
class Timeline:
    """The undone steps of a plan on the calendar."""

    schedule: Schedule
    """Of the certain steps alone: what must be done ends no earlier."""
    calendar: WorkCalendar
    slots: Mapping[str, Slot]
    """Of every undone step, by what is promised; of a possible one in case it is needed."""
    starts: frozenset[str]
    """Steps that are sure to be able to start on their day."""
    ends: frozenset[str]
    """Steps that end on their day, if offices keep what they promise."""
    untimed: tuple[str, ...]
    """Certain steps that say no time."""
    possible: tuple[str, ...]
    """Steps that later answers may spare."""

    @property
    def is_whole(self) -> bool:
        """Whether all steps are certain and say their time: then the end is known."""
        return not self.untimed and not self.possible

    @property
    def critical(self) -> tuple[str, ...]:
        """The certain steps that take days and that the end hangs on, in order."""
        slots = self.schedule.promised
        return tuple(s for s in self.schedule.critical if slots[s].start < slots[s].end)

    def start(self, step: str) -> date | None:
        """The day on which a step can start; None where that rests on a time nobody says."""
        return self.slots[step].start if step in self.starts else None

    def end(self, step: str) -> date | None:
        """The day on which a step is done; None where that rests on a time nobody says."""
        return self.slots[step].end if step in self.ends else None

    def is_provisional(self, step: str) -> bool:
        """Whether its days count on a year whose arrangement is not published."""
        return step in self.slots and self.schedule.is_provisional(self.slots[step].end)


def has_times(plan: Plan) -> bool:
    """Whether anything is to be counted: a certain step's time, or a deadline whose day is known."""
    return any(item.day is not None for item in plan.deadlines) or says_times(plan)


def says_times(plan: Plan) -> bool:
    """Whether a certain step that is left says how long it takes."""
    left = (step for step in plan.steps if step.state != "done" and step.status == "certain")
    return any(_timed(step) for step in left)


def timeline(plan: Plan, calendar: WorkCalendar, start: date) -> Timeline:
    """The earliest way through what is left of a plan, from a day on."""
    steps = [step for step in plan.steps if step.state != "done"]
    certain = {step.id for step in steps if step.status == "certain"}
    tasks = [_task(step, tuple(_waits(step, plan, certain))) for step in steps]
    windows = tuple(_windows(plan, calendar))
    good = tuple(_validities(plan))
    every = schedule(tasks, calendar, start, windows, good)
    sure = schedule([task for task in tasks if task.id in certain], calendar, start, windows, good)
    starts, ends = _told(plan, steps)
    return Timeline(
        schedule=sure,
        calendar=calendar,
        slots=every.promised,
        starts=starts,
        ends=ends,
        untimed=tuple(s.id for s in steps if s.id in certain and not _timed(s)),
        possible=tuple(step.id for step in steps if step.id not in certain),
    )


def window(item: PlanDeadline, calendar: WorkCalendar) -> tuple[date | None, date | None]:
    """From when to when a deadline lets its steps be begun; nothing while its day is not known."""
    entry, day = item.entry, item.day
    if day is None:
        return None, None
    if entry.within is not None:
        return day, due(calendar, day, entry.within).day
    earliest = before(calendar, day, entry.no_earlier).day if entry.no_earlier else None
    return earliest, before(calendar, day, entry.no_later).day if entry.no_later else day


def _windows(plan: Plan, calendar: WorkCalendar) -> Iterator[Window]:
    for item in plan.deadlines:
        earliest, latest = window(item, calendar)
        if item.status == "certain" and latest is not None:
            for step in item.entry.for_steps:
                yield Window(step, earliest, latest, item.entry.text)


def _validities(plan: Plan) -> Iterator[Validity]:
    """Papers that are good for some time only, from the step that makes one to those it is for."""
    papers = plan.rules.catalog.documents
    for step in plan.steps:
        for paper in step.entry.produces:
            good = papers[paper].valid_for
            users = (d.for_steps for d in plan.documents if good and paper in d.papers)
            for user in (name for names in users for name in names if name != step.id):
                if good:
                    yield Validity(paper, step.id, user, good)


def _timed(step: PlanStep) -> bool:
    time = step.entry.time
    return time is not None and bool(time.promised or time.statutory)


def _task(step: PlanStep, after: tuple[str, ...]) -> Task:
    time = step.entry.time
    return Task(
        id=step.id,
        after=after,
        promised=time.promised if time else None,
        statutory=time.statutory if time else None,
        own=step.entry.kind == "own",
    )


def _waits(step: PlanStep, plan: Plan, certain: set[str]) -> Iterator[str]:
    """The certain steps that a step waits for, those it comes after through possible ones too."""
    entries = {item.id: item.entry for item in plan.steps}
    left, seen = sorted(plan.waits[step.id]), {step.id}
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in certain:
            yield name
        elif name in entries and name in plan.waits:
            left += plan.waits[name].intersection(entries[name].after)


def _told(plan: Plan, steps: list[PlanStep]) -> tuple[frozenset[str], frozenset[str]]:
    """The steps whose start is known, and those whose end is: all before them says its time."""
    left = {step.id for step in steps}
    starts, ends = set[str](), set[str]()
    for step in steps:  # in the plan's order, so all that it waits for is told already
        if step.status == "certain" and (plan.waits[step.id] & left) <= ends:
            starts.add(step.id)
            if _timed(step):
                ends.add(step.id)
    return frozenset(starts), frozenset(ends)
