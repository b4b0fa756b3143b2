"""``banzheng check``: every mistake with file and line."""

import json
from pathlib import Path

import pytest

from banzheng_tui.cli import main

Captured = pytest.CaptureFixture[str]


def break_file(library: Path, old: str, new: str) -> None:
    file = library / "leisure" / "tea-house.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_bundled_library_is_clean(capsys: Captured) -> None:
    assert main(["check"]) == 0
    assert "问题 0 处" in capsys.readouterr().out


def test_clean_library(capsys: Captured, library: Path) -> None:
    assert main(["check", str(library), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_every_mistake_is_told(capsys: Captured, library: Path) -> None:
    break_file(library, 'kind = "yesno"', 'kind = "yes"')
    break_file(library, 'title = "办卖酒备案"', 'titel = "办卖酒备案"')
    assert main(["check", str(library), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)
    assert {tuple(problem) for problem in problems} == {("file", "line", "field", "what", "mend")}
    assert {problem["file"] for problem in problems} == {"library/leisure/tea-house.toml"}
    lines = (library / "leisure" / "tea-house.toml").read_text("utf-8").splitlines()
    told = {problem["field"]: problem["line"] for problem in problems}
    assert lines[told["question「landlord」.kind"] - 1] == 'kind = "yes"'
    assert lines[told["step「wine」.titel"] - 1].startswith("titel")


def test_text(capsys: Captured, library: Path) -> None:
    break_file(library, 'for = ["wine"]', 'for = ["beer"]')
    assert main(["check", str(library)]) == 1
    out = capsys.readouterr().out
    assert "library/leisure/tea-house.toml:" in out
    assert "beer" in out
    assert "不能用的 1 个" in out


def test_a_whole_library_must_stand_alone(capsys: Captured, library: Path) -> None:
    """What only the bundled catalog has does not help a library that has a catalog of its own."""
    break_file(library, 'department = "tea-office"', 'department = "public-security"')
    assert main(["check", str(library)]) == 1
    assert "public-security" in capsys.readouterr().out
    assert main(["check", "--on-top", str(library)]) == 0


def test_a_folder_without_catalog_stands_on_the_bundled_one(
    capsys: Captured, tmp_path: Path
) -> None:
    file = tmp_path / "city" / "family" / "small.toml"
    file.parent.mkdir(parents=True)
    file.write_text(
        '[procedure]\nid = "small"\nname = "小事"\ndepartment = "public-security"\n'
        "reviewed = 2026-01-01\nreview_by = 2027-01-01\n",
        "utf-8",
    )
    assert main(["check", str(tmp_path / "city")]) == 0
    assert "事项 1 个" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nowhere", "library/leisure", "library/leisure/tea-house.toml"])
def test_not_a_library(capsys: Captured, library: Path, name: str) -> None:
    assert main(["check", str(library.parent / name)]) == 1
    assert capsys.readouterr().err.startswith("出错了：")
