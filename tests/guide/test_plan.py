"""Plans: order and progress, counts, warnings, fees, outcomes, and what is asked."""

from decimal import Decimal
from typing import Any

import pytest
from support.written import plan_of, rules_of, situation_of

from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.possible import INFINITY, Span

A = '{ id = "a", kind = "yesno" }'
B = '{ id = "b", kind = "yesno" }'
N = '{ id = "n", kind = "number", min = 0 }'


def states(plan: Plan) -> dict[str, str]:
    return {step.id: step.state for step in plan.steps}


# ---------------------------------------------------------------- the way

WAY = rules_of(
    f"""
    question = [{A}]
    step = [
      {{ id = "register", title = "r", after = ["name"], produces = ["licence"] }},
      {{ id = "permit", title = "p", after = ["inspect"] }},
      {{ id = "name", title = "n" }},
      {{ id = "inspect", title = "i", after = ["register"], when = {{ a = true }} }},
      {{ id = "seal", title = "s" }},
    ]
    document = [
      {{ document = "licence", for = ["seal"], original = 1 }},
      {{ document = "id-card", for = ["seal"], original = 1 }},
    ]
    """
)


def order(plan: Plan) -> list[str]:
    return [step.id for step in plan.steps]


def test_steps_follow_after_and_the_flow_of_documents() -> None:
    plan = plan_of(WAY, {"a": True})
    assert order(plan) == ["name", "register", "inspect", "permit", "seal"]


def test_after_reaches_through_steps_that_are_not_in_the_plan() -> None:
    plan = plan_of(WAY, {"a": False})
    assert order(plan) == ["name", "register", "permit", "seal"]
    assert states(plan)["permit"] == "later"
    assert not next(step for step in plan.steps if step.id == "permit").parallel


@pytest.mark.parametrize(
    ("done", "have", "current", "following", "parallel"),
    [
        ([], [], "name", "register", []),
        (["name"], [], "register", "permit", []),
        (["name", "register"], [], "permit", "seal", ["seal"]),
        (["name"], ["licence"], "permit", "seal", ["seal"]),  # its product is held: done
        ([], ["licence"], "name", "permit", ["permit", "seal"]),
        (["name", "register", "permit"], [], "seal", None, []),
        (["name", "register", "permit", "seal"], [], None, None, []),
    ],
)
def test_where_the_caller_stands(
    done: list[str], have: list[str], current: str | None, following: str | None,
    parallel: list[str],
) -> None:  # fmt: skip
    plan = plan_of(WAY, {"a": False}, done=frozenset(done), have=frozenset(have))
    assert (plan.current.id if plan.current else None) == current
    assert (plan.next.id if plan.next else None) == following
    assert [step.id for step in plan.steps if step.parallel] == parallel


def test_a_paper_held_stays_listed_and_what_a_done_step_makes_is_held() -> None:
    plan = plan_of(WAY, {"a": False}, done=frozenset({"name", "register"}))
    assert {document.id: document.held for document in plan.documents} == {
        "licence": True,
        "id-card": False,
    }
    assert "licence" in plan.held


def test_certain_steps_come_before_possible_ones() -> None:
    rules = rules_of(
        f"""
        question = [{A}]
        step = [{{ id = "maybe", title = "m", when = {{ a = true }} }}, {{ id = "sure", title = "s" }}]
        """
    )
    plan = plan_of(rules)
    assert states(plan) == {"maybe": "next", "sure": "current"}
    assert {step.id: step.status for step in plan.steps} == {"maybe": "possible", "sure": "certain"}


def test_papers_to_be_handed_in_later_or_fetched_hold_nobody_up() -> None:
    rules = rules_of(
        """
        step = [
          { id = "make", title = "m", produces = ["permit", "book"] },
          { id = "use", title = "u" },
        ]
        document = [
          { document = "permit", for = ["use"], need = "deferrable" },
          { document = "book", for = ["use"], fetched = true },
        ]
        """
    )
    plan = plan_of(rules)
    assert order(plan) == ["make", "use"]
    assert plan.steps[1].parallel


