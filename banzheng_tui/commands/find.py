"""``banzheng find``: procedures for a caller's words."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from banzheng_tui.commands.common import (
    add_batch,
    add_json,
    add_library,
    as_line,
    library_folders,
    run_batch,
)
from banzheng_tui.commands.speech import say
from banzheng_tui.errors import UsageError
from banzheng_tui.find.search import Hit, search
from banzheng_tui.procedure.outline import Outline, read_outlines

DESCRIPTION = """按来电人的话找事项，最像的在前。

例子：
  banzheng find 孩子上户口
  banzheng find --json --limit 3 开个小饭馆
  banzheng find --batch - < 来电.txt"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``banzheng find``."""
    parser.add_argument("words", metavar="话", nargs="*", help="来电人的话，几个词也行")
    parser.add_argument(
        "--limit", metavar="个数", type=_limit, default=10, help="最多给几个，不写是 10"
    )
    add_json(parser)
    add_batch(parser, "一行一句话，一行答一个 JSON 列表，空行答 []；- 是标准输入")
    add_library(parser)


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 9 or int(text) < 1:
        raise ArgumentTypeError(f"「{text}」要写成 1 以上的整数")
    return int(text)


def run(args: Namespace) -> int:
    """Print the procedures that fit."""
    if bool(args.words) == (args.batch is not None):
        what = "话和 --batch 只写一样" if args.words else "缺少要找的话"
        raise UsageError(f"用法不对：{what}\n看说明：banzheng find --help")
    outlines = read_outlines(library_folders(args.library))
    if args.batch is not None:
        return run_batch(args.batch, lambda line: _found(outlines, line, args.limit))
    words = " ".join(args.words)
    if args.json:
        print(as_line(_found(outlines, words, args.limit)))
    else:
        say(*_lines(search(outlines, words, args.limit)))
    return 0


def _found(outlines: tuple[Outline, ...], words: str, limit: int) -> list[dict[str, Any]]:
    return [_as_json(hit) for hit in search(outlines, words, limit)]


def _as_json(hit: Hit) -> dict[str, Any]:
    return {
        "procedure": hit.outline.id,
        "name": hit.outline.name,
        "score": hit.score,
        "because": _because(hit),
        "facts": {},
    }


def _because(hit: Hit) -> str:
    """What the words and the procedure have in common, in a sentence."""
    if len(hit.spans) == 1 and hit.spans[0] == (0, len(hit.matched)):
        return f"说的就是「{hit.matched}」"
    shared = "".join(f"「{hit.matched[start:end]}」" for start, end in hit.spans)
    return f"和「{hit.matched}」都有{shared}"


def _lines(hits: list[Hit]) -> list[str]:
    if not hits:
        return ["没有找到合适的事项。换个说法试试，或者转人工。"]
    return [
        f"{number} {hit.outline.name}，编号 {hit.outline.id}，{_because(hit)}"
        for number, hit in enumerate(hits, 1)
    ]
