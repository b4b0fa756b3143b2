"""Mistakes in definition files, told to their authors: where, what, and how to mend it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeAlias

from pydantic import ValidationError

from banzheng_tui.procedure.fields import Table
from banzheng_tui.procedure.source_lines import Path, SourceLines

_TAGS = {"own", "shared"}
"""What pydantic adds to the path of a question, and no author wrote."""


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
    found = error.errors(include_url=False)
    missing = {item["loc"] for item in found if item["type"] == "missing"}
    meant = {
        (*item["loc"][:-1], _nearest_key(str(item["loc"][-1])))
        for item in found
        if item["type"] == "extra_forbidden"
    }
    told = [item for item in found if item["loc"] not in missing & meant]  # said as a wrong word
    return [_problem(item, file, data, lines) for item in told]


def author_path(location: Path) -> Path:
    """A path of pydantic's as the author wrote it."""
    tagged = location[:1] == ("question",) and location[2:3] and location[2] in _TAGS
    path = (*location[:2], *location[3:]) if tagged else location
    return path[:-1] if path[-1:] == ("[key]",) else path


def _problem(item: Any, file: str, data: Data, lines: SourceLines) -> Problem:
    path = author_path(item["loc"])
    what, mend = _explain(item["type"], item)
    return Problem(file, lines.find(path), field_path(path, data), what, mend)


def _explain(kind: str, item: Any) -> tuple[str, str]:
    key = str(item["loc"][-1]) if item["loc"] else ""
    context = item.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return f"没有「{key}」这个键", _meant(key)
        case "missing":
            return f"缺少「{key}」", f"补上一行 {key} = ..."
        case "literal_error":
            words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            given = str(item["input"])
            close = get_close_matches(given, words, 1, 0.6)
            mend = f"是不是想写「{close[0]}」" if close else "写 " + "、".join(map(_glossed, words))
            return f"这里不能写「{given}」", mend
        case "too_short":
            return "至少要写一项", f"在方括号里补上一项；用不着的去掉整个 {key}"
        case "too_long" | "too_many":
            most = context.get("max_length")
            return "写得太多了", f"最多 {most} 项，去掉多的"
        case "value_error":
            error = context.get("error")
            return str(error or item["msg"]), getattr(error, "mend", "对照说明改一改")
        case "tuple_type" | "list_type":
            return "这里要写成列表", '放在方括号里，如 ["a", "b"]'
        case "dict_type" | "model_type" | "model_attributes_type":
            return "这里要写成一段或一个花括号", f"写成 {key} = {{ ... }}，或者 [[{key}]] 一段"
        case "bool_type" | "bool_parsing":
            return "这里只能写 true 或 false", "true 是，false 不是；不加引号"
        case "int_type" | "int_parsing" | "int_from_float" | "finite_number":
            return "这里要写整数", "如 1，不加引号，没有小数点"
        case "greater_than_equal":
            return "这个数太小了", f"最小写 {context.get('ge')}"
    return f"写法不对（{item['msg']}）", "对照 procedures/README.md 里这个键的写法"


def _meant(key: str) -> str:
    """The key that was probably meant."""
    close = _nearest_key(key)
    return f"是不是想写「{close}」" if close else "去掉这一行；有哪些键见 procedures/README.md"


def _nearest_key(key: str) -> str:
    return next(iter(get_close_matches(key, _known_keys(), 1, 0.6)), "")


@cache
def _known_keys() -> tuple[str, ...]:
    """Every key of the format."""
    tables = [Table]
    for table in tables:  # grows on the way
        tables += table.__subclasses__()
    fields = (item for table in tables for item in table.model_fields.items())
    return tuple(dict.fromkeys(info.alias or name for name, info in fields))


_MEANS = {
    "choice": "单选", "choices": "多选", "yesno": "是不是", "number": "数", "money": "钱",
    "date": "日期", "rate": "比率", "text": "文字", "verified": "核到原文",
    "window": "窗口", "local": "因地而异", "office": "到部门办", "own": "自己做",
    "online": "网上", "mobile": "手机", "terminal": "自助机", "mail": "邮寄",
    "required": "必要", "deferrable": "可后补", "optional": "可选",
    "irreversible": "不可撤回", "deadline": "期限", "common-mistake": "常见错误", "note": "提示",
    "refuse": "办不了", "redirect": "转办", "human": "请专人", "result": "结果",
    "anxious": "着急", "angry": "生气", "sad": "难过", "hesitant": "犹豫",
}  # fmt: skip


def _glossed(word: str) -> str:
    """``choice（单选）``."""
    return f"{word}（{_MEANS[word]}）" if word in _MEANS else word


def summary(problems: Iterable[Problem]) -> str:
    """The problems as lines of text."""
    return "\n".join(str(problem) for problem in problems)
