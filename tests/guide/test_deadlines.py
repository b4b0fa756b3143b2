"""Deadlines that a birth or an expiry sets: their days, what is missed, and papers that lapse."""

from datetime import date

import pytest
from support.library import BUNDLED
from support.written import plan_of, rules_of

from banzheng_tui.calendars import load_calendar
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.guide.timeline import timeline, window
from banzheng_tui.guide.timeline_text import deadline_lines
from banzheng_tui.procedure.model import Deadline
from banzheng_tui.procedure.values import DefinitionError

CALENDAR = load_calendar(()).calendar
TODAY = date(2026, 11, 23)
RULES = rules_of(
    """
question = [
  { id = "new", kind = "yesno" },
  { id = "born", kind = "date", max = "today", when = { new = true } },
  { id = "expires", kind = "date", when = { new = false } },
]
step = [
  { id = "slow", title = "等批", time = { statutory = "20 工作日" } },
  { id = "tell", title = "申报", after = ["slow"] },
  { id = "renew", title = "延续" },
]
deadline = [
  { id = "month", for = ["tell"], after = "born", within = "1 个月", text = "出生后一个月以内",
    grade = "window" },
  { id = "before", for = ["renew"], before = "expires", no_earlier = "90 工作日",
    no_later = "15 工作日", text = "到期前 90 到 15 个工作日之间", grade = "window" },
]
"""
)


def told(plan: Plan) -> list[str]:
    return list(deadline_lines(timeline(plan, CALENDAR, TODAY), plan))


def test_a_deadline_asks_for_its_day_and_counts_only_where_that_is_asked() -> None:
    open_plan = plan_of(RULES)
    assert [item.status for item in open_plan.deadlines] == ["possible", "possible"]
    born = plan_of(RULES, {"new": True})
    assert born.question is not None
    assert born.question.id == "born"
    assert [(item.entry.id, item.day) for item in born.deadlines] == [("month", None)]
    assert told(born) == ["「申报」：出生后一个月以内（以受理窗口为准）"]


def test_a_month_ends_on_the_corresponding_day_and_a_plan_that_misses_it_says_so() -> None:
    (item,) = plan_of(RULES, {"new": True, "born": date(2026, 11, 20)}).deadlines
    # 2026-12-20 is a Sunday: 民法典第二百零三条
    assert window(item, CALENDAR) == (date(2026, 11, 20), date(2026, 12, 21))
    (kept,) = told(plan_of(RULES, {"new": True, "born": date(2026, 11, 23)}))
    assert "要在 2026-12-23 以前：" in kept
    (late,) = told(plan_of(RULES, {"new": True, "born": date(2026, 11, 10)}))
    assert "赶不上，最早 2026-12-21 才轮到" in late
    (over,) = told(plan_of(RULES, {"new": True, "born": date(2026, 9, 1)}))
    assert "已经过了" in over


def test_a_window_before_an_expiry_is_counted_back_in_working_days() -> None:
    plan = plan_of(RULES, {"new": False, "expires": date(2026, 10, 30)})
    (item,) = plan.deadlines
    assert window(item, CALENDAR)[1] == date(2026, 10, 10)  # a Saturday that is worked
    ahead = plan_of(RULES, {"new": False, "expires": date(2027, 8, 2)})
    times = timeline(ahead, CALENDAR, TODAY)
    earliest, _ = window(ahead.deadlines[0], CALENDAR)
    assert earliest is not None
    assert times.slots["renew"].start >= earliest  # the schedule waits until one may apply


@pytest.mark.parametrize(
    "written",
    [
        {"after": "born"},
        {"within": "1 个月"},
        {"after": "born", "within": "1 个月", "before": "expires"},
        {"before": "expires"},
        {},
    ],
)
def test_a_deadline_is_written_one_way_or_the_other(written: dict[str, str]) -> None:
    whole = {"id": "x", "for": ["a"], "text": "t", "grade": "window", **written}
    with pytest.raises(ValueError, match="期限") as caught:
        Deadline.model_validate(whole)
    assert not isinstance(caught.value, DefinitionError)


def test_the_bundled_deadlines_have_days() -> None:
    book = RuleBook(BUNDLED)
    answers: dict[str, Answer] = {
        "household": "apart", "follow": "mother", "special": frozenset({"none"}),
        "parents-married": "married", "register": "family", "certificate": "held",
        "child-age": "within-month", "born": date(2026, 11, 10),
    }  # fmt: skip
    rules = book.rules("newborn-registration", TODAY)
    plan = make_plan(rules, Situation(on=TODAY, answers=answers))
    lines = told(plan)
    assert any("2026-12-10 以前" in line and "一个月" in line for line in lines)
    assert any("90 天" in line and "因地而异" in line for line in lines)
    rules = book.rules("food-business-licence", TODAY)
    renewing: dict[str, Answer] = {"matter": "renew", "due": "window", "expires": date(2027, 2, 26)}
    plan = make_plan(rules, Situation(on=TODAY, answers=renewing))
    (line,) = told(plan)
    assert "待放假安排公布" in line
    assert "15 个工作日" in line
