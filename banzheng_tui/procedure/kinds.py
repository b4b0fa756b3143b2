"""Of what kind a value is: a number, a day, options or yes and no. Unlike kinds do not compare."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from banzheng_tui.procedure.condition import TODAY
from banzheng_tui.procedure.entries import Named, rows
from banzheng_tui.procedure.model import Derived, Question

NUMBER, DAY, OPTION, OPTIONS, YESNO, TEXT = "数", "日期", "选项", "多选", "是不是", "文字"

_OF_QUESTIONS = {
    "choice": OPTION,
    "choices": OPTIONS,
    "yesno": YESNO,
    "number": NUMBER,
    "money": NUMBER,
    "date": DAY,
}
_OF_LOCALS = {"money": NUMBER, "number": NUMBER, "rate": NUMBER, "yesno": YESNO, "text": TEXT}


def kinds_of(name: str, known: Mapping[str, Named]) -> frozenset[str]:
    """The kinds that the value of a name can have; none where the name does not exist."""
    if name == TODAY:
        return frozenset({DAY})
    return frozenset(_kinds(name, known, set()))


def _kinds(name: str, known: Mapping[str, Named], seen: set[str]) -> set[str]:
    base, _, key = name.partition(".")
    item = known.get(base)
    if item is None or name in seen:
        return set()
    if isinstance(item, Question):
        return {_OF_QUESTIONS[item.kind]}
    if not isinstance(item, Derived):
        return {_OF_LOCALS[item.kind]}
    if not item.cases:
        return {NUMBER}
    found: set[str] = set()
    for row in rows(item):
        if (key or "value") in row:
            found |= _of_cell(row[key or "value"], known, {*seen, name})
    return found


def _of_cell(value: Any, known: Mapping[str, Named], seen: set[str]) -> set[str]:
    if isinstance(value, str):
        return _kinds(value, known, seen) if value.split(".")[0] in known else {OPTION}
    return {kind_of_value(value)}


def kind_of_value(value: object) -> str:
    """The kind of a written value."""
    if isinstance(value, bool):
        return YESNO
    if isinstance(value, Decimal):
        return NUMBER
    return DAY if isinstance(value, date) else OPTION


def resolves(name: str, known: Mapping[str, Named]) -> bool:
    """Whether a name, or one of the named values of a table, exists."""
    base, _, key = name.partition(".")
    item = known.get(base)
    if not isinstance(item, Derived) or not item.cases:
        return item is not None and not key
    return any((key or "value") in row for row in rows(item))
