"""The way as a layer: its two faces, a step's page, and marking steps done from it."""

from typing import TYPE_CHECKING

from banzheng_tui.guide.items import Item, item_of
from banzheng_tui.tui.panels.days import day_steps
from banzheng_tui.tui.panels.way import DAYS, FACES, LINE, way_steps
from banzheng_tui.tui.widgets.call_panes import TO_TOP

if TYPE_CHECKING:
    from banzheng_tui.tui.screens.call import CallScreen


class Wayfaring:
    """Walks the way; what it shows is drawn anew at once when a step is marked."""

    def __init__(self, call: "CallScreen") -> None:
        self._call = call

    def open(self) -> None:
        """The way, or back to the question from either face."""
        layer = self._call.look.layer
        self._call.layering.open(layer if layer in FACES and layer else LINE)
        self._start_at_current()

    def turn(self) -> None:
        """The other face; the cursor stays on its step."""
        look = self._call.look
        cursor = look.layer_cursor
        look.why_not = None
        self._call.layering.open(LINE if look.layer == DAYS else DAYS)
        look.layer_cursor = cursor
        self._call.update_rows()

    def show(self, target: str | None) -> None:
        """How the step is done, and why it is on the way; from there back to the way."""
        look, left = self._call.look, self._call.panes.left
        item = item_of(target or "")
        if item is None or look.why_not is not None:
            return
        look.layer_cursor, look.list_top, look.why_not = target, left.top, item
        left.scroll_rows(-TO_TOP)
        self._call.update_rows()

    def tick(self) -> None:
        """The step under the cursor is done, or no longer; all days are counted anew."""
        call = self._call
        why_not = call.session.toggle_line(call.look.layer_cursor or "")
        call.enter_question()
        if why_not:
            call.say(why_not)

    def items(self) -> list[Item]:
        """The steps in the order of the face on the screen."""
        plan = self._call.session.plan
        return day_steps(plan) if self._call.look.layer == DAYS else way_steps(plan)

    def _start_at_current(self) -> None:
        """The cursor begins where the caller stands."""
        look, current = self._call.look, self._call.session.plan.current
        if look.layer in FACES and current is not None:
            look.layer_cursor = f"step:{current.id}"
            self._call.update_rows()
