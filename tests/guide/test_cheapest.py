"""The cheapest chain of procedures, against trying out every set of them."""

from collections.abc import Collection, Mapping, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.random_situations import tried
from support.random_ways import AT_HOME, PAPERS, large_ways, least_cost, small_ways, trees

from banzheng_tui.guide.cheapest import Chain, Link, Ways

HELD = st.frozensets(st.sampled_from(PAPERS), max_size=2)
NOTHING = frozenset[str]()


def library(**links: tuple[float, str, str]) -> Ways:
    """Procedures by name: days, what they need and what they give; a|b: either will do."""
    return Ways(
        Link(
            name,
            days,
            tuple(tuple(need.split("|")) for need in needs.split()),
            tuple(gives.split()),
        )
        for name, (days, needs, gives) in links.items()
    )


def assert_can_be_done(chain: Chain, links: Sequence[Link], held: Collection[str]) -> None:
    """Each procedure stands once, behind what it needs, and the cost is that of all of them."""
    by_id: Mapping[str, Link] = {link.id: link for link in links}
    assert len(set(chain.procedures)) == len(chain.procedures)
    papers = set(held)
    for name in chain.procedures:
        assert all(papers.intersection(need) for need in by_id[name].needs)
        papers.update(by_id[name].gives)
    assert chain.cost == pytest.approx(sum(by_id[name].days for name in chain.procedures))


# ------------------------------------------------------------------------ written


def test_what_a_procedure_needs_comes_before_it() -> None:
    ways = library(shop=(1, "licence permit", ""), permit=(3, "licence", "permit"),
                   licence=(2, "", "licence"))  # fmt: skip
    assert ways.cheapest("shop", NOTHING) == Chain(("licence", "permit", "shop"), 6)
    assert ways.cheapest("shop", frozenset({"permit"})) == Chain(("licence", "shop"), 3)


def test_of_several_ways_the_one_with_fewest_days_is_taken_whole() -> None:
    ways = library(shop=(1, "licence", ""), sole=(3, "", "licence"),
                   company=(1, "charter", "licence"), charter=(5, "", "charter"))  # fmt: skip
    assert ways.cheapest("shop", NOTHING) == Chain(("sole", "shop"), 4)
    assert ways.cheapest("shop", frozenset({"charter"})) == Chain(("company", "shop"), 2)


def test_a_dearer_way_to_two_papers_is_found_where_both_can_share_it() -> None:
    ways = library(shop=(0, "layout fire", ""), draw=(3, "", "layout"), check=(3, "", "fire"),
                   plan=(1, "survey", "layout"), visit=(1, "survey", "fire"),
                   survey=(3, "", "survey"))  # fmt: skip
    found = ways.cheapest("shop", NOTHING)
    assert found is not None
    assert (set(found.procedures), found.cost) == ({"survey", "plan", "visit", "shop"}, 5)


def test_of_ways_with_equal_days_the_one_with_fewer_procedures_is_taken() -> None:
    ways = library(shop=(1, "licence", ""), online=(0, "account", "licence"),
                   account=(0, "", "account"), window=(0, "", "licence"))  # fmt: skip
    assert ways.cheapest("shop", NOTHING) == Chain(("window", "shop"), 1)


def test_where_nothing_leads_there_the_papers_that_nobody_issues_are_named() -> None:
    ways = library(shop=(1, "licence room", ""), licence=(1, "name seal", "licence"),
                   name=(1, "", "name"), broker=(1, "stamp", "room"))  # fmt: skip
    assert ways.cheapest("shop", NOTHING) is None
    assert ways.missing("shop", NOTHING) == ("seal", "stamp")
    assert ways.missing("shop", frozenset({"licence"})) == ("stamp",)
    assert ways.missing("shop", frozenset({"licence", "room"})) == ()


def test_a_circle_is_no_way_unless_one_of_its_papers_is_held() -> None:
    ways = library(shop=(1, "a", ""), one=(1, "b", "a"), two=(1, "a", "b"))
    assert ways.cheapest("shop", NOTHING) is None
    assert ways.missing("shop", NOTHING) == ("a",)
    assert ways.cheapest("shop", frozenset({"b"})) == Chain(("one", "shop"), 2)


def test_of_papers_of_equal_worth_one_that_is_held_is_taken() -> None:
    ways = library(quick=(1, "", "promise"), slow=(9, "", "proof"))
    assert ways.shortest_paper(["promise", "proof"], frozenset({"proof"})) == "proof"
    assert ways.shortest_paper(["b", "a"], frozenset({"a", "b"})) == "b"


def test_of_papers_of_equal_worth_the_one_with_the_shortest_way_is_taken() -> None:
    ways = library(quick=(1, "form", "promise"), slow=(9, "", "proof"), form=(2, "", "form"),
                   circle=(0, "never", "never"), later=(3, "", "other"))  # fmt: skip
    assert ways.shortest_paper(["proof", "promise"], NOTHING) == "promise"
    assert ways.shortest_paper(["never", "proof"], NOTHING) == "proof"
    assert ways.shortest_paper(["other", "promise"], NOTHING) == "other"
    assert ways.shortest_paper(["promise", "other"], NOTHING) == "promise"


def test_a_paper_that_no_procedure_issues_brings_none_along() -> None:
    ways = library(slow=(9, "", "proof"))
    assert ways.shortest_paper(["proof", "own-statement", "own-letter"], NOTHING) == "own-statement"


# ------------------------------------------------------------------------- random


@tried(400)
@given(small_ways(), HELD)
def test_no_set_of_procedures_leads_there_for_less(
    links: tuple[Link, ...], held: frozenset[str]
) -> None:
    ways = Ways(links)
    for link in links:
        found = ways.cheapest(link.id, held)
        least = least_cost(links, link.id, held)
        assert (found.cost if found else None) == least
        if found:
            assert found.procedures[-1] == link.id
            assert_can_be_done(found, links, held)


@tried(200)
@given(small_ways(), HELD, HELD)
def test_holding_more_never_costs_more(
    links: tuple[Link, ...], held: frozenset[str], more: frozenset[str]
) -> None:
    ways = Ways(links)
    before = ways.cheapest(links[0].id, held)
    after = ways.cheapest(links[0].id, held | more)
    assert before is None or (after is not None and after.cost <= before.cost)


@tried(200)
@given(small_ways(), HELD)
def test_holding_what_is_missing_opens_a_way(links: tuple[Link, ...], held: frozenset[str]) -> None:
    ways = Ways(links)
    for link in links:
        missing = ways.missing(link.id, held)
        assert bool(missing) == (ways.cheapest(link.id, held) is None)
        assert held.isdisjoint(missing)
        assert ways.cheapest(link.id, held.union(missing)) is not None


@tried(100)
@given(trees())
def test_where_nothing_is_shared_the_chain_is_the_best(
    tree: tuple[tuple[Link, ...], float],
) -> None:
    links, cost = tree
    found = Ways(links).cheapest("p0", NOTHING)
    assert found is not None
    assert found.cost == cost
    assert_can_be_done(found, links, NOTHING)


@tried(10)
@example(0)
@given(st.integers(0, 1000))
def test_chains_through_a_large_library_can_be_done(seed: int) -> None:
    links = large_ways(1500, seed)
    ways = Ways(links)
    for link in links[::30]:
        found = ways.cheapest(link.id, frozenset(AT_HOME))
        assert found is not None
        assert_can_be_done(found, links, AT_HOME)
