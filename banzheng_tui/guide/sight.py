"""What one condition, or one effect on the plan, can see of each fact, however indirectly."""

from collections.abc import Iterable

from banzheng_tui.guide.rules import Rules
from banzheng_tui.procedure.condition import TODAY, Condition, Ref, Test, tests
from banzheng_tui.procedure.entries import value_names


class Sight:
    """The tests that bear on each fact, and the facts whose very value counts."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._tests: dict[str, list[Test]] = {}
        self._used: set[str] = set()
        self._counted: set[str] = set()
        self._passed: dict[str, set[str]] = {}
        """The decision tables that a value passes through."""
        self._opened: set[str] = set()

    def look(self, conditions: Iterable[Condition]) -> "Sight":
        """See these conditions and all that stands behind the names in them."""
        for condition in conditions:
            for test in tests(condition):
                base = test.name.split(".")[0]
                self._tests.setdefault(base, []).append(test)
                self._open(base)
                refs = [b.name for _, b in getattr(test, "bounds", ()) if isinstance(b, Ref)]
                if any(ref != TODAY for ref in refs):
                    self.use((base, *refs))
        return self

    def use(self, names: Iterable[str]) -> "Sight":
        """See the very values of these names."""
        for name in names:
            base = name.split(".")[0]
            self._used.add(base)
            self._open(base)
        return self

    def count(self, names: Iterable[str]) -> "Sight":
        """See these values as they are, as an amount or a number of papers."""
        for name in names:
            base = name.split(".")[0]
            self._counted.add(base)
            self._open(base)
        return self

    def tests(self, fact: str) -> list[Test]:
        """The tests on a fact, also where its value has passed through decision tables."""
        return [test for name in self._guises(fact) for test in self._tests.get(name, ())]

    def uses(self, fact: str) -> bool:
        """Whether a fact goes into sums, spans of time, rates or bounds: any value may count."""
        return not self._used.isdisjoint(self._guises(fact))

    def counts(self, fact: str) -> bool:
        """Whether a fact is an amount or multiplies papers."""
        return not self._counted.isdisjoint(self._guises(fact))

    def _guises(self, fact: str) -> list[str]:
        found = [fact]
        for name in found:  # grows on the way
            found += [table for table in self._passed.get(name, ()) if table not in found]
        return found

    def _open(self, name: str) -> None:
        if name in self._opened:
            return
        self._opened.add(name)
        if name in self._rules.questions:
            self.look([self._rules.questions[name].when])
        elif name in self._rules.tables:
            item = self._rules.tables[name]
            self.look(case.when for case in item.cases)
            for other in value_names(item):
                if item.cases:
                    self._passed.setdefault(other, set()).add(name)
                    self._open(other)
                else:
                    self.use([other])
