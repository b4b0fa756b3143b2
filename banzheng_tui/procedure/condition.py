"""Conditions as data: when something applies.

An author writes a table (``when = { household = "apart" }``); here it becomes a small tree of
frozen values. What the tree means for a situation is the guide's matter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator

from banzheng_tui.procedure.values import parse_number

Scalar: TypeAlias = bool | Decimal | date | str
"""One value of a fact: option id, number or money, date, or yes and no."""

TODAY = "today"
BOUNDS = ("at_least", "over", "at_most", "under")


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of another fact, derived value or local value, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The named value is one of ``values`` (for several-choices: one of them is chosen)."""

    name: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The named number, money or date lies within the bounds; each is a value or a Ref."""

    name: str
    bounds: tuple[tuple[str, Scalar | Ref], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Several-choices: everything chosen is in ``values``; with ``exact``, all of them are."""

    name: str
    values: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class InSet:
    """The named value is one of the values of a named set."""

    name: str
    set_id: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts, always."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No part holds."""

    parts: tuple["Condition", ...]


Test: TypeAlias = OneOf | Within | Chosen | InSet
Condition: TypeAlias = Test | AllOf | AnyOf | NoneOf

ALWAYS = AllOf(())


def tests(condition: Condition) -> Iterator[Test]:
    """Every test on a named value in the tree, in the author's order."""
    if isinstance(condition, AllOf | AnyOf | NoneOf):
        for part in condition.parts:
            yield from tests(part)
    else:
        yield condition


def names(condition: Condition) -> Iterator[str]:
    """Every name that the condition looks at, bounds that refer to other values included."""
    for test in tests(condition):
        yield test.name
        if isinstance(test, Within):
            yield from (bound.name for _, bound in test.bounds if isinstance(bound, Ref))


def parse(raw: object) -> Condition:
    """The tree for an author's table; ValueError in Chinese that names the place."""
    if isinstance(raw, AllOf):  # the default, ALWAYS
        return raw
    if not isinstance(raw, Mapping):
        raise ValueError("条件要写成表，如 { household = \"apart\" }")
    parts = tuple(_entry(str(key), value) for key, value in raw.items())
    if not parts:
        raise ValueError("条件是空的；总成立就不要写 when")
    return parts[0] if len(parts) == 1 else AllOf(parts)


_GROUPS: dict[str, type[AllOf] | type[AnyOf] | type[NoneOf]] = {
    "all": AllOf,
    "any": AnyOf,
    "none": NoneOf,
}


def _entry(key: str, value: Any) -> Condition:
    group = _GROUPS.get(key)
    if group is None:
        return _test(key, value)
    if not isinstance(value, list) or not value:
        raise ValueError(f"{key} 后面要写条件的列表，如 {key} = [{{ ... }}, {{ ... }}]")
    return group(tuple(parse(item) for item in value))


def _test(name: str, value: Any) -> Test:
    if isinstance(value, Mapping):
        return _table_test(name, value)
    values = value if isinstance(value, list) else [value]
    if not values:
        raise ValueError(f"「{name}」后面的列表是空的")
    return OneOf(name, tuple(_scalar(name, item) for item in values))


def _table_test(name: str, table: Mapping[str, Any]) -> Test:
    keys = set(table)
    if keys and keys <= set(BOUNDS):
        return Within(name, tuple((key, _bound(name, table[key])) for key in table))
    if keys == {"only"} or keys == {"exactly"}:
        (key,) = keys
        options = table[key]
        if not isinstance(options, list) or not all(isinstance(item, str) for item in options):
            raise ValueError(f"「{name}」的 {key} 后面要写选项编号的列表")
        return Chosen(name, tuple(options), exact=key == "exactly")
    if keys == {"in"} and isinstance(table["in"], str):
        return InSet(name, table["in"])
    raise ValueError(
        f"「{name}」的条件里只能写 at_least、over、at_most、under，或者 only、exactly、in 中的一个"
    )


def _scalar(name: str, value: object) -> Scalar:
    if isinstance(value, bool | str | Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError(f"「{name}」的值要是选项编号、数、日期或 true、false")


def _bound(name: str, value: object) -> Scalar | Ref:
    if isinstance(value, str):
        number = parse_number(value)
        return Ref(value) if number is None else number
    bound = _scalar(name, value)
    if isinstance(bound, bool):
        raise ValueError(f"「{name}」的上下限要是数、钱或日期")
    return bound


ConditionField = Annotated[Condition, PlainValidator(parse)]
"""A model field that holds a Condition."""
