"""What an answer costs the engine, beside publicodes on an equivalent rule set.

    python tests/benchmarks/engine.py [--callers N] [--seed N]

Both sides get the same rules and the same callers, and their results are checked against one
another before a figure is printed. publicodes is installed by npm into the user's cache folder.
Without Node or npm the script says so, prints its own side and ends with status 0.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeAlias

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.lab import APPS, median, percentile, quiet_collector
from benchmarks.rule_set import DAY, OPTIONS, RuleSet, asked, make_rule_set
from platformdirs import user_cache_path

from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.standings import Standings
from banzheng_tui.guide.tri import NO, OPEN, YES, Tri

PUBLICODES = "1.10.3"
LEAST = 50
"""So many times faster than publicodes an answer must be."""
WARM = 30
"""Callers who come before those that count, on both sides."""

Caller: TypeAlias = dict[str, str]
"""What he says when asked, for every question."""


@dataclass(frozen=True, slots=True)
class State:
    """One moment of a session on publicodes."""

    answers: Caller
    next: str | None
    verdicts: str
    """A letter an item: y certain, ? open, n excluded."""
    micros: float


def recompute(rules: Rules, situation: Situation) -> tuple[list[Tri], str | None]:
    """What is measured beside publicodes: how every item stands, and the first question in play."""
    standings = Standings(rules, situation)
    verdicts = [standings.step(step) for step in rules.steps]
    verdicts += [standings.use(use) for use in rules.uses]
    asked = (
        fact
        for fact in rules.questions
        if fact not in situation.answers and standings.in_play(fact) == YES
    )
    return verdicts, next(asked, None)


# -- publicodes


def installed_publicodes() -> Path | None:
    """The file to import; None, with a word, where it cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        print("publicodes is not compared: Node and npm are needed and are not both here")
        return None
    folder = user_cache_path("banzheng-benchmarks") / f"publicodes-{PUBLICODES}"
    entry = folder / "node_modules" / "publicodes" / "dist" / "index.js"
    if not entry.exists():
        folder.mkdir(parents=True, exist_ok=True)
        package = f"publicodes@{PUBLICODES}"
        words = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), package]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"publicodes is not compared: npm could not install it\n{done.stderr.strip()}")
            return None
    return entry


def on_publicodes(entry: Path, rule_set: RuleSet, callers: list[Caller]) -> list[list[State]]:
    """Every caller's session."""
    task = {
        "rules": rule_set.publicodes,
        "questions": [{"id": name, "asked": asked(name)} for name in rule_set.questions],
        "items": rule_set.items,
        "callers": callers,
    }
    with TemporaryDirectory() as folder:
        file = Path(folder) / "task.json"
        file.write_text(json.dumps(task), encoding="utf-8")
        words = ["node", str(APPS / "publicodes.mjs"), str(entry), str(file)]
        written = subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout
    sessions = zip(callers, json.loads(written), strict=True)
    return [list(_states(caller, found)) for caller, found in sessions]


def _states(caller: Caller, found: list[dict[str, Any]]) -> Iterator[State]:
    answers: Caller = {}
    for state in found:
        yield State(answers, **state)
        if question := state["next"]:
            answers = {**answers, question: caller[question]}


# -- the same results


def verdicts(plan: Plan, items: tuple[str, ...]) -> str:
    """A letter an item, as for publicodes."""
    letters = {step.id: step.status for step in plan.steps}
    letters |= {document.id: document.status for document in plan.documents}
    return "".join({"certain": "y", "possible": "?", None: "n"}[letters.get(i)] for i in items)


