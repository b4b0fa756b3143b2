"""``banzheng plan --on``: where another day's plan differs from today's, that is said."""

import shutil
from pathlib import Path

import pytest
from support.desk import SMALL

from banzheng_tui.cli import main

FAR = "2999-01-01"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The desk's small library, with its change of rules in a far future."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "stalls"))
    file = folder / "business" / "night-stall.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("valid_from = 2027-01-01", f"valid_from = {FAR}")
    file.write_text(text.replace("valid_to = 2026-12-31", "valid_to = 2998-12-31"), "utf-8")
    return folder


def planned(capsys: Captured, library: Path, *words: str) -> str:
    assert main(["plan", "night-stall", "--library", str(library), *words]) == 0
    return capsys.readouterr().out


def test_what_differs_is_a_section_at_the_end(capsys: Captured, library: Path) -> None:
    out = planned(capsys, library, "--on", FAR, "-a", "spot=street", "-a", "goods=toys")
    assert f"按 {FAR} 的规定" in out
    assert out.endswith(
        "\n\n和今天相比\n1 多了材料：灯具合格单（原件 1）\n2 变了费用：工本费（10 元 变成 15 元）\n"
    )


def test_nothing_is_said_where_nothing_differs(capsys: Captured, library: Path) -> None:
    assert "和今天相比" not in planned(capsys, library, "--on", "2998-12-31")
    assert "和今天相比" not in planned(capsys, library)


def test_json_keeps_its_keys(capsys: Captured, library: Path) -> None:
    out = planned(capsys, library, "--on", FAR, "--json")
    assert out.count("\n") == 1
    assert "和今天相比" not in out
