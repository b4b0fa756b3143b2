"""Definition files as they are read: the text, its data, and the lines where things stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from banzheng_tui.procedure import toml_errors
from banzheng_tui.procedure.problems import Problem, field_path, from_validation
from banzheng_tui.procedure.salvage import Salvaged, salvage
from banzheng_tui.procedure.source_lines import Path as FieldPath
from banzheng_tui.procedure.source_lines import SourceLines

AnyModel = TypeVar("AnyModel", bound=BaseModel)

_source_lines = lru_cache(maxsize=4)(SourceLines)


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """One text that was read: its data, where its lines are, what it is called."""

    path: Path
    shown: str
    data: Mapping[str, Any]
    text: str

    @property
    def lines(self) -> SourceLines:
        """Where what stands; counted only when there is something to complain about."""
        return _source_lines(self.text)

    def problem(self, path: FieldPath, what: str, mend: str) -> Problem:
        """A mistake at one place of this file."""
        return Problem(self.shown, self.lines.find(path), field_path(path, self.data), what, mend)


def read_file(path: Path, folder: Path, problems: list[Problem]) -> DefinitionFile | None:
    """A file of a library's folder; what keeps it from being read is added to the problems."""
    shown = str(path.relative_to(folder.parent))
    line: int | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return DefinitionFile(path, shown, tomli.loads(text, parse_float=Decimal), text)
    except IsADirectoryError:
        what, mend = "这是文件夹，不是文件", "文件夹的名字不要以 .toml 结尾"
    except UnicodeDecodeError as error:
        what, mend = f"不是 UTF-8 编码（第 {error.start + 1} 个字节）", "用编辑器另存为 UTF-8"
    except OSError as error:
        what, mend = f"读不了（{error.strerror}）", "看看文件还在不在、有没有权限读"
    except tomli.TOMLDecodeError as error:
        what, mend = toml_errors.explain(error)
        line = error.lineno
    except ValueError:  # the parser does not catch this one: a number of thousands of digits
        what, mend = "有一个数长得离谱", "看看是不是多打了几个 0"
    except RecursionError:
        what, mend = "括号套得太深了", "拆成几条简单的条件"
    problems.append(Problem(shown, line, "", what, mend))
    return None


def validate(
    model: type[AnyModel], file: DefinitionFile, problems: list[Problem]
) -> tuple[AnyModel | None, Salvaged[AnyModel] | None]:
    """The content of a file; or, with its mistakes told, what is left of it to check further."""
    try:
        return model.model_validate(file.data), None
    except ValidationError as error:
        problems += from_validation(error, file.shown, file.data, file.lines)
        return None, salvage(model, file.data, error)
    except RecursionError:
        problems.append(file.problem((), "括号套得太深了", "拆成几条简单的条件"))
    return None, None
