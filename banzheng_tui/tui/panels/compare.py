"""The options of a question side by side: what differs in a table, what is the same in a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from banzheng_tui.guide.aspects import NONE, NOT_NEEDED, NOTHING_TO_PAY, Aspect, Cell, Figure
from banzheng_tui.guide.compare import Comparison
from banzheng_tui.guide.compare_text import all_the_same, section_aspects
from banzheng_tui.guide.wording import ASK_OFFICE
from banzheng_tui.procedure.model import Question
from banzheng_tui.tui.panels.question import PAGE
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer
from banzheng_tui.tui.text import cell_width, pad, wrap

WAYS = "ways"
"""What a click on the names of the options means: the option whose name stands there."""
COLUMN = 16
"""No narrower column is worth reading."""
LABEL = 16
GAP = 2
_ABSENT = {NONE, NOT_NEEDED, NOTHING_TO_PAY}
_GRADES = {"verified": "", "window": "（窗口）", "local": "（各地）"}
_LEGEND = {
    "window": "（窗口）以受理窗口为准",
    "local": "（各地）因地而异",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The options that a page shows, and where their columns stand."""

    shown: range
    label: int
    column: int

    def option_at(self, place: int) -> int | None:
        """Which option's column a place on the line belongs to."""
        number = (place - self.label) // self.column if place >= self.label else -1
        return self.shown[number] if 0 <= number < len(self.shown) else None


