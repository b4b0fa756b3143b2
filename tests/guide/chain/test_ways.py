"""Which of several procedures issues a paper is the caller's choice."""

from support.libraries import COMPANY, SOLE, library_of, shop, steps, walked, whole_way


def test_which_of_several_procedures_issues_a_paper_is_asked() -> None:
    library = library_of(
        {"licence": ["sole", "company"]},
        shop=shop('document = "licence"'),
        sole=SOLE,
        company=COMPANY,
    )
    rules = whole_way(library, "shop")
    plan = walked(rules)
    assert plan.question is not None
    assert plan.question.id == "way/licence"
    assert [(o.id, o.label) for o in plan.question.options] == [
        ("sole", "办sole"), ("company", "办company"),
    ]  # fmt: skip
    assert steps(plan, "certain") == ["open"]
    assert steps(walked(rules, {"way/licence": "sole"})) == ["sole/register", "open"]
    company = walked(rules, {"way/licence": "company"})
    assert steps(company, "certain") == ["company/charter", "company/found", "open"]
    assert company.question is None
    held = walked(rules, have=frozenset({"licence"}))
    assert held.question is None
    assert steps(held) == ["open"]


def test_it_is_asked_wherever_the_paper_is_needed() -> None:
    library = library_of(
        {"licence": ["sole", "company"]},
        shop="""
            [[question]]
            id = "what"
            kind = "choice"
            [[question.option]]
            id = "eat"
            [[question.option]]
            id = "drink"
            [[question.option]]
            id = "neither"
            [[step]]
            id = "open"
            [[document]]
            document = "licence"
            for = ["open"]
            when = { what = "eat" }
            [[document]]
            document = "licence"
            for = ["open"]
            when = { what = "drink" }
        """,
        sole=SOLE,
        company=COMPANY,
    )
    rules = whole_way(library, "shop")
    for what in ("eat", "drink"):
        plan = walked(rules, {"what": what})
        assert plan.question is not None, what
        assert plan.question.id == "way/licence"
        after = walked(rules, {"what": what, "way/licence": "sole"})
        assert steps(after, "certain") == ["sole/register", "open"]
    neither = walked(rules, {"what": "neither", "way/licence": "sole"})
    assert steps(neither) == ["open"]
    assert len(neither.notes) == 1
    assert "licence证怎么办" in neither.notes[0]


def test_it_is_asked_of_the_paper_that_the_procedures_issue() -> None:
    """Papers of equal worth go by the one with the fewest ways; another use asks of the other."""
    library = library_of(
        {"licence": ["sole", "company"], "card": ["sole", "company", "club"]},
        shop="""
            [[step]]
            id = "open"
            [[step]]
            id = "show"
            [[document]]
            one_of = ["card", "licence"]
            for = ["open"]
            [[document]]
            document = "card"
            for = ["show"]
        """,
        sole='[[step]]\nid = "register"\nproduces = ["licence", "card"]',
        company='[[step]]\nid = "found"\nproduces = ["licence", "card"]',
        club='[[step]]\nid = "join"\nproduces = ["card"]',
    )
    rules = whole_way(library, "shop")
    plan = walked(rules, {"way/licence": "sole", "way/card": "club"})
    assert {*steps(plan, "certain")} == {"sole/register", "club/join", "open", "show"}
