"""Circles of documents across procedures: nobody could begin anywhere."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.condition import ALWAYS
from banzheng_tui.procedure.model import DocumentUse, Procedure, Step
from banzheng_tui.procedure.parts import Entry

Node: TypeAlias = tuple[str, str]
"""A procedure and one of its steps."""


class Need(NamedTuple):
    """One paper that a step cannot do without and that another procedure issues."""

    procedure: str
    paper: str
    issuer: str


class Wait(NamedTuple):
    """What a step waits for: any of some steps, in its own procedure or for a need of another."""

    steps: tuple[Node, ...]
    need: Need | None = None


def document_circles(
    procedures: Mapping[str, Procedure], catalog: Catalog
) -> Iterator[tuple[Need, ...]]:
    """Every circle of papers that procedures need of one another, whatever the answers."""
    left = dict(procedures)
    while circle := _circle(left, catalog):
        yield circle
        for need in circle:
            left.pop(need.procedure, None)


def circle_text(
    circle: tuple[Need, ...], procedures: Mapping[str, Procedure], catalog: Catalog
) -> str:
    """「办「甲」先要「乙证」，要办「乙」；……」."""
    return "；".join(
        f"办「{procedures[need.procedure].head.name}」先要「{catalog.documents[need.paper].name}」，"
        f"那要办「{procedures[need.issuer].head.name}」"
        for need in circle
    )


def _circle(procedures: Mapping[str, Procedure], catalog: Catalog) -> tuple[Need, ...]:
    """One circle, each need after the one that leads to it; empty when there is none."""
    waits = {
        (procedure.id, step.id): tuple(_waits(procedure, step, procedures, catalog))
        for procedure in procedures.values()
        for step in procedure.steps
    }
    stuck = _stuck(waits)
    graph: dict[Node, list[Node]] = {}
    needs: dict[tuple[Node, Node], Need | None] = {}
    for step in stuck:
        for wait in waits[step]:
            if stuck.keys() >= set(wait.steps):
                graph.setdefault(step, []).extend(wait.steps)
                needs |= {(step, other): wait.need for other in wait.steps}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        way = [needs[pair] for pair in pairwise(reversed(error.args[1]))]
        return tuple(dict.fromkeys(need for need in way if need))
    return ()


def _stuck(waits: Mapping[Node, tuple[Wait, ...]]) -> dict[Node, None]:
    """The steps that nobody ever comes to."""
    left = dict.fromkeys(waits)
    while True:
        free = [
            step
            for step in left
            if all(any(other not in left for other in wait.steps) for wait in waits[step])
        ]
        if not free:
            return left
        for step in free:
            del left[step]


def _waits(
    procedure: Procedure, step: Step, procedures: Mapping[str, Procedure], catalog: Catalog
) -> Iterator[Wait]:
    """What a step waits for, whatever the answers, the day and the choices."""
    for before in procedure.steps:
        if before.id in step.after and before.id != step.id:
            yield Wait(((procedure.id, before.id),))
    if not _always(step):
        return
    other = procedures.get(step.procedure or "")
    if other and other.id != procedure.id:
        yield from _issued(procedure, step.produces, other)
    for use in procedure.documents:
        if step.id not in use.for_steps or not _without_choice(use):
            continue
        own = _makers(procedure, use.papers[0])
        issuers = catalog.documents[use.papers[0]].issued_by
        if own:
            if (procedure.id, step.id) not in own:
                yield Wait(own)
        elif len(issuers) == 1 and issuers[0] in procedures:
            yield from _issued(procedure, use.papers, procedures[issuers[0]])


def _issued(procedure: Procedure, papers: Iterable[str], issuer: Procedure) -> Iterator[Wait]:
    """The steps of another procedure that issue papers."""
    for paper in papers:
        if makers := _makers(issuer, paper):
            yield Wait(makers, Need(procedure.id, paper, issuer.id))


def _makers(procedure: Procedure, paper: str) -> tuple[Node, ...]:
    return tuple((procedure.id, step.id) for step in procedure.steps if paper in step.produces)


def _without_choice(use: DocumentUse) -> bool:
    needed = use.need == "required" and not use.fetched
    return needed and _always(use) and len(use.papers) == 1


def _always(entry: Entry) -> bool:
    """Whether an entry holds on every day and with every answer."""
    return entry.when == ALWAYS and entry.valid_from is None and entry.valid_to is None
