"""What a whole way comes to in one world, procedure by procedure (design 5, promise 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from support.plain_ways import Data, Way

World: TypeAlias = Mapping[str, Any]


class Line(NamedTuple):
    """One line of the list of papers."""

    original: int = 0
    copies: int = 0
    steps: frozenset[str] = frozenset()
    need: str = "optional"
    fetched: bool = True

    def joined(self, use: Data, at: frozenset[str]) -> "Line":
        """The line with one more use: originals shown count once, copies add up."""
        need = use.get("need", "required")
        return Line(
            max(self.original, use.get("original", 0)),
            self.copies + use.get("copies", 0),
            self.steps | at,
            min(self.need, need, key=("required", "deferrable", "optional").index),
            self.fetched and use.get("fetched", False),
        )


@dataclass(frozen=True)
class Outline:
    """All that two plans of a way can differ in."""

    ended: bool
    outcomes: frozenset[str]
    steps: frozenset[str]
    lines: Mapping[str, "Line"]
    warnings: frozenset[str]
    fees: frozenset[str]
    held: frozenset[str]
    """Papers that are ticked."""

    @property
    def items(self) -> frozenset[str]:
        """Everything in it but the outcomes, each with its kind."""
        kinds = {"step": self.steps, "line": self.lines, "warning": self.warnings}
        found = {f"{kind}:{name}" for kind, names in kinds.items() for name in names}
        return frozenset(found | {f"fee:{name}" for name in self.fees})


class Reading:
    """What the whole way comes to in one world, in which everything is known."""

    def __init__(self, way: Way, world: World, have: frozenset[str]) -> None:
        self.way = way
        self.world = world
        self.have = have
        self.given: dict[str, list[Data]] = {}
        self.active = {way.root}
        self.on: set[str] = set()
        self.outcomes: set[str] = set()
        self.ended = False
        for name in way.order:  # what brings a procedure stands before it
            if name in self.active:
                self._enter(name)

    def _enter(self, name: str) -> None:
        if not self._is_refused(name):
            self.on.add(name)
            self._bring(name)
        elif name == self.way.root:
            self.ended = True  # and nothing is brought along

    def _is_refused(self, name: str) -> bool:
        taken: set[str] = set()
        refused = False
        for item in self.way.procedures[name].get("outcome", ()):
            if not self.applies(name, item) or item.get("group") in taken:
                continue
            taken |= {item["group"]} if "group" in item else set()
            self.outcomes.add(self.way.id(name, item["id"]))
            refused = refused or item["kind"] == "refuse"
        return refused

    def _bring(self, name: str) -> None:
        data = self.way.procedures[name]
        for step in data.get("step", ()):
            if "procedure" in step and self.applies(name, step):
                made = {*step.get("produces", ())}
                if not made or made - self.held(name):
                    self.active.add(step["procedure"])
                    self.given.setdefault(step["procedure"], []).append(step.get("given", {}))
        for use in data.get("document", ()):
            issuers = self.way.issuers(name, use)
            papers = {*(use.get("one_of") or [use["document"]])}
            if not issuers or papers & self.held(name) or not self.uses(name, use):
                continue
            if len(issuers) == 1:
                self._need(issuers[0])
            else:
                self._need(self.world[f"way/{self.way.way_paper(name, use)}"])

    def _need(self, name: str) -> None:
        self.active.add(name)
        self.given.setdefault(name, [])

    def held(self, name: str) -> set[str]:
        """Papers at hand, as told on the way to this procedure or in it."""
        found = {*self.have}
        for asking in self.way.leading[name] & self.active:
            for question in self.way.procedures[asking].get("question", ()):
                for option in question.get("option", ()):
                    if option["id"] in self.values(asking, question["id"]):
                        found |= {*option.get("have", ())}
        return found

    # ---------------------------------------------------------------- facts and conditions

    def question(self, name: str, fact: str) -> Data:
        return next(q for q in self.way.procedures[name]["question"] if q["id"] == fact)

    def values(self, name: str, fact: str) -> set[Any]:
        """What a fact is for one procedure: known, or answered where that procedure asks."""
        if name not in self.active:
            return set()
        known = {given[fact] for given in self.given.get(name, ()) if fact in given}
        if known:
            return known
        question = self.question(name, fact)
        if not self.applies(name, question):
            return set()
        shared = question.get("shared", False)
        return {self.world[fact if shared else self.way.id(name, fact)]}

    def applies(self, name: str, entry: Data) -> bool:
        return "when" not in entry or self.holds(name, entry["when"])

    def holds(self, name: str, condition: Data) -> bool:
        for key, wanted in condition.items():
            if key in ("any", "none"):
                found = any(self.holds(name, part) for part in wanted)
                if found != (key == "any"):
                    return False
            elif not self.values(name, key) & {*(wanted if isinstance(wanted, list) else [wanted])}:
                return False
        return True

    def uses(self, name: str, use: Data) -> list[str]:
        """The steps at which a use of a paper stands."""
        if not self.applies(name, use):
            return []
        return [s for s in use["for"] if s in self.steps(name)]

    def steps(self, name: str) -> list[str]:
        return [
            step["id"]
            for step in self.way.procedures[name].get("step", ())
            if "procedure" not in step and self.applies(name, step)
        ]

    # ---------------------------------------------------------------- the plan

    def outline(self) -> Outline:
        outcomes = frozenset(self.outcomes)
        if self.ended:
            nothing = frozenset[str]()
            return Outline(True, outcomes, nothing, {}, nothing, nothing, nothing)
        on = [name for name in self.way.order if name in self.on]
        each = self.way.procedures
        steps = frozenset(self.way.id(name, step) for name in on for step in self.steps(name))
        lines = self._lines(on)
        return Outline(
            False,
            outcomes,
            steps,
            lines,
            frozenset(
                self.way.id(name, item["id"])
                for name in on
                for item in each[name].get("warning", ())
                if self.applies(name, item) and self._is_said(name, item)
            ),
            frozenset(
                self.way.id(name, item["id"])
                for name in on
                for item in each[name].get("fee", ())
                if self.applies(name, item)
            ),
            self._ticked(steps, lines),
        )

    def _ticked(self, steps: frozenset[str], lines: Mapping[str, Line]) -> frozenset[str]:
        """Papers at hand that the plan has a use for."""
        wanted = {paper for line in lines for paper in line.split("|")}
        wanted |= {paper for paper, by in self.way.makers.items() if by & steps}
        held = {*self.have}.union(*(self.held(name) for name in self.active))
        return frozenset(held & wanted)

    def _is_said(self, name: str, warning: Data) -> bool:
        return bool({*warning["before"]} & {*self.steps(name)})

    def _lines(self, on: list[str]) -> dict[str, Line]:
        found: dict[str, Line] = {}
        for name in on:
            for use in self.way.procedures[name].get("document", ()):
                at = frozenset(self.way.id(name, step) for step in self.uses(name, use))
                if at:
                    line = use.get("document") or "|".join(use["one_of"])
                    found[line] = found.get(line, Line()).joined(use, at)
        return found
