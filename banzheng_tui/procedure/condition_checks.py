"""Whether conditions, amounts and bounds name what exists, and values that fit it."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from banzheng_tui.procedure.condition import (
    TODAY,
    Chosen,
    Condition,
    InSet,
    Ref,
    Test,
    Within,
    tests,
)
from banzheng_tui.procedure.entries import Finding, Named, entries, known_names, nearest, rows
from banzheng_tui.procedure.kinds import (
    DAY,
    NUMBER,
    OPTIONS,
    kind_of_value,
    kinds_of,
    resolves,
)
from banzheng_tui.procedure.model import (
    ARITHMETIC,
    SPANS,
    Deadline,
    Derived,
    DocumentUse,
    Fee,
    Local,
    Procedure,
    Question,
)
from banzheng_tui.procedure.source_lines import Path

ORDERED = {NUMBER, DAY}


def conditions(procedure: Procedure) -> Iterator[tuple[Path, Condition]]:
    """Every condition of a procedure with its place."""
    for key, index, item in entries(procedure):
        if hasattr(item, "when"):
            yield (key, index, "when"), item.when
        if isinstance(item, Derived):
            for row, case in enumerate(item.cases):
                yield (key, index, "case", row, "when"), case.when


def check_conditions(procedure: Procedure) -> Iterator[Finding]:
    """Names, values and bounds in every ``when``."""
    known = known_names(procedure)
    sets = {item.id: item.values for item in procedure.sets}
    for path, condition in conditions(procedure):
        for test in tests(condition):
            if test.name == TODAY or resolves(test.name, known):
                for what, mend in _misfits(test, known, sets):
                    yield Finding(path, what, mend)
            else:
                yield _unknown(path, test.name, known)


def _unknown(path: Path, name: str, known: Mapping[str, Named]) -> Finding:
    base = name.partition(".")[0]
    item = known.get(base)
    keys = [key for row in rows(item) for key in row] if isinstance(item, Derived) else []
    if keys:
        found = "、".join(dict.fromkeys(f"{base}.{key}" for key in keys))
        return Finding(path, f"「{name}」没有这个值", f"这张对照表给的是 {found}")
    return Finding(path, f"没有叫「{name}」的问题或值", nearest(name, [*known, TODAY]))


def _misfits(
    test: Test, known: Mapping[str, Named], sets: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the values of a test, and how to mend it."""
    kinds = kinds_of(test.name, known)
    item = known.get(test.name)
    if isinstance(test, Within):
        yield from _bound_misfits(test, kinds, known)
    elif isinstance(test, InSet):
        if test.set_id not in sets:
            yield (
                f"没有叫「{test.set_id}」的一组值",
                nearest(test.set_id, sets) + "，或者用 [[set]] 定义",
            )
        elif isinstance(item, Question) and item.options:
            yield from _not_options(sets[test.set_id], item, f"[[set]]「{test.set_id}」里的")
    elif isinstance(test, Chosen) and kinds != {OPTIONS}:
        yield f"「{test.name}」不是多选，不能写 only、exactly", "写选项编号，或编号的列表"
    elif isinstance(item, Question) and item.options:
        yield from _not_options(test.values, item, "")
    elif isinstance(item, Question | Local):
        for value in test.values:
            if kind_of_value(value) not in kinds:
                shown = str(value).lower() if isinstance(value, bool) else value
                yield f"「{test.name}」不会是「{shown}」", _HOW.get(item.kind, "写这一题的值")


_HOW = {
    "yesno": "是不是题只写 true 或 false，不加引号",
    "number": "写数，不加引号",
    "rate": '写比率，如 "1.5%"',
    "money": '写钱，如 "80 元"',
    "date": "写日期，如 2026-11-23，不加引号",
}


def _not_options(
    values: tuple[object, ...], question: Question, place: str
) -> Iterator[tuple[str, str]]:
    ids = [option.id for option in question.options]
    for value in values:
        if value not in ids:
            shown = str(value).lower() if isinstance(value, bool) else value
            mend = nearest(str(value), ids)
            yield f"{place}「{shown}」不是「{question.id}」的选项", mend


def _bound_misfits(
    test: Within, kinds: frozenset[str], known: Mapping[str, Named]
) -> Iterator[tuple[str, str]]:
    if not kinds <= ORDERED:
        yield f"「{test.name}」不是数、钱或日期，不能比大小", "写选项编号，或者 true、false"
        return
    for _, bound in test.bounds:
        if isinstance(bound, Ref):
            if bound.name != TODAY and not resolves(bound.name, known):
                yield f"没有叫「{bound.name}」的问题或值", nearest(bound.name, [*known, TODAY])
                continue
            others = kinds_of(bound.name, known)
        else:
            others = frozenset({kind_of_value(bound)})
        if not others <= kinds:
            yield f"「{test.name}」和上下限不是一类", "日期和日期比，数和数比"


def check_amounts(procedure: Procedure) -> Iterator[Finding]:
    """Names in fees, derived values and counts."""
    known = known_names(procedure)
    for key, index, item in entries(procedure):
        for field, name, kind in _amount_names(item):
            path: Path = (key, index, field)
            if name != TODAY and not resolves(name, known):
                yield _unknown(path, name, known)
            elif not kinds_of(name, known) <= {kind}:
                yield Finding(path, f"「{name}」不是{kind}，不能拿来算", f"换成一个{kind}的编号")
        if isinstance(item, DocumentUse) and item.per:
            counted = known.get(item.per)
            if not (isinstance(counted, Question) and counted.kind == "number"):
                numbers = [n for n, q in known.items() if getattr(q, "kind", "") == "number"]
                mend = nearest(item.per, [n for n in numbers if isinstance(known[n], Question)])
                yield Finding((key, index, "per"), f"「{item.per}」不是一个问数目的问题", mend)


def _amount_names(item: object) -> Iterator[tuple[str, str, str]]:
    """(field, name, the kind it must have)"""
    if isinstance(item, Fee):
        for field in ("amount", "rate", "of", "at_least", "at_most"):
            value = getattr(item, field)
            if isinstance(value, str):
                yield field, value, NUMBER
        yield from (("less", value, NUMBER) for value in item.less if isinstance(value, str))
    elif isinstance(item, Deadline):
        yield ("after" if item.after else "before"), item.fact, DAY
    elif isinstance(item, Derived):
        for way in (*SPANS, *ARITHMETIC):
            for value in getattr(item, way) or ():
                if isinstance(value, str):
                    yield way, value, DAY if way in SPANS else NUMBER
                elif way in SPANS:
                    yield way, str(value), DAY


def _crossed(low: object, high: object) -> bool:
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return low > high
    return isinstance(low, date) and isinstance(high, date) and low > high


def check_bounds(procedure: Procedure) -> Iterator[Finding]:
    """``min`` and ``max`` of questions and local values."""
    for key, index, item in entries(procedure):
        if not isinstance(item, Question | Local):
            continue
        bounds = {"min": item.min, "max": item.max}
        given = {field: bound for field, bound in bounds.items() if bound is not None}
        for field, bound in given.items():
            path: Path = (key, index, field)
            if item.kind in ("choice", "choices", "yesno", "text"):
                what = f'kind = "{item.kind}" 没有上下限'
                yield Finding(path, what, f"去掉 {field}")
            elif (item.kind == "date") == isinstance(bound, Decimal):
                yield Finding(path, "上下限的类型不对", '日期题写日期或 "today"，别的写数或钱')
        if len(given) == 2 and _crossed(given["min"], given["max"]):
            yield Finding((key, index, "min"), "min 比 max 还大", "把两个数对调，或者改对")
