"""The small written forms of the definition format: ids, money, rates and times."""

import re
from dataclasses import dataclass
from decimal import Decimal

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_MONEY = re.compile(r"(\d+(?:\.\d+)?) ?(万)?元\Z")
_RATE = re.compile(r"(\d+(?:\.\d+)?) ?%\Z")
_TIME = re.compile(r"(\d+) ?(工作日|日|个月|年|小时|工作小时)\Z")
AT_ONCE = "当场"


@dataclass(frozen=True, slots=True)
class Duration:
    """A time with its unit as the law gives it; ``amount`` is 0 for 当场."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}" if self.amount else AT_ONCE


def parse_id(text: str) -> str:
    """The id itself; ValueError with a Chinese sentence when it is not one."""
    if not ID.match(text):
        raise ValueError(f"编号「{text}」只能用小写英文字母、数字和短横线，以字母开头")
    return text


def parse_money(text: str) -> Decimal:
    """Yuan as an exact decimal, from 「80 元」 or 「30 万元」."""
    found = _MONEY.match(text)
    if not found:
        raise ValueError(f"「{text}」不是金额，要写成「80 元」或「30 万元」")
    amount = Decimal(found[1])
    return amount * 10000 if found[2] else amount


def parse_rate(text: str) -> Decimal:
    """A share of one, from 「1.5%」."""
    found = _RATE.match(text)
    if not found:
        raise ValueError(f"「{text}」不是比率，要写成「1.5%」")
    return Decimal(found[1]) / 100


def parse_duration(text: str) -> Duration:
    """A duration from 「30 工作日」 or 「当场」; the unit is never left out."""
    if text == AT_ONCE:
        return Duration(0, AT_ONCE)
    found = _TIME.match(text)
    if not found:
        raise ValueError(
            f"「{text}」不是时间，要写成「30 工作日」「20 日」「3 个月」「1 年」「2 小时」或「当场」"
        )
    return Duration(int(found[1]), found[2])


def parse_number(text: str) -> Decimal | None:
    """The decimal a money or rate string stands for, or None when it is neither."""
    for parse in (parse_money, parse_rate):
        try:
            return parse(text)
        except ValueError:
            continue
    return None
