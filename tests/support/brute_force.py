"""A second, slow reading of the format: plain data and one complete set of answers, nothing open.

Knows nothing of the engine. ``answers`` holds a value for every question and local value; what is
out of play reads as ``None`` here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any, TypeAlias

Data: TypeAlias = Mapping[str, Any]
World: TypeAlias = Mapping[str, Any]

COMPARE = {
    "at_least": lambda value, bound: value >= bound,
    "over": lambda value, bound: value > bound,
    "at_most": lambda value, bound: value <= bound,
    "under": lambda value, bound: value < bound,
}


@dataclass(frozen=True)
class Outline:
    """All that two plans can differ in."""

    outcomes: frozenset[str]
    ended: bool
    steps: frozenset[str] = frozenset()
    lines: Mapping[str, Any] = field(default_factory=dict)
    warnings: frozenset[str] = frozenset()
    fees: Mapping[str, Decimal | None] = field(default_factory=dict)
    held: frozenset[str] = frozenset()


class Reference:
    """One procedure as data, on one day."""

    def __init__(self, data: Data, on: date) -> None:
        self.data = data
        self.on = on
        self.questions = {item["id"]: item for item in data.get("question", ())}
        self.derived = {item["id"]: item for item in data.get("derived", ())}
        self.locals = {item["id"]: item for item in data.get("local", ())}
        self.sets = {item["id"]: item["values"] for item in data.get("set", ())}

    # ---------------------------------------------------------------- values and conditions

    def in_play(self, fact: str, world: World) -> bool:
        """Whether a question is asked at all in this world."""
        return self.applies(self.questions[fact], world)

    def applies(self, entry: Data, world: World) -> bool:
        """Whether an entry's ``when`` holds."""
        return "when" not in entry or self.holds(entry["when"], world)

    def value(self, name: str, world: World) -> Any:
        """What a name stands for, or None."""
        base, _, key = name.partition(".")
        if name == "today":
            return self.on
        if base in self.questions:
            return world[base] if self.in_play(base, world) else None
        if base in self.locals:
            return world[base]
        for row in (*self.derived[base]["case"], {"gives": self.derived[base].get("otherwise")}):
            if self.applies(row, world):
                return self._cell(row["gives"], key or "value", world)
        return None

    def _cell(self, gives: Any, key: str, world: World) -> Any:
        written = gives.get(key) if isinstance(gives, dict) else gives if key == "value" else None
        if isinstance(written, str) and written in {
            **self.questions,
            **self.derived,
            **self.locals,
        }:
            return self.value(written, world)
        return number(written)

    def holds(self, condition: Data, world: World) -> bool:
        """Whether a condition holds: every key of its table."""
        return all(self._key(key, wanted, world) for key, wanted in condition.items())

    def _key(self, key: str, wanted: Any, world: World) -> bool:
        if key in ("any", "all", "none"):
            found = [self.holds(part, world) for part in wanted]
            return {"any": any(found), "all": all(found), "none": not any(found)}[key]
        value = self.value(key, world)
        if value is None:
            return False
        if not isinstance(wanted, dict):
            wanted = wanted if isinstance(wanted, list) else [wanted]
            return bool(value & set(wanted)) if isinstance(value, frozenset) else value in wanted
        if "only" in wanted:
            return bool(value <= set(wanted["only"]))
        if "exactly" in wanted:
            return bool(value == set(wanted["exactly"]))
        if "in" in wanted:
            named = self.sets[wanted["in"]]
            return bool(value & set(named)) if isinstance(value, frozenset) else value in named
        return all(self._compare(how, value, bound, world) for how, bound in wanted.items())

    def _compare(self, how: str, value: Any, bound: Any, world: World) -> bool:
        limit = number(bound)
        if isinstance(limit, str):
            limit = self.value(limit, world)
        return limit is not None and bool(COMPARE[how](value, limit))

    # ---------------------------------------------------------------- the plan

    def outline(self, world: World) -> Outline:
        """What the plan comes to."""
        outcomes: list[Data] = []
        for item in self.data.get("outcome", ()):
            taken = {other.get("group") for other in outcomes} - {None}
            if self.applies(item, world) and item.get("group") not in taken:
                outcomes.append(item)
        said = frozenset(item["id"] for item in outcomes)
        if any(item["kind"] in ("refuse", "redirect") for item in outcomes):
            return Outline(said, ended=True)
        steps = frozenset(s["id"] for s in self.data.get("step", ()) if self.applies(s, world))
        lines = self._lines(steps, world)
        warnings = frozenset(
            item["id"]
            for item in self.data.get("warning", ())
            if self.applies(item, world) and steps & set(item["before"])
        )
        return Outline(
            said,
            False,
            steps,
            lines,
            warnings,
            self._fees(steps, world),
            self._held(steps, lines, world),
        )

    def _lines(self, steps: frozenset[str], world: World) -> dict[str, Any]:
        uses: dict[str, list[Data]] = {}
        for use in self.data.get("document", ()):
            if self.applies(use, world) and steps & set(use["for"]):
                uses.setdefault(line_id(use), []).append(use)
        found: dict[str, Any] = {}
        for line, together in uses.items():
            times = [self._times(use, world) for use in together]
            shown = [
                use.get("original", 0) * n
                for use, n in zip(together, times, strict=True)
                if not use.get("kept")
            ]
            kept = [
                use.get("original", 0) * n
                for use, n in zip(together, times, strict=True)
                if use.get("kept")
            ]
            copies = [use.get("copies", 0) * n for use, n in zip(together, times, strict=True)]
            order = ("required", "deferrable", "optional")
            found[line] = (
                sum(kept) + max(shown, default=0),
                sum(copies),
                frozenset(step for use in together for step in use["for"]) & steps,
                min((use.get("need", "required") for use in together), key=order.index),
                all(use.get("fetched", False) for use in together),
            )
        return found

    def _times(self, use: Data, world: World) -> int:
        if "per" not in use:
            return 1
        count = self.value(use["per"], world)
        return 1 if count is None else max(0, int(count))

    def _fees(self, steps: frozenset[str], world: World) -> dict[str, Decimal | None]:
        found: dict[str, Decimal | None] = {}
        for fee in self.data.get("fee", ()):
            if not self.applies(fee, world) or fee.get("for", next(iter(steps), "")) not in (
                steps or {""}
            ):
                continue
            amount = self._amount(fee, world)
            if amount != "absent":
                found[fee["id"]] = amount
        return found

    def _amount(self, fee: Data, world: World) -> Any:
        def worth(written: Any) -> Any:
            found = number(written)
            return self.value(found, world) if isinstance(found, str) else found

        if "amount" in fee:
            amount = worth(fee["amount"])
        elif "rate" in fee:
            parts = [worth(fee["of"]), *(worth(item) for item in fee.get("less", ()))]
            rate = worth(fee["rate"])
            if rate is None or None in parts:
                return "absent"
            amount = max(parts[0] - sum(parts[1:]), Decimal(0)) * rate
        else:
            return None
        limits = [worth(fee[key]) if key in fee else amount for key in ("at_least", "at_most")]
        if amount is None or None in limits:
            return "absent"
        return min(max(amount, limits[0]), limits[1]).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def _held(
        self, steps: frozenset[str], lines: Mapping[str, Any], world: World
    ) -> frozenset[str]:
        """Papers that answers say are at hand, where the plan has a use for them."""
        wanted = {
            paper
            for use in self.data.get("document", ())
            if line_id(use) in lines and self.applies(use, world) and steps & set(use["for"])
            for paper in use.get("one_of", [use.get("document")])
        }
        wanted |= {
            paper
            for step in self.data.get("step", ())
            if step["id"] in steps
            for paper in step.get("produces", ())
        }
        held = {
            paper
            for fact, question in self.questions.items()
            if self.in_play(fact, world)
            for option in question.get("option", ())
            if option["id"] in chosen(world[fact])
            for paper in option.get("have", ())
        }
        return frozenset(held & wanted)


