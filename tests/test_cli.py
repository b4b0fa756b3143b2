"""The program as a whole: help, usage, settings, what is imported, how it starts."""

import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from support.cli import banzheng, environment, small_library

from banzheng_tui import __version__
from banzheng_tui.cli import COMMANDS, main
from banzheng_tui.config import Config, config_file, read_config
from banzheng_tui.errors import InputError
from banzheng_tui.paths import bundled

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))


def write_settings(text: str | bytes) -> Path:
    file = config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def shown_help(capsys: Captured, *words: str) -> str:
    assert main([*words, "--help"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids=str)
def test_help_is_chinese_and_fits(capsys: Captured, words: list[str]) -> None:
    text = shown_help(capsys, *words)
    assert text.startswith("用法：banzheng")
    for english in ("usage", "options", "optional", "positional", "show this", "default"):
        assert english not in text.lower()
    for line in text.splitlines():
        assert sum(2 if east_asian_width(c) in "WF" else 1 for c in line) <= 80, line


def test_help_lists_every_command(capsys: Captured) -> None:
    text = shown_help(capsys)
    assert all(f"  {name}" in text for name in COMMANDS)


def test_version(tmp_path: Path) -> None:
    assert banzheng(tmp_path, "--version").out == f"banzheng {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plans"], "没有「plans」这个命令，是不是 plan？"),
        (["--library", "x"], "要写在命令后面"),
        (["--nonsense"], "「--nonsense」"),
        (["plan"], "缺少事项"),
        (["plan", "--json", "--no"], "不认识「--no」"),
        (["plan", "x", "y"], "不认识「y」"),
        (["plan", "x", "-a"], "-a/--answer 后面要写一个值"),
        (["plan", "x", "-a", "y"], "「y」要写成 事实=值"),
        (["plan", "x", "--json=1"], "--json 后面不写值"),
        (["plan", "x", "--batch", "-"], "事项和情形都写在每一行里"),
        (["ask"], "缺少 事项"),
        (["agent", "--glyphs", "big"], "--glyphs 不能写 'big'"),
    ],
)
def test_wrong_usage(capsys: Captured, words: list[str], said: str) -> None:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("用法不对：")
    assert said in captured.err
    assert "--help" in captured.err
    assert "argument" not in captured.err


def modules_after(home: Path, *words: str) -> set[str]:
    """Every module that a fresh interpreter has loaded after a command."""
    code = (
        "import sys; from banzheng_tui.cli import main\n"
        "main(sys.argv[1:])\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment(home),
        check=True,
    )
    return set(done.stderr.decode().split())


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "newborn-registration"],
        ["plan", "newborn-registration", "--json"],
        ["find", "上户口"],
        ["ask", "newborn-registration"],
        ["check"],
        ["--help"],
        ["agent", "--help"],
    ],
    ids=" ".join,
)
def test_no_screen_is_loaded(tmp_path: Path, words: list[str]) -> None:
    loaded = modules_after(tmp_path, *words)
    assert not loaded & {"textual", "rich", "banzheng_tui.tui", "sqlite3"}


@pytest.mark.parametrize(
    "words", [["find", "上户口"], ["plan", "--help"], ["--help"]], ids=" ".join
)
def test_no_pydantic_is_loaded(tmp_path: Path, words: list[str]) -> None:
    assert "pydantic" not in modules_after(tmp_path, *words)


def test_light_words_load_no_parser(tmp_path: Path) -> None:
    for words in (["--help"], ["--version"]):
        assert not modules_after(tmp_path, *words) & {"argparse", "tomli", "json"}


def calls_of_the_desk(monkeypatch: pytest.MonkeyPatch, *words: str) -> dict[str, object]:
    """How the desk is opened."""
    from banzheng_tui.tui import agent  # noqa: PLC0415  (only here a screen is loaded)

    called: dict[str, object] = {}

    def run_agent(**given: object) -> int:
        called.update(given)
        return 0

    monkeypatch.setattr(agent, "run_agent", run_agent)
    assert main(list(words)) == 0
    return called


def test_desk_without_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    assert calls_of_the_desk(monkeypatch) == {
        "libraries": (bundled(),),
        "procedure": None,
        "glyphs": "auto",
        "on": None,
        "settings": config_file().parent,
    }


def test_desk_with_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    library = small_library(tmp_path / "library")
    write_settings('glyphs = "full"')
    called = calls_of_the_desk(
        monkeypatch,
        *("agent", "tea-house", "--library", str(library)),
        *("--glyphs", "plain", "--on", "2026-11-23"),
    )
    assert called["libraries"] == (bundled(), library)
    assert (called["procedure"], called["glyphs"]) == ("tea-house", "plain")
    assert str(called["on"]) == "2026-11-23"
    assert calls_of_the_desk(monkeypatch, "agent")["glyphs"] == "full"


def test_desk_refuses_before_it_opens(capsys: Captured) -> None:
    assert main(["agent", "newborn-regist"]) == 1
    assert "newborn-registration" in capsys.readouterr().err


def test_bundled_definitions_are_there() -> None:
    assert (bundled() / "catalog").is_dir()


def test_no_settings() -> None:
    assert read_config() == Config((), "auto")


def test_settings(tmp_path: Path, capsys: Captured) -> None:
    small_library(config_file().parent / "own")
    write_settings('library = ["own"]\nglyphs = "plain"\n')
    assert read_config() == Config(((tmp_path / "banzheng" / "own").resolve(),), "plain")
    assert main(["plan", "tea-house"]) == 0
    assert "开茶馆" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("librarys = []", "没有「librarys」这个键"),
        ('library = "own"', "library 要写成文件夹的列表"),
        ("library = [1]", "library 要写成文件夹的列表"),
        ('library = ["nowhere"]', "没有这个文件夹"),
        ('glyphs = "big"', "glyphs 不能写「big」"),
        ("glyphs = []", "glyphs 不能写"),
        ("glyphs =", "不合 TOML 的写法"),
        ("x = " + "[" * 5000, "不合 TOML 的写法"),
        (b"\xff", "不是 UTF-8 编码"),
    ],
)
def test_wrong_settings(capsys: Captured, text: str | bytes, said: str) -> None:
    file = write_settings(text)
    with pytest.raises(InputError):
        read_config()
    for words in ([], ["find", "x"]):
        assert main(words) == 1
        told = capsys.readouterr().err
        assert said in told
        assert str(file) in told
        assert "怎么办：" in told


def test_settings_that_cannot_be_read(capsys: Captured) -> None:
    config_file().mkdir(parents=True)
    assert main(["find", "x"]) == 1
    assert "设置文件读不了" in capsys.readouterr().err
