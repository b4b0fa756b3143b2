"""What is left of a broken file without its broken places.

The checks across tables run over it too, so that an author is told all mistakes at once and not
one kind after the other.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from banzheng_tui.procedure.problems import author_path
from banzheng_tui.procedure.source_lines import Path

AnyModel = TypeVar("AnyModel", bound=BaseModel)

_LOST = "missing"
_HEAD = {
    "id": _LOST,
    "name": _LOST,
    "department": _LOST,
    "reviewed": date.min,
    "review_by": date.min,
}


@dataclass(frozen=True, slots=True)
class Salvaged(Generic[AnyModel]):
    """The content without its broken places."""

    content: AnyModel
    places: Mapping[str, list[int]]
    """For each list the places that its entries had in the file."""
    lost: frozenset[str]
    """What was written in the broken places: nothing may complain that it is missing."""

    def written_at(self, path: Path) -> Path:
        """The path in the file for a path in the content."""
        if len(path) > 1 and isinstance(path[1], int) and path[0] in self.places:
            return (path[0], self.places[str(path[0])][path[1]], *path[2:])
        return path

    def follows_from_loss(self, what: str) -> bool:
        """Whether a finding only comes from what was taken out."""
        return any(f"「{word}」" in what or f"「{word}." in what for word in self.lost)


def salvage(
    model: type[AnyModel], data: Mapping[str, Any], error: ValidationError
) -> Salvaged[AnyModel] | None:
    """What is left, or None where too much is broken."""
    left = deepcopy(dict(data))
    lost = {_LOST}
    places = {key: list(range(len(v))) for key, v in left.items() if isinstance(v, list)}
    for attempt in (_without_field, _without_entry):
        removed: set[tuple[str, int]] = set()
        for item in error.errors(include_url=False):
            attempt(left, author_path(item["loc"]), lost, removed)
        for key, index in sorted(removed, reverse=True):
            del left[key][index]
            del places[key][index]
        try:
            return Salvaged(model.model_validate(left), places, frozenset(lost))
        except ValidationError as still:
            error = still
        except RecursionError:
            return None
    return None


def _without_field(
    data: dict[str, Any], path: Path, lost: set[str], _: set[tuple[str, int]]
) -> None:
    """Take out the field itself; give an entry without evidence the grade that needs none."""
    here: Any = data
    holder, field = None, ""
    for part in path:
        if isinstance(here, dict):
            holder, field = here, str(part)
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            break
    if isinstance(here, dict) and len(path) == 2 and isinstance(path[1], int):
        here.setdefault("grade", "window")
    elif holder is not None and len(path) > 2 and field in holder:
        lost.update(_words(holder.pop(field)))


def _without_entry(
    data: dict[str, Any], path: Path, lost: set[str], removed: set[tuple[str, int]]
) -> None:
    """Take out the whole entry; of the head, put in what makes it whole."""
    if path[:1] == ("procedure",):
        head = data.get("procedure")
        data["procedure"] = {**_HEAD, **(head if isinstance(head, dict) else {})}
        if len(path) > 1 and path[1] in _HEAD:
            data["procedure"][path[1]] = _HEAD[str(path[1])]
        return
    if len(path) > 1 and isinstance(path[1], int) and isinstance(data.get(str(path[0])), list):
        lost.update(_words(data[str(path[0])][path[1]]))
        removed.add((str(path[0]), path[1]))
    elif path:
        lost.update(_words(data.pop(str(path[0]), None)))


def _words(value: object) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
        yield re.sub("[^a-z0-9]+", "-", value.lower())  # what a wrong id was probably meant to be
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