def test_an_option_can_mean_that_a_paper_is_held() -> None:
    rules = rules_of(
        """
        question = [{ id = "state", kind = "choice", option = [
          { id = "new" }, { id = "have", have = "licence" }] }]
        step = [{ id = "get", title = "g", produces = ["licence"] }, { id = "use", title = "u" }]
        document = [{ document = "licence", for = ["use"], original = 1 }]
        """
    )
    before = plan_of(rules)
    assert before.question is not None
    assert before.question.id == "state"
    assert states(plan_of(rules, {"state": "have"})) == {"get": "done", "use": "current"}
    assert states(plan_of(rules, {"state": "new"})) == {"get": "current", "use": "next"}
    assert plan_of(rules, have=frozenset({"licence"})).question is None


# ---------------------------------------------------------------- counts

COUNTS = f"""
question = [{A}, {{ id = "people", kind = "number", min = 1, max = 50 }},
  {{ id = "cats", kind = "number", min = 0, when = {{ a = true }} }}]
step = [{{ id = "one", title = "1" }}, {{ id = "two", title = "2" }}]
document = [%s]
"""


@pytest.mark.parametrize(
    ("uses", "answers", "original", "copies"),
    [
        # shown and given back: the same one again; copies stay with the office
        ('{ for = ["one"], original = 1, copies = 1 }, { for = ["two"], original = 1, copies = 2 }',
         {}, 1, 3),
        ('{ for = ["one"], original = 2 }, { for = ["two"], original = 1 }', {}, 2, 0),
        ('{ for = ["one"], original = 1, kept = true }, { for = ["two"], original = 1 }', {}, 2, 0),
        ('{ for = ["one"], original = 1, kept = true }, { for = ["two"], original = 2, kept = true }',
         {}, 3, 0),
        # multiplied
        ('{ for = ["one"], original = 1, copies = 2, per = "people" }', {"people": 3}, 3, 6),
        ('{ for = ["one"], original = 1, per = "people" }', {}, (1, 50), 0),
        ('{ for = ["one"], copies = 1, per = "cats" }', {"a": True}, 0, (0, None)),
        ('{ for = ["one"], copies = 1, per = "cats" }', {"a": False}, 0, 1),
        # only possible uses count from nothing up
        ('{ for = ["one"], copies = 1 }, { for = ["two"], copies = 2, when = { a = true } }',
         {}, 0, (1, 3)),
        ('{ for = ["one"], original = 1 }, { for = ["two"], original = 3, when = { a = true } }',
         {}, (1, 3), 0),
        ('{ for = ["one"], copies = 2, when = { a = true } }', {}, 0, 2),
        ('{ for = ["one"], copies = 2, when = { a = true } }, '
         '{ for = ["one"], copies = 5, when = { a = false } }', {}, 0, (2, 5)),
    ],
)  # fmt: skip
def test_how_many_sheets(uses: str, answers: dict[str, Any], original: Any, copies: Any) -> None:
    written = uses.replace("{ for", '{ document = "id-card", for')
    (document,) = plan_of(rules_of(COUNTS % written), answers).documents
    assert (document.original, document.copies) == (original, copies)


def test_papers_of_equal_worth_are_one_line() -> None:
    uses = '{ one_of = ["id-card", "book"], for = ["one"], original = 1 }'
    plan = plan_of(rules_of(COUNTS % uses), have=frozenset({"book"}))
    (document,) = plan.documents
    assert (document.id, document.papers, document.held) == (
        "id-card|book", ("id-card", "book"), True,
    )  # fmt: skip


def test_a_line_is_as_needed_as_its_strictest_use_and_as_sure_as_its_weakest() -> None:
    uses = (
        '{ document = "book", for = ["one"], need = "optional", grade = "local" }, '
        '{ document = "book", for = ["two"], need = "required", fetched = true }'
    )
    (document,) = plan_of(rules_of(COUNTS % uses)).documents
    assert (document.need, document.grade, document.fetched) == ("required", "window", False)
    assert document.for_steps == ("one", "two")


# ---------------------------------------------------------------- warnings


