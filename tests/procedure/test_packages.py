"""Packages as their authors write them: what is read, what is refused and where, what is left."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from support.cli import small_library

from banzheng_tui.commands.common import Definitions
from banzheng_tui.errors import InputError
from banzheng_tui.guide.plan import make_plan
from banzheng_tui.guide.plan_json import plan_json
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.library import Library, load_library
from banzheng_tui.procedure.outline import read_outlines

DAY = date(2026, 11, 23)
GOOD = """[package]
id = "tea-day"
name = "开茶馆一次办"
aliases = ["茶馆一条龙"]
batch = "示例第一批"
procedures = ["tea-house", "tea-shop"]
one_form = "两张申请表"
one_visit = "两个窗口"
source = { id = "rule" }
grade = "window"
reviewed = 2026-11-23
review_by = 2027-05-23

[[source]]
id = "rule"
law = "示例办法"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two like procedures, and a place for a package of them."""
    found = small_library(tmp_path / "lib")
    first = found / "leisure" / "tea-house.toml"
    text = first.read_text("utf-8").replace('id = "tea-house"', 'id = "tea-shop"', 1)
    (found / "leisure" / "tea-shop.toml").write_text(text, "utf-8")
    (found / "packages").mkdir()
    return found


def read(folder: Path, text: str = GOOD) -> Library:
    (folder / "packages" / "tea-day.toml").write_text(text, "utf-8")
    return load_library([folder])


def test_a_package_is_read_and_listed_by_its_names(folder: Path) -> None:
    library = read(folder)
    assert library.problems == ()
    package = library.packages["tea-day"]
    assert package.procedures == ("tea-house", "tea-shop")
    (outline,) = (item for item in read_outlines((folder,)) if item.kind == "package")
    assert (outline.id, outline.theme, outline.aliases) == (
        "tea-day",
        "packages",
        ("茶馆一条龙",),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('batch = "', 'batsh = "', 5, "batsh"),
        ('"tea-shop"]', '"tea-ship"]', 6, "没有事项「tea-ship」"),
        ('"tea-shop"]', '"tea-house"]', 6, "写了两次"),
        (', "tea-shop"]', "]", None, "至少"),
        ('{ id = "rule" }', '{ id = "rules" }', 9, "没有编号是「rules」的依据"),
        ('source = { id = "rule" }\ngrade = "window"\n', "", None, "没有写依据"),
        ('id = "tea-day"', 'id = "tea-night"', 2, "文件名"),
        ('name = "开茶馆一次办"\n', "", None, "name"),
        (
            "\n[[source]]",
            "\n[package.given.tea-house]\nnobody = true\n\n[[source]]",
            None,
            "没有编号是「nobody」的问题",
        ),
        (
            "\n[[source]]",
            "\n[package.given.tea-garden]\na = true\n\n[[source]]",
            None,
            "「tea-garden」不在这件事",
        ),
        ('name = "开', "name = 开", 3, ""),
    ],
)
def test_a_mistake_is_told_and_leaves_the_rest_alone(
    folder: Path, old: str, new: str, line: int | None, what: str
) -> None:
    assert old in GOOD
    library = read(folder, GOOD.replace(old, new, 1))
    assert library.packages == {}
    assert set(library.procedures) == {"tea-house", "tea-shop"}
    (problem,) = library.problems
    assert problem.file == "lib/packages/tea-day.toml"
    assert what in str(problem)
    assert line is None or problem.line == line
    assert library.unavailable["tea-day"].problems == (problem,)
    assert not library.can_open("tea-day")
    with pytest.raises(InputError, match="tea-day"):
        Definitions([folder]).rules("tea-day", DAY)
    assert Definitions([folder]).rules("tea-house", DAY).packages == ()


def test_a_package_may_not_take_the_id_of_a_procedure(folder: Path) -> None:
    text = GOOD.replace('id = "tea-day"', 'id = "tea-shop"')
    (folder / "packages" / "tea-shop.toml").write_text(text, "utf-8")
    library = load_library([folder])
    assert library.packages == {}
    assert "tea-shop" in library.procedures
    assert "已经是一个事项" in library.problems[0].what


def test_a_later_folder_replaces_a_package(folder: Path, tmp_path: Path) -> None:
    read(folder)
    city = tmp_path / "city"
    shutil.copytree(folder / "packages", city / "packages")
    file = city / "packages" / "tea-day.toml"
    file.write_text(GOOD.replace("开茶馆一次办", "本市开茶馆"), "utf-8")
    assert load_library([folder, city]).packages["tea-day"].name == "本市开茶馆"
    assert [o.name for o in read_outlines((folder, city)) if o.id == "tea-day"] == ["本市开茶馆"]


def test_a_package_is_planned_as_one_and_its_procedures_offer_it(folder: Path) -> None:
    book = RuleBook(read(folder))
    whole = make_plan(book.rules("tea-day", DAY), Situation(on=DAY))
    said = plan_json(whole)
    assert (said["procedure"], said["name"]) == ("tea-day", "开茶馆一次办")
    assert {step["procedure"] for step in said["steps"]} == {"tea-house", "tea-shop"}
    (note,) = said["notes"]
    for words in ("示例第一批", "一张表", "两张申请表", "两个窗口", "以受理窗口为准"):
        assert words in note
    assert "示例办法" in [source["law"] for source in said["sources"]]
    single = plan_json(make_plan(book.rules("tea-house", DAY), Situation(on=DAY)))
    assert "可以并到「开茶馆一次办」一起办" in single["notes"][-1]


def test_what_a_package_says_is_not_asked_and_other_cases_are_not_offered_it(folder: Path) -> None:
    given = "\n[package.given.tea-house]\nlandlord = true\n\n[[source]]"
    book = RuleBook(read(folder, GOOD.replace("\n[[source]]", given, 1)))
    questions = make_plan(book.rules("tea-day", DAY), Situation(on=DAY)).rules.questions
    assert "tea-house/landlord" in questions
    single = book.rules("tea-house", DAY)
    offered = {
        answer: any(
            "可以并到" in note
            for note in plan_json(make_plan(single, Situation(on=DAY).answer("landlord", answer)))[
                "notes"
            ]
        )
        for answer in (True, False)
    }
    assert offered == {True: True, False: False}


def test_a_broken_procedure_leaves_a_step_that_stands_for_it(folder: Path) -> None:
    file = folder / "leisure" / "tea-shop.toml"
    file.write_text(file.read_text("utf-8") + "broken", "utf-8")
    library = read(folder)
    assert library.can_open("tea-day")
    plan = plan_json(make_plan(RuleBook(library).rules("tea-day", DAY), Situation(on=DAY)))
    assert {step["procedure"] for step in plan["steps"]} == {"tea-house", "tea-shop"}
    (folder / "leisure" / "tea-house.toml").write_text("broken", "utf-8")
    assert not load_library([folder]).can_open("tea-day")
