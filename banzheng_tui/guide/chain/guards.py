"""Where each procedure on a way is needed, what it may take as known, and what is asked once."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from banzheng_tui.guide.chain.bringing import Bringer, Members, valid
from banzheng_tui.guide.chain.naming import Guard, Naming
from banzheng_tui.procedure.condition import (
    AllOf,
    AnyOf,
    Chosen,
    Condition,
    NoneOf,
    OneOf,
    Test,
)
from banzheng_tui.procedure.entries import known_names
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Case, Derived, Option, Question


class Guards:
    """The conditions that hold the members of a way together, each under a name of its own."""

    def __init__(self, library: Library, found: Members, on: date) -> None:
        self.procedures = {name: library.procedures[name] for name in found.order}
        self.members = found
        self.root = found.order[0]
        self.on = on
        self.held_facts: dict[str, str] = {}
        """Papers that may spare a procedure, each with the fact that says it is at hand."""
        self.values: dict[str, Derived] = {}
        self.questions: dict[str, Question] = {}
        self.origin: dict[str, str] = {}
        """For each question and step the member that it comes from."""
        self._catalog = library.catalog
        self._namings: dict[str, Naming] = {}
        self._needed: dict[str, Condition | None] = {}
        self._throughs: dict[int, Condition] = {}

    # ---------------------------------------------------------------- what members share

    @cached_property
    def shared(self) -> frozenset[str]:
        """Catalog facts that several members ask, or that one is told by another."""
        asked: dict[str, int] = {}
        for procedure in self.procedures.values():
            for question in valid(procedure.questions, self.on):
                if isinstance(question, Question) and question.id in self.catalog_facts:
                    asked[question.id] = asked.get(question.id, 0) + 1
        given = {
            fact for bringer in self.members.bringers if bringer.step for fact in bringer.step.given
        }
        return frozenset(f for f, count in asked.items() if count > 1 or f in given)

    @property
    def catalog_facts(self) -> frozenset[str]:
        return frozenset(self._catalog.questions)

    def held(self, paper: str) -> Condition:
        """Whether a paper was said to be at hand."""
        name = self.held_facts.setdefault(paper, f"held/{paper}")
        return OneOf(name, (True,))

    def value(self, name: str, condition: Condition) -> Condition:
        """A name for a condition that many entries hang on."""
        if name not in self.values:
            row = Case.model_construct(when=condition, from_day=None, gives={"value": True})
            table = Derived.model_construct(
                **{**_EMPTY, "id": name, "cases": (row,), "otherwise": {"value": False}}
            )
            self.values[name] = table
        return OneOf(name, (True,))

    def ask(self, question: Question, of: str) -> None:
        """One more question, or one more procedure that asks it."""
        known = self.questions.get(question.id)
        if known is None:
            self.origin[question.id] = of
            self.questions[question.id] = question
        else:
            either = AnyOf((known.when, question.when))
            self.questions[question.id] = known.model_copy(update={"when": either})

    def is_asked(self, fact: str) -> bool:
        return fact in self.questions

    # ---------------------------------------------------------------- where a member is on the way

    def naming(self, name: str) -> Naming:
        """How a member's parts are called in the whole."""
        found = self._namings.get(name)
        if found is None:
            found = self._namings[name] = Naming(
                prefix="" if name == self.root else f"{name}/",
                kept=self.catalog_facts,
                known=frozenset(known_names(self.procedures[name])),
                guards=dict(self._guards(name)),
            )
        return found

    def _guards(self, name: str) -> Iterator[tuple[str, Guard]]:
        given = self.given(name)
        for question in valid(self.procedures[name].questions, self.on):
            if not isinstance(question, Question):
                continue
            fact = question.id
            if fact in self.shared or fact in given:
                yield fact, _guard(self._asked(name, fact), given.get(fact, []))

    def _asked(self, name: str, fact: str) -> Condition | None:
        return OneOf(f"asked/{name}/{fact}", (True,)) if fact in self.shared else None

    def given(self, name: str) -> dict[str, list[tuple[Condition, Any]]]:
        """Facts that are known on the way to a member: where, and as what."""
        found: dict[str, list[tuple[Condition, Any]]] = {}
        for bringer in self.members.of(name):
            if bringer.step is not None:
                for fact, value in bringer.step.given.items():
                    found.setdefault(fact, []).append((self._through(bringer), value))
        return found

    def needed(self, name: str) -> Condition | None:
        """Where a member is on the way; None for the root, which always is."""
        if name not in self._needed:
            through = tuple(self._through(bringer) for bringer in self.members.of(name))
            is_root = name == self.root
            self._needed[name] = None if is_root else self.value(f"needed/{name}", AnyOf(through))
        return self._needed[name]

    def goes_on(self, name: str) -> Condition | None:
        """Where a member is on the way and neither refused nor redirected."""
        needed = self.needed(name)
        if needed is None:
            return None
        endings = tuple(self._endings(name))
        return self.value(f"goes-on/{name}", AllOf((needed, NoneOf(endings))))

    def _endings(self, name: str) -> Iterator[Condition]:
        """The refusals of a member; a redirection to what is on the way anyway is none."""
        naming = self.naming(name)
        before: dict[str | None, list[Condition]] = {}
        for outcome in valid(self.procedures[name].outcomes, self.on):
            when = naming.condition(outcome.when)
            earlier = before.setdefault(outcome.group, []) if outcome.group else []
            if outcome.ends and outcome.to not in self.procedures:
                yield AllOf((when, NoneOf(tuple(earlier))))
            earlier.append(when)

    def _through(self, bringer: Bringer) -> Condition:
        """Where a step or a need brings a member along."""
        found = self._throughs.get(id(bringer))
        if found is None:
            found = self._throughs[id(bringer)] = AllOf(tuple(self._conditions(bringer)))
        return found

    def _conditions(self, bringer: Bringer) -> list[Condition]:
        naming = self.naming(bringer.by)
        parts: list[Condition] = []
        if (goes_on := self.goes_on(bringer.by)) is not None:
            parts.append(goes_on)
        if bringer.step is not None:
            parts.append(naming.condition(bringer.step.when))
        if bringer.use is not None:
            by_id = {s.id: s for s in valid(self.procedures[bringer.by].steps, self.on)}
            at = (naming.condition(by_id[s].when) for s in bringer.use.for_steps if s in by_id)
            parts += [naming.condition(bringer.use.when), AnyOf(tuple(at))]
            if bringer.ways:
                parts.append(self._way(bringer, AllOf(tuple(parts))))
        if bringer.papers:
            parts.append(NoneOf(tuple(self._at_hand(bringer))))
        return parts

    def _at_hand(self, bringer: Bringer) -> Iterator[Condition]:
        """Where the papers that are asked for are at hand: said so, or by an answer."""
        naming = self.naming(bringer.by)
        for paper in bringer.papers:
            yield self.held(paper)
            for question in valid(self.procedures[bringer.by].questions, self.on):
                options = getattr(question, "options", ())
                having = tuple(option.id for option in options if paper in option.have)
                if having and isinstance(question, Question):
                    yield naming.condition(OneOf(question.id, having))

    def _way(self, bringer: Bringer, needed: Condition) -> Condition:
        """Which of several procedures issues a paper: a question, with their plans to compare."""
        paper = bringer.papers[0]
        fact = f"way/{paper}"
        name = self._catalog.documents[paper].name
        if not self.is_asked(fact):
            heads = [self.procedures[way].head for way in bringer.ways]
            options = tuple(
                Option(id=head.id, label=head.name, note=head.summary) for head in heads
            )
            at_hand = NoneOf(tuple(self._at_hand(bringer)))
            question = Question(
                id="way",
                name=f"{name}怎么办",
                ask=f"「{name}」有几种办法，想办哪一种？",
                why="时间、费用、以后的责任都不同；按 c 可以并排对照。",
                kind="choice",
                unsure="先把几种办法对照给他听，再请他定。",
                option=options,
            )
            when = AllOf((needed, at_hand))
            self.ask(question.model_copy(update={"id": fact, "when": when}), bringer.by)
        return OneOf(fact, (bringer.brought,))


_EMPTY: dict[str, Any] = {name: item.default for name, item in Derived.model_fields.items()}


def _guard(asked: Condition | None, given: list[tuple[Condition, Any]]) -> Guard:
    """A test where its fact is asked here, or as it comes out where the fact is known."""

    def guarded(test: Test) -> Condition:
        own: Condition = test if asked is None else AllOf((asked, test))
        if not given:
            return own
        true = tuple(where for where, value in given if _passes(test, value))
        return AnyOf((*true, AllOf((NoneOf(tuple(where for where, _ in given)), own))))

    return guarded


def _passes(test: Test, value: Any) -> bool:
    """Whether a value that is known passes a test."""
    chosen = set(value) if isinstance(value, list | tuple) else {value}
    if isinstance(test, Chosen):
        named = set(test.values)
        return chosen == named if test.exact else chosen <= named
    return bool(chosen & set(getattr(test, "values", ())))
