"""Where each procedure on a way is needed, what it may take as known, and what is asked once."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from banzheng_tui.guide.chain.bringing import Bringer, Members, valid
from banzheng_tui.guide.chain.known import guard, table
from banzheng_tui.guide.chain.naming import Guard, Naming
from banzheng_tui.procedure.condition import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    NoneOf,
    OneOf,
)
from banzheng_tui.procedure.entries import known_names
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Derived, Option, Outcome, Question, Step

NEVER = AnyOf(())


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
            self.values[name] = table(name, condition, True, otherwise={"value": False})
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
                seen=dict(self._seen(name)),
            )
        return found

    def _seen(self, name: str) -> Iterator[tuple[str, str]]:
        """Amounts see a shared number or day only where this member asks it."""
        for question in valid(self.procedures[name].questions, self.on):
            if not isinstance(question, Question) or question.id not in self.shared:
                continue
            if question.kind in ("number", "money", "date"):
                seen = f"seen/{name}/{question.id}"
                asked = OneOf(f"asked/{name}/{question.id}", (True,))
                self.values[seen] = table(seen, asked, question.id, name=question.name)
                yield question.id, seen

    def _guards(self, name: str) -> Iterator[tuple[str, Guard]]:
        given = self.given(name)
        prefix = "" if name == self.root else f"{name}/"
        sets = {f"{prefix}{s.id}": s.values for s in valid(self.procedures[name].sets, self.on)}
        for question in valid(self.procedures[name].questions, self.on):
            if not isinstance(question, Question):
                continue
            fact = question.id
            if fact in self.shared or fact in given:
                yield fact, guard(self._asked(name, fact), given.get(fact, []), sets)

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

    def unfolds(self, step: Step, of: str) -> bool:
        """Whether the steps of another member stand in the place of a step."""
        return step.procedure in self.procedures and step.procedure != of

    def on_the_way(self, name: str, outcome: Outcome) -> Condition:
        """Where the procedure that an outcome of a member sends on to is on the way anyway."""
        if outcome.to not in self.procedures or name == self.root:
            return NEVER
        if self._rests_on(outcome.to, name):
            return ALWAYS  # where this goes on, so does that
        return self.needed(outcome.to) or ALWAYS

    def _rests_on(self, start: str, goal: str) -> bool:
        """Whether it hangs on one member going on where another is needed."""
        seen, left = set[str](), [start]
        while left:
            by = {bringer.by for bringer in self.members.of(left.pop())} - seen
            if goal in by:
                return True
            seen |= by
            sent_on = {o.to for name in by for o in self.procedures[name].outcomes if o.to}
            left += [*by, *(sent_on & self.procedures.keys())]
        return False

    def is_told(self, name: str) -> Condition:
        """Where outcomes of a member matter: it is on the way, and the whole way is not over."""
        whole = self.value("goes-on", NoneOf(tuple(self._endings(self.root))))
        return AllOf((self.needed(name) or ALWAYS, whole))

    def _endings(self, name: str) -> Iterator[Condition]:
        """The refusals of a member; a redirection to what is on the way anyway is none."""
        naming = self.naming(name)
        before: dict[str | None, list[Condition]] = {}
        for outcome in valid(self.procedures[name].outcomes, self.on):
            anyway = self.on_the_way(name, outcome)
            when = AllOf((naming.condition(outcome.when), NoneOf((anyway,))))
            earlier = before.setdefault(outcome.group, []) if outcome.group else []
            if outcome.ends:
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
            at = (
                naming.condition(step.when)
                for step in valid(self.procedures[bringer.by].steps, self.on)
                if step.id in bringer.use.for_steps and not self.unfolds(step, bringer.by)
            )
            parts += [naming.condition(bringer.use.when), AnyOf(tuple(at))]
            if bringer.ways:
                parts.append(self._way(bringer, AllOf(tuple(parts))))
        if bringer.papers:
            parts.append(NoneOf((self._at_hand(bringer),)))
        return parts

    def _at_hand(self, bringer: Bringer) -> Condition:
        """Where the papers are at hand that spare what is brought."""
        each = tuple(AnyOf(tuple(self._said(paper, bringer.by))) for paper in bringer.papers)
        return AllOf(each) if bringer.use is None else AnyOf(each)

    def _said(self, paper: str, to: str) -> Iterator[Condition]:
        """Where a paper was ticked, or is at hand by an answer given on the way to a member."""
        yield self.held(paper)
        for name in self.members.leading_to(to):
            for question in valid(self.procedures[name].questions, self.on):
                options = getattr(question, "options", ())
                having = tuple(option.id for option in options if paper in option.have)
                if having and isinstance(question, Question):
                    yield self.naming(name).condition(OneOf(question.id, having))

    def _way(self, bringer: Bringer, needed: Condition) -> Condition:
        """Which of several procedures issues a paper: a question, with their plans to compare."""
        fact = f"way/{bringer.paper}"
        name = self._catalog.documents[bringer.paper].name
        if bringer.brought == self._first_way(bringer):
            heads = [self.procedures[way].head for way in bringer.ways]
            options = tuple(
                Option(id=head.id, label=head.name, note=head.summary) for head in heads
            )
            question = Question(
                id="way",
                name=f"{name}怎么办",
                ask=f"「{name}」有几种办法，想办哪一种？",
                why="时间、费用、以后的责任都不同；按 c 可以并排对照。",
                kind="choice",
                unsure="先把几种办法对照给他听，再请他定。",
                option=options,
            )
            when = AllOf((needed, NoneOf((self._at_hand(bringer),))))
            self.ask(question.model_copy(update={"id": fact, "when": when}), bringer.by)
        return OneOf(fact, (bringer.brought,))

    def _first_way(self, bringer: Bringer) -> str:
        """The first of the ways through which a use brings something: with it, it is asked."""
        return next(b.brought for b in self.members.bringers if b.use is bringer.use)
