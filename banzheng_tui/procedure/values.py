"""The small written forms of the definition format: ids, money, rates and times."""

import re
from dataclasses import dataclass
from decimal import Decimal

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_MONEY = re.compile(r"(\d+(?:\.\d+)?) ?(万)?元\Z")
_RATE = re.compile(r"(\d+(?:\.\d+)?) ?%\Z")
_TIME = re.compile(r"(\d{1,6}) ?(工作日|日|个月|年|小时|工作小时)\Z")
AT_ONCE = "当场"
LARGEST = Decimal(10) ** 15


class DefinitionError(ValueError):
    """What is wrong in something an author wrote, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Duration:
    """A time with its unit as the law gives it; ``amount`` is 0 for 当场."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}" if self.amount else AT_ONCE


def sensible(number: Decimal) -> Decimal:
    """The number itself, unless nothing real is that large."""
    if not number.is_finite() or abs(number) >= LARGEST:
        raise DefinitionError("这个数太大了", "看看是不是多打了几个 0")
    return number


def parse_id(text: str) -> str:
    """The id itself; ValueError (a DefinitionError) when it is not one."""
    if not ID.match(text):
        what = f"「{text}」不能当编号"
        raise DefinitionError(
            what, "编号只用小写英文字母、数字和短横线，以字母开头，如 birth-place"
        )
    return text


def parse_money(text: str) -> Decimal:
    """Yuan as an exact decimal, from 「80 元」 or 「30 万元」."""
    found = _MONEY.match(text)
    if not found:
        raise DefinitionError(f"「{text}」不是金额", '写成 "80 元" 或 "30 万元"，带引号和单位')
    amount = Decimal(found[1])
    return sensible(amount * 10000 if found[2] else amount)


def parse_rate(text: str) -> Decimal:
    """A share of one, from 「1.5%」."""
    found = _RATE.match(text)
    if not found:
        raise DefinitionError(f"「{text}」不是比率", '写成 "1.5%"，带引号和百分号')
    return sensible(Decimal(found[1]) / 100)


def parse_duration(text: str) -> Duration:
    """A duration from 「30 工作日」 or 「当场」; the unit is never left out."""
    if text == AT_ONCE:
        return Duration(0, AT_ONCE)
    found = _TIME.match(text)
    if not found:
        mend = '写成 "30 工作日"、"20 日"、"3 个月"、"1 年"、"2 小时" 或 "当场"，单位不能省'
        raise DefinitionError(f"「{text}」不是时间", mend)
    return Duration(int(found[1]), found[2])


def parse_number(text: str) -> Decimal | None:
    """The decimal a money or rate string stands for, or None when it is neither."""
    if _MONEY.match(text):
        return parse_money(text)
    return parse_rate(text) if _RATE.match(text) else None
