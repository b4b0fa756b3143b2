"""The one door from data to the screen: cleaned, measured in cells, broken as Chinese is broken.

Textual and Rich break lines at spaces and then cut by cell, so a line may begin with a comma and
`……` may be torn in two (notes B1). Everything the desks draw goes through here instead. What
comes out is plain text: it is never read as markup.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, get_character_cell_size

# Closing marks: none of them may begin a line. GB/T 15834 lets — and … begin one; forbidding it
# keeps both halves of a pair together at no further cost.
NO_START: Final = frozenset("，。、；：？！）〕】》〉」』］｝〗〙〛”…‥—～％‰℃°々ー〜々,.;:?!)]}%’")
# Opening marks: none of them may end a line.
NO_END: Final = frozenset("（〔【《〈「『［｛〖〘〚“‘￥([{$¥")
# Marks that hold on to both neighbours (间隔号, 分隔号).
_GLUE: Final = frozenset("·・／")
_SPACES: Final = " \u3000"

_ESCAPES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, ...
    r"|\x1b[ -/]*[0-~]?"
)
_BREAKS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Zero-width and direction characters hide or reorder what is shown; variation selectors and the
# joiner change widths from terminal to terminal. Without them a text is as wide as its characters.
_HIDDEN: Final = (
    "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
_DROPPED: Final = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_HIDDEN}]")
_SUSPECT: Final = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_HIDDEN}]")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without control characters, escape sequences and invisible or reordering marks.

    Only newlines are kept; a tab becomes a space, every other line end a newline.
    """
    if _SUSPECT.search(text) is None:
        return text
    text = _BREAKS.sub("\n", _ESCAPES.sub("", text)).replace("\t", " ")
    return _LONE_SURROGATE.sub("?", _DROPPED.sub("", text))


def cell_width(text: str) -> int:
    """How many cells the text takes on a terminal that draws ambiguous characters narrow."""
    return cell_len(text)


# What a character is to a line break.
_HAN, _WORD, _SPACE, _CLOSE, _OPEN, _BOTH, _POINT, _PAREN = range(8)
_NEVER_FIRST: Final = frozenset((_CLOSE, _BOTH, _POINT))
_NEVER_LAST: Final = frozenset((_OPEN, _BOTH, _PAREN))


def _kind(char: str, width: int) -> int:
    if char in _SPACES:
        return _SPACE
    if char in _GLUE:
        return _BOTH
    if width == 0 or char in NO_START:
        # ASCII points and accents also hold on to the word or number that follows: 1.5, 10:30.
        return _POINT if width == 0 or char < "\x7f" or char == "’" else _CLOSE
    if char in NO_END:
        return _PAREN if char < "\x7f" else _OPEN
    if char < "\x7f":
        return _WORD
    latin = width == 1 or "０" <= char <= "ｚ"
    category = unicodedata.category(char)
    # Circled numbers (No) stand alone, as arrows and other signs do.
    return _WORD if latin and category[0] in "LN" and category != "No" else _HAN


class _Characters(dict[str, tuple[int, int]]):
    """Width and kind of each character, worked out when it is first met."""

    def __missing__(self, char: str) -> tuple[int, int]:
        width = get_character_cell_size(char)
        self[char] = value = (width, _kind(char, width))
        return value


_CHARACTERS: Final = _Characters()


def _may_break(before: int, after: int) -> bool:
    if after == _SPACE or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return after in (_HAN, _OPEN) or before not in (_WORD, _POINT)


_MAY_BREAK: Final[tuple[tuple[bool, ...], ...]] = tuple(
    tuple(_may_break(before, after) for after in range(8)) for before in range(8)
)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (2 at least); newlines are kept.

    No closing mark begins a line and no opening mark ends one, as long as the line has room for
    the marks and one character; words and numbers stay whole unless longer than a line. Spaces
    at the end of a line are dropped, nothing else is.
    """
    return list(_wrap(text, max(width, 2)))


@lru_cache(maxsize=4096)
def _wrap(text: str, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        if cell_len(paragraph) <= width:
            lines.append(paragraph.rstrip(_SPACES))
        else:
            lines.extend(_break(paragraph, width))
    return tuple(lines)


def _break(text: str, width: int) -> list[str]:
    lines: list[str] = []
    characters = _CHARACTERS
    row: tuple[bool, ...] = (False,) * 8  # nothing stands before the first character
    start = used = cut = cut_used = 0  # cut: the last place where this line may end
    for index, char in enumerate(text):
        size, kind = characters[char]
        if row[kind]:
            cut, cut_used = index, used
        used += size
        if kind != _SPACE:  # spaces may hang over the end, they are dropped there
            while used > width and index > start:
                if cut <= start:
                    cut = _force(text, start, index)
                    cut_used = used - sum(characters[c][0] for c in text[cut : index + 1])
                lines.append(text[start:cut].rstrip(_SPACES))
                start, used = cut, used - cut_used
                cut_used = 0
            row = _MAY_BREAK[kind]
        elif row is not _MAY_BREAK[_OPEN]:  # a space does not free what follows a bracket
            row = _MAY_BREAK[_SPACE]
    lines.append(text[start:].rstrip(_SPACES))
    return [line for line in lines if line]


def _force(text: str, start: int, end: int) -> int:
    """Where to cut a line that has no good place: rather inside a word than before a comma."""
    for index in range(end, start, -1):
        kind = _CHARACTERS[text[index]][1]
        if kind != _SPACE and kind not in _NEVER_FIRST:
            return index
    return end


def crop(text: str, width: int, ellipsis: str = "…") -> str:
    """The text as one line of at most `width` cells, ending in `ellipsis` if it was cut."""
    text = clean(text).replace("\n", " ")
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    if room < 0:
        room, ellipsis = width, ""
    for index, char in enumerate(text):
        room -= _CHARACTERS[char][0]
        if room < 0:
            return text[:index] + ellipsis
    return text


def pad(text: str, width: int) -> str:
    """The text as one line of exactly `width` cells: filled with spaces, or cut."""
    text = crop(text, width, "")
    return text + " " * (width - cell_len(text))