def test_a_warning_goes_with_its_step_and_is_past_once_that_is_done() -> None:
    rules = rules_of(
        f"""
        question = [{A}, {B}]
        step = [{{ id = "one", title = "1", when = {{ a = true }} }}, {{ id = "two", title = "2" }}]
        warning = [
          {{ before = ["two"], level = "note", text = "second" }},
          {{ before = ["one"], level = "irreversible", text = "first", when = {{ b = true }} }},
          {{ before = ["one", "two"], level = "deadline", text = "both" }},
        ]
        """
    )

    def said(answers: dict[str, Any], *done: str) -> list[tuple[str, str, bool]]:
        plan = plan_of(rules, answers, done=frozenset(done))
        return [(item.entry.text, item.status, item.past) for item in plan.warnings]

    assert said({"a": True, "b": True}) == [
        ("first", "certain", False), ("both", "certain", False), ("second", "certain", False),
    ]  # fmt: skip
    assert said({"a": True}, "one")[0] == ("first", "possible", True)
    assert said({"b": True})[0] == ("first", "possible", False)
    assert said({"a": False}, "two") == [("both", "certain", True), ("second", "certain", True)]
    assert said({"a": True}, "two")[1:] == [("both", "certain", False), ("second", "certain", True)]


# ---------------------------------------------------------------- fees

FEES = """
question = [{ id = "price", kind = "money", max = "1000 万元" }, { id = "cost", kind = "money",
  when = { a = true } }, { id = "a", kind = "yesno" }]
local = [{ id = "rate", name = "r", kind = "rate", min = "1%", max = "3%" }]
derived = [{ id = "grade", case = [{ when = { a = true }, gives = "80 元" }] }]
step = [{ id = "pay", title = "p", when = { a = true } }]
fee = [{ id = "f", name = "f", WRITTEN }]
"""


def low_high(amount: Any) -> Any:
    return (amount.low, amount.high) if isinstance(amount, Span) else amount


@pytest.mark.parametrize(
    ("written", "answers", "expected"),
    [
        ('amount = "80 元"', {}, Decimal(80)),
        ('amount = "0 元"', {}, Decimal(0)),
        ("payer = 'x'", {}, None),  # not settled by any source, and that is not 0
        ('rate = "3%", of = "price"', {"price": 1234}, Decimal("37.02")),
        ('rate = "1.5%", of = "price"', {"price": 333}, Decimal("5.00")),
        ('rate = "0.5%", of = "price"', {"price": 1}, Decimal("0.01")),  # half up
        ('rate = "20%", of = "price", less = ["cost", "10 元"]',
         {"a": True, "price": 100, "cost": 40}, Decimal(10)),
        ('rate = "20%", of = "price", less = "cost"', {"a": True, "price": 1, "cost": 9}, Decimal(0)),
        ('rate = "1%", of = "price", at_least = "5 元"', {"price": 100}, Decimal(5)),
        ('rate = "1%", of = "price", at_most = "5 元"', {"price": 9999}, Decimal(5)),
        ('rate = "rate", of = "price"', {"price": 100}, (1, 3)),
        ('rate = "1%", of = "price"', {}, (0, 100000)),
        ('amount = "grade"', {"a": True}, Decimal(80)),
    ],
)  # fmt: skip
def test_what_a_fee_comes_to(written: str, answers: dict[str, Any], expected: Any) -> None:
    (fee,) = plan_of(rules_of(FEES.replace("WRITTEN", written)), answers).fees
    assert fee.status == "certain"
    assert low_high(fee.amount) == expected


@pytest.mark.parametrize(
    ("written", "answers", "status"),
    [
        ('amount = "grade"', {"a": False}, None),  # over a value that is absent it drops out
        ('rate = "1%", of = "cost"', {"a": False}, None),
        ('rate = "1%", of = "cost"', {}, "possible"),
        ('amount = "1 元", for = "pay"', {"a": False}, None),
        ('amount = "1 元", for = "pay"', {}, "possible"),
        ('amount = "1 元", for = "pay"', {"a": True}, "certain"),
        ('amount = "1 元", when = { a = true }', {"a": False}, None),
    ],
)
def test_whether_a_fee_falls_due(written: str, answers: dict[str, Any], status: Any) -> None:
    fees = plan_of(rules_of(FEES.replace("WRITTEN", written)), answers).fees
    assert [fee.status for fee in fees] == ([status] if status else [])


