"""Decision diagrams against tables of every place."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzheng_tui.guide.exact import diagrams
from banzheng_tui.guide.exact.diagrams import NO, YES, Diagrams, TooLargeError

SIZES = (2, 3, 2, 4)
POINTS = tuple(product(*map(range, SIZES)))

tables = st.lists(st.booleans(), min_size=len(POINTS), max_size=len(POINTS)).map(tuple)
counts = st.lists(st.integers(0, 3), min_size=len(POINTS), max_size=len(POINTS)).map(tuple)


def drawn(store: Diagrams, table: tuple[Any, ...]) -> int:
    """The diagram with these values at all points."""

    def below(axis: int, rows: tuple[Any, ...]) -> int:
        if axis == len(SIZES):
            return store.leaf(rows[0])
        step = len(rows) // SIZES[axis]
        kids = (below(axis + 1, rows[n * step : (n + 1) * step]) for n in range(SIZES[axis]))
        return store.node(axis, tuple(kids))

    return below(0, table)


def read(store: Diagrams, diagram: int) -> tuple[Any, ...]:
    """The values at all points."""

    def at(point: tuple[int, ...]) -> Any:
        found = diagram
        for axis, place in enumerate(point):
            found = store.fix(found, axis, place)
        (value,) = store.leaves(found)
        return value

    return tuple(map(at, POINTS))


@given(tables)
def test_a_function_has_one_form_whatever_it_was_made_of(table: tuple[bool, ...]) -> None:
    store = Diagrams()
    found = drawn(store, table)
    assert read(store, found) == table
    asked = NO
    for point, value in zip(POINTS, table, strict=True):
        if value:
            way = YES
            for axis, place in enumerate(point):
                here = tuple(YES if n == place else NO for n in range(SIZES[axis]))
                way = store.both(way, store.node(axis, here))
            asked = store.either(asked, way)
    assert asked == found


@given(tables, tables, tables)
def test_operations_are_those_of_the_tables(
    one: tuple[bool, ...], other: tuple[bool, ...], third: tuple[bool, ...]
) -> None:
    store = Diagrams()
    a, b, c = (drawn(store, table) for table in (one, other, third))
    rows = list(zip(one, other, third, strict=True))
    assert store.both(a, b) == drawn(store, tuple(x and y for x, y, _ in rows))
    assert store.either(a, b) == drawn(store, tuple(x or y for x, y, _ in rows))
    assert store.negation(a) == drawn(store, tuple(not x for x in one))
    assert store.choose(a, b, c) == drawn(store, tuple(y if x else z for x, y, z in rows))
    assert store.all_of((a, b, c)) == drawn(store, tuple(all(row) for row in rows))
    assert store.any_of((a, b, c)) == drawn(store, tuple(any(row) for row in rows))


@given(counts, counts, tables)
def test_values_are_combined_point_by_point(
    one: tuple[int, ...], other: tuple[int, ...], where: tuple[bool, ...]
) -> None:
    store = Diagrams()
    # other than truths: 0 and 1 would be equal to False and True
    a, b = (drawn(store, tuple(f"{n}" for n in table)) for table in (one, other))
    added = store.combined((a, b), lambda x, y: (int(x) + int(y) + 10, 0))
    assert read(store, added) == tuple(x + y + 10 for x, y in zip(one, other, strict=True))
    assert store.where(a, "2") == drawn(store, tuple(n == 2 for n in one))
    chosen = store.choose(drawn(store, where), a, b)
    picked = [x if w else y for w, x, y in zip(where, one, other, strict=True)]
    assert read(store, chosen) == tuple(map(str, picked))
    assert set(store.leaves(chosen)) == set(map(str, picked))


@given(tables, st.integers(0, 3), st.integers(0, 3))
def test_a_diagram_depends_on_an_axis_when_two_points_say_so(
    table: tuple[bool, ...], axis: int, place: int
) -> None:
    store = Diagrams()
    found = drawn(store, table)
    value = dict(zip(POINTS, table, strict=True))
    moved = [(p, (*p[:axis], n, *p[axis + 1 :])) for p in POINTS for n in range(SIZES[axis])]
    depends = any(value[one] != value[other] for one, other in moved)
    assert bool(store.support[found] >> axis & 1) == depends
    place %= SIZES[axis]
    fixed = store.fix(found, axis, place)
    assert read(store, fixed) == tuple(value[(*p[:axis], place, *p[axis + 1 :])] for p in POINTS)
    assert not store.support[fixed] >> axis & 1


@given(tables)
def test_a_way_to_yes_makes_it_hold(table: tuple[bool, ...]) -> None:
    store = Diagrams()
    found = drawn(store, table)
    if not any(table):
        with pytest.raises(ValueError, match="nothing"):
            store.a_way_to_yes(found)
        return
    for axis, place in store.a_way_to_yes(found).items():
        found = store.fix(found, axis, place)
    assert found == YES


def test_truth_and_number_are_not_the_same_leaf() -> None:
    store = Diagrams()
    assert store.leaf(True) == YES
    assert store.leaf(1) != YES
    assert store.leaf(0) != NO


def parity(store: Diagrams) -> Callable[[int], int]:
    """Whether an odd number of so many axes is at place 1: nothing can be left out of it."""

    def work(count: int) -> int:
        found = NO
        for axis in range(count):
            bit = store.node(axis, (NO, YES))
            found = store.choose(bit, store.negation(found), found)
        return found

    return work


def test_work_that_grows_too_large_is_given_up_and_the_store_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(diagrams, "MOST_NEW", 10)
    store = Diagrams()
    with pytest.raises(TooLargeError):
        store.limited(parity(store), 20)
    assert store.limited(parity(store), 3) > YES
    found = parity(store)(20)  # without the limit
    for axis in range(20):
        found = store.fix(found, axis, int(axis < 7))
    assert found == YES
