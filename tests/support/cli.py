"""The command line as others call it, and a small library to call it on."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

CATALOG = """
[[department]]
id = "tea-office"
name = "茶馆管理处"

[[document]]
id = "tea-form"
name = "茶馆登记表"
issuer = "tea-office"

[[document]]
id = "tea-deed"
name = "茶馆房产证"
issuer = "tea-office"

[[document]]
id = "tea-lease"
name = "茶馆租约"
issuer = "tea-office"

[[document]]
id = "tea-licence"
name = "茶馆执照"
issuer = "tea-office"
"""

PROCEDURE = """
[procedure]
id = "tea-house"
name = "开茶馆"
official = "茶馆经营登记"
aliases = ["茶馆登记", "开茶楼"]
phrases = ["我想开一家茶馆要办什么"]
department = "tea-office"
reviewed = 2026-01-01
review_by = 2027-01-01

[[source]]
id = "tea-law"
law = "茶馆条例"
number = "茶发〔2020〕1号"
effective = 2020-05-01

[[local]]
id = "sign-rate"
name = "招牌费率"
kind = "rate"
min = "1%"
max = "2%"

[[question]]
id = "premises"
name = "房子"
ask = "茶馆的房子是自己的还是租的？"
why = "租的要看租约。"
hint = "亲戚的房子算租的。"
kind = "choice"
unsure = "看房产证上写的是谁。"

[[question.option]]
id = "own"
label = "自己的"

[[question.option]]
id = "rented"
label = "租的"
note = "借的也算。"

[[question]]
id = "landlord"
name = "房东"
ask = "房东同意吗？"
kind = "yesno"
when = { premises = "rented" }

[[question]]
id = "drinks"
name = "卖什么"
ask = "卖些什么？"
kind = "choices"

[[question.option]]
id = "tea"
label = "茶"

[[question.option]]
id = "wine"
label = "酒"

[[question.option]]
id = "nothing"
label = "都不卖"
exclusive = true

[[question]]
id = "tables"
name = "桌数"
ask = "有几张桌子？"
kind = "number"
min = 0
max = 100
unit = "张"

[[question]]
id = "rent"
name = "租金"
ask = "一年租金多少？"
kind = "money"
when = { premises = "rented" }
unsure = "看租约。"

[[question]]
id = "opening"
name = "开业日"
ask = "哪天开业？"
kind = "date"
min = 2026-01-01

[[step]]
id = "prepare"
title = "画好茶馆的布局"
kind = "own"
grade = "window"

[[step]]
id = "register"
title = "到茶馆管理处登记"
after = ["prepare"]
produces = ["tea-licence"]
time = { statutory = "20 工作日", promised = "5 工作日" }
source = { id = "tea-law", article = "第三条、第四条" }

[[step]]
id = "wine"
title = "办卖酒备案"
after = ["register"]
when = { drinks = "wine" }
source = { id = "tea-law", article = "第九条" }

[[document]]
document = "tea-form"
for = ["register"]
original = 1
copies = 2
source = { id = "tea-law", article = "第四条" }

[[document]]
id = "tea-premises"
one_of = ["tea-lease", "tea-deed"]
for = ["register"]
copies = 1
per = "tables"
when = { premises = "rented" }
source = { id = "tea-law" }

[[document]]
document = "tea-licence"
for = ["wine"]
original = 1
grade = "window"

[[warning]]
id = "sign-last"
before = ["register"]
level = "note"
text = "招牌等执照下来再做。"
source = { id = "tea-law" }

[[warning]]
id = "lease-first"
before = ["register"]
level = "irreversible"
text = "签租约之前，先问房子能不能开茶馆。"
why = "签了就要付一年的租金。"
when = { premises = "rented" }
grade = "local"

[[warning]]
id = "fire-check"
before = ["register"]
level = "deadline"
text = "2027 年起开业的，先做消防检查。"
when = { opening = { at_least = 2027-01-01 } }
grade = "window"

[[fee]]
id = "licence-fee"
name = "执照费"
for = "register"
amount = "80 元"
source = { id = "tea-law", article = "第五条" }

[[fee]]
id = "sign-fee"
name = "招牌费"
rate = "sign-rate"
of = "10000 元"
grade = "local"

[[fee]]
id = "survey-fee"
name = "勘验费"
grade = "window"

[[fee]]
id = "rent-tax"
name = "租金税"
rate = "1%"
of = "rent"
source = { id = "tea-law", article = "第六条" }

[[script]]
when = { landlord = false }
text = "别急，先和房东谈一谈。"

[[outcome]]
id = "no-house"
kind = "refuse"
text = "房东不同意的，办不了。"
when = { landlord = false }
source = { id = "tea-law", article = "第二条" }
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str


def environment(home: Path, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which the user has no settings but those under ``home``."""
    own = {"PYTHONPATH": str(ROOT), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return {**os.environ, **own, **(changes or {})}


def banzheng(
    home: Path, *words: str | Path, typed: bytes = b"", env: Mapping[str, str] | None = None
) -> Ran:
    """Run ``python -m banzheng_tui`` in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "banzheng_tui", *map(str, words)],
        input=typed,
        capture_output=True,
        env=environment(home, env),
        cwd=home,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def small_library(folder: Path) -> Path:
    """A whole library of one procedure, written into a folder."""
    for name, text in (("catalog/tea.toml", CATALOG), ("leisure/tea-house.toml", PROCEDURE)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
