"""How a number or a day is written: what people type, read exactly or refused with a reason."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

YUAN = "元"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_MARKS = {0x3002: ".", 0xFFE5: "¥", 0x2019: "'"}
_WIDE = {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)} | _DASHES | _MARKS

_SAME_UNIT = (
    (YUAN, "元整", "圆", "块", "块钱", "人民币", "rmb", "cny"),
    ("万元", "万"),
    ("人", "位", "名", "个", "口", "个人", "口人"),
    ("平方米", "平米", "平方", "平", "㎡", "m2", "m²"),
    ("岁", "周岁"),
    ("个月", "月"),
    ("天", "日"),
)
_COUNTED = ("家", "户", "套", "张", "份", "次", "本", "件", "间", "台", "辆", "处")
_OTHER = (
    *("年", "周", "小时", "分钟", "米", "公里", "亩", "公顷", "平方公里", "公斤", "斤", "%"),
    *("美元", "港元", "港币", "欧元", "日元"),
)
_UNITS = {*(unit for same in _SAME_UNIT for unit in same), *_COUNTED, *_OTHER}
_WHOLE = {*_SAME_UNIT[2], *_COUNTED}

_SCALES = {"亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "百": 2}
_GROUPED = r"[1-9][0-9]{0,2}(?P<gap>, ?|'| )[0-9]{3}(?:(?P=gap)[0-9]{3})*(?:\.[0-9]+)?(?![0-9])"
_TERM = re.compile(rf"({_GROUPED}|[0-9]+(?:\.[0-9]+)?) ?({'|'.join(_SCALES)})? ?")
_READABLE = 15
"""Longer numbers are not repeated in a sentence."""
_PREFIX = re.compile(r"(?:¥|rmb|cny|人民币) ?")
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
_NUMBER_IN_WORDS = re.compile(rf"负?[{_NUMERALS}点]+ ?(?:{'|'.join(map(re.escape, _UNITS))})?")
_GAPS = re.compile(r"[0-9]+[, '] ?[0-9]")

_DAY = re.compile(r"([0-9]{4}) ?[-/. 年] ?([0-9]{1,2}) ?[-/. 月] ?([0-9]{1,2}) ?[日号]?")
_EIGHT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_PART = r"[0-9]{1,2} ?[-/. 月] ?[0-9]{1,2}"
_NEARLY_DAYS = (
    (re.compile(rf"[0-9]{{1,3}} ?[-/. 年] ?{_PART} ?[日号]?"), "年份要写四位"),
    (re.compile(rf"{_PART} ?[日号]?"), "请写上年份"),
    (re.compile(rf"{_PART} ?[-/. 年] ?[0-9]{{4}} ?年?"), "年份要写在最前面"),
    (re.compile(r"[0-9]{4}(?: ?[-/.年] ?(?:[0-9]{1,2} ?月?)?)?|[0-9]{5,7}"), "年、月、日都要写全"),
    (re.compile(f"[{_NUMERALS}年月日号]+"), "请用数字写"),
)


class UnreadError(ValueError):
    """A text that cannot be read; the message says what to change, or is empty."""


class _Term(NamedTuple):
    digits: str
    scale: str | None

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits) * Decimal(10) ** _SCALES.get(self.scale or "", 0)


def plain(text: str) -> str:
    """The text with half-width marks and digits, and one space where there was any room."""
    return " ".join(text.translate(_WIDE).split())


def counts(unit: str | None) -> bool:
    """Whether what is counted in this unit comes in whole numbers only."""
    return unit in _WHOLE


def read_number(text: str, unit: str | None) -> Decimal:
    """The number that a plain text gives, with its unit or without; UnreadError if it is none."""
    words = text.lower()
    if unit == YUAN and (prefix := _PREFIX.match(words)):
        words = words[prefix.end() :]
    bare = _without_unit(words, unit)
    sign = -1 if bare[:1] in ("-", "负") else 1
    digits = bare[1:].lstrip() if bare[:1] in ("-", "负", "+") else bare
    terms = _terms(digits)
    if not terms:
        raise UnreadError(_what_is_wrong(words, unit))
    return sign * _total(terms)


def _without_unit(text: str, unit: str | None) -> str:
    for same in sorted(_same(unit), key=len, reverse=True):
        if text.endswith(same.lower()):
            return text[: -len(same)].rstrip()
    return text


def _same(unit: str | None) -> tuple[str, ...]:
    """All the ways of writing a unit."""
    if unit is None:
        return ()
    if unit in _COUNTED:
        return (unit, "个")
    return next((same for same in _SAME_UNIT if unit in same), (unit,))


def _terms(text: str) -> list[_Term]:
    """「80万5千」 as 80 万 and 5 千; nothing where the text is no number."""
    found: list[_Term] = []
    place = 0
    while place < len(text):
        term = _TERM.match(text, place)
        if term is None or (found and found[-1].scale is None):
            return []
        found.append(_Term(re.sub("[, ']", "", term[1]), term[3]))
        place = term.end()
    return found


def _total(terms: list[_Term]) -> Decimal:
    """What the terms come to; UnreadError where a rest can be meant in two ways."""
    total = terms[0].value
    for before, term in pairwise(terms):
        places = _SCALES[before.scale or ""]
        written = before.digits + term.digits
        if "." in written or term.value >= 10**places or len(written) > _READABLE:
            raise UnreadError("请把数写全")
        if term.scale is None and len(term.digits) < places:
            spoken = total + Decimal(term.digits.ljust(places, "0"))
            raise UnreadError(f"分不清是 {spoken:f} 还是 {total + term.value:f}，请写全")
        total += term.value
    return total


def _what_is_wrong(text: str, unit: str | None) -> str:
    if _NUMBER_IN_WORDS.fullmatch(text):
        return "请用数字写"
    rest = text.lstrip("+-0123456789., '亿万千百")
    if rest in _UNITS and rest not in _same(unit) and rest != text:
        return f"这一问的单位是「{unit}」，不是「{rest}」" if unit else "这一问只写数，不用写单位"
    if _GAPS.match(text):
        return "数字要连着写，或者每三位隔一个逗号"
    return ""


def read_day(text: str) -> date:
    """The day that a plain text gives; UnreadError if it is none."""
    found = _DAY.fullmatch(text) or _EIGHT.fullmatch(text)
    if found is None:
        wrong = (told for nearly, told in _NEARLY_DAYS if nearly.fullmatch(text))
        raise UnreadError(next(wrong, ""))
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= 12:
        raise UnreadError(f"没有 {month} 月，一年是 1 到 12 月")
    last = monthrange(max(year, 1), month)[1]
    if not 1 <= day <= last:
        raise UnreadError(f"{year} 年 {month} 月没有 {day} 日，这个月是 1 到 {last} 日")
    return date(max(year, 1), month, day)
