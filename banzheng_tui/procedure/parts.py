"""What many tables of a definition file share: sources, days, conditions, evidence."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, model_validator

from banzheng_tui.procedure.condition import ALWAYS, ConditionField
from banzheng_tui.procedure.fields import Day, Id, Table, Text, one_or_many
from banzheng_tui.procedure.values import DefinitionError

Grade: TypeAlias = Literal["verified", "window", "local"]


class Citation(Table):
    """A place in a source of the procedure."""

    id: Id
    article: Text | None = None


Citations = Annotated[tuple[Citation, ...], BeforeValidator(one_or_many)]


class Source(Table):
    """A law or norm."""

    id: Id
    law: Text
    number: Text | None = None
    effective: Day | None = None
    expires: Day | None = None
    url: Text | None = None
    note: Text | None = None


class Dated(Table):
    """What may hold only for some days of plan (both ends included)."""

    valid_from: Day | None = None
    valid_to: Day | None = None

    def valid_on(self, day: date) -> bool:
        """Whether a plan for that day sees this entry."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Entry(Dated):
    """What may depend on the situation and says where it comes from."""

    when: ConditionField = ALWAYS
    source: Citations = ()
    grade: Grade = "verified"
    note: Text | None = None


class Graded(Entry):
    """An entry of the plan: verified only with a source."""

    @model_validator(mode="after")
    def _evidence(self) -> "Graded":
        if self.grade == "verified" and not self.source:
            mend = '写上 source；没有核到原文的写 grade = "window"（以受理窗口为准）或 "local"（因地而异）'
            raise DefinitionError("没有写依据", mend)
        return self
