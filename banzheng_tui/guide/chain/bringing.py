"""Which procedures a procedure brings along, and through what.

A step that stands for another procedure brings it. So does a paper that a step needs, that
nothing in its own procedure makes and that another procedure issues (design 5, promise 7).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Dated, DocumentUse, Procedure, Step

AnyEntry = TypeVar("AnyEntry", bound=Dated)


@dataclass(frozen=True, slots=True)
class Bringer:
    """What in one procedure brings another along: a step, or a use of a paper."""

    by: str
    brought: str
    step: Step | None = None
    use: DocumentUse | None = None
    paper: str = ""
    """For a use of papers: which of them the other procedure is to issue."""
    ways: tuple[str, ...] = ()
    """All procedures that issue the paper, where there are several to choose from."""

    @property
    def papers(self) -> tuple[str, ...]:
        """Papers that spare the other procedure: any that a use asks for, all that a step makes."""
        if self.use is not None:
            return self.use.papers
        return self.step.produces if self.step else ()


@dataclass(frozen=True, slots=True)
class Members:
    """A procedure, those it brings along in the order they come up, and through what."""

    order: tuple[str, ...]
    bringers: tuple[Bringer, ...]

    def of(self, procedure_id: str) -> tuple[Bringer, ...]:
        """What brings this procedure."""
        return tuple(b for b in self.bringers if b.brought == procedure_id)

    def leading_to(self, procedure_id: str) -> tuple[str, ...]:
        """A procedure itself and all through which one comes to it."""
        return tuple(n for n in self.order if _leads_to(self.bringers, n, procedure_id))


def members(library: Library, root: str, on: date) -> Members:
    """The procedures on the way of one, whatever the answers; the root first."""
    order, found = [root], list[Bringer]()
    for name in order:  # grows on the way
        for bringer in brought_by(library, name, on):
            if bringer.brought == root or _leads_to(found, bringer.brought, name):
                continue  # it is on the way already: what it makes is waited for, not brought again
            found.append(bringer)
            if bringer.brought not in order:
                order.append(bringer.brought)
    return Members(tuple(order), tuple(found))


def _leads_to(bringers: Sequence[Bringer], start: str, goal: str) -> bool:
    """Whether a procedure brings another along, through whatever lies between."""
    seen, left = {start}, [start]
    while left:
        here = left.pop()
        if here == goal:
            return True
        for bringer in bringers:
            if bringer.by == here and bringer.brought not in seen:
                seen.add(bringer.brought)
                left.append(bringer.brought)
    return False


def brought_by(library: Library, name: str, on: date) -> Iterator[Bringer]:
    """What one procedure brings along by itself."""
    procedure = library.procedures[name]
    steps = valid(procedure.steps, on)
    stands_for = {step.id: step.procedure for step in steps if step.procedure}
    for step in steps:
        if step.procedure in library.procedures and step.procedure != name:
            yield Bringer(name, step.procedure, step=step)
    made = {paper for step in steps for paper in step.produces}
    for use in valid(procedure.documents, on):
        unfolded = all(stands_for.get(step) in library.procedures for step in use.for_steps)
        if use.need == "optional" or use.fetched or unfolded or made.intersection(use.papers):
            continue
        paper, issuers = _issuers(library, procedure, use)
        ways = issuers if len(issuers) > 1 else ()
        for issuer in issuers:
            yield Bringer(name, issuer, use=use, paper=paper, ways=ways)


def _issuers(
    library: Library, procedure: Procedure, use: DocumentUse
) -> tuple[str, tuple[str, ...]]:
    """The paper of a use that the fewest procedures issue, and those; with none of them nobody
    has to go anywhere."""
    each = {}
    for paper in use.papers:
        known = library.catalog.documents[paper].issued_by
        each[paper] = tuple(p for p in known if p in library.procedures and p != procedure.id)
    easiest = min(each, key=lambda paper: len(each[paper]))
    return easiest, each[easiest]


def may_bring(library: Library) -> frozenset[str]:
    """Procedures not read yet that those of a library may bring along, whatever the day."""
    papers = library.catalog.documents
    found: set[str] = set()
    for procedure in library.procedures.values():
        found.update(step.procedure for step in procedure.steps if step.procedure)
        for use in procedure.documents:
            found.update(name for paper in use.papers for name in papers[paper].issued_by)
    read = library.procedures.keys() | library.unavailable.keys()
    return frozenset(found & library.themes.keys() - read)


def valid(entries: tuple[AnyEntry, ...], on: date) -> tuple[AnyEntry, ...]:
    """The entries that hold on a day."""
    return tuple(entry for entry in entries if entry.valid_on(on))
