"""The catalog: departments, documents, shared questions and terms, each said once."""

from pydantic import Field

from banzheng_tui.procedure.fields import Id, Ids, Table, Text, Texts, Time
from banzheng_tui.procedure.model import Question


class Department(Table):
    """Who handles a procedure or issues a paper."""

    id: Id
    name: Text
    short: Text | None = None
    consult: Text | None = None


class Document(Table):
    """A paper or electronic licence, known once for the whole library."""

    id: Id
    name: Text
    issuer: Id | None = None
    plain: Text | None = None
    get: Text | None = None
    issued_by: Ids = ()
    valid_for: Time | None = None
    electronic: bool = False


class Term(Table):
    """A word of the offices, in plain words."""

    id: Id
    words: Texts = Field(min_length=1)
    plain: Text


class CatalogFile(Table):
    """One file of the catalog."""

    departments: tuple[Department, ...] = Field((), alias="department")
    documents: tuple[Document, ...] = Field((), alias="document")
    questions: tuple[Question, ...] = Field((), alias="question")
    terms: tuple[Term, ...] = Field((), alias="term")


class Catalog(Table):
    """All catalog files together, by id."""

    departments: dict[str, Department] = {}
    documents: dict[str, Document] = {}
    questions: dict[str, Question] = {}
    terms: dict[str, Term] = {}
