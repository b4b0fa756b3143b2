"""Chinese on the screen: no mark at a line's start, no character that tears a row."""

from __future__ import annotations

import random
import unicodedata
from decimal import Decimal

import pytest
from support.desk import BUNDLED, NARROW, SIZES, TODAY, WIDE, answer_night_stall, open_desk

from banzheng_tui.guide.compare import comparable, compared
from banzheng_tui.guide.items import all_items
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.procedure.library import load_library
from banzheng_tui.tui.glyphs import FULL, PLAIN, Glyphs
from banzheng_tui.tui.panels import lists
from banzheng_tui.tui.panels.compare import compare_layer, compare_rows
from banzheng_tui.tui.panels.fold import fold_rows
from banzheng_tui.tui.panels.help import help_rows
from banzheng_tui.tui.panels.now import now_rows
from banzheng_tui.tui.panels.plan import plan_rows
from banzheng_tui.tui.panels.question import options, question_rows
from banzheng_tui.tui.panels.why import excluded_rows, why_item_rows, why_question_rows
from banzheng_tui.tui.rows import Row, Writer, targets, term_pattern
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.text import NO_START, cell_width

BOOK = RuleBook(load_library([BUNDLED]))
TERMS = term_pattern(w for term in BOOK.library.catalog.terms.values() for w in term.words)
NAMES = {p.id: p.head.name for p in BOOK.library.procedures.values()}
WIDTHS = (47, 49, 77, 78)
"""What the panes of both sizes give their rows, with and without a scrolled neighbour."""


def starts_badly(line: str) -> bool:
    """Whether a line begins with a mark that may not begin one; the key `?` may."""
    words = line.lstrip()
    return words[:1] in NO_START and not words.startswith("? ")


def walk(procedure: str, seed: int) -> Session:
    """A call of random answers, to its end or somewhere before it."""
    dice = random.Random(f"{procedure}{seed}")
    session = Session(BOOK, procedure, TODAY)
    for _ in range(dice.randrange(25)):
        question = session.question
        if question is None:
            break
        if question.unsure and dice.random() < 0.2:
            session.mark_unsure()
        elif question.kind in ("number", "money"):
            session.answer(Decimal(dice.choice([50, 89, 120, 1_200_000])))
        elif question.kind == "date":
            session.answer(TODAY)
        else:
            chosen = dice.choice(options(question))[0]
            if question.kind == "choices":
                session.answer(frozenset({chosen}))
            else:
                session.answer(chosen == "yes" if question.kind == "yesno" else chosen)
        if dice.random() < 0.1:
            session.next_mood()
    if session.plan.steps and dice.random() < 0.5:
        session.toggle_line(f"step:{session.plan.steps[0].id}")
    return session


def everything(session: Session, writer: Writer) -> list[Row]:
    """The rows of every panel that can stand on the screen."""
    plan = session.plan
    rows = [*plan_rows(plan, writer), *plan_rows(plan, writer, brief=True)]
    question = session.question
    if question is not None:
        rows += question_rows(session, question, writer, None, frozenset())
        if question.decision:
            rows += compare_rows(compared(session.ways(question.id)), writer)
    for item in all_items(session.rules):
        rows += why_item_rows(session, item, writer)
    rows += excluded_rows(session, writer)
    rows += now_rows(session, writer)
    rows += why_question_rows(session, writer)
    rows += lists.rejection_rows(session, writer)
    rows += lists.answer_rows(session, writer)
    rows += lists.follow_up_rows(session, NAMES, writer)
    rows += lists.term_rows(session, "".join(row.text for row in rows), writer)
    rows += help_rows(writer)
    rows += fold_rows(plan, writer)
    return rows


@pytest.mark.parametrize("procedure", sorted(NAMES))
@pytest.mark.parametrize("glyphs", [FULL, PLAIN], ids=["full", "plain"])
def test_every_row_of_every_panel(procedure: str, glyphs: Glyphs) -> None:
    for seed in range(6):
        session = walk(procedure, seed)
        for item in all_items(session.rules)[seed::6]:
            session.ahead.refine(item)
        for width in WIDTHS:
            for row in everything(session, Writer(width, glyphs, TERMS)):
                assert cell_width(row.text) <= width, (width, row.text)
                assert not starts_badly(row.text), (width, row.text)
                assert "\n" not in row.text
                if glyphs is PLAIN:
                    torn = {c for c in row.text if unicodedata.east_asian_width(c) == "A"}
                    assert not torn, (torn, row.text)


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize("glyphs", ["full", "plain"])
async def test_whole_screens(size: tuple[int, int], glyphs: str) -> None:
    async with open_desk(procedure="night-stall", size=size, glyphs=glyphs) as desk:  # type: ignore[arg-type]
        screens = []
        for keys in ((), ("p",), ("p", "question_mark"), ("escape", "e"), ("escape", "w"),
                     ("escape", "b"), ("escape", "r"), ("escape", "f"), ("escape", "n"),
                     ("escape", "x"), ("enter",)):  # fmt: skip
            await desk.press(*keys)
            screens.append(desk.lines)
        await desk.press("escape")
        await answer_night_stall(desk)
        screens.append(desk.lines)
        await desk.press("p", "pagedown", "pagedown")
        screens.append(desk.lines)
        await desk.press("q", "q")
        screens.append(desk.lines)
    for lines in screens:
        for line in lines:
            assert cell_width(line) <= size[0]
            assert not starts_badly(line), line
            if glyphs == "plain":
                assert not {c for c in line if unicodedata.east_asian_width(c) == "A"}, line


async def test_wide_and_narrow_name_the_same_papers() -> None:
    found = []
    for size in (WIDE, NARROW):
        async with open_desk(procedure="night-stall", size=size) as desk:
            await answer_night_stall(desk)
            await desk.press("p")
            found.append([t for t in targets(desk.pane("plan").rows) if t.startswith("document")])
    assert found[0] == found[1]


@pytest.mark.parametrize("procedure", sorted(NAMES))
@pytest.mark.parametrize("glyphs", [FULL, PLAIN], ids=["full", "plain"])
def test_every_row_of_the_options_side_by_side(procedure: str, glyphs: Glyphs) -> None:
    session = walk(procedure, 3)
    questions = [question for question in session.rules.questions.values() if comparable(question)]
    assert questions
    for question in questions[::4]:
        found = compared(session.ways(question.id))
        for width in (*WIDTHS, 97, 117):
            writer = Writer(width, glyphs, TERMS)
            last = len(found.options) - 1
            for row in (
                *compare_rows(found, writer),
                *compare_layer(found, question, 0, writer),
                *compare_layer(found, question, last, writer),
            ):
                assert cell_width(row.text) <= width, (width, row.text)
                assert not starts_badly(row.text), (width, row.text)
                if glyphs is PLAIN:
                    torn = {c for c in row.text if unicodedata.east_asian_width(c) == "A"}
                    assert not torn, (torn, row.text)
