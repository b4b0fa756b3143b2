"""Ticks in the plan: a paper at hand, a step done."""

from dataclasses import dataclass

from banzheng_tui.guide.plan import Plan, PlanDocument
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.wording import document_name


@dataclass(frozen=True, slots=True)
class Ticked:
    """The situation after a tick, and what to say when it is undone."""

    situation: Situation
    what: str


def toggled(plan: Plan, situation: Situation, target: str) -> Ticked | str:
    """A line of the plan ticked, or no longer; a sentence where that cannot be."""
    kind, _, name = target.partition(":")
    if kind == "step":
        return _step(plan, situation, name)
    if kind == "document":
        return _papers(plan, situation, next(d for d in plan.documents if d.id == name))
    return "这一行不用勾。空格勾材料、标步骤"


def _step(plan: Plan, situation: Situation, step: str) -> Ticked | str:
    line = next(s for s in plan.steps if s.id == step)
    if line.state == "done" and step not in situation.done:
        return "这一步办出来的材料手里都有，所以算办完；不对就去掉材料的勾"
    return Ticked(situation.toggle_done(step), f"标步骤「{line.entry.title}」")


def _papers(plan: Plan, situation: Situation, line: PlanDocument) -> Ticked | str:
    """A paper ticked, or the next one of several of equal worth, or none."""
    papers = line.papers
    held = plan.held.intersection(papers)
    if held and not held & situation.have:
        return "前面的回答或办完的步骤说明手里有这份，所以勾着"
    ticked = next((paper for paper in papers if paper in situation.have), None)
    if ticked is not None:
        situation = situation.toggle_have(ticked)
    position = papers.index(ticked) + 1 if ticked else 0
    if position < len(papers):
        situation = situation.toggle_have(papers[position])
    return Ticked(situation, f"勾材料「{document_name(line, plan.rules)}」")
