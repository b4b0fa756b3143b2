"""What a schedule costs, dates, slack and critical path included, beside networkx on the same graph.

    python tests/benchmarks/schedule.py [--rounds N] [--seed N]

networkx builds its graph and works out earliest and latest starts in plain numbers, without any
calendar; the ends are checked against one another first. Where it is not installed the script
says so and prints its own side. Both sides take turns; the medians are compared.
"""

from __future__ import annotations

import argparse
import importlib
import math
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.lab import environment, median, new_home, percentile, quiet_collector, verdict
from benchmarks.startup import empty_start

from banzheng_tui.calendars import load_calendar
from banzheng_tui.guide.calendar import WorkCalendar
from banzheng_tui.guide.schedule import Schedule, Task, schedule
from banzheng_tui.procedure.values import Duration

START = date(2026, 11, 23)
ANCHOR = 190.0
STARTS = 3
FRAME = 16.0
STEPS = 200
MANY = 5_000
SIZES = (1_250, 2_500, 5_000, 10_000, 20_000, 40_000)
REACH = 40
"""Steps wait for some of so many before them."""


def tasks_at_random(size: int, random: Random, *, own: bool = False) -> list[Task]:
    """Steps of 1 to 20 days after up to four others; as the citizen's own, in plain days."""
    unit = "日" if own else "工作日"
    found = []
    for number in range(size):
        known = range(max(0, number - REACH), number)
        after = random.sample(known, min(len(known), random.choice([0, 1, 1, 2, 2, 3, 4])))
        promised = random.randint(1, 20)
        statutory = promised if own else promised + random.randint(0, 10)
        times = Duration(promised, unit), Duration(statutory, unit)
        found.append(Task(f"step-{number}", tuple(f"step-{n}" for n in after), *times, own=own))
    return found


def networkx_or_none() -> Any:
    """The library, or None with a word."""
    try:
        return importlib.import_module("networkx")
    except ImportError:
        print("networkx is not compared: pip install networkx\n")
        return None


def on_networkx(networkx: Any, tasks: Sequence[Task]) -> int:
    """Build the graph, then earliest starts, latest starts and what is critical: the total days."""
    graph = networkx.DiGraph()
    graph.add_nodes_from((task.id, {"days": task.promised.amount}) for task in tasks)  # type: ignore[union-attr]
    graph.add_edges_from((other, task.id) for task in tasks for other in task.after)
    order, days = list(networkx.topological_sort(graph)), graph.nodes
    starts: dict[str, int] = {}
    for name in order:
        waited = graph.predecessors(name)
        starts[name] = max((starts[other] + days[other]["days"] for other in waited), default=0)
    end = max(starts[name] + days[name]["days"] for name in order)
    latest: dict[str, int] = {}
    for name in reversed(order):
        before = min((latest[heir] for heir in graph.successors(name)), default=end)
        latest[name] = before - days[name]["days"]
    critical = [name for name in order if starts[name] == latest[name]]
    return end if critical else 0


def check(networkx: Any, size: int, calendar: WorkCalendar, random: Random) -> None:
    """In plain days both must come to the same end."""
    tasks = tasks_at_random(size, random, own=True)
    ours, theirs = (schedule(tasks, calendar, START).end - START).days, on_networkx(networkx, tasks)
    if ours != theirs:
        raise RuntimeError(f"they differ: {ours} days, networkx {theirs}")


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def anchor() -> float:
    """Milliseconds until an empty Textual app stands on the screen."""
    with new_home() as home:
        env = environment(Path(home))
        empty_start(env)  # not counted: the first one writes the byte code
        return median([empty_start(env) for _ in range(STARTS)])


def side_by_side(
    networkx: Any, tasks: Sequence[Task], fresh: Callable[[], WorkCalendar], rounds: int
) -> tuple[list[float], list[float]]:
    """Both in turns; ours with a calendar that remembers nothing yet."""
    ours, theirs = [], []
    for _ in range(rounds):
        calendar = fresh()
        ours.append(milliseconds(lambda calendar=calendar: schedule(tasks, calendar, START)))  # type: ignore[misc]
        if networkx:
            theirs.append(milliseconds(lambda: on_networkx(networkx, tasks)))
    return ours, theirs


def growth(calendar: WorkCalendar, random: Random, rounds: int) -> None:
    """Time for each size, and over n log n with the smallest as one."""
    print("\n steps        ms   of the first over n log n")
    first: float | None = None
    for size in SIZES:
        tasks = tasks_at_random(size, random)
        ms = median([milliseconds(lambda t=tasks: _plan(t, calendar)) for _ in range(rounds)])  # type: ignore[misc]
        each = ms / (size * math.log2(size))
        first = first or each
        print(f"{size:6} {ms:9.1f} {each / first:10.2f} x")


def _plan(tasks: Sequence[Task], calendar: WorkCalendar) -> Schedule:
    return schedule(tasks, calendar, START)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random, networkx = Random(options.seed), networkx_or_none()
    arrangements = load_calendar([]).calendar.arrangements
    scale = ANCHOR / anchor()
    few, many = tasks_at_random(STEPS, random), tasks_at_random(MANY, random)
    if networkx:
        check(networkx, MANY, WorkCalendar(arrangements), random)
    quiet_collector()

    calendar = WorkCalendar(arrangements)
    again = [milliseconds(lambda: _plan(few, calendar)) * scale for _ in range(options.rounds)]
    print(f"{STEPS} steps, again after a change (ms on the machine of the standards)")
    print(f"  median {median(again):.2f}, p99 {percentile(again, 0.99):.2f} (bound {FRAME:g})")

    ours, theirs = side_by_side(networkx, many, lambda: WorkCalendar(arrangements), options.rounds)
    print(f"{MANY} steps, nothing remembered: {median(ours):.1f} ms here and now")
    if theirs:
        print(f"  networkx, build and solve, without dates: {median(theirs):.1f} ms")
        print(f"  of networkx: {verdict(median(ours) / median(theirs), None, 1.0)}")
    growth(calendar, random, max(5, options.rounds // 4))
    return 0


if __name__ == "__main__":
    sys.exit(main())
