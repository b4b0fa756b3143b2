"""Circles of documents across procedures: nobody could begin anywhere."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.condition import ALWAYS
from banzheng_tui.procedure.model import DocumentUse, Procedure

Node: TypeAlias = tuple[str, str]
"""A procedure and one of its steps."""


class Need(NamedTuple):
    """One paper that a step cannot do without and that another procedure issues."""

    procedure: str
    paper: str
    issuer: str


def document_circles(
    procedures: Mapping[str, Procedure], catalog: Catalog
) -> Iterator[tuple[Need, ...]]:
    """Every circle of papers that procedures need of one another, whatever the answers."""
    left = dict(procedures)
    while True:
        needs = dict(_needs(left, catalog))
        graph: dict[Node, set[Node]] = {}
        for procedure in left.values():
            _own_order(procedure, graph)
        for maker, user in needs:
            graph.setdefault(user, set()).add(maker)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            nodes = list(error.args[1])
            pairs = [pair for a, b in pairwise(nodes) for pair in ((a, b), (b, a))]
            circle = tuple(dict.fromkeys(needs[pair] for pair in pairs if pair in needs))
            if not circle:
                return  # a circle within one procedure is found where that is checked
            yield circle
            for need in circle:
                left.pop(need.procedure, None)
            continue
        return


def circle_text(
    circle: tuple[Need, ...], procedures: Mapping[str, Procedure], catalog: Catalog
) -> str:
    """「办「甲」先要「乙证」，要办「乙」；……」."""
    return "；".join(
        f"办「{procedures[need.procedure].head.name}」先要「{catalog.documents[need.paper].name}」，"
        f"那要办「{procedures[need.issuer].head.name}」"
        for need in circle
    )


def _own_order(procedure: Procedure, graph: dict[Node, set[Node]]) -> None:
    name = procedure.id
    makers: dict[str, set[str]] = {}
    for step in procedure.steps:
        graph.setdefault((name, step.id), set()).update((name, before) for before in step.after)
        for paper in step.produces:
            makers.setdefault(paper, set()).add(step.id)
    for use in procedure.documents:
        for step_id in use.for_steps:
            for paper in use.papers:
                made = makers.get(paper, set()) - {step_id}
                graph.setdefault((name, step_id), set()).update((name, maker) for maker in made)


def _needs(
    procedures: Mapping[str, Procedure], catalog: Catalog
) -> Iterator[tuple[tuple[Node, Node], Need]]:
    """(maker, user) over two procedures, for needs that hang on no answer and on no choice."""
    for procedure in procedures.values():
        made = {paper for step in procedure.steps for paper in step.produces}
        always = {step.id for step in procedure.steps if step.when == ALWAYS}
        for use in procedure.documents:
            if not _without_choice(use) or made.intersection(use.papers):
                continue
            (paper,) = use.papers
            issuers = catalog.documents[paper].issued_by
            if len(issuers) != 1 or issuers[0] not in procedures or issuers[0] == procedure.id:
                continue
            issuer = procedures[issuers[0]]
            for maker in (step.id for step in issuer.steps if paper in step.produces):
                for user in always.intersection(use.for_steps):
                    need = Need(procedure.id, paper, issuer.id)
                    yield ((issuer.id, maker), (procedure.id, user)), need


def _without_choice(use: DocumentUse) -> bool:
    needed = use.need == "required" and not use.fetched
    return needed and use.when == ALWAYS and len(use.papers) == 1
