"""From the start of the process to the first screen one can work with, beside an empty app.

    python tests/benchmarks/startup.py [--rounds N]

Usable means: the home screen's question is written, the search field takes keys. The library is
read behind it; Enter is sent at once, and the first question of a procedure ends that wait.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.lab import (
    Program,
    app,
    desk,
    environment,
    median,
    new_home,
    percentile,
    quiet_collector,
    verdict,
)

BOUND = 1.2
HOME = "来电人要办什么"
QUESTION = "最多还有"
EMPTY = "READYMARK"
HEAVY = (
    "pydantic",
    "banzheng_tui.procedure.model",
    "banzheng_tui.procedure.library",
    "banzheng_tui.guide",
    "argparse",
    "ssl",
    "asyncio.sslproto",
    "sqlite3",
    "platformdirs",
    "importlib.metadata",
    "textual.widgets._markdown",
    "textual.command",
    "concurrent.futures.process",
    "multiprocessing",
    "pypinyin",
)
MUST_WAIT = ("pydantic", "banzheng_tui.procedure.model", "sqlite3", "pypinyin")


def empty_start(env: dict[str, str]) -> float:
    """The anchor: milliseconds until its text is written."""
    with Program(app("empty_app.py"), env) as program:
        return program.wait_for(EMPTY)


def desk_start(env: dict[str, str]) -> tuple[float, float]:
    """Milliseconds until home is written, and until the procedure chosen there has opened."""
    with Program(desk(), env) as program:
        usable = program.wait_for(HOME)
        program.send(b"\r")
        return usable, program.wait_for(QUESTION)


def imported_at_first_paint(env: dict[str, str], log: Path) -> tuple[int, list[str]]:
    """How many modules were imported before the first usable screen, and the heavy ones."""
    log.unlink(missing_ok=True)
    with Program(app("imports.py", str(log)), env) as program:
        painted = program.started + program.wait_for(HOME) / 1000
    lines = [line.split() for line in log.read_text(encoding="utf-8").splitlines()]
    before = {name for at, name in lines if float(at) < painted}
    heavy = [h for h in HEAVY if any(n == h or n.startswith(f"{h}.") for n in before)]
    return len(before), heavy


def _line(name: str, values: list[float]) -> str:
    return f"{name:<34} {median(values):8.1f} {percentile(values, 0.9):8.1f} {min(values):8.1f}"


def report(empty: list[float], usable: list[float], opened: list[float]) -> None:
    """All cases side by side."""
    print(f"{'ms':<34} {'median':>8} {'p90':>8} {'least':>8}")
    print(_line("empty Textual app", empty))
    print(_line("banzheng, home is usable", usable))
    print(_line("banzheng, a procedure is open", opened))
    pairs = [u / e for u, e in zip(usable, empty, strict=True)]
    print(
        f"home against empty app, medians:   {verdict(median(usable) / median(empty), None, BOUND)}"
    )
    print(f"home against empty app, by round:  {median(pairs):5.2f} x")
    print(f"library read {median(opened) - median(usable):.0f} ms after the first screen")


def main() -> int:
    """Measure and print; the exit status says whether the bound holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    rounds: int = parser.parse_args().rounds
    empty, usable, opened = [], [], []
    with new_home() as home:
        env = environment(Path(home))
        empty_start(env)
        desk_start(env)  # not counted: it writes the byte code
        quiet_collector()
        for _ in range(rounds):
            empty.append(empty_start(env))
            first, later = desk_start(env)
            usable.append(first)
            opened.append(later)
        modules, heavy = imported_at_first_paint(env, Path(home) / "imports.log")
    report(empty, usable, opened)
    late = [name for name in heavy if name in MUST_WAIT]
    print(f"{modules} imports before home was written; heavy ones: {', '.join(heavy) or 'none'}")
    if late:
        print(f"must wait until after the first screen: {', '.join(late)}")
    return 1 if late or median(usable) / median(empty) > BOUND else 0


if __name__ == "__main__":
    sys.exit(main())
