"""A procedure as its author writes it: one pydantic model for each table of the file.

Field names are those of the TOML file (``procedures/README.md``); unknown keys are refused.
What a single table cannot know (whether an id exists) is checked in ``references``.
"""

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from banzheng_tui.procedure.condition import ALWAYS, ConditionField
from banzheng_tui.procedure.fields import (
    Bound,
    Day,
    Gives,
    Id,
    Ids,
    Money,
    Number,
    Operand,
    Rate,
    Table,
    Text,
    Texts,
    Time,
    one_or_many,
)

Grade: TypeAlias = Literal["verified", "window", "local"]
QuestionKind: TypeAlias = Literal["choice", "choices", "yesno", "number", "money", "date"]
Channel: TypeAlias = Literal["window", "online", "mobile", "terminal", "mail"]



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
            raise ValueError(
                "没有写依据：写上 source，或者写 grade = \"window\"（以受理窗口为准）、\"local\"（因地而异）"
            )
        return self


class Option(Table):
    """One answer that a choice offers."""

    id: Id
    label: Text
    note: Text | None = None
    words: Texts = ()
    exclusive: bool = False
    have: Ids = ()


class QuestionText(Dated):
    """What an author may say of a question, shared ones included."""

    when: ConditionField = ALWAYS
    why: Text | None = None
    hint: Text | None = None
    unsure: Text | None = None
    sensitive: bool = False
    decision: bool = False


class Question(QuestionText):
    """A question; its id names the fact that the answer states."""

    id: Id
    name: Text
    ask: Text
    kind: QuestionKind
    min: Bound | None = None
    max: Bound | None = None
    unit: Text | None = None
    options: tuple[Option, ...] = Field((), alias="option")

    @model_validator(mode="after")
    def _options_fit(self) -> "Question":
        chooses = self.kind in ("choice", "choices")
        if chooses and len(self.options) < 2:
            raise ValueError("单选、多选至少要写两个选项（[[question.option]]）")
        if not chooses and self.options:
            raise ValueError(f"kind = \"{self.kind}\" 的问题不写选项")
        if self.kind != "choices" and any(option.exclusive for option in self.options):
            raise ValueError("exclusive 只用在多选（choices）里")
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            raise ValueError("有两个选项的编号一样")
        return self


class SharedQuestion(QuestionText):
    """A question taken from the catalog, with what this procedure says differently."""

    use: Id
    ask: Text | None = None


def _question_tag(value: Any) -> str:
    uses = "use" in value if isinstance(value, dict) else isinstance(value, SharedQuestion)
    return "shared" if uses else "own"


AnyQuestion = Annotated[
    Annotated[Question, Tag("own")] | Annotated[SharedQuestion, Tag("shared")],
    Discriminator(_question_tag),
]


class NamedSet(Dated):
    """A list of values with a name."""

    id: Id
    values: Texts


class Case(Table):
    """One row of a decision table."""

    when: ConditionField = ALWAYS
    from_day: Day | None = Field(None, alias="from")
    gives: Gives


class Derived(Dated):
    """A value worked out from others: a span of time, arithmetic, or a decision table."""

    id: Id
    name: Text | None = None
    unit: Text | None = None
    days_between: tuple[Operand, Operand] | None = None
    months_between: tuple[Operand, Operand] | None = None
    years_between: tuple[Operand, Operand] | None = None
    sum: tuple[Operand, ...] | None = None
    difference: tuple[Operand, ...] | None = None
    product: tuple[Operand, ...] | None = None
    quotient: tuple[Operand, ...] | None = None
    floor: Number | None = None
    cases: tuple[Case, ...] = Field((), alias="case")
    otherwise: Gives | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Derived":
        ways = [key for key in (*SPANS, *ARITHMETIC) if getattr(self, key) is not None]
        if len(ways) + bool(self.cases) != 1:
            raise ValueError(
                "要写而且只写一种算法：days_between、months_between、years_between、sum、"
                "difference、product、quotient，或者 [[derived.case]]"
            )
        if self.floor is not None and not set(ways) & set(ARITHMETIC):
            raise ValueError("floor 只用在 sum、difference、product、quotient 上")
        return self


SPANS = ("days_between", "months_between", "years_between")
ARITHMETIC = ("sum", "difference", "product", "quotient")


class Local(Dated):
    """A value that a province or city sets; open within its bounds until it does."""

    id: Id
    name: Text
    kind: Literal["money", "number", "rate", "yesno", "text"]
    min: Number | None = None
    max: Number | None = None
    unit: Text | None = None
    ask_at: Text | None = None
    source: Citations = ()


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
            raise ValueError("document 和 one_of 要写一个，也只能写一个")
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
            raise ValueError("amount 和 rate 只能写一个")
        if (self.rate is None) != (self.of is None):
            raise ValueError("rate 和 of 要一起写：比率乘以基数")
        return self


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
            raise ValueError("kind = \"redirect\" 要写 to（转到哪个事项），别的 kind 不写")
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
    examples: tuple[Example, ...] = Field((), alias="example")

    @property
    def id(self) -> str:
        """The procedure's id, which is its file's name."""
        return self.head.id

    def source(self, source_id: str) -> Source | None:
        """The source of that id."""
        return next((source for source in self.sources if source.id == source_id), None)
