"""The order of steps, what is done and held, and where the caller stands on the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.standings import Standings
from banzheng_tui.guide.tri import NO, YES, Tri
from banzheng_tui.procedure.model import DocumentUse, Step


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps of a plan in order, and where the caller stands."""

    order: tuple[Step, ...]
    done: frozenset[str]
    held: frozenset[str]
    current: str | None
    next: str | None
    parallel: frozenset[str]
    waits: Mapping[str, frozenset[str]]
    """For each step those it must wait for."""


def find_progress(rules: Rules, situation: Situation, standings: Standings) -> Progress:
    """Order and standing of every step that is, or may be, in the plan."""
    steps = [step for step in rules.steps if standings.step(step) != NO]
    uses = [use for use in rules.uses if standings.use(use) != NO]
    done, held = _done_and_held(rules, situation, standings, steps)
    makers = _makers(steps)
    after = list(_after(rules, steps))
    order = _sorted(steps, _edges(steps, [*after, *_flow(uses, makers)]))
    waits = _edges(steps, [*after, *_flow(_blocking(uses, held), makers)])
    undone = [step for step in order if step.id not in done]
    free = [step.id for step in undone if not any(s not in done for s in waits[step.id])]
    status = {step.id: standings.step(step) for step in steps}
    current = _first(free, status)
    following = _next([step.id for step in undone], current, status)
    parallel = frozenset(free) - {current}
    edges = {name: frozenset(before) for name, before in waits.items()}
    return Progress(tuple(order), done, held, current, following, parallel, edges)


def held_by_answers(rules: Rules, situation: Situation, standings: Standings) -> frozenset[str]:
    """Papers that answers say the caller has (``have`` of an option)."""
    found: set[str] = set()
    for fact, answer in situation.answers.items():
        question = rules.questions.get(fact)
        if question is None or standings.in_play(fact) != YES:
            continue
        chosen = answer if isinstance(answer, frozenset) else {answer}
        for option in question.options:
            if option.id in chosen:
                found.update(option.have)
    return frozenset(found)


def _done_and_held(
    rules: Rules, situation: Situation, standings: Standings, steps: Sequence[Step]
) -> tuple[frozenset[str], frozenset[str]]:
    """Steps done by mark or because all they produce is held, and papers at hand."""
    held = set(situation.have) | held_by_answers(rules, situation, standings)
    done = {step.id for step in steps if step.id in situation.done}
    while True:
        for step in steps:
            if step.id in done:
                held.update(step.produces)
        more = {
            step.id
            for step in steps
            if step.id not in done and step.produces and held.issuperset(step.produces)
        }
        if not more:
            return frozenset(done), frozenset(held)
        done |= more


def _makers(steps: Iterable[Step]) -> Mapping[str, set[str]]:
    makers: dict[str, set[str]] = {}
    for step in steps:
        for paper in step.produces:
            makers.setdefault(paper, set()).add(step.id)
    return makers


def _after(rules: Rules, steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """(earlier, later) as ``after`` says, also through steps that are not in the plan."""
    by_id = {step.id: step for step in rules.steps}
    present = {step.id for step in steps}

    def earlier(step_id: str, seen: set[str]) -> Iterator[str]:
        for before in by_id[step_id].after:
            if before in present:
                yield before
            elif before in by_id and before not in seen:
                seen.add(before)
                yield from earlier(before, seen)

    for step in steps:
        for before in earlier(step.id, set()):
            yield before, step.id


def _flow(uses: Iterable[DocumentUse], makers: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """(maker, user) for every paper that one step produces and another needs."""
    for use in uses:
        for paper in use.papers:
            for maker in makers.get(paper, ()):
                for step in use.for_steps:
                    if step != maker:
                        yield maker, step


def _blocking(uses: Iterable[DocumentUse], held: frozenset[str]) -> Iterator[DocumentUse]:
    """Uses that a step must wait for: neither at hand nor to be handed in later."""
    for use in uses:
        if use.need == "required" and not use.fetched and not held.intersection(use.papers):
            yield use


def _edges(steps: Sequence[Step], pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """For each step those that come before it."""
    found: dict[str, set[str]] = {step.id: set() for step in steps}
    for before, step in pairs:
        if step in found and before in found:
            found[step].add(before)
    return found


def _sorted(steps: Sequence[Step], before: Mapping[str, set[str]]) -> list[Step]:
    """The author's order, moved only where a step must wait for another."""
    left = list(steps)
    placed: set[str] = set()
    order: list[Step] = []
    while left:
        ready = next((s for s in left if before[s.id] <= placed), left[0])
        left.remove(ready)
        placed.add(ready.id)
        order.append(ready)
    return order


def _first(candidates: Sequence[str], status: Mapping[str, Tri]) -> str | None:
    """The first candidate, certain before possible."""
    certain = (step for step in candidates if status[step] == YES)
    return next(certain, candidates[0] if candidates else None)


def _next(undone: Sequence[str], current: str | None, status: Mapping[str, Tri]) -> str | None:
    """The undone step that comes first after the current one, certain before possible."""
    if current is None:
        return None
    later = undone[undone.index(current) + 1 :]
    return _first(later or [step for step in undone if step != current], status)
