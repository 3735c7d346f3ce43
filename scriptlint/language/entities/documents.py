"""Numbers of identity papers: resident identity numbers, permits, passports, and those of other regions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from scriptlint.language.entities import checks
from scriptlint.language.entities.line import Confidence, Entity, Line, stars, words
from scriptlint.language.entities.safe import is_safe
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

_LEFT = r"(?<![0-9A-Za-z])"
_RIGHT = r"(?![0-9A-Za-z])"
# Chinese and Latin characters have no word boundary between them, so the guards name the characters.
_ID18 = lazy_re(
    r"(?<![0-9])(?<![0-9]\.)[1-9][0-9]{5}[ -]?(?:19|20)[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z]|\.[0-9])"
)
# Grouped in ways people write cards (5101 9919 4702 0538 16): only the check character can tell.
_ID18_GROUPED = lazy_re(r"(?<![0-9A-Za-z])(?<![0-9][ .-])[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9A-Za-z]|[ .-][0-9])")
_ID15 = lazy_re(
    r"(?<![0-9])(?<![0-9]\.)[1-8][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9A-Za-z]|\.[0-9])"
)
ID_WORDS = words(
    "身份证", "证件号", "证号", "证件", "公民身份号码", "居住证", "永居", "id ?card", "id no", "idno", "id number"
)
_SERIAL = words("流水", "订单", "交易编号", "单号", "编码", "批次", "凭证号", "登记")


def resident_ids(line: Line) -> Iterator[Entity]:
    """Identity numbers of 18 characters, and permits of the same layout; the check character decides."""
    plain = [found.span() for found in _ID18.finditer(line.bare)]
    for found in _ID18_GROUPED.finditer(line.bare):
        value = re.sub("[ -]", "", found[0]).upper()
        if found.span() not in plain and checks.cn_id_ok(value):
            yield Entity("cn_id", *found.span(), stars(value), Confidence.HIGH)
    for found in _ID18.finditer(line.bare):
        value = re.sub("[ -]", "", found[0]).upper()
        start, end = found.span()
        if not checks.looks_like_id(value):
            continue
        kind = "cn_id"
        if value[0] == "9":
            kind = "foreign_pr"
        elif value[:2] in ("81", "82", "83"):
            kind = "permit"
        if checks.id_check_ok(value):
            yield Entity(kind, start, end, stars(value), Confidence.HIGH)
        # A wrong check character is a slip of the pen only where the text says what the number is.
        elif line.near(ID_WORDS, start, end, 12, 0) and not line.near(_SERIAL, start, end, 12, 0):
            yield Entity(kind, start, end, stars(value), Confidence.LOW)


def first_generation_ids(line: Line) -> Iterator[Entity]:
    """Identity numbers of 15 digits: they have no check digit, so a word must say what they are."""
    for found in _ID15.finditer(line.bare):
        if checks.cn_id15_ok(found[0]) and line.near(ID_WORDS, *found.span(), 16, 8):
            yield Entity("cn_id15", *found.span(), stars(found[0]), Confidence.MEDIUM)


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: its shape, its check, the words that must or must not stand near."""

    kind: str
    shape: re.Pattern[str]
    check: Callable[[re.Match[str]], bool] = lambda _: True
    context: re.Pattern[str] | None = None
    """Words of which one must stand near; None when shape and check are enough."""
    against: re.Pattern[str] | None = None
    """Words that make it something else, unless a context word is there too."""
    left: int = 20
    right: int = 8
    confidence: Confidence = Confidence.MEDIUM


def _hk_check(found: re.Match[str]) -> bool:
    return checks.hk_id_ok(found[1], found[2], found[3])


