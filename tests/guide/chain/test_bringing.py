"""What brings another procedure along, and what does not."""

from dataclasses import replace
from datetime import date

import pytest
from support.libraries import (
    LICENCE,
    library_of,
    line,
    shop,
    steps,
    walked,
    whole_way,
)

from banzheng_tui.guide.plan import make_plan
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Situation


def test_a_paper_that_another_procedure_issues_brings_its_steps() -> None:
    library = library_of(
        {"licence": ["licence"]}, shop=shop('document = "licence"'), licence=LICENCE
    )
    plan = walked(whole_way(library, "shop"))
    assert steps(plan, "certain") == ["licence/fill-in", "licence/issue", "open"]
    assert plan.current is not None
    assert plan.current.id == "licence/fill-in"


def test_to_any_depth() -> None:
    between = """
        [[step]]
        id = "issue"
        produces = ["PAPER"]
        [[document]]
        document = "NEED"
        for = ["issue"]
    """
    library = library_of(
        {"licence": ["licence"], "lease": ["lease"], "card": ["card"]},
        shop=shop('document = "licence"'),
        licence=between.replace("PAPER", "licence").replace("NEED", "lease"),
        lease=between.replace("PAPER", "lease").replace("NEED", "card"),
        card='[[step]]\nid = "issue"\nproduces = ["card"]',
    )
    rules = whole_way(library, "shop")
    assert steps(walked(rules)) == ["card/issue", "lease/issue", "licence/issue", "open"]
    in_hand = walked(rules, have=frozenset({"lease"}))
    assert steps(in_hand) == ["licence/issue", "open"]


@pytest.mark.parametrize(
    "document",
    [
        'document = "licence"\nfetched = true',
        'document = "licence"\nneed = "optional"',
        'one_of = ["licence", "card"]',
    ],
    ids=["the office fetches it", "it may be left out", "another paper will do"],
)
def test_what_nobody_has_to_go_for_brings_nothing(document: str) -> None:
    library = library_of({"licence": ["licence"], "card": []}, shop=shop(document), licence=LICENCE)
    assert steps(walked(whole_way(library, "shop"))) == ["open"]


def test_a_paper_to_be_handed_in_later_brings_its_steps_but_nothing_waits_for_it() -> None:
    library = library_of(
        {"licence": ["licence"]},
        shop=shop('document = "licence"\nneed = "deferrable"'),
        licence=LICENCE,
    )
    plan = walked(whole_way(library, "shop"))
    assert steps(plan, "certain") == ["licence/fill-in", "licence/issue", "open"]
    assert plan.waits["open"] == frozenset()


def test_papers_of_equal_worth_that_all_need_a_procedure_bring_one() -> None:
    library = library_of(
        {"licence": ["licence"], "card": ["card"]},
        shop=shop('one_of = ["licence", "card"]'),
        licence=LICENCE,
        card='[[step]]\nid = "issue"\nproduces = ["card"]',
    )
    rules = whole_way(library, "shop")
    plan = walked(rules)
    assert steps(plan) == ["licence/fill-in", "licence/issue", "open"]
    assert steps(walked(rules, have=frozenset({"card"}))) == ["open"]


def test_a_paper_in_hand_takes_the_procedure_away_and_stays_listed_and_ticked() -> None:
    library = library_of(
        {"licence": ["licence"]}, shop=shop('document = "licence"'), licence=LICENCE
    )
    plan = walked(whole_way(library, "shop"), have=frozenset({"licence"}))
    assert steps(plan) == ["open"]
    assert line(plan, "licence").held
    assert plan.notes == ()


def test_steps_that_are_done_stay_in_the_plan() -> None:
    library = library_of(
        {"licence": ["licence"]}, shop=shop('document = "licence"'), licence=LICENCE
    )
    plan = walked(whole_way(library, "shop"), done=frozenset({"licence/issue"}))
    assert steps(plan) == ["licence/fill-in", "licence/issue", "open"]
    assert line(plan, "licence").held


HAS_IT = """
[[question]]
id = "licensed"
kind = "choice"
[[question.option]]
id = "yes"
have = ["licence"]
[[question.option]]
id = "no"
"""