def test_an_amount_without_an_upper_end_keeps_its_lower_one() -> None:
    rules = rules_of(
        """
        question = [{ id = "price", kind = "money", min = "100 元" }]
        fee = [{ id = "f", name = "f", rate = "1%", of = "price" }]
        """
    )
    assert plan_of(rules).fees[0].amount == Span(Decimal(1), INFINITY)


# ---------------------------------------------------------------- outcomes

OUTCOMES = rules_of(
    f"""
    question = [{A}, {B}, {{ id = "c", kind = "yesno" }}]
    outcome = [
      {{ id = "first", group = "g", kind = "result", text = "1", when = {{ a = true }} }},
      {{ id = "second", group = "g", kind = "result", text = "2", when = {{ b = true }} }},
      {{ id = "rest", group = "g", kind = "result", text = "3" }},
      {{ id = "beside", kind = "human", text = "4", when = {{ b = true }} }},
      {{ id = "no", kind = "refuse", text = "5", when = {{ c = true }} }},
    ]
    step = [{{ id = "s", title = "s" }}]
    document = [{{ document = "id-card", for = ["s"] }}]
    fee = [{{ id = "f", name = "f", amount = "1 元" }}]
    """
)


@pytest.mark.parametrize(
    ("answers", "certain", "possible"),
    [
        ({"a": True, "b": True, "c": False}, ["first", "beside"], []),
        ({"a": False, "b": True, "c": False}, ["second", "beside"], []),
        ({"a": False, "b": False, "c": False}, ["rest"], []),
        ({"b": True, "c": False}, ["beside"], ["first", "second"]),
        ({"a": True, "c": False}, ["first"], ["beside"]),
        ({"a": False, "b": False}, ["rest"], ["no"]),
        ({"a": True, "b": True, "c": True}, ["first", "beside", "no"], []),
    ],
)
def test_of_a_group_the_first_that_holds_counts(
    answers: dict[str, Any], certain: list[str], possible: list[str]
) -> None:
    plan = plan_of(OUTCOMES, answers)
    assert [o.id for o in plan.outcomes if o.status == "certain"] == certain
    assert [o.id for o in plan.outcomes if o.status == "possible"] == possible


def test_a_certain_refusal_withdraws_everything_and_ends_the_interview() -> None:
    plan = plan_of(OUTCOMES, {"c": True})
    assert plan.ended
    assert plan.question is None
    assert plan.remaining_at_most == 0
    assert [o.id for o in plan.outcomes] == ["no"]
    assert [*plan.steps, *plan.documents, *plan.fees] == []


def test_while_a_refusal_is_open_the_rest_stands_as_if_it_did_not_come() -> None:
    plan = plan_of(OUTCOMES, {"a": True, "b": False})
    assert not plan.ended
    assert [(step.id, step.status) for step in plan.steps] == [("s", "certain")]


# ---------------------------------------------------------------- what is asked

ASKED = rules_of(
    """
    question = [
      { id = "way", kind = "choice", decision = true, option = [{ id = "sale" }, { id = "gift" }] },
      { id = "price", kind = "yesno", when = { way = "sale" } },
      { id = "kin", kind = "choice", when = { way = "gift" },
        option = [{ id = "child" }, { id = "other" }] },
      { id = "friend", kind = "yesno", when = { kin = "other" } },
      { id = "idle", kind = "yesno" },
      { id = "first", kind = "yesno" },
    ]
    step = [
      { id = "s1", title = "1", when = { price = true } },
      { id = "s2", title = "2", when = { any = [{ kin = "child" }, { friend = true }] } },
      { id = "s3", title = "3", when = { first = true } },
      { id = "s4", title = "4", when = { way = "sale" } },
    ]
    """
)


