"""The head of a definition file alone: enough to list a procedure or a package unchecked.

Reads only as far as the second table and needs no pydantic, so that the first screen can show
the library at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

import tomli

Kind: TypeAlias = Literal["procedure", "package"]

RESERVED = ("catalog", "calendar", "packages", "amendments", "drills")
PACKAGES = "packages"
"""The folder of packages, and the theme that they are listed under."""
_NEXT_TABLE = re.compile(r"^\s*\[(?!\s*(?:procedure|package)\s*\])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a list of procedures and packages shows of one of them."""

    id: str
    name: str
    theme: str
    official: str
    summary: str
    aliases: tuple[str, ...]
    phrases: tuple[str, ...]
    review_by: date | None
    path: Path
    kind: Kind = "procedure"


def procedure_files(directory: Path) -> Iterator[Path]:
    """The definition files of procedures below a library's folder, in a steady order."""
    for path in sorted(directory.rglob("*.toml")):
        folders = path.relative_to(directory).parts[:-1]
        if folders and folders[0] not in RESERVED:
            yield path


def package_files(directory: Path) -> Iterator[Path]:
    """The definition files of packages below a library's folder, in a steady order."""
    yield from sorted((directory / PACKAGES).rglob("*.toml"))


def read_outlines(directories: tuple[Path, ...]) -> tuple[Outline, ...]:
    """One outline a procedure, then one a package; a later folder's stands in for an earlier's."""
    procedures: dict[str, Outline] = {}
    packages: dict[str, Outline] = {}
    for directory in directories:
        procedures |= {path.stem: _read(path, "procedure") for path in procedure_files(directory)}
        packages |= {path.stem: _read(path, "package") for path in package_files(directory)}
    return (*procedures.values(), *(o for name, o in packages.items() if name not in procedures))


def _read(path: Path, kind: Kind) -> Outline:
    """The outline of one file; of a broken one, what its name tells."""
    head: dict[str, Any] = {}
    try:
        text = path.read_bytes().decode("utf-8-sig")
        cut = _NEXT_TABLE.search(text)
        head = tomli.loads(text[: cut.start()] if cut else text).get(kind, {})
    except (OSError, ValueError, RecursionError):  # the full reading says what is wrong
        head = {}
    if not isinstance(head, dict):
        head = {}
    review_by = head.get("review_by")
    return Outline(
        id=path.stem,
        name=_text(head.get("name")) or path.stem,
        theme=PACKAGES if kind == "package" else path.parent.name,
        official=_text(head.get("official")),
        summary=_text(head.get("summary")),
        aliases=_texts(head.get("aliases")),
        phrases=_texts(head.get("phrases")),
        review_by=review_by if isinstance(review_by, date) else None,
        path=path,
        kind=kind,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(item for item in value if isinstance(item, str))
