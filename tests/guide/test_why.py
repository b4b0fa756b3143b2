"""The answers behind an item: enough, and none to spare, by brute force."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from support.random_procedures import Case, procedures
from support.random_situations import plans, tried

from banzheng_tui.guide.items import all_items
from banzheng_tui.guide.reasons import answers_behind, play_behind
from banzheng_tui.guide.situation import Answer

SEEDS = st.integers(0, 1000)
Holds = Callable[[dict[str, Answer]], bool]


def check_enough_and_none_to_spare(
    behind: tuple[str, ...], answers: dict[str, Answer], holds: Holds
) -> None:
    kept = {fact: answers[fact] for fact in behind}
    assert holds(kept)
    for fact in behind:
        assert not holds({name: value for name, value in kept.items() if name != fact})


@tried(150)
@given(procedures(), SEEDS)
def test_the_answers_behind_an_item_are_enough_and_none_can_be_spared(
    case: Case, seed: int
) -> None:
    worlds = case.worlds
    for plan in plans(case, seed):
        answers = dict(plan.situation.answers)
        for item in all_items(plan.rules):
            behind = answers_behind(plan, item)
            stands = worlds.standing(str(item), answers)
            if (
                worlds.all_ended(answers) and item.kind != "outcome"
            ):  # whatever its own conditions say
                check_enough_and_none_to_spare(behind, answers, worlds.all_ended)
            elif stands == "possible":
                assert behind == ()
            else:
                check_enough_and_none_to_spare(
                    behind,
                    answers,
                    lambda some, name=str(item), stands=stands: (  # type: ignore[misc]
                        worlds.standing(name, some) == stands
                    ),
                )


@tried(80)
@given(procedures(), SEEDS)
def test_the_answers_behind_a_question_in_play_or_out_of_it(case: Case, seed: int) -> None:
    worlds = case.worlds
    for plan in plans(case, seed):
        answers = dict(plan.situation.answers)
        for fact in case.questions:
            behind = play_behind(plan, fact)
            plays = worlds.in_play(fact, answers)
            if plays is None:
                assert behind == ()
            else:
                check_enough_and_none_to_spare(
                    behind,
                    answers,
                    lambda some, fact=fact, plays=plays: (  # type: ignore[misc]
                        worlds.in_play(fact, some) == plays
                    ),
                )
