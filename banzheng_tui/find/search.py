"""From a caller's words to procedures, by the pairs of characters that they share.

Names, official names, aliases and phrases are compared; exact before the beginning of a text,
that before a part of it, and that before a mere likeness. Punctuation, spaces, case and width
do not count. Nothing is given where nothing fits.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from banzheng_tui.procedure.outline import Outline

LEAST = 0.3
"""Below this score a text only happens to share some characters."""

_COMMON = frozenset(
    "的了吗呢啊吧呀嘛么怎什哪谁要想我你您他她它们咱这那个是有在到去来给把和跟就也都还不没"
    "能可以会该请问一下做办理上哦啦得着多少为何如几时候人"
)
_COMMON_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure that fits: how well, by which of its texts, and which characters of that."""

    outline: Outline
    score: float
    matched: str
    spans: tuple[tuple[int, int], ...]


def search(outlines: Sequence[Outline], words: str, limit: int = 10) -> list[Hit]:
    """The procedures that fit the words, best first; none where nothing fits."""
    query = _Plain.of(words)
    if not query.text:
        return []
    index = _index(tuple(outlines))
    asked = _Asked(query, index)
    hits = [hit for item in index.items if (hit := _best(item, asked))]
    return sorted(hits, key=lambda hit: -hit.score)[: max(0, limit)]


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text with only what counts in it, and where each character came from."""

    original: str
    text: str
    places: tuple[int, ...]
    pairs: frozenset[str]

    @classmethod
    def of(cls, original: str) -> "_Plain":
        kept: list[str] = []
        places: list[int] = []
        for place, character in enumerate(original):
            for plain in normalize("NFKC", character).casefold():
                if plain.isalnum():
                    kept.append(plain)
                    places.append(place)
        text = "".join(kept)
        return cls(original, text, tuple(places), frozenset(_pairs(text)))

    def spans(self, marks: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Ranges of the original for positions of the plain text."""
        found: list[tuple[int, int]] = []
        for place in sorted({self.places[mark] for mark in marks}):
            if found and found[-1][1] == place:
                found[-1] = (found[-1][0], place + 1)
            else:
                found.append((place, place + 1))
        return tuple(found)


def _pairs(text: str) -> Iterator[str]:
    return (text[start : start + 2] for start in range(len(text) - 1))


@dataclass(frozen=True, slots=True)
class _Item:
    outline: Outline
    texts: tuple[tuple[_Plain, float], ...]
    """Each text with the weight of all its pairs."""


class _Index:
    """All texts made ready; pairs of characters that many procedures have weigh less."""

    def __init__(self, outlines: tuple[Outline, ...]) -> None:
        texts = [_texts(outline) for outline in outlines]
        self._spread: Counter[str] = Counter()
        for group in texts:
            self._spread.update(frozenset().union(*(text.pairs for text in group)))
        self.items = tuple(
            _Item(outline, tuple((text, self.weight(text.pairs)) for text in group))
            for outline, group in zip(outlines, texts, strict=True)
        )

    def weight(self, pairs: Iterable[str]) -> float:
        """How much the pairs tell together."""
        return sum(map(self._pair, pairs))

    def _pair(self, pair: str) -> float:
        common = (pair[0] in _COMMON) + (pair[1] in _COMMON)
        return _COMMON_WEIGHT**common / (1 + max(0, self._spread[pair] - 1) / 4)


class _Asked:
    """What is searched for, weighed once."""

    def __init__(self, query: _Plain, index: _Index) -> None:
        self.query = query
        self.text = query.text
        self.pairs = query.pairs
        self.characters = frozenset(query.text)
        self.everyday = self.characters <= _COMMON
        self.index = index
        self.weight = index.weight(query.pairs)


@lru_cache(maxsize=4)
def _index(outlines: tuple[Outline, ...]) -> _Index:
    return _Index(outlines)


def _texts(outline: Outline) -> tuple[_Plain, ...]:
    written = (outline.name, outline.official, *outline.aliases, *outline.phrases, outline.id)
    plain = (_Plain.of(text) for text in dict.fromkeys(written))
    return tuple(text for text in plain if text.text)


def _best(item: _Item, asked: _Asked) -> Hit | None:
    """The text of a procedure that fits best; the first of several equally good."""
    top, chosen = 0.0, None
    for text, weight in item.texts:
        score = _score(text, weight, asked)
        if score > top:
            top, chosen = score, text
    if chosen is None or top < LEAST:
        return None
    spans = chosen.spans(_marks(chosen, asked.query))
    return Hit(item.outline, round(top, 4), chosen.original, spans)


def _score(text: _Plain, weight: float, asked: _Asked) -> float:
    """How well a text fits, from 0 to 1."""
    shorter, longer = sorted((len(text.text), len(asked.text)))
    share = shorter / longer
    if asked.text == text.text:
        return 1.0
    if text.text.startswith(asked.text):
        return 0.9 + 0.09 * share
    if asked.everyday:  # 怎么办 stands somewhere in every third phrase
        return 0.0
    if asked.text in text.text:
        return 0.75 + 0.14 * share
    if shorter >= 2 and text.text in asked.text:
        return 0.65 + 0.14 * share
    return 0.64 * max(_likeness(text, weight, asked), _same_characters(text, asked))


def _likeness(text: _Plain, weight: float, asked: _Asked) -> float:
    """The weight of the pairs that two texts share, of all that they have."""
    shared = text.pairs & asked.pairs
    return 2 * asked.index.weight(shared) / (weight + asked.weight) if shared else 0.0


def _same_characters(text: _Plain, asked: _Asked) -> float:
    """For a few characters in another order (户口上 for 上户口): all of them must be there."""
    own, wanted = len(text.text), len(asked.text)
    if not 2 <= wanted <= 4 or own > 6 or not asked.characters.issubset(text.text):
        return 0.0
    return 2 * wanted / (wanted + own)


def _marks(text: _Plain, query: _Plain) -> list[int]:
    """The positions in the plain text that the query shares with it."""
    if query.text in text.text:
        start = text.text.index(query.text)
        return list(range(start, start + len(query.text)))
    if text.text in query.text:
        return list(range(len(text.text)))
    pairs = text.pairs & query.pairs
    starts = [at for at, pair in enumerate(_pairs(text.text)) if pair in pairs]
    if starts:
        return [mark for at in starts for mark in (at, at + 1)]
    return [at for at, character in enumerate(text.text) if character in query.text]
