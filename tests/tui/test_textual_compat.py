"""What breaks Textual, in a real terminal: bad bytes, a lost terminal, signals, input methods."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest
from support.pty_session import PtySession
from textual.keys import _character_to_key

from banzheng_tui.tui.textual_compat import normal_character, normal_key

TESTS = Path(__file__).parents[1]
RESTORED = b"\x1b[?1049l\x1b[?25h"  # main screen, cursor shown


def tiny_desk(*wrapper: str, **terminal: object) -> PtySession:
    env = {"PYTHONPATH": str(TESTS)} | terminal.pop("env", {})  # type: ignore[operator]
    argv = [*wrapper, sys.executable, "-m", "support.tiny_desk"]
    return PtySession(argv, env=env, **terminal)  # type: ignore[arg-type]


def test_bytes_that_are_not_utf8_do_no_harm() -> None:
    with tiny_desk() as desk:
        desk.wait_for("READY")
        desk.send(b"a\xffb")
        desk.send("，".encode("gbk"))
        desk.send(b"\xe4\xbd")  # cut off
        desk.send(b"c")
        desk.send("证".encode()[:2])  # split in two
        time.sleep(0.05)
        desk.send("证".encode()[2:] + b"d")
        desk.wait_for("GOT<abc证d>")


def test_long_commits_of_an_input_method_arrive_whole() -> None:
    commit = "我想给刚出生的孩子上户口需要带什么材料去哪里办理"
    with tiny_desk() as desk:
        desk.wait_for("READY")
        assert b"\x1b[>" not in desk.raw  # no kitty keys (textual#6542)
        desk.send(commit)
        desk.wait_for(f"GOT<{commit}>")


def test_the_terminal_cursor_stands_where_an_input_method_writes() -> None:
    with tiny_desk() as desk:
        desk.wait_for("READY")
        desk.wait(lambda: desk.cursor() == (1, 1), "the cursor in the empty field")
        desk.send("你好")
        desk.wait_for("GOT<你好>")
        desk.wait(lambda: desk.cursor() == (5, 1), "the cursor behind the text")


def test_answers_that_come_late_type_nothing() -> None:
    with tiny_desk(mute=True) as desk:
        desk.wait_raw(b"\x1b[6n")
        desk.send("早")
        desk.wait_for("GOT<早>")
        desk.send(b"\x1b[5;2R\x1b[?62;22cz")
        desk.wait_for("GOT<早z>")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals_restore_the_terminal(number: signal.Signals) -> None:
    with tiny_desk() as desk:
        desk.wait_for("READY")
        desk.signal(number)
        assert desk.wait_exit() == 128 + number
        assert RESTORED in desk.raw
        assert b"Traceback" not in desk.raw


DEAF = (
    "import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP]); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


@pytest.mark.parametrize(
    "wrapper",
    [(), ("sh", "-c", 'trap "" HUP; exec "$@"', "sh"), (sys.executable, "-c", DEAF)],
    ids=["hangup", "nohup", "no signal at all"],
)
def test_a_terminal_that_goes_away_ends_the_app(wrapper: tuple[str, ...]) -> None:
    with tiny_desk(*wrapper) as desk:
        desk.wait_for("READY")
        desk.close_tty()
        assert desk.wait_exit(3) == 128 + signal.SIGHUP


def test_a_crash_says_one_sentence_and_nothing_of_the_caller(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    with tiny_desk(env=home) as desk:
        desk.wait_for("READY")
        desk.send("boom")
        assert desk.wait_exit() == 70
        after = desk.raw.partition(RESTORED)[2].decode()
    assert "程序出错了" in after
    assert "Traceback" not in after
    assert "330102" not in after
    [report] = tmp_path.rglob("crash-*.txt")
    assert str(report) in after.replace("\r\n", "")  # a long path runs over the line
    assert report.stat().st_mode & 0o077 == 0
    written = report.read_text(encoding="utf-8")
    assert "on_input_changed" in written
    assert "330102" not in written


def test_a_crash_whose_report_cannot_be_written_still_ends_in_words() -> None:
    with tiny_desk(env={"XDG_STATE_HOME": "/dev/null", "HOME": "/dev/null"}) as desk:
        desk.wait_for("READY")
        desk.send("boom")
        assert desk.wait_exit() == 70
        assert "详情没能写进文件" in desk.raw.decode()


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"},
        {"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"},
        {"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"TERM": "linux", "COLORTERM": None},
        {"NO_COLOR": "1"},
        {"TEXTUAL_PRESS": "x", "COLUMNS": "40", "LINES": "10"},
    ],
)
def test_chinese_works_in_any_environment(env: dict[str, str | None]) -> None:
    with tiny_desk(env=env) as desk:
        desk.wait_for("READY")
        desk.send("户口")
        desk.wait_for("GOT<户口>")
        desk.send(b"\n")  # ctrl+j, as some terminals send Enter
        assert desk.wait_exit() == 0


def test_no_colour_is_no_colour() -> None:
    with tiny_desk(env={"NO_COLOR": "1"}) as desk:
        desk.wait_for("READY")
        colours = {cell.fg for row in desk._screen.buffer.values() for cell in row.values()}
        colours |= {cell.bg for row in desk._screen.buffer.values() for cell in row.values()}
    shades = [c for c in colours if c != "default"]
    assert all(c[0:2] == c[2:4] == c[4:6] for c in shades), shades


def test_a_wide_terminal_gets_no_ambiguous_character() -> None:
    with tiny_desk(ambiguous_wide=True) as desk:
        desk.wait_for("READY plain")


def test_a_window_too_small_covers_and_keeps() -> None:
    with tiny_desk(cols=40, rows=10) as desk:
        desk.wait_for("窗口太小")
        desk.resize(80, 24)
        desk.wait_for("READY")
        desk.send("户口")
        desk.wait_for("GOT<户口>")
        desk.resize(50, 12)
        desk.wait_for("窗口太小")
        desk.send("看不见")
        time.sleep(0.2)  # the cover shows nothing of the keys it takes
        desk.resize(100, 30)
        desk.wait_for("GOT<户口>")
        desk.send("本")
        desk.wait_for("GOT<户口本>")


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("１", "1"),
        ("９", "9"),
        ("ｗ", "w"),
        ("Ｗ", "W"),
        ("，", "comma"),
        ("。", "full_stop"),
        ("？", "question_mark"),
        ("／", "slash"),
        ("、", "slash"),
        ("　", "space"),
        ("【", "left_square_bracket"),
        ("1", "1"),
        ("证", "证"),
    ],
)
def test_full_width_keys_are_keys(character: str, name: str) -> None:
    assert normal_key(_character_to_key(character), character) == name


def test_other_keys_stay() -> None:
    assert normal_key("ctrl+j", "\n") == "enter"
    assert normal_key("f5", None) == "f5"
    assert normal_key("fullwidth_comma", None) == "comma"
    assert normal_key("enter", "\r") == "enter"
    assert normal_character(None) is None
    assert normal_character("？") == "?"
    assert normal_character("证") == "证"
