"""The terminal is measured once, before Textual is imported, and bad ones are refused in words."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from support.pty_session import PtySession

from banzheng_tui.tui.terminal import Refusal, preflight, scrub

PROGRAM = """
import sys, time
from banzheng_tui.tui.terminal import preflight
start = time.perf_counter()
found = preflight(glyphs={glyphs!r})
spent = time.perf_counter() - start
assert "textual" not in sys.modules
print("FOUND", getattr(found, "glyphs", ""), getattr(found, "colour", ""))
print("SIZE", getattr(found, "columns", ""), getattr(found, "rows", ""))
print("SAID", getattr(found, "message", ""), getattr(found, "code", ""))
print("TYPED", getattr(found, "typed_ahead", b""), "MS", round(spent * 1000, 2), "END")
"""


def run(glyphs: str = "auto", **terminal: object) -> PtySession:
    argv = [sys.executable, "-c", PROGRAM.format(glyphs=glyphs)]
    return PtySession(argv, **terminal)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("glyphs", "wide", "chosen"),
    [
        ("auto", False, "full"),
        ("auto", True, "plain"),
        ("full", True, "full"),
        ("plain", False, "plain"),
    ],
)
def test_glyphs_follow_what_the_terminal_draws(glyphs: str, wide: bool, chosen: str) -> None:
    with run(glyphs, ambiguous_wide=wide) as session:
        screen = session.wait_for("END")
        assert f"FOUND {chosen} True" in screen
        assert "SIZE 100 30" in screen
        assert "…" not in screen  # the probe leaves no trace
        assert (b"\x1b[6n" in session.raw) == (glyphs == "auto")


def test_the_probe_costs_a_round_trip_only() -> None:
    spent = []
    for _ in range(5):
        with run() as session:
            spent.append(float(session.wait_for("END").partition(" MS ")[2].split()[0]))
    assert min(spent) < 5


def test_a_mute_terminal_costs_little_and_counts_as_narrow() -> None:
    with run(mute=True) as session:
        screen = session.wait_for("END")
        assert "FOUND full" in screen
        assert float(screen.partition(" MS ")[2].split()[0]) < 400


def test_keys_typed_during_the_probe_are_handed_on() -> None:
    with run(mute=True) as session:
        session.wait_raw(b"\x1b[6n")
        session.send("1你\x1b[1;2R3\x1b[?62;22c")
        assert ascii("1你3".encode()) in session.wait_for("END")


@pytest.mark.parametrize(
    ("env", "found"),
    [
        ({"NO_COLOR": "1"}, "FOUND full False"),
        ({"NO_COLOR": ""}, "FOUND full True"),
        ({"TERM": "vt100"}, "FOUND plain False"),
        ({"TERM": "xterm-mono"}, "FOUND full False"),
        ({"TERM": "linux"}, "FOUND full True"),
    ],
)
def test_colour_and_lines_follow_the_terminal(env: dict[str, str], found: str) -> None:
    with run(env=env) as session:
        assert found in session.wait_for("END")


def test_a_dumb_terminal_is_refused_with_a_way_out() -> None:
    with run(env={"TERM": "dumb"}) as session:
        screen = session.wait_for("END").replace("\n", "")
        assert "TERM=dumb" in screen
        assert "banzheng ask" in screen
        assert session.raw.count(b"\x1b") == 0


GBK = {"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"}
RAW_C = {"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@pytest.mark.parametrize("env", [GBK, RAW_C])
def test_other_encodings_are_put_right_with_one_line(env: dict[str, str]) -> None:
    with run(env=env) as session:
        screen = session.wait_for("END")
        assert screen.count("not UTF-8") == 1
        assert "语言环境是" in screen.replace("\n", "")


def test_utf8_is_passed_over_in_silence() -> None:
    with run(env={"LANG": "C"}) as session:
        assert "UTF-8" not in session.wait_for("END")


def test_no_terminal_is_refused() -> None:
    argv = [sys.executable, "-c", PROGRAM.format(glyphs="auto")]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert "这里不是终端" in done.stdout.decode()


def test_closed_streams_are_refused_too() -> None:
    closed = io.StringIO()
    closed.close()
    refusal = preflight({}, closed, closed, closed)
    assert isinstance(refusal, Refusal)
    assert refusal.code == 2


def test_the_environment_is_scrubbed() -> None:
    environ = {
        "TEXTUAL": "devtools",
        "TEXTUAL_DRIVER": "evil:Driver",
        "BROWSER": "lynx",
        "COLUMNS": "80",
        "HOME": "/root",
    }
    scrub(environ)
    assert environ == {"HOME": "/root", "TEXTUAL_DISABLE_KITTY_KEY": "1"}
    scrub(environ, colour=False)
    assert environ["NO_COLOR"] == "1"


def test_the_module_is_light() -> None:
    code = (
        "import sys, banzheng_tui.tui.terminal; "
        "print({'textual', 'rich', 'asyncio', 'typing_extensions'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "set()"
