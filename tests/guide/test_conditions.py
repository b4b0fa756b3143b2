"""Conditions in three values: every written form, against every kind of knowledge."""

from datetime import date
from typing import Any

import pytest
from support.written import DAY, plan_of, rules_of, situation_of, verdict

from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.standings import Standings

RULES = rules_of(
    """
question = [
  { id = "house", kind = "choice", option = [{ id = "same" }, { id = "apart" }, { id = "far" }] },
  { id = "follow", kind = "choice", when = { house = "apart" },
    option = [{ id = "father" }, { id = "mother" }] },
  { id = "collective", kind = "yesno", when = { follow = "mother" } },
  { id = "area", kind = "number", min = 0, max = 500 },
  { id = "price", kind = "money" },
  { id = "born", kind = "date", max = "today" },
  { id = "dishes", kind = "choices",
    option = [{ id = "hot" }, { id = "cold" }, { id = "drink" }, { id = "none", exclusive = true }] },
]
set = [{ id = "away", values = ["apart", "far"] }]
local = [
  { id = "small", name = "小面积", kind = "number", min = 50, max = 100 },
  { id = "strict", name = "从严", kind = "yesno" },
  { id = "word", name = "说法", kind = "text" },
]
derived = [
  { id = "age", days_between = ["born", "today"] },
  { id = "half", product = ["area", 0.5] },
  { id = "row", otherwise = { kind = "rest", rate = "3%" }, case = [
    { when = { house = "same" }, gives = { kind = "one", rate = "1%" } },
    { when = { area = { under = 100 } }, gives = { kind = "two", count = "area" } },
  ] },
]
"""
)

DISHES = {"dishes": ["hot", "cold"]}


@pytest.mark.parametrize(
    ("written", "answers", "expected"),
    [
        # one value, a list, a set
        ('{ house = "apart" }', {}, "open"),
        ('{ house = "apart" }', {"house": "apart"}, "yes"),
        ('{ house = "apart" }', {"house": "same"}, "no"),
        ('{ house = ["apart", "far"] }', {"house": "far"}, "yes"),
        ('{ house = ["apart", "far"] }', {}, "open"),
        ('{ house = ["same", "apart", "far"] }', {}, "yes"),
        ('{ house = { in = "away" } }', {"house": "far"}, "yes"),
        ('{ house = { in = "away" } }', {"house": "same"}, "no"),
        ('{ house = { in = "away" } }', {}, "open"),
        # all keys of a table hold together
        ('{ house = "same", area = { over = 10 } }', {"house": "same"}, "open"),
        ('{ house = "same", area = { over = 10 } }', {"house": "far"}, "no"),
        ('{ house = "same", area = { over = 10 } }', {"house": "same", "area": 11}, "yes"),
        # any, all, none, nested
        ('{ any = [{ house = "same" }, { area = { over = 9 } }] }', {"area": 10}, "yes"),
        ('{ any = [{ house = "same" }, { area = { over = 9 } }] }', {"area": 9}, "open"),
        ('{ any = [{ house = "same" }, { area = { over = 9 } }] }', {"area": 9, "house": "far"}, "no"),
        ('{ all = [{ house = "same" }, { area = { over = 9 } }] }', {"area": 9}, "no"),
        ('{ all = [{ house = "same" }, { area = { over = 9 } }] }', {"area": 10}, "open"),
        ('{ none = [{ house = "same" }, { area = { over = 9 } }] }', {"area": 10}, "no"),
        ('{ none = [{ house = "same" }, { area = { over = 9 } }] }', {}, "open"),
        ('{ none = [{ house = "same" }, { area = { over = 9 } }] }', {"house": "far", "area": 9}, "yes"),
        ('{ none = [{ any = [{ house = "same" }, { none = [{ house = "far" }] }] }] }',
         {"house": "far"}, "yes"),
        # numbers, money, dates, with the domain where nothing is known
        ("{ area = { at_least = 50, under = 300 } }", {"area": 50}, "yes"),
        ("{ area = { at_least = 50, under = 300 } }", {"area": 300}, "no"),
        ("{ area = { over = 50, at_most = 300 } }", {"area": 50}, "no"),
        ("{ area = { over = 50, at_most = 300 } }", {"area": 300}, "yes"),
        ("{ area = { at_least = 0 } }", {}, "yes"),
        ("{ area = { over = 500 } }", {}, "no"),
        ("{ area = 60 }", {"area": 60}, "yes"),
        ("{ area = [60, 70] }", {}, "open"),
        ("{ area = 501 }", {}, "no"),
        ('{ price = { over = "1 万元" } }', {"price": 10001}, "yes"),
        ('{ price = { under = "0 元" } }', {}, "no"),
        ("{ born = { at_least = 2026-01-01 } }", {"born": date(2026, 1, 1)}, "yes"),
        ("{ born = { over = 2026-11-23 } }", {}, "no"),
        ('{ born = { under = "today" } }', {"born": DAY}, "no"),
        ('{ born = { at_most = "today" } }', {}, "yes"),
        # several choices
        ('{ dishes = "hot" }', DISHES, "yes"),
        ('{ dishes = "drink" }', DISHES, "no"),
        ('{ dishes = ["drink", "cold"] }', DISHES, "yes"),
        ('{ dishes = "hot" }', {}, "open"),
        ('{ dishes = ["hot", "cold", "drink", "none"] }', {}, "yes"),
        ('{ dishes = { only = ["hot", "cold", "drink"] } }', DISHES, "yes"),
        ('{ dishes = { only = ["hot"] } }', DISHES, "no"),
        ('{ dishes = { only = ["hot"] } }', {}, "open"),
        ('{ dishes = { only = ["hot", "cold", "drink", "none"] } }', {}, "yes"),
        ('{ dishes = { exactly = ["hot", "cold"] } }', DISHES, "yes"),
        ('{ dishes = { exactly = ["hot"] } }', DISHES, "no"),
        ('{ dishes = { exactly = ["hot"] } }', {}, "open"),
        # local values, within their bounds and beyond
        ('{ area = { at_most = "small" } }', {"area": 50}, "yes"),
        ('{ area = { at_most = "small" } }', {"area": 51}, "open"),
        ('{ area = { at_most = "small" } }', {"area": 101}, "no"),
        ('{ small = { at_least = 50 } }', {}, "yes"),
        ("{ strict = true }", {}, "open"),
        ('{ word = "x" }', {}, "open"),
        # derived values keep the bounds of what is open
        ("{ age = { under = 0 } }", {}, "no"),
        ("{ age = { over = 30 } }", {"born": date(2026, 10, 23)}, "yes"),
        ("{ half = { at_most = 250 } }", {}, "yes"),
        ("{ half = { over = 100 } }", {}, "open"),
        ('{ "row.kind" = "one" }', {"house": "same"}, "yes"),
        ('{ "row.kind" = ["two", "rest"] }', {"house": "far"}, "yes"),
        ('{ "row.kind" = "one" }', {"house": "far"}, "no"),
        ('{ "row.rate" = { at_least = "3%" } }', {"house": "far", "area": 100}, "yes"),
        ('{ "row.rate" = { at_least = "1%" } }', {"house": "far", "area": 99}, "no"),
        ('{ "row.count" = { under = 100 } }', {"house": "far", "area": 99}, "yes"),
        ('{ "row.count" = { under = 100 } }', {"house": "same"}, "no"),
    ],
)  # fmt: skip
def test_a_condition(written: str, answers: dict[str, Any], expected: str) -> None:
    assert verdict(RULES, written, answers) == expected


