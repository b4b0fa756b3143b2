"""The layers that a key opens over the question: answers, plain words, rejections, more."""

from collections.abc import Iterator, Mapping

from banzheng_tui.guide.wording import (
    GRADE,
    UNSURE,
    answer_text,
)
from banzheng_tui.procedure.catalog import Term
from banzheng_tui.procedure.model import Rejection
from banzheng_tui.tui.panels.question import digit
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer
from banzheng_tui.tui.session import Session


def answer_rows(session: Session, writer: Writer) -> list[Row]:
    """Every answer so far, to be changed."""
    rows = [BLANK, writer.line(("title", "改哪一个回答？"))]
    if not session.answered:
        return [*rows, *writer.paragraph("还没有回答。按 Esc 回到问题。", "muted")]
    for number, fact in enumerate(session.answered, start=1):
        question = session.rules.questions[fact]
        answer = session.situation.answers.get(fact)
        said = UNSURE if answer is None else answer_text(question, answer)
        counts = session.in_play(fact)
        aside = "" if counts else "（先留着，现在不算）"
        first: list[Span] = [digit(number), ("muted", f"{question.name}  ")]
        role: Role = "text" if counts else "muted"
        rows += writer.paragraph(
            said + aside,
            role,
            first=first,
            hang=5,
            target=f"answer:{fact}",
        )
    rows.append(BLANK)
    rows += writer.paragraph("选一个重新答，后面答过的都留着。", "muted")
    return rows


def terms_in(text: str, terms: dict[str, Term]) -> list[Term]:
    """The catalog's terms that a text uses, in the order they come up."""
    found = []
    for term in terms.values():
        places = [text.find(word) for word in term.words if word in text]
        if places:
            found.append((min(places), term))
    return [term for _, term in sorted(found, key=lambda pair: pair[0])]


def term_rows(session: Session, shown: str, writer: Writer) -> list[Row]:
    """The terms that are on the screen, in plain words."""
    rows = [BLANK, writer.line(("title", "用大白话说")), BLANK]
    found = terms_in(shown, session.rules.catalog.terms)
    if not found:
        return [*rows, *writer.paragraph("这里没有要解释的词。", "muted")]
    for term in found:
        rows += writer.paragraph(
            term.plain, first=[("term", term.words[0]), ("text", "  ")], hang=2
        )
        rows.append(BLANK)
    return rows


def rejection_rows(session: Session, writer: Writer) -> list[Row]:
    """被退件了: why an application comes back at each step, and what to mend."""
    rows = [BLANK, writer.line(("title", "被退件了，常见的原因和补法")), BLANK]
    found = list(_rejections(session))
    if not found:
        return [*rows, *writer.paragraph("这个方案还没有记下退件的原因。", "muted")]
    title = ""
    for step_title, rejection in found:
        if step_title != title:
            rows += writer.paragraph(step_title, "current")
            title = step_title
        grade = f"（{GRADE[rejection.grade]}）" if GRADE[rejection.grade] else ""
        bullet = f"  {writer.glyphs.bullet} "
        rows += writer.paragraph(rejection.text + grade, first=[("muted", bullet)])
        rows += writer.paragraph(rejection.mend, "done", first=[("key", "    怎么补  ")], hang=4)
    return rows


def _rejections(session: Session) -> Iterator[tuple[str, Rejection]]:
    """Those of the steps in the plan, the current step's first."""
    steps = sorted(session.plan.steps, key=lambda step: step.state != "current")
    for step in steps:
        for rejection in session.rules.rejections:
            if rejection.step == step.id and session.plan.standings.holds(rejection.when):
                yield step.entry.title, rejection


def follow_up_rows(session: Session, names: Mapping[str, str], writer: Writer) -> list[Row]:
    """What usually comes next; shared answers are kept."""
    rows = [BLANK, writer.line(("title", "接着办什么？")), BLANK]
    following = [item for item in session.rules.procedure.head.follow_up if item in names]
    if not following:
        return [*rows, *writer.paragraph("这个事项后面没有要接着办的。", "muted")]
    for number, item in enumerate(following, start=1):
        rows += writer.paragraph(names[item], first=[digit(number)], target=f"follow:{item}")
    rows.append(BLANK)
    rows += writer.paragraph("两边都问的，答过就不用再问；手里的材料也带过去。", "muted")
    return rows


def note_rows(session: Session, writer: Writer) -> list[Row]:
    """Notes of the call."""
    rows = [BLANK, writer.line(("title", "通话记录")), BLANK]
    for number, note in enumerate(session.notes, start=1):
        rows += writer.paragraph(note, first=[("muted", f"{number:3}  ")])
    if not session.notes:
        rows += writer.paragraph(
            "还没有记。在下面写，按回车记下；不要写姓名、电话和证件号。", "muted"
        )
    return rows
