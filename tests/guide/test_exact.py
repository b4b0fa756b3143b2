"""How everything stands, what decides it and what is asked, against all completions by brute force.

Nothing here is taken from the engine: what is true of a situation is counted over every complete
set of answers that agrees with it (``support.worlds``).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import Outline, line_id
from support.random_procedures import HEAD, Case, procedures
from support.random_situations import plans, tried
from support.random_values import DAY

from banzheng_tui.guide.exact import diagrams
from banzheng_tui.guide.items import all_items, own_diagram, standing
from banzheng_tui.guide.plan import Plan, PlanDocument, make_plan
from banzheng_tui.guide.possible import Span
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.model import Fee

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
        assert plan.ended == case.worlds.is_over(answers)
        truth = {item: case.worlds.standing(str(item), answers) for item in all_items(plan.rules)}
        assert {item: standing(plan, item) for item in truth} == truth
        shown = {str(item): how for item, how in truth.items() if how != "excluded"}
        if plan.ended:  # what else might come of it no longer matters
            shown = {name: how for name, how in shown.items() if how == "certain"}
        lists = {name: status for name, status, _ in listed(plan)}
        assert lists == shown


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
    for plan in plans(case, seed):
        outlines = going_on(case, plan)
        for document in plan.documents:
            sheets = [o.lines[document.id] for o in outlines if document.id in o.lines]
            per = {use.per for use in document.uses} - {None} - plan.situation.answers.keys()
            for said, at in ((document.original, 0), (document.copies, 1)):
                check_reach(said, [line[at] for line in sheets], exact=not per)
        for fee in plan.fees:
            amounts = [o.fees[fee.entry.id] for o in outlines if fee.entry.id in o.fees]
            if None in amounts:
                assert fee.amount is None
            else:
                check_reach(fee.amount, amounts, exact=is_plain(case, fee.entry))


def is_plain(case: Case, fee: Fee) -> bool:
    """Whether a fee comes to one of a few amounts that stand in the procedure."""
    return fee.rate is None and not (
        isinstance(fee.amount, str) and fee.amount not in case.constants
    )


def check_reach(said: Any, found: list[Any], *, exact: bool) -> None:
    """A range holds all that may come; ``exact``: and ends where that does."""
    low, high = ends(said)
    high = Decimal("Infinity") if high is None else high
    if exact:
        assert (low, high) == (min(found), max(found))
    else:
        assert low <= min(found)
        assert max(found) <= high


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
    """No completion speaks against what is said to be certain or excluded."""
    for plan in plans(case, seed):
        some = case.worlds.among(plan.situation.answers)
        for item in all_items(plan.rules):
            here = some if item.kind == "outcome" else some & ~case.worlds.ended
            present = case.worlds.present(str(item))
            against = {"certain": here & ~present, "possible": 0, "excluded": here & present}
            assert not against[standing(plan, item)]


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


# -------------------------------------------------------------------- numbers at their limits

NUMBER = {"kind": "number", "ask": "?"}


def small(question: list[str], derived: dict[str, Any], **more: Any) -> Case:
    """A procedure of these numbers, one derived value ``t`` and whatever else."""
    data = {
        "procedure": HEAD,
        "question": [{"id": name, "name": name, **NUMBER} for name in question],
        "derived": [{"id": "t", **derived}],
        **more,
    }
    return Case(data, {})


def stands(case: Case, **answers: Decimal) -> str:
    plan = make_plan(case.rules, Situation(on=DAY, answers=answers))
    return standing(plan, all_items(plan.rules)[0])


def step(**when: Any) -> list[dict[str, Any]]:
    return [{"id": "s", "title": "s", "grade": "window", "when": when}]


@pytest.mark.parametrize("parts", [["a", "b"], [Decimal(1), "b"]])
def test_what_is_divided_by_nothing_has_no_value(parts: list[Any]) -> None:
    when = {"t": {"at_least": Decimal(1)}}
    case = small(["a", "b"], {"quotient": parts}, step=step(**when))
    assert stands(case, a=Decimal(1), b=Decimal(0)) == "excluded"
    assert stands(case, a=Decimal(1), b=Decimal(1)) == "certain"
    assert stands(case, a=Decimal(1), b=Decimal(2)) == "excluded"
    assert stands(case) == "possible"


def test_a_fee_over_a_division_by_nothing_drops_out() -> None:
    fee = [{"id": "f", "name": "f", "grade": "window", "amount": "t"}]
    case = small(["a", "b"], {"quotient": ["a", "b"]}, fee=fee)
    assert stands(case, a=Decimal(1), b=Decimal(0)) == "excluded"
    assert stands(case, a=Decimal(1), b=Decimal(2)) == "certain"


def test_a_value_that_no_decimal_reaches() -> None:
    """Three times a number is never just 1: a third has no end."""
    case = small(["a"], {"product": ["a", Decimal(3)]}, step=step(t=Decimal(1)))
    assert stands(case, a=Decimal("0.333333")) == "excluded"
    assert stands(case, a=Decimal(1)) == "excluded"
