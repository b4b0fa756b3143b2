"""Values that hold where a condition does, and tests of what is known on a way."""

from collections.abc import Mapping
from typing import Any

from banzheng_tui.guide.chain.naming import Guard
from banzheng_tui.procedure.condition import (
    AllOf,
    AnyOf,
    Chosen,
    Condition,
    InSet,
    NoneOf,
    OneOf,
    Test,
)
from banzheng_tui.procedure.model import Case, Derived

_EMPTY: dict[str, Any] = {name: item.default for name, item in Derived.model_fields.items()}


def table(table_id: str, when: Condition, value: Any, **more: Any) -> Derived:
    """A value where a condition holds."""
    row = Case.model_construct(when=when, from_day=None, gives={"value": value})
    return Derived.model_construct(**{**_EMPTY, "id": table_id, "cases": (row,), **more})


def guard(
    asked: Condition | None,
    given: list[tuple[Condition, Any]],
    sets: Mapping[str, tuple[str, ...]],
) -> Guard:
    """A test where its fact is asked here, or as it comes out where the fact is known."""

    def guarded(test: Test) -> Condition:
        own: Condition = test if asked is None else AllOf((asked, test))
        if not given:
            return own
        passed = OneOf(test.name, sets.get(test.set_id, ())) if isinstance(test, InSet) else test
        true = tuple(where for where, value in given if _passes(passed, value))
        return AnyOf((*true, AllOf((NoneOf(tuple(where for where, _ in given)), own))))

    return guarded


def _passes(test: Test, value: Any) -> bool:
    """Whether a value that is known passes a test."""
    chosen = set(value) if isinstance(value, list | tuple) else {value}
    if isinstance(test, Chosen):
        named = set(test.values)
        return chosen == named if test.exact else chosen <= named
    return bool(chosen & set(getattr(test, "values", ())))
