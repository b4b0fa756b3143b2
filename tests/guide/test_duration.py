"""How long a plan takes: units apart, along the longest chain, nothing made up."""

import pytest
from support.written import plan_of, rules_of

from banzheng_tui.guide.duration import plan_time
from banzheng_tui.guide.plan import Plan

A = '{ id = "a", kind = "yesno" }'


def said(plan: Plan) -> tuple[str, str]:
    return plan_time(plan, "shortest").text, plan_time(plan, "longest").text


@pytest.mark.parametrize(
    ("time", "text"),
    [
        ("5 工作日", "5 个工作日"),
        ("20 日", "20 日"),
        ("1 个月", "1 个月"),
        ("1 年", "1 年"),
        ("2 小时", "2 小时"),
        ("4 工作小时", "4 个工作小时"),
        ("当场", "当场"),
    ],
)
def test_a_time_keeps_its_unit(time: str, text: str) -> None:
    rules = rules_of(f'step = [{{ id = "s", title = "s", time = {{ statutory = "{time}" }} }}]')
    assert said(plan_of(rules)) == (text, text)


def test_no_number_where_no_step_says_one() -> None:
    rules = rules_of(
        """step = [{ id = "s", title = "s", time = { note = "常常很快" } }, { id = "t", title = "t" }]"""
    )
    assert said(plan_of(rules)) == ("没写时限", "没写时限")
    assert plan_time(plan_of(rules), "longest").untimed == 2


def test_what_is_promised_is_the_shortest_and_the_law_the_longest() -> None:
    rules = rules_of(
        """
        step = [
          { id = "s", title = "s", time = { promised = "当场", statutory = "3 工作日" } },
          { id = "t", title = "t", after = ["s"], time = { promised = "2 工作日" } },
          { id = "u", title = "u", after = ["t"], time = { statutory = "1 个月" } },
        ]
        """
    )
    assert said(plan_of(rules)) == ("2 个工作日＋1 个月", "5 个工作日＋1 个月")


def test_side_by_side_the_longer_counts_by_about_so_many_days() -> None:
    """20 working days are four weeks: longer than 25 days, shorter than 30."""
    rules = rules_of(
        """
        question = [{ id = "a", kind = "yesno" }]
        step = [
          { id = "s", title = "s", time = { statutory = "20 工作日" } },
          { id = "t", title = "t", time = { statutory = "25 日" }, when = { a = true } },
          { id = "u", title = "u", time = { statutory = "30 日" }, when = { a = false } },
          { id = "v", title = "v" },
        ]
        """
    )
    assert said(plan_of(rules, {"a": True}))[1] == "20 个工作日，另有 1 步没写时限"
    assert said(plan_of(rules, {"a": False}))[1] == "30 日，另有 1 步没写时限"


CHAIN = rules_of(
    f"""
    question = [{A}]
    step = [
      {{ id = "first", title = "1", produces = ["permit"], time = {{ statutory = "3 工作日" }} }},
      {{ id = "middle", title = "2", after = ["first"], when = {{ a = true }}, time = {{ statutory = "10 日" }} }},
      {{ id = "last", title = "3", after = ["middle"], time = {{ statutory = "1 个月" }} }},
    ]
    """
)


def test_a_step_that_is_not_needed_keeps_the_chain_together() -> None:
    assert said(plan_of(CHAIN, {"a": False})) == ("3 个工作日＋1 个月", "3 个工作日＋1 个月")


def test_what_is_only_possible_counts_in_the_longest_alone() -> None:
    assert said(plan_of(CHAIN)) == ("3 个工作日＋1 个月", "3 个工作日＋10 日＋1 个月")


def test_what_is_done_takes_no_more_time() -> None:
    plan = plan_of(CHAIN, {"a": False}, done=frozenset({"first"}))
    assert said(plan) == ("1 个月", "1 个月")


FLOW = """
    question = [{ id = "a", kind = "yesno" }]
    step = [
      { id = "use", title = "u", time = { statutory = "5 日" } },
      { id = "make", title = "m", produces = ["permit"], time = { statutory = "3 工作日" } },
    ]
    document = [{ DOCUMENT, for = ["use"], original = 1 }]
"""


@pytest.mark.parametrize(
    ("document", "have", "expected"),
    [
        ('document = "permit"', (), ("3 个工作日＋5 日", "3 个工作日＋5 日")),
        ('document = "permit"', ("permit",), ("5 日", "5 日")),
        ('document = "permit", need = "deferrable"', (), ("5 日", "5 日")),
        ('document = "permit", fetched = true', (), ("5 日", "5 日")),
        ('one_of = ["permit", "book"]', (), ("5 日", "3 个工作日＋5 日")),
        ('document = "permit", when = { a = true }', (), ("5 日", "3 个工作日＋5 日")),
    ],
    ids=["needed", "at-hand", "later", "fetched", "another-will-do", "perhaps"],
)
def test_a_step_waits_for_its_papers(
    document: str, have: tuple[str, ...], expected: tuple[str, str]
) -> None:
    plan = plan_of(rules_of(FLOW.replace("DOCUMENT", document)), have=frozenset(have))
    assert said(plan) == expected
