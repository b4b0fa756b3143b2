"""The questions, local and derived values of small procedures at random."""

from decimal import Decimal
from itertools import combinations
from typing import Any, TypeAlias

from hypothesis import strategies as st
from support.random_values import CUTS, DAY, DAYS, Mark, Worth, constant, worked

PAPERS = ("paper-a", "paper-b", "paper-c", "paper-d")
SPANS = {"days_between": (30, 100), "months_between": (3, 6), "years_between": (0, 1)}
"""Ways to count between two days, each with bounds to hold it against."""
QUESTION_KINDS = ("choice", "yesno", "choice", "yesno", "choices", "choices", "number", "date")
LOOSE_KINDS = ("number", "yesno", "number", "date", "choice")

Data: TypeAlias = dict[str, Any]

HEAD: Data = {
    "id": "random",
    "name": "随机",
    "department": "office",
    "reviewed": DAY,
    "review_by": DAY,
}


class Facts:
    """Draws questions, local and derived values, each from what stands before it."""

    def __init__(self, draw: st.DrawFn, loose: bool) -> None:
        self.draw = draw
        self.loose = loose
        self.kinds: dict[str, str] = {"today": "day"}
        self.options: dict[str, list[str]] = {}
        self.values: dict[str, tuple[Any, ...]] = {}
        self.worths: dict[str, list[Worth]] = {"today": [constant(DAY)]}
        self.bounds_of: dict[str, tuple[Any, ...]] = {}
        self.marks: dict[str, list[Mark]] = {}
        self.sets: set[str] = set()
        self.data: Data = {"procedure": HEAD}

    def chance(self, in_ten: int) -> bool:
        return self.draw(st.integers(0, 9)) >= 10 - in_ten

    def one(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def some(self, choices: list[Any], most: int = 3) -> list[Any]:
        return self.draw(st.lists(st.sampled_from(choices), min_size=1, max_size=most, unique=True))

    def named(self, *kinds: str) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in kinds]

    # ---------------------------------------------------------------- conditions

    def condition(self, depth: int = 2) -> Data:
        if depth and self.chance(4):
            group = self.one("any", "all", "none")
            parts = [self.condition(depth - 1) for _ in range(self.one(1, 2, 2, 3))]
            return {group: parts}
        names = [name for name in self.kinds if name != "today"]
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
            case "date" | "day":
                return self.bounds(name, DAYS, "today", *self.refs("day", "date", besides=name))
        cuts = self.bounds_of.get(name, CUTS)
        if self.chance(2):
            return self.mark(name, self.one(*cuts))
        return self.bounds(name, cuts, *self.refs("count", "number", besides=name))

    def refs(self, *kinds: str, besides: str) -> list[str]:
        """Values to hold another against; those that rest on facts only where all goes."""
        return [
            name
            for name in self.named(*kinds)
            if name not in (besides, "today")
            and (self.loose or all(w.fact is None for w in self.worths[name]))
        ]

    def bounds(self, name: str, cuts: tuple[Any, ...], *more: Any) -> Data:
        how = self.one("at_least", "over", "at_most", "under")
        if more and self.loose:
            cuts = ()
        return {how: self.mark(name, self.one(*cuts, *more))}

    def mark(self, name: str, bound: Any) -> Any:
        """Notes for each fact behind a name that it is held against this bound."""
        limits = self.worths.get(bound, []) if isinstance(bound, str) else [constant(bound)]
        for worth in self.worths[name]:
            for limit in limits:
                if worth.fact and not limit.fact:
                    self.marks.setdefault(worth.fact, []).append((worth.of, limit.of(None)))
        return bound

    def maybe_when(self, entry: Data, in_ten: int = 6) -> Data:
        if len(self.kinds) > 1 and self.chance(in_ten):
            entry["when"] = self.condition()
        return entry

    # ---------------------------------------------------------------- what is asked and known

    def ask(self, count: int, decide: bool) -> None:
        self.data["question"] = []
        for index in range(count):
            kind = self.one(*(LOOSE_KINDS if self.loose else QUESTION_KINDS))
            name = f"q{index}"
            question = {"id": name, "name": name, "ask": name, "kind": kind}
            if index and self.chance(3):
                question["when"] = {f"q{index - 1}": self.test(f"q{index - 1}")}
            else:
                self.maybe_when(question, 5 if index else 0)
            self.offer(question)
            if kind == "choice" and decide and self.chance(4):
                question["decision"] = True
                decide = False
            self.data["question"].append(question)
            self.learn(question)
            if self.chance(3):
                self.derive(f"t{index}")
        if self.chance(2):
            self.leave_open()

    def offer(self, question: Data) -> None:
        """Options, or the least and most."""
        name, kind = question["id"], question["kind"]
        options = [f"{letter}" for letter in "abc"[: self.one(2, 2, 3)]]
        if kind in ("choice", "choices"):
            question["option"] = [{"id": option, "label": option} for option in options]
            if self.chance(1):
                question["option"][0]["have"] = [self.one(*PAPERS)]
            if kind == "choices" and self.chance(4):
                question["option"][-1]["exclusive"] = True
        if kind == "choice" and self.chance(2):
            named = {"id": f"{name}-set", "values": options[:-1]}
            self.data.setdefault("set", []).append(named)
            self.sets.add(name)
        if kind == "number" and self.chance(6):
            question |= {"min": 0, "max": 4}
        if kind == "date" and self.chance(4):
            question["max"] = "today"

    def learn(self, question: Data) -> None:
        name, kind = question["id"], question["kind"]
        self.kinds[name] = kind
        self.options[name] = [option["id"] for option in question.get("option", ())]
        self.values[name] = _values(kind, question.get("option", []))
        if kind in ("number", "date"):
            self.worths[name] = [Worth(name, lambda value: value)]

    def leave_open(self) -> None:
        """A value that a city sets."""
        kind = self.one("yesno", "yesno", "number")
        local: Data = {"id": "here", "name": "here", "kind": kind}
        if kind == "number":
            local |= {"min": 1, "max": 3}
        self.data["local"] = [local]
        self.learn(local)

    # ---------------------------------------------------------------- what is derived

    def derive(self, name: str) -> None:
        """A decision table, or arithmetic."""
        days, numbers = self.named("date", "day"), self.named("number", "count")
        way = self.one("table", "count", "span", "sum", "day")
        if way == "span" and len(days) > 1:
            self.span(name, [day for day in days if day != "today"])
        elif way == "sum" and numbers:
            self.work(name, numbers)
        elif way == "day" and len(days) > 1:
            self.table(name, "day", [*DAYS, days[-1]])
        elif way == "count":
            self.table(name, "count", [*map(Decimal, (1, 2, 3)), *numbers[-1:]])
        else:
            self.table(name, "table", ["x", "y", *self.named("choice", "table")[-1:]])

    def table(self, name: str, kind: str, cells: list[Any]) -> None:
        rows = [
            {"when": self.condition(1), "gives": self.one(*cells)} for _ in range(self.one(1, 2))
        ]
        given = [row["gives"] for row in rows]
        table: Data = {"id": name, "case": rows}
        if self.chance(6):
            table["otherwise"] = self.one(*cells)
            given.append(table["otherwise"])
        self.data.setdefault("derived", []).append(table)
        self.kinds[name] = kind
        self.options[name] = [
            "x",
            "y",
            *(o for cell in cells[2:] for o in self.options.get(cell, [])),
        ]
        self.worths[name] = [w for cell in given for w in self.worths.get(cell, [constant(cell)])]

    def span(self, name: str, days: list[str]) -> None:
        """Days, months or years between a day and today, or (where all goes) another day."""
        way = self.one(*SPANS)
        other = self.one(*days) if self.loose else "today"
        pair = self.draw(st.permutations([self.one(*days), other]))
        self.bounds_of[name] = tuple(map(Decimal, SPANS[way]))
        self.add_work(name, {way: pair})

    def work(self, name: str, numbers: list[str]) -> None:
        """Arithmetic over a number and a constant, or (where all goes) another number."""
        way = self.one("sum", "difference", "product", "quotient")
        first = self.one(*numbers)
        seconds: list[Any] = [Decimal(1), Decimal(2), Decimal("0.5")]
        seconds += numbers if self.loose else self.refs("count", besides=first)
        parts = [first, self.one(*seconds)]
        item: Data = {way: parts if way == "quotient" else self.draw(st.permutations(parts))}
        if self.chance(2):
            item["floor"] = self.one(Decimal(0), Decimal(1))
        self.add_work(name, item)

    def add_work(self, name: str, item: Data) -> None:
        self.data.setdefault("derived", []).append({"id": name, **item})
        self.kinds[name] = "count"
        way, parts = next(iter(item.items()))
        worths = [self.worths.get(part, [constant(part)]) for part in parts]
        floor = item.get("floor")
        found = worked(way, worths)
        self.worths[name] = [w if floor is None else _floored(w, floor) for w in found]


def _floored(worth: Worth, floor: Decimal) -> Worth:
    def of(value: Any) -> Any:
        found = worth.of(value)
        return None if found is None else max(found, floor)

    return Worth(worth.fact, of)


def _values(kind: str, options: list[Data]) -> tuple[Any, ...]:
    """Every answer to choose from; nothing for numbers and days."""
    ids = [option["id"] for option in options]
    if kind == "yesno":
        return (True, False)
    if kind == "choice":
        return tuple(ids)
    alone = {option["id"] for option in options if option.get("exclusive")}
    sets = [frozenset(c) for n in range(1, len(ids) + 1) for c in combinations(ids, n)]
    return tuple(s for s in sets if len(s) == 1 or not s & alone)
