"""``banzheng map``: the way across departments, as text, Mermaid or DOT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banzheng_tui.commands.common import (
    Definitions,
    add_library,
    day,
    library_folders,
    naming_options,
)
from banzheng_tui.commands.situation import add_situation, request_of
from banzheng_tui.commands.speech import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from pathlib import Path

    from banzheng_tui.guide.plan import Plan

DESCRIPTION = """画出一件事从头到尾的路线：先办什么，什么可以同时办，归哪个部门，哪天能办完。

例子：
  banzheng map food-business-licence
  banzheng map food-business-licence -a matter=new --format mermaid
  banzheng map house-to-child --format dot | dot -Tsvg > 路线.svg"""
FORMATS = ("text", "mermaid", "dot")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``banzheng map``."""
    add_situation(parser, procedure_needed=True)
    parser.add_argument(
        "--format",
        metavar="格式",
        choices=FORMATS,
        default="text",
        help="text 文字（不写就是它）、mermaid、dot",
    )
    add_library(parser)


def run(args: Namespace) -> int:
    """Print the way."""
    folders = library_folders(args.library)
    definitions = Definitions(folders)
    request = request_of(args)
    with naming_options():
        from banzheng_tui.commands.request import situation_of  # noqa: PLC0415
        from banzheng_tui.guide.plan import make_plan  # noqa: PLC0415

        rules = definitions.rules(request.procedure, request.on)
        plan = make_plan(rules, situation_of(request, rules))
    from banzheng_tui.guide import way_text  # noqa: PLC0415

    write = {
        "text": way_text.way_lines,
        "mermaid": way_text.way_mermaid,
        "dot": way_text.way_dot,
    }[args.format]
    say(*write(plan))
    if args.format == "text":
        say(*_when(plan, folders))
    return 0


def _when(plan: Plan, folders: tuple[Path, ...]) -> Iterator[str]:
    """When the way is done, where its steps say how long they take."""
    from banzheng_tui.commands.times import times_of  # noqa: PLC0415
    from banzheng_tui.guide.plan_text import when_lines  # noqa: PLC0415

    yield from when_lines(plan, times_of(plan, folders), day(None, "--on"))