def test_an_answer_that_says_it_is_in_hand_takes_the_procedure_away() -> None:
    library = library_of(
        {"licence": ["licence"]}, shop=HAS_IT + shop('document = "licence"'), licence=LICENCE
    )
    rules = whole_way(library, "shop")
    assert steps(walked(rules), "possible") == ["licence/fill-in", "licence/issue"]
    assert steps(walked(rules, {"licensed": "no"}), "certain") == [
        "licence/fill-in", "licence/issue", "open",
    ]  # fmt: skip
    plan = walked(rules, {"licensed": "yes"})
    assert steps(plan) == ["open"]
    assert line(plan, "licence").held


def test_what_was_said_on_the_way_to_a_procedure_counts_in_it_too() -> None:
    library = library_of(
        {"licence": ["licence"], "permit": ["permit"]},
        shop=HAS_IT + shop('document = "permit"'),
        permit="""
            [[step]]
            id = "apply"
            produces = ["permit"]
            [[document]]
            document = "licence"
            for = ["apply"]
        """,
        licence=LICENCE,
    )
    rules = whole_way(library, "shop")
    assert steps(walked(rules, {"licensed": "yes"})) == ["permit/apply", "open"]
    assert "licence/issue" in steps(walked(rules, {"licensed": "no"}))


def test_as_certain_as_the_need_that_brings_it() -> None:
    asked = '[[question]]\nid = "alcohol"\nkind = "yesno"'
    library = library_of(
        {"licence": ["licence"]},
        shop=asked + shop('document = "licence"\nwhen = { alcohol = true }'),
        licence=LICENCE,
    )
    rules = whole_way(library, "shop")
    plan = walked(rules)
    assert steps(plan, "possible") == ["licence/fill-in", "licence/issue"]
    assert plan.steps[0].undecided == ("alcohol",)
    assert steps(walked(rules, {"alcohol": False})) == ["open"]
    assert steps(walked(rules, {"alcohol": True}), "possible") == []


def test_nothing_is_brought_for_a_step_that_is_not_in_the_plan() -> None:
    """One of the steps that ask for the paper is another procedure's business."""
    library = library_of(
        {"licence": ["licence"]},
        shop="""
            [[question]]
            id = "big"
            kind = "yesno"
            [[step]]
            id = "open"
            when = { big = true }
            [[step]]
            id = "fire"
            procedure = "fire"
            when = { big = false }
            [[document]]
            document = "licence"
            for = ["open", "fire"]
        """,
        fire='[[step]]\nid = "check"',
        licence=LICENCE,
    )
    rules = whole_way(library, "shop")
    assert steps(walked(rules, {"big": True})) == ["licence/fill-in", "licence/issue", "open"]
    assert steps(walked(rules, {"big": False})) == ["fire/check"]


def test_entries_hold_on_the_day_of_the_plan() -> None:
    library = library_of(
        {"licence": ["licence"]},
        shop="""
            [[step]]
            id = "open"
            [[document]]
            document = "licence"
            for = ["open"]
            valid_from = 2027-01-01
        """,
        licence="""
            [[step]]
            id = "window"
            produces = ["licence"]
            valid_to = 2027-06-30
            [[step]]
            id = "online"
            produces = ["licence"]
            valid_from = 2027-07-01
        """,
    )
    book = RuleBook(library)
    for on, expected in (
        (date(2026, 12, 31), ["open"]),
        (date(2027, 1, 1), ["licence/window", "open"]),
        (date(2027, 7, 1), ["licence/online", "open"]),
    ):
        plan = make_plan(book.rules("shop", on), Situation(on=on))
        assert steps(plan) == expected, on


@pytest.mark.parametrize("known", [True, False], ids=["broken file", "no such file"])
def test_what_the_library_does_not_have_stays_one_step(known: bool) -> None:
    text = '[[step]]\nid = "get"\nprocedure = "licence"\nproduces = ["licence"]\n'
    library = library_of({"licence": ["licence"]}, shop=text + shop('document = "licence"'))
    if known:
        library = replace(library, themes={**library.themes, "licence": "theme"})
    assert steps(walked(whole_way(library, "shop"))) == ["get", "open"]
    alone = library_of({"licence": ["licence"]}, shop=shop('document = "licence"'))
    assert steps(walked(whole_way(alone, "shop"))) == ["open"]
