"""The agent's desk and the line mode in terminals of all kinds."""

from __future__ import annotations

import os
import signal
import subprocess
import unicodedata
from pathlib import Path

import pytest
from end_to_end.caller import ENTER, F2, F10, NARROW, WIDE, Agent, banzheng

from banzheng_tui.tui.text import cell_width

COMMIT = "我和老婆户口不在一个地方，孩子户口怎么报"


def test_a_long_commit_of_an_input_method_finds_the_procedure() -> None:
    with Agent() as agent:
        agent.find(COMMIT, opens="户口")
        agent.press("１")  # full-width, the input method is still on
        assert "在同一处" in agent.path


def test_punctuation_of_an_input_method_is_typed_in_a_field() -> None:
    with Agent() as agent:
        agent.terminal.send("孩子，上户口。")
        agent.wait_for("孩子，上户口。")


def test_bytes_that_are_no_text_do_no_harm() -> None:
    with Agent() as agent:
        agent.terminal.send(b"\xff\xfe\xc3" + "孩".encode() + b"\x80" + "子".encode())
        agent.wait_for("孩子")
        agent.terminal.send("上户口")
        agent.wait_for("孩子上户口")
        agent.press(ENTER)
        agent.wait_for("最多还有")
        agent.terminal.send(b"\xff\xb5\x9b")
        agent.settle()
        agent.choose("不在一处")
        assert "哪一方" in agent.question


def test_what_is_typed_before_the_first_screen_is_not_lost() -> None:
    with Agent(ready="") as agent:
        agent.terminal.wait_raw(b"\x1b[6n")
        agent.terminal.send("孩子上户口")
        agent.wait_for("孩子上户口")


@pytest.mark.parametrize("place", ["home", "call"])
def test_a_terminal_that_goes_away_ends_the_program(place: str) -> None:
    words = ("agent", "newborn-registration") if place == "call" else ()
    with Agent(*words) as agent:
        agent.terminal.close_tty()
        assert agent.terminal.wait_exit(5) == 128 + signal.SIGHUP


def test_ctrl_c_ends_nothing_by_itself() -> None:
    with Agent("agent", "newborn-registration") as agent:
        agent.choose("不在一处")
        agent.press("\x03")
        assert "哪一方" in agent.question


def test_leaving_gives_the_terminal_back() -> None:
    with Agent() as agent:
        agent.terminal.send("\x11")
        assert agent.terminal.wait_exit() == 0
        assert (
            agent.terminal.raw.rstrip().endswith(b"\x1b[?25h")
            or b"\x1b[?1049l" in (agent.terminal.raw[-400:])
        )


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"},
        {"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LANG": "POSIX", "LC_ALL": "POSIX"},
        {"TERM": "linux", "COLORTERM": None},
    ],
    ids=["C", "C, not coerced", "POSIX", "linux console"],
)
def test_chinese_works_in_any_locale(env: dict[str, str | None]) -> None:
    with Agent(env=env) as agent:
        agent.find("孩子上户口", opens="户口")
        agent.choose("不在一处")
        assert "哪一方" in agent.question


def ambiguous(text: str) -> set[str]:
    return {char for char in text if unicodedata.east_asian_width(char) == "A"}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["100x30", "80x24"])
def test_a_wide_terminal_gets_the_plain_marks_in_straight_columns(size: tuple[int, int]) -> None:
    with Agent("agent", "house-to-child", size=size, ambiguous_wide=True) as agent:
        seen = agent.screen
        agent.press("p")
        seen += agent.screen
        agent.press("p", "?")
        seen += agent.screen
        assert ambiguous(seen) == set()
        assert "[?]" in seen or "[ ]" in seen
        rows = agent.terminal.lines()
        right = {cell_width(row) for row in rows if row.endswith("----")}
        assert len(right) <= 1  # all rules of the plan end in one column


@pytest.mark.parametrize("words", [("--glyphs", "plain")])
def test_the_plain_marks_by_option(words: tuple[str, ...]) -> None:
    with Agent("agent", "newborn-registration", *words) as agent:
        agent.choose("不在一处")
        assert ambiguous(agent.screen) == set()
        assert "[?]" in agent.screen
        agent.press("p")
        assert ambiguous(agent.screen) == set()


def test_the_full_marks_by_option_in_a_wide_terminal() -> None:
    with Agent("agent", "newborn-registration", "--glyphs", "full", ambiguous_wide=True) as agent:
        assert "─" in agent.screen


