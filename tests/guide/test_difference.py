"""What comes, goes and changes between two plans, of one day or of two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from support.desk import SMALL, TODAY
from support.written import plan_of, rules_of

from banzheng_tui.guide.answers import AnswerError
from banzheng_tui.guide.as_of import as_of, parse_day
from banzheng_tui.guide.difference import Difference, difference, difference_lines
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.procedure.library import load_library

BOOK = RuleBook(load_library([SMALL]))
NEXT_YEAR = date(2027, 1, 1)


def stall(answers: dict[str, Answer], on: date = TODAY) -> Plan:
    rules = BOOK.rules("night-stall", on)
    return make_plan(rules, as_of(rules, Situation(on=on, answers=answers))[0])


def named(found: Difference) -> dict[str, set[str]]:
    """kind:id of what is new, gone and turned."""
    return {
        "new": {f"{item.kind}:{item.id}" for item in found.new},
        "gone": {f"{item.kind}:{item.id}" for item in found.gone},
        "turned": {f"{turn.after.kind}:{turn.after.id}" for turn in found.turned},
    }


def test_a_plan_differs_in_nothing_from_itself() -> None:
    found = difference(stall({"spot": "yard"}), stall({"spot": "yard"}))
    assert found.is_empty
    assert list(difference_lines(found)) == []


def test_what_comes_and_goes_with_another_place() -> None:
    found = difference(stall({"spot": "yard"}), stall({"spot": "market"}))
    assert named(found) == {
        "new": {"step:ask-market", "fee:deposit"},
        "gone": {"outcome:no-yard", "document:yard-paper", "warning:3"},
        "turned": set(),
    }
    assert not found.is_empty
    back = difference(stall({"spot": "market"}), stall({"spot": "yard"}))
    assert (back.new, back.gone) == (found.gone, found.new)


def test_what_was_possible_and_is_certain_now() -> None:
    found = difference(stall({}), stall({"goods": frozenset({"food"})}))
    assert named(found)["turned"] == {"step:check-food", "document:food-slip", "warning:4"}
    lines = list(difference_lines(found))
    assert "变了材料：饮食合格单（可能要 变成 一定要）" in lines
    assert "变了提醒：检查前一天不要进货（可能有 变成 一定有）" in lines


def test_how_many_sheets_and_how_much() -> None:
    before: dict[str, Answer] = {"spot": "market", "helpers": Decimal(2), "rent": Decimal(12000)}
    after: dict[str, Answer] = {"spot": "market", "helpers": Decimal(3), "rent": Decimal(13000)}
    assert set(difference_lines(difference(stall(before), stall(after)))) == {
        "变了材料：帮工证明（原件 2 变成 原件 3）",
        "变了费用：押金（1,200 元 变成 1,300 元）",
    }


def test_a_refusal_comes_before_all_that_goes_with_it() -> None:
    before = stall({"spot": "yard", "neighbours": True})
    found = difference(before, stall({"spot": "yard", "neighbours": False}))
    assert [item.title for item in found.new] == ["邻居不同意的，院子里不能摆摊。"]
    assert {f"step:{step.id}" for step in before.steps} <= named(found)["gone"]
    first = next(difference_lines(found))
    assert first == "多了结论：邻居不同意的，院子里不能摆摊（办不了）"


def test_what_is_certain_stands_before_what_is_possible() -> None:
    found = difference(stall({"spot": "yard", "neighbours": False}), stall({"spot": "yard"}))
    order = [item.status for item in found.new]
    assert order == sorted(order)
    assert set(order) == {"certain", "possible"}


def test_steps_done_and_papers_held_are_no_difference() -> None:
    plan = stall({"spot": "street"})
    situation = replace(
        plan.situation, done=frozenset({"draw"}), have=frozenset({"stall-form", "food-slip"})
    )
    assert difference(plan, make_plan(plan.rules, situation)).is_empty


def test_need_and_who_fetches() -> None:
    use = 'document = "id-card", for = ["s"], original = 1'
    rules = rules_of(
        f"""
        question = [{{ id = "a", kind = "yesno" }}]
        step = [{{ id = "s", title = "s" }}]
        document = [
          {{ {use}, when = {{ a = true }} }},
          {{ {use}, when = {{ a = false }}, need = "optional", fetched = true }},
        ]
        """
    )
    found = difference(plan_of(rules, {"a": True}), plan_of(rules, {"a": False}))
    (turn,) = found.turned
    assert turn.turns == ("不能后补 变成 可交可不交", "要自己交 变成 窗口自己取，不用交")


# -- two days


def test_another_day_has_other_entries_under_the_same_ids() -> None:
    answers: dict[str, Answer] = {"spot": "street", "goods": frozenset({"toys"})}
    found = difference(stall(answers), stall(answers, NEXT_YEAR))
    assert list(difference_lines(found)) == [
        "多了材料：灯具合格单（原件 1）",
        "变了费用：工本费（10 元 变成 15 元）",
    ]


def test_the_day_before_is_as_today() -> None:
    assert difference(stall({}), stall({}, date(2026, 12, 31))).is_empty


def test_another_title_names_the_old_one() -> None:
    rules = [
        rules_of(
            """
            step = [
              { id = "s", title = "旧办法", valid_to = 2026-12-31 },
              { id = "s", title = "新办法", valid_from = 2027-01-01 },
            ]
            warning = [
              { before = ["s"], level = "note", text = "今年说的。", valid_to = 2026-12-31 },
              { before = ["s"], level = "note", text = "都说的。" },
            ]
            """,
            on=day,
        )
        for day in (TODAY, NEXT_YEAR)
    ]
    found = difference(*(make_plan(each, Situation(on=each.on)) for each in rules))
    assert list(difference_lines(found)) == [
        "不用了提醒：今年说的。",
        "变了步骤：新办法（原来写「旧办法」）",
    ]


def test_what_another_day_does_not_know_is_kept_and_named() -> None:
    rules = BOOK.rules("night-stall", NEXT_YEAR)
    given = Situation(
        on=TODAY,
        answers={"goods": frozenset({"plants"}), "spot": "street", "no-such": True},
        unsure=frozenset({"gone"}),
        done=frozenset({"draw", "gone-step"}),
    )
    counts, notes = as_of(rules, given)
    assert counts.answers == {"spot": "street"}
    assert counts.on == NEXT_YEAR
    assert counts.unsure == frozenset()
    assert counts.done == {"draw"}
    assert "「卖什么」的回答先留着，现在不算：按 2027-01-01 的规定不能这样答" in notes
    assert any("gone-step" in note for note in notes)
    assert make_plan(rules, counts).question is not None


def test_what_both_days_know_counts_on_both() -> None:
    answers: dict[str, Answer] = {
        "spot": "yard", "goods": frozenset({"food", "toys"}), "neighbours": True,
        "helpers": Decimal(2), "opening": date(2027, 3, 1), "who-goes": "other",
    }  # fmt: skip
    given = Situation(on=TODAY, answers=answers, unsure=frozenset({"yard-tenure"}))
    counts, notes = as_of(BOOK.rules("night-stall", NEXT_YEAR), given)
    assert counts == replace(given, on=NEXT_YEAR)
    assert notes == ()


@pytest.mark.parametrize("text", ["2027-01-01", "2027年1月1日", "20270101", "２０２７/1/1"])
def test_a_day_as_it_is_typed(text: str) -> None:
    assert parse_day(text, TODAY) == NEXT_YEAR


@pytest.mark.parametrize("text", ["", "明年", "2027-02-30", "1-1", "0001-01-01", "9999-12-31"])
def test_no_day_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(AnswerError, match=r"[一-鿿]"):
        parse_day(text, TODAY)
