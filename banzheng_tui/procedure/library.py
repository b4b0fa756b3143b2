"""The library: every procedure and the catalog, read from folders of TOML files.

A broken file never stops the others: its procedure is listed as unavailable, with the reasons.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from banzheng_tui.procedure import references
from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.catalog_files import CatalogReader
from banzheng_tui.procedure.circles import circle_text, document_circles
from banzheng_tui.procedure.condition import ALWAYS
from banzheng_tui.procedure.entries import nearest
from banzheng_tui.procedure.files import DefinitionFile, read_file, validate
from banzheng_tui.procedure.model import Procedure, Question, SharedQuestion
from banzheng_tui.procedure.outline import PACKAGES, procedure_files
from banzheng_tui.procedure.package_files import Known, read_packages
from banzheng_tui.procedure.packages import Package
from banzheng_tui.procedure.problems import Problem
from banzheng_tui.procedure.source_lines import Path as FieldPath


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A procedure or package whose file is broken."""

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
    files: Mapping[str, DefinitionFile] = field(default_factory=dict, repr=False)
    """Where each procedure was read."""
    packages: Mapping[str, Package] = field(default_factory=dict)
    """Several procedures as one, by id."""

    def can_open(self, name: str) -> bool:
        """Whether there is such a procedure, or a package of which one procedure is whole."""
        if name in self.procedures:
            return True
        package = self.packages.get(name)
        return package is not None and any(p in self.procedures for p in package.procedures)


def load_library(
    directories: Iterable[Path],
    only: Container[str] | None = None,
    catalog: Catalog | None = None,
) -> Library:
    """The library of the folders; what a later folder defines stands in for an earlier one's.

    With ``only``, no other procedures are read (their ids and themes are known all the same);
    a ``catalog`` that was read from the same folders is not read again.
    """
    problems: list[Problem] = []
    folders = tuple(directories)
    reader = CatalogReader()
    if catalog is None:
        catalog = reader.read(folders)
        problems += reader.problems
    procedures: dict[str, Procedure] = {}
    themes: dict[str, str] = {}
    unavailable: dict[str, Unavailable] = {}
    files: dict[str, DefinitionFile] = {}
    for folder in folders:
        seen: dict[str, Path] = {}
        for path in procedure_files(folder):
            if only is not None and path.stem not in only:
                themes[path.stem] = path.parent.name
                continue
            found: list[Problem] = []
            file = read_file(path, folder, found)
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
        problems += _given(procedure, files[procedure_id], procedures)
    problems += reader.issuing(catalog, themes)
    packages = read_packages(folders, Known(catalog, procedures, themes.keys()), None)
    for package_id, found_there in packages.broken.items():
        problems += found_there
        unavailable.setdefault(package_id, Unavailable(package_id, PACKAGES, found_there))
    return _without_circles(
        Library(catalog, procedures, themes, unavailable, tuple(problems), files, packages.packages)
    )


def _without_circles(library: Library) -> Library:
    """The library without procedures that need one another's papers in a circle."""
    procedures, unavailable = dict(library.procedures), dict(library.unavailable)
    problems = list(library.problems)
    for circle in document_circles(library.procedures, library.catalog):
        text = circle_text(circle, library.procedures, library.catalog)
        for need in circle:
            what = f"材料绕成了一圈，谁也办不成：{text}"
            mend = "改掉其中一份材料的 for 或 need，或者 catalog 里它的 issued_by"
            file = library.files[need.procedure]
            problem = file.problem(("document",), what, mend)
            problems.append(problem)
            theme = library.themes[need.procedure]
            unavailable[need.procedure] = Unavailable(need.procedure, theme, (problem,))
            procedures.pop(need.procedure, None)
    return replace(
        library, procedures=procedures, unavailable=unavailable, problems=tuple(problems)
    )


def _procedure(file: DefinitionFile, catalog: Catalog, problems: list[Problem]) -> Procedure | None:
    """The procedure of a file, if it has no mistake; all that it has are added to the problems."""
    before = len(problems)
    procedure, salvaged = validate(Procedure, file, problems)
    content = procedure or (salvaged.content if salvaged else None)
    if content is None:
        return None
    if procedure and procedure.id != file.path.stem:
        what = f"编号「{procedure.id}」和文件名「{file.path.stem}」不一样"
        problems.append(file.problem(("procedure", "id"), what, "改成一样的"))
    whole = content.model_copy(update={"questions": _in_place(content, catalog)})
    for path, what, mend in references.check(whole, catalog):
        if salvaged is None:
            problems.append(file.problem(path, what, mend))
        elif not salvaged.follows_from_loss(what):
            problems.append(file.problem(salvaged.written_at(path), what, mend))
    return whole if len(problems) == before else None


def _in_place(procedure: Procedure, catalog: Catalog) -> tuple[Question | SharedQuestion, ...]:
    """Its questions; for each shared one that of the catalog, with what is said differently."""
    found: list[Question | SharedQuestion] = []
    for question in procedure.questions:
        shared = catalog.questions.get(question.use) if hasattr(question, "use") else None
        if shared is None:
            found.append(question)
        else:
            fields = question.model_fields_set - {"use"}
            said = {"when": ALWAYS, **{name: getattr(question, name) for name in fields}}
            found.append(shared.model_copy(update=said))
    return tuple(found)


def _neighbours(
    procedure: Procedure, file: DefinitionFile, themes: dict[str, str]
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
            mend = nearest(target, themes) + "，或者先写好那个事项"
            yield file.problem(path, f"没有事项「{target}」", mend)


def _given(
    procedure: Procedure, file: DefinitionFile, procedures: Mapping[str, Procedure]
) -> Iterator[Problem]:
    """What a step says is known of another procedure and that procedure does not ask."""
    for index, step in enumerate(procedure.steps):
        other = procedures.get(step.procedure or "")
        asked = {q.id: q for q in other.questions if isinstance(q, Question)} if other else {}
        for fact, value in step.given.items() if other else ():
            path = ("step", index, "given", fact)
            if fact not in asked:
                what = f"事项「{step.procedure}」没有问「{fact}」"
                yield file.problem(path, what, nearest(fact, asked))
                continue
            options = {option.id for option in asked[fact].options}
            for chosen in value if isinstance(value, tuple) else (value,):
                if options and chosen not in options:
                    what = f"「{fact}」没有「{chosen}」这个选项"
                    yield file.problem(path, what, nearest(str(chosen), options))


def joined(library: Library, other: Library) -> Library:
    """A library with more procedures from the same folders."""
    return _without_circles(
        replace(
            library,
            procedures={**library.procedures, **other.procedures},
            unavailable={**library.unavailable, **other.unavailable},
            problems=tuple(dict.fromkeys((*library.problems, *other.problems))),
            files={**library.files, **other.files},
            packages={k: p for k, p in library.packages.items() if k in other.packages},
        )
    )
