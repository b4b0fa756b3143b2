"""The bundled procedures as whole ways across departments, from nothing to the goal."""

from datetime import date
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest
from support.library import BUNDLED, TODAY

from banzheng_tui.guide.items import excluded_items
from banzheng_tui.guide.plan import Plan, PlanStep, make_plan
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.guide.wording import department_name
from banzheng_tui.procedure.model import Question

BOOK = RuleBook(BUNDLED)

LI = {
    "matter": "new", "business": "dine", "place": "street", "dishes": ["hot"], "small": "no",
    "state": "bare", "licence": "none", "who": "sole", "serve": "in", "gas": "pipe",
    "business-agent": "self", "area": "under", "sign": "none",
    "sole-trader-licence/operator": "mainland", "sole-trader-licence/mode": "solo",
    "sole-trader-licence/naming": True, "business-premises": "rented-shop",
    "business-staff": True, "sole-trader-licence/extras": ["none"],
    "health-certificate/history": "first", "health-certificate/people": "one",
    "health-certificate/body": ["none"],
}  # fmt: skip
SCHOOL = {
    "learners": "compulsory", "subject": "art", "way": "offline", "start": "new",
    "profit": "profit", "founder": "person", "business-premises": "rented-shop",
    "site": ["none"], "fitout": "no", "extras": ["none"], "area": 180,
    "company-licence/owners": ["person"], "company-licence/people": 2,
    "company-licence/pay-term": "within-five",
    "company-licence/legal-rep": "clear", "company-licence/supervisor": True,
    "business-staff": True, "company-licence/wishes": ["together"], "business-agent": "self",
}  # fmt: skip
BABY = {
    "household": "apart", "follow": "mother", "special": ["none"], "parents-married": "married",
    "register": "family", "certificate": "hospital", "child-age": "within-month", "born": date(2026, 11, 10),
    "birth-certificate/admission": "same", "birth-certificate/collector": "mother",
    "birth-certificate/name-state": ["ready"],
}  # fmt: skip


def interview(procedure: str, said: dict[str, Any], **more: Any) -> Plan:
    """The plan when nothing is asked any more; the caller has an answer to every question."""
    rules = BOOK.rules(procedure, TODAY)
    plan = make_plan(rules, Situation(on=TODAY, **more))
    while question := plan.question:
        assert question.id in said, f"nobody said: {question.ask}"
        after = make_plan(rules, plan.situation.answer(question.id, _answer(said[question.id])))
        assert after.remaining_at_most < plan.remaining_at_most
        plan = after
    assert plan.remaining_at_most == 0
    return plan


def _answer(said: Any) -> Answer:
    if isinstance(said, list):
        return frozenset(said)
    return Decimal(said) if isinstance(said, int) and not isinstance(said, bool) else said


@cache
def li() -> Plan:
    return interview("food-business-licence", LI)


@cache
def school() -> Plan:
    return interview("training-school-permit", SCHOOL)


def steps(plan: Plan) -> dict[str, PlanStep]:
    return {step.id: step for step in plan.steps}


def comes_before(plan: Plan, first: str, then: str) -> bool:
    """Whether a step must wait for another, through whatever lies between."""
    assert {first, then} <= steps(plan).keys()
    seen, left = {then}, [then]
    while left:
        for name in plan.waits[left.pop()] - seen:
            seen.add(name)
            left.append(name)
    order = [step.id for step in plan.steps]
    assert (first not in seen) or order.index(first) < order.index(then)
    return first in seen


# ---------------------------------------------------------------- Li's restaurant


def test_li_goes_to_all_his_departments_on_one_way() -> None:
    plan = li()
    assert not plan.ended
    departments = {department_name(step, plan.rules) for step in plan.steps} - {"", "自己准备"}
    assert len(departments) >= 5
    for words in ("市场监督", "税务", "消防", "住房和城乡建设", "健康检查"):
        assert any(words in department for department in departments), words
    members = {plan.rules.origin[step.id] for step in plan.steps}
    assert members == {"food-business-licence", "sole-trader-licence", "health-certificate"}


def test_li_has_his_licence_before_he_applies_and_everything_before_he_opens() -> None:
    plan = li()
    licence, permit = "sole-trader-licence/licence", "issue"
    for first, then in (
        ("site-check", "sole-trader-licence/declare-name"),
        ("sole-trader-licence/declare-name", licence),
        (licence, "apply"),
        ("layout", "apply"),
        ("layout", "fit-out"),
        ("apply", "inspect"),
        ("fit-out", "inspect"),
        ("inspect", permit),
        (permit, "open"),
        (licence, "fire-check"),
        ("fire-check", "open"),
        ("health-certificate/collect", "open"),
    ):
        assert comes_before(plan, first, then), f"{then} does not wait for {first}"


def test_lis_health_checks_run_alongside() -> None:
    plan = li()
    for other in ("sole-trader-licence/licence", "fit-out", "apply", "issue"):
        assert not comes_before(plan, "health-certificate/exam", other)
        assert not comes_before(plan, other, "health-certificate/exam")
    assert steps(plan)["health-certificate/find-place"].parallel
    assert plan.current is not None
    assert plan.current.id == "site-check"


def test_li_is_not_asked_what_the_way_says_already() -> None:
    asked = li().situation.answers
    for known in ("start", "place", "business-trade"):
        assert f"sole-trader-licence/{known}" not in asked
    assert "business-trade" not in asked
    assert "health-certificate/job" not in asked


