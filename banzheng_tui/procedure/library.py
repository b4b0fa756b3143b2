"""The library: every procedure and the catalog, read from folders of TOML files.

A broken file never stops the others: its procedure is listed as unavailable, with the reasons.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from banzheng_tui.procedure import references
from banzheng_tui.procedure.catalog import Catalog, CatalogFile
from banzheng_tui.procedure.model import Procedure, Question, SharedQuestion
from banzheng_tui.procedure.outline import procedure_files
from banzheng_tui.procedure.problems import Problem, field_path, from_validation, summary
from banzheng_tui.procedure.source_lines import Path as FieldPath
from banzheng_tui.procedure.source_lines import SourceLines


AnyModel = TypeVar("AnyModel", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A procedure whose file is broken."""

    id: str
    theme: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All procedures in force, with their catalog."""

    catalog: Catalog
    procedures: dict[str, Procedure]
    themes: dict[str, str]
    unavailable: dict[str, Unavailable] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """One text that was read: its data, where its lines are, what it is called."""

    path: Path
    shown: str
    data: dict[str, Any]
    lines: SourceLines

    def problem(self, path: FieldPath, what: str, mend: str) -> Problem:
        return Problem(
            self.shown, self.lines.find(path), field_path(path, self.data), what, mend
        )


def load_library(directories: Iterable[Path]) -> Library:
    """The library of the folders; what a later folder defines stands in for an earlier one's."""
    problems: list[Problem] = []
    folders = tuple(directories)
    catalog = _read_catalog(folders, problems)
    procedures: dict[str, Procedure] = {}
    themes: dict[str, str] = {}
    unavailable: dict[str, Unavailable] = {}
    files: dict[str, _File] = {}
    for folder in folders:
        seen: dict[str, Path] = {}
        for path in procedure_files(folder):
            found: list[Problem] = []
            file = _read_file(path, folder, found)
            procedure = _procedure(file, catalog, found) if file else None
            if file and path.stem in seen:
                what = f"「{path.stem}」在 {seen[path.stem]} 里已经有了"
                found.append(file.problem(("procedure", "id"), what, "一个事项只写一个文件"))
            seen[path.stem] = path.relative_to(folder)
            themes[path.stem] = path.parent.name
            procedures.pop(path.stem, None)
            unavailable.pop(path.stem, None)
            if procedure is None or found:
                unavailable[path.stem] = Unavailable(path.stem, path.parent.name, tuple(found))
            else:
                procedures[path.stem] = procedure
            if file:
                files[path.stem] = file
            problems += found
    for procedure_id, procedure in procedures.items():
        problems += _neighbours(procedure, files[procedure_id], themes)
    problems += _issuing_procedures(catalog, themes)
    return Library(catalog, procedures, themes, unavailable, tuple(problems))


