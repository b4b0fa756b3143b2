"""One call: the way back, answers that are kept, undo, notes and mood, and the next procedure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from support.desk import SMALL, TODAY

from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.procedure.library import load_library
from banzheng_tui.tui.session import MOODS, Session

BOOK = RuleBook(load_library([SMALL]))
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def session() -> Session:
    return Session(BOOK, "night-stall", TODAY)


def asked(session: Session) -> str | None:
    return session.question.id if session.question else None


def in_the_yard(session: Session) -> None:
    session.answer("yard")
    session.answer(frozenset({"toys"}))
    session.answer(True)
    session.mark_unsure()


def test_back_shows_the_questions_before_and_keeps_every_answer(session: Session) -> None:
    in_the_yard(session)
    answers = dict(session.situation.answers)
    assert asked(session) == "helpers"
    for fact in ("yard-tenure", "neighbours", "goods", "spot"):
        assert session.back()
        assert asked(session) == fact
    assert not session.back()  # there is none before the first
    assert asked(session) == "spot"
    assert session.situation.answers == answers
    assert session.situation.unsure == {"yard-tenure"}


def test_nothing_lies_before_the_first_question(session: Session) -> None:
    assert not session.back()
    assert not session.forward()
    assert asked(session) == "spot"


def test_forward_goes_the_same_way_again(session: Session) -> None:
    in_the_yard(session)
    for _ in range(4):
        session.back()
    way = []
    while session.forward():
        way.append(asked(session))
    assert way == ["goods", "neighbours", "yard-tenure", "helpers"]


def test_back_leaves_out_what_does_not_count(session: Session) -> None:
    in_the_yard(session)
    session.revisit("spot")
    session.answer("street")
    session.back()
    assert asked(session) == "goods"


def test_changing_an_answer_goes_on_where_the_interview_stood(session: Session) -> None:
    in_the_yard(session)
    session.revisit("goods")
    session.answer(frozenset({"food"}))
    assert asked(session) == "helpers"
    assert session.situation.answers["neighbours"] is True


def test_answers_out_of_play_are_kept_named_and_count_again(session: Session) -> None:
    in_the_yard(session)
    session.revisit("spot")
    session.answer("street")
    assert session.situation.answers["neighbours"] is True
    assert not session.in_play("neighbours")
    assert "neighbours" in session.answered
    assert any("邻居" in note and "先留着" in note for note in session.plan.notes)
    session.revisit("spot")
    session.answer("yard")
    assert session.in_play("neighbours")
    assert session.plan.notes == ()
    assert asked(session) == "helpers"  # nothing is asked twice


def test_an_answer_in_place_of_unsure_and_back(session: Session) -> None:
    session.mark_unsure()
    assert session.situation.unsure == {"spot"}
    session.revisit("spot")
    session.answer("street")
    assert session.situation.unsure == frozenset()
    session.revisit("spot")
    session.mark_unsure()
    assert "spot" not in session.situation.answers


def test_undo_takes_back_one_change_after_another(session: Session) -> None:
    before = [session.situation]
    changes: list[Callable[[], object]] = [
        lambda: session.answer("market"),
        lambda: session.answer(frozenset({"food"})),
        session.mark_unsure,
        lambda: session.toggle_line("step:draw"),
        lambda: session.toggle_line("document:stall-form"),
    ]
    for change in changes:
        change()
        before.append(session.situation)
    for situation in reversed(before[:-1]):
        assert session.undo()
        assert session.situation == situation
        assert session.plan.situation == situation
    assert not session.undo()
    assert asked(session) == "spot"


def test_undo_of_a_changed_answer_brings_the_old_one_back(session: Session) -> None:
    in_the_yard(session)
    session.revisit("spot")
    session.answer("street")
    session.undo()
    assert session.situation.answers["spot"] == "yard"
    assert asked(session) == "spot"  # what was undone is what one sees
    session.forward()
    assert asked(session) == "goods"


def test_undo_says_what_it_took_back(session: Session) -> None:
    in_the_yard(session)
    session.toggle_line("step:draw")
    session.toggle_line("document:stall-form")
    session.change_day(NEXT_YEAR)
    said = []
    while undone := session.undo():
        said.append(undone.what)
    assert said == [
        "换到 2027-01-01", "勾材料「摊位登记表」", "标步骤「画一张摊位图」",
        "院子", "邻居", "卖什么", "摊位",
    ]  # fmt: skip
    assert session.on == TODAY


# -- another answer to an earlier question


def test_another_answer_waits_for_a_nod(session: Session) -> None:
    in_the_yard(session)
    before = session.situation
    session.revisit("spot")
    assert session.give("street") is None
    assert session.proposal is not None
    assert session.situation == before
    session.decline()
    assert session.situation == before
    assert asked(session) == "helpers"
    session.revisit("spot")
    session.give("street")
    session.confirm()
    assert session.situation.answers["spot"] == "street"
    assert session.proposal is None


def test_the_same_answer_again_needs_no_nod_and_no_undo(session: Session) -> None:
    in_the_yard(session)
    for fact in ("spot", "yard-tenure"):
        session.revisit(fact)
        assert session.give(session.situation.answers.get(fact)) is None
        assert session.proposal is None
        assert asked(session) == "helpers"
    undone = session.undo()
    assert undone is not None
    assert undone.fact == "yard-tenure"


def test_what_changes_nothing_is_taken_at_once(session: Session) -> None:
    in_the_yard(session)
    session.revisit("goods")
    assert session.give(frozenset({"plants"})) == "改好了，方案没有变化"
    assert session.proposal is None
    assert session.situation.answers["goods"] == {"plants"}


# -- the rules of another day


def test_another_day_keeps_every_answer_and_comes_back_with_all(session: Session) -> None:
    in_the_yard(session)
    session.revisit("goods")
    session.answer(frozenset({"plants"}))
    before = session.situation
    session.change_day(NEXT_YEAR)
    assert session.other_day
    assert "goods" not in session.situation.answers  # plants are not asked about any more
    assert asked(session) == "goods"
    assert any("卖什么" in note for note in session.plan.notes)
    certain = [item.id for item in session.since_today().new if item.status == "certain"]
    assert certain == ["lamp-slip"]
    session.mark_unsure()
    session.change_day(TODAY)
    assert not session.other_day
    assert session.situation.unsure == {"yard-tenure", "goods"}  # said later counts
    session.undo()
    session.undo()
    session.undo()
    assert session.situation == before


def test_a_day_that_differs_in_nothing(session: Session) -> None:
    session.change_day(date(2026, 12, 31))
    assert session.other_day
    assert session.since_today().is_empty


def test_the_next_procedure_goes_by_the_same_day_and_remembers_where_it_came_from(
    session: Session,
) -> None:
    session.change_day(NEXT_YEAR)
    following = session.follow_up("stall-insurance")
    assert following.on == NEXT_YEAR
    assert following.other_day
    assert following.undo() is None
    assert following.came_from is session


def test_a_step_done_makes_the_next_one_current(session: Session) -> None:
    assert session.plan.current is not None
    first = session.plan.current.id
    session.toggle_line(f"step:{first}")
    assert session.plan.current is not None
    assert session.plan.current.id != first
    session.toggle_line(f"step:{first}")
    assert session.plan.current.id == first


def test_ticking_papers_of_equal_worth_goes_round(session: Session) -> None:
    papers = ("yard-deed", "yard-lease")
    line = next(d.id for d in session.plan.documents if d.papers == papers)
    held = []
    for _ in range(3):
        session.toggle_line(f"document:{line}")
        held.append(set(session.situation.have))
    assert held == [{"yard-deed"}, {"yard-lease"}, set()]


def test_mood_goes_round(session: Session) -> None:
    seen = []
    for _ in MOODS:
        seen.append(session.mood)
        session.next_mood()
    assert seen == list(MOODS)
    assert session.mood is None


def test_the_next_procedure_keeps_what_both_ask_and_what_is_at_hand(session: Session) -> None:
    session.answer("market")
    session.answer(frozenset({"toys"}))
    session.answer(Decimal(0))
    session.answer(Decimal(12000))
    session.revisit("who-goes")
    session.answer("other")
    session.toggle_line("step:draw")
    session.toggle_line("step:ask-market")
    session.toggle_line("step:register")
    session.notes.append("明天再打来")
    session.next_mood()
    following = session.follow_up("stall-insurance")
    assert following.situation.answers == {"who-goes": "other"}
    assert following.in_play("who-goes")
    assert "stall-card" in following.plan.held  # the step that issues it is done
    assert following.notes == ["明天再打来"]
    assert following.mood == session.mood
    assert following.started == session.started
    assert asked(following) == "months"
    assert session.situation.answers["spot"] == "market"  # the call before is as it was


def test_the_same_answers_give_the_same_plan_in_any_order(session: Session) -> None:
    other = Session(BOOK, "night-stall", TODAY)
    session.answer("yard")
    session.answer(frozenset({"food"}))
    other.revisit("goods")
    other.answer(frozenset({"food"}))
    other.revisit("spot")
    other.answer("yard")
    assert [s.id for s in session.plan.steps] == [s.id for s in other.plan.steps]
    assert asked(session) == asked(other)
