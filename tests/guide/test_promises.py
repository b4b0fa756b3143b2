"""The promises of design section 5, checked against every completion of small random procedures."""

from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.brute_force import Outline
from support.random_facts import PAPERS
from support.random_procedures import Case, procedures
from support.random_situations import interviews, situations, tried
from support.random_values import DAY

from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.possible import Span
from banzheng_tui.guide.situation import Situation

slow = tried(100)


def completions(case: Case, situation: Situation) -> list[Outline]:
    worlds = case.worlds
    return [worlds.outlines[index] for index in worlds.completing(situation.answers)]


def certain_items(plan: Plan) -> dict[str, set[str]]:
    return items_of(plan, certain_only=True)


def items_of(plan: Plan, certain_only: bool = False) -> dict[str, set[str]]:
    def kept(items: Any, name: Any) -> set[str]:
        return {name(i) for i in items if not certain_only or i.status == "certain"}

    return {
        "steps": kept(plan.steps, lambda item: item.id),
        "lines": kept(plan.documents, lambda item: item.id),
        "warnings": kept(plan.warnings, lambda item: item.entry.id),
        "fees": kept(plan.fees, lambda item: item.entry.id),
    }


def items_in(outline: Outline) -> dict[str, set[str]]:
    return {
        "steps": set(outline.steps),
        "lines": set(outline.lines),
        "warnings": set(outline.warnings),
        "fees": set(outline.fees),
    }


def fits(amount: Any, value: Any) -> bool:
    """Whether an open count or amount has room for what it turned out to be."""
    if amount is None or value is None:
        return amount is None
    if isinstance(amount, Span):
        return bool(amount.low <= value <= amount.high)
    if isinstance(amount, tuple):
        low, high = amount
        return bool(low <= value and (high is None or value <= high))
    return bool(amount == value)


# ---------------------------------------------------------------- promise 3


@slow
@given(procedures(), st.integers(0, 1000))
def test_nothing_certain_turns_out_false_and_nothing_excluded_turns_up(
    case: Case, seed: int
) -> None:
    for situation in situations(case, seed):
        plan = make_plan(case.rules, situation)
        possible, certain = items_of(plan), certain_items(plan)
        all_completions = completions(case, situation)
        said = {item.id for item in plan.outcomes if item.status == "certain"}
        assert all(said <= outline.outcomes for outline in all_completions)
        if plan.ended:
            assert all(outline.ended for outline in all_completions)
        for outline in all_completions:
            if outline.ended:
                continue
            assert outline.outcomes <= {item.id for item in plan.outcomes}
            for kind, present in items_in(outline).items():
                assert certain[kind] <= present <= possible[kind]
            for document in plan.documents:
                if document.id in outline.lines:
                    original, copies, steps, _, _ = outline.lines[document.id]
                    assert fits(document.original, original) or document.status == "possible"
                    assert original <= most(document.original)
                    assert copies <= most(document.copies)
                    assert steps <= set(document.for_steps)
            for fee in plan.fees:
                if fee.entry.id in outline.fees:
                    assert fits(fee.amount, outline.fees[fee.entry.id])


def most(count: Any) -> float:
    high = count[1] if isinstance(count, tuple) else count
    return float("inf") if high is None else float(high)


@slow
@given(procedures(), st.integers(0, 1000))
def test_with_every_answer_the_plan_is_what_plain_reading_says(case: Case, seed: int) -> None:
    worlds = case.worlds
    random = Random(seed)
    for index in random.sample(range(len(worlds.worlds)), min(20, len(worlds.worlds))):
        world, outline = worlds.worlds[index], worlds.outlines[index]
        answers = {fact: world[fact] for fact in case.questions}
        if "here" in world:
            continue  # nobody is asked for a local value, so something may stay open
        plan = make_plan(case.rules, Situation(on=DAY, answers=answers))
        assert plan.question is None
        assert plan.remaining_at_most == 0
        assert {item.id for item in plan.outcomes} == outline.outcomes
        assert plan.ended == outline.ended
        assert items_of(plan) == certain_items(plan) == items_in(outline)
        assert {fee.entry.id: fee.amount for fee in plan.fees} == outline.fees
        for document in plan.documents:
            assert (
                document.original,
                document.copies,
                frozenset(document.for_steps),
                document.need,
                document.fetched,
            ) == outline.lines[document.id]


# ---------------------------------------------------------------- promise 2


@slow
@given(procedures(), st.integers(0, 1000))
def test_what_is_asked_next_is_the_first_that_can_change_the_plan(case: Case, seed: int) -> None:
    plans = [plan for plan, _ in interviews(case, seed)]
    plans += [make_plan(case.rules, situation) for situation in situations(case, seed, 6)]
    for plan in plans:
        asked = plan.question.id if plan.question else None
        if plan.ended:
            assert asked is None
        else:
            wanted = case.worlds.next_question(plan.situation.answers, plan.situation.unsure)
            assert asked == wanted


