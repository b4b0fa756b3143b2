"""The cheapest chain of procedures to a goal, in libraries of 1,000 to 100,000 procedures.

    python tests/benchmarks/chains.py [--goals N] [--seed N]

Beside it networkx's Dijkstra over the same graph without the ands, an easier question; and how far
from the optimum the chains are, as clingo finds it. Either is left out where it is not installed.
Microseconds are scaled to a machine on which an empty Textual app starts in 190 ms.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from math import log
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.exact import ANCHOR, anchor
from benchmarks.lab import environment, median, new_home, percentile, quiet_collector
from support.random_ways import AT_HOME, large_ways

from banzheng_tui.guide.cheapest import Chain, Link, Ways

SIZES = (1_000, 10_000, 100_000)
BOUND = 1000.0
"""Microseconds for the median chain in the largest library."""
SLACK = 2.0
"""Growth may be so many times n log n: what fits a cache is built faster."""
ROUNDS = 5
PEER_GOALS = 3
EXACT_GOALS = 100
EXACT_SIZES = range(8, 401)
"""So many procedures may lead to a goal for which the optimum is looked for."""
HELD = frozenset(AT_HOME)
OPTIMUM = """
{do(P)} :- cost(P,_).  got(N) :- do(P), meets(P,N).  :- do(P), need(P,N), not got(N).
:- not do(goal).  :~ do(P), cost(P,C). [C,P]
"""


@dataclass(frozen=True, slots=True)
class Costs:
    """One library: seconds to build, microseconds for each chain; nothing is scaled yet."""

    count: int
    build: float
    chains: tuple[float, ...]
    lengths: tuple[int, ...]
    peer: float | None


def measure(count: int, goals: int, random: Random) -> Costs:
    """Chains to some goals, and the peer's way to a few of them."""
    links = large_ways(count)
    ways, builds = Ways(links), []
    for _ in range(ROUNDS):
        start = perf_counter()
        ways = Ways(links)
        builds.append(perf_counter() - start)
    chosen = [link.id for link in random.sample(links, goals)]
    times, lengths = [], []
    for goal in chosen * ROUNDS:
        start = perf_counter()
        chain = ways.cheapest(goal, HELD)
        times.append((perf_counter() - start) * 1e6)
        assert chain is not None
        lengths.append(len(chain.procedures))
    peer = dijkstra(links, chosen[:PEER_GOALS]) if find_spec("networkx") else None
    return Costs(count, min(builds), tuple(times), tuple(lengths), peer)


def dijkstra(links: Sequence[Link], goals: Sequence[str]) -> float:
    """Microseconds of networkx from all that is held to a goal, the graph ready: the median."""
    networkx: Any = import_module("networkx")
    graph = networkx.DiGraph()
    for link in links:
        graph.add_node(link.id)
        graph.add_edges_from(
            ((paper,), link.id, {"weight": link.days}) for need in link.needs for paper in need
        )
        graph.add_edges_from((link.id, (paper,), {"weight": 0}) for paper in link.gives)
    sources = {(paper,) for paper in HELD if (paper,) in graph}
    times = []
    for goal in goals:
        start = perf_counter()
        networkx.multi_source_dijkstra(graph, sources, goal)
        times.append((perf_counter() - start) * 1e6)
    return median(times)


def over_the_optimum(random: Random) -> list[float]:
    """How many times the optimum the chains of a library cost, where it can be found."""
    links = large_ways(SIZES[0])
    ways, found = Ways(links), []
    for goal in random.sample([link.id for link in links], len(links)):
        near = leading(links, goal)
        if len(near) in EXACT_SIZES:
            chain = ways.cheapest(goal, HELD)
            assert isinstance(chain, Chain)
            found.append(chain.cost / optimum(near, goal))
        if len(found) == EXACT_GOALS:
            break
    return found


def leading(links: Sequence[Link], goal: str) -> list[Link]:
    """All procedures that may lead to a goal."""
    by_id = {link.id: link for link in links}
    issuers: dict[str, list[str]] = {}
    for link in links:
        for paper in link.gives:
            issuers.setdefault(paper, []).append(link.id)
    order = {goal: by_id[goal]}
    left = [goal]
    for name in left:  # grows on the way
        for need in by_id[name].needs:
            if HELD.isdisjoint(need):
                more = [p for paper in need for p in issuers[paper] if p not in order]
                order.update((p, by_id[p]) for p in more)
                left += dict.fromkeys(more)
    return list(order.values())


def optimum(links: Sequence[Link], goal: str) -> float:
    """The fewest days, by answer-set programming."""
    clingo: Any = import_module("clingo")
    names = {link.id: f"p{place}" for place, link in enumerate(links)} | {goal: "goal"}
    needs = {need for link in links for need in link.needs if HELD.isdisjoint(need)}
    places = {need: place for place, need in enumerate(needs)}
    facts = [f"cost({names[link.id]},{round(link.days)})." for link in links]
    for link in links:
        for need, place in places.items():
            if need in link.needs:
                facts.append(f"need({names[link.id]},{place}).")
            if not set(need).isdisjoint(link.gives):
                facts.append(f"meets({names[link.id]},{place}).")
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "".join(facts) + OPTIMUM)
    control.ground([("base", [])])
    with control.solve(yield_=True) as models:
        return float([model.cost[0] for model in models][-1])


def report(found: Sequence[Costs], scale: float) -> bool:
    """A line for each library, and the growth; whether the bounds hold."""
    print(
        f"{'procedures':>10} {'built, s':>9} {'median us':>10} {'p90':>8} {'p99':>8} {'longest':>8}"
    )
    for costs in found:
        times = [time * scale for time in costs.chains]
        shares = "".join(f" {percentile(times, part):8.0f}" for part in (0.9, 0.99))
        print(f"{costs.count:10,} {costs.build * scale:9.2f} {median(times):10.0f}", end=shares)
        print(f" {max(costs.lengths):8}", end="")
        print(f"   networkx {costs.peer / median(costs.chains):,.0f} x" if costs.peer else "")
    if not all(costs.peer for costs in found):
        print("networkx is not installed: left out")
    first, last = found[0], found[-1]
    growth = last.count * log(last.count) / (first.count * log(first.count))
    built = last.build / first.build / growth
    chain = median(last.chains) / median(first.chains)
    print(f"from {first.count:,} to {last.count:,}: built in {built:.2f} x n log n", end=", ")
    print(f"the median chain in {chain:.1f} x (n log n: {growth:.0f} x)")
    spent = median(last.chains) * scale
    good = spent < BOUND and built <= SLACK and chain <= growth
    told = "good" if good else "over the bound"
    print(f"bounds: median {BOUND:g} us, building {SLACK:g} x n log n, chains n log n: {told}")
    return good


def main() -> int:
    """Measure and print; the exit status says whether the bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--goals", type=int, default=300, help="in each library")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)
    with new_home() as home:
        start = anchor(environment(Path(home)))
    print(f"an empty Textual app starts in {start:.0f} ms: all figures times {ANCHOR / start:.2f}")
    quiet_collector()
    good = report([measure(size, options.goals, random) for size in SIZES], ANCHOR / start)
    if find_spec("clingo"):
        over = over_the_optimum(random)
        mean = sum(over) / len(over)
        print(
            f"{len(over)} chains cost {mean:.3f} x the optimum on average, {max(over):.3f} at worst"
        )
    else:
        print("clingo is not installed: the optimum is left out")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
