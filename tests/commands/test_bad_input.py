"""A wrong amount, number or day gets the same sentence from ``plan -a``, a batch and ``ask``."""

import json
from pathlib import Path

import pytest
from support.cli import banzheng

from banzheng_tui.cli import main

ON = ("--on", "2026-11-23")
REFUSED = [
    ("tables", "三十", "请用数字写，如 12"),
    ("tables", "12岁", "这一问的单位是「张」，不是「岁」，如 12"),
    ("tables", "101", "不能大于 100 张，要写 0 到 100 的数，如 12"),
    ("rent", "1万2", "分不清是 12000 还是 10002，请写全，如 800000 或 80万"),
    ("rent", "1，2，3", "数字要连着写，或者每三位隔一个逗号，如 800000 或 80万"),
    ("rent", "0.005", "钱最多写到分，小数点后最多两位，如 800000 或 80万"),
    ("opening", "2027-02-30", "2027 年 2 月没有 30 日，这个月是 1 到 28 日，如 2026-11-23"),
    ("opening", "11-23", "请写上年份，如 2026-11-23"),
]


@pytest.mark.parametrize(("fact", "text", "sentence"), REFUSED)
def test_plan(
    capsys: pytest.CaptureFixture[str], library: Path, fact: str, text: str, sentence: str
) -> None:
    words = ["plan", "tea-house", "--library", str(library), *ON, "-a", f"{fact}={text}"]
    assert main(words) == 1
    said = capsys.readouterr().err
    assert f"不能答「{text}」" in said
    assert f"怎么办：{sentence}\n" in said


def test_batch(tmp_path: Path, library: Path) -> None:
    lines = [
        json.dumps({"procedure": "tea-house", "answers": {fact: text}}) for fact, text, _ in REFUSED
    ]
    typed = "".join(f"{line}\n" for line in lines).encode()
    ran = banzheng(tmp_path, "plan", "--batch", "-", "--library", library, *ON, typed=typed)
    hints = [json.loads(line)["error"]["hint"] for line in ran.out.splitlines()]
    assert hints == [sentence for _, _, sentence in REFUSED]


def test_ask(tmp_path: Path, library: Path) -> None:
    good = {"tables": "12", "rent": "1,200,000", "opening": "2026-12-01"}
    lines = ["2", "1", "1"]  # rented, the landlord agrees, tea
    for fact, answer in good.items():
        lines += [text for asked, text, _ in REFUSED if asked == fact] + [answer]
    typed = "".join(f"{line}\n" for line in lines).encode()
    ran = banzheng(tmp_path, "ask", "tea-house", "--library", library, *ON, typed=typed)
    said = ran.out.splitlines()
    assert [f"{sentence}。" for _, _, sentence in REFUSED if f"{sentence}。" not in said] == []
    assert "问完了。" in said
