"""What is worked out for a plan while nobody types, so that no key ever waits for it."""

from collections.abc import Iterator

from banzheng_tui.guide.interview import Interview
from banzheng_tui.guide.items import Item
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.situation import Answer
from banzheng_tui.guide.why import flip_lines
from banzheng_tui.procedure.model import Question

STEPS_A_SLICE = 16
_DONE = object()


class Ahead:
    """The exact bound of one plan, what would flip its items, and the plans of one more answer.

    Each call of ``refine`` and ``go_on`` is one slice of the work, a few milliseconds long.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.plans: dict[tuple[str, Answer], Plan] = {}
        """Where the options of the question would lead, as far as they are known."""
        self._flips: dict[Item, tuple[str, ...]] = {}
        self._bounded = plan.question is None
        self.news = False
        """Whether the last piece of work made known something that the screen shows."""
        self._working: Iterator[None] | None = None
        self._bounded_plans: set[tuple[str, Answer]] = set()

    @property
    def remaining(self) -> int:
        """The most questions that can still come; a looser bound until it is worked out."""
        return self.plan.interview.at_most_roughly() if self.plan.question else 0

    def flips(self, item: Item) -> tuple[str, ...]:
        """The smallest changes that would turn an item; none until they are worked out."""
        return self._flips.get(item, ())

    def is_refined(self, item: Item | None) -> bool:
        """Whether all is known that the screen shows, the reasons of this item among it."""
        return self._bounded and (item is None or item in self._flips)

    def refine(self, item: Item | None) -> bool:
        """Work out one thing that the screen shows; whether one was left."""
        if self.is_refined(item):
            return False
        if item is not None and item not in self._flips:
            self._flips[item] = flip_lines(self.plan, item)
            self.news = True
        else:
            self._bounded = self.news = self._bound(self.plan.interview)
        return True

    def _bound(self, interview: Interview) -> bool:
        """Work on a bound for a moment; whether it is known."""
        if self._working is None:
            self._working = interview.working_out()
        for _ in range(STEPS_A_SLICE):
            if next(self._working, _DONE) is _DONE:
                self._working = None
                return True
        return False

    def one_more_plan(self, question: Question | None) -> bool:
        """Work out the plan of one more option; whether one was left."""
        for key in self._options(question):
            if key not in self.plans:
                situation = self.plan.situation.answer(*key)
                self.plans[key] = make_plan(self.plan.rules, situation)
                return True
        return False

    def go_on(self, question: Question | None) -> bool:
        """Work out the plan of one more option, or on its bound; whether anything was left."""
        if self.one_more_plan(question):
            return True
        for key in self._options(question):
            if key not in self._bounded_plans:
                if self._bound(self.plans[key].interview):
                    self._bounded_plans.add(key)
                return True
        return False

    def _options(self, question: Question | None) -> list[tuple[str, Answer]]:
        if question is None or question.kind not in ("choice", "yesno"):
            return []
        answers = self.plan.rules.truths.formulas.axes.all_answers(question.id)
        return [(question.id, answer) for answer in answers]
