"""A row of a comparison: a cell for each option, made of figures."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from banzheng_tui.procedure.model import Grade

NOT_NEEDED = "不用"
NONE = "没有"
NOTHING_TO_PAY = "没有这一项"

Kind: TypeAlias = Literal[
    "outcome", "effect", "time", "count", "fee", "warning", "step", "document", "perhaps"
]


@dataclass(frozen=True, slots=True)
class Figure:
    """Something said in a cell; of a fee also how it comes to that, and how sure the sources are."""

    text: str
    rule: str = ""
    grade: Grade = "verified"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one option has in a row."""

    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        """The cell in one line, without rules."""
        return "；".join(figure.text for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One row of the table: a cell for each option, in the options' order."""

    kind: Kind
    label: str
    cells: tuple[Cell, ...]
    level: str = ""
    """Of a warning."""

    @property
    def differs(self) -> bool:
        """Whether it makes a difference which option is chosen; the way to a figure makes none."""
        return len({tuple((f.text, f.grade) for f in cell.figures) for cell in self.cells}) > 1


def one(text: str) -> Cell:
    """A cell that says one thing."""
    return Cell((Figure(text),))