def check(rule_set: RuleSet, sessions: list[list[State]]) -> str:
    """Compare every moment; a word on where banzheng says more, an error where they differ.

    publicodes judges each rule by itself, banzheng all remaining cases together: it may know for
    certain what publicodes leaves open, and pass over a question that can change nothing any more.
    """
    sooner = open_items = skipped = moments = 0
    order = [*rule_set.questions, None]
    for state in (state for session in sessions for state in session):
        situation = Situation(on=DAY, answers=state.answers)
        standing, first = recompute(rule_set.rules, situation)
        plan = make_plan(rule_set.rules, situation)
        asked_next = plan.question.id if plan.question else None
        ours = "".join(_LETTERS[tri] for tri in standing)
        known = all(t in ("?", o) for t, o in zip(state.verdicts, ours, strict=True))
        over = state.next is None and "?" in state.verdicts + ours
        later = order.index(asked_next) >= order.index(state.next)
        same = ours == verdicts(plan, rule_set.items) and first == state.next
        if not known or over or not later or not same:
            raise RuntimeError(f"they differ: {state}\n{ours}, first {first}, next {asked_next}")
        open_items += state.verdicts.count("?")
        sooner += state.verdicts.count("?") - ours.count("?")
        skipped += asked_next != state.next
        moments += 1
    return (
        f"the same results at {moments} moments; of {open_items} verdicts that publicodes leaves"
        f" open banzheng settles {sooner}; at {skipped} moments its plan passes over the question"
        " that publicodes asks, for nothing depends on it any more"
    )


_LETTERS = {NO: "n", OPEN: "?", YES: "y"}


# -- measuring


def make_callers(rule_set: RuleSet, count: int, random: Random) -> list[Caller]:
    """Those that count, after those for warming up."""
    return [
        {name: random.choice(OPTIONS) for name in rule_set.questions} for _ in range(WARM + count)
    ]


def asked_by_banzheng(rules: Rules, caller: Caller) -> Iterator[Caller]:
    """What is known at each moment of a session, where nothing else leads it."""
    answers: Caller = {}
    while True:
        yield answers
        question = make_plan(rules, Situation(on=DAY, answers=answers)).question
        if question is None:
            return
        answers = {**answers, question.id: caller[question.id]}


def on_banzheng(
    work: Callable[[Rules, Situation], object], rules: Rules, sessions: list[list[Caller]]
) -> list[float]:
    """Microseconds an answer, of the callers that count."""
    found = []
    for number, session in enumerate(sessions):
        for answers in session[1:]:  # the first moment follows no answer
            situation = Situation(on=DAY, answers=answers)
            start = perf_counter()
            work(rules, situation)
            micros = (perf_counter() - start) * 1e6
            if number >= WARM:
                found.append(micros)
    return found


def report(figures: dict[str, list[float]]) -> None:
    """All side by side."""
    print(f"{'microseconds an answer':<34} {'median':>9} {'p99':>9} {'worst':>9}")
    for name, micros in figures.items():
        columns = (median(micros), percentile(micros, 0.99), max(micros))
        print(f"{name:<34}", *(f"{value:9.1f}" for value in columns))


def held_to_bound(theirs: list[float], ours: dict[str, list[float]]) -> bool:
    """How many times as long publicodes takes; whether the first of ours keeps the bound."""
    ratios = []
    for name, micros in ours.items():
        ratios.append(median(theirs) / median(micros))
        tail = percentile(theirs, 0.99) / percentile(micros, 0.99)
        print(f"publicodes takes {ratios[-1]:.1f} times as long as {name} (p99: {tail:.1f})")
    holds = ratios[0] >= LEAST
    print(f"bound: {LEAST} times: {'good' if holds else 'not reached'}")
    return holds


def main() -> int:
    """Measure and print; the exit status says whether the bound holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--callers", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rule_set = make_rule_set()
    rules = rule_set.rules
    callers = make_callers(rule_set, options.callers, Random(options.seed))
    entry = installed_publicodes()
    theirs: list[float] = []
    if entry:
        states = on_publicodes(entry, rule_set, callers)
        print(check(rule_set, states))
        theirs = [state.micros for session in states[WARM:] for state in session[1:]]
        sessions = [[state.answers for state in session] for session in states]
    else:
        sessions = [list(asked_by_banzheng(rules, caller)) for caller in callers]
    quiet_collector()
    ours = {
        "banzheng's verdicts": on_banzheng(recompute, rules, sessions),
        "banzheng's whole plan": on_banzheng(make_plan, rules, sessions),
    }
    report({f"publicodes {PUBLICODES}": theirs, **ours} if theirs else ours)
    return 0 if not theirs or held_to_bound(theirs, ours) else 1


if __name__ == "__main__":
    sys.exit(main())
