"""The lines around the panes: whose call it is, the answers so far, the keys."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from banzheng_tui.guide.wording import MOOD, UNSURE, answer_text, review_overdue
from banzheng_tui.tui.commands import Where, key_bar
from banzheng_tui.tui.rows import Row, Span, Writer
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.text import cell_width, crop

KEYS = "keys"
"""What a click on the row of keys means: the command whose key stands there."""
MOST_SAID = 28
"""An answer in the line of answers is cut beyond so many cells."""


def top_row(session: Session, seconds: int, writer: Writer) -> Row:
    """The procedure, the caller's mood, how long the call has lasted, when it was checked."""
    head = session.rules.procedure.head
    dot = writer.glyphs.dot
    title: list[Span] = [("current", "坐席"), ("text", f" {dot} {head.name}")]
    if session.mood:
        title.append(("next", f"  来电人{MOOD[session.mood]}"))
    checked: Span = ("muted", f" {dot} 核对于 {head.reviewed}")
    if review_overdue(session.plan):
        checked = ("danger", f" {dot} 已过复核期")
    if session.other_day:  # which rules these are matters more than when they were checked
        overdue = [checked] if checked[0] == "danger" else []
        as_of: Span = ("possible", f" {dot} 按 {session.on} 的规定")
        return writer.spread(title, [_clock(seconds), *overdue, as_of])
    return writer.spread(title, [_clock(seconds), checked])


def _clock(seconds: int) -> Span:
    return "muted", f"通话 {seconds // 60:02}:{seconds % 60:02}"


def path_row(session: Session, writer: Writer) -> Row:
    """The answers given, the last ones when there is no room for all."""
    glyphs = writer.glyphs
    said = list(_all_said(session, glyphs.ellipsis))
    if not said:
        return Row()
    text = f" {glyphs.crumb} ".join(said)
    while cell_width(text) > writer.width - 6 and len(said) > 1:
        said = said[1:]
        text = f" {glyphs.crumb} ".join((glyphs.ellipsis, *said))
    return writer.line(("muted", "已答  "), ("text", text))


def _all_said(session: Session, ellipsis: str) -> Iterator[str]:
    """The answers, the first of each procedure with its name."""
    group: str | None = None
    for fact in session.answered:
        if session.in_play(fact):
            before, group = group, session.group(fact)
            whose = f"〔{group}〕" if group and group != before else ""
            yield whose + crop(_said(session, fact), MOST_SAID, ellipsis)


def _said(session: Session, fact: str) -> str:
    """An answer in a few words; a bare yes or number with what it answers."""
    question = session.rules.questions[fact]
    answer = session.situation.answers.get(fact)
    if answer is None:
        return f"{question.name}{UNSURE}"
    text = answer_text(question, answer)
    return text if question.options else f"{question.name} {text}"


@lru_cache(maxsize=64)
def key_row(where: Where, writer: Writer, *, typing: bool) -> Row:
    """The keys that work here, as many as there is room for; help always."""
    *offered, last = key_bar(where, typing=typing)
    spans: list[Span] = []
    room = writer.width - cell_width(" ".join(last)) - 1
    for key, label in offered:
        room -= cell_width(f"{key} {label}  ")
        if room < 0:
            break
        spans += [("key", key), ("muted", f" {label}  ")]
    row = writer.spread(spans, [("key", last[0]), ("muted", f" {last[1]}")])
    return replace(row, target=KEYS)


def key_at(row: Row, column: int) -> str | None:
    """The key that is named at, or just before, a column of the row of keys."""
    place, key = 0, None
    for role, text in row.spans:
        if place > column:
            break
        if role == "key":
            key = text
        place += cell_width(text)
    return key
