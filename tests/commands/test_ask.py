"""``banzheng ask``: the interview as plain lines, by pipe and at a terminal."""

import sys
from pathlib import Path

import pytest
from support.cli import Ran, banzheng, environment
from support.library import TODAY, book
from support.pty_session import PtySession

from banzheng_tui.commands.asking import typed_answer
from banzheng_tui.guide.answers import AnswerError


def ask(home: Path, library: Path, *typed: str) -> Ran:
    """Type lines, then end the input."""
    lines = "".join(f"{line}\n" for line in typed).encode("utf-8", "surrogateescape")
    ran = banzheng(
        home, "ask", "tea-house", "--library", library, "--on", "2026-11-23", typed=lines
    )
    assert (ran.status, ran.err) == (0, "")
    assert "\x1b" not in ran.out
    return ran


def questions(ran: Ran) -> list[str]:
    return [line.split("（")[0] for line in ran.out.splitlines() if line.startswith("问：")]


HOUSE, LANDLORD, DRINKS, TABLES, RENT, OPENING = (
    "问：茶馆的房子是自己的还是租的？",
    "问：房东同意吗？",
    "问：卖些什么？",
    "问：有几张桌子？",
    "问：一年租金多少？",
    "问：哪天开业？",
)


def test_a_whole_interview(tmp_path: Path, library: Path) -> None:
    ran = ask(tmp_path, library, "2", "1", "1，2", "１２", "80万", "2027-2-1")
    assert questions(ran) == [HOUSE, LANDLORD, DRINKS, TABLES, RENT, OPENING]
    assert "1 自己的\n2 租的。借的也算。\n0 还不清楚\n" in ran.out
    assert "记下了，桌数：12 张；现在：画好茶馆的布局；下一步：到茶馆管理处登记" in ran.out
    assert "提醒 3（多 1）" not in ran.out  # an open warning was counted before
    assert "问完了。" in ran.out
    assert "租金税：8,000 元" in ran.out
    assert ran.out.count("办理方案") == 1
    assert "输入到头了" not in ran.out


def test_the_bundled_procedure(tmp_path: Path) -> None:
    ran = banzheng(tmp_path, "ask", "newborn-registration", typed=b"2\n1\n")
    assert ran.status == 0
    assert "记下了，父母户口：不在一处" in ran.out
    assert "记下了，随谁落户：随妈妈" in ran.out
    assert "输入到头了，这是到现在为止的方案。" in ran.out


def test_unsure(tmp_path: Path, library: Path) -> None:
    ran = ask(tmp_path, library, "0", "0", "u", "不清楚")
    assert questions(ran) == [HOUSE, DRINKS, DRINKS, DRINKS, DRINKS]
    assert "怎么弄清楚：看房产证上写的是谁。" in ran.out
    assert ran.out.count("这一题要答清楚才能往下走") == 3


def test_mistakes_are_told_and_asked_again(tmp_path: Path, library: Path) -> None:
    ran = ask(
        tmp_path, library, "3", "\x1b[A", "\udcff", "租的", "也许", "1", "1,3", "1", "好多", "101"
    )
    assert ran.out.count("没有这一项，请打 0 到 2 的数字。") == 3
    assert "没有这一项，请打 1 到 2 的数字。" in ran.out
    assert "选了「都不卖」就不能再选别的。" in ran.out
    assert "要写数，0 到 100 张，如 12。" in ran.out
    assert "不能大于 100 张，要写 0 到 100 的数，如 12。" in ran.out


def test_why_and_help(tmp_path: Path, library: Path) -> None:
    ran = ask(tmp_path, library, "w", "?", "", "<")
    assert ran.out.count("为什么问：租的要看租约。") == 2
    assert ran.out.count("提示：亲戚的房子算租的。") == 2
    assert ran.out.count("可以打：") == 3


def test_back(tmp_path: Path, library: Path) -> None:
    ran = ask(tmp_path, library, "b", "2", "1", "返回", "b", "1")
    assert "已经是第一问了。" in ran.out
    assert questions(ran) == [HOUSE, HOUSE, LANDLORD, DRINKS, LANDLORD, HOUSE, DRINKS]


def test_plan_at_any_time(tmp_path: Path, library: Path) -> None:
    ran = ask(tmp_path, library, "2", "p", "q")
    assert ran.out.count("办理方案") == 1
    assert "还没问完，最多还有" in ran.out
    assert ran.out.endswith("好，就到这里。\n")


def test_change_keeps_later_answers(tmp_path: Path, library: Path) -> None:
    ran = ask(
        tmp_path, library, "e 1", "2", "1", "1", "改", "改1", "1", "e 9", "e1", "b", "e 1", "2"
    )
    assert "还没有回答，没有可改的。" in ran.out
    assert "1 房子：租的\n2 房东：是\n3 卖什么：茶\n" in ran.out
    assert "记下了，房子：自己的" in ran.out
    assert "「房东」的回答先留着，现在不算" in ran.out
    assert "没有第 9 个回答。" in ran.out
    assert questions(ran)[-1] == TABLES  # nothing is asked twice after changing back
    assert questions(ran).count(LANDLORD) == 1


def test_after_the_end(tmp_path: Path, library: Path) -> None:
    ran = ask(tmp_path, library, "2", "2", "1", "w", "e 2", "1", "q")
    assert (
        ran.out.count("\n办不了：房东不同意的，办不了。\n可以这样说：别急，先和房东谈一谈。\n") == 1
    )
    assert "都问完了。打 e 和数字改回答" in ran.out
    assert "没有要答的" in ran.out
    assert questions(ran)[-1] == DRINKS


def test_unknown_procedure(tmp_path: Path) -> None:
    ran = banzheng(tmp_path, "ask", "newborn-regist")
    assert ran.status == 1
    assert "newborn-registration" in ran.err


def test_at_a_terminal(tmp_path: Path, library: Path) -> None:
    words = [sys.executable, "-m", "banzheng_tui", "ask", "tea-house", "--library", str(library)]
    env = {**environment(tmp_path), "LANG": "C", "LC_ALL": "C"}
    with PtySession(words, env=env) as session:
        session.wait_for("请答：")
        session.send("2\r")
        session.wait_for("房东同意吗？")
        session.send(b"\x04")
        session.wait_for("依据")
        assert session.wait_exit() == 0
        assert b"\x1b" not in session.raw


@pytest.mark.parametrize("text", ["5", "-1", "", "1.5", "①", "99999", "same,apart"])
def test_no_such_option(text: str) -> None:
    with pytest.raises(AnswerError):
        typed_answer(book("newborn-registration").questions["household"], text, TODAY)


@pytest.mark.parametrize("text", ["2", "apart"])
def test_option_by_number_and_id(text: str) -> None:
    question = book("newborn-registration").questions["household"]
    assert typed_answer(question, text, TODAY) == "apart"


def test_the_options_side_by_side(tmp_path: Path, library: Path) -> None:
    ran = ask(tmp_path, library, "c", "2", "1", "c")
    assert ran.out.index("几项对照") < ran.out.index("1 自己的\n2 租的\n")
    assert "都一样：" in ran.out
    assert "对照只用在单选题上。" in ran.out  # several drinks may be chosen
    assert questions(ran) == [HOUSE, HOUSE, LANDLORD, DRINKS, DRINKS]
