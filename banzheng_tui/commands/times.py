"""The days of a plan for the commands that print one."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banzheng_tui.guide.calendar import WorkCalendar
    from banzheng_tui.guide.plan import Plan
    from banzheng_tui.guide.timeline import Timeline


def times_of(plan: Plan, folders: tuple[Path, ...]) -> Timeline | None:
    """The plan on the calendar from its day on; None where no step says how long it takes.

    Only a plan with times pays for the calendar.
    """
    from banzheng_tui.guide.timeline import has_times, timeline  # noqa: PLC0415

    if not has_times(plan):
        return None
    return timeline(plan, _calendar(folders), plan.situation.on)


@cache
def _calendar(folders: tuple[Path, ...]) -> WorkCalendar:
    """The working days; files that cannot be used are named once."""
    from banzheng_tui.calendars import load_calendar  # noqa: PLC0415
    from banzheng_tui.config import config_file  # noqa: PLC0415

    loaded = load_calendar((*folders, config_file().parent))
    for problem in loaded.problems:
        print(f"{problem}这个文件先不算。", file=sys.stderr)
    return loaded.calendar
