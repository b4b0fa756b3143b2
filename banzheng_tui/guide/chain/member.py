"""The parts of one procedure on a way, in the names of the whole."""

from collections.abc import Iterator
from typing import Any

from banzheng_tui.guide.chain.bringing import valid
from banzheng_tui.guide.chain.guards import NEVER, Guards
from banzheng_tui.procedure.condition import ALWAYS, AllOf, AnyOf, Condition, NoneOf
from banzheng_tui.procedure.model import Outcome, Question, Step


class BroughtOutcome(Outcome):
    """An outcome of a procedure on the way: it ends that procedure only."""

    @property
    def ends(self) -> bool:
        return False


class Member:
    """The parts of one member, in the whole's names."""

    def __init__(self, guards: Guards, name: str) -> None:
        self._guards = guards
        self._name = name
        self._procedure = guards.procedures[name]
        self._on = guards.on
        self._is_root = name == guards.root
        self._naming = guards.naming(name)
        self._needed = guards.needed(name)
        self._goes_on = guards.goes_on(name)

    def entries(self) -> Iterator[tuple[str, list[Any]]]:
        """Every list of the definition."""
        naming, procedure, on = self._naming, self._procedure, self._on
        self._ask()
        yield "sources", [s.model_copy(update={"id": naming.id(s.id)}) for s in procedure.sources]
        yield (
            "sets",
            [s.model_copy(update={"id": naming.id(s.id)}) for s in valid(procedure.sets, on)],
        )
        yield "derived", [naming.derived(item) for item in valid(procedure.derived, on)]
        yield (
            "locals",
            [i.model_copy(update={"id": naming.id(i.id)}) for i in valid(procedure.locals, on)],
        )
        yield "steps", list(self._steps())
        yield "documents", [self._use(use) for use in valid(procedure.documents, on)]
        yield "warnings", [self._warning(item) for item in valid(procedure.warnings, on)]
        yield "fees", [naming.fee(fee, self._goes_on) for fee in valid(procedure.fees, on)]
        yield "deadlines", [self._deadline(item) for item in valid(procedure.deadlines, on)]
        yield "outcomes", list(self._outcomes())
        yield (
            "rejections",
            [
                naming.entry(item, self._goes_on, step=naming.id(item.step))
                for item in valid(procedure.rejections, on)
            ],
        )
        yield "scripts", [naming.entry(item, self._needed) for item in valid(procedure.scripts, on)]

    def _ask(self) -> None:
        given = self._guards.given(self._name)
        for question in valid(self._procedure.questions, self._on):
            if not isinstance(question, Question):
                continue
            fact = question.id
            known = [where for where, _ in given.get(fact, ())]
            parts = [p for p in (self._needed, self._naming.condition(question.when)) if p]
            when: Condition = (
                AllOf((*parts, NoneOf(tuple(known)))) if known else AllOf(tuple(parts))
            )
            if fact in self._guards.shared:
                when = self._guards.value(f"asked/{self._name}/{fact}", when)
            changed: dict[str, Any] = {"id": self._naming.name(fact), "when": when}
            if not self._is_root:
                changed["decision"] = False
            self._guards.ask(question.model_copy(update=changed), self._name)

    def _steps(self) -> Iterator[Step]:
        for step in valid(self._procedure.steps, self._on):
            changed: dict[str, Any] = {
                "after": self._naming.ids(step.after),
                "department": step.department or self._department(step),
            }
            if self._guards.unfolds(step, self._name):
                changed |= {"after": self._made_by(step), "produces": ()}
                found = self._naming.entry(step, NEVER, **changed)
            else:
                found = self._naming.entry(step, self._goes_on, **changed)
            self._guards.origin[found.id] = self._name
            yield found

    def _department(self, step: Step) -> str | None:
        return None if step.kind == "own" else self._procedure.head.department

    def _made_by(self, step: Step) -> tuple[str, ...]:
        """The steps that do what a step stood for, and what it waited for itself."""
        other = step.procedure or ""
        naming = self._guards.naming(other)
        steps = valid(self._guards.procedures[other].steps, self._on)
        makers = [s.id for s in steps if set(s.produces) & set(step.produces)]
        waited = {before for s in steps for before in s.after}
        last = makers or [s.id for s in steps if s.id not in waited]
        return (*self._naming.ids(step.after), *naming.ids(tuple(last)))

    def _use(self, use: Any) -> Any:
        return self._naming.use(use)

    def _warning(self, warning: Any) -> Any:
        """A warning before a step that stands for another procedure goes before what makes it."""
        naming = self._naming
        by_id = {step.id: step for step in valid(self._procedure.steps, self._on)}
        before: list[str] = []
        stood_for: list[Condition] = []
        for name in warning.before:
            step = by_id.get(name)
            if step and self._guards.unfolds(step, self._name):
                before += self._made_by(step)[len(step.after) :]
                stood_for.append(naming.condition(step.when))
            else:
                before.append(naming.id(name))
        guard = AnyOf(tuple(stood_for)) if len(stood_for) == len(warning.before) else None
        return naming.entry(warning, guard, before=tuple(dict.fromkeys(before)))

    def _deadline(self, deadline: Any) -> Any:
        naming = self._naming
        days: dict[str, Any] = {
            key: naming.name(getattr(deadline, key)) if getattr(deadline, key) else None
            for key in ("after", "before")
        }
        return naming.entry(deadline, for_steps=naming.ids(deadline.for_steps), **days)

    def _outcomes(self) -> Iterator[Outcome]:
        for outcome in valid(self._procedure.outcomes, self._on):
            if self._is_root:
                yield self._naming.entry(outcome)
                continue
            anyway = self._guards.on_the_way(self._name, outcome)
            if anyway != ALWAYS:
                group = self._naming.id(outcome.group) if outcome.group else None
                here = AllOf((self._guards.is_told(self._name), NoneOf((anyway,))))
                found = self._naming.entry(outcome, here, group=group)
                yield BroughtOutcome.model_construct(**dict(found))
