"""Which line of a TOML text a path stands on."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from support.library import PROCEDURES

from banzheng_tui.procedure.source_lines import SourceLines

TEXT = '''\
# 说明
[procedure]
id = "x"
aliases = [
  "a",  # [not a table]
  "b",
]

[[question]]
id = "one"
ask = """
[[step]]
id = "no"
"""

[[question.option]]
id = "o1"

[[question.option]]  # second
id = "o2"
label = 'it''s = "quoted" ['

[[question]]
id = "two"
when = { any = [
  { one = "o1" },
] }
"quoted key" = 1

[question.deep.er]
dotted.key = 1

[[question.option]]
id = "o3"
'''


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("procedure",), 2),
        (("procedure", "id"), 3),
        (("procedure", "aliases"), 4),
        (("procedure", "aliases", 1), 4),
        (("procedure", "missing"), 2),
        (("question", 0), 9),
        (("question", 0, "ask"), 11),
        (("question", 0, "option", 0), 16),
        (("question", 0, "option", 1, "id"), 20),
        (("question", 0, "option", 1, "label"), 21),
        (("question", 1, "id"), 24),
        (("question", 1, "when", "any", 0), 25),
        (("question", 1, "quoted key"), 28),
        (("question", 1, "deep", "er"), 30),
        (("question", 1, "deep", "er", "dotted", "key"), 31),
        (("question", 1, "option", 0, "id"), 34),
        (("step", 0), None),
        ((), None),
    ],
)
def test_the_line_of_a_path(path: tuple[str | int, ...], line: int | None, newline: str) -> None:
    text = TEXT.replace("it''s", "its").replace("\n", newline)
    assert SourceLines(text).find(path) == line


@pytest.mark.parametrize("path", sorted(PROCEDURES.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_key_of_the_bundled_files_is_found_on_its_line(path: Path) -> None:
    text = path.read_text("utf-8")
    lines, written = SourceLines(text), text.splitlines()
    for place in _keys(tomli.loads(text, parse_float=Decimal), ()):
        found = lines.find(place)
        assert found is not None, place
        if len(place) == 3 and isinstance(place[1], int):  # a key of an entry of a list of tables
            assert written[found - 1].lstrip().startswith((str(place[2]), "[")), place


def _keys(value: Any, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from _keys(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _keys(item, (*path, index))
