"""A second, slow reading of the format: plain data and one complete set of answers, nothing open.

Knows nothing of the engine. ``answers`` holds a value for every question and local value; what is
out of play reads as ``None`` here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from support.plain_arithmetic import WORK, number

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
        item = self.derived[base]
        if "case" not in item:
            return self._worked(item, world)
        for row in (*item["case"], {"gives": item.get("otherwise")}):
            if row.get("from", self.on) <= self.on and self.applies(row, world):
                return self._cell(row["gives"], key or "value", world)
        return None

    def _worked(self, item: Data, world: World) -> Any:
        """What a span of time or some arithmetic comes to; None where a part has no value."""
        (way,) = WORK.keys() & item.keys()
        parts = [number(part) for part in item[way]]
        parts = [self.value(part, world) if isinstance(part, str) else part for part in parts]
        if None in parts:
            return None
        found = WORK[way](*parts)
        floor = number(item.get("floor"))
        return found if found is None or floor is None else max(found, floor)

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
        outcomes = self._outcomes(world)
        said = frozenset(item["id"] for item in outcomes)
        if any(item["kind"] in ("refuse", "redirect") for item in outcomes):
            return Outline(said, ended=True)
        steps = self._steps(world)
        lines = self._lines(steps, world)
        warnings = frozenset(str(item["id"]) for item in self._warnings(steps, world))
        return Outline(
            said,
            False,
            steps,
            lines,
            warnings,
            self._fees(steps, world),
            self._held(steps, lines, world),
        )

    def own(self, world: World) -> frozenset[str]:
        """All that the world holds, endings aside: ``kind:id``, a warning or use by its place."""
        steps = self._steps(world)
        uses = self._uses(steps, world)
        warnings, all_warnings = self._warnings(steps, world), self.data.get("warning", [])
        return frozenset(
            (
                *(f"outcome:{item['id']}" for item in self._outcomes(world)),
                *(f"step:{step}" for step in steps),
                *(f"use:{self.data['document'].index(use)}" for use in uses),
                *(f"document:{line_id(use)}" for use in uses),
                *(f"warning:{all_warnings.index(item)}" for item in warnings),
                *(f"fee:{fee}" for fee in self._fees(steps, world)),
            )
        )

    def _outcomes(self, world: World) -> list[Data]:
        """The outcomes that hold; of a group the first."""
        outcomes: list[Data] = []
        for item in self.data.get("outcome", ()):
            taken = {other.get("group") for other in outcomes} - {None}
            if self.applies(item, world) and item.get("group") not in taken:
                outcomes.append(item)
        return outcomes

    def _steps(self, world: World) -> frozenset[str]:
        return frozenset(s["id"] for s in self.data.get("step", ()) if self.applies(s, world))

    def _warnings(self, steps: frozenset[str], world: World) -> list[Data]:
        return [
            item
            for item in self.data.get("warning", ())
            if self.applies(item, world) and steps & set(item["before"])
        ]

    def _uses(self, steps: frozenset[str], world: World) -> list[Data]:
        return [
            use
            for use in self.data.get("document", ())
            if self.applies(use, world) and steps & set(use["for"])
        ]

    def _lines(self, steps: frozenset[str], world: World) -> dict[str, Any]:
        uses: dict[str, list[Data]] = {}
        for use in self._uses(steps, world):
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
            for use in self._uses(steps, world)
            if line_id(use) in lines
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
