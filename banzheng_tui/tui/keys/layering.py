"""Opening and closing what lies over the question, and choosing from it."""

from typing import TYPE_CHECKING

from banzheng_tui.guide.answers import AnswerError
from banzheng_tui.guide.as_of import parse_day
from banzheng_tui.guide.items import Item, item_of
from banzheng_tui.tui.panels.change import CLOSE, TAKE
from banzheng_tui.tui.panels.why import WHY_NOT, excluded
from banzheng_tui.tui.rows import targets
from banzheng_tui.tui.widgets.call_panes import TO_TOP

if TYPE_CHECKING:
    from banzheng_tui.tui.screens.call import CallScreen

LAYERS = frozenset(
    {"why", "excluded", "answers", "terms", "rejections", "notes", "follow", "day", "help"}
)
"""Commands that open the layer of their name."""


class Layering:
    """One layer at a time; the same key opens and closes it, Esc closes it."""

    def __init__(self, call: "CallScreen") -> None:
        self._call = call

    def open(self, layer: str) -> None:
        """Open a layer over the question; the same key closes it."""
        call, look = self._call, self._call.look
        look.layer = None if look.layer == layer else layer
        look.layer_cursor = look.why_not = None
        call.make_room()
        if look.layer:
            places = targets(call.panes.left_rows())
            look.layer_cursor = places[0] if places else None
        call.open_field()
        call.panes.left.show((), top=0)
        call.update_rows()

    def back(self) -> None:
        """Out of what lies on top; from the question to the one before."""
        if self._call.look.where == "question":
            self._call.asking.back()
        else:
            self.close()

    def close(self) -> None:
        """Esc: the top layer goes, and no answer with it."""
        call, look = self._call, self._call.look
        if look.layer == "change":
            self._settle(take=False)
        elif look.why_not:
            self._show_list()
        elif look.layer:
            self.open(look.layer)
        elif look.planning:
            call.walking.into_plan()
        elif call.session.revisiting:
            call.session.decline()
            call.enter_question()
        else:
            call.say("要结束通话按两次 q（F12）")

    def shut(self) -> None:
        """Back to the question, which may be another one now."""
        self._call.look.layer = self._call.look.why_not = None
        self._call.make_room()
        self._call.enter_question()

    def digit(self, number: int) -> None:
        """Choose the entry that a digit names."""
        places = targets(self._call.panes.left.rows)
        self.pick(places[number - 1] if number <= len(places) else None)

    def pick(self, target: str | None) -> None:
        """Choose an entry of the layer."""
        call = self._call
        kind, _, name = (target or "").partition(":")
        if call.look.where == "way":
            call.wayfaring.show(target)
        elif kind == "answer":
            call.session.revisit(name)
            call.look.planning = False
            call.ask_again()
        elif kind == "follow":
            call.start(call.session.follow_up(name))
        elif target is not None and target.startswith(WHY_NOT):
            self._show_reason(target)
        elif call.look.layer == "change" and target is not None:
            self._settle(take=target == TAKE)
        elif target == CLOSE:
            self.close()

    def submit(self, text: str) -> None:
        """What was written into a layer's field: a note of the call, or a day."""
        call = self._call
        if call.look.layer == "day":
            self._choose_day(text)
            return
        if text:
            call.session.notes.append(text)
        call.panes.entry.value = ""
        call.update_rows()

    # -- the change of an answer, and another day

    def _settle(self, *, take: bool) -> None:
        """Take the answer whose consequences are on the screen, or leave everything as it was."""
        call = self._call
        if take:
            call.session.confirm()
        else:
            call.session.decline()
        call.ask_again()
        if take:
            call.say("改好了，按 Ctrl+Z 可以撤销")

    def _choose_day(self, text: str) -> None:
        """The call goes on by the rules of the day that was typed, or of today without one."""
        call, session = self._call, self._call.session
        try:
            day = parse_day(text, session.now) if text else session.now
        except AnswerError as error:
            call.say(str(error))
            return
        call.panes.entry.value = ""
        call.look.message = ""
        session.change_day(day)
        call.ask_again()
        if session.other_day:
            self.open("day chosen")
        else:
            call.say(f"按今天（{day}）的规定")

    # -- what is not in the plan

    def _show_reason(self, target: str) -> None:
        look, left = self._call.look, self._call.panes.left
        look.layer_cursor, look.list_top = target, left.top
        look.why_not = item_of(target.removeprefix(WHY_NOT))
        left.scroll_rows(-TO_TOP)
        self._call.update_rows()

    def _show_list(self) -> None:
        """Back to the list where it was left."""
        look, left = self._call.look, self._call.panes.left
        look.why_not = None
        left.show(self._call.panes.left_rows(), top=look.list_top)
        self._call.update_rows()

    def next_reason(self, by: int) -> None:
        """The reason of the next entry of the list, or of the one before."""
        look, left = self._call.look, self._call.panes.left
        walks_way = look.where == "way"
        items = self._call.wayfaring.items() if walks_way else excluded(self._call.session.plan)
        look.why_not = _beside(items, look.why_not, by)
        look.layer_cursor = f"{'' if walks_way else WHY_NOT}{look.why_not}"
        left.scroll_rows(-TO_TOP)
        self._call.update_rows()


def _beside(items: list[Item], here: Item | None, by: int) -> Item | None:
    if here not in items:
        return here
    return items[max(0, min(items.index(here) + by, len(items) - 1))]
