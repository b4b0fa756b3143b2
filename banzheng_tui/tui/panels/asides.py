"""Small facts beside or below a line of the plan, and how many more lines there are."""

from collections.abc import Iterator

from banzheng_tui.tui.rows import Row, Writer
from banzheng_tui.tui.text import cell_width


def with_aside(
    rows: list[Row], aside: str, writer: Writer, target: str, inset: str = "  "
) -> Iterator[Row]:
    """The aside behind the last row where it fits, below it otherwise."""
    last = rows[-1]
    aside = writer.short(aside)
    if cell_width(last.text) + cell_width(aside) + 2 <= writer.width:
        yield from rows[:-1]
        yield Row((*last.spans, ("muted", "  " + aside)), target)
    else:
        yield from rows
        yield from writer.paragraph(aside, "muted", first=[("text", inset)], target=target)


def more_rows(writer: Writer, count: int, most: int | None, what: str) -> Iterator[Row]:
    """Of what later answers decide: how many are not shown."""
    if most is not None and count > most:
        words = f"  另有 {count - most} {what}，看后面怎么答；按 p 看全部"
        yield writer.line(("muted", words))
