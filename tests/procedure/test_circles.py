"""Procedures that need one another's papers: refused when nobody could ever begin."""

from pathlib import Path

import pytest
from support.written import DAY, situation_of

from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.procedure.library import Library, joined, load_library

NAMES = {"shop": "开店", "licence": "营业执照登记", "permit": "办学许可", "lease": "租房备案"}

Procedures = dict[str, str]


def load(folder: Path, issued_by: dict[str, list[str]], procedures: Procedures) -> Library:
    """A library of these procedures; a paper is called as its id with 证."""
    (folder / "catalog").mkdir()
    (folder / "theme").mkdir()
    catalog = '[[department]]\nid = "office"\nname = "窗口"\n'
    for paper, issuers in issued_by.items():
        catalog += f'[[document]]\nid = "{paper}"\nname = "{paper}证"\nissued_by = {issuers}\n'
    (folder / "catalog" / "all.toml").write_text(catalog, "utf-8")
    for name, text in procedures.items():
        head = f'[procedure]\nid = "{name}"\nname = "{NAMES[name]}"\ndepartment = "office"\n'
        head += f"reviewed = {DAY}\nreview_by = {DAY}\n"
        (folder / "theme" / f"{name}.toml").write_text(head + text, "utf-8")
    return load_library([folder])


def step(name: str, more: str = "") -> str:
    return f'[[step]]\nid = "{name}"\ntitle = "{name}"\ngrade = "window"\n{more}\n'


def use(paper: str, at: str, more: str = "") -> str:
    return f'[[document]]\ndocument = "{paper}"\nfor = ["{at}"]\ngrade = "window"\n{more}\n'


def issuing(paper: str, needs: str, more: str = "") -> str:
    """A procedure of one step that issues a paper and needs another."""
    return step("issue", f'produces = ["{paper}"]') + use(needs, "issue", more)


def asked() -> str:
    return '[[question]]\nid = "young"\nask = "young?"\nkind = "yesno"\n'


def plan(library: Library, name: str, answers: dict[str, bool] | None = None) -> Plan:
    return make_plan(RuleBook(library).rules(name, DAY), situation_of(answers or {}))


ISSUED = {"licence": ["licence"], "permit": ["permit"], "lease": ["lease"]}


def test_two_procedures_that_need_one_anothers_papers_are_refused(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        ISSUED,
        {
            "licence": issuing("licence", "permit"),
            "permit": issuing("permit", "licence"),
            "shop": step("open") + use("licence", "open"),
        },
    )
    assert library.unavailable.keys() == {"licence", "permit"}
    for name in ("licence", "permit"):
        (problem,) = library.unavailable[name].problems
        assert problem in library.problems
        assert f"{name}.toml" in str(problem.file)
        for words in ("绕成了一圈", "营业执照登记", "办学许可", "licence证", "permit证"):
            assert words in problem.what, words
        assert "开店" not in problem.what
    # the others are there; what cannot be brought is a paper to get
    assert [s.id for s in plan(library, "shop").steps] == ["open"]


def test_three_procedures_in_a_circle_are_told_one_after_the_other(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        ISSUED,
        {
            "licence": issuing("licence", "permit"),
            "permit": issuing("permit", "lease"),
            "lease": issuing("lease", "licence"),
        },
    )
    assert library.unavailable.keys() == {"licence", "permit", "lease"}
    (problem,) = library.unavailable["lease"].problems
    needs = problem.what.partition("：")[2].split("；")
    links = (
        "办「营业执照登记」先要「permit证」，那要办「办学许可」",
        "办「办学许可」先要「lease证」，那要办「租房备案」",
        "办「租房备案」先要「licence证」，那要办「营业执照登记」",
    )
    start = links.index(needs[0])
    assert needs == [*links[start:], *links[:start]]


def test_steps_in_between_close_a_circle(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        {**ISSUED, "form": []},
        {
            "licence": step("apply", 'produces = ["form"]')
            + step("issue", 'produces = ["licence"]')
            + use("form", "issue")
            + use("permit", "apply"),
            "permit": step("visit")
            + step("issue", 'after = ["visit"]\nproduces = ["permit"]')
            + use("licence", "visit"),
        },
    )
    assert library.unavailable.keys() == {"licence", "permit"}


def test_a_step_that_stands_for_the_other_procedure_closes_a_circle(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        ISSUED,
        {
            "licence": step("get", 'procedure = "permit"\nproduces = ["permit"]')
            + step("issue", 'after = ["get"]\nproduces = ["licence"]'),
            "permit": issuing("permit", "licence"),
        },
    )
    assert library.unavailable.keys() == {"licence", "permit"}


