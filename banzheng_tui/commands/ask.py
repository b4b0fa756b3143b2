"""``banzheng ask``: the interview as plain lines, for screen readers, serial lines and pipes."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import normalize

from banzheng_tui.commands.common import (
    Definitions,
    add_library,
    add_on,
    day,
    library_folders,
    naming_options,
)
from banzheng_tui.commands.speech import hear, say

if TYPE_CHECKING:
    from pathlib import Path

    from banzheng_tui.guide.plan import Plan
    from banzheng_tui.guide.rules import Rules
    from banzheng_tui.guide.situation import Situation
    from banzheng_tui.procedure.model import Question

DESCRIPTION = """一行一行地问答：答数字，最后给出办理方案。没有画面，也没有控制字符，
适合读屏软件、串口和别的程序。

答题时还可以打：b 返回上一问，p 看现在的方案，e 2 改第 2 个回答，
c 把几个选项对照着看，w 为什么问，? 帮助，q 离开。"""

HELP = "可以打：数字或要填的内容；b 返回；p 方案；e 2 改第 2 个回答；c 对照选项；w 为什么问；? 帮助；q 离开。"
_CHANGE = re.compile(r"(?:改|e)\s*(\d*)\Z")
_WORDS = {
    **dict.fromkeys(("", "<"), "help"),
    **dict.fromkeys(("?", "帮助", "help", "h"), "explain"),
    **dict.fromkeys(("w", "为什么"), "why"),
    **dict.fromkeys(("c", "对照"), "compare"),
    **dict.fromkeys(("b", "返回", "back"), "back"),
    **dict.fromkeys(("p", "方案", "plan"), "plan"),
    **dict.fromkeys(("q", "离开", "退出", "quit", "exit"), "quit"),
}


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``banzheng ask``."""
    parser.add_argument("procedure", metavar="事项", help="事项的编号；用 banzheng find 查")
    add_on(parser)
    add_library(parser)


def run(args: Namespace) -> int:
    """Ask until there is nothing left to ask and nobody to answer."""
    on = day(args.on, "--on")
    folders = library_folders(args.library)
    with naming_options():
        rules = Definitions(folders).rules(args.procedure, on)
    Talk(rules, folders).run()
    return 0


