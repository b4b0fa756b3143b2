"""Earliest start and end of every task, what the end hangs on, and which deadlines are missed.

A task starts on the day on which the last of those it waits for ends, at an office on the first
working day from then on. Days are counted as ordinals and turned into dates at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from banzheng_tui.guide.calendar import WorkCalendar
from banzheng_tui.guide.spans import Span, as_date, span
from banzheng_tui.guide.tasks import Slot, Task, Undone, undone
from banzheng_tui.guide.windows import Lapse, Missed, Validity, Window, lapses, missed
from banzheng_tui.guide.working_days import LAST, WorkingDays

__all__ = ["Lapse", "Missed", "Schedule", "Slot", "Task", "Validity", "Window", "schedule"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When what is to be done, by ids of tasks; those that are done are not in it."""

    start: date
    promised: Mapping[str, Slot]
    """By the promised limits, by the statutory one where none is promised."""
    statutory: Mapping[str, Slot]
    """By the statutory limits, by the promised one where there is none."""
    slack: Mapping[str, int]
    """So many days a task may start later, the promised end and its deadline kept."""
    critical: tuple[str, ...]
    """The chain that the promised end hangs on, in order; none of it has any slack."""
    unknown: frozenset[str]
    """Tasks whose time nobody says; they count as done on the day."""
    at_least: frozenset[str]
    """Tasks that end on their day at the earliest (至少): they wait for an unknown one or are one."""
    missed: tuple[Missed, ...]
    lapses: tuple[Lapse, ...]
    provisional_from: date | None
    """From this day on no arrangement is published: 待放假安排公布."""

    @property
    def end(self) -> date:
        """When all is done, if offices keep what they promise."""
        return max((slot.end for slot in self.promised.values()), default=self.start)

    @property
    def statutory_end(self) -> date:
        """When all is done, if each office takes the time that the law gives it."""
        return max((slot.end for slot in self.statutory.values()), default=self.start)

    @property
    def provisional(self) -> bool:
        """Whether its end counts on a year whose arrangement is not published."""
        return self.is_provisional(self.end)

    def is_provisional(self, day: date) -> bool:
        """Whether a day of this schedule counts on a year whose arrangement is not published."""
        return self.provisional_from is not None and day >= self.provisional_from


class _Bounds(NamedTuple):
    """What windows say, by position of the task."""

    earliest: list[int]
    latest: list[int]


class _Course(NamedTuple):
    """When each task starts and ends, by position."""

    starts: list[int]
    ends: list[int]


def schedule(
    tasks: Sequence[Task],
    calendar: WorkCalendar,
    start: date,
    windows: Sequence[Window] = (),
    validities: Sequence[Validity] = (),
) -> Schedule:
    """The earliest way to do all that is not done yet; ValueError when tasks wait in a circle."""
    work, days = undone(tasks), calendar.working_days
    bounds = _bounds(work, start, windows)
    promised_spans = [span(task.promised or task.statutory, own=task.own) for task in work.tasks]
    statutory_spans = [span(task.statutory or task.promised, own=task.own) for task in work.tasks]
    course = _earliest(work, days, promised_spans, bounds)
    worst = _earliest(work, days, statutory_spans, bounds)
    critical = _critical(work, course, bounds)
    slack = _slack(work, days, promised_spans, course, bounds)
    for number in critical:
        slack[number] = 0  # a day off that it may slip over is nothing to count on
    ids = [task.id for task in work.tasks]
    promised, statutory = _slots(ids, course), _slots(ids, worst)
    untimed = {n for n, task in enumerate(work.tasks) if not (task.promised or task.statutory)}
    return Schedule(
        start,
        promised,
        statutory,
        dict(zip(ids, slack, strict=True)),
        tuple(ids[number] for number in critical),
        frozenset(ids[number] for number in untimed),
        frozenset(ids[number] for number in _behind(work, untimed)),
        tuple(missed(windows, promised, statutory)),
        tuple(lapses(validities, days, promised, statutory)),
        calendar.unpublished_from(start),
    )


def _bounds(work: Undone, start: date, windows: Iterable[Window]) -> _Bounds:
    earliest = [start.toordinal()] * len(work.tasks)
    latest = [LAST] * len(work.tasks)
    place = {task.id: number for number, task in enumerate(work.tasks)} if windows else {}
    for window in windows:
        number = place.get(window.task)
        if number is None:
            continue
        if window.earliest:
            earliest[number] = max(earliest[number], window.earliest.toordinal())
        if window.latest:
            latest[number] = min(latest[number], window.latest.toordinal())
    return _Bounds(earliest, latest)


def _earliest(work: Undone, days: WorkingDays, spans: Sequence[Span], bounds: _Bounds) -> _Course:
    ready = bounds.earliest.copy()
    ends = ready.copy()
    before, nth = days.before, days.nth
    tasks, heirs = work.tasks, work.heirs
    for number in work.order:
        start = ready[number]
        if not tasks[number].own:
            start = ready[number] = nth[before[start]]
        time = spans[number]
        end = ends[number] = time.end(days, time.amount, start)
        for heir in heirs[number]:
            if end > ready[heir]:  # noqa: PLR1730  (a call for every edge is what costs most)
                ready[heir] = end
    return _Course(ready, ends)


def _slack(
    work: Undone, days: WorkingDays, spans: Sequence[Span], course: _Course, bounds: _Bounds
) -> list[int]:
    """How much later each may start; what is late already has no slack and takes none away."""
    latest_ends = [max(course.ends, default=0)] * len(work.tasks)
    slack = [0] * len(work.tasks)
    for number in reversed(work.order):
        time, start = spans[number], course.starts[number]
        latest = time.latest(days, time.amount, latest_ends[number])
        if start <= bounds.latest[number] < latest:
            latest = bounds.latest[number]
        if not work.tasks[number].own:
            latest = days.last(latest)
        latest = max(latest, start)  # it is not earlier, but beyond the last of all days
        slack[number] = latest - start
        for waited in work.waits[number]:
            if latest < latest_ends[waited]:  # noqa: PLR1730  (as above)
                latest_ends[waited] = latest
    return slack


def _critical(work: Undone, course: _Course, bounds: _Bounds) -> list[int]:
    """From the task that ends last back over those whose ends set the starts."""
    place = {number: position for position, number in enumerate(work.order)}

    def by_end(number: int) -> tuple[int, int]:
        return course.ends[number], place[number]  # of two that end that day the one behind

    found: list[int] = []
    last = max(work.order, key=by_end, default=None)
    while last is not None:
        found.append(last)
        waited = max(work.waits[last], key=by_end, default=None)
        sets_start = waited is not None and course.ends[waited] >= bounds.earliest[last]
        last = waited if sets_start else None
    return found[::-1]


def _behind(work: Undone, some: set[int]) -> set[int]:
    """These and all that wait for them."""
    found, left = set(some), list(some)
    while left:
        for heir in work.heirs[left.pop()]:
            if heir not in found:
                found.add(heir)
                left.append(heir)
    return found


def _slots(ids: Sequence[str], course: _Course) -> dict[str, Slot]:
    beyond = max(course.ends, default=0) > LAST
    to_date = as_date if beyond else date.fromordinal
    pairs = zip(map(to_date, course.starts), map(to_date, course.ends), strict=True)
    return dict(zip(ids, map(Slot._make, pairs), strict=True))
