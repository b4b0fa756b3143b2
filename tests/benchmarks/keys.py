"""From a key to the next question with its plan, beside an app that updates one text per key.

    python tests/benchmarks/keys.py [--keys N] [--procedure ID] [--seed N]

Random interviews, one after another; which keys to press, and what must then be on the screen,
is worked out with the guide. Every key that is counted changes question and plan. Blocks of keys
alternate between the desk and the anchor, at each size of the window.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random
from time import sleep

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.lab import (
    Change,
    Press,
    Program,
    Replay,
    app,
    desk,
    environment,
    median,
    new_home,
    percentile,
    quiet_collector,
    verdict,
)

from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Answer
from banzheng_tui.paths import bundled
from banzheng_tui.procedure.library import load_library
from banzheng_tui.procedure.model import Question
from banzheng_tui.tui.session import Session

SIZES = ((100, 30), (80, 24))
BLOCK = 30
SCREEN_QUIET = 0.25
"""Silence after a key that may open another screen: that falls silent in the middle of it."""
CLOCK_ROWS = 1
"""The top row counts the seconds of the call; it is not what a key changes."""
CLOCK_BYTES = 700
"""More than the clock writes, less than a new question."""
SHOWN = 9
"""So many characters of a question fit on one line even in a narrow window."""
MARKER = "最多还有"
MEDIAN = (1.5, 2.0)
TAIL = (4.0, 5.0)
MOST_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Stroke:
    """Keys that lead up to an answer, and the key that gives it."""

    before: tuple[bytes, ...]
    key: bytes
    shows: str
    """The beginning of the question that must then be asked; empty at the interview's end."""


@dataclass(slots=True)
class Run:
    """One program at one size: what was sent, and all that came back."""

    program: Program
    least: int
    presses: list[tuple[Press, Stroke | None]] = field(default_factory=list)
    """In order; those without a stroke are not counted."""

    def uncounted(self, key: bytes) -> None:
        self.presses.append((self.program.press(key, quiet=SCREEN_QUIET), None))

    def counted(self, stroke: Stroke, gap: float) -> None:
        """A key at a moment that is not in step with any timer."""
        for key in stroke.before:
            self.uncounted(key)
        sleep(gap)
        self.presses.append((self.program.press(stroke.key, self.least), stroke))


# -- what to press


def strokes(book: RuleBook, procedure: str, random: Random) -> Iterator[Stroke]:
    """Random interviews without end; between two of them the way over the home screen."""
    name = book.library.procedures[procedure].head.name
    restart: tuple[bytes, ...] = ()
    while True:
        session = Session(book, procedure, date.today())
        while (question := session.question) is not None:
            *ticks, key = given = _given(question, random)
            before = (*restart, *(keys for keys, _ in ticks))
            session.answer(_value(question, given))
            following = session.question
            yield Stroke(before, key[0], following.ask[:SHOWN] if following else "")
            restart = ()
        restart = (b"q", b"q", name.encode(), b"\r")


_Given = list[tuple[bytes, Answer | None]]


def _given(question: Question, random: Random) -> _Given:
    """The keys of an answer, the last one gives it; beside each what it stands for."""
    if question.kind == "yesno":
        digit = random.choice((1, 2))
        return [(b"%d" % digit, digit == 1)]
    if question.kind == "choice":
        place = random.randrange(min(len(question.options), 9))
        return [(b"%d" % (place + 1), question.options[place].id)]
    if question.kind == "choices":
        place = random.randrange(min(len(question.options), 9))
        ticked = frozenset({question.options[place].id})
        return [(b"%d" % (place + 1), None), (b"\r", ticked)]
    if question.kind == "date":
        return [(b"2026-06-15", None), (b"\r", date(2026, 6, 15))]
    number = max(Decimal(3), question.min if isinstance(question.min, Decimal) else Decimal(0))
    return [(str(number).encode(), None), (b"\r", number)]


