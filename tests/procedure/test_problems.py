"""Broken definition files: each mistake told with file, line, field, what is wrong, how to mend it."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.library import BUNDLED, PROCEDURES

from banzheng_tui.guide.plan import make_plan
from banzheng_tui.guide.rules import RuleBook
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.library import Library, load_library
from banzheng_tui.procedure.problems import Problem

CATALOG = """
[[department]]
id = "library"
name = "图书馆"

[[document]]
id = "card"
name = "借书证"
issuer = "library"

[[document]]
id = "id-card"
name = "身份证"

[[question]]
id = "resident"
ask = "是本市人吗?"
kind = "yesno"

[[term]]
id = "deposit"
words = ["押金"]
plain = "先交、退证时还的钱。"
"""

GOOD = """\
[procedure]
id = "borrow"
name = "借书证"
department = "library"
reviewed = 2026-11-23
review_by = 2027-05-23

[[source]]
id = "rule"
law = "借阅规则"

[[question]]
id = "reader"
ask = "谁来借书?"
kind = "choice"

[[question.option]]
id = "adult"
label = "大人"

[[question.option]]
id = "child"
label = "孩子"

[[question]]
id = "born"
ask = "哪天出生?"
kind = "date"
when = { reader = "child" }

[[question]]
use = "resident"

[[derived]]
id = "age"
years_between = ["born", "today"]

[[derived]]
id = "row"
otherwise = { price = "20 元", kind = "full" }

[[derived.case]]
when = { age = { under = 6 } }
gives = { price = "0 元", kind = "free" }

[[local]]
id = "deposit"
name = "押金"
kind = "money"
min = "50 元"
max = "100 元"

[[step]]
id = "apply"
title = "到服务台办证"
produces = ["card"]
source = { id = "rule" }

[[step]]
id = "borrow"
title = "借书"
after = ["apply"]
grade = "window"

[[document]]
document = "card"
for = ["borrow"]
original = 1
grade = "window"

[[warning]]
before = ["apply"]
level = "note"
text = "周一闭馆。"
grade = "window"

[[fee]]
id = "price"
name = "工本费"
amount = "row.price"
grade = "window"

