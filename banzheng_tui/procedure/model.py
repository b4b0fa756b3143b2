"""A procedure as its author writes it: one pydantic model for each table of the file.

Field names are those of the TOML file (``procedures/README.md``); unknown keys are refused.
What a single table cannot know (whether an id exists) is checked in ``references``.
"""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from banzheng_tui.procedure.condition import ALWAYS, ConditionField
from banzheng_tui.procedure.facts import (
    ARITHMETIC,
    SPANS,
    AnyQuestion,
    Case,
    Derived,
    Local,
    NamedSet,
    Option,
    Question,
    QuestionKind,
    SharedQuestion,
)
from banzheng_tui.procedure.fields import (
    Day,
    Id,
    Ids,
    Money,
    Rate,
    Table,
    Text,
    Texts,
    Time,
    one_or_many,
)
from banzheng_tui.procedure.parts import Citation, Dated, Entry, Grade, Graded, Source
from banzheng_tui.procedure.values import DefinitionError

__all__ = [
    "ARITHMETIC", "SPANS", "AnyQuestion", "Case", "Channel", "Citation", "Dated", "Deadline", "Derived",
    "DocumentUse", "Entry", "Example", "Expectation", "Fee", "Grade", "Graded", "Local", "NamedSet",
    "Option", "Outcome", "Procedure", "ProcedureHead", "Question", "QuestionKind", "Rejection",
    "Script", "SharedQuestion", "Source", "Step", "StepTime", "Warning",
]  # fmt: skip

Channel: TypeAlias = Literal["window", "online", "mobile", "terminal", "mail"]


class StepTime(Table):
    """How long a step takes: by law, as promised, and what to say about it."""

    statutory: Time | None = None
    promised: Time | None = None
    note: Text | None = None


class Step(Graded):
    """Something the citizen does."""

    id: Id
    title: Text
    kind: Literal["office", "own"] = "office"
    department: Id | None = None
    procedure: Id | None = None
    given: dict[Id, bool | str | tuple[str, ...]] = {}
    """Facts of that procedure that are known on this way, so that nobody is asked again."""
    after: Ids = ()
    produces: Ids = ()
    how: Text | None = None
    where: Text | None = None
    channels: tuple[Channel, ...] = ()
    time: StepTime | None = None


class DocumentUse(Graded):
    """One use of a paper of the catalog, or of one of several of equal worth."""

    id: Id | None = None
    document: Id | None = None
    one_of: Ids = ()
    for_steps: Ids = Field(alias="for", min_length=1)
    original: int = Field(0, ge=0)
    copies: int = Field(0, ge=0)
    need: Literal["required", "deferrable", "optional"] = "required"
    fetched: bool = False
    kept: bool = False
    per: Id | None = None

    @model_validator(mode="after")
    def _names_a_paper(self) -> "DocumentUse":
        if (self.document is None) == (not self.one_of):
            mend = "一种材料写 document；几种里有一种就行的写 one_of"
            raise DefinitionError("document 和 one_of 要写一个，也只能写一个", mend)
        return self

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers any of which will do, in the author's order."""
        return (self.document,) if self.document else self.one_of

    @property
    def line(self) -> str:
        """The id of the line in the plan's list of documents."""
        return self.id or self.document or "|".join(self.one_of)


class Warning(Graded):
    """What is said before a step, because afterwards it costs dearly."""

    id: Id | None = None
    before: Ids = Field(min_length=1)
    level: Literal["irreversible", "deadline", "common-mistake", "note"]
    text: Text
    why: Text | None = None


class Deadline(Graded):
    """Days that a birth or an expiry sets for steps: within so long after it, or so long before."""

    id: Id
    for_steps: Ids = Field(alias="for", min_length=1)
    after: Id | None = None
    within: Time | None = None
    before: Id | None = None
    no_earlier: Time | None = None
    no_later: Time | None = None
    text: Text

    @model_validator(mode="after")
    def _one_way(self) -> "Deadline":
        follows = self.after is not None and self.within is not None
        leads = self.before is not None and (self.no_earlier or self.no_later) is not None
        either = follows != leads
        mixed = follows and (self.before or self.no_earlier or self.no_later)
        mixed = mixed or (leads and (self.after or self.within))
        if not either or mixed:
            mend = '写 after = "born"、within = "1 个月"，或者 before = "expires"、no_earlier、no_later'
            raise DefinitionError("期限要写明从哪一天起多久以内，或者在哪一天以前多久", mend)
        return self

    @property
    def fact(self) -> str:
        """The day that it counts from, or back from."""
        return self.after or self.before or ""


