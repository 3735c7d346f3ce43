"""Values that look like personal data and are not, each with the reason why it is safe to print."""

from __future__ import annotations

from collections.abc import Mapping

from scriptlint.model.lazy import lazy_re

SAFE_VALUES: Mapping[str, Mapping[str, str]] = {
    "mobile": {
        "13800138000": "top-up line of an operator, used as a filler everywhere",
        "13812345678": "ascending filler",
        "13912345678": "ascending filler",
        "13012345678": "ascending filler",
        "15012345678": "ascending filler",
        "18612345678": "ascending filler",
        "18812345678": "ascending filler",
    },
    "bank_card": {
        "6200000000000005": "published test card",
        "6200000000000047": "published test card",
        "4111111111111111": "published test card",
        "4242424242424242": "published test card",
        "4012888888881881": "published test card",
        "5555555555554444": "published test card",
        "5105105105105100": "published test card",
        "378282246310005": "published test card",
        "6011111111111117": "published test card",
    },
    "passport": {
        "E12345678": "ascending filler",
        "G12345678": "ascending filler",
        "EA1234567": "ascending filler",
    },
    "hk_id": {"A1234563": "the specimen number"},
    "tw_id": {"A123456789": "the specimen number"},
    "us_ssn": {
        "078051120": "printed in wallets as a sample",
        "219099999": "printed in an official pamphlet",
        "123456789": "ascending filler",
    },
    "uk_nino": {"QQ123456C": "the official sample"},
    "iban": {
        "GB82WEST12345698765432": "the documentation sample",
        "DE89370400440532013000": "the documentation sample",
    },
    "otp_value": dict.fromkeys(
        ("123456", "1234", "0000", "000000", "111111", "666666", "888888", "999999", "654321", "12345678"),
        "filler",
    ),
    "cvv": dict.fromkeys(("123", "000", "111", "999", "1234"), "filler"),
    "credential": {"AKIAIOSFODNN7EXAMPLE": "sample of the vendor's documentation"},
}

# Numbers that one would not dial: the same digit eight times, or ascending to the end.
_FILLER = lazy_re(r"1[0-9]{2}(?:([0-9])\1{7}|12345678|23456789|87654321)$")

# Names that stand for nobody.
FILLER_NAMES = frozenset(
    [
        "张三",
        "李四",
        "王五",
        "赵六",
        "钱七",
        "孙七",
        "小明",
        "小红",
        "小王",
        "小李",
        "小张",
        "张某",
        "李某",
        "王某",
        "张某某",
        "李某某",
        "王某某",
        "某某",
        "某某某",
        "某人",
    ]
)


def is_safe(kind: str, value: str) -> bool:
    """True for a value (without separators) that belongs to nobody."""
    if value in SAFE_VALUES.get(kind, {}):
        return True
    if kind == "mobile":
        return _FILLER.match(value) is not None
    # Some published ranges are longer than a list should be.
    return kind == "us_ssn" and "987654320" <= value <= "987654329"
