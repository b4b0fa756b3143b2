"""Why an item stands as it does: the facts that decide it, the answers that put it there."""

from collections.abc import Iterator

from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.tri import NO, OPEN, YES
from banzheng_tui.procedure.condition import AllOf, AnyOf, Condition, NoneOf, Ref, Test, Within
from banzheng_tui.procedure.entries import derived_names


def undecided(condition: Condition, at: Evaluation) -> tuple[str, ...]:
    """The unknown questions and local values that a condition which is open still waits for."""
    verdict, waits = at.waiting_for(holds, condition, at)
    return at.rules.facts(waits) if verdict == OPEN else ()


def unknown_behind(name: str, at: Evaluation) -> tuple[str, ...]:
    """What must be known before this name has a value."""
    return at.rules.facts(at.waiting_for(at.value, name)[1])


def answers_behind(condition: Condition, at: Evaluation) -> tuple[str, ...]:
    """The answered questions that make a condition hold, in the author's order."""
    return tuple(dict.fromkeys(_answers(condition, at)))


def _answers(condition: Condition, at: Evaluation) -> Iterator[str]:
    """Facts whose answers settle the verdict of a condition that is not open."""
    if isinstance(condition, AllOf | AnyOf | NoneOf):
        for part in _settling(condition, at):
            yield from _answers(part, at)
        return
    for name in _named(condition):
        yield from _answered_behind(name, at)


def _settling(condition: AllOf | AnyOf | NoneOf, at: Evaluation) -> tuple[Condition, ...]:
    """The parts that a verdict rests on: all of them, or the first that was enough."""
    verdict = holds(condition, at)
    enough = YES if isinstance(condition, AnyOf | NoneOf) else NO
    all_needed = verdict == (NO if isinstance(condition, AnyOf) else YES)
    if all_needed:
        return condition.parts
    return tuple(part for part in condition.parts if holds(part, at) == enough)[:1]


def _answered_behind(name: str, at: Evaluation) -> Iterator[str]:
    rules = at.rules
    base = name.split(".", maxsplit=1)[0]
    if base in rules.questions:
        if at.play(base) == NO:
            yield from _answers(rules.questions[base].when, at)
        elif base in at.answers:
            yield base
        return
    for item in rules.procedure.derived:
        if item.id == base and item.valid_on(rules.on):
            for other in sorted(derived_names(item)):
                yield from _answered_behind(other, at)


def holds(condition: Condition, at: Evaluation) -> int:
    """Whether a condition holds."""
    return at.rules.tested(condition)(at)


def _named(test: Test) -> Iterator[str]:
    yield test.name
    if isinstance(test, Within):
        yield from (bound.name for _, bound in test.bounds if isinstance(bound, Ref))
