"""Values of cells as people see them, as far as that matters to what is said.

A number is shown with all its digits and no grouping, so that a telephone number is one whatever its format; a
percentage as the percentage the format makes of it; dates as ``2025-03-01`` and times as ``09:30``; words that a
format adds (``0.0"% 起"``) with it. A format that shows nothing (``;;;``) hides the value.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

_BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "yyyy-mm-dd", 16: "yyyy-mm-dd", 17: "yyyy-mm-dd", 18: "hh:mm",
    19: "hh:mm:ss", 20: "hh:mm", 21: "hh:mm:ss", 22: "yyyy-mm-dd hh:mm", 27: "yyyy-mm-dd", 28: "yyyy-mm-dd",
    29: "yyyy-mm-dd", 30: "yyyy-mm-dd", 31: "yyyy-mm-dd", 32: "hh:mm", 33: "hh:mm:ss", 34: "hh:mm", 35: "hh:mm:ss",
    36: "yyyy-mm-dd", 45: "hh:mm:ss", 46: "hh:mm:ss", 47: "hh:mm:ss", 50: "yyyy-mm-dd", 51: "yyyy-mm-dd",
    52: "yyyy-mm-dd", 53: "yyyy-mm-dd", 54: "yyyy-mm-dd", 55: "hh:mm", 56: "hh:mm:ss", 57: "yyyy-mm-dd",
    58: "yyyy-mm-dd",
}  # fmt: skip
_TOKEN = lazy_re(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<general>General|G/通用格式)'
    r"|(?P<clock>AM/PM|A/P|上午/下午)|(?P<date>[yYmMdDhHsSeEgGbBaA]+)|(?P<number>[0#?][0#?.,/]*(?:E[+-][0#?]+)?)"
    r"|(?P<end>;)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CURRENCY = lazy_re(r"\$([^\-\]]*)")
_EPOCH = datetime(1899, 12, 30)
_LAST_DAY = 2_958_466  # the first day of the year 10000
_FROM_1904 = 1462
_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; what follows is noise of binary arithmetic."""
_LONGEST = 400


class _Kind(StrEnum):
    NOTHING = "nothing"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    BOTH = "date and time"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format: what stands before and after the value, and what it is."""

    kind: _Kind
    before: str = ""
    after: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format, compiled."""

    sections: tuple[_Section, ...] = (_Section(_Kind.NUMBER),)
    plain: bool = True
    """True when numbers and text are shown as they are."""

    def number(self, value: str, *, from_1904: bool = False) -> tuple[str, bool]:
        """What a stored number looks like, and whether it is shown at all."""
        parsed = _decimal(value)
        if parsed is None:
            return value, True
        if self.plain:
            return _digits(parsed, value), True
        section = self._of(parsed)
        if section.kind is _Kind.NOTHING and not section.before:
            return _digits(parsed, value), len(self.sections) == 1
        if len(self.sections) > 1 and section is self.sections[1]:
            parsed, value = abs(parsed), value.lstrip("-")
        return f"{section.before}{_shown(section, parsed, value, from_1904)}{section.after}", True

    def text(self, value: str) -> tuple[str, bool]:
        """What a text looks like, and whether it is shown at all."""
        if self.plain:
            return value, True
        section = self.sections[3] if len(self.sections) > 3 else self.sections[-1]
        if section.kind is _Kind.TEXT:
            return f"{section.before}{value}{section.after}", True
        return value, not (len(self.sections) > 3 and section.kind is _Kind.NOTHING)

    def _of(self, value: Decimal) -> _Section:
        count = len(self.sections)
        if value == 0 and count > 2:
            return self.sections[2]
        return self.sections[1] if value < 0 and count > 1 else self.sections[0]


GENERAL = NumberFormat()


def number_format(code: str) -> NumberFormat:
    """A format from its code (``0.00%``, ``yyyy"年"``)."""
    code = code[:_LONGEST]
    sections = [_Builder()]
    for token in _TOKEN.finditer(code):
        if token["end"]:
            sections.append(_Builder())
        else:
            sections[-1].take(token)
    built = tuple(section.build() for section in sections[:4])
    if all(section == _Section(_Kind.NUMBER) or section == _Section(_Kind.TEXT) for section in built):
        return GENERAL
    return NumberFormat(built, plain=False)


