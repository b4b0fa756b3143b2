"""A step that stands for another procedure."""

from support.libraries import library_of, steps, walked, whole_way

FITTING = """
[[question]]
id = "big"
kind = "yesno"

[[step]]
id = "lease"

[[step]]
id = "fire"
procedure = "fire"
after = ["lease"]
produces = ["fire-report"]

[[step]]
id = "open"
after = ["fire"]

[[warning]]
level = "irreversible"
text = "先看再签"
before = ["fire"]
"""
FIRE = """
[[question]]
id = "size"
kind = "choice"
[[question.option]]
id = "small"
[[question.option]]
id = "big"

[[step]]
id = "papers"

[[step]]
id = "plan"
when = { size = "big" }

[[step]]
id = "check"
after = ["papers"]
produces = ["fire-report"]
"""


def test_a_procedure_takes_the_place_of_the_step_that_stands_for_it() -> None:
    library = library_of({"fire-report": ["fire"]}, shop=FITTING, fire=FIRE)
    plan = walked(whole_way(library, "shop"), {"fire/size": "big"})
    assert steps(plan) == ["lease", "fire/papers", "fire/plan", "fire/check", "open"]
    assert plan.waits["fire/papers"] == plan.waits["fire/plan"] == {"lease"}
    assert "fire/check" in plan.waits["open"]
    assert plan.waits["lease"] == frozenset()


def test_its_warnings_go_before_what_makes_its_paper() -> None:
    library = library_of({"fire-report": ["fire"]}, shop=FITTING, fire=FIRE)
    plan = walked(whole_way(library, "shop"))
    (warning,) = plan.warnings
    assert warning.entry.before == ("fire/check",)
    assert warning.status == "certain"


def test_what_is_known_of_it_is_not_asked() -> None:
    given = FITTING.replace('procedure = "fire"', 'procedure = "fire"\ngiven = { size = "small" }')
    library = library_of({"fire-report": ["fire"]}, shop=given, fire=FIRE)
    plan = walked(whole_way(library, "shop"))
    assert steps(plan) == ["lease", "fire/papers", "fire/check", "open"]
    assert plan.question is None
    known = given.replace('"small"', '"big"')
    library = library_of({"fire-report": ["fire"]}, shop=known, fire=FIRE)
    assert "fire/plan" in steps(walked(whole_way(library, "shop")), "certain")


def test_what_is_known_counts_in_every_kind_of_condition() -> None:
    library = library_of(
        {"fire-report": ["fire"]},
        shop="""
            [[step]]
            id = "fire"
            procedure = "fire"
            given = { size = "big", uses = ["gas", "oil"] }
        """,
        fire="""
            [[set]]
            id = "large"
            values = ["big", "huge"]
            [[set]]
            id = "fuels"
            values = ["oil", "power"]
            [[question]]
            id = "size"
            kind = "choice"
            [[question.option]]
            id = "small"
            [[question.option]]
            id = "big"
            [[question.option]]
            id = "huge"
            [[question]]
            id = "uses"
            kind = "choices"
            [[question.option]]
            id = "gas"
            [[question.option]]
            id = "oil"
            [[question.option]]
            id = "power"
            [[step]]
            id = "in-set"
            when = { size = { in = "large" } }
            [[step]]
            id = "not-in-set"
            when = { none = [{ size = { in = "large" } }] }
            [[step]]
            id = "any-in-set"
            when = { uses = { in = "fuels" } }
            [[step]]
            id = "has"
            when = { uses = "gas" }
            [[step]]
            id = "only"
            when = { uses = { only = ["gas", "oil", "power"] } }
            [[step]]
            id = "exactly"
            when = { uses = { exactly = ["oil", "gas"] } }
            [[step]]
            id = "exactly-one"
            when = { uses = { exactly = ["gas"] } }
        """,
    )
    plan = walked(whole_way(library, "shop"))
    assert plan.question is None
    expected = ["in-set", "any-in-set", "has", "only", "exactly"]
    assert steps(plan, "certain") == [f"fire/{step}" for step in expected]
    assert len(plan.steps) == len(expected)


def test_a_shared_fact_that_is_known_in_one_procedure_is_asked_for_the_other() -> None:
    library = library_of(
        {},
        [{"id": "trade", "kind": "choice", "option": [{"id": "food"}, {"id": "books"}]}],
        shop="""
            [[question]]
            use = "trade"
            [[step]]
            id = "fire"
            procedure = "fire"
            given = { trade = "books" }
            [[step]]
            id = "cook"
            when = { trade = "food" }
        """,
        fire="""
            [[question]]
            use = "trade"
            [[step]]
            id = "hood"
            when = { trade = "food" }
            [[step]]
            id = "shelves"
            when = { trade = "books" }
        """,
    )
    rules = whole_way(library, "shop")
    assert list(rules.questions) == ["trade"]
    assert steps(walked(rules, {"trade": "food"}), "certain") == ["fire/shelves", "cook"]
    assert steps(walked(rules, {"trade": "books"}), "certain") == ["fire/shelves"]


def test_a_procedure_that_stands_at_two_places_never_waits_for_itself() -> None:
    library = library_of(
        {"fire-report": ["fire"]},
        shop="""
            [[question]]
            id = "early"
            kind = "yesno"
            [[step]]
            id = "fire-first"
            procedure = "fire"
            when = { early = true }
            [[step]]
            id = "fit-out"
            after = ["fire-first"]
            [[step]]
            id = "fire-last"
            procedure = "fire"
            after = ["fit-out"]
            when = { early = false }
        """,
        fire='[[step]]\nid = "check"\nproduces = ["fire-report"]',
    )
    rules = whole_way(library, "shop")
    for early in (True, False):
        plan = walked(rules, {"early": early})
        assert {*steps(plan)} == {"fire/check", "fit-out"}
        assert plan.current is not None


def test_one_of_two_papers_in_hand_does_not_do_the_whole_procedure() -> None:
    library = library_of(
        {"licence": ["licence"], "seal": ["licence"]},
        shop="""
            [[step]]
            id = "get"
            procedure = "licence"
            produces = ["licence", "seal"]
            [[step]]
            id = "open"
            after = ["get"]
        """,
        licence='[[step]]\nid = "issue"\nproduces = ["licence"]\n'
        '[[step]]\nid = "make-seal"\nproduces = ["seal"]',
    )
    rules = whole_way(library, "shop")
    half = walked(rules, have=frozenset({"licence"}))
    assert "licence/make-seal" in steps(half)
    both = walked(rules, have=frozenset({"licence", "seal"}))
    assert steps(both) == ["open"]
