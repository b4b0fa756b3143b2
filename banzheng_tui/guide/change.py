"""What another answer would change, worked out before it takes effect (design 5, promise 5)."""

from dataclasses import dataclass

from banzheng_tui.guide.difference import Difference, difference
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer, Situation


@dataclass(frozen=True, slots=True)
class Change:
    """One answer given, changed or turned into 还不清楚, and all that follows from it."""

    fact: str
    value: Answer | None
    """None: 还不清楚."""
    after: Plan
    falls_out: tuple[str, ...]
    """Questions whose answers are kept and no longer count."""
    comes_back: tuple[str, ...]
    """Questions whose kept answers count again."""
    asked_anew: tuple[str, ...]
    """Questions that may be asked then and would not be asked now."""
    difference: Difference

    @property
    def is_empty(self) -> bool:
        """Whether neither the plan nor a question would be another one."""
        facts = (*self.falls_out, *self.comes_back, *self.asked_anew)
        return not facts and self.difference.is_empty


def preview(rules: Rules, situation: Situation, fact: str, value: Answer | None) -> Change:
    """What a situation would turn into with this answer; None is 还不清楚."""
    after = make_plan(rules, with_answer(situation, fact, value))
    return change_between(make_plan(rules, situation), after, fact)


def with_answer(situation: Situation, fact: str, value: Answer | None) -> Situation:
    """The situation with this answer; None is 还不清楚."""
    return situation.mark_unsure(fact) if value is None else situation.answer(fact, value)


def change_between(before: Plan, after: Plan, fact: str) -> Change:
    """The change of one answer, by the plans before and after it."""
    known = _known(before.situation)
    kept = [name for name in before.rules.questions if name in known and name != fact]
    counted = {name for name in kept if before.in_play(name)}
    counting = {name for name in kept if after.in_play(name)}
    opened = set(before.open_questions)
    return Change(
        fact=fact,
        value=after.situation.answers.get(fact),
        after=after,
        falls_out=tuple(name for name in kept if name in counted - counting),
        comes_back=tuple(name for name in kept if name in counting - counted),
        asked_anew=tuple(n for n in after.open_questions if n not in opened and n != fact),
        difference=difference(before, after),
    )


def _known(situation: Situation) -> set[str]:
    return {*situation.answers, *situation.unsure}
