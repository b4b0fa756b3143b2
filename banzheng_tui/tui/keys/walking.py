"""The cursor among options, in the plan and in the lists of a layer."""

from typing import TYPE_CHECKING

from banzheng_tui.tui.choosing import moved
from banzheng_tui.tui.panels.plan import first_place
from banzheng_tui.tui.panels.question import PAGE, options
from banzheng_tui.tui.rows import targets
from banzheng_tui.tui.widgets.call_panes import TO_TOP

if TYPE_CHECKING:
    from banzheng_tui.tui.screens.call import CallScreen

PAGE_ROWS = 8


class Walking:
    """Up and down, page by page; a pane scrolls where no cursor can move."""

    def __init__(self, call: "CallScreen") -> None:
        self._call = call

    def move(self, by: int) -> None:
        """The cursor further; at its end, or without one, the pane itself."""
        look, panes = self._call.look, self._call.panes
        if look.why_not:
            self._call.layering.next_reason(by)
            return
        if look.walks_plan:
            still = not self._move_in_plan(by)
        elif look.layer:
            still = not self._move_in_layer(by)
        else:
            still = not self._move_among_options(by)
        if still and not look.item:
            (panes.plan if look.walks_plan else panes.left).scroll_rows(by)
        self._call.update_rows()

    def _move_in_plan(self, by: int) -> bool:
        look, panes = self._call.look, self._call.panes
        before = look.plan_cursor
        look.plan_cursor = moved(targets(panes.plan.rows), before, by)
        if look.layer and look.plan_cursor != before:  # another reason is read from its top
            panes.left.scroll_rows(-TO_TOP)
        return look.plan_cursor != before

    def _move_in_layer(self, by: int) -> bool:
        look = self._call.look
        before = look.layer_cursor
        look.layer_cursor = moved(targets(self._call.panes.left.rows), before, by)
        return look.layer_cursor != before

    def _move_among_options(self, by: int) -> bool:
        look, question = self._call.look, self._call.session.question
        before = look.choosing
        if question is not None:
            look.choosing = before.moved(question, by)
        return look.choosing != before

    def page(self, by: int) -> None:
        """Another page of options, or the pane by so much."""
        look, panes, question = self._call.look, self._call.panes, self._call.session.question
        asks = question is not None and look.where == "question"
        if question is not None and asks and len(options(question)) > PAGE:
            look.choosing = look.choosing.turned(question, by)
            self._call.update_rows()
            return
        plan = look.where == "plan" or (asks and panes.beside)
        (panes.plan if plan else panes.left).scroll_rows(by * PAGE_ROWS)

    def into_plan(self) -> None:
        """Into the plan, or back to the question."""
        look = self._call.look
        look.planning = not look.planning
        look.layer = look.why_not = None
        if look.planning and look.plan_cursor is None:
            look.plan_cursor = first_place(self._call.session.plan)
        self._call.make_room()
        self._call.open_field()
        self._call.update_rows()

    def tick(self) -> None:
        """Space on a line of the plan: a step done, a paper at hand."""
        why_not = self._call.session.toggle_line(self._call.look.plan_cursor or "")
        if why_not:
            self._call.say(why_not)
        else:
            self._call.enter_question()
