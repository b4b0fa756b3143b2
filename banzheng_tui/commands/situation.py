"""The arguments that state a situation, for every command that plans one."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from banzheng_tui.commands.common import add_on, day, region_code
from banzheng_tui.errors import InputError

if TYPE_CHECKING:
    from banzheng_tui.commands.request import Request


def add_situation(parser: ArgumentParser, *, procedure_needed: bool) -> None:
    """The procedure, the answers, what is done and held, the day and the region."""
    add = parser.add_argument
    hint = "事项的编号；用 banzheng find 查"
    if procedure_needed:
        add("procedure", metavar="事项", help=hint)
    else:
        add("procedure", metavar="事项", nargs="?", help=hint)
    add(
        "-a",
        "--answer",
        metavar="事实=值",
        action="append",
        default=[],
        type=_pair,
        help="一个回答；值是选项编号、数、日期、yes 或 no，\n几个选项用逗号隔开；可以写几次",
    )
    add(
        "--unsure", metavar="事实", action="append", default=[], help="来电人还不清楚的；可以写几次"
    )
    add("--done", metavar="步骤", action="append", default=[], help="已经办了的步骤；可以写几次")
    add("--have", metavar="材料", action="append", default=[], help="手里已有的材料；可以写几次")
    add_on(parser)
    add("--region", metavar="代码", help="哪个地方，行政区划代码的前 2、4 或 6 位")


def _pair(text: str) -> tuple[str, str]:
    fact, equals, value = text.partition("=")
    if not equals or not fact:
        raise ArgumentTypeError(f"「{text}」要写成 事实=值，如 household=apart")
    return fact, value


def request_of(args: Namespace) -> Request:
    """What the arguments ask for; InputError for a day or region that cannot be."""
    on = day(args.on, "--on")
    region = region_code(args.region, "--region")
    from banzheng_tui.commands.request import Request  # noqa: PLC0415  (after what is cheap)

    return Request(args.procedure, on, _answers(args), tuple(args.done), tuple(args.have), region)


def _answers(args: Namespace) -> dict[str, str | None]:
    """The answers given; what is given twice contradicts itself, and none is dropped silently."""
    found: dict[str, str | None] = {}
    for fact, value in [*args.answer, *((fact, None) for fact in args.unsure)]:
        if fact in found:
            raise InputError(f"「{fact}」答了两次", f"-a {fact}", "只留一个")
        found[fact] = value
    return found
