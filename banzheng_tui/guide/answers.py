"""From what was typed or sent to an answer of the right kind, or a sentence that says what is
expected."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from banzheng_tui.guide.rules import bound_value
from banzheng_tui.guide.situation import Answer
from banzheng_tui.procedure.model import Question

_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20, 0x3002: 0x2E}
_NUMBER = re.compile(
    r"([+-]?\d+(?:\.\d+)?)\s*(万)?\s*(?:元|块|平方米|平米|㎡|人|名|个|套|年|岁)?\Z"
)
_DATE = re.compile(r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?\Z")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_YES = {"yes", "true", "y", "是", "有", "对", "1"}
_NO = {"no", "false", "n", "不是", "否", "没有", "不", "2"}
LARGEST = Decimal(10) ** 12


class AnswerError(ValueError):
    """What was given cannot answer the question; the message says what would."""


def parse_text(question: Question, text: str, on: date) -> Answer:
    """The answer that a typed text gives; AnswerError with a sentence when it gives none."""
    plain = text.translate(_WIDE).strip()
    match question.kind:
        case "yesno":
            return _yesno(question, plain)
        case "choice":
            return _option(question, plain)
        case "choices":
            return _options(question, re.split(r"[,、;\s]+", plain) if plain else [])
        case "date":
            return _in_bounds(question, _date(question, plain), on)
    return _in_bounds(question, _number(question, plain), on)


def parse_json(question: Question, value: Any, on: date) -> Answer:
    """The answer that a JSON value gives; AnswerError with a sentence when it gives none."""
    if isinstance(value, bool):
        if question.kind != "yesno":
            raise AnswerError(_expected(question))
        return value
    if isinstance(value, list):
        if question.kind != "choices" or not all(isinstance(item, str) for item in value):
            raise AnswerError(_expected(question))
        return _options(question, value)
    if isinstance(value, date):
        return _in_bounds(question, value, on) if question.kind == "date" else _refuse(question)
    if isinstance(value, int | float | Decimal):
        if question.kind not in ("number", "money"):
            raise AnswerError(_expected(question))
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return _in_bounds(question, _sensible(question, number), on)
    if isinstance(value, str):
        return parse_text(question, value, on)
    return _refuse(question)


def _refuse(question: Question) -> Answer:
    raise AnswerError(_expected(question))


def _yesno(question: Question, text: str) -> bool:
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise AnswerError(_expected(question))


def _option(question: Question, text: str) -> str:
    if text in (option.id for option in question.options):
        return text
    raise AnswerError(f"没有「{text}」这个选项。{_expected(question)}")


def _options(question: Question, texts: list[str]) -> frozenset[str]:
    if not texts:
        raise AnswerError(f"至少选一项。{_expected(question)}")
    chosen = frozenset(_option(question, text) for text in texts)
    alone = [o.label for o in question.options if o.exclusive and o.id in chosen]
    if alone and len(chosen) > 1:
        raise AnswerError(f"选了「{alone[0]}」就不能再选别的")
    return chosen


def _number(question: Question, text: str) -> Decimal:
    found = _NUMBER.match(text.replace(",", "").replace("，", ""))
    if not found:
        raise AnswerError(_expected(question))
    return _sensible(question, Decimal(found[1]) * (10000 if found[2] else 1))


def _sensible(question: Question, number: Decimal) -> Decimal:
    if not number.is_finite():
        raise AnswerError(_expected(question))
    if abs(number) >= LARGEST:
        raise AnswerError("这个数太大了，看看是不是多打了几个 0")
    return number


def _date(question: Question, text: str) -> date:
    found = _DATE.match(text) or _DIGITS.match(text)
    if not found:
        raise AnswerError(_expected(question))
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise AnswerError(f"{year} 年 {month} 月没有 {day} 日，看看是不是写错了") from None


def _in_bounds(question: Question, value: Any, on: date) -> Answer:
    low, high = bound_value(question.min, on), bound_value(question.max, on)
    if low is None and question.kind == "money":
        low = Decimal(0)
    unit = "元" if question.kind == "money" else question.unit or ""
    if low is not None and value < low:
        raise AnswerError(f"不能{_less(question)} {_shown(low)}{unit}")
    if high is not None and value > high:
        raise AnswerError(f"不能{_more(question)} {_shown(high)}{unit}")
    return value  # type: ignore[no-any-return]


def _less(question: Question) -> str:
    return "早于" if question.kind == "date" else "小于"


def _more(question: Question) -> str:
    return "晚于" if question.kind == "date" else "大于"


def _shown(bound: Any) -> str:
    return str(bound) if isinstance(bound, date) else f"{bound:f}"


def _expected(question: Question) -> str:
    match question.kind:
        case "yesno":
            return "请答 yes 或 no"
        case "choice":
            return "可以选：" + "、".join(f"{o.id}（{o.label}）" for o in question.options)
        case "choices":
            shown = "、".join(f"{o.id}（{o.label}）" for o in question.options)
            return f"可以选几项，用逗号隔开：{shown}"
        case "date":
            return "要写日期，年-月-日，如 2026-11-23"
        case "money":
            return "要写金额，单位元，如 800000 或 80万"
    return f"要写数{f'，单位{question.unit}' if question.unit else ''}，如 12"
