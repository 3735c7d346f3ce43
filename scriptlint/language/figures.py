"""Prices of credit, rates, periods and amounts as numbers, read from folded text.

A rate is a share of one (0.072 is 7.2 %). Spans count in the text given, half-open. Every expression has bounded
repeats, so reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span

_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}

_NUMBER = r"(?:[0-9][0-9,]{0,11}(?:\.[0-9]{1,4})?|[零〇一二两三四五六七八九十百千半点]{1,7})"
_RATE = (
    rf"(?:(?:百分之|千分之|万分之){_NUMBER}|{_NUMBER}\s?[%‰]"
    rf"|{_NUMBER}(?:厘|分(?![钟期之]))[一二三四五六七八九]?|万[0-9一二两三四五六七八九](?:点[0-9五])?(?![0-9元块]))"
)
_MONEY = rf"{_NUMBER}\s?(?:万|千|百|亿)?(?:元|块|毛)"
_LOAN = rf"{_NUMBER}\s?(?:万元|万块|万|千元|千块|千|元|块)"
_SMALL = "[^0-9。!?;\n]"
_DAY = r"(?:一天|1天|每天|每日|一日|1日|日均|天天)"
_MONTH = r"(?:每期|每个月|每月|月供|月还|一个月|1个月|一期)"


@dataclass(frozen=True, slots=True)
class Price:
    """What credit costs, as quoted: where, and the annual rates (simple) it may amount to, the likeliest first."""

    span: Span
    annual: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text."""

    span: Span
    value: float


def number(words: str) -> float | None:
    """``1,200.5``, ``十二``, ``二点五``, ``半`` or ``三千二百`` as a number; None when it is none."""
    words = words.replace(",", "").strip()
    try:
        return float(words)
    except ValueError:
        pass
    if words == "半":
        return 0.5
    whole, _, part = words.partition("点")
    if "半" in words or (part and not all(char in _DIGITS for char in part)):
        return None
    total = section = digit = 0
    for char in whole:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char] if digit and not section else _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _BIG:
            total += (section + digit or 1) * _BIG[char]
            section = digit = 0
        else:
            return None
    value = float(total + section + digit)
    return value + sum(_DIGITS[char] / 10.0 ** (place + 1) for place, char in enumerate(part))


def money(words: str) -> float | None:
    """``10万元``, ``3块``, ``五毛`` or ``1,000`` in yuan; None when it is none."""
    found = re.fullmatch(rf"({_NUMBER})\s?(万|千|百|亿)?(元|块|毛)?", words)
    value = number(found[1]) if found else None
    if found is None or value is None:
        return None
    factor = {"万": 1e4, "千": 1e3, "百": 1e2, "亿": 1e8, None: 1.0}[found[2]]
    return float(value * factor * (0.1 if found[3] == "毛" else 1))


def rate(words: str, *, per: str = "month") -> float | None:
    """``0.05%``, ``万分之五``, ``万五``, ``六厘`` or ``一分`` as a share of one; None when it is none.

    厘 and 分 depend on what they are counted by: 月息六厘 is 0.6 % a month, 年息八厘 8 % a year, 日息五厘 0.05 % a day.
    """
    if words.startswith(("百分之", "千分之", "万分之")):
        value = number(words[3:])
        return None if value is None else value / {"百": 1e2, "千": 1e3, "万": 1e4}[words[0]]
    if words[0] == "万":
        value = number(words[1:])
        return None if value is None else value / 1e4
    if words[-1] in "%‰":
        value = number(words[:-1].strip())
        return None if value is None else value / (100 if words[-1] == "%" else 1000)
    found = re.fullmatch(rf"({_NUMBER})([厘分])([一二三四五六七八九]?)", words)
    if found is None:
        return None
    value = number(found[1])
    if value is None:
        return None
    value += _DIGITS.get(found[3], 0) / 10
    unit = {"year": 0.01, "month": 0.001, "day": 0.0001}[per]
    return value * unit * (10 if found[2] == "分" else 1)


_DAILY_RATE = lazy_re(
    rf"(?:日利率|日息|日费率|日化|(?:每日|每天|按日)(?:的)?(?:利率|利息|计息)){_SMALL}{{0,8}}?({_RATE})"
    rf"|({_RATE})\s?(?:的)?(?:/天|/日|一天(?!内)|每天|每日)"
)
_DAILY_MONEY = lazy_re(
    rf"(?:(每)(万|千|百)(?:元|块)?|(?:借|用|贷)?({_LOAN})){_SMALL}{{0,6}}?{_DAY}(?:的)?{_SMALL}{{0,8}}?({_MONEY})"
)
_MONTHLY_RATE = lazy_re(
    rf"(?:月利率|月息|月费率|月化|(?:每月|每个月)(?:的)?(?:利率|利息|费率)){_SMALL}{{0,8}}?({_RATE})"
)
_PERIODS = rf"(?:分)?({_NUMBER})\s?(期|个月|年)"
_INSTALMENT_RATE = lazy_re(
    rf"{_PERIODS}{_SMALL}{{0,8}}?(?:每期|每月|月)(?:的)?(?:手续费率?|费率|利息|利率){_SMALL}{{0,6}}?({_RATE})"
    rf"|(?:每期|每月|月)(?:的)?(?:手续费率?|费率){_SMALL}{{0,6}}?({_RATE}){_SMALL}{{0,6}}?{_PERIODS}"
)
_INSTALMENT = lazy_re(
    rf"(?:借|贷|贷款|借款|总价|车价|账单|金额)?({_LOAN}){_SMALL}{{0,8}}?{_PERIODS}{_SMALL}{{0,8}}?{_MONTH}"
    rf"{_SMALL}{{0,6}}?({_NUMBER})\s?(?:元|块)"
)
_ANNUAL = lazy_re(
    rf"(?:年化|年利率|年费率|年息|apr|irr){_SMALL}{{0,14}}?({_RATE}){_SMALL}{{0,2}}?(?:[-~至到]\s?({_RATE}))?"
)


