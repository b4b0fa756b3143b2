"""What is asked on a way over several procedures."""

from support.libraries import library_of, shop, steps, walked, whole_way
from support.written import DAY

from banzheng_tui.guide.plan import make_plan
from banzheng_tui.guide.situation import Situation

AREA = {"id": "area", "kind": "number", "min": 0, "max": 1000}
HOME = {"id": "at-home", "kind": "yesno"}


def test_shared_facts_are_asked_once_and_private_ones_are_named_apart() -> None:
    asks = """
        [[question]]
        use = "at-home"
        [[question]]
        id = "staff"
        kind = "yesno"
        [[step]]
        id = "STEP"
        produces = ["PAPER"]
        [[step]]
        id = "at-home-STEP"
        when = { at-home = true }
        [[step]]
        id = "staff-STEP"
        when = { staff = true }
    """
    library = library_of(
        {"licence": ["licence"], "permit": []},
        [HOME],
        shop=asks.replace("STEP", "open").replace("PAPER", "permit")
        + '[[document]]\ndocument = "licence"\nfor = ["open"]',
        licence=asks.replace("STEP", "issue").replace("PAPER", "licence"),
    )
    rules = whole_way(library, "shop")
    assert list(rules.questions) == ["at-home", "staff", "licence/staff"]
    assert [rules.origin[fact] for fact in rules.questions] == ["shop", "shop", "licence"]
    plan = walked(rules, {"at-home": True, "staff": False, "licence/staff": True})
    expected = {"licence/issue", "licence/at-home-issue", "licence/staff-issue", "open"}
    assert {*steps(plan, "certain")} == {*expected, "at-home-open"}
    assert plan.question is None


def test_each_procedure_sees_a_shared_fact_only_where_it_asks_it_itself() -> None:
    library = library_of(
        {"licence": ["licence"]},
        [HOME],
        shop='[[question]]\nuse = "at-home"' + shop('document = "licence"'),
        licence="""
            [[question]]
            id = "flat"
            kind = "yesno"
            [[question]]
            use = "at-home"
            when = { flat = true }
            [[step]]
            id = "neighbours"
            when = { at-home = true }
            [[step]]
            id = "not-at-home"
            when = { none = [{ at-home = true }] }
            [[step]]
            id = "issue"
            produces = ["licence"]
        """,
    )
    rules = whole_way(library, "shop")
    plan = walked(rules, {"at-home": True, "licence/flat": False})
    assert steps(plan) == ["licence/not-at-home", "licence/issue", "open"]
    plan = walked(rules, {"at-home": True, "licence/flat": True})
    assert steps(plan) == ["licence/neighbours", "licence/issue", "open"]
    assert walked(rules, {"licence/flat": False}).question is None
    assert walked(rules, {"licence/flat": True}).question is not None


def test_amounts_see_a_shared_fact_only_where_their_procedure_asks_it() -> None:
    library = library_of(
        {"licence": ["licence"]},
        [AREA],
        shop='[[question]]\nuse = "area"\n[[fee]]\nid = "rent"\nname = "租金"\nrate = "10%"\n'
        'of = "area"' + shop('document = "licence"'),
        licence="""
            [[question]]
            id = "flat"
            kind = "yesno"
            [[question]]
            use = "area"
            when = { flat = true }
            [[step]]
            id = "issue"
            produces = ["licence"]
            [[fee]]
            id = "fee"
            name = "登记费"
            rate = "10%"
            of = "area"
        """,
    )
    rules = whole_way(library, "shop")
    both = walked(rules, {"area": 100, "licence/flat": True})
    assert {fee.entry.id: fee.amount for fee in both.fees} == {"rent": 10, "licence/fee": 10}
    one = walked(rules, {"area": 100, "licence/flat": False})
    assert {fee.entry.id: fee.amount for fee in one.fees} == {"rent": 10}


def test_the_questions_of_the_root_come_first_each_procedures_together() -> None:
    asks = '[[question]]\nid = "one"\nkind = "yesno"\n[[question]]\nid = "two"\nkind = "yesno"\n'
    made = '[[step]]\nid = "a"\nwhen = { one = true }\nproduces = ["PAPER"]\n'
    made += '[[step]]\nid = "b"\nwhen = { two = true }\n'
    library = library_of(
        {"licence": ["licence"], "card": ["card"]},
        shop=asks
        + made.replace('produces = ["PAPER"]', "")
        + shop('document = "licence"')
        + '[[document]]\ndocument = "card"\nfor = ["open"]',
        licence=asks + made.replace("PAPER", "licence"),
        card=asks + made.replace("PAPER", "card"),
    )
    rules = whole_way(library, "shop")
    asked, situation = [], Situation(on=DAY)
    while question := make_plan(rules, situation).question:
        asked.append(question.id)
        situation = situation.answer(question.id, True)
    names = ("one", "two")
    assert asked == [*names, *(f"licence/{n}" for n in names), *(f"card/{n}" for n in names)]
