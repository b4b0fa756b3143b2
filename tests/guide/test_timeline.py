"""A plan on the calendar: days as far as they are known, and never a day that rests on a guess."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.written import DAY, plan_of, rules_of

from banzheng_tui.guide.calendar import PROVISIONAL, Arrangement, WorkCalendar
from banzheng_tui.guide.plan import Plan
from banzheng_tui.guide.plan_json import plan_json
from banzheng_tui.guide.plan_text import plan_lines
from banzheng_tui.guide.timeline import Timeline, has_times, timeline
from banzheng_tui.guide.timeline_text import step_days, timeline_lines

YEAR = Arrangement(2026, "通知", frozenset({date(2026, 11, 26)}), frozenset())
CALENDAR = WorkCalendar((YEAR,))
"""Thursday the 26th is a day off, and 2027 is not published."""
CHAIN = """
    step = [
      { id = "own", title = "商量", kind = "own", time = { promised = "2 日" } },
      { id = "ask", title = "申请", after = ["own"],
        time = { promised = "1 工作日", statutory = "5 工作日" } },
      { id = "draw", title = "画图", kind = "own", after = ["own"] },
      { id = "get", title = "领证", after = ["ask", "draw"], time = { statutory = "当场" } },
    ]
"""
MAYBE = """
    question = [{ id = "a", kind = "yesno" }]
    step = [
      { id = "first", title = "先办", time = { statutory = "1 工作日" } },
      { id = "maybe", title = "也许办", when = { a = true }, after = ["first"],
        time = { statutory = "10 工作日" } },
      { id = "last", title = "最后办", after = ["maybe"], time = { statutory = "1 工作日" } },
    ]
