"""From what was typed or sent to an answer of the right kind, or a sentence that says what is
expected."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from banzheng_tui.guide.reading import YUAN, UnreadError, counts, plain, read_day, read_number
from banzheng_tui.guide.rules import bound_value
from banzheng_tui.guide.situation import Answer
from banzheng_tui.procedure.model import Question

_YES = {"yes", "true", "y", "是", "有", "对", "1"}
_NO = {"no", "false", "n", "不是", "否", "没有", "不", "2"}
LARGEST = Decimal(10) ** 12
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""What no caller means lies outside, unless the author's own bounds reach further."""
_FEN, _MILLIONTH = Decimal("0.01"), Decimal("0.000001")
_A_NUMBER, _AN_AMOUNT = Decimal(12), Decimal(800000)
_SHOWN = 20
"""Of a text that is no option so much is repeated."""


class AnswerError(ValueError):
    """What was given cannot answer the question; the message says what would."""


def parse_text(question: Question, text: str, on: date) -> Answer:
    """The answer that a typed text gives; AnswerError with a sentence when it gives none."""
    words = plain(text)
    match question.kind:
        case "yesno":
            return _yesno(question, words, on)
        case "choice":
            return _option(question, words, on)
        case "choices":
            parts = [part for part in re.split(r"[,、;\s]+", words) if part]
            return _options(question, parts, on)
    try:
        if question.kind == "date":
            return _day(question, read_day(words), on)
        return _number(question, read_number(words, _unit(question)), on)
    except UnreadError as wrong:
        raise AnswerError(_mended(str(wrong), question, on)) from None


def parse_json(question: Question, value: Any, on: date) -> Answer:
    """The answer that a JSON value gives; AnswerError with a sentence when it gives none."""
    match question.kind, value:
        case "yesno", bool():
            return value
        case "choices", list() if all(isinstance(item, str) for item in value):
            return _options(question, value, on)
        case "date", date() if not isinstance(value, datetime):
            return _day(question, value, on)
        case "number" | "money", int() | float() | Decimal() if not isinstance(value, bool):
            number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
            return _number(question, number, on)
        case _, str():
            return parse_text(question, value, on)
    raise AnswerError(_expected(question, on))


def _yesno(question: Question, text: str, on: date) -> bool:
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise AnswerError(_expected(question, on))


def _option(question: Question, text: str, on: date) -> str:
    if text in (option.id for option in question.options):
        return text
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    raise AnswerError(f"没有「{shown}」这个选项。{_expected(question, on)}")


def _options(question: Question, texts: list[str], on: date) -> frozenset[str]:
    if not texts:
        raise AnswerError(f"至少选一项。{_expected(question, on)}")
    chosen = frozenset(_option(question, text, on) for text in texts)
    alone = [o.label for o in question.options if o.exclusive and o.id in chosen]
    if alone and len(chosen) > 1:
        raise AnswerError(f"选了「{alone[0]}」就不能再选别的")
    return chosen


def _day(question: Question, day: date, on: date) -> date:
    low, high = _bounds(question, on)
    if low <= day <= high:
        return day
    if day < low and question.min is None:
        raise AnswerError(_mended("这个年份太早了，看看是不是写错了", question, on))
    if day > high and question.max is None:
        raise AnswerError(_mended("这个年份太晚了，看看是不是写错了", question, on))
    limit, side = (f"不能早于 {low}", "更晚") if day < low else (f"不能晚于 {high}", "更早")
    if question.min is not None and question.max is not None:
        raise AnswerError(f"{limit}，要写 {low} 到 {high} 的日期")
    raise AnswerError(f"{limit}，要写这一天或{side}的日期")


