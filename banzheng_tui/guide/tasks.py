"""What a schedule is made of: tasks that wait for one another, and the days that they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from banzheng_tui.procedure.values import Duration


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; what is done takes no time and is not waited for."""

    id: str
    after: tuple[str, ...] = ()
    """Ids of tasks; one that is not there is not waited for."""
    promised: Duration | None = None
    statutory: Duration | None = None
    own: bool = False
    """What the citizen does himself, on any day; all else waits for a working day."""
    done: bool = False


class Slot(NamedTuple):
    """From when to when, both days included. A tuple, for a schedule makes thousands of them."""

    start: date
    end: date


class Undone(NamedTuple):
    """The tasks still to do. All that is said of them names them by position."""

    tasks: Sequence[Task]
    waits: Sequence[Sequence[int]]
    heirs: Sequence[Sequence[int]]
    """Those that wait for this one."""
    order: Sequence[int]
    """An order to do them in."""


def undone(tasks: Sequence[Task]) -> Undone:
    """The tasks still to do; ValueError when some wait for one another in a circle."""
    found = [task for task in tasks if not task.done]
    place = {task.id: number for number, task in enumerate(found)}
    waits = [[place[name] for name in task.after if name in place] for task in found]
    heirs: list[list[int]] = [[] for _ in found]
    for number, waited in enumerate(waits):
        for other in waited:
            heirs[other].append(number)
    return Undone(found, waits, heirs, _order(found, waits, heirs))


def _order(
    tasks: Sequence[Task], waits: Sequence[Sequence[int]], heirs: Sequence[Sequence[int]]
) -> list[int]:
    left = [len(waited) for waited in waits]
    order = [number for number, count in enumerate(left) if not count]
    for number in order:  # grows on the way
        for heir in heirs[number]:
            left[heir] -= 1
            if not left[heir]:
                order.append(heir)
    if len(order) < len(tasks):
        circle = ", ".join(task.id for task, count in zip(tasks, left, strict=True) if count)
        raise ValueError(f"these tasks wait for one another, or for such as do: {circle}")
    return order
