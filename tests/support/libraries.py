"""Small libraries written in a test, and the way of one of their procedures."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import tomli
from support.written import DAY, situation_of

from banzheng_tui.guide.plan import Plan, PlanDocument, make_plan
from banzheng_tui.guide.rules import RuleBook, Rules
from banzheng_tui.procedure import references
from banzheng_tui.procedure.catalog import Catalog, Department, Document
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Procedure, Question

Data: TypeAlias = dict[str, Any]

DEPARTMENTS = ("office", "clinic", "bank")


def library_of(
    papers: Mapping[str, Iterable[str]],
    shared: Iterable[Data] = (),
    **procedures: str | Data,
) -> Library:
    """A library of procedures as text or data; ``papers`` says which of them issue each paper.

    In a procedure's name ``_`` stands for ``-``; names, labels and grades may be left out.
    """
    questions = {item["id"]: _question(item) for item in shared}
    catalog = Catalog(
        departments={name: Department(id=name, name=f"{name}窗口") for name in DEPARTMENTS},
        documents={
            paper: Document(id=paper, name=f"{paper}证", issued_by=tuple(issued_by))
            for paper, issued_by in papers.items()
        },
        questions={name: Question.model_validate(item) for name, item in questions.items()},
    )
    read = {}
    for key, written in procedures.items():
        name = key.replace("_", "-")
        data = tomli.loads(written) if isinstance(written, str) else written
        read[name] = Procedure.model_validate(_completed(name, data, questions))
        assert not references.check(read[name], catalog)
    return Library(catalog, read, dict.fromkeys(read, "theme"))


def _completed(name: str, written: Data, shared: Mapping[str, Data]) -> Data:
    data = {key: [dict(item) for item in items] for key, items in written.items() if key != "head"}
    for key in ("step", "document", "warning", "fee", "outcome"):
        for entry in data.get(key, ()):
            if "source" not in entry:
                entry.setdefault("grade", "window")
            if key == "step":
                entry.setdefault("title", entry["id"])
    data["question"] = [
        {**shared[item["use"]], **{k: v for k, v in item.items() if k != "use"}}
        if "use" in item
        else _question(item)
        for item in data.get("question", ())
    ]
    head = {"id": name, "name": f"办{name}", "department": "office"}
    dated = {"reviewed": DAY, "review_by": DAY}
    return {"procedure": {**head, **dated, **written.get("head", {})}, **data}


def _question(item: Data) -> Data:
    named = {"name": item["id"], "ask": item["id"], **item}
    named.pop("shared", None)  # a mark for plain reading only
    if "option" in item:
        named["option"] = [{"label": option["id"], **option} for option in item["option"]]
    return named


def whole_way(library: Library, procedure_id: str) -> Rules:
    """A procedure with all that it brings along, on the day of the tests."""
    return RuleBook(library).rules(procedure_id, DAY)


def walked(rules: Rules, answers: Mapping[str, Any] | None = None, **more: Any) -> Plan:
    """The plan for these answers."""
    return make_plan(rules, situation_of(answers or {}, **more))


def steps(plan: Plan, status: str | None = None) -> list[str]:
    """The steps of a plan in order; those that are certain, or possible, only."""
    return [step.id for step in plan.steps if status in (None, step.status)]


def line(plan: Plan, name: str) -> PlanDocument:
    """A line of the list of papers."""
    return next(document for document in plan.documents if document.id == name)


def shop(document: str) -> str:
    """A procedure of one step that needs a paper."""
    return f"""
[[step]]
id = "open"

[[document]]
for = ["open"]
{document}
"""


LICENCE = """
[[step]]
id = "fill-in"

[[step]]
id = "issue"
after = ["fill-in"]
produces = ["licence"]
"""
SOLE = '[[step]]\nid = "register"\nproduces = ["licence"]'
COMPANY = '[[step]]\nid = "charter"\n[[step]]\nid = "found"\nproduces = ["licence"]'
