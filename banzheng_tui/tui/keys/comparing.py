"""The options of a question side by side."""

from typing import TYPE_CHECKING

from banzheng_tui.guide.compare import comparable
from banzheng_tui.tui.choosing import Choosing, place_of
from banzheng_tui.tui.panels.compare import sheet_of, sheets
from banzheng_tui.tui.panels.question import PAGE, options

if TYPE_CHECKING:
    from banzheng_tui.tui.screens.call import CallScreen


class Comparing:
    """Which option is looked at, and answering with it from there."""

    def __init__(self, call: "CallScreen") -> None:
        self._call = call

    def open(self) -> None:
        """The options of the question side by side, or back to the question."""
        question = self._call.session.question
        if question is None:
            self._call.say("问完了，没有可以对照的选项")
        elif not comparable(question):
            self._call.say("对照只用在单选题上，这一题不是")
        else:
            self._call.layering.open("compare")

    def turn(self, by: int) -> None:
        """The next page of options, or the next option where all are on one."""
        ids, here = self._ids(), self._here()
        pages = sheets(len(ids), self._width())
        if not ids:
            return
        if len(pages) > 1:
            page = pages.index(sheet_of(pages, here)) + by
            here = pages[max(0, min(page, len(pages) - 1))].shown[0]
        else:
            here = max(0, min(here + by, len(ids) - 1))
        self._call.look.choosing = Choosing(ids[here])
        self._call.update_rows()

    def click(self, column: int) -> None:
        """Answer with the option whose column was clicked."""
        sheet = sheet_of(sheets(len(self._ids()), self._width()), self._here())
        option = sheet.option_at(column)
        if option is not None:
            self._take(option)

    def digit(self, number: int) -> None:
        """Answer with the option that a digit names."""
        self._take(self._here() // PAGE * PAGE + number - 1)

    def confirm(self) -> None:
        """Answer with the option under the cursor."""
        self._take(self._here())

    def _take(self, place: int) -> None:
        ids = self._ids()
        if place < len(ids):
            self._call.layering.shut()
            self._call.asking.choose(ids[place])
        else:
            self._call.say(f"没有第 {place % PAGE + 1} 项")

    def _ids(self) -> list[str]:
        question = self._call.session.question
        return [option_id for option_id, _, _ in options(question)] if question else []

    def _here(self) -> int:
        question = self._call.session.question
        return place_of(question, self._call.look.choosing.cursor) if question else 0

    def _width(self) -> int:
        return self._call.panes.left.size.width
