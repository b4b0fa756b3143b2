"""Packages (高效办成一件事): what a citizen has done as one, with one form and one visit.

A package names the procedures that it joins. What it holds besides, or which steps of a procedure
it does at once, stands in its parts.
"""

from pydantic import Field, model_validator

from banzheng_tui.procedure.fields import Day, Id, Ids, Table, Text, Texts
from banzheng_tui.procedure.model import Channel, Source
from banzheng_tui.procedure.parts import Citations, Grade
from banzheng_tui.procedure.values import DefinitionError


class Backed(Table):
    """What says where it comes from, and holds in every situation: verified only with a source."""

    source: Citations = ()
    grade: Grade = "verified"
    note: Text | None = None

    @model_validator(mode="after")
    def _evidence(self) -> "Backed":
        if self.grade == "verified" and not self.source:
            mend = '写上 source；没有核到原文的写 grade = "window"（以受理窗口为准）或 "local"（因地而异）'
            raise DefinitionError("没有写依据", mend)
        return self


class Part(Backed):
    """One of the things done at once: a procedure, a step of one, or what the library has not."""

    name: Text
    procedure: Id | None = None
    step: Id | None = None
    department: Id | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _step_of_a_procedure(self) -> "Part":
        if self.step and not self.procedure:
            raise DefinitionError("写了 step，没写 procedure", "写上这一步是哪个事项的")
        return self


class PackageHead(Backed):
    """What a package is called, what it joins and what it spares."""

    id: Id
    name: Text
    official: Text | None = None
    summary: Text | None = None
    aliases: Texts = ()
    phrases: Texts = ()
    batch: Text | None = None
    department: Id | None = None
    procedures: Ids = Field(min_length=1)
    given: dict[Id, dict[Id, bool | str | tuple[str, ...]]] = {}
    """For each procedure the facts that the package says already."""
    accept: Text | None = None
    one_form: Text
    one_visit: Text
    order: Text | None = None
    notes: Texts = ()
    channels: tuple[Channel, ...] = ()
    place: Text | None = None
    reviewed: Day
    review_by: Day


class Package(Table):
    """One package file."""

    head: PackageHead = Field(alias="package")
    sources: tuple[Source, ...] = Field((), alias="source")
    parts: tuple[Part, ...] = Field((), alias="part")

    @model_validator(mode="after")
    def _joins_several(self) -> "Package":
        if max(len(self.head.procedures), len(self.parts)) < 2:
            mend = "procedures 里再写一个事项，或者用 [[part]] 写清一次办了哪几样"
            raise DefinitionError("一件事至少要合起两样", mend)
        return self

    @property
    def id(self) -> str:
        """The package's id, which is its file's name."""
        return self.head.id

    @property
    def name(self) -> str:
        """What it is called."""
        return self.head.name

    @property
    def procedures(self) -> tuple[str, ...]:
        """The procedures that it joins, in the author's order."""
        return self.head.procedures

    def source(self, source_id: str) -> Source | None:
        """The source of that id."""
        return next((source for source in self.sources if source.id == source_id), None)
