"""The parts of a procedure under other names, so that several can stand in one definition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from banzheng_tui.procedure.condition import (
    TODAY,
    AllOf,
    AnyOf,
    Chosen,
    Condition,
    InSet,
    NoneOf,
    OneOf,
    Ref,
    Test,
    Within,
)
from banzheng_tui.procedure.model import ARITHMETIC, SPANS, Derived, DocumentUse, Fee

Guard: TypeAlias = Callable[[Test], Condition]
"""What becomes of a test, its names changed already."""


@dataclass(frozen=True, slots=True)
class Naming:
    """New names for facts, derived and local values, sets, steps and sources of one procedure."""

    prefix: str
    kept: frozenset[str]
    """Facts that keep their name: the catalog's, and ``today``."""
    known: frozenset[str]
    """Everything that a condition or amount may name."""
    guards: Mapping[str, Guard]
    """For facts that other procedures ask, too, or that are known here: what a test becomes."""
    seen: Mapping[str, str]
    """For numbers and days that other procedures ask, too: their value where this one asks."""

    def name(self, name: str) -> str:
        """The new name of a fact or value, ``table.key`` included."""
        base = name.split(".", maxsplit=1)[0]
        return name if base in self.kept or base == TODAY else f"{self.prefix}{name}"

    def id(self, name: str) -> str:
        """The new id of a step, outcome, fee or source."""
        return f"{self.prefix}{name}"

    def ids(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """New ids."""
        return tuple(map(self.id, names))

    def condition(self, condition: Condition) -> Condition:
        """A condition in the new names."""
        if isinstance(condition, AllOf | AnyOf | NoneOf):
            return type(condition)(tuple(map(self.condition, condition.parts)))
        renamed = self._test(condition)
        guard = self.guards.get(condition.name)
        return renamed if guard is None else guard(renamed)

    def _test(self, test: Test) -> Test:
        name = self.name(test.name)
        if isinstance(test, OneOf):
            return OneOf(name, test.values)
        if isinstance(test, Chosen):
            return Chosen(name, test.values, test.exact)
        if isinstance(test, InSet):
            return InSet(name, self.id(test.set_id))
        bounds = ((how, self._bound(bound)) for how, bound in test.bounds)
        return Within(name, tuple(bounds))

    def _bound(self, bound: Any) -> Any:
        return Ref(self._value(bound.name)) if isinstance(bound, Ref) else bound

    def _value(self, name: str) -> str:
        return self.seen.get(name) or self.name(name)

    def worth(self, written: Any) -> Any:
        """An amount, an operand or a cell of a table in the new names."""
        if isinstance(written, str) and written.split(".")[0] in {*self.known, TODAY}:
            return self._value(written)
        return written

    def derived(self, item: Derived) -> Derived:
        """A derived value in the new names."""
        changed: dict[str, Any] = {"id": self.id(item.id)}
        for way in (*SPANS, *ARITHMETIC):
            if parts := getattr(item, way):
                changed[way] = tuple(map(self.worth, parts))
        changed["cases"] = tuple(
            case.model_copy(
                update={"when": self.condition(case.when), "gives": self._row(case.gives)}
            )
            for case in item.cases
        )
        changed["otherwise"] = None if item.otherwise is None else self._row(item.otherwise)
        return item.model_copy(update=changed)

    def _row(self, gives: Mapping[str, Any]) -> dict[str, Any]:
        return {key: self.worth(cell) for key, cell in gives.items()}

    def entry(self, entry: Any, guard: Condition | None = None, **more: Any) -> Any:
        """Any entry with conditions and sources, its ``when`` behind a guard."""
        when = self.condition(entry.when)
        source = tuple(
            c.model_copy(update={"id": self.id(c.id)}) for c in getattr(entry, "source", ())
        )
        changed: dict[str, Any] = {"when": AllOf((guard, when)) if guard is not None else when}
        if hasattr(entry, "source"):
            changed["source"] = source
        if getattr(entry, "id", None):
            changed["id"] = self.id(entry.id)
        return entry.model_copy(update={**changed, **more})

    def use(self, use: DocumentUse, **more: Any) -> DocumentUse:
        """A use of a paper; papers keep their names."""
        per = self._value(use.per) if use.per else None
        found: DocumentUse = self.entry(use, for_steps=self.ids(use.for_steps), per=per, **more)
        return found

    def fee(self, fee: Fee, guard: Condition | None) -> Fee:
        """A fee."""
        names = ("amount", "rate", "of", "at_least", "at_most")
        changed = {name: self.worth(getattr(fee, name)) for name in names}
        less = tuple(map(self.worth, fee.less))
        at = self.id(fee.for_step) if fee.for_step else None
        found: Fee = self.entry(fee, guard, for_step=at, less=less, **changed)
        return found
