"""One call at the desk: the procedure, the situation, the way back, notes and mood.

Knows no screen. Rules are the guide's; here is only what the agent did and in which order.
"""

from dataclasses import dataclass, field
from datetime import date
from time import monotonic

from banzheng_tui.guide.compare import option_plans
from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import RuleBook, Rules
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.guide.tri import NO
from banzheng_tui.procedure.model import Option, Question

MOODS = (None, "anxious", "angry", "sad", "hesitant")


@dataclass
class Session:
    """The state of one call. Every change makes the plan anew."""

    book: RuleBook
    procedure_id: str
    on: date
    situation: Situation = field(init=False)
    plan: Plan = field(init=False)
    notes: list[str] = field(default_factory=list)
    mood: str | None = None
    started: float = field(default_factory=monotonic)
    revisiting: str | None = None
    """The earlier question that is shown again; None: the next one is."""

    def __post_init__(self) -> None:
        self._asked: list[str] = []
        self._undo: list[Situation] = []
        self._ahead: dict[tuple[str, Answer], Plan] = {}
        self._take(Situation(on=self.on))

    @property
    def rules(self) -> Rules:
        """The rules of the procedure on the call's day."""
        return self.book.rules(self.procedure_id, self.on)

    @property
    def question(self) -> Question | None:
        """The question on the screen."""
        if self.revisiting is not None:
            return self.rules.questions[self.revisiting]
        return self.plan.question

    @property
    def answered(self) -> list[str]:
        """Questions answered or left open, in the order they were put; kept ones included."""
        known = {*self.situation.answers, *self.situation.unsure}
        order = [fact for fact in self._asked if fact in known]
        return order + [fact for fact in self.rules.questions if fact in known - set(order)]

    def in_play(self, fact: str) -> bool:
        """Whether the answer counts now."""
        return self._at.play(fact) != NO

    def ways(self, fact: str) -> tuple[tuple[Option, Plan], ...]:
        """Every option of a decision with the plan that it would lead to."""
        return option_plans(self.rules, self.situation.forget(fact), fact)

    def answer(self, value: Answer) -> None:
        """Answer the question on the screen, and go on to the next one."""
        if self.question is not None:
            fact = self.question.id
            plan = self._ahead.get((fact, value))
            self._move(self.situation.answer(fact, value), fact, plan)

    def mark_unsure(self) -> None:
        """The caller does not know; go on."""
        if self.question is not None:
            self._move(self.situation.mark_unsure(self.question.id), self.question.id)

    def look_ahead(self) -> bool:
        """Work out what one more option of the question would lead to; whether one was left.

        Done while the caller thinks, so that his answer finds its plan ready.
        """
        question = self.question
        if question is None or question.kind not in ("choice", "yesno"):
            return False
        for value in self.rules.domains[question.id]:
            if (question.id, value) not in self._ahead:
                situation = self.situation.answer(question.id, value)
                self._ahead[question.id, value] = make_plan(self.rules, situation)
                return True
        return False

    def _move(self, situation: Situation, fact: str, plan: Plan | None = None) -> None:
        if fact not in self._asked:
            self._asked.append(fact)
        self.revisiting = None
        self._change(situation, plan)

    def _change(self, situation: Situation, plan: Plan | None = None) -> None:
        """Take another situation, whose plan may be known."""
        self._undo.append(self.situation)
        self._take(situation, plan)

    def _take(self, situation: Situation, plan: Plan | None = None) -> None:
        self._ahead.clear()
        self.situation = situation
        self.plan = plan or make_plan(self.rules, situation)
        self._at = Evaluation(self.rules, situation.answers)

    def back(self) -> bool:
        """Show the question before; its answer and all later ones are kept."""
        order = [fact for fact in self.answered if self.in_play(fact)]
        if self.revisiting in order:
            order = order[: order.index(self.revisiting)]
        if order:
            self.revisiting = order[-1]
        return bool(order)

    def forward(self) -> bool:
        """Leave an earlier question as it was."""
        if self.revisiting is None:
            return False
        order = [fact for fact in self.answered if self.in_play(fact)]
        later = order[order.index(self.revisiting) + 1 :] if self.revisiting in order else []
        self.revisiting = later[0] if later else None
        return True

    def revisit(self, fact: str) -> None:
        """Show an earlier question again."""
        self.revisiting = fact

    def undo(self) -> bool:
        """Take the last change back."""
        if not self._undo:
            return False
        self._take(self._undo.pop())
        self.revisiting = None
        return True

    def toggle_line(self, target: str) -> str | None:
        """Tick a line of the plan or take the tick away; a sentence where that cannot be."""
        kind, _, name = target.partition(":")
        if kind == "step":
            return self._toggle_step(name)
        if kind == "document":
            return self._toggle_papers(next(d.papers for d in self.plan.documents if d.id == name))
        return "这一行不用勾。空格勾材料、标步骤"

    def _toggle_step(self, step: str) -> str | None:
        done = any(s.id == step and s.state == "done" for s in self.plan.steps)
        if done and step not in self.situation.done:
            return "这一步办出来的材料手里都有，所以算办完；不对就去掉材料的勾"
        self._change(self.situation.toggle_done(step))
        return None

    def _toggle_papers(self, papers: tuple[str, ...]) -> str | None:
        """Tick a paper, or the next one of several of equal worth, or none."""
        held = self.plan.held.intersection(papers)
        if held and not held & self.situation.have:
            return "前面的回答或办完的步骤说明手里有这份，所以勾着"
        ticked = next((paper for paper in papers if paper in self.situation.have), None)
        situation = self.situation.toggle_have(ticked) if ticked else self.situation
        position = papers.index(ticked) + 1 if ticked else 0
        if position < len(papers):
            situation = situation.toggle_have(papers[position])
        self._change(situation)
        return None

    def next_mood(self) -> None:
        """The caller's mood, one further: none, anxious, angry, sad, hesitant."""
        self.mood = MOODS[(MOODS.index(self.mood) + 1) % len(MOODS)]

    def follow_up(self, procedure_id: str) -> "Session":
        """The call goes on with another procedure; shared answers, papers and notes are kept."""
        session = Session(self.book, procedure_id, self.on, notes=self.notes, mood=self.mood)
        session.started = self.started
        shared = self.book.library.catalog.questions.keys() & session.rules.questions.keys()
        kept = {f: a for f, a in self.situation.answers.items() if f in shared}
        papers = {paper for use in session.rules.uses for paper in use.papers}
        papers |= {paper for step in session.rules.steps for paper in step.produces}
        unsure, have = self.situation.unsure & shared, self.plan.held & papers
        session._take(Situation(on=self.on, answers=kept, unsure=unsure, have=have))
        return session
