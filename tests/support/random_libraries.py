"""Small libraries at random: procedures that need one another's papers, with every world."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from support.libraries import library_of, whole_way
from support.plain_reading import Outline, Reading, World
from support.plain_ways import Data, Way

from banzheng_tui.guide.rules import Rules
from banzheng_tui.procedure.circles import document_circles
from banzheng_tui.procedure.library import Library

MOST_WORLDS = 256
SHARED = (
    {"id": "abroad", "kind": "yesno"},
    {"id": "kind", "kind": "choice", "option": [{"id": "one"}, {"id": "two"}]},
)


@dataclass(frozen=True)
class LibraryCase:
    """A random library: as data, as rules, and with every world."""

    procedures: Mapping[str, Data]
    papers: Mapping[str, list[str]]

    @cached_property
    def library(self) -> Library:
        library = library_of(self.papers, SHARED, **self.procedures)
        assert not list(document_circles(library.procedures, library.catalog))
        return library

    @cached_property
    def rules(self) -> Rules:
        return whole_way(self.library, self.way.root)

    @cached_property
    def way(self) -> Way:
        return Way(self.procedures, self.papers)

    def outline(self, world: World, have: frozenset[str] = frozenset()) -> Outline:
        """What the plan comes to when all is answered."""
        return Reading(self.way, world, have).outline()

    @cached_property
    def values(self) -> dict[str, tuple[Any, ...]]:
        """Every fact on the way with all its answers."""
        found: dict[str, tuple[Any, ...]] = dict(self.way.ways())
        for name in self.way.reached:
            for question in self.procedures[name]["question"]:
                fact = question["id"] if "shared" in question else self.way.id(name, question["id"])
                options = tuple(option["id"] for option in question.get("option", ()))
                found[fact] = options or (True, False)
        return found

    def worlds(self) -> list[dict[str, Any]]:
        """Every way in which all may be answered."""
        each = product(*self.values.values())
        return [dict(zip(self.values, values, strict=True)) for values in each]

    def __repr__(self) -> str:
        return f"LibraryCase(papers={self.papers}, procedures={dict(self.procedures)})"


class _Author:
    """Draws procedures; each needs papers that later ones issue, so that there is no circle."""

    def __init__(self, draw: st.DrawFn, count: int) -> None:
        self.draw = draw
        self.names = [f"p{number}" for number in range(count)]
        self.papers: dict[str, list[str]] = {f"paper{n}": [] for n in range(count)}
        self.papers["free"] = []
        self.facts_left = 6

    def chance(self, in_ten: int) -> bool:
        return self.draw(st.integers(0, 9)) >= 10 - in_ten

    def one(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def write(self) -> dict[str, Data]:
        each = [self.procedure(number, name) for number, name in enumerate(self.names)]
        for number, (name, data) in enumerate(zip(self.names, each, strict=True)):
            self.needs(number, name, data)
        return dict(zip(self.names, each, strict=True))

    def procedure(self, number: int, name: str) -> Data:
        data: Data = {"question": []}
        if self.chance(4):
            data["question"].append(self.shared())
        while self.facts_left and len(data["question"]) < self.one(1, 1, 2):
            self.facts_left -= 1
            data["question"].append(self.question(len(data["question"]), data))
        steps: list[Data] = []
        for index in range(self.one(1, 2, 2, 3)):
            step: Data = {"id": f"s{index}", **self.counter()}
            if index and self.chance(4):
                step["after"] = [self.one(*(s["id"] for s in steps))]
            steps.append(self.maybe_when(data, step, 4))
        data["step"] = steps
        for paper in (f"paper{number}", self.one(*self.papers)):
            at = self.one(*steps)
            if number and paper != "free" and paper >= f"paper{number}" and self.chance(8):
                at["produces"] = sorted({*at.get("produces", ()), paper})
                if name not in self.papers[paper]:
                    self.papers[paper].append(name)
        if self.chance(2):
            outcome = {"id": "o", "kind": self.one("refuse", "human"), "text": "o"}
            data["outcome"] = [self.maybe_when(data, outcome, 10)]
        if self.chance(3):
            warning = {"id": "w", "level": "note", "text": "w", "before": [self.one(*steps)["id"]]}
            data["warning"] = [self.maybe_when(data, warning, 4)]
        if self.chance(3):
            data["fee"] = [self.maybe_when(data, {"id": "f", "name": "f", "amount": "5 元"}, 5)]
        return data

    def counter(self) -> Data:
        """Where a step is done, and how long it takes."""
        found: Data = {}
        if self.chance(3):
            found["department"] = self.one("clinic", "bank")
        if self.chance(3):
            found["time"] = {"promised": self.one("当场", "3 工作日")}
        if self.chance(2):
            found |= self.one({"kind": "own"}, {"channels": ["online"]}, {"channels": ["window"]})
        return found

    def shared(self) -> Data:
        return {**self.one(*SHARED), "shared": True}

    def question(self, index: int, data: Data) -> Data:
        question: Data = {"id": f"q{index}", "kind": "yesno"}
        if self.chance(4):
            options: list[Data] = [{"id": "a"}, {"id": "b"}]
            if self.chance(4):
                options[0]["have"] = [self.one(*self.papers)]
            question |= {"kind": "choice", "option": options}
        return self.maybe_when(data, question, 4)

    def maybe_when(self, data: Data, entry: Data, in_ten: int) -> Data:
        asked = data["question"]
        if asked and self.chance(in_ten):
            entry["when"] = self.condition(data, 1)
        return entry

    def condition(self, data: Data, depth: int) -> Data:
        if depth and self.chance(2):
            return {self.one("any", "none"): [self.condition(data, 0), self.condition(data, 0)]}
        question = self.one(*data["question"])
        return {question["id"]: self.answer(question)}

    def answer(self, question: Data) -> Any:
        return self.one(*([o["id"] for o in question.get("option", ())] or (True, False)))

    def needs(self, number: int, name: str, data: Data) -> None:
        later = [p for p, by in self.papers.items() if all(b > name for b in by)]
        made = {paper for step in data["step"] for paper in step.get("produces", ())}
        uses = []
        for _ in range(self.one(0, 1, 2, 2, 3) if number else self.one(1, 2, 3)):
            use: Data = {"for": [self.one(*data["step"])["id"]], "original": 1}
            if self.chance(2) and len(later) > 1:
                use["one_of"] = sorted({self.one(*later), self.one(*later)})
            else:
                use["document"] = self.one(*later)
            if {*use.get("one_of", [use.get("document")])} & made:
                continue  # no circle within the procedure
            if self.chance(2):
                use |= {"need": self.one("optional", "deferrable")}
            elif self.chance(1):
                use["fetched"] = True
            if self.chance(3):
                use["copies"] = 1
            uses.append(self.maybe_when(data, use, 4))
        data["document"] = uses
        if number + 1 < len(self.names) and self.chance(4):
            self.stand_in(self.one(*self.names[number + 1 :]), data)

    def stand_in(self, other: str, data: Data) -> None:
        """A step that stands for another procedure, before or after the procedure's own."""
        step: Data = {"id": "other", "procedure": other}
        if self.chance(5):
            step["after"] = [data["step"][0]["id"]]
        else:
            data["step"][-1].setdefault("after", []).append("other")
            if issued := [p for p, by in self.papers.items() if by == [other]]:
                step["produces"] = issued[:1]
        data["step"].append(self.maybe_when(data, step, 4))
        data["_stands_for"] = other


@st.composite
def libraries(draw: st.DrawFn) -> LibraryCase:
    """Three to six small procedures that need one another's papers; the first is the root."""
    author = _Author(draw, draw(st.integers(3, 6)))
    procedures = author.write()
    for data in procedures.values():
        other = data.pop("_stands_for", None)
        known = [q for q in procedures[other]["question"] if author.chance(4)] if other else []
        if known:
            data["step"][-1]["given"] = {q["id"]: author.answer(q) for q in known}
    case = LibraryCase(procedures, author.papers)
    assume(prod(map(len, case.values.values())) <= MOST_WORLDS)
    assume(not case.way.runs_in_a_circle())
    return case
