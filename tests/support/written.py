"""A procedure written in a test as the text of a TOML file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import tomli

from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import Rules, compile_rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.standings import Standings
from banzheng_tui.procedure import condition, references
from banzheng_tui.procedure.catalog import Catalog, Department, Document
from banzheng_tui.procedure.model import Procedure, Script

DAY = date(2026, 11, 23)
PAPERS = ("id-card", "book", "permit", "licence")
CATALOG = Catalog(
    departments={"office": Department(id="office", name="窗口")},
    documents={name: Document(id=name, name=name, issuer="office") for name in PAPERS},
)
HEAD: dict[str, Any] = {
    "id": "written",
    "name": "写在测试里的",
    "department": "office",
    "reviewed": DAY,
    "review_by": DAY,
}


def rules_of(text: str, on: date = DAY) -> Rules:
    """The rules of a procedure; its head is added, and every plan entry has the grade window."""
    data = tomli.loads(text, parse_float=Decimal)
    for key in ("step", "document", "warning", "fee", "outcome"):
        for entry in data.get(key, ()):
            entry.setdefault("grade", "window")
    for question in data.get("question", ()):
        question.setdefault("name", question["id"])
        question.setdefault("ask", question["id"])
        for option in question.get("option", ()):
            option.setdefault("label", option["id"])
    procedure = Procedure.model_validate({"procedure": HEAD, **data})
    assert not references.check(procedure, CATALOG)
    return compile_rules(procedure, CATALOG, on)


def situation_of(answers: Mapping[str, Any], **more: Any) -> Situation:
    """A situation; a list stands for several options, a number for a decimal."""
    return Situation(on=more.pop("on", DAY), answers=_plain(answers), **more)


def _plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for fact, value in answers.items():
        if isinstance(value, list):
            found[fact] = frozenset(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            found[fact] = Decimal(value)
        else:
            found[fact] = value
    return found


def plan_of(rules: Rules, answers: Mapping[str, Any] | None = None, **more: Any) -> Plan:
    """The plan for these answers."""
    return make_plan(rules, situation_of(answers or {}, on=rules.on, **more))


def verdict(rules: Rules, written: str, answers: Mapping[str, Any] | None = None) -> str:
    """Whether a condition, written as in a file, holds: no, open or yes."""
    when = tomli.loads(f"when = {written}", parse_float=Decimal)["when"]
    with_it = rules.procedure.model_copy(update={"scripts": (Script(when=when, text="?"),)})
    again = compile_rules(with_it, CATALOG, rules.on)
    return ("no", "open", "yes")[
        Standings(again, situation_of(answers or {})).holds(condition.parse(when))
    ]
