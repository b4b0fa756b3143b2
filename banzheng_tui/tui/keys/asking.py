"""Answering the question on the screen."""

from typing import TYPE_CHECKING

from banzheng_tui.guide.answers import AnswerError, parse_text
from banzheng_tui.guide.situation import Answer
from banzheng_tui.tui.panels.question import UNSURE_TARGET, typed

if TYPE_CHECKING:
    from banzheng_tui.tui.screens.call import CallScreen


class Asking:
    """Options chosen and ticked, answers typed, 还不清楚, the way back."""

    def __init__(self, call: "CallScreen") -> None:
        self._call = call

    def choose(self, option: str) -> None:
        """Answer with an option; tick it where several may be chosen."""
        call, question = self._call, self._call.session.question
        if question is None:
            return
        if option == UNSURE_TARGET:
            self.unsure()
        elif question.kind == "choices":
            call.look.choosing = call.look.choosing.toggled(question, option)
            call.update_rows()
        else:
            self._give(option == "yes" if question.kind == "yesno" else option)

    def digit(self, number: int) -> None:
        """Choose what a digit names."""
        question = self._call.session.question
        if question is None or typed(question):
            return
        option = self._call.look.choosing.numbered(question, number)
        if option:
            self.choose(option)
        else:
            self._call.say(f"没有第 {number} 项")

    def confirm(self) -> None:
        """Enter: the option under the cursor, or all that are ticked."""
        question, choosing = self._call.session.question, self._call.look.choosing
        if question is None or choosing.cursor is None:
            return
        if question.kind != "choices" or choosing.cursor == UNSURE_TARGET:
            self.choose(choosing.cursor)
        elif choosing.ticked:
            self._give(choosing.ticked)
        else:
            self._call.say("先用数字勾选，再按回车")

    def space(self) -> None:
        """Tick what the cursor stands on."""
        question, cursor = self._call.session.question, self._call.look.choosing.cursor
        if question is not None and question.kind == "choices" and cursor:
            self.choose(cursor)

    def unsure(self) -> None:
        """还不清楚, where the question allows it."""
        question = self._call.session.question
        if question is None or self._call.look.layer:
            return
        if question.unsure:
            self._give(None)
        else:
            self._call.say("这一题要问清楚才能往下走")

    def submit(self, text: str) -> None:
        """Answer with what was typed; what cannot be an answer stays in the field."""
        call, question = self._call, self._call.session.question
        if question is None:
            return
        if not text and call.look.choosing.cursor == UNSURE_TARGET:
            self.unsure()
            return
        try:
            answer = parse_text(question, text, call.session.on)
        except AnswerError as error:
            call.say(str(error))
            return
        call.panes.entry.value = ""
        call.look.message = ""
        self._give(answer)

    def _give(self, answer: Answer | None) -> None:
        """Answer the question (None: 还不清楚); what else would change is shown before it does."""
        call = self._call
        said = call.session.give(answer)
        if call.session.proposal is not None:
            call.layering.open("change")
            return
        call.enter_question()
        if said:
            call.say(said)

    def back(self) -> None:
        """The question before."""
        if self._call.session.back():
            self._call.enter_question()
        else:
            self._call.say("这是第一问")

    def forward(self) -> None:
        """Leave an earlier question as it was."""
        if self._call.session.forward():
            self._call.enter_question()

    def undo(self) -> None:
        """Take the last change back."""
        call = self._call
        undone, before = call.session.undo(), call.session.came_from
        if undone is not None:
            if undone.fact is not None:  # its question is to be seen
                call.look.planning = False
            if undone.fact is None and call.look.where == "way":
                call.enter_question()
            else:
                call.ask_again()
            call.say(f"撤销了：{undone.what}")
        elif before is not None:
            what = call.session.rules.procedure.head.name
            call.start(before)
            call.say(f"撤销了：接着办「{what}」")
        else:
            call.say("没有可以撤销的了")