[[outcome]]
id = "no"
kind = "refuse"
text = "办不了"
when = { resident = false }
grade = "window"
"""


def library_of(folder: Path, **files: str | bytes) -> Library:
    """A library with this catalog and these procedure files."""
    (folder / "catalog").mkdir(parents=True, exist_ok=True)
    (folder / "leisure").mkdir(exist_ok=True)
    (folder / "catalog" / "all.toml").write_text(CATALOG, "utf-8")
    for name, text in files.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / "leisure" / f"{name.replace('_', '-')}.toml").write_bytes(content)
    return load_library([folder])


def the_problem(library: Library) -> Problem:
    (problem,) = library.problems
    assert problem.file == "lib/leisure/borrow.toml"
    return problem


def test_the_good_file_is_good(tmp_path: Path) -> None:
    library = library_of(tmp_path / "lib", borrow=GOOD)
    assert library.problems == ()
    assert set(library.procedures) == {"borrow"}


Broken: TypeAlias = tuple[str, str, str, str, str, str]
"""Old text, new text, start of the line, field, what is wrong, how to mend it."""

BROKEN: list[Broken] = [
    # a table by itself
    ('title = "借书"', 'titel = "借书"', "titel", "step「borrow」.titel", "没有「titel」", "「title」"),
    ('law = "借阅规则"\n', "", "[[source]]", "source「rule」.law", "缺少「law」", "law ="),
    ('text = "周一闭馆。"', "text = 1", "text", "warning[1].text", "「1」不是文字", "引号"),
    ('text = "周一闭馆。"', 'text = " "', "text", "warning[1].text", "什么也没写", "写上"),
    ('id = "apply"', 'id = "Apply"', "id", "step「Apply」.id", "「Apply」不能当编号", "小写"),
    ("original = 1", "original = -1", "original", "document[1].original", "太小", "0"),
    ("original = 1", 'original = "一"', "original", "document[1].original", "整数", "引号"),
    ("original = 1", "original = 1\nkept = 1.5", "kept", "document[1].kept", "true 或 false", "是"),
    ('kind = "date"', 'kind = "day"', "kind", "question「born」.kind", "不能写「day」", "date（日期）"),
    ('kind = "date"', 'kind = "dates"', "kind", "question「born」.kind", "不能写「dates」", "是不是想写「date」"),
    ("2027-05-23", '"2027-05-23"', "review_by", "procedure.review_by", "不是日期", "不加引号"),
    ('after = ["apply"]', 'after = { id = "apply" }', "after", "step「borrow」.after", "列表", "方括号"),
    ('for = ["borrow"]', "for = []", "for", "document[1].for", "至少", "补上"),
    ('grade = "window"\n\n[[document]]', "\n[[document]]", "[[step]]", "step「borrow」", "没有写依据", "source"),
    ('[[question.option]]\nid = "child"\nlabel = "孩子"', "", "[[question]]", "question「reader」", "两个选项", "option"),
    ('id = "child"', 'id = "adult"', "[[question]]", "question「reader」", "都是「adult」", "换编号"),
    ('years_between = ["born", "today"]', "", "[[derived]]", "derived「age」", "一种算法", "sum"),
    ('amount = "row.price"', 'amount = "八元"', "amount", "fee「price」.amount", "不是金额", "80 元"),
    ('kind = "refuse"', 'kind = "redirect"', "[[outcome]]", "outcome「no」", "to", "事项编号"),
    # conditions
    ('{ reader = "child" }', '{ raeder = "child" }', "when", "question「born」.when", "没有叫「raeder」", "「reader」"),
    ('{ reader = "child" }', '{ reader = "kid" }', "when", "question「born」.when", "「kid」不是「reader」的选项", "child"),
    ('{ reader = "child" }', "{ reader = { over = 3 } }", "when", "question「born」.when", "不能比大小", "选项"),
    ('{ reader = "child" }', '{ reader = { only = ["child"] } }', "when", "question「born」.when", "不是多选", "选项"),
    ('{ reader = "child" }', '{ reader = { in = "kids" } }', "when", "question「born」.when", "「kids」", "[[set]]"),
    ('{ reader = "child" }', "{}", "when", "question「born」.when", "空的", "去掉 when"),
    ('{ reader = "child" }', '"child"', "when", "question「born」.when", "要写条件", "花括号"),
    ("{ resident = false }", '{ resident = "no" }', "when", "outcome「no」.when", "「no」", "true 或 false"),
    ("{ resident = false }", '{ "row.sort" = "free" }', "when", "outcome「no」.when", "「row.sort」", "row.kind"),
    ("{ resident = false }", '{ row = "free" }', "when", "outcome「no」.when", "「row」没有这个值", "row.kind"),
    ("{ resident = false }", "{ age = { over = 2026-01-01 } }", "when", "outcome「no」.when", "不是一类", "数和数比"),
    ("{ resident = false }", '{ "row.kind" = { over = 3 } }', "when", "outcome「no」.when", "不能比大小", "选项"),
    ("{ resident = false }", "{ deposit = true }", "when", "outcome「no」.when", "「deposit」不会是「true」", "80 元"),
    # ids of other things
    ('id = "rule" }', 'id = "rules" }', "source", "step「apply」.source", "没有编号是「rules」的依据", "「rule」"),
    ('department = "library"', 'department = "libary"', "department", "procedure.department", "部门", "「library」"),
    ('produces = ["card"]', 'produces = ["cart"]', "produces", "step「apply」.produces", "材料", "「card」"),
    ('after = ["apply"]', 'after = ["aply"]', "after", "step「borrow」.after", "步骤", "「apply」"),
    ('for = ["borrow"]', 'for = ["lend"]', "for", "document[1].for", "步骤", "apply、borrow"),
    ('before = ["apply"]', 'before = ["zzz"]', "before", "warning[1].before", "步骤", "[[step]]"),
    ('document = "card"', 'document = "cards"', "document", "document[1].document", "材料", "「card」"),
    ('document = "card"', 'one_of = ["id-card", "pass"]', "one_of", "document[1].one_of", "「pass」", "材料"),
    ('amount = "row.price"', 'amount = "row.fee"', "amount", "fee「price」.amount", "「row.fee」", "row.price"),
    ('amount = "row.price"', 'amount = "reader"', "amount", "fee「price」.amount", "不是数", "数"),
    ('["born", "today"]', '["birth", "today"]', "years", "derived「age」.years_between", "「birth」", "today"),
    ('["born", "today"]', '["reader", "today"]', "years", "derived「age」.years_between", "不是日期", "日期"),
    ("original = 1", 'original = 1\nper = "reader"', "per", "document[1].per", "数目", ""),
    ('after = ["apply"]', 'after = ["apply"]\nprocedure = "lend"', "procedure", "step「borrow」.procedure", "没有事项「lend」", "先写好"),
    # ids twice, circles, bounds
    ('id = "deposit"', 'id = "today"', "id", "local「today」.id", "另有意思", "换"),
    ('kind = "choice"', 'kind = "choice"\nwhen = { age = { over = 3 } }', "when", "question「reader」.when", "绕成了一圈", "when"),
    ('title = "到服务台办证"', 'title = "到"\nafter = ["borrow"]', "after", "step「apply」.after", "互相等", "after"),
    ('kind = "date"', 'kind = "date"\nmin = 3', "min", "question「born」.min", "类型", "日期"),
    ('min = "50 元"', 'min = "500 元"', "min", "local「deposit」.min", "比 max 还大", "改对"),
    ('kind = "choice"', 'kind = "choice"\nmax = 3', "max", "question「reader」.max", "没有上下限", "去掉"),
    ('kind = "date"', 'kind = "date"\ndecision = true', "decision", "question「born」.decision", "decision", "去掉"),
    # numbers beyond all measure
    ('min = "50 元"', "min = 1e300", "min", "local「deposit」.min", "太大", "0"),
    ('min = "50 元"', "min = nan", "min", "local「deposit」.min", "太大", "0"),
    ("under = 6", "under = 99999999999999999999", "when", "derived「row」.case[1].when", "太大", "0"),
    # the head and its name
    ('id = "borrow"\nname', 'id = "lend"\nname', "id", "procedure.id", "文件名", "一样"),
    # what the parser says
    ("original = 1", "original 1", "original", "", "没有等号", "名字 = 值"),
    ('name = "工本费"', 'name = "工本费', "name", "", "引号没有收尾", "补上"),
    ('for = ["borrow"]', 'for = ["borrow"', "original", "", "方括号", "补上"),
    ("original = 1", "original = 1\noriginal = 2", "original = 2", "", "写了两次", "删掉"),
    ("original = 1", "original = 一", "original", "", "看不懂", "引号"),
    ("2026-11-23", "2026-11-31", "reviewed", "", "没有这一天", "年-月-日"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
def test_each_mistake_is_told_where_it_stands(tmp_path: Path, broken: Broken) -> None:
    old, new, line, field, what, mend = broken
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    problem = the_problem(library_of(tmp_path / "lib", borrow=text))
    assert problem.where == field
    assert what in problem.what
    assert mend in problem.mend
    assert problem.line is not None
    assert text.splitlines()[problem.line - 1].startswith(line)
    assert str(problem) == (
        f"lib/leisure/borrow.toml:{problem.line}{' ' + field if field else ''}："
        f"{problem.what}。{problem.mend}。"
    )
    assert_plain_chinese(problem)


MORE_THAN_ONE: list[Broken] = [
    ('use = "resident"', 'use = "residents"', "use", "question「residents」.use", "共用问题", "「resident」"),
    ('id = "borrow"\ntitle', 'id = "apply"\ntitle', "id", "step「apply」.id", "用了两次", "valid_from"),
    ('id = "row"', 'id = "reader"', "id", "derived「reader」.id", "已经是别的", "换"),
]  # fmt: skip


@pytest.mark.parametrize("broken", MORE_THAN_ONE, ids=range(len(MORE_THAN_ONE)))
def test_a_mistake_that_brings_others_comes_with_them(tmp_path: Path, broken: Broken) -> None:
    old, new, line, field, what, mend = broken
    text = GOOD.replace(old, new, 1)
    problems = library_of(tmp_path / "lib", borrow=text).problems
    (problem,) = [item for item in problems if item.where == field and what in item.what]
    assert mend in problem.mend
    assert problem.line is not None
    assert text.splitlines()[problem.line - 1].startswith(line)
    for item in problems:
        assert_plain_chinese(item)


def assert_plain_chinese(problem: Problem) -> None:
    """A sentence for a clerk: Chinese, and none of the parser's English."""
    for sentence in (problem.what, problem.mend):
        assert re.search(r"[\u4e00-\u9fff]", sentence), sentence
        assert not re.search(r"\b(Input|Value|Field|should|valid|error|Expected)\b", sentence), (
            sentence
        )