def _value(question: Question, given: _Given) -> Answer:
    value = given[-1][1]
    assert value is not None, question.id
    return value


# -- measuring


def measure(run: Run, anchor: Run, plan: list[Stroke], random: Random) -> None:
    """All strokes on the desk, as many keys on the anchor, block by block."""
    for start in range(0, len(plan), BLOCK):
        block = plan[start : start + BLOCK]
        for stroke in block:
            run.counted(stroke, random.random() * 0.02)
        for _ in block:
            anchor.counted(Stroke((), b"x", ""), random.random() * 0.02)


def changes(run: Run, cols: int, rows: int, unwatched: int) -> list[Change]:
    """What each counted key changed; an error when the screen is not as it should be."""
    replay = Replay(cols, rows)
    first = run.presses[0][0].sent
    replay.feed(b"".join(c.data for c in run.program.chunks if c.at < first))
    found = []
    for press, stroke in run.presses:
        change = replay.change(press, unwatched)
        if stroke is None:
            continue
        if change is None or stroke.shows not in replay.text():
            raise RuntimeError(f"{stroke} did not lead there:\n{replay.text()}")
        found.append(change)
    return found


def one_size(
    env: dict[str, str], procedure: str, plan: list[Stroke], size: tuple[int, int], random: Random
) -> tuple[list[Change], list[Change]]:
    """The desk's changes and the anchor's, at one size."""
    cols, rows = size
    with (
        Program(desk("agent", procedure), env, cols, rows) as program,
        Program(app("static_app.py"), env, cols, rows) as static,
    ):
        program.wait_for(MARKER)
        static.wait_for("READYMARK")
        run, anchor = Run(program, CLOCK_BYTES), Run(static, 1)
        for each in (run, anchor):
            each.program.settle()
        for _ in range(3):  # the first keys of a program are slower; the desk has none to spare
            anchor.uncounted(b"x")
        measure(run, anchor, plan, random)
        return changes(run, cols, rows, CLOCK_ROWS), changes(anchor, cols, rows, 0)


# -- telling


def _line(name: str, found: list[Change]) -> str:
    ms = [change.ms for change in found]
    size = [change.size for change in found]
    paints = [change.paints for change in found]
    return (
        f"{name:<28} {median(ms):7.2f} {percentile(ms, 0.9):7.2f} {percentile(ms, 0.99):7.2f}"
        f" {max(ms):7.2f} {median(size):8.0f} {max(size):8} {sum(paints) / len(paints):7.2f}"
    )


def report(size: tuple[int, int], found: list[Change], anchor: list[Change]) -> bool:
    """Both side by side; whether the bounds hold."""
    cols, rows = size
    print(f"\n{cols}x{rows}, {len(found)} keys")
    print(
        f"{'ms':<28} {'median':>7} {'p90':>7} {'p99':>7} {'worst':>7} {'bytes':>8} {'most':>8} {'paints':>7}"
    )
    print(_line("one Static (anchor)", anchor))
    print(_line("next question and plan", found))
    holds = True
    for name, part, (goal, bound) in (("median", 0.5, MEDIAN), ("p99", 0.99, TAIL)):
        ours = percentile([change.ms for change in found], part)
        ratio = ours / percentile([change.ms for change in anchor], part)
        print(f"  {name:<8} {verdict(ratio, goal, bound)}")
        holds = holds and ratio <= bound
    large = sum(change.size > MOST_BYTES for change in found)
    print(f"  keys that wrote more than {MOST_BYTES} bytes: {large}")
    return holds


def main() -> int:
    """Measure and print; the exit status says whether the bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--procedure", default="newborn-registration")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)
    book = RuleBook(load_library([bundled()]))
    plan = list(islice(strokes(book, options.procedure, random), options.keys))
    quiet_collector()
    holds = True
    with new_home() as home:
        env = environment(Path(home))
        for size in SIZES:
            found, anchor = one_size(env, options.procedure, plan, size, random)
            holds = report(size, found, anchor) and holds
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
