"""A question as plain lines, and what a typed line answers to it."""

import re
from collections.abc import Iterator
from datetime import date

from banzheng_tui.guide.answers import AnswerError, parse_text
from banzheng_tui.guide.situation import Answer
from banzheng_tui.guide.wording import UNSURE
from banzheng_tui.procedure.model import Question

_UNSURE_WORDS = {"u", UNSURE, "不清楚", "不知道", "不确定", "说不清"}
_BETWEEN = re.compile(r"[,、;\s]+")
_EXPECTED = {
    "number": "请打数{unit}。",
    "money": "请打金额，单位元，如 800000 或 80万。",
    "date": "请打日期，年-月-日，如 2026-11-23。",
    "choices": "可以选几项，数字用逗号隔开，如 1,3。",
}


def question_lines(question: Question, remaining: int | None) -> Iterator[str]:
    """The question, what can be answered, and how; ``remaining`` None while changing an answer."""
    left = "" if remaining is None else f"（最多还有 {remaining} 问）"
    yield f"问：{question.ask}{left}"
    for number, (_, label, note) in enumerate(_options(question), 1):
        yield f"{number} {label}{f'。{note}' if note else ''}"
    if question.unsure:
        yield f"0 {UNSURE}" if _picks(question) else f"{UNSURE}就打 u。"
    if expected := _EXPECTED.get(question.kind):
        yield expected.format(unit=f"，单位{question.unit}" if question.unit else "")


def why_lines(question: Question) -> Iterator[str]:
    """Why it is asked, and what helps to answer."""
    yield (
        f"为什么问：{question.why}" if question.why else "为什么问：答案不同，要办的事或材料不同。"
    )
    if question.hint:
        yield f"提示：{question.hint}"
    if question.unsure:
        yield f"不清楚时：{question.unsure}"


def typed_answer(question: Question, text: str, on: date) -> Answer | None:
    """The answer that a line gives, None for 还不清楚; AnswerError when it gives neither."""
    if text.lower() in _UNSURE_WORDS or (text == "0" and _picks(question)):
        if question.unsure is None:
            raise AnswerError("这一题要答清楚才能往下走；打 p 看现在的方案，打 q 离开")
        return None
    if question.kind == "choices":
        picked = [_picked(question, part) for part in _BETWEEN.split(text) if part]
        return parse_text(question, ",".join(picked), on)
    if question.kind == "choice":
        return parse_text(question, _picked(question, text), on)
    try:
        return parse_text(question, text, on)
    except AnswerError:
        if question.kind == "yesno":
            raise AnswerError(_which(question)) from None
        raise


def _picks(question: Question) -> bool:
    return question.kind in ("choice", "choices", "yesno")


def _options(question: Question) -> list[tuple[str, str, str | None]]:
    """Id, label and note of everything that has a number."""
    if question.kind == "yesno":
        return [("yes", "是", None), ("no", "不是", None)]
    return [(option.id, option.label, option.note) for option in question.options]


def _picked(question: Question, text: str) -> str:
    """The option of that number, label or id."""
    options = _options(question)
    if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= len(options):
        return options[int(text) - 1][0]
    for option, label, _ in options:
        if text in (option, label):
            return option
    raise AnswerError(_which(question))


def _which(question: Question) -> str:
    least = 0 if question.unsure else 1
    return f"没有这一项，请打 {least} 到 {len(_options(question))} 的数字"
