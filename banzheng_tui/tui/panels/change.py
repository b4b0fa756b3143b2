"""What another answer, or the rules of another day, would change: shown before and after."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from banzheng_tui.guide.change import Change
from banzheng_tui.guide.difference import KINDS, Difference, Item, Turn, titled
from banzheng_tui.guide.situation import Answer
from banzheng_tui.guide.wording import UNSURE, answer_text
from banzheng_tui.procedure.model import Question
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer
from banzheng_tui.tui.session import Session
from banzheng_tui.tui.text import pad

TAKE, LEAVE = "change:take", "change:leave"
CLOSE = "close:"
MARK = 9
"""Cells of the mark before a line, such as 「+ 多了」."""
LEAST = 2
"""Each kind of difference gets so many rows, however low the window is."""


def change_rows(session: Session, change: Change, height: int, writer: Writer) -> list[Row]:
    """改成…会怎样: what would follow from another answer, and the two ways on."""
    question = session.rules.questions[change.fact]
    before = _said(question, session.situation.answers.get(change.fact))
    after = _said(question, change.value)
    head = [BLANK]
    head += writer.paragraph(f"{question.name}改成「{after}」会怎样？", "title")
    head += writer.paragraph(f"原来答的是「{before}」。", "muted")
    head += _facts("不算了", change.falls_out, "的回答先留着", session, writer)
    head += _facts("又算了", change.comes_back, "原来的回答", session, writer)
    head += _facts("要新问", change.asked_anew, "", session, writer)
    head.append(BLANK)
    foot: list[Row] = [BLANK]
    foot += writer.paragraph(f"改成「{after}」", first=_number(1), target=TAKE)
    foot += writer.paragraph("不改，照原来的", first=_number(2), target=LEAVE)
    room = height - len(head) - len(foot)
    if change.difference.is_empty:
        return [*head, *writer.paragraph("方案本身没有变化。", "muted"), *foot]
    return [*head, *difference_rows(change.difference, room, writer), *foot]


def day_rows(session: Session, height: int, writer: Writer, *, asking: bool) -> list[Row]:
    """Which day's rules the call goes by, and where its plan is another one than today's."""
    rows = [BLANK, writer.line(("title", "按哪一天的规定？" if asking else "换了日期"))]
    if session.other_day:
        words = f"现在按 {session.on} 的规定，今天是 {session.now}。"
        rows += writer.paragraph(words, "next")
    else:
        rows += writer.paragraph(f"现在按今天（{session.on}）的规定。", "muted")
    for note in session.day_notes:
        rows += writer.paragraph(note, "possible")
    foot = [BLANK, *_way_on(writer, asking)]
    if not session.other_day:
        return [*rows, *foot]
    found = session.since_today()
    rows.append(BLANK)
    if found.is_empty:
        return [*rows, *writer.paragraph("按现在的回答，这两天的规定没有差别。"), *foot]
    rows.append(writer.heading("和今天相比"))
    return [*rows, *difference_rows(found, height - len(rows) - len(foot), writer), *foot]


def _way_on(writer: Writer, asking: bool) -> Iterator[Row]:
    if asking:
        words = "在下面写日期，如 2027-01-01，按回车；什么也不写，就回到今天。"
        yield from writer.paragraph(words, "muted")
    else:
        yield from writer.paragraph("按这一天的规定接着问", first=_number(1), target=CLOSE)
        yield from writer.paragraph("再按 d 换别的日期，或者回到今天。", "muted")


def difference_rows(found: Difference, room: int, writer: Writer) -> list[Row]:
    """What is new, gone and otherwise, the ends of long lists folded so that all has room."""
    groups = [group for group in _groups(found, writer) if group.entries]
    rooms: dict[int, int] = {}
    for left, group in enumerate(sorted(groups, key=lambda group: group.height)):
        share = max(room // (len(groups) - left), LEAST)
        rooms[id(group)] = min(group.height, share)
        room -= rooms[id(group)]
    return [row for group in groups for row in group.within(rooms[id(group)], writer)]


@dataclass(frozen=True, slots=True)
class _Group:
    """The differences of one sort, each with its rows."""

    entries: tuple[tuple[Item, tuple[Row, ...]], ...]

    @property
    def height(self) -> int:
        return sum(len(rows) for _, rows in self.entries)

    def within(self, room: int, writer: Writer) -> Iterator[Row]:
        """As many as there is room for, one at least, and how many more there are."""
        entries = list(self.entries)
        room -= self.height > room
        shown = 0
        while entries and (shown == 0 or shown + len(entries[0][1]) <= room):
            _, rows = entries.pop(0)
            shown += len(rows)
            yield from rows
        if entries:
            kinds = Counter(KINDS[item.kind] for item, _ in entries)
            told = "、".join(f"{kind} {count}" for kind, count in kinds.items())
            yield writer.line(("muted", f"{' ' * MARK}另有 {len(entries)} 项：{told}"))


def _groups(found: Difference, writer: Writer) -> Iterator[_Group]:
    yield _Group(tuple((i, _row(i, i.aside, "+ 多了", "done", writer)) for i in found.new))
    yield _Group(tuple((i, _row(i, "", "- 不用了", "danger", writer)) for i in found.gone))
    yield _Group(tuple((t.after, _turn(t, writer)) for t in found.turned))


def _turn(turn: Turn, writer: Writer) -> tuple[Row, ...]:
    return _row(turn.after, "；".join(turn.turns), "* 变了", "next", writer)


def _row(item: Item, aside: str, mark: str, role: Role, writer: Writer) -> tuple[Row, ...]:
    first: list[Span] = [(role, pad(mark, MARK)), ("muted", f"{KINDS[item.kind]}  ")]
    if item.status == "possible":  # a line each: there may be many, and none may come true
        return (writer.line(*first, ("text", titled(item.title, aside))),)
    return writer.paragraph(titled(item.title, aside), first=first)


def _number(number: int) -> tuple[Span, ...]:
    return (("key", f"  {number}  "),)


def _said(question: Question, answer: Answer | None) -> str:
    return UNSURE if answer is None else answer_text(question, answer)


def _facts(
    label: str, facts: Sequence[str], what: str, session: Session, writer: Writer
) -> Iterator[Row]:
    """Questions in one paragraph: 「邻居」「院子」的回答先留着."""
    if facts:
        names = "".join(f"「{session.rules.questions[fact].name}」" for fact in facts)
        yield from writer.paragraph(names + what, first=[("next", pad(label, MARK))])
