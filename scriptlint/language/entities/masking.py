"""How data is masked: what may stay readable of each kind, so that no candidate is left to guess."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scriptlint.language.entities.gate import MASKED as MASK

_KEPT: Mapping[str, tuple[int, int]] = {
    "cn_id": (3, 4),
    "permit": (3, 4),
    "foreign_pr": (3, 4),
    "cn_id15": (3, 4),
    "passport": (1, 3),
    "travel_permit": (1, 3),
    "military_id": (0, 3),
    "hk_id": (1, 0),
    "mo_id": (1, 0),
    "tw_id": (1, 3),
    "us_ssn": (0, 4),
    "uk_nino": (0, 3),
    "iban": (4, 4),
    "bank_card": (6, 4),
    "account": (0, 4),
    "mobile": (3, 4),
    "policy_number": (0, 4),
    "contract_number": (0, 4),
    "undone_mask": (0, 4),
}
"""Characters at the beginning and at the end that stay, by kind. Kinds that are no number (an address, somebody's
debt) are not here: what to leave of them is for a person to say."""
_SECRETS = frozenset(("cvv", "card_expiry", "otp_value", "password_value", "credential"))
_SIGNS = frozenset(MASK + "＊")
_STAR = "*"


def masked(kind: str, text: str) -> str | None:
    """The value masked, of the same length and with its separators; None where a machine cannot know how."""
    if kind in _SECRETS:
        return re.sub(r"\S", _STAR, text)
    if "@" in text and kind in ("email", "weak_mask"):
        return _mailbox(text)
    if kind == "plate" or (kind == "weak_mask" and not text[:1].isascii()):
        return _hidden(text, 2, 2)
    if kind == "weak_mask":
        return _hidden(text, *_by_length(text))
    if kind in ("wechat", "qq"):  # any sign may be part of a name
        return text[:2] + re.sub(r"\S", _STAR, text[2:])
    if kind not in _KEPT:
        return None
    lead, tail = _KEPT[kind]
    places = _places(text)
    if kind == "mobile":
        lead += max(len(places) - 11, 0)  # +86 may stay
    elif kind == "bank_card" and len(places) < 16:
        lead = 0
    return _hidden(text, lead, tail)


def _by_length(text: str) -> tuple[int, int]:
    """What may stay of a number of unknown kind, of which too much was left."""
    length = len(_places(text))
    if length == 11:
        return 3, 4
    if length == 18:
        return 3, 4
    if length == 9 and text[0].isalpha():
        return 1, 3
    return (6, 4) if length >= 16 else (0, 4)


def _places(text: str) -> list[int]:
    """Where the characters of the number itself stand, its separators left out."""
    return [place for place, char in enumerate(text) if char.isalnum() or char in _SIGNS]


def _hidden(text: str, lead: int, tail: int) -> str | None:
    places = _places(text)
    hide = places[lead : len(places) - tail]
    if len(hide) < 3:
        return None
    sign = next((char for char in text if char in "*＊•●■"), _STAR)
    chars = list(text)
    for place in hide:
        if chars[place] not in _SIGNS or chars[place] in "xX":
            chars[place] = sign
    return "".join(chars)


def _mailbox(text: str) -> str | None:
    name, at, host = text.partition("@")
    if len(name) < 3:
        return _STAR * len(name) + at + host
    return name[0] + _STAR * (len(name) - 1) + at + host
