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

from banzheng_tui.procedure.values import DefinitionError, parse_number, sensible

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
    """The tree for an author's table; a DefinitionError when it is none."""
    if isinstance(raw, AllOf):  # the default, ALWAYS
        return raw
    if not isinstance(raw, Mapping):
        raise DefinitionError("这里要写条件", '条件写在花括号里，如 { household = "apart" }')
    parts = tuple(_entry(str(key), value) for key, value in raw.items())
    if not parts:
        raise DefinitionError("条件是空的", "写上条件；总成立的就去掉 when")
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
        mend = f'写成 {key} = [{{ household = "apart" }}, {{ abroad = true }}]'
        raise DefinitionError(f"{key} 后面要写几个条件，放在方括号里", mend)
    return group(tuple(parse(item) for item in value))


def _test(name: str, value: Any) -> Test:
    if isinstance(value, Mapping):
        return _table_test(name, value)
    values = value if isinstance(value, list) else [value]
    if not values:
        raise DefinitionError(f"「{name}」后面的列表是空的", "写上至少一个值，或者去掉这一项")
    return OneOf(name, tuple(_scalar(name, item) for item in values))


def _table_test(name: str, table: Mapping[str, Any]) -> Test:
    keys = set(table)
    if keys and keys <= set(BOUNDS):
        return Within(name, tuple((key, _bound(name, table[key])) for key in table))
    if keys in ({"only"}, {"exactly"}):
        (key,) = keys
        options = table[key]
        if not isinstance(options, list) or not all(isinstance(item, str) for item in options):
            mend = f'写成 {{ {key} = ["hot", "drink"] }}，用这一题的选项编号'
            raise DefinitionError(f"「{name}」的 {key} 后面要写选项编号的列表", mend)
        return Chosen(name, tuple(options), exact=key == "exactly")
    if keys == {"in"} and isinstance(table["in"], str):
        return InSet(name, table["in"])
    what = f"「{name}」后面的条件看不懂"
    raise DefinitionError(
        what, "比大小写 at_least、over、at_most、under；多选写 only 或 exactly；一组值写 in"
    )


def _scalar(name: str, value: object) -> Scalar:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | Decimal):
        return sensible(Decimal(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise DefinitionError(f"「{name}」的值写得不对", "写选项编号、数、日期，或者 true、false")


def _bound(name: str, value: object) -> Scalar | Ref:
    if isinstance(value, str):
        number = parse_number(value)
        return Ref(value) if number is None else number
    bound = _scalar(name, value)
    if isinstance(bound, bool):
        raise DefinitionError(f"「{name}」的上下限不能是 true、false", "写数、钱或日期")
    return bound


ConditionField = Annotated[Condition, PlainValidator(parse)]
"""A model field that holds a Condition."""
