"""The head of a definition file alone: enough to list a procedure before the file is checked.

Reads only as far as the second table and needs no pydantic, so that the first screen can show
the library at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomli

RESERVED = ("catalog", "calendar", "packages", "amendments", "drills")
_NEXT_TABLE = re.compile(r"^\s*\[(?!\s*procedure\s*\])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a list of procedures shows of one of them."""

    id: str
    name: str
    theme: str
    official: str
    summary: str
    aliases: tuple[str, ...]
    phrases: tuple[str, ...]
    review_by: date | None
    path: Path


def procedure_files(directory: Path) -> Iterator[Path]:
    """The definition files of procedures below a library's folder, in a steady order."""
    for path in sorted(directory.rglob("*.toml")):
        folders = path.relative_to(directory).parts[:-1]
        if folders and folders[0] not in RESERVED:
            yield path


def read_outlines(directories: tuple[Path, ...]) -> tuple[Outline, ...]:
    """One outline a procedure; a later folder's procedure stands in for an earlier one's."""
    found: dict[str, Outline] = {}
    for directory in directories:
        for path in procedure_files(directory):
            outline = _read(path)
            found[outline.id] = outline
    return tuple(found.values())


def _read(path: Path) -> Outline:
    """The outline of one file; of a broken one, what its name tells."""
    head: dict[str, Any] = {}
    try:
        text = path.read_bytes().decode("utf-8-sig")
        cut = _NEXT_TABLE.search(text)
        head = tomli.loads(text[: cut.start()] if cut else text).get("procedure", {})
    except (OSError, ValueError, RecursionError):  # the full reading says what is wrong
        head = {}
    if not isinstance(head, dict):
        head = {}
    review_by = head.get("review_by")
    return Outline(
        id=path.stem,
        name=_text(head.get("name")) or path.stem,
        theme=path.parent.name,
        official=_text(head.get("official")),
        summary=_text(head.get("summary")),
        aliases=_texts(head.get("aliases")),
        phrases=_texts(head.get("phrases")),
        review_by=review_by if isinstance(review_by, date) else None,
        path=path,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(item for item in value if isinstance(item, str))
