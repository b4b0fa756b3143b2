"""Days that a birth or an expiry sets, papers that lapse, and what a schedule makes of both.

What counts is the day on which a task starts: that of the application, not of its result.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from banzheng_tui.guide.spans import as_date, span
from banzheng_tui.guide.tasks import Slot
from banzheng_tui.guide.working_days import WorkingDays
from banzheng_tui.procedure.values import Duration

Slots: TypeAlias = Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a task may be started, both days included."""

    task: str
    earliest: date | None
    """The schedule waits for this day."""
    latest: date | None
    text: str
    """What it means to miss it."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A task that starts too late."""

    window: Window
    latest: date
    start: date
    only_at_worst: bool
    """As long as offices keep what they promise, it is not missed."""

    @property
    def days_late(self) -> int:
        """By how many days."""
        return (self.start - self.latest).days


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a paper is good for that one task gives and another one needs."""

    paper: str
    made_by: str
    used_by: str
    duration: Duration


@dataclass(frozen=True, slots=True)
class Lapse:
    """A paper that lapses before it is used."""

    validity: Validity
    until: date
    """The last day on which it is good."""
    used: date
    only_at_worst: bool
    """As long as offices keep what they promise, it is used in time."""


def missed(windows: Iterable[Window], promised: Slots, statutory: Slots) -> Iterator[Missed]:
    """The windows that close before their task starts."""
    for window in windows:
        if window.latest is None or window.task not in promised:
            continue
        for slots in (promised, statutory):
            start = slots[window.task].start
            if start > window.latest:
                yield Missed(window, window.latest, start, slots is not promised)
                break


def lapses(
    validities: Iterable[Validity], days: WorkingDays, promised: Slots, statutory: Slots
) -> Iterator[Lapse]:
    """The papers that are made in this schedule and lapse before their use in it starts."""
    for validity in validities:
        if validity.made_by not in promised or validity.used_by not in promised:
            continue
        for slots in (promised, statutory):
            until = _until(validity, days, slots[validity.made_by].end)
            used = slots[validity.used_by].start
            if used > until:
                yield Lapse(validity, until, used, slots is not promised)
                break


def _until(validity: Validity, days: WorkingDays, made: date) -> date:
    """A day off prolongs no paper: 民法典 203 is about who has to act."""
    good = span(validity.duration, own=True)
    return as_date(good.end(days, good.amount, made.toordinal()))
