"""What a procedure knows or works out: questions, sets, derived and local values."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from banzheng_tui.procedure.condition import ALWAYS, ConditionField
from banzheng_tui.procedure.fields import (
    Bound,
    Day,
    Gives,
    Id,
    Ids,
    Number,
    Operand,
    Table,
    Text,
    Texts,
)
from banzheng_tui.procedure.parts import Citations, Dated
from banzheng_tui.procedure.values import DefinitionError

QuestionKind: TypeAlias = Literal["choice", "choices", "yesno", "number", "money", "date"]


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
    name: Text = ""
    """What the fact is called in short; the question itself where the author gives no name."""
    ask: Text
    kind: QuestionKind
    min: Bound | None = None
    max: Bound | None = None
    unit: Text | None = None
    options: tuple[Option, ...] = Field((), alias="option")

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("ask"), str):
            return {**value, "name": value["ask"].rstrip("？?。 ") or "?"}
        return value

    @model_validator(mode="after")
    def _options_fit(self) -> "Question":
        chooses = self.kind in ("choice", "choices")
        if chooses and len(self.options) < 2:
            mend = "在问题下面写 [[question.option]]，每个选项有 id 和 label"
            raise DefinitionError("单选、多选至少要有两个选项", mend)
        if not chooses and self.options:
            what = f'kind = "{self.kind}" 的问题没有选项'
            raise DefinitionError(
                what, "去掉 [[question.option]]；要让人挑选的，kind 写 choice 或 choices"
            )
        if self.kind != "choices" and any(option.exclusive for option in self.options):
            raise DefinitionError(
                "exclusive 只用在多选里", "去掉 exclusive，或者把 kind 改成 choices"
            )
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            twice = next(option for option in ids if ids.count(option) > 1)
            raise DefinitionError(f"有两个选项的编号都是「{twice}」", "给其中一个换编号")
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
            mend = (
                "days_between、months_between、years_between、sum、difference、product、"
                "quotient，或者 [[derived.case]]，留下一种"
            )
            raise DefinitionError("一个推算值要写一种算法，也只能写一种", mend)
        if self.floor is not None and not set(ways) & set(ARITHMETIC):
            raise DefinitionError(
                "floor 只用在 sum、difference、product、quotient 上", "去掉 floor"
            )
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
