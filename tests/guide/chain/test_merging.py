"""Papers, sources and endings of several procedures in one plan."""

from support.libraries import (
    COMPANY,
    LICENCE,
    SOLE,
    library_of,
    line,
    shop,
    steps,
    walked,
    whole_way,
)


def test_a_paper_for_several_procedures_is_counted_once() -> None:
    library = library_of(
        {"licence": ["licence"], "id-card": []},
        shop=shop('document = "licence"')
        + '[[document]]\ndocument = "id-card"\nfor = ["open"]\noriginal = 1\ncopies = 2',
        licence=LICENCE
        + '[[document]]\ndocument = "id-card"\nfor = ["issue"]\noriginal = 1\ncopies = 1',
    )
    plan = walked(whole_way(library, "shop"))
    card = line(plan, "id-card")
    assert (card.original, card.copies) == (1, 3)
    assert card.for_steps == ("licence/issue", "open")


def test_every_entry_cites_its_own_source() -> None:
    cited = '[[source]]\nid = "law"\nlaw = "LAW"\n'
    library = library_of(
        {"licence": ["licence"]},
        shop=cited.replace("LAW", "食品安全法")
        + shop('document = "licence"').replace(
            'id = "open"', 'id = "open"\nsource = { id = "law", article = "第三十五条" }'
        ),
        licence=cited.replace("LAW", "登记条例")
        + LICENCE.replace('id = "issue"', 'id = "issue"\nsource = { id = "law" }'),
    )
    rules = whole_way(library, "shop")
    plan = walked(rules)
    cites = {}
    for step in plan.steps:
        for citation in step.entry.source:
            source = rules.procedure.source(citation.id)
            assert source is not None
            cites[step.id] = source.law
    assert cites == {"open": "食品安全法", "licence/issue": "登记条例"}


REFUSING = (
    """
[[question]]
id = "banned"
kind = "yesno"
[[outcome]]
id = "no"
kind = "refuse"
text = "三年内不给办。"
when = { banned = true }
[[fee]]
id = "fee"
name = "工本费"
amount = "5 元"
[[warning]]
level = "note"
text = "带上身份证"
before = ["issue"]
[[document]]
document = "id-card"
for = ["issue"]
"""
    + LICENCE
)


def test_a_refusal_of_what_is_brought_withdraws_that_procedure_only_and_is_shown() -> None:
    library = library_of(
        {"licence": ["licence"], "id-card": []},
        shop=shop('document = "licence"'),
        licence=REFUSING,
    )
    rules = whole_way(library, "shop")
    plan = walked(rules, {"licence/banned": True})
    assert [(o.id, o.status) for o in plan.outcomes] == [("licence/no", "certain")]
    assert not plan.ended
    assert steps(plan) == ["open"]
    assert [d.id for d in plan.documents] == ["licence"]
    assert (*plan.fees, *plan.warnings) == ()
    good = walked(rules, {"licence/banned": False})
    assert good.outcomes == ()
    assert {d.id for d in good.documents} == {"licence", "id-card"}
    assert len(good.fees) == len(good.warnings) == 1


def test_a_refusal_of_what_is_not_on_the_way_is_not_shown() -> None:
    library = library_of(
        {"licence": ["licence"], "id-card": []},
        shop=shop('document = "licence"'),
        licence=REFUSING,
    )
    rules = whole_way(library, "shop")
    plan = walked(rules, {"licence/banned": True}, have=frozenset({"licence"}))
    assert plan.outcomes == ()
    assert len(plan.notes) == 1


def test_sent_on_to_what_is_on_the_way_anyway_is_no_ending() -> None:
    library = library_of(
        {"licence": ["licence"], "permit": ["permit"]},
        shop="""
            [[step]]
            id = "open"
            [[document]]
            document = "licence"
            for = ["open"]
            [[document]]
            document = "permit"
            for = ["open"]
        """,
        licence='[[outcome]]\nid = "first"\nkind = "redirect"\nto = "permit"\ntext = "先办许可。"\n'
        + LICENCE,
        permit='[[step]]\nid = "apply"\nproduces = ["permit"]',
    )
    plan = walked(whole_way(library, "shop"))
    assert plan.outcomes == ()
    assert "licence/issue" in steps(plan, "certain")
    assert "permit/apply" in steps(plan, "certain")


def test_sent_on_to_what_is_on_the_way_only_with_other_answers_is_an_ending() -> None:
    sent_on = '[[outcome]]\nid = "other"\nkind = "redirect"\nto = "OTHER"\ntext = "走另一条路。"\n'
    library = library_of(
        {"licence": ["sole", "company"]},
        shop=shop('document = "licence"'),
        sole=sent_on.replace("OTHER", "company") + SOLE,
        company=COMPANY,
    )
    plan = walked(whole_way(library, "shop"), {"way/licence": "sole"})
    assert [o.id for o in plan.outcomes] == ["sole/other"]
    assert steps(plan) == ["open"]
