"""A package as a procedure whose steps stand for the procedures that it joins."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from banzheng_tui.guide.chain.bringing import members
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Procedure, ProcedureHead, Step
from banzheng_tui.procedure.packages import Package


def with_package(library: Library, package: Package, on: date) -> Library:
    """The library with a package as one more procedure; KeyError where none of it can be done."""
    made = package_procedure(package, library, on)
    return replace(library, procedures={**library.procedures, package.id: made})


def package_procedure(package: Package, library: Library, on: date) -> Procedure:
    """One step for each procedure of the package that does not come along with another of it."""
    steps = tuple(_step(package, name, library) for name in _top(package, library, on))
    return Procedure.model_validate(
        {"procedure": _head(package, library), "source": package.sources, "step": steps}
    )


def _head(package: Package, library: Library) -> ProcedureHead:
    head, inside = package.head, package.procedures
    members_of_it = [library.procedures[name].head for name in inside if name in library.procedures]
    if not members_of_it:
        raise KeyError(package.id)
    following = (name for member in members_of_it for name in member.follow_up)
    shared = (
        *("id", "name", "official", "summary", "aliases", "phrases"),
        *("accept", "place", "reviewed", "review_by"),
    )
    return ProcedureHead.model_validate(
        {
            **{name: value for name in shared if (value := getattr(head, name)) is not None},
            "department": head.department or members_of_it[0].department,
            "channels": head.channels,
            "follow_up": [*dict.fromkeys(name for name in following if name not in inside)],
        }
    )


def _step(package: Package, name: str, library: Library) -> Step:
    procedure = library.procedures.get(name)
    return Step(
        id=name,
        title=f"办「{procedure.head.name if procedure else name}」",
        procedure=name,
        given=package.head.given.get(name, {}),
        grade="window",
    )


def _top(package: Package, library: Library, on: date) -> Iterator[str]:
    """Its procedures without those that another one brings along where they are needed."""
    names = package.procedures
    known = [name for name in names if name in library.procedures]
    reached = {name: frozenset(members(library, name, on).order) for name in known}
    for place, name in enumerate(names):
        brought = any(
            name in reached[other]
            and (other not in reached.get(name, ()) or other in names[:place])
            for other in known
            if other != name
        )
        if not brought:
            yield name
