"""``banzheng find``: procedures for a caller's words, as text, JSON and in batches."""

import json
from pathlib import Path

import pytest
from support.cli import banzheng

from banzheng_tui.cli import main

Captured = pytest.CaptureFixture[str]


def test_json(capsys: Captured, library: Path) -> None:
    assert main(["find", "开茶楼", "--json", "--library", str(library)]) == 0
    best, *_ = json.loads(capsys.readouterr().out)
    assert best == {
        "procedure": "tea-house",
        "name": "开茶馆",
        "score": 1.0,
        "because": "说的就是「开茶楼」",
        "facts": {},
    }


def test_text_and_several_words(capsys: Captured) -> None:
    assert main(["find", "孩子", "上户口"]) == 0
    assert capsys.readouterr().out.startswith("1 ")
    assert main(["find", "上户口"]) == 0
    assert "newborn-registration" in capsys.readouterr().out


def test_nothing_fits(capsys: Captured) -> None:
    assert main(["find", "楼下半夜太吵了", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["find", "楼下半夜太吵了"]) == 0
    assert "没有找到" in capsys.readouterr().out


def test_limit(capsys: Captured) -> None:
    assert main(["find", "证", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) > 1
    assert main(["find", "证", "--json", "--limit", "1"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


@pytest.mark.parametrize(
    "words", [[], ["--limit", "0", "x"], ["--limit", "x", "x"], ["x", "--batch", "-"]]
)
def test_wrong_usage(capsys: Captured, words: list[str]) -> None:
    assert main(["find", *words]) == 2
    assert capsys.readouterr().err.startswith("用法不对：")


def test_batch_answers_each_line(tmp_path: Path, library: Path) -> None:
    typed = "开茶楼\n\n".encode() + b"\xff\n" + "楼下太吵了\n我想开一家茶馆".encode()
    ran = banzheng(tmp_path, "find", "--batch", "-", "--library", library, typed=typed)
    assert (ran.status, ran.err) == (0, "")
    first, blank, broken, noise, last = [json.loads(line) for line in ran.out.splitlines()]
    assert first[0]["procedure"] == last[0]["procedure"] == "tea-house"
    assert blank == noise == []
    assert "UTF-8" in broken["error"]["message"]
