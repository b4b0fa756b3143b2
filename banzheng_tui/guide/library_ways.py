"""The ways of a library: its procedures as links of chains, by estimate."""

from collections.abc import Iterator
from graphlib import TopologicalSorter

from banzheng_tui.guide.cheapest import Link, Ways
from banzheng_tui.guide.days import approximate_days
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Procedure


def ways_of(library: Library) -> Ways:
    """The ways of a library, as an estimate: no condition and no validity is looked at.

    So a procedure needs, whoever asks, every required paper that only other procedures issue, and
    it takes as long as its longest chain of steps, all of them included.
    """
    return Ways(_link(procedure, library) for procedure in library.procedures.values())


def _link(procedure: Procedure, library: Library) -> Link:
    papers = library.catalog.documents.values()
    gives = tuple(paper.id for paper in papers if procedure.id in paper.issued_by)
    needs = tuple(_needs(procedure, library))
    return Link(procedure.id, _days(procedure), needs, gives)


def _needs(procedure: Procedure, library: Library) -> Iterator[tuple[str, ...]]:
    """What others must issue; nothing where a paper of equal worth needs no other procedure."""
    own = {paper for step in procedure.steps if not step.procedure for paper in step.produces}
    for use in procedure.documents:
        needed = use.need == "required" and not use.fetched and own.isdisjoint(use.papers)
        if needed and all(_comes_from_another(paper, procedure, library) for paper in use.papers):
            yield use.papers


def _comes_from_another(paper: str, procedure: Procedure, library: Library) -> bool:
    issuers = library.catalog.documents[paper].issued_by
    return any(name in library.procedures for name in issuers if name != procedure.id)


def _days(procedure: Procedure) -> float:
    """Along the longest chain of steps; one that stands for another procedure takes none itself."""
    own = {s.id: 0.0 if s.procedure else approximate_days(s.time) for s in procedure.steps}
    before = _before(procedure)
    ends: dict[str, float] = {}
    for name in TopologicalSorter(before).static_order():
        ends[name] = own[name] + max((ends[earlier] for earlier in before[name]), default=0.0)
    return max(ends.values(), default=0.0)


def _before(procedure: Procedure) -> dict[str, set[str]]:
    """For each step those it waits for: by ``after``, and for papers that they make."""
    before: dict[str, set[str]] = {step.id: set() for step in procedure.steps}
    makers: dict[str, set[str]] = {}
    for step in procedure.steps:
        before[step.id] |= before.keys() & step.after
        for paper in step.produces:
            makers.setdefault(paper, set()).add(step.id)
    for use in procedure.documents:
        for paper in use.papers:
            for name in before.keys() & use.for_steps:
                before[name] |= makers.get(paper, set()) - {name}
    return before
