"""Libraries at random for the cheapest chain: small ones to be tried out, large ones to be timed."""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from random import Random

from hypothesis import strategies as st

from banzheng_tui.guide.cheapest import Link

DAYS = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0)
PAPERS = tuple("abcdefg")
AT_HOME = tuple(f"home-{n}" for n in range(200))
"""Papers of a large library that everybody has."""
CLUSTER = 600
"""So many procedures of one field need mostly papers of one another."""
LEVELS = 7


@st.composite
def small_ways(draw: st.DrawFn, most: int = 7) -> tuple[Link, ...]:
    """A few procedures that share papers, wait in circles or lead nowhere, as it comes."""
    papers = st.sampled_from(PAPERS)
    need = st.lists(papers, min_size=1, max_size=2, unique=True).map(tuple)
    count = draw(st.integers(1, most))
    return tuple(
        Link(
            f"p{n}",
            draw(st.sampled_from(DAYS)),
            tuple(draw(st.lists(need, max_size=3))),
            tuple(draw(st.lists(papers, min_size=1, max_size=2, unique=True))),
        )
        for n in range(count)
    )


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> tuple[tuple[Link, ...], float]:
    """Procedures none of which is of use twice, the goal first; and what the best chain costs."""
    links: list[Link] = []

    def grow(left: int, gives: tuple[str, ...]) -> float:
        place, days = len(links), draw(st.sampled_from(DAYS))
        links.append(Link("", 0.0, (), ()))  # its place: what it needs comes behind it
        needs = tuple((f"{place}-{n}",) for n in range(draw(st.integers(0, 2)) if left else 0))
        links[place] = Link(f"p{place}", days, needs, gives)
        return days + sum(
            min(grow(left - 1, need) for _ in range(draw(st.integers(1, 2)))) for need in needs
        )

    cost = grow(depth, ())
    return tuple(links), cost


def least_cost(links: Sequence[Link], goal: str, held: Collection[str]) -> float | None:
    """The cheapest of all sets of procedures that lead to the goal, by trying every one."""
    others = [link for link in links if link.id != goal]
    (last,) = (link for link in links if link.id == goal)
    costs = [
        last.days + sum(link.days for link in chosen)
        for size in range(len(others) + 1)
        for chosen in combinations(others, size)
        if _can_do(last, _obtained(chosen, held))
    ]
    return min(costs, default=None)


def _obtained(links: Sequence[Link], held: Collection[str]) -> set[str]:
    """All papers that there are once everything that can be done is done."""
    papers = set(held)
    for _ in links:
        papers.update(p for link in links if _can_do(link, papers) for p in link.gives)
    return papers


def _can_do(link: Link, papers: set[str]) -> bool:
    return all(papers.intersection(need) for need in link.needs)


def large_ways(count: int, seed: int = 2) -> tuple[Link, ...]:
    """A city's procedures, in fields seven levels deep; all can be done with what is at home.

    Six papers of ten are at home, most others come from a lower level of the same field. One to
    three procedures issue a paper, some need either of two.
    """
    random = Random(seed)
    fields = max(1, count // CLUSTER)
    issued = [
        [[f"{field}-{level}-{n}" for n in range(_wide(count, fields))] for level in range(LEVELS)]
        for field in range(fields)
    ]
    return tuple(
        _one_of_many(n, n % fields, n // fields % LEVELS, issued, random) for n in range(count)
    )


def _wide(count: int, fields: int) -> int:
    """How many papers one level of a field issues: fewer than it has procedures."""
    return max(2, count // fields // LEVELS * 2 // 3)


def _one_of_many(
    place: int, field: int, level: int, issued: Sequence[Sequence[Sequence[str]]], random: Random
) -> Link:
    needs = tuple(_needs(field, level, issued, random))
    here = issued[field][level]
    order = place // len(issued) // LEVELS
    gives = {here[order % len(here)], random.choice(here)}  # none is issued by nobody
    return Link(f"procedure-{place}", float(random.randint(1, 30)), needs, tuple(sorted(gives)))


def _needs(
    field: int, level: int, issued: Sequence[Sequence[Sequence[str]]], random: Random
) -> Iterator[tuple[str, ...]]:
    if level:
        yield (random.choice(issued[field][level - 1]),)
    for _ in range(random.randint(1, 4)):
        where = random.random()
        if where < 0.6 or not level:
            yield (random.choice(AT_HOME),)
            continue
        other = field if where < 0.95 else random.randrange(len(issued))
        below = issued[other][max(0, level - random.choice((1, 1, 1, 2)))]
        yield tuple(random.sample(below, 2 if random.random() < 0.1 else 1))
