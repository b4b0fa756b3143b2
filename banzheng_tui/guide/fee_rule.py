"""By which rule a fee comes to its figure, as the definition writes it: 「1.5%×房价」.

A value from a decision table is said by the rows that the answers leave; it is only worded here,
the figure itself is the plan's.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.tri import NO, YES
from banzheng_tui.guide.wording import bounds_text, yuan
from banzheng_tui.procedure.model import ARITHMETIC, Derived, Fee, Local

_Say: TypeAlias = Callable[[Any], str]

_SIGNS = {"sum": "＋", "difference": "－", "product": "×", "quotient": "÷"}


def fee_rule(fee: Fee, plan: Plan) -> str:
    """How the fee is worked out; nothing for a fixed amount and where no source settles it."""
    return _Wording(plan).rule(fee)


class _Wording:
    """Words the values of one plan's procedure."""

    def __init__(self, plan: Plan) -> None:
        rules = plan.rules
        self.plan = plan
        self.derived = {d.id: d for d in rules.procedure.derived if d.valid_on(rules.on)}

    def rule(self, fee: Fee) -> str:
        if fee.rate is not None:
            base = self._base(fee)
            told = f"{self._either(fee.rate, _share)}×{base}"
        elif isinstance(fee.amount, str):
            told = self._formula(fee.amount)
        else:
            return ""
        limits = ((fee.at_least, "最少"), (fee.at_most, "最多"))
        said = [f"，{word} {self._either(limit, _yuan)}" for limit, word in limits if limit]
        return told + "".join(said) + self._explained(fee)

    def _base(self, fee: Fee) -> str:
        parts = [self._either(part, _yuan) for part in (fee.of, *fee.less)]
        return parts[0] if len(parts) == 1 else f"（{'－'.join(parts)}）"

    def _either(self, written: Any, say: _Say) -> str:
        """The value, or in brackets those that the answers leave."""
        said = list(dict.fromkeys(self._term(value, say) for value in self._written(written)))
        if len(said) < 2:
            return "".join(said)
        said = [text.replace("（", " ").replace("）", "") for text in said]
        return f"（{'、'.join(said[:-1])}{' ' if said[-2].isascii() else ''}或{said[-1]}）"

    def _term(self, value: Any, say: _Say) -> str:
        """A value by its name, a number by itself."""
        if not isinstance(value, str):
            return say(value)
        rules = self.plan.rules
        if value in rules.questions:
            return rules.questions[value].name
        if value in rules.locals:
            return self._local(rules.locals[value], say)
        item = self.derived.get(value)
        return item.name if item and item.name else f"（{self._formula(value)}）"

    def _local(self, item: Local, say: _Say) -> str:
        given = self.plan.situation.answers.get(item.id)
        if given is not None:
            return say(given)
        bounds = bounds_text(item)
        return f"{item.name}（{bounds}）" if bounds else item.name

    def _formula(self, name: str) -> str:
        """An arithmetic value by its parts; anything else by its name."""
        item = self.derived.get(name)
        way = _arithmetic(item) if item else None
        if item is None or way is None:
            return self._either(name, _yuan) if item and item.cases else name
        return _SIGNS[way].join(self._either(part, _number) for part in getattr(item, way))

    def _explained(self, fee: Fee) -> str:
        """What the arithmetic values named in the rule are, and those named in them."""
        top = fee.amount if isinstance(fee.amount, str) else None
        named = dict.fromkeys(
            value for part in (top, fee.of, *fee.less) for value in self._named_in(part)
        )
        return "".join(
            f"，{self.derived[value].name}＝{self._formula(value)}"
            for value in named
            if value != top and self.derived[value].name
        )

    def _named_in(self, written: Any) -> Iterator[str]:
        """The arithmetic values that a value is worked out from, itself first."""
        for value in self._written(written):
            item = self.derived.get(value) if isinstance(value, str) else None
            way = _arithmetic(item) if item else None
            if item and way:
                yield item.id
                for part in getattr(item, way):
                    yield from self._named_in(part)

    def _written(self, written: Any) -> Iterator[Any]:
        """What a name may stand for: through decision tables to numbers and to names of facts."""
        name, _, key = written.partition(".") if isinstance(written, str) else ("", "", "")
        item = self.derived.get(name)
        if item is None or not item.cases:
            yield written
            return
        for row in self._rows(item):
            if (key or "value") in row:
                yield from self._written(row[key or "value"])

    def _rows(self, item: Derived) -> Iterator[dict[str, Any]]:
        """The rows of a decision table that the answers leave."""
        for case in item.cases:
            if case.from_day is not None and case.from_day > self.plan.rules.on:
                continue
            holds = self.plan.standings.holds(case.when)
            if holds != NO:
                yield case.gives
            if holds == YES:
                return
        yield item.otherwise or {}


def _arithmetic(item: Derived) -> str | None:
    return next((way for way in ARITHMETIC if getattr(item, way) is not None), None)


def _share(value: Decimal) -> str:
    return f"{(value * 100).normalize():f}%"


def _yuan(value: Decimal) -> str:
    return f"{yuan(value)} 元"


def _number(value: Decimal) -> str:
    """A number among others: what is less than one was written as a share."""
    return _share(value) if 0 < value < 1 else f"{value:,f}"
