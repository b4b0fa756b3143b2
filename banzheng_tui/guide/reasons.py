"""Which answers decide how something stands: none of them could be left out."""

from collections.abc import Callable, Iterable, Mapping

from banzheng_tui.guide.exact.diagrams import NO, YES
from banzheng_tui.guide.items import Item, own_diagram
from banzheng_tui.guide.knowledge import Knowledge
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer

Answers = Mapping[str, Answer]


def answers_behind(plan: Plan, item: Item) -> tuple[str, ...]:
    """The answers that put an item into the plan, or keep it out, in the author's order.

    Few are enough, and none of these can be spared; of several such sets the one whose questions
    come first. Empty where no answer matters, and while the item is open.
    """
    rules, answers = plan.rules, plan.standings.knowledge.answers
    own = own_diagram(rules, item)
    goes_on = YES if item.kind == "outcome" else rules.truths.goes_on
    both = rules.truths.within(own) if item.kind != "outcome" else own
    if ended(rules, answers) and item.kind != "outcome":
        return deciding(rules, answers, (goes_on,), lambda seen: ended(rules, seen.answers, seen))
    verdict = _standing(Knowledge(rules, answers), both, goes_on)
    if verdict is None:
        return ()
    return deciding(
        rules, answers, (both, goes_on), lambda seen: _standing(seen, both, goes_on) == verdict
    )


def play_behind(plan: Plan, fact: str) -> tuple[str, ...]:
    """The answers that bring a question into play, or keep it out of play."""
    rules, answers = plan.rules, plan.standings.knowledge.answers
    play = rules.truths.formulas.play(fact)
    verdict = Knowledge(rules, answers).settle(play)
    if verdict not in (NO, YES):
        return ()
    return deciding(rules, answers, (play,), lambda seen: seen.settle(play) == verdict)


def ended(rules: Rules, answers: Answers, seen: Knowledge | None = None) -> bool:
    """Whether the procedure is refused or redirected in every completion."""
    return (seen or Knowledge(rules, answers)).settle(rules.truths.goes_on) == NO


def _standing(seen: Knowledge, both: int, goes_on: int) -> bool | None:
    found = seen.settle(both)
    if found == NO:
        return False
    return True if found == seen.settle(goes_on) else None


def deciding(
    rules: Rules, answers: Answers, diagrams: Iterable[int], holds: Callable[[Knowledge], bool]
) -> tuple[str, ...]:
    """Answers that are enough for something to hold, and none of which can be spared."""
    support = 0
    for diagram in diagrams:
        support |= rules.truths.diagrams.support[diagram]
    kept = [fact for fact in rules.truths.formulas.facts(support) if fact in answers]
    for fact in reversed(kept[:]):
        fewer = {name: answers[name] for name in kept if name != fact}
        if holds(Knowledge(rules, fewer)):
            kept.remove(fact)
    return tuple(kept)
