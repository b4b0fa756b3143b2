"""A procedure and those it brings along, merged into one definition.

What is brought is asked, planned and explained by the same rules as everything else: its entries
hold only where it is needed. Its steps and private facts are named ``procedure/step``; shared
facts of the catalog keep their names and are asked once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from banzheng_tui.guide.chain.bringing import Bringer, members
from banzheng_tui.guide.chain.guards import Guards
from banzheng_tui.guide.chain.member import Member
from banzheng_tui.guide.chain.turns import in_turn
from banzheng_tui.procedure.catalog import Document
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Local, Procedure, Step


@dataclass(frozen=True, slots=True)
class Chain:
    """One definition for a whole way."""

    procedure: Procedure
    members: tuple[str, ...]
    origin: Mapping[str, str]
    """For each question and step the procedure that it comes from."""
    held: Mapping[str, str]
    """Papers that may spare a procedure, each with the value that says whether it is at hand."""
    ungated: frozenset[str]
    """Facts of which every condition says itself where they are asked."""


def chained(library: Library, root: str, on: date) -> Chain:
    """The way of a procedure on a day; the procedure itself where it brings nothing along."""
    found = members(library, root, on)
    if len(found.order) == 1:
        return Chain(library.procedures[root], (root,), {}, {}, frozenset())
    return _Merger(Guards(library, found, on), library.catalog.documents).chain()


class _Merger:
    def __init__(self, guards: Guards, papers: Mapping[str, Document]) -> None:
        self._guards = guards
        self._papers = papers

    def chain(self) -> Chain:
        merged: dict[str, list[Any]] = {}
        for name in self._guards.members.order:
            for key, entries in Member(self._guards, name).entries():
                merged.setdefault(key, []).extend(entries)
        uses = merged["documents"]
        steps = self._placed(in_turn(self._guards, merged["steps"], uses))
        papers = self._papers
        held = [
            Local(id="held", name=papers[paper].name, kind="yesno").model_copy(update={"id": name})
            for paper, name in self._guards.held_facts.items()
        ]
        root = self._guards.procedures[self._guards.root]
        whole = root.model_copy(
            update={
                **{key: tuple(entries) for key, entries in merged.items()},
                "questions": tuple(self._guards.questions.values()),
                "derived": (*merged["derived"], *self._guards.values.values()),
                "locals": (*merged["locals"], *held),
                "steps": steps,
                "examples": (),
            }
        )
        return Chain(
            whole,
            self._guards.members.order,
            self._guards.origin,
            self._guards.held_facts,
            self._guards.shared,
        )

    def _placed(self, steps: Iterable[Step]) -> tuple[Step, ...]:
        """Steps of what is brought before the first step that waits for it."""
        own: dict[str, list[Step]] = {name: [] for name in self._guards.members.order}
        for step in steps:
            own[self._guards.origin[step.id]].append(step)
        order = own[self._guards.root]
        for name in self._guards.members.order[1:]:
            places = [self._place(order, bringer) for bringer in self._guards.members.of(name)]
            at = min(places, default=len(order))
            order[at:at] = own[name]
        return tuple(order)

    def _place(self, order: list[Step], bringer: Bringer) -> int:
        naming = self._guards.naming(bringer.by)
        wanted = {naming.id(s) for s in (bringer.use.for_steps if bringer.use else ())}
        if bringer.step is not None:
            wanted = {naming.id(bringer.step.id)}
        return next((n for n, step in enumerate(order) if step.id in wanted), len(order))
