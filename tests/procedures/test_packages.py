"""The bundled packages: each one interview and one plan, found by everyday words."""

from collections import Counter
from decimal import Decimal
from functools import cache

import pytest
from support.library import BUNDLED, PROCEDURES, TODAY

from banzheng_tui.find.search import search
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.plan_json import plan_json
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.procedure.model import Question
from banzheng_tui.procedure.outline import read_outlines

BOOK = RuleBook(BUNDLED)
OUTLINES = read_outlines((PROCEDURES,))
SAID: dict[str, dict[str, Answer]] = {
    "newborn": {"household": "same", "certificate": "hospital", "special": frozenset({"none"})},
    "open-restaurant": {
        "business": "dine", "place": "street", "small": "no", "state": "bare", "licence": "none",
        "who": "sole", "serve": "in",
    },
    "open-company": {"business-trade": frozenset({"other"}), "owners": frozenset({"person"})},
}  # fmt: skip
"""What the caller says to some questions; of the others he takes the first option."""


def answer(question: Question, said: dict[str, Answer]) -> Answer:
    name = question.id.rpartition("/")[2]
    if name in said:
        return said[name]
    match question.kind:
        case "yesno":
            return True
        case "choice":
            return question.options[0].id
        case "choices":
            return frozenset({question.options[0].id})
        case "date":
            return TODAY
    return (question.min if isinstance(question.min, Decimal) else Decimal(0)) + 1


@cache
def interviewed(package: str) -> Plan:
    """The plan when nothing is asked any more; each answer leaves less to ask."""
    rules = BOOK.rules(package, TODAY)
    plan = make_plan(rules, Situation(on=TODAY))
    while question := plan.question:
        said = answer(question, SAID[package])
        after = make_plan(rules, plan.situation.answer(question.id, said))
        assert after.remaining_at_most < plan.remaining_at_most
        plan = after
    return plan


@pytest.mark.parametrize("package", sorted(BUNDLED.packages))
def test_a_package_is_one_interview_with_one_plan(package: str) -> None:
    plan = interviewed(package)
    assert plan.remaining_at_most == 0
    assert not plan.ended
    assert plan.current is not None
    for ids in ([step.id for step in plan.steps], [paper.id for paper in plan.documents]):
        assert ids
        assert max(Counter(ids).values()) == 1
    titles = Counter((plan.rules.origin[step.id], step.entry.title) for step in plan.steps)
    assert max(titles.values()) == 1


@pytest.mark.parametrize(
    ("package", "procedures"),
    [
        ("newborn", {"birth-certificate", "newborn-registration"}),
        (
            "open-restaurant",
            {"food-business-licence", "health-certificate", "sole-trader-licence"},
        ),
        ("open-company", {"company-licence"}),
    ],
)
def test_all_its_procedures_are_on_the_way(package: str, procedures: set[str]) -> None:
    plan = interviewed(package)
    assert {plan.rules.origin[step.id] for step in plan.steps} == procedures


def test_a_paper_that_several_procedures_want_is_shown_once() -> None:
    plan = interviewed("open-restaurant")
    paper = next(document for document in plan.documents if document.id == "id-card")
    wanting = {plan.rules.origin[step] for step in paper.for_steps}
    assert len(wanting) > 1
    assert paper.original == 1


def test_what_the_package_says_is_not_asked() -> None:
    asked = interviewed("open-restaurant").situation.answers
    assert not [fact for fact in asked if fact.endswith("/matter")]
    assert "company-licence/matter" not in interviewed("open-company").situation.answers


@pytest.mark.parametrize("package", sorted(BUNDLED.packages))
def test_the_plan_says_what_one_form_spares_and_how_sure_that_is(package: str) -> None:
    head = BUNDLED.packages[package].head
    note = next(note for note in plan_json(interviewed(package))["notes"] if "一件事" in note)
    assert head.one_form in note
    assert head.one_visit in note
    assert head.batch is None or head.batch in note
    assert "以受理窗口为准" in note or "因地而异" in note


@pytest.mark.parametrize("package", sorted(BUNDLED.packages))
def test_each_procedure_offers_its_package(package: str) -> None:
    for name in BUNDLED.packages[package].procedures:
        plan = make_plan(BOOK.rules(name, TODAY), Situation(on=TODAY))
        assert f"「{BUNDLED.packages[package].name}」" in plan_json(plan)["notes"][-1]


def test_who_renews_a_permit_is_not_offered_to_open_a_restaurant() -> None:
    situation = Situation(on=TODAY).answer("matter", "renew")
    plan = make_plan(BOOK.rules("food-business-licence", TODAY), situation)
    assert not [note for note in plan_json(plan)["notes"] if "开办餐饮店" in note]


@pytest.mark.parametrize(
    ("words", "package"),
    [
        ("出生证户口能不能一起办", "newborn"),
        ("出生一件事", "newborn"),
        ("开饭店的证能一次办完吗", "open-restaurant"),
        ("餐饮店一件事", "open-restaurant"),
        ("公司执照公章税务一起办", "open-company"),
    ],
)
def test_everyday_words_find_it(words: str, package: str) -> None:
    assert package in [hit.outline.id for hit in search(OUTLINES, words, 2)]


def test_its_own_name_finds_it_first() -> None:
    for words, package in (("开办餐饮店", "open-restaurant"), ("开公司一件事", "open-company")):
        assert search(OUTLINES, words)[0].outline.id == package


def test_everyday_words_for_one_procedure_still_find_that_first() -> None:
    for words, procedure in (
        ("孩子上户口", "newborn-registration"),
        ("开饭店", "food-business-licence"),
        ("注册公司", "company-licence"),
    ):
        assert search(OUTLINES, words)[0].outline.id == procedure