def test_a_licence_in_hand_takes_its_procedure_away() -> None:
    ticked = interview("food-business-licence", LI, have=frozenset({"business-licence"}))
    said = interview("food-business-licence", {**LI, "licence": "in"})
    for plan in (ticked, said):
        assert not [s.id for s in plan.steps if s.id.startswith("sole-trader-licence/")]
        assert {"apply", "fire-check", "open", "health-certificate/exam"} <= steps(plan).keys()
        assert next(d for d in plan.documents if d.id == "business-licence").held
        assert not [fact for fact in plan.situation.answers if fact.startswith("sole-trader")]
    (note,) = ticked.notes  # for he said that he has none
    assert "对不上" in note
    assert said.notes == ()


def test_a_company_instead_is_founded_on_the_same_way() -> None:
    said = {**LI, **SCHOOL, **{key: LI[key] for key in ("matter", "place")}, "who": "company"}
    plan = interview("food-business-licence", said)
    assert comes_before(plan, "company-licence/licence", "apply")
    assert not [s.id for s in plan.steps if s.id.startswith("sole-trader-licence/")]


# ---------------------------------------------------------------- the drawing school


def test_the_school_has_its_permit_before_it_is_registered_and_then_the_account() -> None:
    plan = school()
    licence = "company-licence/licence"
    for first, then in (
        ("ask-culture", "apply"),
        ("building-safety", "apply"),
        ("apply", "inspect"),
        ("inspect", "permit"),
        ("permit", licence),
        ("permit", "company-licence/sign"),
        (licence, "company-licence/open-account"),
        (licence, "fee-account"),
        (licence, "platform"),
        ("fee-account", "open-classes"),
        ("platform", "open-classes"),
    ):
        assert comes_before(plan, first, then), f"{then} does not wait for {first}"
    departments = {department_name(step, plan.rules) for step in plan.steps}
    assert len(departments - {""}) >= 5


def test_a_school_with_meals_has_cooks_with_health_certificates() -> None:
    """The canteen is one of a set of places of which the food procedure speaks."""
    said = {**LI, **SCHOOL, "extras": ["meals"]}
    rules = BOOK.rules("training-school-permit", TODAY)
    situation = Situation(on=TODAY, answers={f: _answer(said[f]) for f in SCHOOL | {"extras": 0}})
    plan = make_plan(rules, situation)
    assert any(s.id.startswith("health-certificate/") for s in plan.steps)
    assert comes_before(plan, "company-licence/licence", "food-business-licence/issue")


# ---------------------------------------------------------------- the newborn


def test_a_child_has_its_certificate_before_it_is_registered() -> None:
    plan = interview("newborn-registration", BABY)
    assert comes_before(plan, "birth-certificate/apply", "birth-certificate/collect")
    assert comes_before(plan, "birth-certificate/collect", "apply")
    assert plan.current is not None
    in_hand = interview("newborn-registration", BABY, have=frozenset({"birth-certificate"}))
    assert not [s.id for s in in_hand.steps if s.id.startswith("birth-certificate/")]
    assert "apply" in steps(in_hand)


# ---------------------------------------------------------------- every way


def some_answer(question: Question, random: Random) -> Answer:
    match question.kind:
        case "yesno":
            return random.random() < 0.5
        case "choice":
            return random.choice(question.options).id
        case "choices":
            return frozenset({random.choice(question.options).id})
        case "date":
            return TODAY
    low = question.min if isinstance(question.min, Decimal) else Decimal(0)
    return low + 1


@pytest.mark.parametrize("procedure", sorted(BUNDLED.procedures))
def test_every_interview_ends_and_there_is_always_a_step_to_take(procedure: str) -> None:
    rules = BOOK.rules(procedure, TODAY)
    random = Random(7)
    for _ in range(12):
        plan = make_plan(rules, Situation(on=TODAY))
        while question := plan.question:
            situation = plan.situation
            if random.random() < 0.1:
                situation = situation.mark_unsure(question.id)
            else:
                situation = situation.answer(question.id, some_answer(question, random))
            after = make_plan(rules, situation)
            assert after.remaining_at_most < plan.remaining_at_most
            assert (after.current is None) == (not after.steps)
            plan = after
        assert plan.remaining_at_most == 0
        ids = [step.id for step in plan.steps]
        assert len(ids) == len({*ids})


def test_every_step_of_a_way_can_be_taken_in_turn() -> None:
    for plan in (li(), school(), interview("newborn-registration", BABY)):
        situation, taken = plan.situation, list[str]()
        while (plan := make_plan(plan.rules, situation)).current:
            assert plan.current.id not in taken
            taken.append(plan.current.id)
            situation = situation.toggle_done(plan.current.id)
        assert all(step.state == "done" for step in plan.steps)
        assert taken == [name for name in (s.id for s in plan.steps) if name in taken]


def test_what_is_not_needed_leaves_out_procedures_that_are_not_on_the_way() -> None:
    left_out = {str(item) for item in excluded_items(li())}
    assert "step:renew-apply" in left_out
    assert "step:sole-trader-licence/change-operator" in left_out  # on the way, not this time
    assert not [name for name in left_out if name.startswith("step:company-licence/")]
    assert not [name for name in left_out if name.startswith("step:training-school-permit/")]
