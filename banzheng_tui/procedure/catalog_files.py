"""The catalog of a library: all its files together, each id said once."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from banzheng_tui.procedure.catalog import Catalog, CatalogFile
from banzheng_tui.procedure.condition import ALWAYS
from banzheng_tui.procedure.entries import nearest
from banzheng_tui.procedure.files import DefinitionFile, read_file, validate
from banzheng_tui.procedure.problems import Problem

TABLES = ("departments", "documents", "questions", "terms")


class CatalogReader:
    """Reads the catalogs of several folders, and remembers where each entry stands."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._tables: dict[str, dict[str, Any]] = {table: {} for table in TABLES}
        self._origins: dict[tuple[str, str], tuple[DefinitionFile, int]] = {}

    def read(self, folders: Iterable[Path]) -> Catalog:
        """The catalog; what a later folder defines stands in for an earlier one's."""
        for folder in folders:
            owners: dict[tuple[str, str], str] = {}
            for path in sorted((folder / "catalog").rglob("*.toml")):
                file = read_file(path, folder, self.problems)
                if file:
                    self._take(file, owners)
        self.problems += self._links()
        return Catalog.model_construct(None, **self._tables)

    def _take(self, file: DefinitionFile, owners: dict[tuple[str, str], str]) -> None:
        """All entries of one file; of a broken one those that are whole."""
        whole, salvaged = validate(CatalogFile, file, self.problems)
        content = whole or (salvaged.content if salvaged else None)
        for table in TABLES if content else ():
            key = table.removesuffix("s")
            for position, item in enumerate(getattr(content, table)):
                path = salvaged.written_at((key, position)) if salvaged else (key, position)
                if (table, item.id) in owners:
                    what = f"编号「{item.id}」在 {owners[table, item.id]} 里已经有了"
                    problem = file.problem((*path, "id"), what, "删掉一个，或者换一个编号")
                    self.problems.append(problem)
                owners[table, item.id] = file.shown
                self._tables[table][item.id] = item
                self._origins[table, item.id] = (file, int(path[1]))

    def _links(self) -> Iterator[Problem]:
        departments = self._tables["departments"]
        for paper in self._tables["documents"].values():
            if paper.issuer and paper.issuer not in departments:
                what = f"没有编号是「{paper.issuer}」的部门"
                mend = nearest(paper.issuer, departments) + "，或者用 [[department]] 加上"
                yield self._problem("documents", paper.id, "issuer", what, mend)
        for question in self._tables["questions"].values():
            if question.when != ALWAYS:
                mend = "去掉它，在取用这一题的事项里写 when"
                yield self._problem("questions", question.id, "when", "共用问题不写 when", mend)

    def issuing(self, catalog: Catalog, procedures: Collection[str]) -> Iterator[Problem]:
        """Procedures that are said to issue a paper and that nobody has written."""
        for paper in catalog.documents.values():
            for procedure_id in paper.issued_by:
                if procedure_id not in procedures:
                    what = f"没有事项「{procedure_id}」"
                    mend = nearest(procedure_id, procedures) + "，或者先写好那个事项"
                    yield self._problem("documents", paper.id, "issued_by", what, mend)

    def _problem(self, table: str, item_id: str, field: str, what: str, mend: str) -> Problem:
        key = table.removesuffix("s")
        if (table, item_id) not in self._origins:
            return Problem("catalog", None, f"{key}「{item_id}」.{field}", what, mend)
        file, position = self._origins[table, item_id]
        return file.problem((key, position, field), what, mend)
