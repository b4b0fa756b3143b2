"""A comparison as plain lines: whole sentences, one option after the other in each of them."""

from collections.abc import Iterable, Iterator

from banzheng_tui.guide.aspects import Aspect, Cell, Figure
from banzheng_tui.guide.compare import Comparison
from banzheng_tui.guide.wording import GRADE

SECTIONS = {
    "总的看": ("outcome", "effect", "time", "count"),
    "费用": ("fee",),
    "提醒": ("warning",),
    "步骤": ("step",),
    "材料": ("document",),
    "看情况还可能": ("perhaps",),
}
"""The parts of a comparison, and which aspects stand in each."""

ITEMS = ("warning", "step", "document", "perhaps")
"""Aspects whose label is what one does, brings or hears, and whose cells say whether."""


def section_aspects(comparison: Comparison) -> Iterator[tuple[str, list[Aspect]]]:
    """The parts that have something in them, in the order one reads them."""
    for title, kinds in SECTIONS.items():
        aspects = [aspect for aspect in comparison.aspects if aspect.kind in kinds]
        if aspects:
            yield title, aspects


def all_the_same(aspects: Iterable[Aspect]) -> str:
    """「都一样：一定要交申请书、身份证；可能要委托书」: where no option differs, in one sentence."""
    said: list[str] = []
    items: dict[str, list[str]] = {}
    for aspect in aspects:
        if aspect.differs:
            continue
        text = cell_text(aspect.cells[0])
        if aspect.kind in ITEMS:
            items.setdefault(text.split(" ")[0], []).append(aspect.label.rstrip("。"))
        else:
            said.append(f"{aspect.label} {text}")
    for standing, labels in items.items():
        between = "；" if any("，" in label for label in labels) else "、"
        said.append(f"{standing} {between.join(labels)}")
    return f"都一样：{'；'.join(said)}。" if said else ""


def cell_text(cell: Cell) -> str:
    """A cell in one line, each figure with how sure it is."""
    return "；".join(_figure(figure) for figure in cell.figures)


def _figure(figure: Figure) -> str:
    grade = GRADE[figure.grade]
    return f"{figure.text}（{grade}）" if grade else figure.text


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """The whole comparison, numbers first."""
    yield "几项对照"
    yield from (f"{n} {option.label}" for n, option in enumerate(comparison.options, 1))
    if not any(aspect.differs for aspect in comparison.aspects):
        yield "选哪一项都一样。"
    for title, aspects in section_aspects(comparison):
        yield from ("", title)
        for aspect in aspects:
            if aspect.differs:
                yield from _differing(aspect, comparison)
        yield from filter(None, (all_the_same(aspects),))
    if comparison.grounds:
        yield from ("", "费用的依据", *comparison.grounds)


def _differing(aspect: Aspect, comparison: Comparison) -> Iterator[str]:
    yield f"不同，{aspect.label}"
    for option, cell in zip(comparison.options, aspect.cells, strict=True):
        rules = dict.fromkeys(figure.rule for figure in cell.figures if figure.rule)
        rule = f"。算法：{'；'.join(rules)}" if rules else ""
        yield f"{option.label}：{cell_text(cell)}{rule}"
