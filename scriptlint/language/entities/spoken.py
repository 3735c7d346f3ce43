"""Digits written as words, as speech recognition writes them: 幺三八… is a phone number too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.language.entities import checks
from scriptlint.language.entities.line import Confidence, Entity, Line, stars
from scriptlint.model.lazy import lazy_re

_DIGITS = {
    char: digit
    for digit, chars in enumerate(
        ("零〇洞0", "一壹幺1", "二两贰2", "三叁3", "四肆4", "五伍5", "六陆6", "七柒拐7", "八捌8", "九玖勾9")
    )
    for char in chars
}
_DIGIT = "[" + "".join(_DIGITS) + "]"
_RUN = lazy_re(rf"{_DIGIT}(?:[ ,、.。…-]{{0,2}}{_DIGIT}){{10,24}}(?:[ ,、]?[xX叉])?")
# What follows an amount or a date is no part of a number that is spelled out.
_COUNTED = lazy_re("^[万亿千百年月日元块]")
_CODE = lazy_re(
    rf"(?:验证码|校验码|动态码|动态密码|六位数字|密码)[\s,:是为]{{0,4}}({_DIGIT}(?:[ ,、]?{_DIGIT}){{3,7}})(?!{_DIGIT}|位|个)"
)


def spoken_numbers(line: Line) -> Iterator[Entity]:
    """Identity numbers, cards, mobile numbers and codes that are spelled out digit by digit."""
    for found in _RUN.finditer(line.flat):
        value = "".join(str(_DIGITS[char]) for char in found[0] if char in _DIGITS)
        if found[0][-1] in "xX叉":
            value += "X"
        if not re.search(r"[^0-9 ,、.…xX-]", found[0]):
            continue
        if not line.spoken and (found[0].count("、") > 2 or _COUNTED.search(line.right(found.end(), 2))):
            continue
        if len(value) == 18 and checks.cn_id_ok(value):
            yield Entity("cn_id", *found.span(), stars(value), Confidence.HIGH)
        elif len(value) == 11 and value.isdigit() and checks.mobile_assigned(value):
            yield Entity("mobile", *found.span(), "1" + "*" * 10, Confidence.MEDIUM)
        elif (
            15 <= len(value) <= 19
            and value.isdigit()
            and checks.card_issuer(value)
            and (line.spoken or checks.luhn_ok(value))
        ):
            yield Entity("bank_card", *found.span(), f"…{value[-4:]}", Confidence.MEDIUM)
    if not line.spoken:
        return
    for found in _CODE.finditer(line.flat):
        value = "".join(str(_DIGITS[char]) for char in found[1] if char in _DIGITS)
        if not value.isdigit() or found[1].isascii():
            continue
        yield Entity("otp_value", *found.span(1), stars(value), Confidence.MEDIUM)
