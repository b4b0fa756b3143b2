"""The field types of the definition format: how each written form is read, or refused."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator

from banzheng_tui.procedure.values import (
    DefinitionError,
    Duration,
    parse_duration,
    parse_id,
    parse_money,
    parse_number,
    parse_rate,
    sensible,
)


def _shown(value: object) -> str:
    """A value as the author wrote it, near enough."""
    if isinstance(value, bool):
        return str(value).lower()
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _text(value: object) -> str:
    if not isinstance(value, str):
        shown = _shown(value)
        raise DefinitionError(f"「{shown}」不是文字", f'在两边加上英文引号，如 "{shown}"')
    if not value.strip():
        raise DefinitionError("引号里什么也没写", "写上内容；没有内容就去掉这一行")
    return value.strip()


def _number(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return sensible(Decimal(value))
    number = parse_number(value) if isinstance(value, str) else None
    if number is None:
        what = f"「{_shown(value)}」不是数、钱，也不是比率"
        raise DefinitionError(what, '数不加引号；钱写成 "80 元"，比率写成 "1.5%"')
    return sensible(number)


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise DefinitionError(f"「{_shown(value)}」不是日期", "写成 年-月-日，不加引号，如 2026-11-23")


def _bound(value: object) -> Decimal | date | str:
    if value == "today" or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    return _number(value)


def _scalar(value: object) -> Any:
    if isinstance(value, bool) or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, str):
        number = parse_number(value)
        return value if number is None else number
    return _number(value)


def _operand(value: object) -> Decimal | str:
    if isinstance(value, str):
        number = parse_number(value)
        return parse_reference(value) if number is None else number
    return _number(value)


def parse_reference(text: str) -> str:
    """A name, or ``name.key`` for one of several values of a derived table."""
    for part in text.split(".", 1):
        parse_id(part)
    return text


def _literal(parse: Any) -> Any:
    """A validator for a written value (「80 元」) or else the name of one."""

    def validate(value: object) -> Decimal | str:
        text = _text(value)
        return parse_reference(text) if text[0].isalpha() and text[0].isascii() else parse(text)

    return PlainValidator(validate)


def one_or_several(value: object) -> object:
    """A list of texts, or one text alone."""
    return [value] if isinstance(value, str) else value


def one_or_many(value: object) -> object:
    return [value] if isinstance(value, dict | str) else value


Text = Annotated[str, PlainValidator(_text)]
Id = Annotated[str, PlainValidator(lambda value: parse_id(_text(value)))]
Day = Annotated[date, PlainValidator(_day)]
Number = Annotated[Decimal, PlainValidator(_number)]
Bound = Annotated[Decimal | date | str, PlainValidator(_bound)]
ScalarField = Annotated[Any, PlainValidator(_scalar)]
Operand = Annotated[Decimal | str, PlainValidator(_operand)]
Money = Annotated[Decimal | str, _literal(parse_money)]
Rate = Annotated[Decimal | str, _literal(parse_rate)]
MoneyAmount = Annotated[Decimal, PlainValidator(lambda value: parse_money(_text(value)))]
Time = Annotated[Duration, PlainValidator(lambda value: parse_duration(_text(value)))]
Ids = Annotated[tuple[Id, ...], BeforeValidator(one_or_several)]
Texts = tuple[Text, ...]
Gives = Annotated[
    dict[Id, ScalarField],
    BeforeValidator(lambda value: value if isinstance(value, dict) else {"value": value}),
]
"""The named values of one row of a decision table; a single value is called ``value``."""


class Table(BaseModel):
    """A table of a definition file: frozen, and strict about its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)
