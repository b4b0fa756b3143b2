"""Any library at all: its ways against plain reading."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.libraries import steps
from support.plain_reading import Outline
from support.plain_ways import Way
from support.random_libraries import LibraryCase, libraries
from support.random_situations import tried
from support.written import DAY

from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.situation import Situation

slow = tried(150)


def statuses(plan: Plan) -> dict[str, str]:
    found: dict[str, str] = {f"step:{step.id}": step.status for step in plan.steps}
    found |= {f"line:{document.id}": document.status for document in plan.documents}
    found |= {f"warning:{item.entry.id}": item.status for item in plan.warnings}
    return found | {f"fee:{item.entry.id}": item.status for item in plan.fees}


@slow
@given(libraries(), st.integers(0, 1000))
def test_with_every_answer_the_way_is_what_plain_reading_says(case: LibraryCase, seed: int) -> None:
    random = Random(seed)
    worlds = case.worlds()
    papers = sorted(case.papers)
    for world in random.sample(worlds, min(12, len(worlds))):
        have = frozenset(random.sample(papers, random.choice((0, 0, 1, 2))))
        plan = make_plan(case.rules, Situation(on=DAY, answers=world, have=have))
        outline = case.outline(world, have)
        assert plan.ended == outline.ended
        assert {outcome.id for outcome in plan.outcomes} == outline.outcomes
        assert statuses(plan) == dict.fromkeys(outline.items, "certain")
        assert len(plan.steps) == len({step.id for step in plan.steps})
        assert {
            d.id: (d.original, d.copies, frozenset(d.for_steps), d.need, d.fetched)
            for d in plan.documents
        } == outline.lines
        assert plan.question is None
        assert make_plan(case.rules, plan.situation) == plan


@slow
@given(libraries(), st.integers(0, 1000))
def test_what_is_certain_and_possible_is_so_over_all_answers(case: LibraryCase, seed: int) -> None:
    random = Random(seed)
    worlds = case.worlds()
    outlines = [case.outline(world) for world in worlds]
    for _ in range(6):
        known = random.sample(list(case.values), random.randint(0, len(case.values)))
        answers = {fact: random.choice(case.values[fact]) for fact in known}
        plan = make_plan(case.rules, Situation(on=DAY, answers=answers))
        left = [
            outline
            for world, outline in zip(worlds, outlines, strict=True)
            if all(world[fact] == value for fact, value in answers.items())
        ]
        assert plan.ended == all(outline.ended for outline in left)
        goes_on = [outline.items for outline in left if not outline.ended]
        expected = {
            item: "certain" if all(item in items for items in goes_on) else "possible"
            for item in frozenset().union(*goes_on)
        }
        assert statuses(plan) == expected


@slow
@given(libraries(), st.integers(0, 1000))
def test_every_step_comes_after_what_it_needs(case: LibraryCase, seed: int) -> None:
    random = Random(seed)
    world = random.choice(case.worlds())
    known = random.sample(list(case.values), random.randint(0, len(case.values)))
    answers = {fact: world[fact] for fact in known}
    plan = make_plan(case.rules, Situation(on=DAY, answers=answers))
    order = steps(plan)
    for place, step in enumerate(order):
        before = _after(case.way, step, {*order}) | _makers(case.way, plan, step)
        late = before & {*order[place:]}
        assert not late, f"{step} stands before {late}"
    if order:
        assert plan.current is not None


def _makers(way: Way, plan: Plan, step: str) -> set[str]:
    """The steps that issue what a step needs."""
    uses = [use for document in plan.documents for use in document.uses if step in use.for_steps]
    return {maker for use in uses for paper in use.papers for maker in way.makers.get(paper, ())}


def _after(way: Way, step: str, present: set[str]) -> set[str]:
    """What a step is after, also through steps that are not in the plan."""
    found: set[str] = set()
    waiting = [*way.after[step]]
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += () if other in present else way.after[other]
    return found


@slow
@given(libraries(), st.integers(0, 1000))
def test_a_paper_in_hand_never_adds_steps_of_what_issues_it(case: LibraryCase, seed: int) -> None:
    random = Random(seed)
    known = random.sample(list(case.values), random.randint(0, len(case.values)))
    situation = Situation(
        on=DAY, answers={fact: random.choice(case.values[fact]) for fact in known}
    )
    plan = make_plan(case.rules, situation)
    for paper in case.papers:
        held = make_plan(case.rules, situation.toggle_have(paper))
        more = {*steps(held)} - {*steps(plan)}
        assert not {step for step in more if step.split("/")[0] in case.papers[paper]}


@slow
@given(libraries(), st.integers(0, 1000))
def test_nothing_on_the_way_is_asked_in_vain(case: LibraryCase, seed: int) -> None:
    random = Random(seed)
    worlds = case.worlds()
    outlines = [case.outline(world) for world in worlds]
    situation = Situation(on=DAY)
    while question := make_plan(case.rules, situation).question:
        known = situation.answers.items()
        by_rest: dict[tuple[Any, ...], list[Outline]] = {}
        for world, outline in zip(worlds, outlines, strict=True):
            if all(world[fact] == value for fact, value in known):
                rest = tuple(value for fact, value in world.items() if fact != question.id)
                by_rest.setdefault(rest, []).append(outline)
        assert any(one != some[0] for some in by_rest.values() for one in some)
        situation = situation.answer(question.id, random.choice(case.values[question.id]))


@slow
@given(libraries(), st.integers(0, 1000))
def test_every_interview_over_procedures_ends(case: LibraryCase, seed: int) -> None:
    random = Random(seed)
    for _ in range(4):
        situation = Situation(on=DAY)
        plan = make_plan(case.rules, situation)
        while question := plan.question:
            assert question.id not in {*situation.answers, *situation.unsure}
            if random.random() < 0.2:
                situation = situation.mark_unsure(question.id)
            else:
                situation = situation.answer(question.id, random.choice(case.values[question.id]))
            after = make_plan(case.rules, situation)
            assert after.remaining_at_most < plan.remaining_at_most
            plan = after
        assert plan.remaining_at_most == 0
