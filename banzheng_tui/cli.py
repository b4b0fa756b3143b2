"""The command line: finds the command that is meant, and tells mistakes in Chinese.

Each command is imported only when it is called; without arguments nothing but the agent's desk.
"""

import os
import sys
from collections.abc import Sequence

from banzheng_tui.errors import InputError, UsageError

COMMANDS = {
    "agent": "打开坐席的界面；不写命令也是它",
    "ask": "一行一行地问答，不画界面，适合读屏软件",
    "find": "按来电人的话找事项",
    "plan": "按情形给出办理方案，可以出 JSON",
    "map": "画出跨部门的办事路线，可以出 Mermaid、DOT",
    "check": "检查事项库，有错的指出在哪个文件第几行",
}
HELP_WORDS = ("-h", "--help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 the input is wrong, 2 wrong usage."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return _dispatch(words)
    except InputError as error:
        return _tell(error.lines(), 1)
    except UsageError as error:
        return _tell(str(error).splitlines(), 2)
    except BrokenPipeError:
        _forget_output()
        return 0
    except KeyboardInterrupt:
        return 130


def _dispatch(words: list[str]) -> int:
    if not words or words[0] == "agent":
        return _agent(words[1:])
    _use_utf8()
    if words[0] in HELP_WORDS:
        print(_overview())
    elif words[0] in ("-V", "--version"):
        from banzheng_tui import __version__  # noqa: PLC0415

        print(f"banzheng {__version__}")
    elif words[0] in COMMANDS:
        status = _run(words[0], words[1:])
        sys.stdout.flush()  # here, so that a reader who has gone away is noticed in main
        return status
    else:
        raise UsageError(_not_a_command(words[0]))
    return 0


def _agent(words: list[str]) -> int:
    """The agent's desk; a parser is built only when there is something to parse."""
    if words:
        if not set(words).isdisjoint(HELP_WORDS):
            _use_utf8()
        return _run("agent", words)
    from banzheng_tui.commands.agent import open_desk  # noqa: PLC0415

    return open_desk()


def _run(name: str, words: list[str]) -> int:
    from importlib import import_module  # noqa: PLC0415

    from banzheng_tui.commands.parser import CommandParser  # noqa: PLC0415

    command = import_module(f"banzheng_tui.commands.{name}")
    parser = CommandParser(prog=f"banzheng {name}", description=command.DESCRIPTION)
    command.add_arguments(parser)
    if not set(words).isdisjoint(HELP_WORDS):  # argparse would leave the program in mid-flight
        print(parser.format_help(), end="")
        return 0
    status: int = command.run(parser.parse_args(words))
    return status


def _overview() -> str:
    lines = [
        "用法：banzheng [命令] [选项]",
        "",
        "办证热线坐席的地图和记性：一问一答，给出当前步骤、下一步、材料和提醒。",
        "不写命令，就打开坐席的界面。",
        "",
        "命令：",
        *(f"  {name:<8}{does}" for name, does in COMMANDS.items()),
        "",
        "选项：",
        "  -h, --help     显示这份说明；写在命令后面，显示那个命令的说明",
        "  -V, --version  显示版本",
        "",
        "例子：",
        "  banzheng find 孩子上户口",
        "  banzheng plan newborn-registration -a household=apart",
    ]
    return "\n".join(lines)


def _not_a_command(word: str) -> str:
    if word.startswith("-"):
        return f"用法不对：「{word}」要写在命令后面，如 banzheng agent {word} …\n看说明：banzheng --help"
    from difflib import get_close_matches  # noqa: PLC0415

    near = get_close_matches(word, COMMANDS, 1)
    meant = f"，是不是 {near[0]}？" if near else "。"
    return f"用法不对：没有「{word}」这个命令{meant}\n能用的命令：{'、'.join(COMMANDS)}\n看说明：banzheng --help"


def _use_utf8() -> None:
    """Whatever the locale says: what is written is Chinese, and no character may stop it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _tell(lines: Sequence[str], status: int) -> int:
    from banzheng_tui.commands.speech import printable  # noqa: PLC0415

    _use_utf8()
    try:
        sys.stdout.flush()
        print("\n".join(printable(line) for line in lines), file=sys.stderr)
    except BrokenPipeError:
        _forget_output()
    return status


def _forget_output() -> None:
    """Nobody reads any more: keep the interpreter from complaining about it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue
