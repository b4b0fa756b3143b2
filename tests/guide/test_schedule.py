"""When what is to be done: every task after what it needs, and the end as early as can be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from banzheng_tui.guide.calendar import Arrangement, WorkCalendar
from banzheng_tui.guide.schedule import Schedule, Slot, Task, Validity, Window, schedule
from banzheng_tui.procedure.values import AT_ONCE, Duration, parse_duration

NATIONAL_DAY = frozenset(date(2026, 10, day) for day in range(1, 8))
YEAR = Arrangement(2026, "通知", NATIONAL_DAY, frozenset({date(2026, 9, 20), date(2026, 10, 10)}))
CALENDAR = WorkCalendar((YEAR,))
MONDAY = date(2026, 11, 23)


def task(name: str, time: str | None = None, after: str = "", *, own: bool = False) -> Task:
    """A task with a statutory limit."""
    limit = parse_duration(time) if time else None
    return Task(name, tuple(after.split()), statutory=limit, own=own)


def slot(start: str, end: str) -> Slot:
    return Slot(date.fromisoformat(f"2026-{start}"), date.fromisoformat(f"2026-{end}"))


def test_a_task_starts_when_the_last_of_those_it_waits_for_ends() -> None:
    tasks = [
        task("permit", "10 工作日", "licence health"),
        task("licence", "3 工作日"),
        task("health", "5 日", own=True),
    ]
    found = schedule(tasks, CALENDAR, MONDAY)
    assert found.promised["licence"] == slot("11-23", "11-26")
    assert found.promised["health"] == slot("11-23", "11-28")  # a Saturday: nobody's office
    assert found.promised["permit"] == slot("11-30", "12-14")
    assert found.end == date(2026, 12, 14)
    assert found.critical == ("health", "permit")
    assert found.slack == {"permit": 0, "licence": 2, "health": 0}
    assert not found.provisional


def test_promised_and_statutory_limits_apart() -> None:
    tasks = [
        Task("a", (), parse_duration("1 工作日"), parse_duration("5 工作日")),
        Task("b", ("a",), promised=parse_duration("2 工作日")),
        Task("c", ("b",), statutory=parse_duration("1 工作日")),
    ]
    found = schedule(tasks, CALENDAR, MONDAY)
    assert found.promised == {
        "a": slot("11-23", "11-24"),
        "b": slot("11-24", "11-26"),
        "c": slot("11-26", "11-27"),
    }
    assert found.statutory["a"] == slot("11-23", "11-30")
    assert (found.end, found.statutory_end) == (date(2026, 11, 27), date(2026, 12, 3))


def test_an_office_starts_on_a_working_day_and_the_citizen_on_any() -> None:
    tasks = [task("office", "当场"), task("self", "当场", own=True)]
    found = schedule(tasks, CALENDAR, date(2026, 10, 1))
    assert found.promised == {"office": slot("10-08", "10-08"), "self": slot("10-01", "10-01")}
    made_up = schedule(tasks, CALENDAR, date(2026, 10, 10))
    assert made_up.promised["office"] == slot("10-10", "10-10")


def test_what_is_done_takes_no_time_and_is_not_waited_for() -> None:
    tasks = [replace(task("a", "20 工作日"), done=True), task("b", "1 工作日", "a")]
    found = schedule(tasks, CALENDAR, MONDAY)
    assert found.promised == {"b": slot("11-23", "11-24")}


def test_all_done_ends_on_the_day_it_starts() -> None:
    found = schedule([Task("a", done=True)], CALENDAR, MONDAY)
    assert (found.end, found.statutory_end, found.critical) == (MONDAY, MONDAY, ())


def test_where_nobody_says_a_time_the_schedule_says_at_least() -> None:
    tasks = [task("a"), task("b", "1 工作日", "a"), task("c", "1 工作日")]
    found = schedule(tasks, CALENDAR, MONDAY)
    assert found.unknown == {"a"}
    assert found.at_least == {"a", "b"}
    assert found.promised["a"] == slot("11-23", "11-23")


def test_days_of_a_year_without_arrangement_are_marked() -> None:
    tasks = [task("a", "20 工作日"), task("b", "20 工作日", "a")]
    found = schedule(tasks, CALENDAR, MONDAY)
    assert not found.is_provisional(found.promised["a"].end)
    assert found.is_provisional(found.promised["b"].end)
    assert found.provisional
    assert schedule(tasks[:1], CALENDAR, date(2027, 1, 1)).is_provisional(date(2027, 1, 1))


def test_tasks_that_wait_for_one_another_are_named() -> None:
    with pytest.raises(ValueError, match="a, b"):
        schedule([task("a", after="b"), task("b", after="a"), task("c")], CALENDAR, MONDAY)


def test_more_days_than_there_are() -> None:
    tasks = [task("a", "999999 年"), task("b", "999999 工作日", "a"), task("c", "1 个月", "b")]
    found = schedule(tasks, CALENDAR, MONDAY)
    assert found.end == date.max
    assert found.provisional


# -- windows


def test_a_task_waits_for_its_window_and_those_before_it_have_time() -> None:
    tasks = [task("photo", "1 工作日"), task("renew", "3 工作日", "photo")]
    window = Window("renew", date(2026, 12, 5), date(2026, 12, 20), "")
    found = schedule(tasks, CALENDAR, MONDAY, [window])
    assert found.promised["renew"] == slot("12-07", "12-10")  # 12-05 is a Saturday
    assert found.critical == ("renew",)
    assert found.slack == {"photo": 11, "renew": 0}
    assert not found.missed


def test_a_deadline_that_the_plan_misses_is_told() -> None:
    tasks = [task("papers", "10 日"), task("register", "当场", "papers")]
    window = Window("register", None, date(2026, 11, 30), "要补证明")
    found = schedule(tasks, CALENDAR, MONDAY, [window])
    assert [(item.window, item.start, item.days_late) for item in found.missed] == [
        (window, date(2026, 12, 3), 3)
    ]
    assert not found.missed[0].only_at_worst


def test_a_deadline_missed_only_if_an_office_takes_all_the_time_it_has() -> None:
    papers = Task("papers", (), parse_duration("1 工作日"), parse_duration("20 工作日"))
    window = Window("register", None, date(2026, 11, 30), "")
    found = schedule([papers, task("register", "当场", "papers")], CALENDAR, MONDAY, [window])
    assert [item.only_at_worst for item in found.missed] == [True]


def test_no_slack_beyond_a_deadline() -> None:
    tasks = [task("prepare", "1 工作日"), task("register", "当场", "prepare"), task("long", "1 年")]
    window = Window("register", None, date(2026, 11, 29), "")
    found = schedule(tasks, CALENDAR, MONDAY, [window])
    assert found.slack["register"] == 3  # until Friday the 27th
    assert found.slack["prepare"] == 3


def test_windows_of_what_is_done_or_not_there_say_nothing() -> None:
    windows = [Window(name, None, date(2026, 1, 1), "") for name in ("done", "other")]
    found = schedule([Task("done", done=True), task("a")], CALENDAR, MONDAY, windows)
    assert not found.missed


# -- papers that lapse


def validity(time: str) -> Validity:
    return Validity("proof", "proof", "use", parse_duration(time))


@pytest.mark.parametrize(
    ("good_for", "until"),
    [("3 日", date(2026, 11, 26)), ("5 日", date(2026, 11, 28)), ("1 个月", None)],
)
def test_a_paper_that_lapses_before_it_is_used(good_for: str, until: date | None) -> None:
    tasks = [
        task("proof", "当场"), task("slow", "5 工作日"), task("use", "当场", "proof slow"),
    ]  # fmt: skip
    found = schedule(tasks, CALENDAR, MONDAY, validities=[validity(good_for)])
    told = [(item.until, item.used, item.only_at_worst) for item in found.lapses]
    assert told == ([(until, date(2026, 11, 30), False)] if until else [])


def test_a_paper_that_lapses_only_if_an_office_takes_all_the_time_it_has() -> None:
    slow = Task("slow", (), parse_duration("1 工作日"), parse_duration("20 工作日"))
    tasks = [task("proof", "当场"), slow, task("use", "当场", "proof slow")]
    found = schedule(tasks, CALENDAR, MONDAY, validities=[validity("10 日")])
    assert [item.only_at_worst for item in found.lapses] == [True]


def test_a_paper_at_hand_does_not_lapse_here() -> None:
    tasks = [replace(task("proof"), done=True), task("use", "当场", "proof")]
    assert not schedule(tasks, CALENDAR, MONDAY, validities=[validity("1 日")]).lapses


# -- what always holds

UNITS = ("工作日", "日", "个月", "小时", "工作小时")
limits = st.one_of(
    st.none(),
    st.just(Duration(0, AT_ONCE)),
    st.builds(Duration, st.integers(1, 12), st.sampled_from(UNITS)),
)
starts = st.dates(date(2026, 8, 1), date(2026, 12, 31))


@st.composite
def task_lists(draw: st.DrawFn) -> list[Task]:
    """Some tasks, each after some of those before it, in any order."""
    found: list[Task] = []
    for number in range(draw(st.integers(1, 8))):
        names = [item.id for item in found]
        after = draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) if names else []
        promised, statutory = draw(limits), draw(limits)
        own, done = draw(st.booleans()), draw(st.integers(0, 5)) == 0
        found.append(Task(f"t{number}", tuple(after), promised, statutory, own, done))
    return draw(st.permutations(found))


@st.composite
def window_lists(draw: st.DrawFn) -> list[Window]:
    """Windows of some of those tasks, each of them open or not at either side."""
    days = st.none() | st.dates(date(2026, 8, 1), date(2027, 3, 1))
    names = st.sampled_from([f"t{number}" for number in range(8)])
    return draw(st.lists(st.builds(Window, names, days, days, st.just("")), max_size=3))


def opened(item: Task, day: date) -> date:
    """Counted by hand."""
    while not item.own and not CALENDAR.is_working(day):
        day += timedelta(1)
    return day


def alone(chain: Sequence[Task], start: date, windows: Sequence[Window]) -> date:
    """When a chain of tasks would end if there were nothing else to wait for."""
    day = start
    for item in chain:
        opens = [w.earliest for w in windows if w.task == item.id and w.earliest]
        only = schedule([replace(item, after=())], CALENDAR, max([day, *opens]))
        day = only.end
    return day


def chains(tasks: Sequence[Task]) -> list[list[Task]]:
    """Every chain of undone tasks that wait for one another, from any to any."""
    by_id = {item.id: item for item in tasks if not item.done}
    found = [[item] for item in by_id.values()]
    for chain in found:  # grows on the way
        found += [[by_id[name], *chain] for name in chain[0].after if name in by_id]
    return found


def delayed(found: Schedule, name: str, by: int) -> Window:
    return Window(name, found.promised[name].start + timedelta(by), None, "")


@given(task_lists(), starts, window_lists())
def test_every_task_after_what_it_needs(
    tasks: list[Task], start: date, windows: list[Window]
) -> None:
    found = schedule(tasks, CALENDAR, start, windows)
    undone = {item.id: item for item in tasks if not item.done}
    assert set(found.promised) == set(found.statutory) == set(undone)
    for slots, (name, item) in product((found.promised, found.statutory), undone.items()):
        opens = [w.earliest for w in windows if w.task == name and w.earliest]
        ready = max([start, *opens, *(slots[other].end for other in item.after if other in undone)])
        assert slots[name].start == opened(item, ready)
        assert slots[name].end >= slots[name].start


@given(task_lists(), starts, window_lists())
def test_the_critical_path_is_the_longest_and_has_no_slack(
    tasks: list[Task], start: date, windows: list[Window]
) -> None:
    found = schedule(tasks, CALENDAR, start, windows)
    by_id = {item.id: item for item in tasks}
    critical = [by_id[name] for name in found.critical]
    assert all(found.slack[item.id] == 0 for item in critical)
    assert all(a.id in b.after for a, b in pairwise(critical))
    every = [alone(chain, start, windows) for chain in chains(tasks)]
    assert found.end == alone(critical, start, windows) == max([start, *every])


@given(task_lists(), starts, window_lists(), st.data())
def test_a_task_delayed_by_its_slack_moves_neither_the_end_nor_a_deadline(
    tasks: list[Task], start: date, windows: list[Window], data: st.DataObject
) -> None:
    found = schedule(tasks, CALENDAR, start, windows)
    assume(found.promised)
    name = data.draw(st.sampled_from(sorted(found.promised)))
    by = data.draw(st.integers(0, found.slack[name]))
    later = schedule(tasks, CALENDAR, start, [*windows, delayed(found, name, by)])
    assert later.end == found.end

    def late(of: Schedule) -> set[Window]:
        return {item.window for item in of.missed if not item.only_at_worst}

    assert late(later) == late(found)


@given(task_lists(), starts, st.data())
def test_a_task_off_the_critical_path_delayed_by_more_than_its_slack_moves_the_end(
    tasks: list[Task], start: date, data: st.DataObject
) -> None:
    found = schedule(tasks, CALENDAR, start)
    assume(found.slack.keys() - set(found.critical))
    name = data.draw(st.sampled_from(sorted(found.slack.keys() - set(found.critical))))
    later = delayed(found, name, found.slack[name] + 1)
    assert schedule(tasks, CALENDAR, start, [later]).end > found.end


@given(task_lists(), starts, starts, window_lists())
def test_who_starts_later_never_ends_earlier(
    tasks: list[Task], one: date, other: date, windows: list[Window]
) -> None:
    early, late = (schedule(tasks, CALENDAR, day, windows) for day in sorted((one, other)))
    assert all(early.promised[name].end <= slot.end for name, slot in late.promised.items())
    assert all(early.statutory[name].end <= slot.end for name, slot in late.statutory.items())


@given(task_lists(), starts, st.data(), st.integers(1, 20))
def test_more_time_never_ends_earlier(
    tasks: list[Task], start: date, data: st.DataObject, more: int
) -> None:
    timed = [n for n, item in enumerate(tasks) if item.statutory and item.statutory.amount]
    assume(timed)
    number = data.draw(st.sampled_from(timed))
    item = tasks[number]
    assert item.statutory
    longer = replace(item, statutory=Duration(item.statutory.amount + more, item.statutory.unit))
    before = schedule(tasks, CALENDAR, start)
    after = schedule([*tasks[:number], longer, *tasks[number + 1 :]], CALENDAR, start)
    assert before.end <= after.end
    assert before.statutory_end <= after.statutory_end


@given(task_lists(), starts, window_lists())
def test_the_order_in_which_tasks_are_given_changes_no_date(
    tasks: list[Task], start: date, windows: list[Window]
) -> None:
    found = schedule(tasks, CALENDAR, start, windows)
    other = schedule(tasks[::-1], CALENDAR, start, windows)
    assert (found.promised, found.statutory) == (other.promised, other.statutory)
