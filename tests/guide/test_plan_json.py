"""The plan as JSON: exactly the promised keys, amounts as strings, counts while they are open."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.cli import small_library
from support.library import BUNDLED, TODAY, book

from banzheng_tui.guide.plan import make_plan
from banzheng_tui.guide.plan_json import plan_json
from banzheng_tui.guide.plan_text import plan_lines
from banzheng_tui.guide.rules import RuleBook, Rules
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.procedure.library import load_library

KEYS = {
    "": "procedure name on region question remaining_at_most outcomes steps documents warnings"
    " fees deadlines visits way sources notes",
    "question": "id ask kind options",
    "outcomes": "id kind to text status grade undecided",
    "steps": "id title procedure department state status grade undecided parallel start end"
    " documents",
    "documents": "id name papers status grade undecided need original copies issuer held fetched"
    " for because",
    "warnings": "id level text why before status grade past undecided",
    "fees": "id name amount status grade undecided",
    "deadlines": "id text for earliest latest missed status grade undecided",
    "visits": "place steps bring online status",
    "way": "main sides",
    "sources": "id law number effective articles url",
}


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return RuleBook(load_library([small_library(tmp_path)])).rules("tea-house", TODAY)


def planned(rules: Rules, answers: dict[str, Answer], **more: Any) -> dict[str, Any]:
    return plan_json(make_plan(rules, Situation(on=TODAY, answers=answers, **more)))


def by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in items}


@pytest.mark.parametrize("procedure_id", BUNDLED.procedures)
def test_keys_and_types(procedure_id: str) -> None:
    plan = make_plan(book(procedure_id), Situation(on=TODAY))
    found = plan_json(plan)
    assert json.loads(json.dumps(found)) == found
    for name, keys in KEYS.items():
        items = found[name] if name else found
        for item in items if isinstance(items, list) else [items]:
            assert item is None or set(item) == set(keys.split()), name
    steps = {step["id"] for step in found["steps"]}
    documents = by_id(found["documents"])
    for document in documents.values():
        assert document["because"]
        assert set(document["for"]) <= steps
    for step in found["steps"]:
        assert step["state"] in ("done", "current", "next", "later")
        assert step["start"] is step["end"] is None
        assert all(step["id"] in documents[paper]["for"] for paper in step["documents"])
    assert all(set(warning["before"]) <= steps for warning in found["warnings"])


def test_head(rules: Rules) -> None:
    found = planned(rules, {}, region="4403")
    assert (found["procedure"], found["name"]) == ("tea-house", "开茶馆")
    assert (found["on"], found["region"]) == ("2026-11-23", "4403")
    assert found["question"] == {
        "id": "premises",
        "ask": "茶馆的房子是自己的还是租的？",
        "kind": "choice",
        "options": [{"id": "own", "label": "自己的"}, {"id": "rented", "label": "租的"}],
    }


def test_yesno_offers_yes_and_no(rules: Rules) -> None:
    question = planned(rules, {"premises": "rented"})["question"]
    assert question["options"] == [{"id": "yes", "label": "是"}, {"id": "no", "label": "不是"}]


def test_typed_question_offers_nothing(rules: Rules) -> None:
    question = planned(
        rules, {"premises": "rented", "landlord": True, "drinks": frozenset({"tea"})}
    )
    assert (question["question"]["kind"], question["question"]["options"]) == ("number", [])


def test_amounts(rules: Rules) -> None:
    fees = by_id(planned(rules, {"premises": "rented"})["fees"])
    assert fees["licence-fee"]["amount"] == "80.00"
    assert fees["sign-fee"]["amount"] == {"min": "100.00", "max": "200.00"}
    assert fees["survey-fee"]["amount"] is None
    assert fees["rent-tax"]["amount"] in (None, {"min": "0.00", "max": None})


def test_counts(rules: Rules) -> None:
    documents = by_id(planned(rules, {"premises": "rented"})["documents"])
    assert (documents["tea-form"]["original"], documents["tea-form"]["copies"]) == (1, 2)
    assert documents["tea-premises"]["copies"] == {"min": 0, "max": 100}


def test_why(rules: Rules) -> None:
    found = planned(rules, {"premises": "rented"})
    documents = by_id(found["documents"])
    because = documents["tea-premises"]["because"]
    assert because == "因为「房子」您说的是「租的」；依据《茶馆条例》（茶发〔2020〕1号）。"
    assert documents["tea-licence"]["undecided"] == ["drinks"]
    assert documents["tea-licence"]["because"] == "「办卖酒备案」要用，以受理窗口为准。"


def test_sources_that_are_cited(rules: Rules) -> None:
    (source,) = planned(rules, {"drinks": frozenset({"tea"})})["sources"]
    assert source["effective"] == "2020-05-01"
    assert source["articles"] == ["第二条", "第三条", "第四条", "第五条", "第六条"]


def test_refusal_withdraws(rules: Rules) -> None:
    found = planned(rules, {"premises": "rented", "landlord": False})
    assert found["steps"] == found["documents"] == found["fees"] == []
    assert found["outcomes"][0]["status"] == "certain"
    assert found["question"] is None


def test_text_says_what_json_says(rules: Rules) -> None:
    situation = Situation(on=date(2027, 6, 1), answers={"premises": "rented"})
    lines = list(plan_lines(make_plan(rules, situation.mark_unsure("drinks"))))
    text = "\n".join(lines)
    assert "注意：这些内容过了复核的日子（2027-01-01），请先向主管部门核实。" in lines
    assert "2 卖什么：还不清楚" in lines
    assert "2 茶馆租约或茶馆房产证，复印件 0 到 100，一定要，出具：茶馆管理处，第 2 步用" in lines
    assert "3 勘验费：向主管部门确认，以受理窗口为准" in lines
    assert (
        text.index("不可撤回：")
        < text.index("\n步骤")
        < text.index("\n材料")
        < text.index("\n依据")
    )
    assert not any("。，" in line or "。。" in line for line in lines)