class Talk:
    """One interview: the situation, how it came about, and the question that is open."""

    def __init__(self, rules: Rules, folders: tuple[Path, ...]) -> None:
        from banzheng_tui.guide.situation import Situation  # noqa: PLC0415

        self.rules = rules
        self._folders = folders
        self._group = rules.procedure.id
        self._before: list[Situation] = []
        self._situation = Situation(on=rules.on)
        self._plan = self._planned()
        self._changing: str | None = None

    def run(self) -> None:
        """The whole conversation, until its end or the end of the input."""
        head = self.rules.procedure.head
        say(f"{head.name}。{head.summary or ''}", "答数字；打 ? 看帮助，打 q 离开。")
        self._ask()
        while (line := hear("请答：")) is not None:
            text = normalize("NFKC", line).strip()
            if _WORDS.get(text.lower()) == "quit":
                say("好，就到这里。")
                return
            self._take(text)
        if self._plan.question:
            say("输入到头了，这是到现在为止的方案。")
            self._show_plan()

    @property
    def _question(self) -> Question | None:
        """What a typed answer answers now."""
        if self._changing is not None:
            return self.rules.questions[self._changing]
        return self._plan.question

    def _planned(self) -> Plan:
        from banzheng_tui.guide.plan import make_plan  # noqa: PLC0415

        return make_plan(self.rules, self._situation)

    def _take(self, text: str) -> None:
        """Do what a line says: a command, or else an answer."""
        if change := _CHANGE.match(text.lower()):
            self._change(change[1])
            return
        match _WORDS.get(text.lower()):
            case "help":
                say(HELP)
            case "explain":
                self._explain()
                say(HELP)
            case "why":
                self._explain()
            case "compare":
                self._compare()
            case "back":
                self._back()
            case "plan":
                self._show_plan()
            case _:
                self._answer(text)

    def _ask(self) -> None:
        """The open question, or the plan when there is none."""
        from banzheng_tui.commands.asking import question_lines  # noqa: PLC0415

        if self._question is None:
            say("问完了。")
            self._show_plan()
            say("", "打 e 和数字改回答，打 b 返回，打 q 离开。")
        else:
            self._say_group(self._question)
            left = None if self._changing else self._plan.remaining_at_most
            say(*question_lines(self._question, left))

    def _say_group(self, question: Question) -> None:
        """Whose questions come now, where they are those of another procedure than before."""
        group = self.rules.origin.get(question.id, self.rules.procedure.id)
        if group != self._group:
            self._group = group
            say(f"下面问的是「{self._name_of(group)}」。")

    def _name_of(self, procedure_id: str) -> str:
        from banzheng_tui.procedure.outline import read_outlines  # noqa: PLC0415

        outlines = read_outlines(self._folders)
        return next((o.name for o in outlines if o.id == procedure_id), procedure_id)

    def _explain(self) -> None:
        from banzheng_tui.commands.asking import why_lines  # noqa: PLC0415

        if self._question is None:
            say("都问完了，没有要答的。")
        else:
            say(*why_lines(self._question))

    def _compare(self) -> None:
        """What each option of the open question would lead to."""
        from banzheng_tui.guide.compare import comparable, comparison  # noqa: PLC0415
        from banzheng_tui.guide.compare_text import comparison_lines  # noqa: PLC0415

        question = self._question
        if question is None or not comparable(question):
            say("对照只用在单选题上。")
        else:
            say(*comparison_lines(comparison(self.rules, self._situation, question.id)))
        self._ask()

    def _show_plan(self) -> None:
        from banzheng_tui.commands.times import times_of  # noqa: PLC0415
        from banzheng_tui.guide.plan_text import plan_lines  # noqa: PLC0415

        times = times_of(self._plan, self._folders)
        say(*plan_lines(self._plan, times, day(None, "--on")))

    def _back(self) -> None:
        if self._changing is not None:
            self._changing = None
        elif self._before:
            self._situation = self._before.pop()
            self._plan = self._planned()
        else:
            say("已经是第一问了。")
        self._ask()

    def _change(self, number: str) -> None:
        """Open the question of an answer again, or list the answers."""
        from banzheng_tui.guide.plan_text import answers_said, facts_said  # noqa: PLC0415

        facts = facts_said(self._plan)
        if not facts:
            say("还没有回答，没有可改的。")
        elif number and len(number) < 4 and 1 <= int(number) <= len(facts):
            self._changing = facts[int(number) - 1]
            self._ask()
        else:
            if number:
                say(f"没有第 {number[:9]} 个回答。")
            said = enumerate(answers_said(self._plan), 1)
            say(*(f"{place} {answer}" for place, answer in said), "打 e 和数字，改那一个。")

    def _answer(self, text: str) -> None:
        from banzheng_tui.commands.asking import typed_answer  # noqa: PLC0415
        from banzheng_tui.guide.answers import AnswerError  # noqa: PLC0415

        question = self._question
        if question is None:
            say("都问完了。打 e 和数字改回答，打 q 离开。")
            return
        try:
            answer = typed_answer(question, text, self.rules.on)
        except AnswerError as error:
            say(f"{error}。")
            self._ask()
            return
        before = self._plan
        self._before.append(self._situation)
        if answer is None:
            self._situation = self._situation.mark_unsure(question.id)
        else:
            self._situation = self._situation.answer(question.id, answer)
        self._plan = self._planned()
        self._changing = None
        say(*_changes(before, self._plan, question))
        self._ask()


def _changes(before: Plan, plan: Plan, question: Question) -> Iterator[str]:
    """What an answer changed: where one stands in one line, what counts no more, what is new."""
    from banzheng_tui.guide.plan_text import outcome_line  # noqa: PLC0415
    from banzheng_tui.guide.wording import UNSURE, answer_text  # noqa: PLC0415

    answer = plan.situation.answers.get(question.id)
    said = UNSURE if answer is None else answer_text(question, answer)
    parts = [f"记下了，{question.name}：{said}"]
    if plan.current:
        parts.append(f"现在：{plan.current.entry.title}")
    if plan.next:
        parts.append(f"下一步：{plan.next.entry.title}")
    parts.append(f"材料 {_count(len(before.documents), len(plan.documents))}")
    parts.append(f"提醒 {_count(len(before.warnings), len(plan.warnings))}")
    yield "；".join(parts) + "。"
    if answer is None and question.unsure:
        yield f"怎么弄清楚：{question.unsure}"
    yield from (f"{note}。" for note in plan.notes if note not in before.notes)
    known = {outcome.id for outcome in before.outcomes if outcome.status == "certain"}
    for outcome in plan.outcomes:
        if outcome.status == "certain" and outcome.id not in known:
            yield outcome_line(outcome)
    for script in plan.scripts:
        if script.mood is None and script not in before.scripts:
            yield f"可以这样说：{script.text}"


def _count(before: int, now: int) -> str:
    if before == now:
        return str(now)
    return f"{now}（{'多' if now > before else '少'} {abs(now - before)}）"