def line_id(use: Data) -> str:
    """The line of the list of documents that a use belongs to."""
    return str(use.get("id") or use.get("document") or "|".join(use["one_of"]))


def chosen(answer: Any) -> frozenset[Any]:
    """The options of an answer."""
    return answer if isinstance(answer, frozenset) else frozenset((answer,))


def number(written: Any) -> Any:
    """An amount or a share as a decimal; anything else as it is."""
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        return written
    if not isinstance(written, str):
        return Decimal(written)
    if written.endswith(" 元"):
        return Decimal(written.removesuffix(" 元"))
    return Decimal(written.removesuffix("%")) / 100 if written.endswith("%") else written


class Worlds:
    """Every completion of a procedure: each with what its plan comes to."""

    def __init__(self, reference: Reference, values: Mapping[str, Iterable[Any]]) -> None:
        self.reference = reference
        self.facts = tuple(values)
        self.worlds: list[dict[str, Any]] = []
        self.outlines: list[Outline] = []
        self.plays: list[frozenset[str]] = []
        for combination in product(*(tuple(values[fact]) for fact in self.facts)):
            world = dict(zip(self.facts, combination, strict=True))
            self.worlds.append(world)
            self.outlines.append(reference.outline(world))
            self.plays.append(
                frozenset(fact for fact in reference.questions if reference.in_play(fact, world))
            )

    def completing(self, answers: World) -> list[int]:
        """The worlds that agree with the answers given."""
        return [
            index
            for index, world in enumerate(self.worlds)
            if all(world[fact] == value for fact, value in answers.items())
        ]

    def can_differ(self, fact: str, among: Iterable[int]) -> bool:
        """Whether two of these worlds differ in one fact only, and in their plans."""
        first: dict[tuple[Any, ...], Outline] = {}
        for index in among:
            rest = tuple(v for name, v in self.worlds[index].items() if name != fact)
            if first.setdefault(rest, self.outlines[index]) != self.outlines[index]:
                return True
        return False

    def askable(self, fact: str, among: list[int], decision: str | None) -> bool:
        """In play whatever the rest comes to, or once an open decision falls one way."""
        if all(fact in self.plays[index] for index in among):
            return True
        if decision is None:
            return False
        ways: dict[Any, list[int]] = {}
        for index in among:
            ways.setdefault(self.worlds[index][decision], []).append(index)
        return any(all(fact in self.plays[index] for index in way) for way in ways.values())

    def next_question(self, answers: World, unsure: frozenset[str]) -> str | None:
        """The first question that is askable and can change the plan; a decision comes last."""
        among = self.completing(answers)
        deciding = self._decision(answers)
        for fact in self._waiting(answers, unsure):
            if self.askable(fact, among, deciding) and self.can_differ(fact, among):
                return fact
        return None

    def _decision(self, answers: World) -> str | None:
        questions = self.reference.questions
        return next(
            (q for q in questions if questions[q].get("decision") and q not in answers), None
        )

    def _waiting(self, answers: World, unsure: frozenset[str]) -> Iterator[str]:
        questions = self.reference.questions
        waiting = [fact for fact in questions if fact not in answers and fact not in unsure]
        yield from sorted(waiting, key=lambda fact: bool(questions[fact].get("decision")))
