"""Which rows each layer over the question shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from banzheng_tui.guide.items import Item
from banzheng_tui.tui.panels import lists
from banzheng_tui.tui.panels.change import change_rows, day_rows
from banzheng_tui.tui.panels.days import schedule_rows
from banzheng_tui.tui.panels.help import help_rows
from banzheng_tui.tui.panels.way import LINE, station_rows, way_rows
from banzheng_tui.tui.panels.why import excluded_rows, why_item_rows, why_question_rows
from banzheng_tui.tui.rows import Row, Writer
from banzheng_tui.tui.session import Session


@dataclass(frozen=True, slots=True)
class Background:
    """What lies below a layer: the item that why is asked of, the words on the screen."""

    item: Item | None
    words: Callable[[], str]
    names: Mapping[str, str]
    """The procedures that can be opened, by id."""
    height: int
    """How many rows the layer has on the screen."""


def layer_rows(layer: str, session: Session, below: Background, writer: Writer) -> list[Row]:
    """The rows of a layer, by its command's name."""
    match layer:
        case "answers":
            return lists.answer_rows(session, writer)
        case "way" | "schedule":
            return _way(layer, session, below.item, writer)
        case "why" | "excluded" if below.item:
            return why_item_rows(session, below.item, writer)
        case "why":
            return why_question_rows(session, writer)
        case "excluded":
            return excluded_rows(session, writer)
        case "terms":
            return lists.term_rows(session, below.words(), writer)
        case "rejections":
            return lists.rejection_rows(session, writer)
        case "follow":
            return lists.follow_up_rows(session, below.names, writer)
        case "notes":
            return lists.note_rows(session, writer)
        case "change" if session.proposal:
            return change_rows(session, session.proposal, below.height, writer)
        case "day" | "day chosen":
            return day_rows(session, below.height, writer, asking=layer == "day")
    return help_rows(writer)


def _way(layer: str, session: Session, item: Item | None, writer: Writer) -> list[Row]:
    """One of the faces of the way, or the page of one of its steps."""
    if item is not None:
        return station_rows(session, item, writer)
    return way_rows(session, writer) if layer == LINE else schedule_rows(session, writer)
