"""``plan``, ``map`` and ``ask`` tell days as far as they are known, from the day that is asked for."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from support.desk import SMALL

from banzheng_tui.cli import main
from banzheng_tui.commands import times

Captured = pytest.CaptureFixture[str]
SITUATION = ("-a", "spot=market", "-a", "goods=toys", "--done", "draw", "--library", str(SMALL))


def said(capsys: Captured, *words: str) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


def test_the_day_asked_for_is_the_day_it_starts(capsys: Captured) -> None:
    out = said(capsys, "plan", "night-stall", *SITUATION, "--on", "2026-09-29")
    assert "从 2026-09-29（这一天已经过了）算起" in out
    assert "日子：2026-09-29 到 2026-10-09" in out  # over the holidays of October
    assert "\n还要跑" in out


def test_json_has_the_days_visits_and_the_way(capsys: Captured) -> None:
    out = said(capsys, "plan", "night-stall", *SITUATION, "--on", "2026-09-29", "--json")
    plan = json.loads(out)
    days = {step["id"]: (step["start"], step["end"]) for step in plan["steps"]}
    assert days["register"] == ("2026-09-29", "2026-10-09")
    assert days["pay"] == ("2026-10-09", None)
    assert days["draw"] == (None, None)
    assert plan["way"]["main"] == ["draw", "ask-market", "register", "pay"]
    assert plan["visits"][0]["steps"]
    assert any("没写时限" in note for note in plan["notes"])


def test_a_holiday_as_start_is_a_sentence(capsys: Captured) -> None:
    out = said(capsys, "map", "night-stall", *SITUATION, "--on", "2026-10-01")
    assert "2026-10-01 窗口不上班，要去窗口的从 2026-10-08 起办" in out
    assert "办事路线" in out
    assert "时间" not in said(capsys, "map", "night-stall", *SITUATION, "--format", "dot")


def test_a_batch_has_days_too(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    line = {"procedure": "night-stall", "answers": {"spot": "market"}, "on": "2026-09-29"}
    stdin = TextIOWrapper(BytesIO(json.dumps({**line, "done": ["draw"]}).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    plan = json.loads(said(capsys, "plan", "--batch", "-", "--library", str(SMALL)))
    ends = {step["id"]: step["end"] for step in plan["steps"]}
    assert ends["ask-market"] == "2026-09-29"


def test_a_file_of_ones_own_settles_a_year(capsys: Captured, tmp_path: Path) -> None:
    words = ("plan", "night-stall", *SITUATION, "--on", "2027-01-04")
    assert "待放假安排公布" in said(capsys, *words)
    (tmp_path / "calendar").mkdir()
    text = '[calendar]\nyear = 2027\nsource = "通知"\ndays_off = [2027-01-05]\n'
    (tmp_path / "calendar" / "2027.toml").write_text(text, encoding="utf-8")
    out = said(capsys, *words, "--library", str(tmp_path))
    assert "待放假安排公布" not in out
    assert "2027-01-08" in out  # a day later than without the day off


def test_a_plan_without_times_does_not_load_the_calendar(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(folders: tuple[Path, ...]) -> None:
        raise AssertionError(folders)

    monkeypatch.setattr(times, "_calendar", forbidden)
    assert "时间" not in said(capsys, "plan", "stall-insurance", "--library", str(SMALL))
    with pytest.raises(AssertionError):
        main(["plan", "night-stall", *SITUATION])


def test_ask_says_whose_questions_come(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = "1\n1\n1\n1\n2\n1\n1\n1\n1\n1\n1\n"
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(answers.encode())))
    out = said(capsys, "ask", "food-business-licence")
    assert "下面问的是「个体户营业执照」。" in out
