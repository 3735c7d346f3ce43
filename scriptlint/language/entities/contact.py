"""Ways to reach a person, places, vehicles and machines, and addresses inside an institution's network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.language.entities.line import Confidence, Entity, Line, stars, words
from scriptlint.model.lazy import lazy_re

_HAN = "一-鿿"

_EMAIL = lazy_re(
    r"(?<![A-Za-z0-9._%+*-])([A-Za-z0-9][A-Za-z0-9._%+-]{0,63})@((?:[A-Za-z0-9-]{1,40}\.){1,5}[A-Za-z]{2,18})(?![A-Za-z0-9])"
)
# Domains that are kept free for samples, and mailboxes that belong to an office and not to a person.
_SAMPLE_DOMAIN = lazy_re(r"(?:^|\.)(?:example\.(?:com|net|org|cn)|example|test|invalid|localhost)$", re.IGNORECASE)
_ROLE_BOX = lazy_re(
    r"(?:service|services|kefu|cs|support|help|info|contact|complaints?|tousu|no-?reply|do-?not-?reply|admin|webmaster|hotline"
    r"|marketing|hr|jobs|press|ir|privacy|dpo|compliance|feedback|notice|notification|customer[._-]?(?:service|care)|95[0-9]{3,4})$",
    re.IGNORECASE,
)


def emails(line: Line) -> Iterator[Entity]:
    """Mail addresses of persons."""
    for found in _EMAIL.finditer(line.bare):
        if not _SAMPLE_DOMAIN.search(found[2]) and not _ROLE_BOX.match(found[1]):
            yield Entity("email", *found.span(), "***@***", Confidence.HIGH)


_WECHAT = lazy_re(
    r"(?:微信|威信|薇信|(?<![A-Za-z])(?:wx|vx|weixin|wechat)(?![A-Za-z])|V信)(?:号码?|id|同号)?[\s:是为]{0,3}([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9@.])",
    re.IGNORECASE,
)
_QQ = lazy_re(r"(?<![A-Za-z])(?:qq|扣扣)(?:号码?)?[\s:是为]{0,3}([1-9][0-9]{4,11})(?![0-9])", re.IGNORECASE)
_OFFICIAL = words("官方", "公众号", "企业微信", "小程序", "视频号", "服务号", "客服qq", "企微")


def messengers(line: Line) -> Iterator[Entity]:
    """Names in private messengers, where the word before says so."""
    for kind, pattern in (("wechat", _WECHAT), ("qq", _QQ)):
        for found in pattern.finditer(line.bare):
            if not line.near(_OFFICIAL, found.start(), found.end(), 8, 0) and not _OFFICIAL.search(found[0]):
                yield Entity(kind, *found.span(1), stars(found[1]), Confidence.MEDIUM)


_ADDRESS = lazy_re(rf"[{_HAN}]{{2,6}}(?:路|街|道|巷|弄)[0-9]{{1,5}}号[^,。;:\s]{{0,16}}?[0-9]{{1,4}}(?:室|房|户)")
_UNIT = lazy_re(
    rf"[{_HAN}]{{2,6}}(?:路|街|道|巷|弄|里|村)[0-9]{{1,5}}号?[{_HAN}0-9]{{0,6}}?(?:单元|幢|栋|门|号楼)[0-9]{{2,4}}(?![0-9元万%年])"
)
_HOUSE = lazy_re(
    rf"[{_HAN}0-9]{{2,16}}?[0-9]{{1,4}}(?:栋|幢|号楼|座)[{_HAN}0-9-]{{0,6}}?[0-9]{{2,4}}(?:室|房|户)?(?![0-9元万%年])"
)
_HOME_WORDS = words(
    "家庭",
    "住址",
    "居住",
    "家住",
    "收件",
    "账单地址",
    "通讯地址",
    "住在",
    "寄往",
    "寄到",
    "送至",
    "户籍",
    "家庭地址",
    "还寄",
    "邮寄",
    "快递",
    "addr",
    "住处",
    "住哪",
    "家在",
    "上门地址",
)
_PERSON_BEFORE = lazy_re(rf"[{_HAN}](?:女士|先生|小姐|阿姨|大爷|大妈|老师|叔叔|奶奶|爷爷)[,\s(]{{0,2}}[{_HAN}]{{0,4}}$")
_OFFICE = words(
    "网点",
    "营业",
    "支行",
    "分行",
    "总行",
    "大厦",
    "写字楼",
    "公司",
    "办公",
    "门店",
    "柜台",
    "会议室",
    "中心地址",
    "本行",
    "我行地址",
)


def addresses(line: Line) -> Iterator[Entity]:
    """Home addresses down to the door. The addresses of branches are public."""
    for pattern in (_ADDRESS, _UNIT, _HOUSE):
        for found in pattern.finditer(line.bare):
            start, end = found.span()
            home = line.near(_HOME_WORDS, start, end, 12, 0) or _HOME_WORDS.search(found[0])
            owned = _PERSON_BEFORE.search(line.left(start + 1, 12)) or _PERSON_BEFORE.search(line.left(start, 12))
            if (home or owned) and not line.near(_OFFICE, start, end, 8, 6):
                yield Entity("address", start, end, stars(found[0]), Confidence.MEDIUM)


_PLATE = lazy_re(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?"
    r"(?:[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF]|(?=[A-Z0-9]{0,4}[0-9])[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])"
)
_VEHICLE = words("车牌", "车险", "车主", "车辆", "牌照", "号牌", "爱车", "车贷", "客户")


def plates(line: Line) -> Iterator[Entity]:
    """Number plates, where the text is about somebody's car."""
    for found in _PLATE.finditer(line.bare):
        if line.near(_VEHICLE, *found.span(), 16, 10):
            yield Entity("plate", *found.span(), stars(found[0]), Confidence.MEDIUM)


_OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_IP = lazy_re(rf"(?<![0-9A-Za-z.])(?:{_OCTET}\.){{3}}{_OCTET}(?![0-9A-Za-z]|\.[0-9])")
_SAMPLE_IP = lazy_re(r"(?:192\.0\.2|198\.51\.100|203\.0\.113|127\.[0-9]{1,3}\.[0-9]{1,3}|0\.0\.0|255\.255\.255)\.")
_PRIVATE_IP = lazy_re(r"(?:10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.)")
_VERSION = words("版本", "version", "ver", "章节", "条款", "编号", "固件")
_IP_WORDS = words("客户", "用户", "登录", "ip", "访问", "地址", "来源")
_INTRANET = lazy_re(
    r"(?i)https?://(?:10\.[0-9.]{1,12}|192\.168\.[0-9.]{1,8}|172\.(?:1[6-9]|2[0-9]|3[01])\.[0-9.]{1,8}"
    r"|(?:[a-z0-9-]{1,40}\.){0,6}(?:intra|intranet|corp|internal|lan|local|oa|crm|uat|sit|dev)(?=[.:/]|(?![a-z0-9-])))(?:[!-~]{0,200})"
)


def network(line: Line) -> Iterator[Entity]:
    """Addresses of internal systems, and of the machines people used."""
    for found in _INTRANET.finditer(line.flat):
        # What follows the host belongs to the address, up to a closing sign.
        end = found.start() + len(re.split(r"[\"'<>()\[\],;]", found[0])[0])
        yield Entity("internal_address", found.start(), end, "http://***", Confidence.HIGH)
    for found in _IP.finditer(line.bare):
        if line.near(_VERSION, *found.span(), 10, 0) or _SAMPLE_IP.match(found[0]):
            continue
        said = line.near(_IP_WORDS, *found.span(), 12, 4)
        if _PRIVATE_IP.match(found[0]):
            if said:
                yield Entity("internal_address", *found.span(), stars(found[0]), Confidence.MEDIUM)
        else:
            yield Entity("ip", *found.span(), stars(found[0]), Confidence.MEDIUM if said else Confidence.LOW)


_MAC = lazy_re(r"(?<![0-9A-Fa-f:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:-])")
_PLACE = lazy_re(
    r"(?:定位|坐标|轨迹|经纬度|位置)[^0-9\n]{0,8}([0-9]{1,3}\.[0-9]{4,8}[ ,、]{1,2}[0-9]{1,3}\.[0-9]{4,8})(?![0-9])"
)


def devices(line: Line) -> Iterator[Entity]:
    """Hardware addresses and places on the map."""
    for found in _MAC.finditer(line.bare):
        if not found[0].replace("-", ":").upper().startswith("00:00:5E:00:53"):
            yield Entity("mac", *found.span(), stars(found[0]), Confidence.LOW)
    for found in _PLACE.finditer(line.bare):
        if not line.near(_OFFICE, *found.span(), 16, 8):
            yield Entity("location", *found.span(1), stars(found[1]), Confidence.MEDIUM)
