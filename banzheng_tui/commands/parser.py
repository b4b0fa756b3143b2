"""argparse that speaks Chinese: its help, and what it says of wrong usage."""

import argparse
import re
from collections.abc import Iterator
from typing import NoReturn
from unicodedata import east_asian_width

from banzheng_tui.errors import UsageError

COLUMN = 20
"""Where the explanations of arguments begin, in columns."""

_SAID = [
    (re.compile(pattern), said)
    for pattern, said in (
        (r"the following arguments are required: (.*)", "缺少 {0}"),
        (r"unrecognized arguments: (.*)", "不认识「{0}」"),
        (r"argument (.*?): expected one argument", "{0} 后面要写一个值"),
        (r"argument (.*?): expected at least one argument", "{0} 后面至少要写一个值"),
        (r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)", "{0} 不能写 {1}，能写 {2}"),
        (r"argument (.*?): ignored explicit argument (.*)", "{0} 后面不写值，多了 {1}"),
        (r"argument (.*?): not allowed with argument (.*)", "{0} 不能和 {1} 一起写"),
        (r"argument (.*?): (.*)", "{0}：{1}"),
    )
]


class CommandParser(argparse.ArgumentParser):
    """The parser of one command; wrong usage is a UsageError."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            f"用法不对：{_translated(message)}\n{self.format_usage()}看说明：{self.prog} --help"
        )

    def format_usage(self) -> str:
        named = [_named(action) for action in self._actions if not action.option_strings]
        return "用法：" + " ".join([self.prog, *named, "[选项]"]) + "\n"

    def format_help(self) -> str:
        return self.format_usage() + "\n" + "\n".join(self._explained()) + "\n"

    def _explained(self) -> Iterator[str]:
        yield self.description or ""
        positional = [action for action in self._actions if not action.option_strings]
        options = [action for action in self._actions if action.option_strings]
        for title, actions in (("参数", positional), ("选项", options[1:] + options[:1])):
            if actions:
                yield f"\n{title}："
                for action in actions:
                    yield from _two_columns(_invocation(action), action.help or "")


def _translated(message: str) -> str:
    for pattern, said in _SAID:
        if found := pattern.fullmatch(message):
            return said.format(*found.groups())
    return message


def _named(action: argparse.Action) -> str:
    name = str(action.metavar)
    return {"?": f"[{name}]", "*": f"[{name}…]", "+": f"{name}…"}.get(str(action.nargs), name)


def _invocation(action: argparse.Action) -> str:
    shown = ", ".join(action.option_strings)
    if action.nargs == 0:
        return shown
    return f"{shown} {action.metavar}" if shown else str(action.metavar)


def _two_columns(name: str, explained: str) -> Iterator[str]:
    first, *rest = explained.split("\n")
    gap = COLUMN - 2 - columns(name)
    if gap < 2:
        yield f"  {name}"
        yield " " * COLUMN + first
    else:
        yield f"  {name}{' ' * gap}{first}"
    for line in rest:
        yield " " * COLUMN + line


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