def sheets(count: int, width: int) -> list[Sheet]:
    """So many options on pages: all at once where each gets a readable column."""
    most = max((width - LABEL) // COLUMN, 1) if width >= LABEL + 2 * COLUMN + PAGE * 4 else 1
    found = []
    for nine in range(0, count, PAGE):  # a digit means one option, so no page holds ten
        end = min(nine + PAGE, count)
        pages = -(-(end - nine) // most)
        even = -(-(end - nine) // pages)
        for first in range(nine, end, even):
            shown = range(first, min(first + even, end))
            share = width // 4 if even > 1 else width * 2 // 5
            label = max(LABEL, min(share, width - COLUMN * len(shown)))
            found.append(Sheet(shown, label, (width - label) // len(shown)))
    return found


def sheet_of(found: Sequence[Sheet], option: int) -> Sheet:
    """The page that an option is on."""
    return next(sheet for sheet in found if option in sheet.shown)


def compare_layer(
    comparison: Comparison, question: Question, here: int, writer: Writer
) -> list[Row]:
    """The table over the whole window, or the page of it that shows one option."""
    pages = sheets(len(comparison.options), writer.width)
    sheet = sheet_of(pages, here)
    rows: list[Row] = [BLANK, *writer.paragraph(question.ask, "title")]
    rows += writer.paragraph(_hint(pages, sheet, writer), "muted")
    rows.append(BLANK)
    rows += _table(comparison, sheet, here, writer)
    return rows + list(_notes(comparison, writer))


def compare_rows(comparison: Comparison, writer: Writer) -> list[Row]:
    """The table beside or under its question: in columns, or each row's options on lines.

    What the options mean stands in the question.
    """
    count = len(comparison.options)
    aspects = tuple(aspect for aspect in comparison.aspects if aspect.kind != "effect")
    comparison = replace(comparison, aspects=aspects)
    rows: list[Row] = [BLANK, writer.line(("title", "几条路对照")), BLANK]
    if writer.width >= LABEL + COLUMN * count:
        label = max(LABEL, min(writer.width // 4, writer.width - COLUMN * count))
        sheet = Sheet(range(count), label, (writer.width - label) // count)
        rows += _table(comparison, sheet, None, writer)
    else:
        rows += _stacked(comparison, writer)
    return rows + list(_notes(comparison, writer))


def _hint(pages: Sequence[Sheet], sheet: Sheet, writer: Writer) -> str:
    told = f"带 {_mark(writer)} 的行不同。数字直接选定，Esc 返回。"
    if len(pages) == 1:
        return told
    arrows = f"{writer.glyphs.left}、{writer.glyphs.arrow}"
    return f"第 {pages.index(sheet) + 1} 页，共 {len(pages)} 页，{arrows} 翻页。{told}"


def _table(comparison: Comparison, sheet: Sheet, here: int | None, writer: Writer) -> Iterator[Row]:
    yield from _head("", comparison, sheet, here, writer)
    for title, aspects in section_aspects(comparison):
        yield BLANK
        differing = [aspect for aspect in aspects if aspect.differs]
        yield writer.heading(title, f"不同 {len(differing)} 行" if differing else "")
        if differing and title != "总的看":
            yield from _head("", comparison, sheet, here, writer)
        for aspect in differing:
            yield from _row(aspect, comparison, sheet, writer)
        yield from _same(aspects, writer)


def _head(
    label: str, comparison: Comparison, sheet: Sheet, here: int | None, writer: Writer
) -> Iterator[Row]:
    """The names of the options, each with its digit where it can be chosen."""
    columns: list[list[Span]] = []
    for place in sheet.shown:
        number = f"{place % PAGE + 1} " if here is not None else ""
        role: Role = "current" if place == here else "title"
        name = number + comparison.options[place].label
        columns.append([(role, line) for line in _lines(name, sheet.column - GAP, writer)])
    target = WAYS if here is not None else None
    yield from _grid(label, columns, sheet, target)


def _row(aspect: Aspect, comparison: Comparison, sheet: Sheet, writer: Writer) -> Iterator[Row]:
    """One row that makes a difference; alone on a page it says what the others have."""
    columns = [list(_cell(aspect, place, sheet, writer)) for place in sheet.shown]
    if len(sheet.shown) == 1 and len(comparison.options) > 1:
        columns[0] += _others(aspect, sheet.shown[0], sheet, writer)
    yield from _grid(aspect.label, columns, sheet, None, writer)


def _cell(aspect: Aspect, place: int, sheet: Sheet, writer: Writer) -> Iterator[Span]:
    """The lines of a cell: figures, and under each its rule."""
    for figure in aspect.cells[place].figures:
        role = _role(aspect, figure.text)
        width = sheet.column - GAP
        told = _told(figure)
        parts = (told,) if cell_width(told) <= width else (figure.text, told[len(figure.text) :])
        yield from ((role, line) for part in parts if part for line in _lines(part, width, writer))
        if figure.rule:
            yield from (("muted", line) for line in _lines(figure.rule, width, writer))


def _told(figure: Figure) -> str:
    """A figure with its mark; what the office must be asked needs none."""
    asked = figure.text.endswith(ASK_OFFICE)
    return figure.text if asked else figure.text + _GRADES[figure.grade]


def _role(aspect: Aspect, text: str) -> Role:
    if text in _ABSENT:
        return "muted"
    if text.startswith("可能"):
        return "possible"
    irrevocable = aspect.level == "irreversible" or text == "办不了" or aspect.label == "办不了"
    return "danger" if irrevocable else "text"


def _others(aspect: Aspect, place: int, sheet: Sheet, writer: Writer) -> Iterator[Span]:
    """What the options on other pages have, as long as that is soon said."""
    mine = aspect.cells[place].text
    texts = [_short(cell) for cell in aspect.cells if cell.text != mine]
    if not texts:
        return
    lines = _lines(f"别的：{'；'.join(dict.fromkeys(texts))}", sheet.column - GAP, writer)
    if len(lines) <= 2:
        yield from (("muted", line) for line in lines)


def _short(cell: Cell) -> str:
    return "；".join(_told(figure) for figure in cell.figures)


def _grid(
    label: str,
    columns: Sequence[Sequence[Span]],
    sheet: Sheet,
    target: str | None,
    writer: Writer | None = None,
) -> Iterator[Row]:
    """A row of the table as lines: mark and label, then a column for each option."""
    mark = pad(_mark(writer), 3) if writer else ""
    heads = _lines(label, sheet.label - len(mark) - 1, writer) if writer else [""]
    for number in range(max(len(heads), *(len(column) for column in columns))):
        spans: list[Span] = []
        if mark:
            spans.append(("next", mark if number == 0 else "   "))
        head = heads[number] if number < len(heads) else ""
        spans.append(("text", pad(head, sheet.label - len(mark))))
        for column in columns:
            role, text = column[number] if number < len(column) else ("text", "")
            spans.append((role, text + " " * (sheet.column - cell_width(text))))
        yield Row(tuple(spans), target)


def _mark(writer: Writer) -> str:
    """Before a row that differs."""
    return "<>" if writer.glyphs.plain else "≠"


def _lines(text: str, width: int, writer: Writer) -> list[str]:
    return [line for line in wrap(writer.glyphs.translate(text), width) if line] or [""]


def _same(aspects: Sequence[Aspect], writer: Writer) -> Iterator[Row]:
    said = all_the_same(aspects)
    if said:
        yield from writer.paragraph(said, "muted", hang=8)


def _stacked(comparison: Comparison, writer: Writer) -> Iterator[Row]:
    """Where columns would be too narrow: each row's options below one another."""
    for title, aspects in section_aspects(comparison):
        differing = [aspect for aspect in aspects if aspect.differs]
        yield writer.heading(title, f"不同 {len(differing)} 行" if differing else "")
        for aspect in differing:
            yield from writer.paragraph(aspect.label, first=[("next", f"{_mark(writer)} ")])
            yield from _listed(aspect, comparison, writer)
        yield from _same(aspects, writer)
        yield BLANK


def _inset(cells: int) -> Span:
    return "text", " " * cells


def _listed(aspect: Aspect, comparison: Comparison, writer: Writer) -> Iterator[Row]:
    """Who has what; options that have the same stand together."""
    found: dict[Cell, list[str]] = {}
    for option, cell in zip(comparison.options, aspect.cells, strict=True):
        found.setdefault(cell, []).append(option.label)
    for cell, labels in found.items():
        names = "、".join(labels)
        lead: list[Span] = [_inset(4), ("key", f"{names}  ")]
        if cell_width(names) > writer.width // 2:
            yield from writer.paragraph(names, "key", first=[_inset(4)])
            lead = [_inset(6)]
        for figure in cell.figures:
            yield from writer.paragraph(
                _told(figure), _role(aspect, figure.text), first=lead, hang=6
            )
            lead = [_inset(6)]
            if figure.rule:
                yield from writer.paragraph(figure.rule, "muted", first=[_inset(6)])


def _notes(comparison: Comparison, writer: Writer) -> Iterator[Row]:
    """How the fees are founded, what the marks mean, and that nobody chooses for the caller."""
    if comparison.grounds:
        yield BLANK
        yield writer.heading("费用的依据")
        for ground in comparison.grounds:
            yield from writer.paragraph(ground, "muted", hang=2)
    yield BLANK
    grades = {f.grade for a in comparison.aspects for cell in a.cells for f in cell.figures}
    legend = "，".join(text for grade, text in _LEGEND.items() if grade in grades)
    told = f"{legend}。" if legend else ""
    yield from writer.paragraph(f"{told}这里只摆在一起比，不替来电人选。", "muted")
