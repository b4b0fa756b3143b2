"""``banzheng plan``: the plan of a situation without a screen, as text or JSON."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from banzheng_tui.commands.common import (
    Definitions,
    add_batch,
    add_json,
    add_library,
    as_line,
    day,
    library_folders,
    naming_options,
    region_code,
    run_batch,
)
from banzheng_tui.commands.situation import add_situation, request_of
from banzheng_tui.commands.speech import say
from banzheng_tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from banzheng_tui.commands.request import Request
    from banzheng_tui.guide.plan import Plan

DESCRIPTION = """按情形给出办理方案：步骤、哪天办到哪步、跑几趟、材料、提醒、费用、依据。

例子：
  banzheng plan newborn-registration
  banzheng plan newborn-registration -a household=apart --json
  banzheng plan --batch - < 请求.jsonl"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``banzheng plan``."""
    add_situation(parser, procedure_needed=False)
    add_json(parser)
    add_batch(
        parser,
        "一行一个 JSON 请求，逐行答复；- 是标准输入。空行跳过；\n"
        '有错的一行答 {"error": …}，后面的照常。请求的键：\n'
        "procedure、answers（还不清楚写 null）、done、have、\n"
        "on、region",
    )
    add_library(parser)


def run(args: Namespace) -> int:
    """Print the plan, or one plan a line."""
    if args.batch is not None:
        return _batch(args)
    if args.procedure is None:
        raise UsageError("用法不对：缺少事项\n看说明：banzheng plan --help")
    folders = library_folders(args.library)
    definitions = Definitions(folders)
    request = request_of(args)
    with naming_options():
        plan = _plan(definitions, request)
    _print(plan, folders, args.json)
    if args.on and not args.json:
        say(*_since_today(definitions, plan))
    return 0


def _plan(definitions: Definitions, request: Request) -> Plan:
    from banzheng_tui.commands.request import situation_of  # noqa: PLC0415
    from banzheng_tui.guide.plan import make_plan  # noqa: PLC0415

    rules = definitions.rules(request.procedure, request.on)
    return make_plan(rules, situation_of(request, rules))


def _since_today(definitions: Definitions, plan: Plan) -> Iterator[str]:
    """Where the plan of another day is another one than today's."""
    from banzheng_tui.guide.as_of import as_of  # noqa: PLC0415
    from banzheng_tui.guide.difference import difference, difference_lines  # noqa: PLC0415
    from banzheng_tui.guide.plan import make_plan  # noqa: PLC0415

    today = definitions.rules(plan.rules.procedure.id, day(None, "--on"))
    situation, _ = as_of(today, plan.situation)
    found = difference(make_plan(today, situation), plan)
    if not found.is_empty:
        yield from ("", "和今天相比")
        yield from (f"{number} {line}" for number, line in enumerate(difference_lines(found), 1))


def _print(plan: Plan, folders: tuple[Path, ...], as_json: bool) -> None:
    from banzheng_tui.commands.times import times_of  # noqa: PLC0415

    times = times_of(plan, folders)
    if as_json:
        from banzheng_tui.guide.plan_json import plan_json  # noqa: PLC0415

        print(as_line(plan_json(plan, times)))
    else:
        from banzheng_tui.guide.plan_text import plan_lines  # noqa: PLC0415

        say(*plan_lines(plan, times, day(None, "--on")))


def _batch(args: Namespace) -> int:
    if args.procedure or args.answer or args.unsure or args.done or args.have:
        raise UsageError(
            "用法不对：用 --batch 时，事项和情形都写在每一行里\n看说明：banzheng plan --help"
        )
    folders = library_folders(args.library)
    definitions = Definitions(folders)
    day(args.on, "--on")
    region_code(args.region, "--region")

    def answer(line: str) -> Any:
        if not line.strip():
            return None
        from banzheng_tui.commands.request import read_request  # noqa: PLC0415
        from banzheng_tui.commands.times import times_of  # noqa: PLC0415
        from banzheng_tui.guide.plan_json import plan_json  # noqa: PLC0415

        plan = _plan(definitions, read_request(line, args.on, args.region))
        return plan_json(plan, times_of(plan, folders))

    return run_batch(args.batch, answer)
