"""Every example that an author wrote into a procedure comes out as he says."""

from decimal import Decimal

import pytest
from support.library import BUNDLED, TODAY, book

from banzheng_tui.guide.answers import parse_json
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.possible import Span
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.model import Example

EXAMPLES = [
    pytest.param(procedure_id, example, id=f"{procedure_id}-{example.name}")
    for procedure_id, procedure in BUNDLED.procedures.items()
    for example in procedure.examples
]


def plan_of(procedure_id: str, example: Example) -> Plan:
    on = example.on or TODAY
    rules = book(procedure_id, on)
    situation = Situation(on=on, done=frozenset(example.done), have=frozenset(example.have))
    for fact, value in example.answers.items():
        assert fact in rules.questions, f"没有叫「{fact}」的问题"
        situation = situation.answer(fact, parse_json(rules.questions[fact], value, on))
    for fact in example.unsure:
        assert fact in rules.questions, f"没有叫「{fact}」的问题"
        situation = situation.mark_unsure(fact)
    return make_plan(rules, situation)


def shown(amount: Decimal | Span | None) -> str:
    if isinstance(amount, Span) and amount.high.is_infinite():
        return "open"
    if isinstance(amount, Span):
        return f"{amount.low:.2f}..{amount.high:.2f}"
    return "unknown" if amount is None else f"{amount:.2f}"


@pytest.mark.parametrize(("procedure_id", "example"), EXAMPLES)
def test_example(procedure_id: str, example: Example) -> None:
    plan = plan_of(procedure_id, example)
    expect = example.expect
    present = {
        "outcomes": [item.id for item in plan.outcomes],
        "steps": [item.id for item in plan.steps],
        "documents": [item.id for item in plan.documents],
        "warnings": [item.entry.id for item in plan.warnings if item.entry.id],
    }
    certain = {item.id for item in plan.outcomes if item.status == "certain"}
    certain |= {item.id for item in plan.steps if item.status == "certain"}
    certain |= {item.id for item in plan.documents if item.status == "certain"}
    certain |= {w.entry.id for w in plan.warnings if w.status == "certain" and w.entry.id}
    for kind, ids in present.items():
        missing = set(getattr(expect, kind)) - set(ids)
        assert not missing, f"方案里没有 {kind} {sorted(missing)}，有的是 {ids}"
    everything = {item for ids in present.values() for item in ids}
    everything |= {fee.entry.id for fee in plan.fees}
    assert not set(expect.without) & everything, "不该有的在方案里"
    assert not set(expect.certain) - certain, f"不是一定要：{set(expect.certain) - certain}"
    fees = {fee.entry.id: shown(fee.amount) for fee in plan.fees}
    assert {name: fees.get(name) for name in expect.fees} == expect.fees
    if expect.current:
        assert plan.current is not None
        assert plan.current.id == expect.current
