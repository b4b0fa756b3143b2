"""One call at the desk: the procedure, the situation, the way back, notes and mood.

Knows no screen. Rules are the guide's; here is only what the agent did and in which order.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic

from banzheng_tui.guide.as_of import as_of
from banzheng_tui.guide.calendar import WorkCalendar
from banzheng_tui.guide.change import Change, change_between, with_answer
from banzheng_tui.guide.compare import option_plans
from banzheng_tui.guide.difference import Difference, difference
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import RuleBook, Rules
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.guide.timeline import Timeline, timeline
from banzheng_tui.procedure.model import Option, Question
from banzheng_tui.tui.ahead import Ahead
from banzheng_tui.tui.ticks import toggled

MOODS = (None, "anxious", "angry", "sad", "hesitant")


@dataclass(frozen=True, slots=True)
class Move:
    """One change, so that it can be taken back."""

    before: Situation
    what: str
    """What to say when it is undone."""
    fact: str | None = None
    """The question that was answered."""


@dataclass
class Session:
    """The state of one call. Every change makes the plan anew."""

    book: RuleBook
    procedure_id: str
    on: date
    """The day whose rules are asked for."""
    today: date | None = None
    """The day it is; None: the one asked for."""
    calendar: WorkCalendar | None = field(default=None, repr=False)
    """None while it is being read: until then no step has a day."""
    now: date = field(init=False)
    """That day, known."""
    situation: Situation = field(init=False)
    """What was said, as far as the rules of the day know it."""
    plan: Plan = field(init=False)
    ahead: Ahead = field(init=False)
    """What is worked out for the plan while nobody types."""
    day_notes: tuple[str, ...] = field(init=False)
    """What was said and is not known to the rules of the day."""
    proposal: Change | None = field(init=False, default=None)
    """Another answer to an earlier question, which waits for the agent's nod."""
    came_from: "Session | None" = field(init=False, default=None)
    """The procedure that this one follows in the same call."""
    notes: list[str] = field(default_factory=list)
    mood: str | None = None
    started: float = field(default_factory=monotonic)
    revisiting: str | None = None
    """The earlier question that is shown again; None: the next one is."""

    def __post_init__(self) -> None:
        self.now = self.today or self.on
        self._asked: list[str] = []
        self._undo: list[Move] = []
        self._since_today: Difference | None = None
        self._times: Timeline | None = None
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

    @property
    def times(self) -> Timeline | None:
        """The steps that are left on the calendar, from the call's day on."""
        if self._times is None and self.calendar is not None:
            self._times = timeline(self.plan, self.calendar, self.on)
        return self._times

    @property
    def names(self) -> dict[str, str]:
        """What the procedures of the way are called."""
        library = self.book.library
        known = {name: package.name for name, package in library.packages.items()}
        known |= {name: procedure.head.name for name, procedure in library.procedures.items()}
        return {name: known[name] for name in set(self.rules.origin.values())}

    def group(self, fact: str) -> str | None:
        """The name of the procedure that a question comes from, where that is not the call's."""
        owner = self.rules.origin.get(fact, self.procedure_id)
        return None if owner == self.procedure_id else self.names[owner]

    def in_play(self, fact: str) -> bool:
        """Whether the answer counts now."""
        return self.plan.in_play(fact)

    @property
    def other_day(self) -> bool:
        """Whether the rules are those of another day than today."""
        return self.on != self.now

    def since_today(self) -> Difference:
        """What differs from the plan that today's rules give for the same answers."""
        if self._since_today is None:
            rules = self.book.rules(self.procedure_id, self.now)
            situation, _ = as_of(rules, self._whole)
            self._since_today = difference(make_plan(rules, situation), self.plan)
        return self._since_today

    def ways(self, fact: str) -> tuple[tuple[Option, Plan], ...]:
        """Every option of a decision with the plan that it would lead to."""
        return option_plans(self.rules, self.situation, fact, self.ahead.plans)

    def give(self, value: Answer | None) -> str | None:
        """Answer the question on the screen (None: 还不清楚); a sentence if one is to be said.

        Another answer to an earlier question waits as ``proposal`` if it would change anything.
        """
        fact, self.proposal = self.revisiting, None
        if fact is None or fact not in self.answered:
            self._answer(value)
            return None
        if self.situation.answers.get(fact) == value:
            self.revisiting = None
            return None
        change = change_between(self.plan, self._plan_with(fact, value), fact)
        if not change.is_empty:
            self.proposal = change
            return None
        self._answer(value, change.after)
        return "改好了，方案没有变化"

    def confirm(self) -> None:
        """Take the answer that waits."""
        change, self.proposal = self.proposal, None
        if change is not None:
            self._answer(change.value, change.after)

    def decline(self) -> None:
        """Leave the earlier answer as it was and go back to where the interview stands."""
        self.proposal = self.revisiting = None

    def answer(self, value: Answer) -> None:
        """Answer the question on the screen at once, and go on to the next one."""
        self._answer(value)

    def mark_unsure(self) -> None:
        """The caller does not know; go on."""
        self._answer(None)

    def _answer(self, value: Answer | None, plan: Plan | None = None) -> None:
        question = self.question
        if question is None:
            return
        fact = question.id
        if fact not in self._asked:
            self._asked.append(fact)
        self.revisiting = None
        plan = plan or self._known_plan(fact, value)
        self._change(with_answer(self._whole, fact, value), question.name, fact, plan)

    def _plan_with(self, fact: str, value: Answer | None) -> Plan:
        known = self._known_plan(fact, value)
        return known or make_plan(self.rules, with_answer(self.situation, fact, value))

    def _known_plan(self, fact: str, value: Answer | None) -> Plan | None:
        return None if value is None else self.ahead.plans.get((fact, value))

    def _change(
        self, whole: Situation, what: str, fact: str | None = None, plan: Plan | None = None
    ) -> None:
        """Take another situation, whose plan may be known."""
        self._undo.append(Move(self._whole, what, fact))
        self._take(whole, plan)

    def _take(self, whole: Situation, plan: Plan | None = None) -> None:
        self._whole = whole
        self._since_today = self._times = None
        self.on = whole.on
        if self.revisiting not in self.rules.questions:
            self.revisiting = None
        self.situation, self.day_notes = as_of(self.rules, whole)
        plan = plan or make_plan(self.rules, self.situation)
        self.plan = replace(plan, notes=(*plan.notes, *self.day_notes)) if self.day_notes else plan
        self.ahead = Ahead(self.plan)

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

    def change_day(self, day: date) -> None:
        """Go on by the rules of another day; everything said is kept."""
        if day != self.on:
            self._change(replace(self._whole, on=day), f"换到 {day}")

    def undo(self) -> Move | None:
        """Take the last change back and show its question again; the change, if there is one."""
        if not self._undo:
            return None
        move = self._undo.pop()
        self.proposal = None
        self._take(move.before)
        if move.fact is not None:
            self.revisiting = move.fact if move.fact in self.answered else None
        return move

    def toggle_line(self, target: str) -> str | None:
        """Tick a line of the plan or take the tick away; a sentence where that cannot be."""
        ticked = toggled(self.plan, self._whole, target)
        if isinstance(ticked, str):
            return ticked
        self._change(ticked.situation, ticked.what)
        return None

    def next_mood(self) -> None:
        """The caller's mood, one further: none, anxious, angry, sad, hesitant."""
        self.mood = MOODS[(MOODS.index(self.mood) + 1) % len(MOODS)]

    def follow_up(self, procedure_id: str) -> "Session":
        """The call goes on with another procedure; shared answers, papers and notes are kept."""
        session = Session(
            self.book,
            procedure_id,
            self.on,
            self.now,
            self.calendar,
            notes=self.notes,
            mood=self.mood,
        )
        session.started, session.came_from = self.started, self
        shared = self.book.library.catalog.questions.keys() & session.rules.questions.keys()
        kept = {f: a for f, a in self.situation.answers.items() if f in shared}
        papers = {paper for use in session.rules.uses for paper in use.papers}
        papers |= {paper for step in session.rules.steps for paper in step.produces}
        unsure, have = self.situation.unsure & shared, self.plan.held & papers
        session._take(Situation(on=self.on, answers=kept, unsure=unsure, have=have))
        return session
