"""What runs behind the screen: the plan with its bound, and why and the flips of any item.

    python tests/benchmarks/exact.py [--interviews N] [--seed N]

Random interviews on every bundled procedure, and at each moment some items of it, whether they
are in the plan or not, so that all of them come up. Milliseconds are scaled to a machine on which an
empty Textual app starts in 190 ms; that start is measured in the same run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.callers import TODAY, answered
from benchmarks.lab import environment, median, new_home, percentile, quiet_collector
from benchmarks.startup import empty_start

from banzheng_tui.guide.flips import flips
from banzheng_tui.guide.items import all_items
from banzheng_tui.guide.plan import make_plan
from banzheng_tui.guide.rules import Rules, compile_rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.why import why
from banzheng_tui.paths import bundled
from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.library import load_library
from banzheng_tui.procedure.model import Procedure

ANCHOR = 190.0
STARTS = 3
BOUND = 50.0
ITEMS = 12
"""So many are looked at in one moment; that a caller asks about all of them does not happen."""

Result = TypeVar("Result")


@dataclass(slots=True)
class Costs:
    """Milliseconds on one procedure, not scaled yet."""

    ready: float
    """Until the first plan: the rules made for the day, all caches empty."""
    plan: list[float] = field(default_factory=list)
    why: list[float] = field(default_factory=list)
    """One item each, as are the flips."""
    flips: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)
    """The plan after an answer, and why and flips of one item."""


def anchor(env: dict[str, str]) -> float:
    """Milliseconds until an empty Textual app stands on the screen."""
    empty_start(env)  # not counted: the first one writes the byte code
    return median([empty_start(env) for _ in range(STARTS)])


def timed(kept: list[float], work: Callable[..., Result], *given: object) -> Result:
    """What the work comes to; how long it took is kept."""
    start = perf_counter()
    result = work(*given)
    kept.append((perf_counter() - start) * 1000)
    return result


def measure(procedure: Procedure, catalog: Catalog, interviews: int, random: Random) -> Costs:
    """Random interviews on one procedure."""
    start = perf_counter()
    rules = compile_rules(procedure, catalog, TODAY)
    make_plan(rules, Situation(on=TODAY))
    costs = Costs((perf_counter() - start) * 1000)
    for _ in range(interviews):
        interview(rules, costs, random)
    return costs


def interview(rules: Rules, costs: Costs, random: Random) -> None:
    """Everything before the first answer and after each."""
    situation = Situation(on=TODAY)
    while True:
        plan = timed(costs.plan, make_plan, rules, situation)
        items = all_items(rules)
        for item in random.sample(items, min(ITEMS, len(items))):
            timed(costs.why, why, plan, item)
            timed(costs.flips, flips, plan, item)
            costs.together.append(costs.plan[-1] + costs.why[-1] + costs.flips[-1])
        if plan.question is None:
            return
        situation = answered(situation, plan.question, random)


def report(found: dict[str, Costs], scale: float) -> bool:
    """A table for each kind of work; whether all three together keep the bound everywhere."""
    parts: dict[str, Callable[[Costs], list[float]]] = {
        "plan and bound": lambda costs: costs.plan,
        "why, one item": lambda costs: costs.why,
        "flips, one item": lambda costs: costs.flips,
        "all three after an answer": lambda costs: costs.together,
        "from nothing to the first plan": lambda costs: [costs.ready],
    }
    for title, part in parts.items():
        print(f"\n{title:<32} {'median':>8} {'p99':>8} {'worst':>8}")
        for name, costs in found.items():
            ms = [value * scale for value in part(costs)]
            print(f"{name:<32} {median(ms):8.2f} {percentile(ms, 0.99):8.2f} {max(ms):8.2f}")
    slow = [
        name for name, costs in found.items() if percentile(costs.together, 0.99) * scale > BOUND
    ]
    told = f"over it: {', '.join(slow)}" if slow else "good"
    print(f"\nbound, p99 of all three after an answer {BOUND:g} ms: {told}")
    return not slow


def main() -> int:
    """Measure and print; the exit status says whether the bound holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--interviews", type=int, default=20, help="a procedure")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)
    library = load_library([bundled()])
    starts, found = [], {}
    quiet_collector()
    with new_home() as home:
        env = environment(Path(home))
        for name, procedure in library.procedures.items():
            starts.append(anchor(env))  # beside each: the speed of a shared machine changes
            found[name] = measure(procedure, library.catalog, options.interviews, random)
    start = median(starts)
    print(f"an empty Textual app starts in {start:.0f} ms: all figures times {ANCHOR / start:.2f}")
    return 0 if report(found, ANCHOR / start) else 1


if __name__ == "__main__":
    sys.exit(main())