def test_no_colour_leaves_every_mark_its_word() -> None:
    with Agent("agent", "newborn-registration", env={"NO_COLOR": "1"}) as agent:
        agent.choose("不在一处")
        terminal = agent.terminal
        with terminal._changed:
            cells = [cell for row in terminal._screen.buffer.values() for cell in row.values()]
        shades = {c for cell in cells for c in (cell.fg, cell.bg) if c != "default"}
        assert all(c[0:2] == c[2:4] == c[4:6] for c in shades), shades
        for word in ("现在", "下一步", "一定要", "可能要"):
            assert word in agent.screen


def test_resizing_to_and_fro_keeps_everything() -> None:
    with Agent("agent", "house-to-child") as agent:
        agent.choose("都在")
        question, path = agent.question, agent.path.split()
        for columns, rows in ((80, 24), (50, 10), (80, 24), (100, 30)):
            agent.terminal.resize(columns, rows)
            agent.wait_for("窗口太小" if columns == 50 else "最多还有")
            if columns == 50:
                assert "答过的内容都还在" in agent.left_whole() + agent.screen.replace("\n", "")
            else:
                assert agent.question == question
                assert agent.path.split() == path
        agent.choose("商品房")
        assert "商品房" in agent.path


def test_a_small_window_at_the_start_grows() -> None:
    with Agent("agent", "newborn-registration", size=(50, 10), ready="窗口太小") as agent:
        agent.terminal.resize(100, 30)
        agent.wait_for("最多还有")
        agent.choose("不在一处")
        assert "哪一方" in agent.question


def test_a_typed_answer_keeps_what_is_typed_through_a_resize() -> None:
    with Agent("agent", "house-to-child") as agent:
        agent.talk(
            "都在", "商品房", "夫妻两个人", "成年子女，没结婚", "以上都没有", "以上都没有", "是", "是",
            "满五唯一", "一套也没有",
            until="值多少",
        )  # fmt: skip
        agent.terminal.send("12")
        agent.settle()
        agent.terminal.resize(50, 10)
        agent.wait_for("窗口太小")
        agent.terminal.resize(80, 24)
        agent.wait_for("最多还有")
        agent.press(F2)
        agent.press("\x1b")
        agent.type("0万")
        assert "1,200,000" in agent.path
        agent.press(F10)
        assert "还不清楚" in agent.path


# -- line mode


def run(
    *words: str, typed: str = "", env: dict[str, str] | None = None
) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [*banzheng(), *words],
        input=typed.encode(),
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_same_young_father_line_by_line() -> None:
    said: list[str] = []
    labels = ["不在一处", "随妈妈", "以上都没有", "拿到了", "家庭户", "领了", "一个月以内"]
    for _ in range(20):
        status, out, err = run("ask", "newborn-registration", typed="".join(f"{s}\n" for s in said))
        assert status == 0, err
        text = out.decode()
        asked = text.partition("输入到头了")[0].rpartition("\n问：")[2].splitlines()
        if "问完了" in text:
            break
        options = [line.split(" ", 1) for line in asked if line[:1].isdigit() and " " in line]
        if "哪一天" in "".join(asked) or "哪一天" in text.rpartition("\n问：")[2]:
            said.append("2026-11-10")
            continue
        said.append(next(n for n, label in options if any(label.startswith(s) for s in labels)))
    plan = text.rpartition("问完了")[2]
    for words in ("出生医学证明", "户口簿", "结婚证", "身份证", "派出所", "不可撤回"):
        assert words in plan
    assert plan.index("不可撤回") < plan.index("步骤")
    assert b"\x1b" not in out
    assert not any(byte < 32 and byte != 10 for byte in out)


def test_the_line_mode_in_a_terminal_has_no_escape_byte_either() -> None:
    with Agent("ask", "newborn-registration", ready="请答：") as agent:
        agent.terminal.send("2\n")
        agent.wait_for("随妈妈")
        agent.terminal.send("q\n")
        assert agent.terminal.wait_exit() == 0
        assert b"\x1b" not in agent.terminal.raw


def test_the_desk_without_a_terminal_points_to_the_line_mode() -> None:
    status, out, err = run()
    assert status == 2
    assert "banzheng ask" in err.decode()
    assert b"\x1b" not in out + err


def test_an_unknown_procedure_is_told_before_the_screen_is_taken() -> None:
    status, out, err = run("agent", "newborn-regist")
    assert status == 1
    assert "newborn-registration" in err.decode()
    assert out == b""


def test_a_library_of_ones_own() -> None:
    small = Path(__file__).parents[1] / "fixtures" / "desk"
    with Agent("agent", "night-stall", "--library", str(small)) as agent:
        agent.choose("夜市里面")
        agent.choose("吃的", "玩具")
        agent.type("３")
        assert "3 人" in agent.path
