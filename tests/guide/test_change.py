"""What another answer would change, before it does."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.brute_force import Outline
from support.desk import SMALL, TODAY
from support.random_procedures import DAY, Case, procedures

from banzheng_tui.guide.change import Change, preview
from banzheng_tui.guide.plan import make_plan
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.procedure.library import load_library

RULES = RuleBook(load_library([SMALL])).rules("night-stall", TODAY)
YARD: dict[str, Any] = {"spot": "yard", "goods": frozenset({"food"}), "neighbours": True}


def change(
    answers: dict[str, Answer], fact: str, value: Answer | None, unsure: tuple[str, ...] = ()
) -> Change:
    situation = Situation(on=TODAY, answers=answers, unsure=frozenset(unsure))
    return preview(RULES, situation, fact, value)


def test_answers_fall_out_of_play_unsure_ones_too() -> None:
    found = change(YARD, "spot", "street", unsure=("yard-tenure",))
    assert found.falls_out == ("neighbours", "yard-tenure")
    assert found.comes_back == ()
    assert found.after.situation.answers["neighbours"] is True  # kept, for he may change back
    assert {item.id for item in found.difference.gone} == {"yard-paper", "3"}


def test_kept_answers_count_again() -> None:
    found = change({**YARD, "spot": "street"}, "spot", "yard", unsure=("yard-tenure",))
    assert found.comes_back == ("neighbours", "yard-tenure")
    assert found.falls_out == ()
    assert found.asked_anew == ()


def test_what_is_asked_anew() -> None:
    found = change(YARD, "spot", "market")
    assert found.asked_anew == ("rent",)
    assert change({"spot": "market"}, "spot", "yard").asked_anew == ("neighbours", "yard-tenure")


def test_nothing_is_asked_anew_that_would_have_been_asked_anyway() -> None:
    found = change({"spot": "street"}, "goods", frozenset({"food"}))
    assert found.asked_anew == ()
    assert [turn.after.id for turn in found.difference.turned] == ["food-slip", "check-food", "4"]


def test_the_fact_itself_is_neither_dropped_nor_asked() -> None:
    found = change({"goods": frozenset({"food"})}, "goods", None)
    assert found.value is None
    assert found.after.situation.unsure == {"goods"}
    assert (found.falls_out, found.comes_back, found.asked_anew) == ((), (), ())
    assert not found.is_empty


def test_a_refusal_withdraws_the_questions_that_come_after_it() -> None:
    found = change(YARD, "neighbours", False)
    assert found.after.ended
    assert found.after.question is None
    assert [item.id for item in found.difference.new] == ["no-yard"]


@pytest.mark.parametrize(
    ("fact", "before", "after"),
    [
        ("goods", frozenset({"toys"}), frozenset({"plants"})),
        ("goods", frozenset({"food"}), frozenset({"food", "toys"})),
    ],
)
def test_an_answer_that_changes_nothing(fact: str, before: Answer, after: Answer) -> None:
    assert change({"spot": "street", fact: before}, fact, after).is_empty


def test_the_same_answer_changes_nothing() -> None:
    assert all(change(YARD, fact, value).is_empty for fact, value in YARD.items())


def test_a_preview_leads_where_the_answer_leads() -> None:
    answers = {**YARD, "helpers": Decimal(2)}
    found = change(answers, "helpers", Decimal(5))
    plan = make_plan(RULES, Situation(on=TODAY, answers={**answers, "helpers": Decimal(5)}))
    assert found.after.situation == plan.situation
    assert found.after.documents == plan.documents
    (turn,) = found.difference.turned
    assert turn.turns == ("原件 2 变成 原件 5",)


# -- against a plain reading of every case


def kinds(outline: Outline) -> dict[str, Any]:
    """What the plan of a complete set of answers holds, by the kinds of a difference."""
    return {
        "outcome": dict.fromkeys(outline.outcomes),
        "step": dict.fromkeys(outline.steps),
        "document": {
            line: (original, copies, need, fetched)
            for line, (original, copies, _, need, fetched) in outline.lines.items()
        },
        "warning": dict.fromkeys(outline.warnings),
        "fee": outline.fees,
    }


@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
@given(procedures(), st.integers(0, 1000))
def test_a_preview_is_what_two_plain_readings_differ_in(case: Case, seed: int) -> None:
    worlds, random = case.worlds, Random(seed)
    for _ in range(20):
        index = random.randrange(len(worlds.worlds))
        world = worlds.worlds[index]
        fact = random.choice(case.questions)
        value = random.choice(case.values[fact])
        other = worlds.worlds.index({**world, fact: value})
        if "here" in world:
            continue  # nobody is asked for a local value, so something may stay open
        answers = {name: world[name] for name in case.questions}
        found = preview(case.rules, Situation(on=DAY, answers=answers), fact, value)
        rest = [name for name in case.questions if name != fact]
        was, will = worlds.plays[index], worlds.plays[other]
        assert found.falls_out == tuple(n for n in rest if n in was and n not in will)
        assert found.comes_back == tuple(n for n in rest if n in will and n not in was)
        assert found.asked_anew == ()
        old, new = kinds(worlds.outlines[index]), kinds(worlds.outlines[other])
        both = {kind: old[kind].keys() & new[kind].keys() for kind in new}
        assert {(i.kind, i.id) for i in found.difference.new} == {
            (kind, name) for kind in new for name in new[kind].keys() - both[kind]
        }
        assert {(i.kind, i.id) for i in found.difference.gone} == {
            (kind, name) for kind in old for name in old[kind].keys() - both[kind]
        }
        turned = {
            (kind, name)
            for kind in new
            for name in both[kind]
            if new[kind][name] != old[kind][name]
        }
        said = {(turn.after.kind, turn.after.id) for turn in found.difference.turned}
        assert turned <= said
        assert {kind for kind, _ in said - turned} <= {"document"}  # 原件收走 is not in a reading
