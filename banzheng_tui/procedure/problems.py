"""Mistakes in definition files, told to their authors: where, what, and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ValidationError

from banzheng_tui.procedure.source_lines import Path, SourceLines

_TAGS = {"own", "shared"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. ``where`` is the path of the field as an author would say it."""

    file: str
    line: int | None
    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.where}" if self.where else ""
        return f"{place}{field}：{self.what}。{self.mend}。"


Data: TypeAlias = Mapping[str, Any]


def field_path(path: Path, data: Data) -> str:
    """``question「follow」.option「mother」.label``: numbers replaced by ids where there are any."""
    shown = ""
    here: Any = data
    for part in path:
        if isinstance(part, int):
            here = here[part] if isinstance(here, list) and part < len(here) else None
            name = here.get("id") or here.get("use") if isinstance(here, dict) else None
            shown += f"「{name}」" if isinstance(name, str) else f"[{part + 1}]"
        else:
            here = here.get(part) if isinstance(here, Mapping) else None
            shown += f".{part}" if shown else str(part)
    return shown


def from_validation(
    error: ValidationError, file: str, data: Data, lines: SourceLines
) -> list[Problem]:
    """Every mistake that pydantic found in one file."""
    return [_problem(item, file, data, lines) for item in error.errors(include_url=False)]


def _problem(item: Any, file: str, data: Data, lines: SourceLines) -> Problem:
    path: Path = tuple(part for part in item["loc"] if part not in _TAGS)
    what, mend = _explain(item["type"], item)
    return Problem(file, lines.find(path), field_path(path, data), what, mend)


def _explain(kind: str, item: Any) -> tuple[str, str]:
    key = str(item["loc"][-1]) if item["loc"] else ""
    context = item.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return f"没有「{key}」这个键", "多半是写错了字，对照 procedures/README.md 的键表"
        case "missing":
            return f"缺少「{key}」", f"补上 {key}"
        case "literal_error":
            expected = str(context.get("expected", "")).replace("' or '", "', '")
            return f"「{item['input']}」不在可选的词里", f"只能写 {expected}"
        case "too_short":
            return "至少要写一项", "补上一项"
        case "value_error":
            return str(context.get("error", item["msg"])), "改成这样的写法"
        case "tuple_type" | "list_type":
            return "这里要写成列表", "用方括号，如 [\"a\", \"b\"]"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "这里要写成表", "用花括号，如 { id = \"...\" }，或者写成 [[...]] 一段"
        case "bool_type" | "bool_parsing":
            return "这里要写 true 或 false", "不加引号"
        case "int_type" | "int_parsing" | "int_from_float":
            return "这里要写整数", "不加引号"
        case "greater_than_equal":
            return "数太小了", f"至少写 {context.get('ge')}"
        case "too_long":
            return "写得太多了", f"最多 {context.get('max_length')} 项"
    return f"写法不对（{item['msg']}）", "对照 procedures/README.md 改"


def summary(problems: Iterable[Problem]) -> str:
    """The problems as lines of text."""
    return "\n".join(str(problem) for problem in problems)