def _number(question: Question, number: Decimal, on: date) -> Decimal:
    """The number in its shortest form, if it lies within bounds and is as fine as it may be."""
    if not number.is_finite():
        raise AnswerError(_expected(question, on))
    low, high = _bounds(question, on)
    unit = _spaced_unit(question)
    if low is not None and number < low:
        raise AnswerError(f"不能小于 {low:f}{unit}，{_between(question, on)}")
    if high is not None and number > high:
        raise AnswerError(f"不能大于 {high:f}{unit}，{_between(question, on)}")
    if not -LARGEST < number < LARGEST:
        raise AnswerError(_mended("这个数太大了，看看是不是多打了几个 0", question, on))
    return _fine(question, number, on)


def _fine(question: Question, number: Decimal, on: date) -> Decimal:
    whole = number.to_integral_value()
    if number == whole:
        return whole.quantize(Decimal(1)) + 0  # without an exponent, and never -0
    if question.kind == "number" and counts(question.unit):
        raise AnswerError(_mended("要写整数", question, on))
    if question.kind == "money" and number != number.quantize(_FEN):
        raise AnswerError(_mended("钱最多写到分，小数点后最多两位", question, on))
    if number != number.quantize(_MILLIONTH):
        raise AnswerError(_mended("小数点后最多写六位", question, on))
    return number.normalize()


def _unit(question: Question) -> str | None:
    return YUAN if question.kind == "money" else question.unit


def _spaced_unit(question: Question) -> str:
    unit = _unit(question)
    return f" {unit}" if unit else ""


def _bounds(question: Question, on: date) -> tuple[Any, Any]:
    """The least and the greatest answer, the author's or what sense sets."""
    low, high = bound_value(question.min, on), bound_value(question.max, on)
    if question.kind == "date":
        return low or min(_FIRST_DAY, high or _FIRST_DAY), high or max(_LAST_DAY, low or _LAST_DAY)
    return Decimal(0) if low is None and question.kind == "money" else low, high


def _between(question: Question, on: date) -> str:
    """Which numbers lie within bounds, with an example."""
    low, high = _bounds(question, on)
    if low is None or high is None:
        bound = f"{high:f} 或更小" if low is None else f"{low:f} 或更大"
    else:
        bound = f"{low:f} 到 {high:f} "
    what = "金额" if question.kind == "money" else "数"
    return f"要写 {bound}的{what}，如 {_examples(question, on)[-1]}"


def _examples(question: Question, on: date) -> list[str]:
    """Answers that would do, each in another way of writing."""
    low, high = _bounds(question, on)
    if question.kind == "date":
        return [str(min(max(on, low), high))]
    number = _AN_AMOUNT if question.kind == "money" else _A_NUMBER
    number = number if low is None else max(number, low)
    number = number if high is None else min(number, high)
    if number < 10000 or number % 1000 or question.kind != "money":
        return [f"{number:f}"]
    return [f"{number:f}", f"{(number / 10000).normalize():f}万"]


def _mended(wrong: str, question: Question, on: date) -> str:
    """What is wrong with a text and what would do instead."""
    if not wrong:
        return _expected(question, on)
    return f"{wrong}，如 {' 或 '.join(_examples(question, on))}"


def _expected(question: Question, on: date) -> str:
    match question.kind:
        case "yesno":
            return "请答 yes 或 no"
        case "choice":
            return "可以选：" + "、".join(f"{o.id}（{o.label}）" for o in question.options)
        case "choices":
            shown = "、".join(f"{o.id}（{o.label}）" for o in question.options)
            return f"可以选几项，用逗号隔开：{shown}"
        case "date":
            return _mended("要写日期，年-月-日", question, on)
    what = "要写金额" if question.kind == "money" else "要写数"
    return _mended(f"{what}{_range(question)}", question, on)


def _range(question: Question) -> str:
    """The bounds that the author sets, with the unit; the unit alone where he sets none."""
    low, high, unit = question.min, question.max, _spaced_unit(question)
    if low is not None and high is not None:
        return f"，{low:f} 到 {high:f}{unit}"
    if low is not None and low != 0:
        return f"，至少 {low:f}{unit}"
    if high is not None:
        return f"，最多 {high:f}{unit}"
    return f"，单位{unit.strip()}" if unit else ""
