"""What an answer costs the engine: the whole plan and the next question, over random interviews.

    python tests/benchmarks/plan.py [--interviews N] [--seed N]

The reference is a fixed piece of plain Python, timed in the same run: what the rules of a
middling procedure cost at the least when written by hand as tests in a loop.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.callers import TODAY, answered
from benchmarks.lab import median, percentile, quiet_collector, speed_of_this_machine

from banzheng_tui.guide.plan import make_plan
from banzheng_tui.guide.rules import Rules, compile_rules
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.paths import bundled
from banzheng_tui.procedure.library import load_library


@dataclass(frozen=True, slots=True)
class Cost:
    """One plan: how long it took, and for which answers."""

    micros: float
    answers: dict[str, Answer]


def reference() -> int:
    """Sixty conditions of two tests each over twelve answers: about 5 microseconds."""
    answers = {f"fact-{n % 12}": n % 3 for n in range(12)}
    held = 0
    for number in range(60):
        first, second = _NAMES[number % 12], _NAMES[(number * 7 + 3) % 12]
        if answers[first] == 1 and answers[second] != 2:
            held += 1
    return held


_NAMES = tuple(f"fact-{n}" for n in range(12))


def interview(rules: Rules, random: Random) -> Iterator[Cost]:
    """One interview, the plan timed before the first answer and after each."""
    situation = Situation(on=TODAY)
    while True:
        start = perf_counter()
        plan = make_plan(rules, situation)
        yield Cost((perf_counter() - start) * 1e6, dict(situation.answers))
        if plan.question is None:
            return
        situation = answered(situation, plan.question, random)


def _line(name: str, costs: list[Cost], unit: float) -> str:
    micros = [cost.micros for cost in costs]
    middle, tail = median(micros), percentile(micros, 0.99)
    return (
        f"{name:<26} {len(costs):6} {middle:9.0f} {tail:9.0f} {max(micros):9.0f}"
        f" {middle / unit:8.0f} {tail / unit:8.0f}"
    )


def report(found: dict[str, list[Cost]], unit: float) -> None:
    """A line a procedure, all together, and the answers that cost most."""
    print(f"reference: {unit:.1f} microseconds\n")
    columns = ("plans", "median", "p99", "worst", "x median", "x p99")
    head, *others = columns
    print(
        f"{'microseconds':<26} {head:>6} {others[0]:>9} {others[1]:>9} {others[2]:>9}"
        f" {others[3]:>8} {others[4]:>8}"
    )
    for name, costs in found.items():
        print(_line(name, costs, unit))
    everything = [cost for costs in found.values() for cost in costs]
    print(_line("all", everything, unit))
    name, worst = max(
        ((name, max(costs, key=lambda cost: cost.micros)) for name, costs in found.items()),
        key=lambda pair: pair[1].micros,
    )
    print(f"\nworst: {name}, {worst.micros:.0f} microseconds")
    for fact, given in worst.answers.items():
        print(f"  {fact} = {', '.join(sorted(given)) if isinstance(given, frozenset) else given}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--interviews", type=int, default=60, help="a procedure")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)
    library = load_library([bundled()])
    quiet_collector()
    units, found = [], {}
    for name, procedure in library.procedures.items():
        rules = compile_rules(procedure, library.catalog, TODAY)
        make_plan(rules, Situation(on=TODAY))  # not counted: fills the caches of the rules
        units.append(speed_of_this_machine(reference, 0.1))
        found[name] = [cost for _ in range(options.interviews) for cost in interview(rules, random)]
    report(found, median(units))
    return 0


if __name__ == "__main__":
    sys.exit(main())
