"""Small procedures at random, as the data of a TOML file, with every answer that tells apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import prod
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from support.brute_force import Reference
from support.random_facts import HEAD, PAPERS, Data, Facts
from support.random_values import DAY, telling_days, telling_numbers
from support.worlds import Worlds

from banzheng_tui.guide.rules import Rules, compile_rules
from banzheng_tui.procedure import references
from banzheng_tui.procedure.catalog import Catalog, Department, Document
from banzheng_tui.procedure.model import Procedure

__all__ = ["CATALOG", "DAY", "HEAD", "MOST_WORLDS", "Case", "procedures"]

MOST_WORLDS = 500

CATALOG = Catalog(
    departments={"office": Department(id="office", name="窗口")},
    documents={name: Document(id=name, name=name, issuer="office") for name in PAPERS},
)


@dataclass(frozen=True)
class Case:
    """One random procedure: as data, as rules, and with all its worlds."""

    data: Data
    values: Mapping[str, tuple[Any, ...]]
    constants: frozenset[str] = frozenset()
    """Derived values that rest on no number: tables of plain amounts."""

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


class _Author(Facts):
    """Draws what the answers come to, and finds the values that tell apart."""

    def lead(self) -> None:
        self.data["step"] = [self.step(index) for index in range(self.one(0, 1, 2, 2, 3))]
        steps = [step["id"] for step in self.data["step"]]
        if steps:
            self.data["document"] = [self.use(steps) for _ in range(self.one(0, 1, 2, 3))]
            self.data["warning"] = [self.warning(n, steps) for n in range(self.one(0, 1, 2))]
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
        numbers = self.named("number")
        if "here" in numbers:
            numbers.remove("here")
        if numbers and self.chance(3):
            use["per"] = numbers[0]
            for sheets in range(1, 5):
                self.mark(numbers[0], Decimal(sheets))
        return self.maybe_when(use)

    def warning(self, index: int, steps: list[str]) -> Data:
        warning: Data = {"id": f"w{index}", "level": "note", "text": "w", "grade": "window"}
        return self.maybe_when({**warning, "before": self.some(steps, 2)})

    def fee(self, index: int, steps: list[str]) -> Data:
        fee: Data = {"id": f"f{index}", "name": "f", "grade": "window"}
        if steps and self.chance(4):
            fee["for"] = self.one(*steps)
        amounts = [name for name in self.named("count") if name not in self.bounds_of]
        numbers = [*amounts, *self.named("number")]
        if amounts and self.chance(6):
            fee["amount"] = self.one(*amounts)
        elif numbers and self.chance(2):
            fee |= {"rate": self.one("50%", "25%"), "of": self.one(*numbers)}
            if self.chance(3):
                fee["less"] = ["1 元"]
            if self.chance(3):
                fee["at_most"] = self.one("1 元", *amounts)
        elif self.chance(7):
            fee["amount"] = self.one("5 元", "0 元")
        return self.maybe_when(fee)

    def outcome(self, index: int) -> Data:
        kind = self.one("result", "human", "refuse", "refuse")
        outcome: Data = {"id": f"o{index}", "kind": kind, "text": "o", "grade": "window"}
        if self.chance(6):
            outcome["group"] = self.one("group", "group", "other")
        return self.maybe_when(outcome, 9)

    def settle(self) -> None:
        """Numbers and days: one value for each that the conditions tell from the others."""
        for item in (*self.data["question"], *self.data.get("local", ())):
            name, marks = item["id"], self.marks.get(item["id"], [])
            if item["kind"] == "number":
                low, high = (None if end is None else Decimal(end) for end in _ends(item))
                self.values[name] = tuple(telling_numbers(marks, low, high))
            elif item["kind"] == "date":
                self.values[name] = tuple(telling_days(marks, DAY if "max" in item else None))


def _ends(item: Data) -> tuple[int | None, int | None]:
    return item.get("min"), item.get("max")


@st.composite
def procedures(
    draw: st.DrawFn,
    most_questions: int = 5,
    decide: bool = True,
    loose: bool = False,
    most_worlds: int = MOST_WORLDS,
) -> Case:
    """A small procedure that passes every check of the loader.

    In a loose one numbers and days are held against one another: more than can be told exactly.
    """
    author = _Author(draw, loose)
    author.ask(draw(st.integers(2, most_questions)), decide and author.chance(4))
    author.lead()
    author.settle()
    constants = (name for name, found in author.worths.items() if all(not w.fact for w in found))
    case = Case(author.data, author.values, frozenset(constants))
    assume(prod(len(values) for values in case.values.values()) <= most_worlds)
    return case