WHEN = "when = { young = true }"
MAYBE = {
    "one only needs it with some answers": (
        asked() + issuing("licence", "permit", WHEN),
        issuing("permit", "licence"),
    ),
    "a step only comes up with some answers": (
        asked()
        + step("ask", WHEN)
        + step("issue", 'produces = ["licence"]')
        + use("permit", "ask"),
        issuing("permit", "licence"),
    ),
    "it may be handed in later": (
        issuing("licence", "permit", 'need = "deferrable"'),
        issuing("permit", "licence"),
    ),
    "the office fetches it": (
        issuing("licence", "permit", "fetched = true"),
        issuing("permit", "licence"),
    ),
    "another paper will do": (
        step("issue", 'produces = ["licence"]')
        + use("permit", "issue").replace('document = "permit"', 'one_of = ["permit", "lease"]'),
        issuing("permit", "licence"),
    ),
    "it is issued before the other is needed": (
        step("issue", 'produces = ["licence"]')
        + step("seal", 'after = ["issue"]')
        + use("permit", "seal"),
        issuing("permit", "licence"),
    ),
    "one of two ways to get it needs nothing": (
        asked()
        + step("window", f'produces = ["licence"]\n{WHEN}')
        + step("online", 'produces = ["licence"]')
        + use("permit", "window"),
        issuing("permit", "licence"),
    ),
    "both needs never hold on one day": (
        issuing("licence", "permit", "valid_to = 2026-12-31"),
        issuing("permit", "licence", "valid_from = 2027-01-01"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("licence", "permit"), MAYBE.values(), ids=MAYBE.keys())
def test_a_circle_that_can_be_avoided_is_none_and_plans(
    tmp_path: Path, licence: str, permit: str
) -> None:
    library = load(tmp_path, ISSUED, {"licence": licence, "permit": permit})
    assert library.unavailable == {}
    for name in ("licence", "permit"):
        for answers in ({}, {"young": False}, {"young": True}):
            known = {f: v for f, v in answers.items() if "young" in library_facts(library, name)}
            found = plan(library, name, known)
            ids = [s.id for s in found.steps]
            assert len(ids) == len({*ids})
            assert found.remaining_at_most in (0, 1)


def library_facts(library: Library, name: str) -> set[str]:
    return {*RuleBook(library).rules(name, DAY).questions}


def test_with_a_choice_of_procedures_there_is_a_way_out(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        {**ISSUED, "permit": ["permit", "shop"]},
        {
            "licence": issuing("licence", "permit"),
            "permit": issuing("permit", "licence"),
            "shop": step("buy", 'produces = ["permit"]'),
        },
    )
    assert library.unavailable == {}
    start = plan(library, "licence")
    assert start.question is not None
    assert start.question.id == "way/permit"
    rules = RuleBook(library).rules("licence", DAY)
    bought = make_plan(rules, situation_of({"way/permit": "shop"}))
    assert [s.id for s in bought.steps] == ["shop/buy", "issue"]


def test_two_circles_are_both_named_and_each_once(tmp_path: Path) -> None:
    papers = {**ISSUED, "shop": ["shop"]}
    library = load(
        tmp_path,
        papers,
        {
            "licence": issuing("licence", "permit"),
            "permit": issuing("permit", "licence"),
            "lease": issuing("lease", "shop"),
            "shop": issuing("shop", "lease"),
        },
    )
    assert library.unavailable.keys() == {"licence", "permit", "lease", "shop"}
    assert len(library.problems) == 4
    assert "办学许可" not in library.unavailable["lease"].problems[0].what


def test_a_circle_that_is_closed_by_a_file_read_later_is_refused_then(tmp_path: Path) -> None:
    load(
        tmp_path,
        ISSUED,
        {"licence": issuing("licence", "permit"), "permit": issuing("permit", "licence")},
    )
    first = load_library([tmp_path], only={"licence"})
    assert first.procedures.keys() == {"licence"}
    both = joined(first, load_library([tmp_path], only={"permit"}, catalog=first.catalog))
    assert both.procedures == {}
    assert both.unavailable.keys() == {"licence", "permit"}


def test_what_is_given_must_be_asked_by_the_other_procedure(tmp_path: Path) -> None:
    asks = """[[question]]
id = "matter"
ask = "办什么？"
kind = "choice"
option = [{ id = "new", label = "新办" }, { id = "renew", label = "换证" }]
"""
    given = 'procedure = "licence"\ngiven = { mater = "new", matter = "nwe" }'
    library = load(
        tmp_path,
        {"licence": ["licence"]},
        {"shop": step("go", given), "licence": asks + step("do")},
    )
    told = [str(problem) for problem in library.problems]
    assert any("没有问「mater」" in text and "matter" in text for text in told)
    assert any("没有「nwe」这个选项" in text and "new" in text for text in told)
