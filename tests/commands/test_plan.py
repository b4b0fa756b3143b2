"""``banzheng plan``: what it prints, how it refuses, and how a batch streams."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.cli import ROOT, banzheng, environment

from banzheng_tui.cli import main

ON = ("--on", "2026-11-23")
Captured = pytest.CaptureFixture[str]


def planned(capsys: Captured, library: Path, *words: str) -> dict[str, Any]:
    """The plan of the small procedure as JSON."""
    status = main(["plan", "tea-house", "--library", str(library), *ON, "--json", *words])
    captured = capsys.readouterr()
    assert (status, captured.err) == (0, "")
    found: dict[str, Any] = json.loads(captured.out)
    return found


def refused(capsys: Captured, library: Path, *words: str) -> str:
    """What is said when the input is wrong."""
    assert main(["plan", "--library", str(library), *words]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def batch(home: Path, library: Path, typed: bytes, *words: str) -> list[dict[str, Any]]:
    """The lines that a batch answers."""
    ran = banzheng(home, "plan", "--batch", "-", "--library", library, *words, typed=typed)
    assert (ran.status, ran.err) == (0, "")
    return [json.loads(line) for line in ran.out.splitlines()]


def test_bundled_plan_as_json(tmp_path: Path) -> None:
    ran = banzheng(tmp_path, "plan", "newborn-registration", "-a", "household=apart", *ON, "--json")
    assert ran.status == 0
    plan = json.loads(ran.out)
    assert plan["procedure"] == "newborn-registration"
    assert plan["question"]["id"] == "follow"
    assert [option["id"] for option in plan["question"]["options"]] == ["mother", "father"]
    assert "apply" in [step["id"] for step in plan["steps"]]
    documents = {document["id"] for document in plan["documents"]}
    assert {"birth-certificate", "id-card", "marriage-certificate"} <= documents


def test_text(capsys: Captured, library: Path) -> None:
    words = ["plan", "tea-house", "--library", str(library), *ON, "-a", "premises=rented"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "1 房子：租的" in out
    assert "现在：画好茶馆的布局" in out
    assert "\x1b" not in out


def test_every_kind_of_value(capsys: Captured, library: Path) -> None:
    plan = planned(
        capsys,
        library,
        *("-a", "premises=rented", "-a", "landlord=yes", "-a", "drinks=tea,wine"),
        *("-a", "tables=12", "-a", "rent=80万", "-a", "opening=2027-02-01"),
    )
    assert plan["question"] is None
    assert plan["remaining_at_most"] == 0
    fees = {fee["id"]: fee["amount"] for fee in plan["fees"]}
    assert fees["rent-tax"] == "8000.00"
    copies = {document["id"]: document["copies"] for document in plan["documents"]}
    assert copies["tea-premises"] == 12
    assert "fire-check" in [warning["id"] for warning in plan["warnings"]]
    assert "wine" in [step["id"] for step in plan["steps"]]


def test_unsure_is_not_asked_again(capsys: Captured, library: Path) -> None:
    plan = planned(capsys, library, "--unsure", "premises")
    assert plan["question"]["id"] == "drinks"


def test_done_and_have_move_on(capsys: Captured, library: Path) -> None:
    plan = planned(
        capsys, library, "-a", "drinks=wine", "--done", "prepare", "--have", "tea-licence"
    )
    assert [step["state"] for step in plan["steps"]] == ["done", "done", "current"]
    assert [d["held"] for d in plan["documents"] if d["id"] == "tea-licence"] == [True]


def test_a_line_of_the_plan_can_be_held(capsys: Captured, library: Path) -> None:
    plan = planned(capsys, library, "-a", "premises=rented", "--have", "tea-premises")
    assert [d["held"] for d in plan["documents"] if d["id"] == "tea-premises"] == [True]


def test_fact_out_of_play_is_noted(capsys: Captured, library: Path) -> None:
    plan = planned(capsys, library, "-a", "premises=own", "-a", "landlord=no")
    assert plan["outcomes"] == []
    assert any("房东" in note for note in plan["notes"])


def test_region_is_kept_and_noted(capsys: Captured, library: Path) -> None:
    plan = planned(capsys, library, "--region", "4403")
    assert plan["region"] == "4403"
    assert any("4403" in note for note in plan["notes"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tea-hose"], ("没有事项「tea-hose」", "事项", "tea-house")),
        (["茶馆登记"], ("没有事项「茶馆登记」", "事项", "tea-house（开茶馆）")),
        (["tea-house", "-a", "premise=own"], ("「premise」的问题", "-a premise", "premises")),
        (["tea-house", "--unsure", "table"], ("「table」的问题", "-a table", "tables")),
        (["tea-house", "-a", "premises=lent"], ("不能答「lent」", "-a premises", "rented（租的）")),
        (["tea-house", "-a", "landlord=maybe"], ("不能答「maybe」", "-a landlord", "yes 或 no")),
        (["tea-house", "-a", "drinks=tea,nothing"], ("不能答", "-a drinks", "不能再选别的")),
        (["tea-house", "-a", "tables=101"], ("不能答「101」", "-a tables", "不能大于 100 张")),
        (["tea-house", "-a", "rent=-1"], ("不能答「-1」", "-a rent", "不能小于 0 元")),
        (["tea-house", "-a", "opening=2025-01-01"], ("不能答", "-a opening", "不能早于")),
        (["tea-house", "-a", "opening=2027-02-30"], ("不能答", "-a opening", "没有 30 日")),
        (["tea-house", "-a", "tables=1", "-a", "tables=2"], ("答了两次", "-a tables", "只留一个")),
        (["tea-house", "-a", "tables=1", "--unsure", "tables"], ("答了两次", "-a tables", "只留")),
        (["tea-house", "--done", "registr"], ("「registr」的步骤", "--done", "register")),
        (["tea-house", "--have", "tea-from"], ("「tea-from」的材料", "--have", "tea-form")),
        (["tea-house", "--on", "2026-02-30"], ("不是日期", "--on", "年-月-日")),
        (["tea-house", "--region", "44x"], ("不是行政区划代码", "--region", "位数字")),
        (["tea-house", "--library", "/nowhere"], ("没有文件夹", "--library", "检查路径")),
        (["--batch", "/nowhere"], ("打不开", "--batch", "检查路径")),
    ],
)
def test_wrong_input(
    capsys: Captured, library: Path, words: list[str], said: tuple[str, str, str]
) -> None:
    what, where, mend = said
    first, second, third = refused(capsys, library, *words).splitlines()
    assert first.startswith("出错了：")
    assert what in first
    assert second == f"在哪里：{where}"
    assert third.startswith("怎么办：")
    assert mend in third


def test_broken_procedure_tells_its_problems(capsys: Captured, library: Path) -> None:
    file = library / "leisure" / "tea-house.toml"
    file.write_text(file.read_text("utf-8").replace('kind = "yesno"', 'kind = "yes"'), "utf-8")
    said = refused(capsys, library, "tea-house")
    assert "定义有错" in said
    assert "tea-house.toml:" in said
    assert "question「landlord」.kind" in said


def test_other_broken_files_do_not_matter(capsys: Captured, library: Path) -> None:
    (library / "leisure" / "broken.toml").write_text("[procedure", "utf-8")
    assert planned(capsys, library)["procedure"] == "tea-house"
    assert "broken.toml:1" in refused(capsys, library, "broken")


def test_later_folder_replaces(capsys: Captured, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "city" / "leisure" / "tea-house.toml"
    file.parent.mkdir(parents=True)
    text = (library / "leisure" / "tea-house.toml").read_text("utf-8")
    file.write_text(text.replace('name = "开茶馆"', 'name = "本市开茶馆"'), "utf-8")
    plan = planned(capsys, library, "--library", str(tmp_path / "city"))
    assert plan["name"] == "本市开茶馆"


def test_batch_answers_each_line(tmp_path: Path, library: Path) -> None:
    lines = [
        {"procedure": "tea-house", "answers": {"premises": "rented", "landlord": None}},
        {"procedure": "tea-house", "answers": {"drinks": ["tea", "wine"], "tables": 5}},
        {"procedure": "tea-house", "on": "2027-05-01", "region": "44", "done": ["prepare"]},
        {"procedure": "newborn-registration", "answers": {"household": "same"}, "have": None},
    ]
    typed = "\ufeff" + "\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    plans = batch(tmp_path, library, typed.encode(), *ON)
    assert [plan["procedure"] for plan in plans] == ["tea-house"] * 3 + ["newborn-registration"]
    assert [plan["on"] for plan in plans] == [
        "2026-11-23",
        "2026-11-23",
        "2027-05-01",
        "2026-11-23",
    ]
    assert plans[0]["question"]["id"] == "drinks"
    assert plans[2]["steps"][0]["state"] == "done"


WRONG_LINES = [
    (b"{", "JSON", ""),
    (b"[]", "JSON 对象", ""),
    (b"null", "JSON 对象", ""),
    (b"\xff\xfe{}", "UTF-8", ""),
    (b"[" * 100_000, "太深", ""),
    (b'{"procedure": ' + b"9" * 5000 + b"}", "太长", ""),
    (b"{}", "没有写是哪个事项", "procedure"),
    (b'{"procedure": null}', "procedure 要写成文字", "procedure"),
    (b'{"procedure": "no"}', "没有事项「no」", "procedure"),
    (b'{"procedure": "tea-house", "procedure": "tea-house"}', "写了两次", "procedure"),
    (b'{"procedure": "tea-house", "answer": {}}', "没有「answer」这个键", "answer"),
    (b'{"procedure": "tea-house", "answers": []}', "answers 要是一个对象", "answers"),
    (b'{"procedure": "tea-house", "answers": {"x": 1}}', "「x」的问题", "answers.x"),
    (b'{"procedure": "tea-house", "answers": {"tables": NaN}}', "NaN", ""),
    (b'{"procedure": "tea-house", "answers": {"tables": true}}', "不能答", "answers.tables"),
    (b'{"procedure": "tea-house", "answers": {"rent": 1e999999999}}', "不能答", "answers.rent"),
    (b'{"procedure": "tea-house", "answers": {"rent": 1e-999999999}}', "不能答", "answers.rent"),
    (b'{"procedure": "tea-house", "answers": {"drinks": []}}', "不能答", "answers.drinks"),
    (b'{"procedure": "tea-house", "answers": {"drinks": [1]}}', "不能答", "answers.drinks"),
    (b'{"procedure": "tea-house", "answers": {"drinks": {}}}', "不能答", "answers.drinks"),
    (
        b'{"procedure": "tea-house", "answers": {"premises": "\\ud800"}}',
        "不能答",
        "answers.premises",
    ),
    (b'{"procedure": "tea-house", "done": "register"}', "done 要写成", "done"),
    (b'{"procedure": "tea-house", "done": ["x"]}', "「x」的步骤", "done"),
    (b'{"procedure": "tea-house", "have": [1]}', "have 要写成", "have"),
    (b'{"procedure": "tea-house", "on": "tomorrow"}', "不是日期", "on"),
    (b'{"procedure": "tea-house", "on": 20261123}', "on 要写成文字", "on"),
    (b'{"procedure": "tea-house", "region": "x"}', "行政区划", "region"),
]


def test_batch_goes_on_after_every_mistake(tmp_path: Path, library: Path) -> None:
    good = b'{"procedure": "tea-house"}'
    typed = b"\n\n".join([*(line for line, _, _ in WRONG_LINES), good]) + b"\n\n"
    *errors, last = batch(tmp_path, library, typed, *ON)
    assert last["procedure"] == "tea-house"
    assert len(errors) == len(WRONG_LINES)
    for position, (line, what, where) in enumerate(WRONG_LINES):
        error = errors[position]["error"]
        assert what in error["message"], line[:80]
        assert error["field"] == where, line[:80]
        assert error["hint"], line[:80]
        assert error["line"] == 2 * position + 1
        assert "程序自己" not in error["message"], line[:80]


def test_batch_from_a_file(tmp_path: Path, library: Path, capsys: Captured) -> None:
    requests = tmp_path / "requests.jsonl"
    requests.write_text('{"procedure": "tea-house"}\n' * 2)
    assert main(["plan", "--batch", str(requests), "--library", str(library), *ON]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_batch_streams(tmp_path: Path, library: Path) -> None:
    words = [sys.executable, "-m", "banzheng_tui", "plan", "--batch", "-"]
    words += ["--library", str(library)]
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(tmp_path),
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for premises in ("own", "rented", "lent"):
            request = {"procedure": "tea-house", "answers": {"premises": premises}}
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())  # before the next line is written
            assert ("error" in answer) == (premises == "lent")
        process.stdin.close()
        assert process.wait(20) == 0


def test_a_reader_who_goes_away_is_no_mistake(tmp_path: Path, library: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "banzheng_tui", "plan", "tea-house", "--library", library],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_other_locales_and_bad_bytes(tmp_path: Path, library: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = banzheng(tmp_path, "plan", "tea-house", "--library", library, env=env)
    assert (ran.status, ran.err) == (0, "")
    assert "办理方案" in ran.out
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"banzheng_tui", b"plan", b"\xff\x1b[31m"],
        capture_output=True,
        env=environment(tmp_path),
        check=False,
    )
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    assert "没有事项" in done.stderr.decode()
