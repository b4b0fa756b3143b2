"""The layers that a key opens over the question: answers, why, plain words, rejections, more."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from banzheng_tui.guide.evaluation import Evaluation
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.wording import (
    GRADE,
    UNSURE,
    answer_text,
    because,
    citations_text,
    document_name,
    undecided_text,
)
from banzheng_tui.procedure.catalog import Term
from banzheng_tui.procedure.condition import AnyOf, Condition
from banzheng_tui.procedure.model import Graded, Rejection
from banzheng_tui.tui.rows import BLANK, Row, Writer
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
        first = [("key", f"{number:3}  "), ("muted", f"{question.name}  ")]
        role = "text" if counts else "muted"
        rows += writer.paragraph(
            said + aside,
            role,  # type: ignore[arg-type]
            first=first,  # type: ignore[arg-type]
            hang=5,
            target=f"answer:{fact}",
        )
    rows.append(BLANK)
    rows += writer.paragraph("选一个重新答，后面答过的都留着。", "muted")
    return rows


def why_question_rows(session: Session, writer: Writer) -> list[Row]:
    """Why the question on the screen is asked."""
    question = session.question
    rows = [BLANK]
    if question is None:
        return [*rows, *writer.paragraph("现在没有要问的了。", "muted")]
    rows += writer.paragraph(question.ask, "title")
    rows.append(BLANK)
    rows += writer.paragraph(question.why or "不同的回答，要办的步骤和材料不同。")
    at = Evaluation(session.rules, session.situation.answers)
    reason = because(question.when, (), session.rules, at)
    if reason:
        rows += writer.paragraph(reason, "muted", first=[("key", "问到这一题  ")])
    if question.unsure:
        rows += writer.paragraph(question.unsure, "muted", first=[("key", "弄不清时  ")])
    return rows


def why_item_rows(session: Session, target: str, writer: Writer) -> list[Row]:
    """Why a line of the plan is there: the answers and the article."""
    found = _item(session.plan, target)
    if found is None:
        return why_question_rows(session, writer)
    title, entries, condition, undecided = found
    at = Evaluation(session.rules, session.situation.answers)
    rows = [BLANK, *writer.paragraph(title, "title"), BLANK]
    if undecided:
        words = f"还没定：{undecided_text(undecided, session.rules)}。"
        rows += writer.paragraph(words, "possible")
    else:
        reason = because(condition, (), session.rules, at)
        rows += writer.paragraph(reason or "这个事项都要，和怎么回答没有关系。")
    for entry in entries:
        why = getattr(entry, "why", None)
        if why:
            rows += writer.paragraph(why)
        source = citations_text(entry.source, session.rules.procedure)
        if source:
            rows += writer.paragraph(source, "muted", first=[("key", "依据  ")])
        if GRADE[entry.grade]:
            rows += writer.paragraph(_grade_words(entry.grade), "possible")
    return rows


def _grade_words(grade: str) -> str:
    if grade == "local":
        return "各地规定不同，要看办理地的办事指南。"
    return "没有核对到原文，以受理窗口为准。"


Line: TypeAlias = tuple[str, tuple[Graded, ...], Condition, tuple[str, ...]]
"""What a line of the plan says, its entries, when it applies, what is undecided."""


def _item(plan: Plan, target: str) -> Line | None:
    kind, _, name = target.partition(":")
    return next(_LINES[kind](plan, name), None) if kind in _LINES else None


def _document(plan: Plan, name: str) -> Iterator[Line]:
    for document in plan.documents:
        if document.id == name:
            when = AnyOf(tuple(use.when for use in document.uses))
            title = document_name(document, plan.rules)
            yield title, document.uses, when, document.undecided


def _step(plan: Plan, name: str) -> Iterator[Line]:
    for step in plan.steps:
        if step.id == name:
            yield step.entry.title, (step.entry,), step.entry.when, step.undecided


def _warning(plan: Plan, name: str) -> Iterator[Line]:
    for item in plan.warnings:
        if item.entry is plan.rules.warnings[int(name)]:
            yield item.entry.text, (item.entry,), item.entry.when, item.undecided


def _fee(plan: Plan, name: str) -> Iterator[Line]:
    for fee in plan.fees:
        if fee.entry.id == name:
            yield fee.entry.name, (fee.entry,), fee.entry.when, fee.undecided


def _outcome(plan: Plan, name: str) -> Iterator[Line]:
    for outcome in plan.outcomes:
        if outcome.id == name:
            yield outcome.entry.text, (outcome.entry,), outcome.entry.when, outcome.undecided


_LINES: dict[str, Callable[[Plan, str], Iterator[Line]]] = {
    "document": _document,
    "step": _step,
    "warning": _warning,
    "fee": _fee,
    "outcome": _outcome,
}


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
    at = Evaluation(session.rules, session.situation.answers)
    steps = sorted(session.plan.steps, key=lambda step: step.state != "current")
    for step in steps:
        for rejection in session.rules.rejections:
            applies = session.rules.condition(rejection)(at)
            if rejection.step == step.id and applies:
                yield step.entry.title, rejection


def follow_up_rows(session: Session, names: Mapping[str, str], writer: Writer) -> list[Row]:
    """What usually comes next; shared answers are kept."""
    rows = [BLANK, writer.line(("title", "接着办什么？")), BLANK]
    following = [item for item in session.rules.procedure.head.follow_up if item in names]
    if not following:
        return [*rows, *writer.paragraph("这个事项后面没有要接着办的。", "muted")]
    for number, item in enumerate(following, start=1):
        rows += writer.paragraph(
            names[item], first=[("key", f"{number:3}  ")], target=f"follow:{item}"
        )
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
