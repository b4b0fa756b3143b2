"""Whether every id that is referred to exists, no id is used twice, and nothing runs in a circle."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import Any, NamedTuple

from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.condition import TODAY, names
from banzheng_tui.procedure.entries import Finding, derived_names, entries, listed, nearest
from banzheng_tui.procedure.model import Dated, Deadline, Procedure, Question, SharedQuestion

RESERVED_NAMES = {"any", "all", "none", TODAY}


def _overlap(one: Dated, other: Dated) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last


def check_ids(procedure: Procedure) -> Iterator[Finding]:
    """Ids used twice within one list, or for both a question and a value."""
    for key, items in listed(procedure):
        if key == "document":
            continue  # several uses of one paper are the rule
        same = [(index, item) for index, item in enumerate(items) if getattr(item, "id", None)]
        for (_, one), (index, other) in combinations(same, 2):
            if one.id == other.id and (not isinstance(one, Dated) or _overlap(one, other)):
                mend = "换一个编号；按日期分成两段的，让 valid_from、valid_to 不重叠"
                yield Finding((key, index, "id"), f"编号「{other.id}」用了两次", mend)
    kinds: dict[str, str] = {}
    for key, index, item in entries(procedure):
        if key in ("question", "derived", "local") and hasattr(item, "id"):
            path = (key, index, "id")
            if item.id in RESERVED_NAMES:
                yield Finding(path, f"「{item.id}」在条件里另有意思，不能当编号", "换一个编号")
            if kinds.setdefault(item.id, key) != key:
                yield Finding(path, f"「{item.id}」已经是别的问题或值的编号", "换一个编号")


def check_decision(procedure: Procedure) -> Iterator[Finding]:
    """One question at most that the whole plan is to help decide, and it offers ways."""
    first: Question | None = None
    for index, question in enumerate(procedure.questions):
        if not isinstance(question, Question) or not question.decision:
            continue
        path = ("question", index, "decision")
        if question.kind not in ("choice", "yesno"):
            yield Finding(path, "decision 只用在单选题和是不是题上", "去掉 decision")
        if first is not None and _overlap(first, question):
            yield Finding(path, f"「{first.id}」已经写了 decision，只能有一题", "留下一个 decision")
        first = first or question


class _Link(NamedTuple):
    """A field that holds ids of something else."""

    field: str
    attribute: str
    kind: str


_LINKS = (
    _Link("department", "department", "部门"),
    _Link("produces", "produces", "材料"),
    _Link("document", "document", "材料"),
    _Link("one_of", "one_of", "材料"),
    _Link("after", "after", "步骤"),
    _Link("for", "for_steps", "步骤"),
    _Link("for", "for_step", "步骤"),
    _Link("before", "before", "步骤"),
    _Link("step", "step", "步骤"),
    _Link("source", "source", "依据"),
)


def check_links(procedure: Procedure, catalog: Catalog) -> Iterator[Finding]:
    """Every field that holds the id of something else."""
    known: Mapping[str, Iterable[str]] = {
        "部门": catalog.departments.keys(),
        "材料": catalog.documents.keys(),
        "共用问题": catalog.questions.keys(),
        "步骤": {step.id for step in procedure.steps},
        "依据": {source.id for source in procedure.sources},
    }
    for key, index, item in entries(procedure):
        if isinstance(item, Deadline):  # its after and before are days, not steps
            steps = _missing((key, index, "for"), item.for_steps, "步骤", known["步骤"])
            sources = _missing((key, index, "source"), _ids(item.source), "依据", known["依据"])
            yield from (*steps, *sources)
            continue
        for field, attribute, kind in _LINKS:
            path = (key, index, field)
            yield from _missing(path, _ids(getattr(item, attribute, None)), kind, known[kind])
    head = ("procedure", "department")
    yield from _missing(head, [procedure.head.department], "部门", known["部门"])
    for index, question in enumerate(procedure.questions):
        if isinstance(question, SharedQuestion):
            yield from _missing(
                ("question", index, "use"), [question.use], "共用问题", known["共用问题"]
            )
        for row, option in enumerate(getattr(question, "options", ())):
            place = ("question", index, "option", row, "have")
            yield from _missing(place, option.have, "材料", known["材料"])


def _ids(value: Any) -> list[str]:
    """The ids in a field: one, several, or those of citations."""
    if value is None:
        return []
    values = [value] if isinstance(value, str) else value
    return [getattr(item, "id", item) for item in values]


_WHERE = {
    "部门": "，或者在 catalog 里用 [[department]] 加上这个部门",
    "材料": "，或者在 catalog 里用 [[document]] 加上这份材料",
    "共用问题": "，或者在 catalog 里用 [[question]] 加上这一题",
    "步骤": "，或者用 [[step]] 加上这一步",
    "依据": "，或者用 [[source]] 加上这个依据",
}


def _missing(
    path: tuple[str | int, ...], ids: Iterable[str], kind: str, known: Iterable[str]
) -> Iterator[Finding]:
    there: Container[str] = known if isinstance(known, Container) else set(known)
    for item_id in ids:
        if item_id not in there:
            mend = nearest(item_id, known) + _WHERE[kind]
            yield Finding(path, f"没有编号是「{item_id}」的{kind}", mend)


def check_circles(procedure: Procedure) -> Iterator[Finding]:
    """Conditions and steps that wait for one another."""
    graph: dict[str, set[str]] = {}
    for question in procedure.questions:
        if isinstance(question, Question):
            found = {name.split(".")[0] for name in names(question.when)}
            graph.setdefault(question.id, set()).update(found)
    for item in procedure.derived:
        graph.setdefault(item.id, set()).update(derived_names(item))
    yield from _circle(procedure, graph, "question", "when")
    yield from _circle(procedure, _step_flow(procedure), "step", "after")


def _step_flow(procedure: Procedure) -> dict[str, set[str]]:
    """For each step those it waits for: by ``after``, and for papers that they issue."""
    flow: dict[str, set[str]] = {}
    makers: dict[str, set[str]] = {}
    for step in procedure.steps:
        flow.setdefault(step.id, set()).update(step.after)
        for paper in step.produces:
            makers.setdefault(paper, set()).add(step.id)
    for use in procedure.documents:
        issued = {step for paper in use.papers for step in makers.get(paper, ())}
        for step_id in use.for_steps:
            flow.setdefault(step_id, set()).update(issued - {step_id})
    return flow


def _circle(
    procedure: Procedure, graph: dict[str, set[str]], key: str, field: str
) -> Iterator[Finding]:
    known = {name: edges & graph.keys() for name, edges in graph.items()}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        shown = " 等 ".join(circle)
        path = _place(procedure, circle, key, field)
        what = (
            "几个条件绕成了一圈，谁也等不到谁"
            if key == "question"
            else "几个步骤互相等，绕成了一圈"
        )
        mend = "改掉其中一个 when" if key == "question" else "去掉其中一个 after，或者改材料的先后"
        yield Finding(path, f"{what}：{shown}", mend)


def _place(procedure: Procedure, circle: list[str], key: str, field: str) -> tuple[str | int, ...]:
    """Where the first entry of a circle stands."""
    for name, index, item in entries(procedure):
        if name in (key, "derived") and getattr(item, "id", None) in circle:
            return (name, index, field) if name == key else (name, index)
    return (key,)
