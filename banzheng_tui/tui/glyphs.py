"""The marks the desks draw with: a full set, and a plain one for terminals that tear it.

Some terminals draw the characters that Unicode calls ambiguous two cells wide, Rich counts one
(notes B1, rich#4199): every row that holds one is then torn. The plain set has none of them, and
`translate` takes them out of data texts.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final


class _PlainTable(dict[int, str]):
    """Code points and what stands for them, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = char if unicodedata.east_asian_width(char) != "A" else self._decompose(char)
        self[code] = plain
        return plain

    def _decompose(self, char: str) -> str:
        """`é` as e, `Ⅳ` as IV; what has no plain spelling becomes a question mark."""
        parts = unicodedata.normalize("NFKD", char)
        kept = "".join(self[ord(part)] for part in parts if part != char)
        return kept or ("" if unicodedata.combining(char) else "?")


_PLAIN_TEXT: Final = {
    "“": "「", "”": "」", "‘": "『", "’": "』", "…": "...", "‥": "..", "—": "-", "–": "-", "―": "-",
    "·": "-", "•": "-", "※": "*", "★": "*", "☆": "*", "→": "->", "←": "<-", "↑": "^", "↓": "v",
    "⇒": "=>", "▶": ">", "●": "*", "○": "o", "◎": "o", "■": "*", "□": "o", "◆": "*", "◇": "o",
    "▲": "^", "△": "^", "▼": "v", "▽": "v", "×": "x", "÷": "/", "±": "+/-", "√": "v",
    "≤": "<=", "≥": ">=", "≈": "~", "≠": "!=", "∞": "无穷", "§": "第", "°": "度", "℃": "C",
    "№": "No.", "‰": "/1000", "′": "'", "″": '"', "─": "-", "━": "-", "│": "|", "┃": "|",
}  # fmt: skip
for _number in range(20):
    _PLAIN_TEXT[chr(0x2460 + _number)] = _PLAIN_TEXT[chr(0x2474 + _number)] = f"({_number + 1})"
_PLAIN_TABLE: Final = _PlainTable((ord(char), plain) for char, plain in _PLAIN_TEXT.items())


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """One set of marks. None of them says anything that a word beside it does not say."""

    name: str
    current: str
    """Before the current step."""
    next: str
    """Before the step that comes after it."""
    done: str
    """Before a step that is done."""
    possible: str
    """Before what may be needed or not."""
    warning: str
    unchecked: str
    checked: str
    undecided: str
    """A box for a paper that may be needed."""
    pointer: str
    """Before the highlighted line of a list."""
    bullet: str
    vertical: str
    horizontal: str
    crumb: str
    """Between the parts of a way: answers given, papers to steps."""
    dot: str
    """Between small facts in one line."""
    arrow: str
    left: str
    up: str
    """More above."""
    down: str
    """More below."""
    enter: str
    ellipsis: str
    station: str
    """Before a step on the way that is neither done nor near."""
    branch: str
    """Where a side line leaves the main line."""
    dashed: str
    """The main line where it is not certain."""
    bar: str
    """A day that a step takes as promised."""
    by_law: str
    """A day more that the law gives it."""
    closed: str
    """A day on which offices are closed."""

    @property
    def plain(self) -> bool:
        """Whether this is the set without ambiguous characters."""
        return self is PLAIN

    def translate(self, text: str) -> str:
        """Data text as this set can show it."""
        return text.translate(_PLAIN_TABLE) if self is PLAIN else text


FULL: Final = Glyphs(
    name="full",
    current="▸",
    next="›",
    done="✓",
    possible="◇",
    warning="▲",
    unchecked="☐",
    checked="☑",
    undecided="◇",
    pointer="▌",
    bullet="•",
    vertical="│",
    horizontal="─",
    crumb="›",
    dot="·",
    arrow="→",
    left="←",
    up="↑",
    down="↓",
    enter="⏎",
    ellipsis="…",
    station="○",
    branch="├",
    dashed="┆",
    bar="█",
    by_law="▒",
    closed="░",
)

PLAIN: Final = Glyphs(
    name="plain",
    current=">",
    next="+",
    done="v",
    possible="?",
    warning="!",
    unchecked="[ ]",
    checked="[x]",
    undecided="[?]",
    pointer=">",
    bullet="-",
    vertical="|",
    horizontal="-",
    crumb=">",
    dot="-",
    arrow="->",
    left="<-",
    up="^",
    down="v",
    enter="Enter",
    ellipsis="..",
    station="o",
    branch="+",
    dashed=":",
    bar="#",
    by_law="=",
    closed=".",
)


def glyphs_named(name: str) -> Glyphs:
    """The set that the preflight chose: "full" or "plain"."""
    return {FULL.name: FULL, PLAIN.name: PLAIN}[name]