def built_in(number: int) -> NumberFormat:
    """One of the formats that have a number and no code."""
    return number_format(_BUILT_IN[number]) if number in _BUILT_IN else GENERAL


class _Builder:
    """Gathers the tokens of one section."""

    def __init__(self) -> None:
        self.before: list[str] = []
        self.after: list[str] = []
        self.numbers = ""
        self.dates = ""
        self.percent = False
        self.text = False

    def take(self, token: re.Match[str]) -> None:
        if token["number"]:
            self.numbers += token[0]
        elif token["general"]:
            self.numbers += "0"
        elif token["date"] or token["clock"]:
            self.dates += token[0].lower()
        elif token["bracket"] is not None:
            self._bracket(token["bracket"])
        elif token["other"] == "%":
            self.percent = True
        elif token["other"] == "@":
            self.text = True
        else:
            said = token["quoted"] or token["escaped"] or token["other"] or ""
            (self.after if self.numbers or self.text else self.before).append(said)

    def _bracket(self, inside: str) -> None:
        if inside.lower().strip("hms") == "" and inside:
            self.dates += inside.lower()
        currency = _CURRENCY.match(inside)
        if currency:
            (self.after if self.numbers else self.before).append(currency[1])

    def build(self) -> _Section:
        if self.dates:
            day, clock = any(sign in self.dates for sign in "ydea"), any(sign in self.dates for sign in "hs")
            return _Section(_Kind.BOTH if day and clock else _Kind.TIME if clock else _Kind.DATE)
        before, after = "".join(self.before), "".join(self.after)
        if self.text:
            return _Section(_Kind.TEXT, before, after)
        if not self.numbers:
            return _Section(_Kind.NOTHING, before + after)
        if self.percent:
            return _Section(_Kind.PERCENT, before, after, len(self.numbers.partition(".")[2].rstrip(",")))
        if self.numbers.endswith(",") or "." in before + after:
            # The format divides by thousands (or writes 1.5万 for 15000): its words would be wrong beside all digits.
            return _Section(_Kind.NUMBER)
        # Signs that only lay out digits (000-0000-0000) would stand in the wrong place beside all of them.
        return _Section(_Kind.NUMBER, _worded(before), _worded(after))


def _worded(text: str) -> str:
    return text if text.strip(" -()（）+") else ""


def _shown(section: _Section, value: Decimal, written: str, from_1904: bool) -> str:
    match section.kind:
        case _Kind.NOTHING:
            return ""
        case _Kind.PERCENT:
            try:
                percent = (value * 100).quantize(Decimal(1).scaleb(-min(section.decimals, 10)), ROUND_HALF_UP)
            except InvalidOperation:
                percent = value * 100
            return f"{percent:f}%"
        case _Kind.DATE | _Kind.TIME | _Kind.BOTH:
            return _date(section.kind, value, from_1904) or _digits(value, written)
        case _:
            return _digits(value, written)


def _date(kind: _Kind, value: Decimal, from_1904: bool) -> str:
    days = value + (_FROM_1904 if from_1904 else 0)
    if not 0 <= days < _LAST_DAY:
        return ""
    moment = _EPOCH + timedelta(days=int(days), seconds=min(round(float(days % 1) * 86_400), 86_399))
    if days < 60:  # Excel believes that there was a 29 February 1900
        moment += timedelta(days=1)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    if kind is _Kind.TIME:
        return clock
    day = f"{moment.year:04}-{moment:%m-%d}"
    return day if kind is _Kind.DATE else f"{day} {clock}"


def _decimal(value: str) -> Decimal | None:
    if not value or len(value) > _LONGEST:
        return None
    try:
        parsed = Decimal(value.strip())
    except InvalidOperation:
        return None
    return parsed if parsed.is_finite() and abs(parsed.adjusted()) < _LONGEST else None


def _digits(value: Decimal, written: str) -> str:
    """All digits of a number: 1.3800001234E10 is a telephone number."""
    written = written.strip()
    if written.lstrip("-").isdecimal():
        return written
    if len(value.as_tuple().digits) > _DIGITS:
        value = +value.quantize(Decimal(1).scaleb(value.adjusted() - _DIGITS + 1), ROUND_HALF_UP)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
