"""Small libraries: written in a test, or drawn at random; and what one's whole way comes to.

``Way`` reads a library as plainly as the design tells it (promise 7): procedure by procedure, in
one world in which everything is known. It shares no code with ``guide/chain``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, TypeAlias

import tomli
from hypothesis import assume
from hypothesis import strategies as st
from support.written import DAY

from banzheng_tui.guide.rules import RuleBook, Rules
from banzheng_tui.procedure import references
from banzheng_tui.procedure.catalog import Catalog, Department, Document
from banzheng_tui.procedure.circles import document_circles
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Procedure, Question

Data: TypeAlias = dict[str, Any]
World: TypeAlias = Mapping[str, Any]

DEPARTMENTS = ("office", "clinic", "bank")


def library_of(
    papers: Mapping[str, Iterable[str]],
    shared: Iterable[Data] = (),
    **procedures: str | Data,
) -> Library:
    """A library of procedures as text or data; ``papers`` says which of them issue each paper.

    In a procedure's name ``_`` stands for ``-``; names, labels and grades may be left out.
    """
    questions = {item["id"]: _question(item) for item in shared}
    catalog = Catalog(
        departments={name: Department(id=name, name=f"{name}窗口") for name in DEPARTMENTS},
        documents={
            paper: Document(id=paper, name=f"{paper}证", issued_by=tuple(issued_by))
            for paper, issued_by in papers.items()
        },
        questions={name: Question.model_validate(item) for name, item in questions.items()},
    )
    read = {}
    for key, written in procedures.items():
        name = key.replace("_", "-")
        data = tomli.loads(written) if isinstance(written, str) else written
        read[name] = Procedure.model_validate(_completed(name, data, questions))
        assert not references.check(read[name], catalog)
    return Library(catalog, read, dict.fromkeys(read, "theme"))


def _completed(name: str, written: Data, shared: Mapping[str, Data]) -> Data:
    data = {key: [dict(item) for item in items] for key, items in written.items() if key != "head"}
    for key in ("step", "document", "warning", "fee", "outcome"):
        for entry in data.get(key, ()):
            if "source" not in entry:
                entry.setdefault("grade", "window")
            if key == "step":
                entry.setdefault("title", entry["id"])
    data["question"] = [
        {**shared[item["use"]], **{k: v for k, v in item.items() if k != "use"}}
        if "use" in item
        else _question(item)
        for item in data.get("question", ())
    ]
    head = {"id": name, "name": f"办{name}", "department": "office"}
    dated = {"reviewed": DAY, "review_by": DAY}
    return {"procedure": {**head, **dated, **written.get("head", {})}, **data}


def _question(item: Data) -> Data:
    named = {"name": item["id"], "ask": item["id"], **item}
    if "option" in item:
        named["option"] = [{"label": option["id"], **option} for option in item["option"]]
    return named


def whole_way(library: Library, procedure_id: str) -> Rules:
    """A procedure with all that it brings along, on the day of the tests."""
    return RuleBook(library).rules(procedure_id, DAY)


# -------------------------------------------------------------------- plain reading


@dataclass(frozen=True)
class Outline:
    """All that two plans of a way can differ in."""

    ended: bool
    outcomes: frozenset[str]
    steps: frozenset[str]
    lines: Mapping[str, tuple[int, int, frozenset[str]]]
    warnings: frozenset[str]
    fees: frozenset[str]

    @property
    def items(self) -> frozenset[str]:
        """Everything in it but the outcomes, each with its kind."""
        kinds = {"step": self.steps, "line": self.lines, "warning": self.warnings}
        found = {f"{kind}:{name}" for kind, names in kinds.items() for name in names}
        return frozenset(found | {f"fee:{name}" for name in self.fees})


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

    def outline(self, world: World, have: frozenset[str] = frozenset()) -> Outline:
        """What the plan comes to."""
        return _Reading(self, world, have).outline()


class _Reading:
    """One world."""

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
            self.ended = True

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
            return Outline(True, outcomes, frozenset(), {}, frozenset(), frozenset())
        on = [name for name in self.way.order if name in self.on]
        each = self.way.procedures
        return Outline(
            False,
            outcomes,
            frozenset(self.way.id(name, step) for name in on for step in self.steps(name)),
            self._lines(on),
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
        )

    def _is_said(self, name: str, warning: Data) -> bool:
        return bool({*warning["before"]} & {*self.steps(name)})

    def _lines(self, on: list[str]) -> dict[str, tuple[int, int, frozenset[str]]]:
        found: dict[str, tuple[int, int, frozenset[str]]] = {}
        for name in on:
            for use in self.way.procedures[name].get("document", ()):
                at = frozenset(self.way.id(name, step) for step in self.uses(name, use))
                if at:
                    line = use.get("document") or "|".join(use["one_of"])
                    original, copies, steps = found.get(line, (0, 0, frozenset()))
                    shown = max(original, use.get("original", 0))
                    found[line] = (shown, copies + use.get("copies", 0), steps | at)
        return found


# -------------------------------------------------------------------- at random

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
        steps = []
        for index in range(self.one(1, 2, 2, 3)):
            step: Data = {"id": f"s{index}"}
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
        return self.one(*(o["id"] for o in question.get("option", ())) or (True, False))

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
    return case