def _read_file(path: Path, folder: Path, problems: list[Problem]) -> _File | None:
    shown = str(path.relative_to(folder.parent))
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        what = f"不是 UTF-8 编码（第 {error.start + 1} 个字节）"
        problems.append(Problem(shown, None, "", what, "用编辑器另存为 UTF-8"))
        return None
    except OSError as error:
        what = f"读不了（{error.strerror}）"
        problems.append(Problem(shown, None, "", what, "检查文件和权限"))
        return None
    try:
        data = tomli.loads(text, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        what = f"不合 TOML 的写法（第 {error.colno} 个字附近：{error.msg}）"
        mend = "检查引号、括号、等号，同一个键是不是写了两次"
        problems.append(Problem(shown, error.lineno, "", what, mend))
        return None
    except RecursionError:
        problems.append(Problem(shown, None, "", "套得太深了", "拆成几条简单的条件"))
        return None
    return _File(path, shown, data, SourceLines(text))


def _validate(
    model: type[AnyModel], file: _File, problems: list[Problem]
) -> AnyModel | None:
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        problems += from_validation(error, file.shown, file.data, file.lines)
    except RecursionError:
        problems.append(file.problem((), "套得太深了", "拆成几条简单的条件"))
    return None


def _read_catalog(folders: Iterable[Path], problems: list[Problem]) -> Catalog:
    """All catalog files together; within one folder each id may be defined once."""
    tables: dict[str, dict[str, Any]] = {
        "departments": {}, "documents": {}, "questions": {}, "terms": {}
    }
    for folder in folders:
        owner: dict[tuple[str, str], str] = {}
        for path in sorted((folder / "catalog").rglob("*.toml")):
            file = _read_file(path, folder, problems)
            content = _validate(CatalogFile, file, problems) if file else None
            if file is None or content is None:
                continue
            for name, table in tables.items():
                for index, item in enumerate(getattr(content, name)):
                    first = owner.setdefault((name, item.id), file.shown)
                    if first != file.shown or _repeated(getattr(content, name), index):
                        what = f"编号「{item.id}」在 {first} 里已经有了"
                        place = (name.removesuffix("s"), index, "id")
                        problems.append(file.problem(place, what, "删掉一个，或者换一个编号"))
                    table[item.id] = item
    catalog = Catalog.model_construct(None, **tables)
    problems += _catalog_links(catalog)
    return catalog


def _repeated(items: tuple[Any, ...], index: int) -> bool:
    return any(item.id == items[index].id for item in items[:index])


def _catalog_links(catalog: Catalog) -> Iterator[Problem]:
    for paper in catalog.documents.values():
        if paper.issuer not in catalog.departments:
            what = f"没有编号是「{paper.issuer}」的部门"
            yield Problem("catalog", None, f"document「{paper.id}」.issuer", what, "检查编号")
    for question in catalog.questions.values():
        if question.when.parts if hasattr(question.when, "parts") else True:
            where = f"question「{question.id}」.when"
            yield Problem("catalog", None, where, "共用问题不写 when", "在取用它的事项里写")


def _issuing_procedures(catalog: Catalog, themes: dict[str, str]) -> Iterator[Problem]:
    for paper in catalog.documents.values():
        for procedure_id in paper.issued_by:
            if procedure_id not in themes:
                where = f"document「{paper.id}」.issued_by"
                yield Problem("catalog", None, where, f"没有事项「{procedure_id}」", "检查编号")


def _procedure(file: _File, catalog: Catalog, problems: list[Problem]) -> Procedure | None:
    procedure = _validate(Procedure, file, problems)
    if procedure is None:
        return None
    if procedure.id != file.path.stem:
        what = f"编号「{procedure.id}」和文件名「{file.path.stem}」不同"
        problems.append(file.problem(("procedure", "id"), what, "改成一样的"))
    questions: list[Question] = []
    for index, question in enumerate(procedure.questions):
        whole = _in_place(question, catalog)
        if whole is None:
            what = f"catalog 里没有共用问题「{getattr(question, 'use', '')}」"
            problems.append(file.problem(("question", index, "use"), what, "检查编号"))
        else:
            questions.append(whole)
    if len(questions) < len(procedure.questions):
        return None
    whole_procedure = procedure.model_copy(update={"questions": tuple(questions)})
    for path, what, mend in references.check(whole_procedure, catalog):
        problems.append(file.problem(path, what, mend))
    return whole_procedure


def _in_place(question: Question | SharedQuestion, catalog: Catalog) -> Question | None:
    """A question of the procedure's own, or the shared one with what is said differently here."""
    if isinstance(question, Question):
        return question
    shared = catalog.questions.get(question.use)
    said = {name: getattr(question, name) for name in question.model_fields_set - {"use"}}
    return shared.model_copy(update=said) if shared else None


def _neighbours(
    procedure: Procedure, file: _File, themes: dict[str, str]
) -> Iterator[Problem]:
    """References to procedures that the library does not have."""
    targets: list[tuple[FieldPath, str]] = [
        (("procedure", "follow_up"), item) for item in procedure.head.follow_up
    ]
    for key, items in (("step", procedure.steps), ("outcome", procedure.outcomes)):
        for index, item in enumerate(items):
            name = "procedure" if key == "step" else "to"
            if target := getattr(item, name):
                targets.append(((key, index, name), target))
    for path, target in targets:
        if target not in themes:
            yield file.problem(path, f"没有事项「{target}」", "检查编号，或者先写好那个事项")


def main(arguments: list[str]) -> int:
    """Print every problem of the folders given; the exit status says whether there are any."""
    library = load_library([Path(argument) for argument in arguments])
    print(summary(library.problems))
    print(f"事项 {len(library.procedures)} 个，有错的 {len(library.unavailable)} 个，"
          f"问题 {len(library.problems)} 处")
    return 1 if library.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
