"""Small procedures at random, as the data of a TOML file, with every answer that tells apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from math import prod
from typing import Any, TypeAlias

from hypothesis import assume
from hypothesis import strategies as st
from support.brute_force import Reference, Worlds

from banzheng_tui.guide.rules import Rules, compile_rules
from banzheng_tui.procedure import references
from banzheng_tui.procedure.catalog import Catalog, Department, Document
from banzheng_tui.procedure.model import Procedure

DAY = date(2026, 11, 23)
PAPERS = ("paper-a", "paper-b", "paper-c", "paper-d")
CUTS = (Decimal(1), Decimal(3))
DAYS = (date(2026, 3, 1), date(2026, 9, 1))
AROUND_DAYS = tuple(
    date(2026, month, day)
    for month, day in ((2, 28), (3, 1), (6, 1), (9, 1), (10, 1), (11, 23), (12, 1))
)
MOST_WORLDS = 500

Data: TypeAlias = dict[str, Any]

CATALOG = Catalog(
    departments={"office": Department(id="office", name="窗口")},
    documents={name: Document(id=name, name=name, issuer="office") for name in PAPERS},
)


@dataclass(frozen=True)
class Case:
    """One random procedure: as data, as rules, and with all its worlds."""

    data: Data
    values: Mapping[str, tuple[Any, ...]]

    @cached_property
    def rules(self) -> Rules:
        procedure = Procedure.model_validate(self.data)
        assert not references.check(procedure, CATALOG)
        return compile_rules(procedure, CATALOG, DAY)

    @cached_property
    def worlds(self) -> Worlds:
        return Worlds(Reference(self.data, DAY), self.values)

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(item["id"] for item in self.data.get("question", ()))

    def __repr__(self) -> str:
        shown = {key: item for key, item in self.data.items() if key != "procedure" and item}
        return f"Case({shown})"


class _Author:
    """Draws the parts of one procedure, each from what stands before it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.kinds: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.values: dict[str, tuple[Any, ...]] = {}
        self.sets: set[str] = set()
        self.data: Data = {
            "procedure": {
                "id": "random",
                "name": "随机",
                "department": "office",
                "reviewed": DAY,
                "review_by": DAY,
            }
        }

    def chance(self, in_ten: int) -> bool:
        return self.draw(st.integers(0, 9)) >= 10 - in_ten

    def one(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def some(self, choices: list[Any], most: int = 3) -> list[Any]:
        return self.draw(st.lists(st.sampled_from(choices), min_size=1, max_size=most, unique=True))

    # ---------------------------------------------------------------- conditions

    def condition(self, depth: int = 2) -> Data:
        if depth and self.chance(4):
            group = self.one("any", "all", "none")
            parts = [self.condition(depth - 1) for _ in range(self.one(1, 2, 2, 3))]
            return {group: parts}
        names = [name for name, kind in self.kinds.items() if kind != "text"]
        return {name: self.test(name) for name in self.some(names, self.one(1, 1, 2))}

    def test(self, name: str) -> Any:
        options = self.options.get(name, [])
        match self.kinds[name]:
            case "yesno":
                return self.chance(5)
            case "choice" | "table":
                if name in self.sets and self.chance(2):
                    return {"in": f"{name}-set"}
                return self.one(options[0], options[-1], self.some(options, 2))
            case "choices":
                way = self.one("has", "has", "only", "exactly")
                some = self.some(options, 2)
                return self.one(some, some[0]) if way == "has" else {way: some}
            case "number" | "count":
                if self.chance(2):
                    return self.one(*CUTS)
                return self.bounds(CUTS)
        return self.bounds(DAYS, "today")

    def bounds(self, cuts: tuple[Any, ...], *more: Any) -> Data:
        how = self.one("at_least", "over", "at_most", "under")
        return {how: self.one(*cuts, *more)}

    def maybe_when(self, entry: Data, in_ten: int = 6) -> Data:
        if self.kinds and self.chance(in_ten):
            entry["when"] = self.condition()
        return entry

    # ---------------------------------------------------------------- what is asked and known

    def ask(self, count: int, decide: bool) -> None:
        self.data["question"] = []
        for index in range(count):
            kind = self.one("choice", "yesno", "choice", "yesno", "choices", "number", "date")
            name = f"q{index}"
            question = {"id": name, "name": name, "ask": name, "kind": kind}
            self.maybe_when(question, 5 if index else 0)
            options = [f"{letter}" for letter in "abc"[: self.one(2, 2, 3)]]
            if kind in ("choice", "choices"):
                question["option"] = [{"id": option, "label": option} for option in options]
                if self.chance(1):
                    question["option"][0]["have"] = [self.one(*PAPERS)]
                if kind == "choices" and self.chance(3):
                    question["option"][-1]["exclusive"] = True
            if kind == "choice" and self.chance(2):
                named = {"id": f"{name}-set", "values": options[:-1]}
                self.data.setdefault("set", []).append(named)
                self.sets.add(name)
            if kind == "choice" and decide and self.chance(4):
                question["decision"] = True
                decide = False
            self.data["question"].append(question)
            self.learn(name, kind, question)
            if self.chance(2):
                self.derive(f"t{index}")
        if self.chance(2):
            self.data["local"] = [{"id": "here", "name": "here", "kind": "yesno"}]
            self.kinds["here"] = "yesno"
            self.values["here"] = (True, False)

    def learn(self, name: str, kind: str, question: Data) -> None:
        self.kinds[name] = kind
        self.options[name] = [option["id"] for option in question.get("option", ())]
        self.values[name] = _values(kind, question.get("option", []))

    def derive(self, name: str) -> None:
        """A decision table: options, or numbers."""
        counted = self.chance(3)
        cells: list[Any] = [1, 2, 3] if counted else ["x", "y"]
        known = [q for q, kind in self.kinds.items() if kind == ("number" if counted else "choice")]
        cells += known[:1]
        rows = [
            {"when": self.condition(1), "gives": self.one(*cells)} for _ in range(self.one(1, 2))
        ]
        table: Data = {"id": name, "case": rows}
        if self.chance(6):
            table["otherwise"] = self.one(*cells)
        self.data.setdefault("derived", []).append(table)
        self.kinds[name] = "count" if counted else "table"
        self.options[name] = ["x", "y"]

    # ---------------------------------------------------------------- what it comes to

    def lead(self) -> None:
        self.data["step"] = [self.step(index) for index in range(self.one(0, 1, 2, 2, 3))]
        steps = [step["id"] for step in self.data["step"]]
        if steps:
            self.data["document"] = [self.use(steps) for _ in range(self.one(0, 1, 2, 3))]
            self.data["warning"] = [
                self.maybe_when(
                    {
                        "id": f"w{index}",
                        "before": self.some(steps, 2),
                        "level": "note",
                        "text": "w",
                        "grade": "window",
                    }
                )
                for index in range(self.one(0, 1))
            ]
        self.data["fee"] = [self.fee(index, steps) for index in range(self.one(0, 0, 1, 2))]
        self.data["outcome"] = [self.outcome(index) for index in range(self.one(0, 0, 1, 2, 3))]

    def step(self, index: int) -> Data:
        step: Data = {"id": f"s{index}", "title": "s", "grade": "window"}
        if index and self.chance(5):
            step["after"] = [f"s{self.draw(st.integers(0, index - 1))}"]
        if self.chance(4):
            step["produces"] = [PAPERS[index]]
        return self.maybe_when(step)

    def use(self, steps: list[str]) -> Data:
        first = self.draw(st.integers(0, len(steps) - 1))
        # papers of later steps are not needed by earlier ones: no circles
        papers = [*PAPERS[:first], PAPERS[3]]
        use: Data = {"for": self.some(steps[first:], 2), "grade": "window"}
        if len(papers) > 1 and self.chance(2):
            use["one_of"] = papers[-2:]
        else:
            use["document"] = self.one(*papers)
        use["original"] = self.one(1, 0, 2)
        if self.chance(3):
            use["copies"] = self.one(1, 2)
        if self.chance(2):
            use["kept"] = True
        if self.chance(2):
            use["need"] = self.one("deferrable", "optional")
        numbers = [name for name, kind in self.kinds.items() if kind == "number"]
        if numbers and self.chance(3):
            use["per"] = numbers[0]
        return self.maybe_when(use)

    def fee(self, index: int, steps: list[str]) -> Data:
        fee: Data = {"id": f"f{index}", "name": "f", "grade": "window"}
        if steps and self.chance(4):
            fee["for"] = self.one(*steps)
        tables = [name for name, kind in self.kinds.items() if kind == "count"]
        if tables and self.chance(6):
            fee["amount"] = self.one(*tables)
        elif self.chance(7):
            fee["amount"] = self.one("5 元", "0 元")
        return self.maybe_when(fee)

    def outcome(self, index: int) -> Data:
        kind = self.one("result", "human", "result", "refuse")
        outcome: Data = {"id": f"o{index}", "kind": kind, "text": "o", "grade": "window"}
        if self.chance(5):
            outcome["group"] = "group"
        return self.maybe_when(outcome, 8)


def _values(kind: str, options: list[Data]) -> tuple[Any, ...]:
    """Every answer that a condition of these procedures can tell from the others."""
    ids = [option["id"] for option in options]
    match kind:
        case "yesno":
            return (True, False)
        case "choice":
            return tuple(ids)
        case "choices":
            alone = {option["id"] for option in options if option.get("exclusive")}
            sets = [frozenset(c) for n in range(1, len(ids) + 1) for c in combinations(ids, n)]
            return tuple(s for s in sets if len(s) == 1 or not s & alone)
        case "number":
            return tuple(Decimal(n) / 2 for n in (1, 2, 3, 5, 6, 8, 10))
    return AROUND_DAYS


@st.composite
def procedures(draw: st.DrawFn, most_questions: int = 5, decide: bool = True) -> Case:
    """A small procedure that passes every check of the loader."""
    author = _Author(draw)
    author.ask(draw(st.integers(1, most_questions)), decide and author.chance(4))
    author.lead()
    case = Case(author.data, author.values)
    assume(prod(len(values) for values in case.values.values()) <= MOST_WORLDS)
    return case
