"""What several commands share: their options, the library they read, batches of lines."""

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from banzheng_tui.config import read_config
from banzheng_tui.errors import InputError
from banzheng_tui.paths import bundled

if TYPE_CHECKING:
    from banzheng_tui.guide.rules import Rules
    from banzheng_tui.procedure.library import Library

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
MOST_KEPT = 200
"""So many procedures on so many days are kept ready."""


def add_library(parser: ArgumentParser) -> None:
    """``--library DIR``, repeatable."""
    parser.add_argument(
        "--library",
        metavar="文件夹",
        action="append",
        default=[],
        help="另外读这个文件夹里的事项，叠在自带的上面；编号相同的，\n后写的算数；可以写几次",
    )


def add_on(parser: ArgumentParser) -> None:
    """``--on DATE``."""
    parser.add_argument(
        "--on", metavar="日期", help="按哪一天的规定算，如 2026-11-23；不写就是今天"
    )


def add_json(parser: ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="输出 JSON，给别的程序用")


def add_batch(parser: ArgumentParser, each: str) -> None:
    """``--batch FILE``."""
    parser.add_argument("--batch", metavar="文件", help=each)


def day(text: str | None, field: str) -> date:
    """The day that a text names, today without one."""
    if text is None:
        return date.today()
    found = _DAY.match(text)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise InputError(f"「{text}」不是日期", field, "写成 年-月-日，如 2026-11-23")


def region_code(text: str | None, field: str) -> str | None:
    """A region code of GB/T 2260 as it is, two digits each for province, city and district."""
    if text is None or re.fullmatch(r"(?:[0-9]{2}){1,3}", text):
        return text
    raise InputError(f"「{text}」不是行政区划代码", field, "写 2、4 或 6 位数字，如 4403")


def folder(text: str, field: str) -> Path:
    """A folder that is there."""
    path = Path(text)
    if not text or "\0" in text or not path.is_dir():
        raise InputError(f"没有文件夹「{text}」", field, "检查路径，要写装着事项库的文件夹")
    return path.resolve()


def library_folders(given: Iterable[str]) -> tuple[Path, ...]:
    """The bundled library, those of the settings and those given, the last on top."""
    own = [folder(text, "--library") for text in given]
    return (bundled(), *read_config().library, *own)


def near(word: str, known: Iterable[str]) -> str:
    """「，是不是 a、b？」 or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415  (only for mistakes)

    found = get_close_matches(word, list(known), 3)
    return f"是不是 {'、'.join(found)}？" if found else ""


_OPTIONS = {"answers": "-a", "done": "--done", "have": "--have", "procedure": "事项"}


@contextmanager
def naming_options() -> Iterator[None]:
    """Mistakes name the option of the command line instead of the field of a request."""
    try:
        yield
    except InputError as error:
        name, _, fact = error.field.partition(".")
        option = f"{_OPTIONS.get(name, name)} {fact}".strip()
        raise InputError(error.message, option, error.hint) from None


class Definitions:
    """The procedures and packages of some folders, each read when it is asked for."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[str, Library] = {}
        self._rules: dict[tuple[str, date], Rules] = {}

    def rules(self, procedure_id: str, on: date) -> "Rules":
        """The rules of a procedure on a day; InputError when it is unknown or broken."""
        key = (procedure_id, on)
        if key not in self._rules:
            from banzheng_tui.guide.rules import RuleBook  # noqa: PLC0415

            library = self._library(procedure_id)
            if len(self._rules) >= MOST_KEPT:  # a batch may name every day of a century
                self._rules.clear()
            self._rules[key] = RuleBook(library).rules(procedure_id, on)
        return self._rules[key]

    def _library(self, procedure_id: str) -> "Library":
        """The library with a procedure and all that may come along with it."""
        if procedure_id not in self._read:
            from banzheng_tui.guide.chain.bringing import may_bring  # noqa: PLC0415
            from banzheng_tui.procedure.library import joined, load_library  # noqa: PLC0415

            catalog = next((library.catalog for library in self._read.values()), None)
            library = load_library(self._folders, only=[procedure_id], catalog=catalog)
            if package := library.packages.get(procedure_id):
                wanted = package.procedures
                members = load_library(self._folders, only=wanted, catalog=library.catalog)
                library = joined(library, members)
            while more := may_bring(library):
                others = load_library(self._folders, only=more, catalog=library.catalog)
                library = joined(library, others)
            known = {*library.themes, *library.packages, *library.unavailable}
            if procedure_id not in known:
                raise unknown_procedure(procedure_id, known, self._folders)
            if not library.can_open(procedure_id):
                raise _broken(procedure_id, library)
            self._read[procedure_id] = library
        return self._read[procedure_id]


def unknown_procedure(given: str, known: Iterable[str], folders: tuple[Path, ...]) -> InputError:
    """There is no such procedure; but perhaps one of a like id, or one that is called so."""
    from banzheng_tui.find.search import search  # noqa: PLC0415
    from banzheng_tui.procedure.outline import read_outlines  # noqa: PLC0415

    meant = near(given, known)
    if not meant:
        hits = search(read_outlines(folders), given, 3)
        names = "、".join(f"{hit.outline.id}（{hit.outline.name}）" for hit in hits)
        meant = f"是不是 {names}？" if names else ""
    hint = meant + "用 banzheng find 查事项的编号"
    return InputError(f"没有事项「{given}」", "procedure", hint)


def _broken(procedure_id: str, library: "Library") -> InputError:
    told = "\n".join(str(problem) for problem in library.problems)
    return InputError(
        f"事项「{procedure_id}」的定义有错，现在不能用：\n{told}",
        "procedure",
        "照上面改好文件；用 banzheng check 看全部的错",
    )


def as_line(data: object) -> str:
    """JSON on one line."""
    return json.dumps(data, ensure_ascii=False)


def run_batch(source: str, answer: Callable[[str], Any]) -> int:
    """Answer line by line, each before the next is read; a mistake is a line of its own.

    ``answer`` gives what is written as JSON, or None for a line that needs no answer.
    """
    with _opened(source) as stream:
        for number, raw in enumerate(iter(stream.readline, b""), 1):
            reply = _reply(raw, number, answer)
            if reply is not None:
                sys.stdout.write(as_line(reply) + "\n")
                sys.stdout.flush()
    return 0


def _reply(raw: bytes, number: int, answer: Callable[[str], Any]) -> Any:
    try:
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        what = f"第 {number} 行不是 UTF-8 编码（第 {error.start + 1} 个字节）"
        return _error_line(InputError(what, "", "把这一行改成 UTF-8"), number)
    try:
        return answer(line)
    except InputError as error:
        return _error_line(error, number)
    except Exception as error:  # whatever it is, the lines behind it still want their answers
        what = f"程序自己出了错（{type(error).__name__}: {error}）"
        return _error_line(InputError(what, "", "请把这一行发给维护的人"), number)


def _error_line(error: InputError, number: int) -> dict[str, Any]:
    return {"error": {**error.as_json(), "line": number}}


def _opened(source: str) -> AbstractContextManager[IO[bytes]]:
    if source == "-" and sys.stdin is not None:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(
            f"文件「{source}」打不开（{reason}）", "--batch", "检查路径；写 - 就从标准输入读"
        ) from None


def pairs_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys may each stand there once."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(f"键「{key}」写了两次", key, "只留一个")
        found[key] = value
    return found
