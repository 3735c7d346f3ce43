"""Check digits and number plans: does a string of digits have the inner structure of what it seems to be?

Every function takes characters without separators and tells yes or no; none of them looks anything up.
"""

from __future__ import annotations

import re
from datetime import date

from scriptlint.model.lazy import lazy_re

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_TW_LETTERS = {letter: 10 + index for index, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO")}
# Lengths of IBANs by country, for the countries most often written to.
_IBAN_LENGTHS = {
    "AE": 23, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "KZ": 20,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PT": 25,
    "QA": 29, "RO": 24, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26, "UA": 29,
}  # fmt: skip
# Mobile networks on the mainland (public list of March 2023): the three digits of an assigned block.
_MOBILE = lazy_re(r"1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-35-8]|8[0-9]|9[0-35-9])")


def looks_like_id(text: str) -> bool:
    """True for 17 digits and a digit or X, with a province and a day of the calendar in their places."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text) or (text[0] != "9" and text[:2] not in _PROVINCES):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099


def id_check_ok(text: str) -> bool:
    """True when the last character of an 18-character number is the one the other 17 call for (MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECK[total % 11] == text[17]


def cn_id_ok(text: str) -> bool:
    """True for a resident identity number, or a permit with the same layout.

    There is no table of counties on purpose: it would turn away people registered under an old or new code.
    """
    return looks_like_id(text) and id_check_ok(text)


def cn_id15_ok(text: str) -> bool:
    """True for a number of the first generation: province and a day in the years 1900 to 1999."""
    if text[:2] not in _PROVINCES:
        return False
    try:
        date(1900 + int(text[6:8]), int(text[8:10]), int(text[10:12]))
    except ValueError:
        return False
    return True


def uscc_ok(text: str) -> bool:
    """True for the code of an organisation (public by law, never personal)."""
    if any(char not in _USCC_ALPHABET for char in text):
        return False
    total = sum(_USCC_ALPHABET.index(char) * pow(3, index, 31) for index, char in enumerate(text[:17]))
    return _USCC_ALPHABET[(31 - total % 31) % 31] == text[17]


def luhn_ok(digits: str) -> bool:
    """True when the digits pass the check that card numbers pass (and one random number in ten)."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def card_issuer(digits: str) -> str:
    """The network whose prefix and length the digits have: ``unionpay``, ``world`` or nothing."""
    length, first = len(digits), int(digits[:4])
    if digits[:2] == "62" and 16 <= length <= 19:
        return "unionpay"
    world = (
        (digits[0] == "4" and length in (13, 16, 19))
        or (length == 16 and (5100 <= first <= 5599 or 2221 <= first <= 2720 or 3528 <= first <= 3589))
        or (digits[:2] in ("34", "37") and length == 15)
    )
    return "world" if world else ""


def old_debit_issuer(digits: str) -> bool:
    """True for the prefixes of domestic debit cards from before 62."""
    return 16 <= len(digits) <= 19 and digits[:4] in ("9558", "9559", "4367", "4563", "6013", "6014")


def mobile_assigned(digits: str) -> bool:
    """True when the number lies in a block that a mainland mobile network holds."""
    return bool(_MOBILE.match(digits))


def hk_id_ok(letters: str, digits: str, check: str) -> bool:
    """True when the check character of a Hong Kong identity number is right."""
    values = [36, *(ord(char) - 55 for char in letters)][-2:] + [int(char) for char in digits]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    last = 10 if check == "A" else int(check)
    return (total + last) % 11 == 0


def tw_id_ok(text: str) -> bool:
    """True when the check digit of a Taiwan identity number is right."""
    first = _TW_LETTERS[text[0]]
    values = [first // 10, first % 10, *(int(char) for char in text[1:])]
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) % 10 == 0


def us_ssn_ok(area: str, group: str, serial: str) -> bool:
    """True for a social security number that can have been issued."""
    return area not in ("000", "666") and area[0] != "9" and group != "00" and serial != "0000"


def uk_nino_ok(text: str) -> bool:
    """True for a national insurance number whose prefix is in use."""
    prefix = text[:2]
    return (
        prefix[0] not in "DFIQUV"
        and prefix[1] not in "DFIOQUV"
        and prefix not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
    )


def iban_ok(text: str) -> bool:
    """True when an international account number has its country's length and the right check digits."""
    length = _IBAN_LENGTHS.get(text[:2])
    if length is not None and len(text) != length:
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1
