"""What one table of a definition cannot know: that names exist, fit and form no circle.

Each check yields ``Finding``s: the path of the field, what is wrong, how to mend it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import Any, NamedTuple

from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.condition import (
    TODAY,
    Chosen,
    Condition,
    InSet,
    OneOf,
    Ref,
    Scalar,
    Test,
    Within,
    names,
    tests,
)
from banzheng_tui.procedure.model import (
    ARITHMETIC,
    SPANS,
    Dated,
    Derived,
    Fee,
    Local,
    Procedure,
    Question,
)
from banzheng_tui.procedure.source_lines import Path

RESERVED_NAMES = {"any", "all", "none", TODAY}


class Finding(NamedTuple):
    """One mistake in a file that is well formed table by table."""

    path: Path
    what: str
    mend: str


def check(procedure: Procedure, catalog: Catalog) -> list[Finding]:
    """Every broken reference of a procedure whose shared questions are already in place."""
    return [finding for part in _CHECKS for finding in part(procedure, catalog)]


def listed(procedure: Procedure) -> Iterator[tuple[str, Sequence[Any]]]:
    """The lists of a procedure that hold entries with ids, with their TOML names."""
    yield "source", procedure.sources
    yield "question", procedure.questions
    yield "set", procedure.sets
    yield "derived", procedure.derived
    yield "local", procedure.locals
    yield "step", procedure.steps
    yield "document", procedure.documents
    yield "warning", procedure.warnings
    yield "fee", procedure.fees
    yield "outcome", procedure.outcomes
    yield "rejection", procedure.rejections
    yield "script", procedure.scripts


def known_names(procedure: Procedure) -> dict[str, Question | Derived | Local]:
    """What conditions and amounts may name: questions, derived and local values."""
    return {
        item.id: item
        for _, items in listed(procedure)
        for item in items
        if isinstance(item, Question | Derived | Local)
    }


def derived_names(item: Derived) -> set[str]:
    """Every name a derived value is worked out from."""
    found: set[str] = set()
    for way in (*SPANS, *ARITHMETIC):
        found.update(value for value in getattr(item, way) or () if isinstance(value, str))
    for case in item.cases:
        found.update(names(case.when))
        found.update(value for value in case.gives.values() if isinstance(value, str))
    found.update(value for value in (item.otherwise or {}).values() if isinstance(value, str))
    return {name.split(".")[0] for name in found}


def _overlap(one: Dated, other: Dated) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last


def _ids(procedure: Procedure, catalog: Catalog) -> Iterator[Finding]:
    for key, items in listed(procedure):
        if key == "document":
            continue  # several uses of one paper are the rule
        for (_, one), (index, other) in combinations(enumerate(items), 2):
            item_id = getattr(one, "id", None)
            if item_id is None or item_id != getattr(other, "id", None):
                continue
            if not isinstance(one, Dated) or _overlap(one, other):
                yield Finding(
                    (key, index, "id"), f"编号「{item_id}」用了两次", "换一个编号，或者让有效期不重叠"
                )
    kinds: dict[str, str] = {}
    for key in ("question", "derived", "local"):
        for index, item in enumerate(dict(listed(procedure))[key]):
            if item.id in RESERVED_NAMES:
                yield Finding((key, index, "id"), f"「{item.id}」是保留的词", "换一个编号")
            if kinds.setdefault(item.id, key) != key:
                yield Finding(
                    (key, index, "id"), f"「{item.id}」已经是别的问题或值的编号", "换一个编号"
                )


def _conditions(procedure: Procedure) -> Iterator[tuple[Path, Condition]]:
    for key, items in listed(procedure):
        for index, item in enumerate(items):
            if hasattr(item, "when"):
                yield (key, index, "when"), item.when
            if isinstance(item, Derived):
                for row, case in enumerate(item.cases):
                    yield (key, index, "case", row, "when"), case.when


def _condition_names(procedure: Procedure, catalog: Catalog) -> Iterator[Finding]:
    known = known_names(procedure)
    sets = {item.id for item in procedure.sets}
    for path, condition in _conditions(procedure):
        for name in names(condition):
            if name != TODAY and not _resolves(name, known):
                yield Finding(path, f"没有叫「{name}」的问题或值", "检查编号有没有写错")
        for test in tests(condition):
            yield from _fits(path, test, known, sets)


def _resolves(name: str, known: dict[str, Question | Derived | Local]) -> bool:
    base, _, key = name.partition(".")
    item = known.get(base)
    if not key:
        return item is not None
    return isinstance(item, Derived) and any(
        key in row for row in (*(case.gives for case in item.cases), item.otherwise or {})
    )


def _fits(
    path: Path, test: Test, known: dict[str, Question | Derived | Local], sets: set[str]
) -> Iterator[Finding]:
    """Whether the values of a test can be values of what it names."""
    item = known.get(test.name)
    if isinstance(test, InSet):
        if test.set_id not in sets:
            yield Finding(path, f"没有叫「{test.set_id}」的一组值", "用 [[set]] 定义它")
        return
    if not isinstance(item, Question):
        return
    if isinstance(test, Chosen) and item.kind != "choices":
        yield Finding(path, f"「{test.name}」不是多选", "only、exactly 只用在多选上")
    elif isinstance(test, Within):
        if item.kind not in ("number", "money", "date"):
            yield Finding(path, f"「{test.name}」不是数、钱或日期，不能比大小", "写选项编号")
        for _, bound in test.bounds:
            if not isinstance(bound, Ref) and (item.kind == "date") != isinstance(bound, date):
                yield Finding(path, f"「{test.name}」的上下限类型不对", "日期和日期比，数和数比")
    else:
        for value in test.values:
            if not _possible(value, item):
                shown = str(value).lower() if isinstance(value, bool) else value
                yield Finding(path, f"「{test.name}」没有「{shown}」这个值", _values_of(item))


def _possible(value: Scalar, question: Question) -> bool:
    match question.kind:
        case "yesno":
            return isinstance(value, bool)
        case "choice" | "choices":
            return value in {option.id for option in question.options}
        case "date":
            return isinstance(value, date)
    return isinstance(value, Decimal) and not isinstance(value, bool)


def _values_of(question: Question) -> str:
    if question.kind == "yesno":
        return "是不是题只能写 true 或 false"
    if question.options:
        return "可以写的有：" + "、".join(option.id for option in question.options)
    return "换成这一题的值"


def _links(procedure: Procedure, catalog: Catalog) -> Iterator[Finding]:
    """Every field that holds the id of something else."""
    steps = {step.id for step in procedure.steps}
    sources = {source.id for source in procedure.sources}
    Fields = Iterable[tuple[str, Callable[[Any], Iterable[str | None]], Any, str]]
    fields: Fields = (
        ("department", lambda i: (getattr(i, "department", None),), catalog.departments, "部门"),
        ("produces", lambda i: getattr(i, "produces", ()), catalog.documents, "材料"),
        ("document", lambda i: (getattr(i, "document", None),), catalog.documents, "材料"),
        ("one_of", lambda i: getattr(i, "one_of", ()), catalog.documents, "材料"),
        ("after", lambda i: getattr(i, "after", ()), steps, "步骤"),
        ("for", lambda i: getattr(i, "for_steps", ()), steps, "步骤"),
        ("for", lambda i: (getattr(i, "for_step", None),), steps, "步骤"),
        ("before", lambda i: getattr(i, "before", ()), steps, "步骤"),
        ("step", lambda i: (getattr(i, "step", None),), steps, "步骤"),
        ("source", lambda i: (c.id for c in getattr(i, "source", ())), sources, "依据"),
    )
    for key, items in listed(procedure):
        for index, item in enumerate(items):
            for field, ids, known, kind in fields:
                for item_id in ids(item):
                    if item_id is not None and item_id not in known:
                        yield Finding(
                            (key, index, field), f"没有编号是「{item_id}」的{kind}", "检查编号"
                        )
    if procedure.head.department not in catalog.departments:
        what = f"没有编号是「{procedure.head.department}」的部门"
        yield Finding(("procedure", "department"), what, "在 catalog 里写上这个部门")
    for index, question in enumerate(procedure.questions):
        for row, option in enumerate(getattr(question, "options", ())):
            for paper in option.have:
                if paper not in catalog.documents:
                    path = ("question", index, "option", row, "have")
                    yield Finding(path, f"没有编号是「{paper}」的材料", "检查编号")


def _amount_names(item: Fee | Derived) -> Iterator[tuple[str, str]]:
    if isinstance(item, Fee):
        for field in ("amount", "rate", "of", "at_least", "at_most"):
            value = getattr(item, field)
            if isinstance(value, str):
                yield field, value
        yield from (("less", value) for value in item.less if isinstance(value, str))
    else:
        for way in (*SPANS, *ARITHMETIC):
            yield from ((way, v) for v in getattr(item, way) or () if isinstance(v, str))


def _amounts(procedure: Procedure, catalog: Catalog) -> Iterator[Finding]:
    known = known_names(procedure)
    for key in ("fee", "derived"):
        for index, item in enumerate(dict(listed(procedure))[key]):
            for field, name in _amount_names(item):
                if name != TODAY and not _resolves(name, known):
                    yield Finding((key, index, field), f"没有叫「{name}」的问题或值", "检查编号")
    for index, use in enumerate(procedure.documents):
        counted = known.get(use.per) if use.per else None
        if use.per and not (isinstance(counted, Question) and counted.kind == "number"):
            yield Finding(("document", index, "per"), f"「{use.per}」不是一个数", "写一个数的问题")


def _circles(procedure: Procedure, catalog: Catalog) -> Iterator[Finding]:
    graph: dict[str, set[str]] = {}
    for question in procedure.questions:
        assert isinstance(question, Question)
        graph.setdefault(question.id, set()).update(n.split(".")[0] for n in names(question.when))
    for item in procedure.derived:
        graph.setdefault(item.id, set()).update(derived_names(item))
    yield from _circle(graph, "question", "条件绕成了一圈：谁也等不到谁")
    flow: dict[str, set[str]] = {step.id: set(step.after) for step in procedure.steps}
    makers: dict[str, set[str]] = {}
    for step in procedure.steps:
        for paper in step.produces:
            makers.setdefault(paper, set()).add(step.id)
    for use in procedure.documents:
        for step_id in use.for_steps:
            for paper in use.papers:
                flow.setdefault(step_id, set()).update(makers.get(paper, set()))
    yield from _circle(flow, "step", "步骤绕成了一圈：你等我、我等你")


def _circle(graph: dict[str, set[str]], key: str, what: str) -> Iterator[Finding]:
    known = {name: edges & graph.keys() for name, edges in graph.items()}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        circle = " 等 ".join(reversed(error.args[1]))
        yield Finding((key,), f"{what}（{circle}）", "去掉其中一个 when、after 或材料")


def _bounds(procedure: Procedure, catalog: Catalog) -> Iterator[Finding]:
    for index, question in enumerate(procedure.questions):
        assert isinstance(question, Question)
        for field in ("min", "max"):
            bound = getattr(question, field)
            if bound is None:
                continue
            if question.kind not in ("number", "money", "date"):
                what = f"kind = \"{question.kind}\" 的问题没有上下限"
                yield Finding(("question", index, field), what, f"去掉 {field}")
            elif (question.kind == "date") != isinstance(bound, date | str):
                yield Finding(("question", index, field), "上下限的类型不对", "日期题写日期，别的写数")


_CHECKS: tuple[Callable[[Procedure, Catalog], Iterator[Finding]], ...] = (
    _ids,
    _condition_names,
    _links,
    _amounts,
    _circles,
    _bounds,
)
