"""Which question comes next, and how many can still come.

A question is asked only when two completions that differ in its answer alone differ in the plan
(design 5, promise 2): when the diagram of something in the plan depends on it.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from banzheng_tui.guide.exact.diagrams import NO, YES
from banzheng_tui.guide.knowledge import Knowledge
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.model import Question

MOST_STATES = 1000
MOST_BOUNDS = 4000


@dataclass(frozen=True, slots=True)
class State:
    """How far an interview has come: what is open in the plan, and what may be asked."""

    effects: frozenset[int]
    """Everything in the plan that is still open, as diagrams."""
    plays: tuple[tuple[str, int], ...]
    """Questions without an answer that the plan depends on, each with where it is in play."""
    endings: tuple[int, ...]
    """Where each refusal or redirection holds."""
    deciding: bool
    """Whether the decision has no answer yet."""


_OVER = State(frozenset(), (), (), False)


class Interview:
    """The questions still to come, for one situation."""

    def __init__(self, rules: Rules, situation: Situation, knowledge: Knowledge) -> None:
        self._rules = rules
        self._truths = rules.truths
        known = situation.answers.keys() | situation.unsure
        deciding = rules.decision is not None and rules.decision not in situation.answers
        effects = frozenset(
            knowledge.worth(effect.diagram)
            for effect in rules.truths.effects
            if effect.paper is None or effect.paper not in situation.have
        )
        play = self._truths.formulas.play
        plays = ((f, knowledge.settle(play(f))) for f in rules.questions if f not in known)
        ending = (self._truths.outcomes[o.id] for o in rules.outcomes if o.ends)
        endings = tuple(map(knowledge.settle, ending))
        self._exact: int | None = None
        self._state = self._only_open(State(effects, tuple(plays), endings, deciding))

    def _only_open(self, state: State) -> State:
        """The state without what is decided, and without questions that can no longer come up."""
        if YES in state.endings:
            return _OVER
        support = self._truths.diagrams.support
        effects = frozenset([effect for effect in state.effects if support[effect]])
        touched = 0
        for effect in effects:
            touched |= support[effect]
        touched = self._truths.formulas.spread(touched)
        mask = self._truths.formulas.axes.mask
        moving = mask[self._rules.decision or ""] if state.deciding else 0
        for fact, _ in state.plays:
            moving |= mask[fact]
        plays = tuple(
            [
                (fact, play)
                for fact, play in state.plays
                if mask[fact] & touched and (play == YES or support[play] & moving)
            ]
        )
        return State(effects, plays, state.endings, state.deciding) if plays else _OVER

    def open_questions(self) -> tuple[str, ...]:
        """Every question that may still be asked, next or later, in the author's order.

        Exact; in an interview too long to follow, all that may change the plan.
        """
        asked: set[str] = set()
        left, seen = [self._state], {self._state}
        while left:
            state = left.pop()
            fact = self._next(state)
            if fact is None:
                continue
            asked.add(fact)
            if len(seen) > MOST_STATES:
                return tuple(fact for fact, _ in self._state.plays)
            for after in self._after(state, fact):
                if after not in seen and any(name not in asked for name, _ in after.plays):
                    seen.add(after)
                    left.append(after)
        return tuple(fact for fact, _ in self._state.plays if fact in asked)

    def next_question(self) -> Question | None:
        """The first question in play that could still change the plan; a decision comes last."""
        fact = self._next(self._state)
        return None if fact is None else self._rules.questions[fact]

    def _next(self, state: State) -> str | None:
        decision = self._rules.decision
        last = None
        for fact, play in state.plays:
            if play == YES or (state.deciding and self._opened_by_a_way(play)):
                if fact != decision:
                    return fact
                last = fact
        return last

    def _opened_by_a_way(self, play: int) -> bool:
        """Whether an option of the decision would bring a question into play."""
        axes = self._truths.formulas.axes
        (axis,) = axes.axes(self._rules.decision or "")
        fix = self._truths.diagrams.fix
        return any(fix(play, axis, place) == YES for place in range(axes.size[axis]))

    # ---------------------------------------------------------------- how many more

    def at_most(self) -> int:
        """The most questions that can still come, whatever is answered, the next one counted.

        Exact; in an interview too long to follow, all that may change the plan are counted.
        """
        for _ in self.working_out():
            pass
        return self.at_most_roughly()

    def at_most_roughly(self) -> int:
        """The bound if it has been worked out; before that a looser one, at once."""
        return self._ceiling(self._state) if self._exact is None else self._exact

    def working_out(self) -> Iterator[None]:
        """Works out the bound, a small piece at each step."""
        bounds = self._truths.bounds
        if self._exact is None and self._state not in bounds:
            try:
                found = yield from self._most(self._state, {})
            except _TooLongError:
                found = self._ceiling(self._state)
            if len(bounds) >= MOST_BOUNDS:
                bounds.clear()
            bounds[self._state] = found
        if self._exact is None:
            self._exact = bounds[self._state]

    def _most(self, state: State, known: dict[State, int]) -> Generator[None, None, int]:
        found = known.get(state)
        if found is None:
            if len(known) >= MOST_STATES:
                raise _TooLongError
            known[state] = 0  # counted while it is looked at
            fact = self._next(state)
            found = 0 if fact is None else 1 + (yield from self._most_after(state, fact, known))
            known[state] = found
        return found

    def _most_after(
        self, state: State, fact: str, known: dict[State, int]
    ) -> Generator[None, None, int]:
        """The most that any answer leaves; what cannot leave more is not followed."""
        most = 0
        states = [(self._ceiling(after), after) for after in self._after(state, fact)]
        yield
        for ceiling, after in sorted(states, key=lambda pair: pair[0], reverse=True):
            if ceiling <= most:
                break
            most = max(most, (yield from self._most(after, known)))
        return most

    def _ceiling(self, state: State) -> int:
        """No more can come: of questions whose plays exclude one another, one at most."""
        both = self._truths.diagrams.both
        groups: list[list[int]] = []
        for _, play in state.plays:
            can_be = self._some_way(play) if state.deciding else play
            for group in groups:
                if all(both(can_be, other) == NO for other in group):
                    group.append(can_be)
                    break
            else:
                groups.append([can_be])
        return len(groups)

    def _some_way(self, play: int) -> int:
        """Where an option of the decision brings a question into play."""
        axes = self._truths.formulas.axes
        (axis,) = axes.axes(self._rules.decision or "")
        fix, any_of = self._truths.diagrams.fix, self._truths.diagrams.any_of
        return any_of(fix(play, axis, place) for place in range(axes.size[axis]))

    def _after(self, state: State, fact: str) -> set[State]:
        """The states that the answers to a question lead to, 还不清楚 among them."""
        left = tuple((other, play) for other, play in state.plays if other != fact)
        states = {replace(state, plays=left)}
        if fact == self._rules.decision:
            states = {replace(s, deciding=False) for s in states}
        axes = self._truths.formulas.axes
        for axis in axes.axes(fact):
            states = {self._fixed(s, axis, n) for s in states for n in range(axes.size[axis])}
        unsure = replace(state, plays=left)
        return {self._only_open(s) for s in (*states, unsure)}

    def _fixed(self, state: State, axis: int, place: int) -> State:
        fix, support, bit = self._truths.diagrams.fix, self._truths.diagrams.support, 1 << axis
        effects = {fix(e, axis, place) if support[e] & bit else e for e in state.effects}
        plays = [(f, fix(p, axis, place) if support[p] & bit else p) for f, p in state.plays]
        endings = tuple([fix(e, axis, place) if support[e] & bit else e for e in state.endings])
        return State(frozenset(effects), tuple(plays), endings, state.deciding)


class _TooLongError(Exception):
    """More states than can be followed in time."""