FATHER = {"follow": "father"}


@pytest.mark.parametrize(
    ("written", "answers", "expected"),
    [
        ('{ follow = "father" }', {**FATHER, "house": "apart"}, "yes"),
        ('{ follow = "father" }', {**FATHER, "house": "same"}, "no"),
        ('{ follow = "father" }', FATHER, "open"),
        ('{ none = [{ follow = "father" }] }', {**FATHER, "house": "same"}, "yes"),
        ('{ none = [{ follow = "father" }] }', {"house": "apart"}, "open"),
        ('{ none = [{ follow = "mother" }] }', FATHER, "yes"),
        ('{ follow = ["father", "mother"] }', {"house": "apart"}, "yes"),
        ('{ follow = ["father", "mother"] }', {}, "open"),
        # two questions away
        ("{ collective = true }", {"house": "same", "follow": "mother", "collective": True}, "no"),
        ("{ collective = true }", {"follow": "mother", "collective": True}, "open"),
        ("{ collective = [true, false] }", {"house": "apart", "follow": "mother"}, "yes"),
        ("{ none = [{ collective = true }] }", FATHER, "yes"),
    ],
)  # fmt: skip
def test_only_what_is_in_play_counts(written: str, answers: dict[str, Any], expected: str) -> None:
    assert verdict(RULES, written, answers) == expected


@pytest.mark.parametrize(
    ("answers", "plays"),
    [
        ({}, (2, 1, 1)),
        ({"house": "apart"}, (2, 2, 1)),
        ({"house": "same"}, (2, 0, 0)),
        ({"house": "apart", "follow": "mother"}, (2, 2, 2)),
        ({"house": "apart", "follow": "father"}, (2, 2, 0)),
        ({"follow": "mother"}, (2, 1, 1)),
        ({"follow": "father"}, (2, 1, 0)),
    ],
)
def test_play_goes_down_a_chain(answers: dict[str, Any], plays: tuple[int, ...]) -> None:
    at = Standings(RULES, situation_of(answers))
    assert tuple(at.in_play(fact) for fact in ("house", "follow", "collective")) == plays


def test_what_is_open_waits_only_for_facts_that_still_decide() -> None:
    rules = rules_of(
        """
        question = [{ id = "a", kind = "yesno" }, { id = "b", kind = "yesno" },
                    { id = "c", kind = "yesno", when = { a = true } }]
        step = [{ id = "s", title = "s", when = { any = [
          { all = [{ a = true }, { b = true }] }, { c = true }] } }]
        """
    )
    assert plan_of(rules).steps[0].undecided == ("a", "b", "c")
    assert plan_of(rules, {"a": True, "b": False}).steps[0].undecided == ("c",)
    assert plan_of(rules, {"a": True, "c": False}).steps[0].undecided == ("b",)
    assert not plan_of(rules, {"a": False}).steps


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 11, 22), "full"), (date(2026, 11, 23), "half")]
)
def test_the_day_of_the_plan_picks_rows_and_entries(on: date, expected: str) -> None:
    rules: Rules = rules_of(
        """
        question = [{ id = "a", kind = "yesno" }]
        derived = [{ id = "tax", otherwise = "full", case = [
          { from = 2026-11-23, when = { a = true }, gives = "half" }] }]
        step = [
          { id = "s", title = "老办法", valid_to = 2026-11-22 },
          { id = "s", title = "新办法", valid_from = 2026-11-23 },
        ]
        """,
        on,
    )
    assert verdict(rules, f'{{ tax = "{expected}" }}', {"a": True}) == "yes"
    titles = [step.entry.title for step in plan_of(rules).steps]
    assert titles == ["老办法" if expected == "full" else "新办法"]
