"""What may lead where in a library, read from its data as plainly as the design tells it.

Shares no code with ``guide/chain``; ``plain_reading`` goes on from here.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeAlias

Data: TypeAlias = dict[str, Any]


class Way:
    """A library as data, read from one procedure on: every procedure brings later ones only."""

    def __init__(self, procedures: Mapping[str, Data], papers: Mapping[str, list[str]]) -> None:
        self.procedures = procedures
        self.papers = papers
        self.order = tuple(procedures)
        self.root = self.order[0]
        self.leading = {name: {name} for name in self.order}
        """For each procedure itself and all that may lead to it."""
        for name in self.order:
            for other in self._may_bring(name):
                self.leading[other] |= self.leading[name]

    def id(self, name: str, part: str) -> str:
        """What a part of a procedure is called in the whole."""
        return part if name == self.root else f"{name}/{part}"

    def _may_bring(self, name: str) -> Iterator[str]:
        data = self.procedures[name]
        yield from (s["procedure"] for s in data.get("step", ()) if "procedure" in s)
        for use in data.get("document", ()):
            yield from self.issuers(name, use)

    @cached_property
    def reached(self) -> tuple[str, ...]:
        """The procedures that can be on the way at all."""
        return tuple(name for name in self.order if self.root in self.leading[name])

    def issuers(self, name: str, use: Data) -> list[str]:
        """The procedures of which one is to issue what a use needs."""
        data = self.procedures[name]
        made = {paper for step in data.get("step", ()) for paper in step.get("produces", ())}
        papers = use.get("one_of") or [use["document"]]
        stands = {s["id"] for s in data.get("step", ()) if "procedure" in s}
        if use.get("need") == "optional" or use.get("fetched") or made & {*papers}:
            return []
        if not {*use["for"]} - stands:
            return []
        each = [[p for p in self.papers[paper] if p != name] for paper in papers]
        return min(each, key=len)

    def way_paper(self, name: str, use: Data) -> str:
        """The paper that the issuers of a use are asked about."""
        papers = use.get("one_of") or [use["document"]]
        return str(min(papers, key=lambda paper: len([p for p in self.papers[paper] if p != name])))

    def ways(self) -> dict[str, tuple[str, ...]]:
        """Questions which of several procedures is to issue a paper."""
        found = {}
        for name in self.reached:
            for use in self.procedures[name].get("document", ()):
                issuers = self.issuers(name, use)
                if len(issuers) > 1:
                    found[f"way/{self.way_paper(name, use)}"] = tuple(issuers)
        return found

    @cached_property
    def makers(self) -> dict[str, set[str]]:
        """For each paper the steps on the way that issue it."""
        found: dict[str, set[str]] = {}
        for name in self.reached:
            for step in self.procedures[name]["step"]:
                for paper in step.get("produces", ()):
                    found.setdefault(paper, set()).add(self.id(name, step["id"]))
        return found

    @cached_property
    def after(self) -> dict[str, set[str]]:
        """For each step on the way, those that stand for others included, what it is after."""
        found: dict[str, set[str]] = {}
        for name in self.reached:
            for step in self.procedures[name]["step"]:
                found[self.id(name, step["id"])] = {self.id(name, s) for s in step.get("after", ())}
        for name in self.reached:
            for step in self.procedures[name]["step"]:
                if "procedure" in step:
                    here, other = self.id(name, step["id"]), step["procedure"]
                    inside = {self.id(other, s["id"]) for s in self.procedures[other]["step"]}
                    for first in inside:
                        found[first] |= found[here]
                    issuing = {s for p in step.get("produces", ()) for s in self.makers[p]}
                    found[here] = found[here] | (issuing & inside or inside)
        return found

    @cached_property
    def flow(self) -> dict[str, set[str]]:
        """For each step on the way those that issue what it needs."""
        found: dict[str, set[str]] = {step: set() for step in self.after}
        for name in self.reached:
            for use in self.procedures[name].get("document", ()):
                for paper in use.get("one_of") or [use["document"]]:
                    for step in use["for"]:
                        found[self.id(name, step)] |= self.makers.get(paper, set())
        return found

    def runs_in_a_circle(self) -> bool:
        """Whether some step would wait for itself, whatever is in the plan."""
        try:
            TopologicalSorter({s: self.after[s] | self.flow[s] for s in self.after}).prepare()
        except CycleError:
            return True
        return False
