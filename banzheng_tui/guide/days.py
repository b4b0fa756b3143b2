"""About how many days a time is: only to compare ways with one another, never to be shown."""

from banzheng_tui.procedure.model import StepTime
from banzheng_tui.procedure.values import AT_ONCE

DAYS = {
    AT_ONCE: 0.0, "小时": 1 / 24, "工作小时": 1.4 / 8, "工作日": 1.4, "日": 1.0, "个月": 30.4,
    "年": 365.0,
}  # fmt: skip


def approximate_days(time: StepTime | None) -> float:
    """About how many days a step takes by law, or as promised; 0 where nothing is said."""
    duration = None if time is None else time.statutory or time.promised
    return duration.amount * DAYS[duration.unit] if duration else 0.0
