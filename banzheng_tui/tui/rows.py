"""Rows of text with roles: what panels give and line widgets draw.

A role is the name of a component class (``styles/lines.tcss``); the colours live there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias, overload

from banzheng_tui.tui.glyphs import Glyphs
from banzheng_tui.tui.text import cell_width, clean, crop, wrap

Role: TypeAlias = Literal[
    "text", "muted", "title", "current", "next", "done", "possible", "danger", "key", "term"
]
Span: TypeAlias = tuple[Role, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a pane; ``target`` names what a click or the cursor on it means."""

    spans: tuple[Span, ...] = ()
    target: str | None = None
    selected: bool = False

    @property
    def text(self) -> str:
        """The line without its roles."""
        return "".join(text for _, text in self.spans)


BLANK = Row()


def term_pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the words, longer ones first; None without words."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))) if longest else None


class LazyRows(Sequence[Row]):
    """Rows that are written when they are looked at: most of a plan stands below the pane's edge.

    None of them is selected.
    """

    def __init__(self, rows: Iterator[Row]) -> None:
        self._more = rows
        self._written: list[Row] = []

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return list(self)[index]
        if index < 0:
            index += len(self)
        while index >= len(self._written):
            row = next(self._more, None)
            if row is None:
                raise IndexError(index)
            self._written.append(row)
        return self._written[index]

    def __len__(self) -> int:
        self._written.extend(self._more)
        return len(self._written)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes rows for a pane of a width, with a set of glyphs and the terms to mark."""

    width: int
    glyphs: Glyphs
    terms: re.Pattern[str] | None = None
    """What the catalog explains, as one pattern (``term_pattern``)."""

    def paragraph(
        self,
        text: str,
        role: Role = "text",
        *,
        first: Sequence[Span] = (),
        hang: int | None = None,
        target: str | None = None,
    ) -> tuple[Row, ...]:
        """The text wrapped; ``first`` stands before its first line, later lines hang below.

        ``hang``: cells that later lines are set in by; as wide as ``first`` when not given.
        """
        return _paragraph(self, text, role, tuple(first), hang, target)

    def _paragraph(
        self, text: str, role: Role, first: tuple[Span, ...], hang: int | None, target: str | None
    ) -> Iterator[Row]:
        lead = tuple((r, self.short(t)) for r, t in first)
        lead_width = sum(cell_width(t) for _, t in lead)
        inset = lead_width if hang is None else hang
        for number, line in enumerate(self._wrapped(text, lead_width, inset)):
            before = lead if number == 0 else (("text", " " * inset),) if inset else ()
            yield Row((*before, *self._marked(line, role)), target)

    def short(self, text: str) -> str:
        """Words beside others on one line, as the glyphs can show them."""
        return clean(self.glyphs.translate(text)).replace("\n", " ")

    def _wrapped(self, text: str, lead: int, inset: int) -> list[str]:
        """The first line leaves room for the lead, the others for the inset."""
        text = clean(self.glyphs.translate(text))
        lines = wrap(text, max(self.width - lead, 4)) or [""]
        if len(lines) == 1 or lead == inset:
            return lines
        end = text.index(lines[0]) + len(lines[0])  # spaces before it may have been dropped
        rest = text[end:].lstrip(" \u3000")
        return [lines[0], *wrap(rest, max(self.width - inset, 4))]

    def _marked(self, line: str, role: Role) -> Iterator[Span]:
        """The line with the words that the catalog explains set apart."""
        place = 0
        for found in self.terms.finditer(line) if self.terms else ():
            if found.start() > place:
                yield role, line[place : found.start()]
            yield "term", found[0]
            place = found.end()
        if place < len(line):
            yield role, line[place:]

    def line(self, *spans: Span, target: str | None = None) -> Row:
        """One line, cut at the pane's edge."""
        room = self.width
        kept: list[Span] = []
        for role, text in spans:
            shown = crop(self.glyphs.translate(text), room, self.glyphs.ellipsis)
            kept.append((role, shown))
            room -= cell_width(shown)
            if room <= 0:
                break
        return Row(tuple(kept), target)

    def heading(self, text: str, aside: str = "") -> Row:
        """A section's name, a word beside it, and a rule to the edge."""
        spans: list[Span] = [("title", text)]
        if aside:
            spans.append(("muted", f" {aside}"))
        used = sum(cell_width(self.glyphs.translate(t)) for _, t in spans)
        if self.width - used > 3:
            spans.append(("muted", " " + self.glyphs.horizontal * (self.width - used - 1)))
        return self.line(*spans)

    def spread(self, left: Sequence[Span], right: Sequence[Span]) -> Row:
        """One line with something at either edge; the left gives way."""
        tail = [(role, self.short(text)) for role, text in right]
        room = self.width - sum(cell_width(text) for _, text in tail) - 1
        head = replace(self, width=max(room, 0)).line(*left).spans
        gap = self.width - sum(cell_width(t) for _, t in (*head, *tail))
        return Row((*head, ("text", " " * max(gap, 1)), *tail))


@lru_cache(maxsize=4096)
def _paragraph(  # noqa: PLR0913, PLR0917 - what the cache goes by
    writer: Writer,
    text: str,
    role: Role,
    first: tuple[Span, ...],
    hang: int | None,
    target: str | None,
) -> tuple[Row, ...]:
    """Most of a plan says after an answer what it said before."""
    return tuple(writer._paragraph(text, role, first, hang, target))


def plain(text: str, role: Role = "text") -> Row:
    """One short line."""
    return Row(((role, clean(text)),))


def select(rows: Sequence[Row], target: str | None) -> Sequence[Row]:
    """The rows with those of the target under the cursor."""
    if target is None:
        return rows
    return [replace(row, selected=True) if row.target == target else row for row in rows]


def targets(rows: Iterable[Row]) -> list[str]:
    """Everything that the cursor can stand on, in order."""
    return list(dict.fromkeys(row.target for row in rows if row.target is not None))