def walk(answers: dict[str, Any], given: dict[str, Any] | None = None) -> list[str]:
    """The questions asked, in order; what has no answer here is not known to the caller."""
    asked = []
    situation = situation_of(given or {})
    while question := make_plan(ASKED, situation).question:
        asked.append(question.id)
        if question.id in answers:
            situation = situation.answer(question.id, answers[question.id])
        else:
            situation = situation.mark_unsure(question.id)
    return asked


def test_a_decision_comes_last_and_what_its_options_ask_before_it() -> None:
    answers = {"price": True, "kin": "other", "friend": True, "first": True, "way": "sale"}
    assert walk(answers) == ["price", "kin", "friend", "first", "way"]
    assert walk({**answers, "kin": "child"}) == ["price", "kin", "first", "way"]


def test_a_decision_taken_early_leaves_only_its_own_questions() -> None:
    answers = {"price": True, "kin": "other", "friend": True, "first": True}
    assert walk(answers, {"way": "sale"}) == ["price", "first"]
    assert walk(answers, {"way": "gift"}) == ["kin", "friend", "first"]


def test_what_nobody_knows_is_not_asked_again_and_stays_open() -> None:
    assert walk({}) == ["price", "kin", "first", "way"]
    unsure = situation_of({}).mark_unsure("first")
    assert make_plan(ASKED, unsure).steps == plan_of(ASKED).steps
    assert unsure.answer("first", True).unsure == frozenset()


def test_a_question_that_changes_nothing_is_never_asked() -> None:
    assert "idle" not in walk({"price": True, "kin": "child", "first": True, "way": "gift"})


def test_the_bound_does_not_count_questions_that_exclude_one_another() -> None:
    rules = rules_of(
        """
        question = [
          { id = "a", kind = "choice", option = [{ id = "x" }, { id = "y" }, { id = "z" }] },
          { id = "x1", kind = "yesno", when = { a = "x" } },
          { id = "y1", kind = "yesno", when = { a = "y" } },
          { id = "y2", kind = "yesno", when = { a = "y" } },
        ]
        step = [{ id = "s", title = "s", when = { any = [{ x1 = true }, { y1 = true }, { y2 = true }] } }]
        """
    )
    assert plan_of(rules).remaining_at_most == 3
    assert plan_of(rules, {"a": "x"}).remaining_at_most == 1
    assert plan_of(rules, {"a": "z"}).remaining_at_most == 0


def test_of_many_options_only_those_that_conditions_name_are_told_apart() -> None:
    options = ", ".join(f'{{ id = "o{n}" }}' for n in range(14))
    named = ", ".join(
        f'{{ id = "s{n}", title = "s", when = {{ all = [{{ a = true }}, {{ many = "o{n}" }}] }} }}'
        for n in range(12)
    )
    rules = rules_of(
        f"""
        question = [{A}, {{ id = "many", kind = "choices", option = [{options}] }}]
        step = [{named}]
        """
    )
    assert plan_of(rules, {"a": False}).question is None
    asked = plan_of(rules, {"a": True}).question
    assert asked is not None
    assert asked.id == "many"


def test_answers_out_of_play_are_kept_unseen_and_noted() -> None:
    rules = rules_of(
        f"""
        question = [{A}, {{ id = "b", kind = "yesno", when = {{ a = true }} }}]
        step = [{{ id = "s", title = "办", when = {{ none = [{{ b = true }}] }} }}]
        """
    )
    plan = plan_of(
        rules, {"a": False, "b": True}, done=frozenset({"s"}), have=frozenset({"permit"})
    )
    assert order(plan) == ["s"]
    assert len(plan.notes) == 2
    assert "「b」" in plan.notes[0]
    assert "「permit」" in plan.notes[1]
    assert plan.situation.answers["b"] is True
    away = plan_of(rules, {"a": True, "b": True}, done=frozenset({"s"}))
    assert away.notes == ("已办的「办」现在不算：方案里没有这一步",)


def test_facts_may_come_in_any_order() -> None:
    answers: dict[str, Any] = {"way": "gift", "kin": "other", "friend": True, "first": False}
    backwards = dict(reversed(answers.items()))
    assert plan_of(ASKED, answers).steps == plan_of(ASKED, backwards).steps
    assert plan_of(ASKED, answers).notes == plan_of(ASKED, backwards).notes