@slow
@given(procedures(most_questions=6), st.integers(0, 1000))
def test_every_interview_ends_and_the_bound_falls_with_every_answer(case: Case, seed: int) -> None:
    for plan, led_to in interviews(case, seed):
        assert (plan.remaining_at_most == 0) == (plan.question is None)
        if plan.question:
            known = {*plan.situation.answers, *plan.situation.unsure}
            assert plan.question.id not in known
            assert len(known) + plan.remaining_at_most <= len(case.questions)
        for after in led_to:
            assert after.remaining_at_most <= plan.remaining_at_most - 1


@slow
@given(procedures(), st.integers(0, 1000))
def test_a_fact_said_before_its_turn_never_lengthens_the_interview(case: Case, seed: int) -> None:
    for situation in situations(case, seed, 4):
        plan = make_plan(case.rules, situation)
        for fact in case.questions:
            if fact not in situation.answers and fact not in situation.unsure:
                for value in case.values[fact]:
                    after = make_plan(case.rules, situation.answer(fact, value))
                    assert after.remaining_at_most <= plan.remaining_at_most


# ---------------------------------------------------------------- promises 5, 6, 7 and 9


def said(plan: Plan) -> Plan:
    """The plan without the situation, in which the order of answers stays visible."""
    return replace(plan, situation=Situation(on=DAY))


@slow
@given(procedures(), st.integers(0, 1000))
def test_answers_in_any_order_and_after_any_change_give_the_same_plan(
    case: Case, seed: int
) -> None:
    random = Random(seed)
    for situation in situations(case, seed, 4):
        plan = make_plan(case.rules, situation)
        assert said(make_plan(case.rules, situation)) == said(plan)
        again = Situation(on=DAY)
        facts = [*situation.answers, *situation.unsure]
        random.shuffle(facts)
        for fact in facts:  # each first answered otherwise, then put right
            again = again.answer(fact, random.choice(case.values[fact]))
        for fact in random.sample(facts, len(facts)):
            value = situation.answers.get(fact)
            again = again.mark_unsure(fact) if value is None else again.answer(fact, value)
        assert said(make_plan(case.rules, again)) == said(plan)


@slow
@given(procedures(), st.integers(0, 1000))
def test_steps_keep_their_order_and_the_current_one_waits_for_nothing(
    case: Case, seed: int
) -> None:
    random = Random(seed)
    steps = [step["id"] for step in case.data.get("step", ())]
    for situation in situations(case, seed, 6):
        done = frozenset(step for step in steps if random.random() < 0.3)
        have = frozenset(paper for paper in PAPERS if random.random() < 0.3)
        plan = make_plan(case.rules, replace(situation, done=done, have=have))
        order = [step.id for step in plan.steps]
        undone = {step.id for step in plan.steps if step.state != "done"}
        free = [
            step
            for step in plan.steps
            if step.id in undone and not waits_for(case, plan, step.id) & undone
        ]
        for step in plan.steps:
            before = earlier(case, step.id) | makers(plan, step.id, every=True)
            assert all(order.index(other) < order.index(step.id) for other in before & {*order})
        assert bool(free) == bool(undone)
        certain = [step for step in free if step.status == "certain"]
        first = next(iter((*certain, *free)), None)
        assert plan.current == first
        assert {step.id for step in plan.steps if step.parallel} == {
            step.id for step in free if step is not first
        }
        if len(undone) > 1:
            assert plan.next is not None
            assert plan.next.id in undone


def earlier(case: Case, step_id: str) -> set[str]:
    """All that ``after`` puts before a step, through whatever lies between."""
    written = {step["id"]: step.get("after", []) for step in case.data["step"]}
    found: set[str] = set()
    waiting = list(written[step_id])
    while waiting:
        step = waiting.pop()
        found.add(step)
        waiting += written[step]
    return found


def makers(plan: Plan, step_id: str, every: bool = False) -> set[str]:
    """Steps that issue what this step needs and cannot do without (or ``every`` paper)."""
    wanted = {
        paper
        for document in plan.documents
        for use in document.uses
        if step_id in use.for_steps
        and (every or (use.need == "required" and not plan.held & set(use.papers)))
        for paper in use.papers
    }
    return {s.id for s in plan.steps if s.id != step_id and wanted & set(s.entry.produces)}


def waits_for(case: Case, plan: Plan, step_id: str) -> set[str]:
    """The steps right before this one: of the plan, reached through steps that are not in it."""
    present = {step.id for step in plan.steps}
    written = {step["id"]: step.get("after", []) for step in case.data["step"]}
    found: set[str] = set()
    waiting = list(written[step_id])
    while waiting:
        step = waiting.pop()
        if step in present:
            found.add(step)
        else:
            waiting += written[step]
    return found | makers(plan, step_id)
