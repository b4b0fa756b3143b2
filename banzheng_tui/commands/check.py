"""``banzheng check``: everything wrong with a library, with file and line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from banzheng_tui.commands.common import add_json, add_library, as_line, folder, library_folders
from banzheng_tui.commands.speech import say
from banzheng_tui.errors import InputError
from banzheng_tui.paths import bundled
from banzheng_tui.procedure.outline import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banzheng_tui.procedure.problems import Problem

DESCRIPTION = """检查事项库：有错的，指出在哪个文件第几行、怎么改。有错时退出状态是 1。

不写文件夹，就检查自带的和设置里写的。文件夹里有自己的 catalog/，当作
完整的一套，单独检查；没有的，叠在自带的上面检查。"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``banzheng check``."""
    parser.add_argument(
        "folders", metavar="文件夹", nargs="*", help="事项库的文件夹；几个的，后面的叠在前面的上面"
    )
    parser.add_argument(
        "--on-top", action="store_true", help="有自己的 catalog/ 也叠在自带的上面检查"
    )
    add_json(parser)
    add_library(parser)


def run(args: Namespace) -> int:
    """Print every problem; 1 when there is any."""
    from banzheng_tui.procedure.library import load_library  # noqa: PLC0415  (reads pydantic)

    below, own = _layers(args)
    library = load_library((*below, *own))
    problems = library.problems
    if own and below and problems:
        others = set(load_library(below).problems)
        problems = tuple(problem for problem in problems if problem not in others)
    if args.json:
        print(as_line([_as_json(problem) for problem in problems]))
    else:
        ids = _ids(own or below)
        broken = len(ids & library.unavailable.keys())
        say(*(str(problem) for problem in problems))
        say(f"事项 {len(ids)} 个，不能用的 {broken} 个，问题 {len(problems)} 处。")
    return 1 if problems else 0


def _layers(args: Namespace) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The folders that lie below and are not to be told about, and those that are checked."""
    own = tuple(folder(text, "文件夹") for text in args.folders)
    for path in own:
        if not _has_definitions(path):
            raise InputError(
                f"文件夹「{path}」里没有事项文件",
                "文件夹",
                "事项文件放在按主题分的子文件夹里，如 family/newborn-registration.toml；写上一级文件夹试试",
            )
    below = library_folders(args.library)
    whole = bool(own) and (own[0] / "catalog").is_dir() and not args.on_top and not args.library
    if whole or bundled().resolve() in own:
        return (), own
    return below, own


def _has_definitions(path: Path) -> bool:
    return bool(_ids((path,))) or any((path / name).is_dir() for name in ("catalog", PACKAGES))


def _ids(folders: Sequence[Path]) -> set[str]:
    from banzheng_tui.procedure.outline import procedure_files  # noqa: PLC0415

    return {file.stem for path in folders for file in procedure_files(path)}


def _as_json(problem: Problem) -> dict[str, str | int | None]:
    return {
        "file": problem.file,
        "line": problem.line,
        "field": problem.where,
        "what": problem.what,
        "mend": problem.mend,
    }
