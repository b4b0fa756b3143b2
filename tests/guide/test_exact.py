"""How everything stands, what decides it and what is asked, against all completions by brute force.

Nothing here is taken from the engine: what is true of a situation is counted over every complete
set of answers that agrees with it (``support.worlds``).
"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import Outline, line_id
from support.random_procedures import Case, procedures
from support.random_situations import plans, tried

from banzheng_tui.guide.exact import diagrams
from banzheng_tui.guide.items import Item, all_items, own_diagram, standing
from banzheng_tui.guide.plan import Plan, PlanDocument
from banzheng_tui.guide.possible import Span

SEEDS = st.integers(0, 1000)


def listed(plan: Plan) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What a plan's lists say of each item: its status, and what it waits for."""
    place = {id(warning): n for n, warning in enumerate(plan.rules.warnings)}
    groups: tuple[tuple[str, Any], ...] = (
        ("outcome", [(item.id, item) for item in plan.outcomes]),
        ("step", [(item.id, item) for item in plan.steps]),
        ("document", [(item.id, item) for item in plan.documents]),
        ("warning", [(place[id(item.entry)], item) for item in plan.warnings]),
        ("fee", [(item.entry.id, item) for item in plan.fees]),
    )
    for kind, items in groups:
        for name, item in items:
            yield f"{kind}:{name}", item.status, item.undecided


# -------------------------------------------------------------------- promise 3


@tried(150)
@given(procedures(), SEEDS)
def test_every_item_stands_as_all_completions_say(case: Case, seed: int) -> None:
    for plan in plans(case, seed):
        answers = plan.situation.answers
        assert plan.ended == case.worlds.all_ended(answers)
        truth = {item: case.worlds.standing(str(item), answers) for item in all_items(plan.rules)}
        assert {item: standing(plan, item) for item in truth} == truth
        lists = {name: status for name, status, _ in listed(plan)}
        assert lists == {str(item): how for item, how in truth.items() if how != "excluded"}


@tried(100)
@given(procedures(), SEEDS)
def test_what_is_open_names_just_the_facts_that_decide_it(case: Case, seed: int) -> None:
    for plan in plans(case, seed):
        answers = plan.situation.answers
        lines = {document.id: document for document in plan.documents}
        for name, status, undecided in listed(plan):
            if status == "certain":
                assert undecided == ()
                continue
            kind, _, item_id = name.partition(":")
            deciding = uses_of(case, lines[item_id], plan) if kind == "document" else [name]
            assert undecided == case.worlds.undecided(deciding, answers)
        for item in all_items(plan.rules):
            found = plan.standings.undecided(own_diagram(plan.rules, item))
            assert found == case.worlds.undecided([str(item)], answers)


def uses_of(case: Case, document: PlanDocument, plan: Plan) -> list[str]:
    """The uses of a line that may be in the plan."""
    found = [
        f"use:{index}"
        for index, use in enumerate(case.data["document"])
        if line_id(use) == document.id
    ]
    answers = plan.situation.answers
    return [use for use in found if case.worlds.standing(use, answers) != "excluded"]


# -------------------------------------------------------------------- how much, how many


def going_on(case: Case, plan: Plan) -> list[Outline]:
    worlds = case.worlds
    outlines = [worlds.outlines[index] for index in worlds.completing(plan.situation.answers)]
    return [outline for outline in outlines if not outline.ended]


def ends(count: Any) -> tuple[Any, Any]:
    if isinstance(count, Span):
        return count.low, count.high
    return count if isinstance(count, tuple) else (count, count)


@tried(100)
@given(procedures(), SEEDS)
def test_sheets_and_amounts_reach_just_as_far_as_they_can(case: Case, seed: int) -> None:
    numbers = {q["id"] for q in case.data["question"] if q["kind"] == "number" and "max" not in q}
    for plan in plans(case, seed):
        outlines = going_on(case, plan)
        open_numbers = numbers - plan.situation.answers.keys()
        for document in plan.documents:
            sheets = [o.lines[document.id] for o in outlines if document.id in o.lines]
            if any(use.per in open_numbers for use in document.uses):
                continue  # without a least and a most there is no end to count to
            for said, at in ((document.original, 0), (document.copies, 1)):
                assert ends(said) == (min(s[at] for s in sheets), max(s[at] for s in sheets))
        for fee in plan.fees:
            amounts = [o.fees[fee.entry.id] for o in outlines if fee.entry.id in o.fees]
            if None in amounts:
                assert fee.amount is None
            else:
                low, high = ends(fee.amount)
                found = [amount for amount in amounts if amount is not None]
                assert low <= min(found)
                assert max(found) <= high
                if plan.rules.truths.diagrams.support == ():
                    assert (low, high) == (min(found), max(found))


# -------------------------------------------------------------------- promise 2


@tried(150)
@given(procedures(most_worlds=200), SEEDS)
def test_the_bound_is_the_longest_interview(case: Case, seed: int) -> None:
    for plan in plans(case, seed):
        most, _ = case.worlds.to_come(plan.situation.answers, plan.situation.unsure)
        assert plan.remaining_at_most == most


@tried(150)
@given(procedures(most_worlds=200), SEEDS)
def test_open_questions_are_all_that_some_way_of_answering_asks(case: Case, seed: int) -> None:
    for plan in plans(case, seed):
        _, asked = case.worlds.to_come(plan.situation.answers, plan.situation.unsure)
        assert set(plan.open_questions) == asked


# -------------------------------------------------------------------- beyond what can be exact


def check_nothing_claimed_wrongly(case: Case, seed: int) -> None:
    for plan in plans(case, seed):
        for item in all_items(plan.rules):
            truth = case.worlds.standing(str(item), plan.situation.answers)
            assert standing(plan, item) in (truth, "possible")


@tried(100)
@given(procedures(loose=True), SEEDS)
def test_numbers_held_against_numbers_leave_more_open_and_claim_nothing_wrong(
    case: Case, seed: int
) -> None:
    check_nothing_claimed_wrongly(case, seed)


@tried(60)
@given(procedures(), SEEDS, st.integers(0, 12))
def test_what_is_too_large_to_tell_stays_open(case: Case, seed: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diagrams, "MOST_NEW", most)
        check_nothing_claimed_wrongly(case, seed)
