"""What was given and does not count now, or does not go together, and why."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from banzheng_tui.guide.progress import Progress
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.standings import Standings
from banzheng_tui.guide.tri import NO, YES

if TYPE_CHECKING:
    from banzheng_tui.guide.plan import PlanDocument


def notes(
    rules: Rules,
    situation: Situation,
    standings: Standings,
    progress: Progress,
    documents: Sequence["PlanDocument"],
) -> Iterator[str]:
    """One sentence for each thing that does not count or contradicts another."""
    given = {*situation.answers, *situation.unsure}
    for fact, question in rules.questions.items():
        if fact in given and standings.in_play(fact) == NO:
            yield f"「{question.name}」的回答先留着，现在不算：按现在的情形不用问这一题"
    yield from _contradictions(rules, situation, standings)
    needed = {paper for document in documents for paper in document.papers}
    needed |= {paper for step in progress.order for paper in step.produces} | rules.held.keys()
    for paper in sorted(situation.have - needed):
        name = rules.catalog.documents[paper].name
        yield f"已有的「{name}」现在用不上：方案里没有哪一步要它"
    present = {step.id for step in progress.order}
    titles = {step.id: step.title for step in rules.steps}
    for step_id in sorted(situation.done - present):
        yield f"已办的「{titles[step_id]}」现在不算：方案里没有这一步"
    if rules.truths.formulas.doubts:
        yield from _doubts(rules, standings)


def _contradictions(rules: Rules, situation: Situation, standings: Standings) -> Iterator[str]:
    """A paper ticked although an answer says that it is not at hand."""
    for fact, question in rules.questions.items():
        answer = situation.answers.get(fact)
        if not isinstance(answer, str) or standings.in_play(fact) != YES:
            continue
        having = {paper for option in question.options for paper in option.have}
        chosen = next((option for option in question.options if option.id == answer), None)
        if chosen is None:
            continue
        for paper in sorted(having & situation.have - set(chosen.have)):
            name = rules.catalog.documents[paper].name
            yield f"「{question.name}」答的是「{chosen.label}」，可是「{name}」勾了已有，两样对不上，再问一句"


def _doubts(rules: Rules, standings: Standings) -> Iterator[str]:
    """Where exactness was too dear, or several free numbers decide."""
    truths = rules.truths
    support = truths.diagrams.support
    open_doubts = {
        axis
        for step in (truths.goes_on, *truths.steps.values())
        for axis in truths.formulas.doubts
        if support[standings.knowledge.settle(step)] >> axis & 1
    }
    if open_doubts:
        yield "有几处要看几个数一起算，没算清以前先写「可能要」"
