"""What the panels write, without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from support.desk import SMALL, TODAY

from banzheng_tui.guide.items import all_items, item_of, title
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.procedure.library import load_library
from banzheng_tui.procedure.model import Option
from banzheng_tui.tui.commands import AGENT, BY_KEY, TOGGLE, key_bar
from banzheng_tui.tui.glyphs import FULL
from banzheng_tui.tui.panels import lists
from banzheng_tui.tui.panels.fold import fold_rows
from banzheng_tui.tui.panels.help import help_rows
from banzheng_tui.tui.panels.now import now_rows
from banzheng_tui.tui.panels.plan import plan_rows
from banzheng_tui.tui.panels.question import choices, options, page_of, question_rows
from banzheng_tui.tui.panels.why import excluded, excluded_rows, why_item_rows
from banzheng_tui.tui.rows import Row, Writer, targets, term_pattern
from banzheng_tui.tui.session import Session

BOOK = RuleBook(load_library([SMALL]))
WRITER = Writer(60, FULL, term_pattern(["备案"]))


@pytest.fixture
def session() -> Session:
    return Session(BOOK, "night-stall", TODAY)


def text(rows: Sequence[Row]) -> str:
    return "\n".join(row.text for row in rows)


def at_the_end(session: Session) -> Session:
    session.answer("market")
    session.answer(frozenset({"food"}))
    session.answer(Decimal(2))
    session.answer(Decimal(12000))
    session.answer(date(2026, 12, 1))
    session.answer("self")
    assert session.question is None
    return session


def test_many_options_come_in_pages_of_nine(session: Session) -> None:
    assert session.question is not None
    many = tuple(Option(id=f"o{n}", label=f"第{n}样") for n in range(1, 21))
    question = session.question.model_copy(update={"options": many})
    assert len(options(question)) == 20
    assert [page_of(question, f"o{n}") for n in (1, 9, 10, 20)] == [0, 0, 1, 2]
    first = text(question_rows(session, question, WRITER, "o1", frozenset()))
    assert "第9样" in first
    assert "第10样" not in first
    assert "第 1 页，共 3 页" in first
    last = text(question_rows(session, question, WRITER, "o20", frozenset()))
    assert "2  第20样" in last
    assert "还不清楚" in last  # on every page


def test_not_known_yet_is_offered_only_where_it_may_be(session: Session) -> None:
    assert session.question is not None
    assert "unsure" in choices(session.question)
    assert "unsure" not in choices(session.question.model_copy(update={"unsure": None}))


def test_a_sensitive_question_asks_for_care(session: Session) -> None:
    assert session.question is not None
    question = session.question.model_copy(update={"sensitive": True})
    assert "小心问" in text(question_rows(session, question, WRITER, None, frozenset()))


def test_the_end_says_now_next_and_beside(session: Session) -> None:
    rows = text(now_rows(at_the_end(session), WRITER))
    for words in (
        "现在就办  画一张摊位图",
        "怎么办  一张白纸就行",
        "下一步  到夜市管理处备案",
        "按 f 看",
    ):
        assert words in rows


def test_the_current_step_says_what_to_bring_and_what_to_mind(session: Session) -> None:
    at_the_end(session)
    for step in ("draw", "ask-market", "check-food"):
        session.toggle_line(f"step:{step}")
    rows = text(now_rows(session, WRITER))
    assert "现在就办  到窗口登记摊位" in rows
    assert rows.index("[期限]") < rows.index("怎么办")
    assert "带上    摊位登记表（原件 1、复印件 2）" in rows
    assert "帮工证明（原件 2）" in rows


def test_all_done(session: Session) -> None:
    at_the_end(session)
    for step in session.plan.steps:
        session.toggle_line(f"step:{step.id}")
    assert "都办完了" in text(now_rows(session, WRITER))
    assert "没有要办的了" in text(fold_rows(session.plan, WRITER))


def test_while_questions_are_open_the_plan_is_brief(session: Session) -> None:
    brief = plan_rows(session.plan, WRITER, brief=True)
    whole = plan_rows(session.plan, WRITER)
    assert len(brief) <= len(whole)
    assert [t for t in targets(whole) if t.startswith("step")] == [
        t for t in targets(brief) if t.startswith("step")
    ]


def test_why_of_every_line_has_words(session: Session) -> None:
    at_the_end(session)
    for target in targets(plan_rows(session.plan, WRITER)):
        item = item_of(target)
        assert item is not None
        rows = text(why_item_rows(session, item, WRITER))
        assert title(session.rules, item)[:10] in rows
        assert rows.endswith("。")


def test_everything_is_in_the_plan_or_among_what_is_not(session: Session) -> None:
    at_the_end(session)
    shown = {item_of(target) for target in targets(plan_rows(session.plan, WRITER))}
    left_out = excluded(session.plan)
    assert len(left_out) == len(set(left_out))
    assert shown | set(left_out) == set(all_items(session.rules))
    assert not shown & set(left_out)


def test_only_the_first_nine_have_a_digit(session: Session) -> None:
    session.answer("yard")
    session.answer(frozenset({"toys"}))
    session.answer(False)  # a refusal: nothing is left in the plan
    rows = excluded_rows(session, WRITER)
    entries = [row for row in rows if row.target]
    assert len(entries) > 9
    assert [row.text[:3].strip() for row in entries[:11]] == [*"123456789", "", ""]


def test_nothing_left_out_says_so(session: Session) -> None:
    assert "没有不用的" in text(excluded_rows(session, WRITER))


def test_what_would_change_it_comes_when_it_is_worked_out(session: Session) -> None:
    at_the_end(session)
    item = item_of("step:ask-market")
    assert item is not None
    assert "换个情形" not in text(why_item_rows(session, item, WRITER))
    while session.ahead.refine(item):
        pass
    rows = text(why_item_rows(session, item, WRITER))
    assert "如果「摊位」是「街边」或「自家院子」，就不用办这一步。" in rows


def test_answers_that_do_not_count_say_so(session: Session) -> None:
    session.answer("yard")
    session.answer(frozenset({"toys"}))
    session.answer(True)
    session.revisit("spot")
    session.answer("street")
    rows = lists.answer_rows(session, WRITER)
    assert "先留着，现在不算" in text(rows)
    assert targets(rows) == ["answer:spot", "answer:goods", "answer:neighbours"]


def test_rejections_of_the_current_step_come_first(session: Session) -> None:
    rows = text(lists.rejection_rows(session, WRITER))
    assert "登记表上没有签名" in rows
    assert "怎么补  在窗口当场补签" in rows


def test_no_follow_up_says_so() -> None:
    session = Session(BOOK, "stall-insurance", TODAY)
    assert "没有要接着办的" in text(lists.follow_up_rows(session, {}, WRITER))


def test_a_term_is_told_once(session: Session) -> None:
    rows = text(lists.term_rows(session, "先备案，再备案", WRITER))
    assert rows.count("不用等它批准") == 1
    assert "没有要解释的词" in text(lists.term_rows(session, "别的", WRITER))


def test_every_command_is_in_the_help_and_has_its_own_keys() -> None:
    rows = "".join(row.text.strip() for row in help_rows(replace(WRITER, width=200)))
    for command in (*AGENT, TOGGLE):
        assert command.help in rows
    keys = [key for command in AGENT for key in command.keys]
    assert len(keys) == len(set(keys)) == len(BY_KEY)


def test_every_letter_has_a_twin_that_an_input_method_lets_through() -> None:
    for command in AGENT:
        letters = [key for key in command.keys if len(key) == 1 or key == "question_mark"]
        others = [
            key for key in command.keys if "+" in key or (key[0] == "f" and key[1:].isdigit())
        ]
        assert not letters or others, command.name


def test_the_key_bar_ends_with_help() -> None:
    assert key_bar("question")[-1] == ("?", "帮助")
    assert key_bar("question", typing=True)[-1] == ("F1", "帮助")
    assert key_bar("plan")[0] == ("空格", "勾选")
    assert key_bar("layer")[0] == ("Esc", "返回")
