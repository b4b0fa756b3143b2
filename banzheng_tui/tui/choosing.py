"""Where the agent stands among the options of the question on the screen, and what is ticked."""

from dataclasses import dataclass

from banzheng_tui.guide.situation import Answer
from banzheng_tui.procedure.model import Question
from banzheng_tui.tui.panels.question import PAGE, choices, options, page_of, typed


@dataclass(frozen=True, slots=True)
class Choosing:
    """The cursor (an option id, 还不清楚, or nothing) and the options ticked."""

    cursor: str | None = None
    ticked: frozenset[str] = frozenset()

    @classmethod
    def among(cls, question: Question | None, answer: Answer | None) -> "Choosing":
        """At the answer given before, or at the first option."""
        if question is None or typed(question):
            return cls()
        first = choices(question)[0]
        if isinstance(answer, frozenset):
            return cls(first, answer)
        if isinstance(answer, bool):
            return cls("yes" if answer else "no")
        return cls(answer if isinstance(answer, str) else first)

    def moved(self, question: Question, by: int) -> "Choosing":
        """The cursor so many options further, not beyond the last."""
        return Choosing(moved(choices(question), self.cursor, by), self.ticked)

    def turned(self, question: Question, by: int) -> "Choosing":
        """The cursor at the top of another page of options."""
        ids = [option_id for option_id, _, _ in options(question)]
        page = min(max(page_of(question, self.cursor) + by, 0), (len(ids) - 1) // PAGE)
        return Choosing(ids[page * PAGE], self.ticked)

    def toggled(self, question: Question, option: str) -> "Choosing":
        """The option ticked or no longer; an exclusive option stands alone."""
        alone = {o.id for o in question.options if o.exclusive}
        ticked = self.ticked ^ {option}
        if option in ticked:
            ticked = frozenset({option}) if option in alone else ticked - alone
        return Choosing(option, ticked)

    def numbered(self, question: Question, number: int) -> str | None:
        """The option that a digit names on the page that is shown."""
        first = page_of(question, self.cursor) * PAGE
        shown = options(question)[first : first + PAGE]
        return shown[number - 1][0] if number <= len(shown) else None


def place_of(question: Question, cursor: str | None) -> int:
    """The place of the option under the cursor; the first where none is."""
    ids = [option_id for option_id, _, _ in options(question)]
    return ids.index(cursor) if cursor in ids else 0


def moved(places: list[str], here: str | None, by: int) -> str | None:
    """The place so many further on, not beyond either end; the first when one stands nowhere."""
    if here not in places:
        return places[0] if places else None
    return places[max(0, min(places.index(here) + by, len(places) - 1))]
