"""The entries of a procedure by name, and what derived values are worked out from."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeAlias

from banzheng_tui.procedure.condition import names
from banzheng_tui.procedure.model import ARITHMETIC, SPANS, Derived, Local, Procedure, Question
from banzheng_tui.procedure.source_lines import Path

Named: TypeAlias = Question | Derived | Local
"""What conditions and amounts may name."""


class Finding(NamedTuple):
    """One mistake in a file that is well formed table by table."""

    path: Path
    what: str
    mend: str


def listed(procedure: Procedure) -> Iterator[tuple[str, Sequence[Any]]]:
    """The lists of a procedure, with their TOML names."""
    yield "source", procedure.sources
    yield "question", procedure.questions
    yield "set", procedure.sets
    yield "derived", procedure.derived
    yield "local", procedure.locals
    yield "step", procedure.steps
    yield "document", procedure.documents
    yield "warning", procedure.warnings
    yield "fee", procedure.fees
    yield "outcome", procedure.outcomes
    yield "rejection", procedure.rejections
    yield "script", procedure.scripts
    yield "deadline", procedure.deadlines


def entries(procedure: Procedure) -> Iterator[tuple[str, int, Any]]:
    """Every entry with the name of its list and its place there."""
    for key, items in listed(procedure):
        for index, item in enumerate(items):
            yield key, index, item


def known_names(procedure: Procedure) -> dict[str, Named]:
    """Questions, derived and local values by id."""
    return {
        item.id: item
        for _, _, item in entries(procedure)
        if isinstance(item, Question | Derived | Local)
    }


def derived_names(item: Derived) -> set[str]:
    """Every name a derived value is worked out from."""
    tested = {name for case in item.cases for name in names(case.when)}
    return {name.split(".")[0] for name in tested} | value_names(item)


def value_names(item: Derived) -> set[str]:
    """The names whose values go into a derived value, and the options that it gives."""
    found: set[object] = set()
    for way in (*SPANS, *ARITHMETIC):
        found.update(getattr(item, way) or ())
    for row in rows(item):
        found.update(row.values())
    return {value.split(".")[0] for value in found if isinstance(value, str)}


def rows(item: Derived) -> list[dict[str, Any]]:
    """What the rows of a decision table give, ``otherwise`` last."""
    return [*(case.gives for case in item.cases), item.otherwise or {}]


def nearest(word: str, known: Iterable[str]) -> str:
    """A way to mend a name that does not exist: the one probably meant, or what there is."""
    choices = sorted(set(known))
    close = get_close_matches(word, choices, 1, 0.6)
    if close:
        return f"是不是想写「{close[0]}」"
    if not choices:
        return "先把它写上"
    shown = "、".join(choices[:8])
    return f"可以写的有：{shown}{' 等' if len(choices) > 8 else ''}"