def prices(text: str) -> list[Price]:
    """Daily, monthly and per-instalment prices of credit, with the annual rate each amounts to."""
    found = sorted(_prices(text), key=lambda price: (price.span.start, -price.span.end))
    kept: list[Price] = []
    for price in found:
        if price.annual and all(0.001 < value < 20 for value in price.annual):
            if kept and kept[-1].span.overlaps(price.span):
                continue
            kept.append(price)
    return kept


def _prices(text: str) -> Iterator[Price]:
    for match in _DAILY_RATE.finditer(text):
        yield Price(Span(*match.span()), _daily(rate(match[1] or match[2], per="day")))
    for match in _DAILY_MONEY.finditer(text):
        principal = money("1" + match[2]) if match[1] else money(match[3])
        paid = money(match[4])
        share = paid / principal if paid and principal and paid < principal else None
        yield Price(Span(*match.span()), _daily(share))
    for match in _MONTHLY_RATE.finditer(text):
        monthly = rate(match[1])
        yield Price(Span(*match.span()), () if monthly is None else (monthly * 12,))
    for match in _INSTALMENT_RATE.finditer(text):
        count = _count(match[1] or match[5], match[2] or match[6])
        fee = rate(match[3] or match[4])
        yield Price(Span(*match.span()), () if fee is None else _instalments(1.0, count, 1.0 / max(count, 1) + fee))
    for match in _INSTALMENT.finditer(text):
        principal, each = money(match[1]), number(match[4])
        if principal and each:
            yield Price(Span(*match.span()), _instalments(principal, _count(match[2], match[3]), each))


def _daily(share: float | None) -> tuple[float, ...]:
    # Lenders count the year with 360 days or 365; both are in use.
    return () if share is None else (share * 360, share * 365)


def _count(words: str, unit: str) -> int:
    value = number(words) or 0
    return int(value * 12) if unit == "年" else int(value)


def _instalments(principal: float, count: int, each: float) -> tuple[float, ...]:
    """The annual rate of equal instalments: twelve times the monthly internal rate, and the compound one."""
    if not 2 <= count <= 480 or not principal < each * count < principal * 5:
        return ()
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        worth = each * (1 - (1 + middle) ** -count) / middle if middle else each * count
        low, high = (middle, high) if worth > principal else (low, middle)
    return (low * 12, (1 + low) ** 12 - 1)


_ANY_RATE = lazy_re(rf"[-+]?{_RATE}")


def rates(text: str) -> list[Figure]:
    """Rates of any sort, as shares of one."""
    found = ((match, rate(match[0].lstrip("+-"), per="year")) for match in _ANY_RATE.finditer(text))
    return [Figure(Span(*match.span()), value) for match, value in found if value is not None]


def annual_rates(text: str) -> list[Figure]:
    """Stated annual rates; of a range (7.2%-24%) both ends."""
    found = []
    for match in _ANNUAL.finditer(text):
        for group in (1, 2):
            value = rate(match[group], per="year") if match[group] else None
            if value is not None:
                found.append(Figure(Span(*match.span()), value))
    return found


_AMOUNT = lazy_re(rf"{_NUMBER}\s?(?:万|千|百|亿)?(?:元|块)|{_NUMBER}\s?(?:万|亿)")


def amounts(text: str) -> list[Figure]:
    """Amounts of money in yuan."""
    found = ((match, money(match[0])) for match in _AMOUNT.finditer(text))
    return [Figure(Span(*match.span()), value) for match, value in found if value is not None]


_PERIOD = lazy_re(rf"({_NUMBER})\s?(?:个)?(天|日|周|星期|月|季度|年)")
_MONTHS = {"天": 1 / 30.4, "日": 1 / 30.4, "周": 7 / 30.4, "星期": 7 / 30.4, "月": 1.0, "季度": 3.0, "年": 12.0}


def periods(text: str) -> list[Figure]:
    """Lengths of time in months."""
    found = []
    for match in _PERIOD.finditer(text):
        value = number(match[1])
        # 2024年 is a year of the calendar.
        if value is not None and not (match[2] == "年" and value > 100):
            found.append(Figure(Span(*match.span()), value * _MONTHS[match[2]]))
    return found


def percent(value: float) -> str:
    """A share of one as people write it: 0.1303 is 13.03%."""
    return f"{value * 100:.2f}".rstrip("0").rstrip(".") + "%"
