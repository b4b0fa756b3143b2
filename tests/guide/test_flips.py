"""The smallest change that flips an item, against every change by brute force."""

from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from support.random_procedures import Case, procedures
from support.random_situations import plans, tried
from support.worlds import Changes

from banzheng_tui.guide.flips import flips
from banzheng_tui.guide.items import all_items, standing
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.situation import Answer

SEEDS = st.integers(0, 1000)
MOST_ITEMS = 4
"""Of each plan so many items are tried, at random."""


def standing_for(case: Case, changes: Changes) -> Changes:
    """The changes with, for each number or day, the one that stands for all of its kind."""
    axes = case.rules.truths.formulas.axes
    return tuple((f, axes.answer(f, dict(axes.places(f, value)))) for f, value in changes)


def nearest(changes: Iterable[Changes], plan: Plan) -> set[Changes]:
    """Of changes to the same questions those that turn the fewest options on or off."""
    found: dict[tuple[str, ...], dict[Changes, int]] = {}
    for change in changes:
        turned = sum(turned_options(plan, fact, value) for fact, value in change)
        found.setdefault(tuple(fact for fact, _ in change), {})[change] = turned
    return {
        change
        for together in found.values()
        for change, turned in together.items()
        if turned == min(together.values())
    }


def turned_options(plan: Plan, fact: str, value: Answer) -> int:
    """How many options of several choices an answer turns on or off."""
    before = plan.situation.answers.get(fact, frozenset())
    if not isinstance(value, frozenset) or not isinstance(before, frozenset):
        return 0
    return len(value ^ before)


@tried(150)
@given(procedures(), SEEDS)
def test_flips_are_all_the_smallest_changes(case: Case, seed: int) -> None:
    random = Random(seed)
    for plan in plans(case, seed, 4):
        items = all_items(plan.rules)
        for item in random.sample(items, min(MOST_ITEMS, len(items))):
            smallest = case.worlds.flips(str(item), plan.situation.answers)
            wanted = nearest((standing_for(case, changes) for changes in smallest), plan)
            found = [flip.changes for flip in flips(plan, item)]
            assert set(found) == wanted
            assert len(found) == len(wanted)


@tried(80)
@given(procedures(loose=True), SEEDS)
def test_a_flip_between_numbers_never_promises_too_much(case: Case, seed: int) -> None:
    for plan in plans(case, seed, 4):
        for item in all_items(plan.rules):
            wanted = standing(plan, item) == "excluded"
            for flip in flips(plan, item):
                values = dict(flip.changes)
                if all(value in case.values[fact] for fact, value in values.items()):
                    answers = {**plan.situation.answers, **values}
                    if case.worlds.all_ended(answers):
                        continue  # another number than these few might go on
                    after = case.worlds.standing(str(item), answers)
                    assert after == ("certain" if wanted else "excluded")