@pytest.mark.parametrize(
    ("content", "what", "mend"),
    [
        (b"", "缺少「procedure」", "procedure"),
        ("# 只有说明\n".encode(), "缺少「procedure」", "procedure"),
        (b"\xff\xfe[procedure]", "不是 UTF-8", "另存为 UTF-8"),
        ("[procedure]\nname = \"户口\"".encode("gb18030"), "不是 UTF-8", "另存为 UTF-8"),
        (b"x = " + b"9" * 5000, "数", "0"),
        (b"x = " + b"[" * 5000 + b"]" * 5000, "套得太深", "拆成"),
        (GOOD.encode().replace(b'{ reader = "child" }', b"{ any = [" * 300 + b"{ reader = 1 }"
                               + b"] }" * 300), "太深", "拆成"),
    ],
    ids=["empty", "comment", "bytes", "gbk", "number", "nested", "nested-condition"],
)  # fmt: skip
def test_a_file_that_is_none(tmp_path: Path, content: bytes, what: str, mend: str) -> None:
    library = library_of(tmp_path / "lib", borrow=content)
    problem = library.problems[0]
    assert problem.file == "lib/leisure/borrow.toml"
    assert what in problem.what
    assert mend in problem.mend
    assert "borrow" in library.unavailable
    assert_plain_chinese(problem)


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path) -> None:
    text = GOOD.replace("\n", "\r\n").encode("utf-8-sig")
    assert library_of(tmp_path / "lib", borrow=text).problems == ()