class Fee(Graded):
    """An amount, or a rate of a base; neither means that the sources do not settle it."""

    id: Id
    name: Text
    for_step: Id | None = Field(None, alias="for")
    payer: Text | None = None
    amount: Money | None = None
    rate: Rate | None = None
    of: Money | None = None
    less: Annotated[tuple[Money, ...], BeforeValidator(one_or_many)] = ()
    at_least: Money | None = None
    at_most: Money | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Fee":
        if self.amount is not None and self.rate is not None:
            raise DefinitionError(
                "amount 和 rate 只能写一个", "金额写 amount；按比率算的写 rate 和 of"
            )
        if (self.rate is None) != (self.of is None):
            raise DefinitionError("rate 和 of 要一起写", "rate 是比率，of 是拿来乘的基数")
        return self

    @property
    def mentioned(self) -> tuple[str, ...]:
        """The names whose values go into the amount."""
        parts = (self.amount, self.rate, self.of, self.at_least, self.at_most, *self.less)
        return tuple(part for part in parts if isinstance(part, str))


class Outcome(Graded):
    """What the situation comes to, beside or instead of steps."""

    id: Id
    kind: Literal["refuse", "redirect", "human", "result"]
    text: Text
    why: Text | None = None
    to: Id | None = None
    group: Id | None = None

    @model_validator(mode="after")
    def _redirect_has_target(self) -> "Outcome":
        if (self.kind == "redirect") != (self.to is not None):
            mend = 'kind = "redirect" 要写 to = "事项编号"；别的 kind 去掉 to'
            raise DefinitionError("转办和 to 要一起写", mend)
        return self

    @property
    def ends(self) -> bool:
        """Whether the procedure is over once this is certain."""
        return self.kind in ("refuse", "redirect")


class Rejection(Entry):
    """Why an application comes back at a step, and what to mend."""

    step: Id
    text: Text
    mend: Text


class Script(Dated):
    """Words of tact, tied to an answer or to a mood that the agent marks."""

    id: Id | None = None
    when: ConditionField = ALWAYS
    text: Text
    mood: Literal["anxious", "angry", "sad", "hesitant"] | None = None


class Expectation(Table):
    """What an example's plan must hold."""

    outcomes: Texts = ()
    steps: Texts = ()
    documents: Texts = ()
    warnings: Texts = ()
    without: Texts = ()
    certain: Texts = ()
    fees: dict[Id, Text] = {}
    current: Text | None = None


class Example(Table):
    """One caller and what he must be told; the tests run it."""

    name: Text
    answers: dict[Id, Any] = {}
    unsure: Texts = ()
    done: Texts = ()
    have: Texts = ()
    on: Day | None = None
    region: Text | None = None
    expect: Expectation


class ProcedureHead(Table):
    """What the procedure is called, who is in charge and when it was checked."""

    id: Id
    name: Text
    official: Text | None = None
    summary: Text | None = None
    aliases: Texts = ()
    phrases: Texts = ()
    department: Id
    reviewed: Day
    review_by: Day
    code: Text | None = None
    item_type: Text | None = None
    demand_class: Text | None = None
    audience: Annotated[Texts, BeforeValidator(one_or_many)] = ()
    accept: Text | None = None
    result: Text | None = None
    scope: Text | None = None
    channels: tuple[Channel, ...] = ()
    visits: int | None = Field(None, ge=0)
    place: Text | None = None
    hours: Text | None = None
    consult: Text | None = None
    complain: Text | None = None
    version: Text | None = None
    effective: Day | None = None
    expires: Day | None = None
    owner: Text | None = None
    follow_up: Ids = ()


class Procedure(Table):
    """One procedure file."""

    head: ProcedureHead = Field(alias="procedure")
    sources: tuple[Source, ...] = Field((), alias="source")
    questions: tuple[AnyQuestion, ...] = Field((), alias="question")
    sets: tuple[NamedSet, ...] = Field((), alias="set")
    derived: tuple[Derived, ...] = ()
    locals: tuple[Local, ...] = Field((), alias="local")
    steps: tuple[Step, ...] = Field((), alias="step")
    documents: tuple[DocumentUse, ...] = Field((), alias="document")
    warnings: tuple[Warning, ...] = Field((), alias="warning")
    fees: tuple[Fee, ...] = Field((), alias="fee")
    outcomes: tuple[Outcome, ...] = Field((), alias="outcome")
    rejections: tuple[Rejection, ...] = Field((), alias="rejection")
    scripts: tuple[Script, ...] = Field((), alias="script")
    deadlines: tuple[Deadline, ...] = Field((), alias="deadline")
    examples: tuple[Example, ...] = Field((), alias="example")

    @property
    def id(self) -> str:
        """The procedure's id, which is its file's name."""
        return self.head.id

    def source(self, source_id: str) -> Source | None:
        """The source of that id."""
        return next((source for source in self.sources if source.id == source_id), None)
