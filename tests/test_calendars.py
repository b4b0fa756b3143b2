"""The working days of China: what is known, and what a file adds or gets wrong."""

from datetime import date
from pathlib import Path

import pytest

from banzheng_tui.calendars import load_calendar
from banzheng_tui.procedure.problems import summary

GOOD = """
[calendar]
year = 2040
source = "2040 年放假通知"
days_off = [2040-01-02, 2040-02-13]
workdays = [2040-01-14]
"""


def folder(root: Path, **files: str) -> Path:
    (root / "calendar").mkdir(parents=True)
    for name, text in files.items():
        (root / "calendar" / f"{name}.toml").write_text(text, encoding="utf-8")
    return root


def test_published_years_are_known_and_an_estimate_is_not_taken_for_one() -> None:
    calendar = load_calendar([]).calendar
    assert all(calendar.is_published(year) for year in range(2001, 2027))
    assert "2026" in str(calendar.source(2026))
    assert not calendar.is_published(2000)
    unpublished = calendar.unpublished_from(date(2026, 1, 1))
    assert unpublished
    made_up = [
        day for day in calendar.arrangements[-1].workdays if day.year == unpublished.year - 1
    ]
    assert made_up  # the last year that counts as published has weekends that are worked


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-05-05", False),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-07", False),
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2025-10-08", False),
        ("2025-09-28", True),
        ("2005-12-31", True),  # made up for by the notice of the year after
    ],
)
def test_the_arrangement_of_the_state_council(day: str, works: bool) -> None:
    assert load_calendar([]).calendar.is_working(date.fromisoformat(day)) is works


def test_a_file_adds_a_year_just_published(tmp_path: Path) -> None:
    loaded = load_calendar([folder(tmp_path, new=GOOD)])
    assert not loaded.problems
    assert loaded.calendar.source(2040) == "2040 年放假通知"
    assert not loaded.calendar.is_working(date(2040, 1, 2))
    assert loaded.calendar.is_working(date(2040, 1, 14))
    assert loaded.calendar.is_working(date(2026, 10, 10))


def test_a_later_folder_wins_over_the_library_and_over_earlier_ones(tmp_path: Path) -> None:
    old = '[calendar]\nyear = 2026\nsource = "旧的"\ndays_off = [2026-03-02]\n'
    first = folder(tmp_path / "library", old=old)
    second = folder(tmp_path / "own", new=old.replace("旧的", "新的").replace("03-02", "03-03"))
    calendar = load_calendar([first, second]).calendar
    assert calendar.source(2026) == "新的"
    assert calendar.is_working(date(2026, 3, 2))
    assert not calendar.is_working(date(2026, 3, 3))
    assert not calendar.is_working(date(2026, 10, 10))  # the file says the whole year


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[calendar\nyear = 2042", 1, "方括号"),
        ("year = 2042\n", 1, "year"),
        ('[calendar]\nyear = 2042\nsource = "通知"\n', 1, "缺少「days_off」"),
        (GOOD.replace("days_off", "day_off"), 5, "是不是想写「days_off」"),
        (GOOD.replace("2040-02-13", '"春节"'), 5, "不是日期"),
        (GOOD.replace("2040-02-13", "2026-02-16"), 5, "2026-02-16 不在 2040 年"),
        (GOOD.replace("2040-01-14", "2040-01-13"), 6, "不是周末"),
        (GOOD.replace("2040-02-13", "2040-01-14"), 6, "又放假又上班"),
    ],
)
def test_a_broken_file_is_named_with_its_mend_and_the_others_go_on(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    good = GOOD.replace("2040", "2041").replace("2041-01-14", "2041-01-12")
    loaded = load_calendar([folder(tmp_path, broken=text, good=good)])
    told = summary(loaded.problems)
    assert f"calendar/broken.toml:{line}" in told
    assert said in told
    assert "good.toml" not in told
    assert not loaded.calendar.is_published(2040)
    assert loaded.calendar.is_published(2041)


def test_a_year_that_two_files_say_is_named(tmp_path: Path) -> None:
    loaded = load_calendar([folder(tmp_path, a=GOOD, b=GOOD.replace("年放假通知", "年的"))])
    assert "calendar/b.toml:3" in summary(loaded.problems)
    assert loaded.calendar.source(2040) == "2040 年放假通知"


def test_december_before_may_make_up_for_the_new_year(tmp_path: Path) -> None:
    text = GOOD.replace("2040-01-14", "2039-12-31")
    loaded = load_calendar([folder(tmp_path, new=text)])
    assert not loaded.problems
    assert loaded.calendar.is_working(date(2039, 12, 31))


def test_it_is_read_once(tmp_path: Path) -> None:
    root = folder(tmp_path, new=GOOD)
    assert load_calendar([root]) is load_calendar((root,))
