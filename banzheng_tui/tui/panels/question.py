"""The question on the screen: what is asked, the options, why, and words of tact."""

from collections.abc import Iterable, Iterator

from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.wording import MOOD, UNSURE, answer_text
from banzheng_tui.procedure.model import Question
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer
from banzheng_tui.tui.session import Session

PAGE = 9
UNSURE_TARGET = "unsure"
_TYPED = {
    "number": "在下面输入数字，按回车。",
    "money": "在下面输入金额，单位元，也可以写 80万，按回车。",
    "date": "在下面输入日期，如 2026-11-23，按回车。",
}


def digit(number: int) -> Span:
    """The key of an entry; those after the ninth have none."""
    return "key", f"{number:3}  " if number <= PAGE else " " * 5


def options(question: Question) -> list[tuple[str, str, str | None]]:
    """(id, label, note) of everything that can be chosen."""
    if question.kind == "yesno":
        return [("yes", "是", None), ("no", "不是", None)]
    return [(option.id, option.label, option.note) for option in question.options]


def choices(question: Question) -> list[str]:
    """What the cursor can stand on, in order: option ids, then 还不清楚."""
    ids = [option_id for option_id, _, _ in options(question)]
    return [*ids, UNSURE_TARGET] if question.unsure else ids


def typed(question: Question) -> bool:
    """Whether the answer is typed."""
    return question.kind in _TYPED


def page_of(question: Question, cursor: str | None) -> int:
    """Which page of nine options the cursor is on."""
    ids = [option_id for option_id, _, _ in options(question)]
    return ids.index(cursor) // PAGE if cursor in ids else 0


def question_rows(
    session: Session,
    question: Question,
    writer: Writer,
    cursor: str | None,
    ticked: frozenset[str],
) -> list[Row]:
    """The whole question."""
    group = session.group(question.id)
    rows: list[Row] = [writer.line(("muted", f"办「{group}」要问的")) if group else BLANK]
    rows += _asked(session, question, writer)
    rows.append(BLANK)
    if typed(question):
        rows += writer.paragraph(_TYPED[question.kind], "muted", first=[("text", "  ")])
    else:
        rows += _options(question, writer, cursor, ticked)
    if question.unsure:
        rows += _unsure(writer, cursor, typed(question))
    rows.append(BLANK)
    rows += _below(session, question, writer)
    return rows


def _asked(session: Session, question: Question, writer: Writer) -> Iterator[Row]:
    yield from writer.paragraph(question.ask, "title")
    if session.revisiting is not None:
        answer = session.situation.answers.get(question.id)
        said = answer_text(question, answer) if answer is not None else UNSURE
        leave = "重新填，或者按 Esc 不改" if typed(question) else "重新选，或者按 → 不改"
        yield from writer.paragraph(f"这一题答过「{said}」。{leave}。", "next")
    else:
        yield writer.line(("muted", f"最多还有 {session.ahead.remaining} 问"))


def _options(
    question: Question, writer: Writer, cursor: str | None, ticked: frozenset[str]
) -> Iterator[Row]:
    entries = options(question)
    page = page_of(question, cursor)
    for number, (option_id, label, note) in enumerate(
        entries[page * PAGE : (page + 1) * PAGE], start=1
    ):
        first: list[Span] = [("key", f"  {number}  ")]
        if question.kind == "choices":
            on = option_id in ticked
            box = writer.glyphs.checked if on else writer.glyphs.unchecked
            first.append(("done" if on else "muted", f"{box} "))
        role: Role = "done" if option_id in ticked else "text"
        target = f"option:{option_id}"
        yield from _at(cursor, option_id, writer.paragraph(label, role, first=first, target=target))
        if note:
            yield from writer.paragraph(note, "muted", first=[("text", "     ")], target=target)
    if len(entries) > PAGE:
        pages = -(-len(entries) // PAGE)
        yield from writer.paragraph(
            f"第 {page + 1} 页，共 {pages} 页，PgDn、PgUp 翻页", "muted", first=[("text", "     ")]
        )
    if question.kind == "choices":
        yield from writer.paragraph(
            "可以选几项，数字勾选，回车确定。", "muted", first=[("text", "     ")]
        )


def _unsure(writer: Writer, cursor: str | None, is_typed: bool) -> Iterator[Row]:
    key = "  F10 " if is_typed else "  0  "
    rows = writer.paragraph(UNSURE, "text", first=[("key", key)], target=UNSURE_TARGET)
    yield from _at(cursor, UNSURE_TARGET, rows)


def _at(cursor: str | None, here: str, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield Row(row.spans, row.target, selected=cursor == here)


def _below(session: Session, question: Question, writer: Writer) -> Iterator[Row]:
    if question.sensitive:
        yield from writer.paragraph(
            "小心问：来电人不愿说就选还不清楚，没有同意不要记。", "possible"
        )
    if session.mood:  # marked just now: these words are for this moment
        yield from tact(session.plan, session.mood, writer)
    if question.why:
        yield from writer.paragraph(question.why, "muted", first=[("key", "为什么问  ")])
    if question.hint:
        yield from writer.paragraph(question.hint, "muted", first=[("key", "怎么开口  ")])
    if question.unsure:
        yield from writer.paragraph(question.unsure, "muted", first=[("key", "弄不清时  ")])
    if not session.mood:
        yield from tact(session.plan, session.mood, writer)


def tact(plan: Plan, mood: str | None, writer: Writer) -> Iterator[Row]:
    """Words of tact that fit the answers so far and the mood that the agent marked."""
    spoken = [s for s in plan.scripts if s.mood is None or s.mood == mood]
    spoken.sort(key=lambda script: script.mood is None)
    if mood and not any(s.mood == mood for s in spoken):
        yield writer.line(
            ("next", f"来电人{MOOD[mood]}："), ("muted", "先听他说完，再慢慢往下问。")
        )
    for script in spoken:
        label = f"来电人{MOOD[script.mood]}，可以说  " if script.mood else "可以说  "
        yield from writer.paragraph(f"「{script.text}」", "next", first=[("key", label)], hang=2)
