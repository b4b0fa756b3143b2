"""The packages of a library: read from their files, each checked against what the library has."""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.entries import Finding, nearest
from banzheng_tui.procedure.files import DefinitionFile, read_file, validate
from banzheng_tui.procedure.model import Procedure
from banzheng_tui.procedure.outline import package_files
from banzheng_tui.procedure.packages import Backed, Package, Part
from banzheng_tui.procedure.problems import Problem
from banzheng_tui.procedure.source_lines import Path as FieldPath


@dataclass(frozen=True, slots=True)
class Known:
    """What a package may refer to."""

    catalog: Catalog
    procedures: Mapping[str, Procedure]
    """Those that were read and are whole."""
    ids: Collection[str]
    """Of all procedures, read or not."""


@dataclass(frozen=True, slots=True)
class PackagesRead:
    """The packages that are whole, and why the others are not."""

    packages: Mapping[str, Package]
    broken: Mapping[str, tuple[Problem, ...]]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every mistake in a package file."""
        return tuple(problem for problems in self.broken.values() for problem in problems)


def read_packages(
    folders: Iterable[Path], known: Known, only: Container[str] | None
) -> PackagesRead:
    """The packages of the folders; a later folder's stands in for an earlier one's."""
    packages: dict[str, Package] = {}
    broken: dict[str, tuple[Problem, ...]] = {}
    for folder in folders:
        for path in package_files(folder):
            if only is not None and path.stem not in only:
                continue
            problems: list[Problem] = []
            package = _package(path, folder, known, problems)
            packages.pop(path.stem, None)
            broken.pop(path.stem, None)
            if package is None or problems:
                broken[path.stem] = tuple(problems)
            else:
                packages[path.stem] = package
    return PackagesRead(packages, broken)


def _package(path: Path, folder: Path, known: Known, problems: list[Problem]) -> Package | None:
    file = read_file(path, folder, problems)
    if file is None:
        return None
    package, salvaged = validate(Package, file, problems)
    content = package or (salvaged.content if salvaged else None)
    for place, what, mend in _findings(content, file, known) if content else ():
        if salvaged is None:
            problems.append(file.problem(place, what, mend))
        elif not salvaged.follows_from_loss(what):
            problems.append(file.problem(salvaged.written_at(place), what, mend))
    return package


def _findings(package: Package, file: DefinitionFile, known: Known) -> Iterator[Finding]:
    yield from _names(package, file, known)
    yield from _head(package, known)
    for index, part in enumerate(package.parts):
        path: FieldPath = ("part", index)
        yield from _department(path, part.department, known.catalog)
        yield from _citations(path, part, package)
        yield from _place(path, part, package, known)


def _names(package: Package, file: DefinitionFile, known: Known) -> Iterator[Finding]:
    """The package's own id, and those of its sources."""
    path: FieldPath = ("package", "id")
    if package.id != file.path.stem:
        what = f"编号「{package.id}」和文件名「{file.path.stem}」不一样"
        yield Finding(path, what, "改成一样的")
    if package.id in known.ids:
        yield Finding(path, f"「{package.id}」已经是一个事项的编号", "给这件事换一个编号和文件名")
    ids = [source.id for source in package.sources]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield Finding(("source", index, "id"), f"编号「{name}」用了两次", "换一个编号")


def _head(package: Package, known: Known) -> Iterator[Finding]:
    path: FieldPath = ("package", "procedures")
    for name, times in Counter(package.procedures).items():
        if name not in known.ids:
            mend = nearest(name, known.ids) + "，或者先写好那个事项"
            yield Finding(path, f"没有事项「{name}」", mend)
        if times > 1:
            yield Finding(path, f"事项「{name}」写了两次", "留下一个")
    yield from _department(("package",), package.head.department, known.catalog)
    yield from _citations(("package",), package.head, package)
    yield from _given(package, known)


def _given(package: Package, known: Known) -> Iterator[Finding]:
    """Facts that a package says of its procedures."""
    for name, given in package.head.given.items():
        path: FieldPath = ("package", "given", name)
        if name not in package.procedures:
            mend = nearest(name, package.procedures) + "，或者在 procedures 里加上"
            yield Finding(path, f"「{name}」不在这件事的 procedures 里", mend)
        procedure = known.procedures.get(name)
        if procedure is None:
            continue
        facts = {getattr(question, "id", "") for question in procedure.questions} - {""}
        for fact in given.keys() - facts:
            what = f"事项「{name}」没有编号是「{fact}」的问题"
            yield Finding((*path, fact), what, nearest(fact, facts))


def _department(path: FieldPath, department: str | None, catalog: Catalog) -> Iterator[Finding]:
    if department and department not in catalog.departments:
        mend = (
            nearest(department, catalog.departments) + "，或者在 catalog 里用 [[department]] 加上"
        )
        yield Finding((*path, "department"), f"没有编号是「{department}」的部门", mend)


def _citations(path: FieldPath, item: Backed, package: Package) -> Iterator[Finding]:
    ids = [source.id for source in package.sources]
    for cited in item.source:
        if cited.id not in ids:
            mend = nearest(cited.id, ids) + "，或者用 [[source]] 加上这个依据"
            yield Finding((*path, "source"), f"没有编号是「{cited.id}」的依据", mend)


def _place(path: FieldPath, part: Part, package: Package, known: Known) -> Iterator[Finding]:
    """The procedure and the step that a part is done in."""
    if part.procedure and part.procedure not in package.procedures:
        mend = nearest(part.procedure, package.procedures) + "，或者在 procedures 里加上"
        what = f"「{part.procedure}」不在这件事的 procedures 里"
        yield Finding((*path, "procedure"), what, mend)
        return
    procedure = known.procedures.get(part.procedure or "")
    if procedure and part.step:
        steps = {step.id for step in procedure.steps}
        if part.step not in steps:
            what = f"事项「{procedure.id}」没有步骤「{part.step}」"
            yield Finding((*path, "step"), what, nearest(part.step, steps))
