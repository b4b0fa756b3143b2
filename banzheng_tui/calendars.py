"""The working days of China: those of the library `holidays`, and years that files add.

A file ``calendar/2027.toml`` in a library's folder or beside the user's settings says the whole
arrangement of a year just published, or mends that of another:

    [calendar]
    year = 2027
    source = "国务院办公厅关于2027年部分节假日安排的通知"
    days_off = [2027-01-01, 2027-01-02, 2027-01-03]  # weekends may be left out
    workdays = [2027-01-09]                          # weekends that are worked

Not to be imported before the first screen stands: it takes pydantic and, when it loads, `holidays`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

from pydantic import Field

from banzheng_tui.guide.calendar import Arrangement, WorkCalendar
from banzheng_tui.procedure.fields import Day, Table, Text
from banzheng_tui.procedure.files import DefinitionFile, read_file, validate
from banzheng_tui.procedure.problems import Problem

FOLDER = "calendar"
FIRST_YEAR = 2001
"""`holidays` goes by the notices of the State Council from this year on."""
_MADE_UP = "调休"
_ESTIMATED = "推定"


@dataclass(frozen=True, slots=True)
class LoadedCalendar:
    """The calendar, and what is wrong in files that it does without."""

    calendar: WorkCalendar
    problems: tuple[Problem, ...] = ()


class _Year(Table):
    year: int = Field(ge=FIRST_YEAR)
    source: Text
    days_off: tuple[Day, ...] = Field(min_length=1)
    workdays: tuple[Day, ...] = ()


class _YearFile(Table):
    calendar: _Year


def load_calendar(folders: Iterable[Path]) -> LoadedCalendar:
    """The working days; what a later folder's file says of a year stands in for all before.

    The folders are those of the library and then that of the user's settings
    (``config_file().parent``). Read once a process.
    """
    return _load(tuple(folders))


@cache
def _load(folders: tuple[Path, ...]) -> LoadedCalendar:
    problems: list[Problem] = []
    added = [item for folder in folders for item in _added(folder, problems)]
    calendar = WorkCalendar(_published()).with_arrangements(added)
    return LoadedCalendar(calendar, tuple(problems))


@cache
def _published() -> tuple[Arrangement, ...]:
    """The years whose arrangement `holidays` knows."""
    found: list[Arrangement] = []
    for year in count(FIRST_YEAR):
        arrangement = _of_year(year)
        if arrangement is None:
            break
        found.append(arrangement)
    return tuple(found)


def _of_year(year: int) -> Arrangement | None:
    """A year of `holidays`; None where it only estimates: then no weekend makes up for any day."""
    import holidays  # noqa: PLC0415  (takes 70 ms)

    days = holidays.country_holidays("CN", years=year, language="zh_CN")
    names = list(days.values())
    if not any(_MADE_UP in name for name in names) or any(_ESTIMATED in name for name in names):
        return None
    workdays = frozenset(day for day in days.weekend_workdays if _belongs(day, year))
    source = f"国务院办公厅 {year} 年放假安排（holidays 库）"
    return Arrangement(year, source, frozenset(days), workdays)


def _added(folder: Path, problems: list[Problem]) -> Iterator[Arrangement]:
    """The years that the files of a folder add; what is wrong is added to the problems."""
    owners: dict[int, str] = {}
    for path in sorted((folder / FOLDER).glob("*.toml")):
        file = read_file(path, folder, problems)
        content = validate(_YearFile, file, problems)[0] if file else None
        if file is None or content is None:
            continue
        year = content.calendar
        found = list(_mistakes(year, file))
        if year.year in owners:
            what = f"{year.year} 年在 {owners[year.year]} 里已经有了"
            found.append(file.problem(("calendar", "year"), what, "一年只写一个文件"))
        owners.setdefault(year.year, file.shown)
        problems += found
        if not found:
            off, worked = frozenset(year.days_off), frozenset(year.workdays)
            yield Arrangement(year.year, year.source, off, worked)


def _mistakes(year: _Year, file: DefinitionFile) -> Iterator[Problem]:
    """Days that cannot be what they are said to be."""
    for key in ("days_off", "workdays"):
        for number, day in enumerate(getattr(year, key)):
            if not _belongs(day, year.year):
                what = f"{day} 不在 {year.year} 年"
                mend = f"改成 {year.year} 年的日子；也可以写上一年 12 月的"
                yield file.problem(("calendar", key, number), what, mend)
    for number, day in enumerate(year.workdays):
        if day in year.days_off:
            what, mend = f"{day} 又放假又上班", "在 days_off 和 workdays 里只留一处"
            yield file.problem(("calendar", "workdays", number), what, mend)
        elif day.weekday() < 5:
            what, mend = f"{day} 不是周末，本来就上班", "workdays 只写调休上班的周六、周日"
            yield file.problem(("calendar", "workdays", number), what, mend)


def _belongs(day: date, year: int) -> bool:
    """New Year's holiday may begin, and be made up for, in the December before."""
    return day.year == year or (day.year == year - 1 and day.month == 12)