_HK_WORDS = words("香港", "hkid", "hong kong", "身份证")
_CODES = words("代码", "编码", "型号", "批次", "活动", "编号", "合同", "产品", "单号")
PAPERS = (
    Paper(
        "foreign_pr",
        lazy_re(_LEFT + r"[A-Z]{3}[0-9]{12}" + _RIGHT),
        context=words("永久居留", "永居", "五星卡", "permanent residen"),
    ),
    Paper(
        "passport",
        lazy_re(
            _LEFT
            + r"(?:E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|[DSP]E[0-9]{7}|1[45][0-9]{7}|K[A-Z]?[0-9]{7,8}|MA[0-9]{7})"
            + _RIGHT
        ),
        context=words("护照", "passport"),
    ),
    Paper(
        "travel_permit",
        lazy_re(_LEFT + r"(?:[HM][0-9]{8}(?:[0-9]{2})?|C[A-Z0-9][0-9]{7}|W[0-9]{8})" + _RIGHT),
        context=words("回乡证", "通行证", "来往内地", "往来港澳"),
    ),
    Paper(
        "travel_permit",
        lazy_re(_LEFT + r"[0-9]{8}" + _RIGHT),
        context=words("台胞证", "来往大陆"),
        left=14,
        right=0,
    ),
    Paper("military_id", lazy_re(r"[军士武海空兵警][官兵士警]?字第 ?[0-9]{4,10} ?号")),
    Paper(
        "military_id",
        lazy_re(_LEFT + r"[0-9]{7,10}" + _RIGHT),
        context=words("军官证", "士兵证", "士官证", "警官证"),
        left=10,
        right=0,
    ),
    Paper(
        "hk_id",
        lazy_re(_LEFT + r"([A-Z]{1,2})([0-9]{6}) ?\(([0-9A])\)"),
        check=_hk_check,
        against=_CODES,
    ),
    Paper(
        "hk_id",
        lazy_re(_LEFT + r"([A-Z]{1,2})([0-9]{6})([0-9A])" + _RIGHT),
        check=_hk_check,
        context=words("香港身份", "香港居民身份", "hkid"),
    ),
    Paper(
        "mo_id",
        lazy_re(r"(?<![0-9A-Za-z/])(?:[157][0-9]{6} ?\([0-9]\)|[157]/[0-9]{6}/[0-9])(?![0-9])"),
        context=words("澳门", "macau", "macao"),
    ),
    Paper(
        "tw_id",
        lazy_re(_LEFT + r"[A-Z][1289][0-9]{8}" + _RIGHT),
        check=lambda found: checks.tw_id_ok(found[0]),
        context=words("身份证", "身分证", "台湾", "统一证号", "居留证"),
    ),
    Paper(
        "us_ssn",
        lazy_re(r"(?<![0-9A-Za-z-])([0-9]{3})-([0-9]{2})-([0-9]{4})(?![0-9A-Za-z-])"),
        check=lambda found: checks.us_ssn_ok(found[1], found[2], found[3]),
        context=words("ssn", "social security"),
        left=30,
    ),
    Paper(
        "uk_nino",
        lazy_re(_LEFT + r"[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]" + _RIGHT),
        check=lambda found: checks.uk_nino_ok(found[0].replace(" ", "")),
        context=words("national insurance", "nino", "ni number", "ni no"),
        left=40,
    ),
)


def papers(line: Line) -> Iterator[Entity]:
    """Numbers of every other kind of paper in ``PAPERS``."""
    for paper in PAPERS:
        for found in paper.shape.finditer(line.bare):
            entity = _judge(line, paper, found)
            if entity is not None:
                yield entity


def _judge(line: Line, paper: Paper, found: re.Match[str]) -> Entity | None:
    start, end = found.span()
    said = paper.context is not None and line.near(paper.context, start, end, paper.left, paper.right)
    if paper.context is not None and not said:
        return None
    value = re.sub("[ ()/-]", "", found[0])
    if not paper.check(found) or is_safe(paper.kind, value):
        return None
    if (
        paper.against is not None
        and line.near(paper.against, start, end, 12, 4)
        and not line.near(_HK_WORDS, start, end)
    ):
        return None
    return Entity(paper.kind, start, end, stars(value), paper.confidence)