"""


def days(plan: Plan, start: date = DAY) -> Timeline:
    return timeline(plan, CALENDAR, start)


def told(times: Timeline, step: str) -> tuple[str | None, str | None]:
    start, end = times.start(step), times.end(step)
    return (f"{start:%m-%d}" if start else None, f"{end:%m-%d}" if end else None)


def test_days_are_known_until_a_step_says_no_time() -> None:
    times = days(plan_of(rules_of(CHAIN)))
    assert told(times, "own") == ("11-23", "11-25")
    assert told(times, "ask") == ("11-25", "11-27")  # the 26th is a day off
    assert told(times, "draw") == ("11-25", None)
    assert told(times, "get") == (None, None)
    assert times.untimed == ("draw",)
    assert times.critical == ("own", "ask")
    assert not times.is_whole


def test_what_waits_for_an_unknown_time_has_an_earliest_day_and_says_so() -> None:
    plan = plan_of(rules_of(CHAIN))
    times = days(plan)
    assert step_days(times, "get") == "最早 2026-11-27 起"
    assert step_days(times, "ask") == "2026-11-25 到 2026-11-27"
    text = "\n".join(timeline_lines(times, plan))
    assert "从 2026-11-23 算起" in text
    assert "光是写明的时限，最早也要到 2026-11-27；部门用满法定时限，是 2026-12-03" in text
    assert "卡时间的几步：「商量」，再「申请」" in text
    assert "没写时限的：「画图」" in text


def test_the_unknown_step_done_all_days_are_known() -> None:
    plan = plan_of(rules_of(CHAIN), done=frozenset({"draw"}))
    times = days(plan)
    assert told(times, "get") == ("11-27", "11-27")
    assert times.is_whole
    assert "最早 2026-11-27 办完" in next(iter(timeline_lines(times, plan)))
    assert "draw" not in times.slots


def test_marking_a_step_done_brings_the_end_nearer() -> None:
    rules = rules_of(CHAIN)
    before, after = days(plan_of(rules)), days(plan_of(rules, done=frozenset({"own"})))
    assert after.schedule.end < before.schedule.end


def test_a_step_that_is_only_possible_makes_later_days_unknown_and_counts_for_nothing() -> None:
    rules = rules_of(MAYBE)
    open_plan = plan_of(rules)
    times = days(open_plan)
    assert told(times, "last") == (None, None)
    assert times.possible == ("maybe",)
    # Not needed or needed: the end that is told while it is open is no later than either.
    ends = [days(plan_of(rules, {"a": a})).schedule.end for a in (False, True)]
    assert times.schedule.end <= min(ends)
    assert times.slots["last"].start >= times.slots["first"].end  # through the possible one
    assert "可能要的 1 步还没算进去" in "\n".join(timeline_lines(times, open_plan))


@pytest.mark.parametrize("answer", [True, False])
def test_the_answer_makes_the_days_known(answer: bool) -> None:
    times = days(plan_of(rules_of(MAYBE), {"a": answer}))
    assert times.is_whole
    assert times.end("last") == times.schedule.end


def test_a_start_on_a_day_off_and_one_in_the_past_are_said() -> None:
    plan = plan_of(rules_of(CHAIN))
    times = days(plan, date(2026, 11, 26))
    text = "\n".join(timeline_lines(times, plan, date(2026, 11, 30)))
    assert "从 2026-11-26（这一天已经过了）算起" in text
    assert "2026-11-26 窗口不上班，要去窗口的从 2026-11-27 起办" in text
    assert times.start("own") == date(2026, 11, 26)  # one's own time has no days off


def test_days_of_an_unpublished_year_are_marked() -> None:
    plan = plan_of(rules_of(CHAIN))
    times = days(plan, date(2026, 12, 30))
    assert times.is_provisional("ask")
    text = "\n".join(timeline_lines(times, plan))
    assert f"2027-01-04（{PROVISIONAL}）" in text
    assert f"{PROVISIONAL}：2027 年的放假安排还没公布" in text


def test_a_plan_without_any_time_has_no_schedule() -> None:
    rules = rules_of('step = [{ id = "s", title = "s" }]')
    assert not has_times(plan_of(rules))
    assert has_times(plan_of(rules_of(CHAIN)))
    assert not has_times(plan_of(rules_of(CHAIN), done=frozenset({"own", "ask", "get"})))
    assert not has_times(plan_of(rules_of(MAYBE), done=frozenset({"first", "last"})))


def test_json_has_the_days_and_why_some_are_missing() -> None:
    plan = plan_of(rules_of(CHAIN))
    found = plan_json(plan, days(plan))
    by_id = {step["id"]: (step["start"], step["end"]) for step in found["steps"]}
    assert by_id == {
        "own": ("2026-11-23", "2026-11-25"),
        "ask": ("2026-11-25", "2026-11-27"),
        "draw": ("2026-11-25", None),
        "get": (None, None),
    }
    assert any("「画图」没写时限" in note for note in found["notes"])
    without = plan_json(plan)
    assert {(step["start"], step["end"]) for step in without["steps"]} == {(None, None)}
    assert without["notes"] == []


def test_the_text_has_a_section_on_time_and_one_on_visits() -> None:
    plan = plan_of(rules_of(CHAIN))
    lines = list(plan_lines(plan, days(plan)))
    assert "时间" in lines
    assert any("日子：2026-11-25 到 2026-11-27" in line for line in lines)
    assert "还要跑 2 趟" in lines  # what ends days later is another visit
    assert "时间" not in list(plan_lines(plan))


def test_the_last_day_of_all_days_is_no_error() -> None:
    plan = plan_of(rules_of(CHAIN))
    times = days(plan, date.max)
    assert times.schedule.end == date.max
    assert list(timeline_lines(times, plan))


times_given = st.none() | st.sampled_from(["当场", "1 工作日", "3 日", "1 个月"])


@given(
    st.lists(st.tuples(times_given, st.booleans(), st.sets(st.integers(0, 6))), max_size=7),
    st.dates(date(2026, 1, 1), date(2027, 6, 1)),
)
def test_every_step_comes_after_what_it_needs_and_known_days_rest_on_known_times(
    written: list[tuple[str | None, bool, set[int]]], start: date
) -> None:
    steps = ""
    for number, (time, maybe, after) in enumerate(written):
        before = ", ".join(f'"s{n}"' for n in sorted(after) if n < number)
        limit = f', time = {{ statutory = "{time}" }}' if time else ""
        when = ", when = { a = true }" if maybe else ""
        steps += f'{{ id = "s{number}", title = "t", after = [{before}]{limit}{when} }},\n'
    rules = rules_of(f'question = [{{ id = "a", kind = "yesno" }}]\nstep = [\n{steps}]')
    plan = plan_of(rules)
    times = days(plan, start)
    certain = {step.id for step in plan.steps if step.status == "certain"}
    for step in plan.steps:
        slot = times.slots[step.id]
        assert slot.start <= slot.end
        for earlier in plan.waits[step.id]:
            if earlier in certain:
                assert times.slots[earlier].end <= slot.start
            if step.id in times.starts:
                assert earlier in times.ends
        if step.id in times.ends:
            assert step.id in times.starts
            assert step.id in certain
            assert step.entry.time is not None
    for earlier, later in pairwise(times.schedule.critical):
        assert times.slots[earlier].end <= times.slots[later].start
    whole = days(plan_of(rules, {"a": True}), start)
    assert times.schedule.end <= whole.schedule.end