def test_a_folder_with_the_name_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "lib" / "leisure" / "borrow.toml").mkdir(parents=True)
    library = library_of(tmp_path / "lib")
    assert "文件夹" in library.problems[0].what
    assert "borrow" in library.unavailable


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD
    for old, new in (
        ('title = "借书"', 'titel = "借书"'),
        ('kind = "date"', 'kind = "dates"'),
        ('produces = ["card"]', 'produces = ["cart"]'),
        ("{ resident = false }", '{ resident = "no" }'),
        ('before = ["apply"]', 'before = ["zzz"]'),
        ('use = "resident"', 'use = "residents"'),
        ("reviewed = 2026-11-23\n", ""),
        ('amount = "row.price"', 'amount = "row.fee"'),
        ('grade = "window"\n\n[[warning]]', "\n[[warning]]"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    library = library_of(tmp_path / "lib", borrow=text)
    found = {problem.where for problem in library.problems}
    assert found >= {
        "step「borrow」.titel",
        "question「born」.kind",
        "step「apply」.produces",
        "warning[1].before",
        "question「residents」.use",
        "procedure.reviewed",
        "fee「price」.amount",
        "document[1]",
    }
    assert library.unavailable["borrow"].problems == library.problems


def test_what_follows_only_from_another_mistake_is_not_told(tmp_path: Path) -> None:
    text = GOOD.replace('id = "apply"', 'id = "apply"\nkind = ["office"]').replace(
        'ask = "谁来借书?"\n', ""
    )
    library = library_of(tmp_path / "lib", borrow=text)
    assert {problem.where for problem in library.problems} == {
        "step「apply」.kind", "question「reader」.ask",
    }  # fmt: skip


def test_one_id_may_stand_twice_when_the_days_do_not_overlap(tmp_path: Path) -> None:
    old = '[[fee]]\nid = "price"'
    again = (
        '[[fee]]\nid = "price"\nname = "老价"\namount = "5 元"\ngrade = "window"\nvalid_to = {}\n\n'
    )
    new = old + "\nvalid_from = 2026-12-01"
    good = GOOD.replace(old, again.format("2026-11-30") + new)
    library = library_of(tmp_path / "lib", borrow=good)
    assert library.problems == ()
    for day, name in ((date(2026, 11, 30), "老价"), (date(2026, 12, 1), "工本费")):
        plan = make_plan(RuleBook(library).rules("borrow", day), Situation(on=day))
        assert [fee.entry.name for fee in plan.fees] == [name]
    overlapping = GOOD.replace(old, again.format("2026-12-01") + new)
    problem = the_problem(library_of(tmp_path / "lib", borrow=overlapping))
    assert "用了两次" in problem.what


def test_a_broken_file_never_stops_the_others(tmp_path: Path) -> None:
    other = GOOD.replace('id = "borrow"\nname', 'id = "lend"\nname')
    library = library_of(tmp_path / "lib", borrow=GOOD + "broken", lend=other)
    assert set(library.procedures) == {"lend"}
    assert set(library.unavailable) == {"borrow"}
    assert library.unavailable["borrow"].theme == "leisure"
    assert library.themes == {"borrow": "leisure", "lend": "leisure"}


@pytest.mark.parametrize(
    "broken",
    [
        ('issuer = "library"', 'issuer = "libary"', "issuer", "document「card」.issuer", "部门"),
        ('kind = "yesno"', 'kind = "yesno"\nwhen = { resident = true }', "when", "question「resident」.when", "when"),
        ('name = "身份证"', 'name = "身份证"\nissued_by = ["id"]', "issued_by", "document「id-card」.issued_by", "事项"),
        ('name = "身份证"', 'name = "身份证"\nfree = true', "free", "document「id-card」.free", "free"),
        ('id = "id-card"', 'id = "card"', "id", "document「card」.id", "已经有了"),
    ],
)  # fmt: skip
def test_mistakes_of_the_catalog_are_told_and_stop_no_procedure(
    tmp_path: Path, broken: tuple[str, str, str, str, str]
) -> None:
    old, new, line, field, what = broken
    folder = tmp_path / "lib"
    library_of(folder, borrow=GOOD)
    catalog = CATALOG.replace(old, new)
    (folder / "catalog" / "all.toml").write_text(catalog, "utf-8")
    library = load_library([folder])
    (problem,) = library.problems
    assert problem.file == "lib/catalog/all.toml"
    assert problem.where == field
    assert what in problem.what
    assert problem.line is not None
    assert catalog.splitlines()[problem.line - 1].startswith(line)
    assert set(library.procedures) == {"borrow"}


def test_a_later_folder_stands_in_for_an_earlier_one(tmp_path: Path) -> None:
    library_of(tmp_path / "one", borrow=GOOD)
    library_of(tmp_path / "two", borrow=GOOD.replace("到服务台办证", "在网上办证"))
    library = load_library([tmp_path / "one", tmp_path / "two"])
    assert library.problems == ()
    assert library.procedures["borrow"].steps[0].title == "在网上办证"


def test_two_files_of_one_name_in_a_folder_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "lib"
    library_of(folder, borrow=GOOD)
    (folder / "other").mkdir()
    (folder / "other" / "borrow.toml").write_text(GOOD, "utf-8")
    library = load_library([folder])
    assert "已经有了" in library.problems[0].what


def test_the_bundled_library_loads_without_a_single_complaint() -> None:
    assert [str(problem) for problem in BUNDLED.problems] == []
    assert not BUNDLED.unavailable
    assert len(BUNDLED.procedures) >= 8


# ---------------------------------------------------------------- damage at random

TEXTS = [path.read_text("utf-8") for path in sorted((PROCEDURES / "business").glob("*.toml"))[:2]]
TEXTS.append(GOOD)


def _truncated(draw: st.DrawFn, text: str) -> bytes:
    return text.encode()[: draw(st.integers(0, len(text.encode())))]


def _without_a_line(draw: st.DrawFn, text: str) -> bytes:
    lines = text.splitlines(keepends=True)
    del lines[draw(st.integers(0, len(lines) - 1))]
    return "".join(lines).encode()


def _swapped(draw: st.DrawFn, text: str) -> bytes:
    words = re.split(r"(\W)", text)
    one, other = (draw(st.integers(0, len(words) - 1)) for _ in range(2))
    words[one], words[other] = words[other], words[one]
    return "".join(words).encode()


def _sprinkled(draw: st.DrawFn, text: str) -> bytes:
    content = text.encode()
    place = draw(st.integers(0, len(content)))
    return content[:place] + draw(st.binary(min_size=1, max_size=4)) + content[place + 1 :]


def _other_value(draw: st.DrawFn, text: str) -> bytes:
    values = [
        "1",
        "true",
        '"x"',
        "[]",
        "{}",
        "2026-01-01",
        "[[1]]",
        '{ a = "b" }',
        "nan",
        "-1",
        '""',
    ]
    lines = text.splitlines(keepends=True)
    keys = [index for index, line in enumerate(lines) if re.match(r"[a-z_]+ = ", line)]
    place = keys[draw(st.integers(0, len(keys) - 1))]
    lines[place] = lines[place].split(" = ")[0] + f" = {draw(st.sampled_from(values))}\n"
    return "".join(lines).encode()


DAMAGES: list[Callable[[st.DrawFn, str], bytes]] = [
    _truncated, _without_a_line, _swapped, _sprinkled, _other_value,
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    text = draw(st.sampled_from(TEXTS))
    return draw(st.sampled_from(DAMAGES))(draw, text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("damaged") / "lib"
    library_of(path)
    shutil.copytree(PROCEDURES / "catalog", path / "catalog", dirs_exist_ok=True)
    return path


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(damaged())
def test_a_damaged_file_gives_problems_or_a_procedure(folder: Path, content: bytes) -> None:
    (folder / "leisure" / "borrow.toml").write_bytes(content)
    library = load_library([folder])
    assert library.procedures.keys() | library.unavailable.keys() == {"borrow"}
    for problem in library.unavailable.get("borrow", BUNDLED).problems:
        assert_plain_chinese(problem)
        assert problem.file
    for procedure_id in library.procedures:  # what loads can be planned with
        day = date(2026, 11, 23)
        make_plan(RuleBook(library).rules(procedure_id, day), Situation(on=day))
