"""The days of a plan as one says them."""

from collections.abc import Iterator
from datetime import date

from banzheng_tui.guide.calendar import PROVISIONAL, start_on_working_day
from banzheng_tui.guide.duration import UNSAID
from banzheng_tui.guide.plan import Plan, PlanDeadline
from banzheng_tui.guide.timeline import Timeline, says_times, window
from banzheng_tui.guide.wording import GRADE

CRITICAL = "卡时间的几步"
AT_LEAST = "最早"
_NAMED = 3


def timeline_lines(times: Timeline, plan: Plan, today: date | None = None) -> Iterator[str]:
    """When all can be done, what that hangs on, and what nobody knows; ``today`` where known."""
    if not says_times(plan):
        return
    yield _earliest(times, today)
    closed = closed_text(times)
    if closed:
        yield closed
    if times.critical:
        names = "，再".join(f"「{_title(name, plan)}」" for name in times.critical)
        yield f"{CRITICAL}：{names}"
    if times.untimed:
        yield f"{UNSAID}的：{_names(times.untimed, plan)}；问经办部门，或者自己估"
    if times.possible:
        yield f"可能要的 {len(times.possible)} 步还没算进去"
    if provisional := provisional_note(times):
        yield provisional


def deadline_lines(times: Timeline | None, plan: Plan) -> Iterator[str]:
    """Every deadline with its days, and whether the plan keeps it."""
    for item in plan.deadlines:
        yield deadline_text(item, times, plan)
    for lapse in times.schedule.lapses if times else ():
        paper = plan.rules.catalog.documents[lapse.validity.paper].name
        worst = "，要是部门用满法定时限" if lapse.only_at_worst else ""
        yield f"「{paper}」有效到 {lapse.until}，用到它是 {lapse.used}{worst}：会过期，晚一点再办"


def deadline_text(item: PlanDeadline, times: Timeline | None, plan: Plan) -> str:
    """「「申报」要在 2026-12-01 以前：……」; without a day what it counts from."""
    steps = {step.id: step.entry.title for step in plan.steps}
    what = "".join(f"「{steps[name]}」" for name in item.entry.for_steps if name in steps)
    maybe = "" if item.status == "certain" else "可能有期限，"
    grade = f"（{GRADE[item.entry.grade]}）" if GRADE[item.entry.grade] else ""
    told = item.entry.text.rstrip("。") + grade
    if times is None or item.day is None:
        return f"{maybe}{what}：{told}"
    earliest, latest = window(item, times.calendar)
    began = f"{earliest} 起，" if earliest is not None and item.entry.before else ""
    until = f"{began}{marked(times, latest)} 以前" if latest else f"{earliest} 以后"
    return f"{maybe}{what}要在 {until}{_kept(item, times)}：{told}"


def _kept(item: PlanDeadline, times: Timeline) -> str:
    """Whether the days of the plan keep a deadline; nothing where nobody can say."""
    for missed in times.schedule.missed:
        if missed.window.task in item.entry.for_steps and missed.window.text == item.entry.text:
            if missed.latest < times.schedule.start:
                return f"，已经过了 {(times.schedule.start - missed.latest).days} 天"
            worst = "部门用满法定时限的话，" if missed.only_at_worst else ""
            return f"，{worst}赶不上，最早 {missed.start} 才轮到"
    return ""


def _earliest(times: Timeline, today: date | None) -> str:
    found = times.schedule
    past = "（这一天已经过了）" if today is not None and found.start < today else ""
    begin = f"从 {found.start}{past or ' '}算起"
    if not found.promised:
        return f"{begin}，还没有一定要办的步骤，说不出哪天办完"
    end = f"{AT_LEAST} {marked(times, found.end)} 办完"
    if not times.is_whole:
        end = f"光是写明的时限，{AT_LEAST}也要到 {marked(times, found.end)}"
    by_law = ""
    if found.statutory_end != found.end:
        by_law = f"；部门用满法定时限，是 {marked(times, found.statutory_end)}"
    return f"{begin}，{end}{by_law}"


def closed_text(times: Timeline) -> str:
    """Where the first day is a day off: when offices open again."""
    start = times.schedule.start
    opens = start_on_working_day(times.calendar, start).day
    return "" if opens == start else f"{start} 窗口不上班，要去窗口的从 {opens} 起办"


def provisional_note(times: Timeline) -> str:
    """That a year is counted without its arrangement; nothing where none is."""
    first = times.schedule.provisional_from
    if first is None or not times.schedule.provisional:
        return ""
    return f"{PROVISIONAL}：{first.year} 年的放假安排还没公布，先按周一到周五上班算"


def marked(times: Timeline, day: date) -> str:
    """A day, with a word where it counts on a year whose arrangement is not published."""
    return f"{day}（{PROVISIONAL}）" if times.schedule.is_provisional(day) else f"{day}"


def step_days(times: Timeline, step: str) -> str:
    """「2026-11-24 到 2026-12-01」; from when at the earliest where no more is known."""
    if step not in times.slots:
        return ""
    slot = times.slots[step]
    if step in times.ends:
        until = "当天办完" if slot.end == slot.start else f"到 {marked(times, slot.end)}"
        return f"{slot.start} {until}"
    if step in times.starts:
        return f"{marked(times, slot.start)} 起"
    if slot.start == times.schedule.start:
        return ""  # that it cannot be sooner than now says nothing
    return f"{AT_LEAST} {marked(times, slot.start)} 起"


def unknown_note(times: Timeline, plan: Plan) -> str:
    """Why some steps have no days; nothing where all have."""
    if times.is_whole:
        return ""
    told = []
    if times.untimed:
        told.append(f"{_names(times.untimed, plan)}{UNSAID}")
    if times.possible:
        told.append(f"{len(times.possible)} 步还没定要不要")
    return f"{'；'.join(told)}：要等它们的步骤，日期空着，不猜"


def _names(steps: tuple[str, ...], plan: Plan) -> str:
    named = "".join(f"「{_title(name, plan)}」" for name in steps[:_NAMED])
    return named + (f"等 {len(steps)} 步" if len(steps) > _NAMED else "")


def _title(name: str, plan: Plan) -> str:
    return next(step.entry.title for step in plan.steps if step.id == name)
