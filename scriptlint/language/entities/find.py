"""All kinds together, in a fixed order: one run of text is reported as one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from scriptlint.language.entities import contact, documents, masks, numbers, people, secrets, spoken
from scriptlint.language.entities.line import Entity, Line, prepare
from scriptlint.model.lazy import lazy_re

KINDS: dict[str, str] = {
    "cn_id": "身份证号",
    "permit": "居住证号",
    "foreign_pr": "永久居留证号",
    "cn_id15": "十五位身份证号",
    "passport": "护照号",
    "travel_permit": "通行证号",
    "military_id": "军人证件号",
    "hk_id": "香港身份证号",
    "mo_id": "澳门身份证号",
    "tw_id": "台湾身份证号",
    "us_ssn": "美国社会安全号",
    "uk_nino": "英国国民保险号",
    "iban": "国际账号",
    "bank_card": "银行卡号",
    "account": "账号",
    "mobile": "手机号",
    "staff_mobile": "工作人员手机号",
    "cvv": "卡片安全码",
    "card_expiry": "卡片有效期",
    "otp_value": "验证码",
    "password_value": "密码",
    "credential": "密钥或令牌",
    "email": "邮箱",
    "wechat": "微信号",
    "qq": "QQ号",
    "address": "住址",
    "plate": "车牌号",
    "ip": "网络地址",
    "internal_address": "内部系统地址",
    "mac": "设备地址",
    "location": "位置坐标",
    "birth_date": "出生日期",
    "name": "姓名",
    "named_fact": "姓名及其账户情况",
    "named_debt": "姓名及其债务",
    "named_illness": "姓名及其病情或家事",
    "policy_number": "保单号",
    "contract_number": "合同编号",
    "weak_mask": "遮盖不足的号码",
    "undone_mask": "可被还原的号码",
}
"""Every kind of entity with its name."""

_Finder = Callable[[Line], Iterator[Entity]]
_NUMBER = lazy_re(r"[0-9]{4}|[0-9][ -][0-9]|[0-9](?:[^0-9]{1,8}[0-9]){4}")
_MASK = lazy_re(f"[{masks.MASK}]|尾号|last four|ending in")
_ASSIGNED = lazy_re(
    r"密码|口令|密钥|秘钥|key|token|secret|pass|pwd|eyJ|AKI|LTAI|gh[pousr]_|sk-|xox|hook", re.IGNORECASE
)
_SPOKEN = lazy_re("(?:[零〇洞一壹幺二两贰三叁四肆五伍六陆七柒拐八捌九玖勾] ?){4}")

# The order settles what a number is that fits several shapes: the stricter check first. For each finder a
# cheap test that text without such data does not pass.
_FINDERS: tuple[tuple[re.Pattern[str], _Finder], ...] = (
    (_ASSIGNED, secrets.credentials),
    (lazy_re("https?://|[0-9]\\.[0-9]", re.IGNORECASE), contact.network),
    (lazy_re("@"), contact.emails),
    (_NUMBER, documents.resident_ids),
    (_NUMBER, numbers.ibans),
    (_NUMBER, numbers.cards),
    (_NUMBER, documents.first_generation_ids),
    (_NUMBER, documents.papers),
    (_NUMBER, numbers.mobiles),
    (_NUMBER, numbers.accounts),
    (lazy_re("[0-9]{3}"), numbers.codes),
    (_NUMBER, numbers.references),
    (_MASK, masks.revealing),
    (_MASK, masks.insufficient),
    (_SPOKEN, spoken.spoken_numbers),
    (lazy_re("微信|威信|薇信|v信|wx|vx|qq|扣扣|weixin|wechat", re.IGNORECASE), contact.messengers),
    (lazy_re("[0-9](?:号|栋|幢|座)"), contact.addresses),
    (lazy_re("[A-HJ-NP-Z][·• ]?[A-Z0-9]{4}"), contact.plates),
    (lazy_re("[:-][0-9A-Fa-f]{2}[:-]|定位|坐标|轨迹|经纬度|位置"), contact.devices),
)
# These overlap with the ones above on purpose: the name and the number are two findings in one.
_ABOUT_PEOPLE: tuple[tuple[re.Pattern[str], _Finder], ...] = (
    (
        lazy_re(
            "[0-9万]|确诊|病|癌|住院|手术|欠|逾期|黑名单|失信|透析|乙肝|结节|肝硬|瘫|肿瘤|残疾|低保|离婚|拆迁|抚恤|低保|贷|拖|担|[千百块]"
        ),
        people.named_facts,
    ),
    (lazy_re("[:：]|户名|客户|姓名"), people.names),
    (lazy_re("(?:19|20)[0-9]{2}"), people.birth_dates),
)
_GATE = lazy_re(
    rf"[0-9](?:[ -]?[0-9]){{2}}|[0-9]\.[0-9]|@|https?://|{_MASK.pattern}|{_ASSIGNED.pattern}|{_SPOKEN.pattern}"
    r"|[0-9一二三四五六七八九十](?:期|天|万|号|栋|幢|个月)|确诊|病|癌|住院|手术|欠|逾期|黑名单|失信|透析|乙肝|结节|肝硬|瘫|肿瘤|残疾|低保|离婚|拆迁|抚恤|[一二三四五六七八九十几百千][万千百块]"
    r"|微信|威信|薇信|v信|wx|vx|qq|扣扣|weixin|wechat|[０-９＊]|[一-鿿][a-z][·• ]?[a-z0-9]{5}",
    re.IGNORECASE,
)


def may_hold(text: str) -> bool:
    """A quick test that text without data of any kind does not pass."""
    return _GATE.search(text) is not None


def find_entities(
    text: str, kinds: Collection[str] | None = None, *, before: str = "", spoken: bool = False
) -> list[Entity]:
    """Everything in a text that is personal data, a secret or internal, in order of place.

    ``kinds`` limits what is given, not what is looked for, so that a number is never taken for something that
    it is not. ``before`` is context from the turn or cell before. ``spoken`` reads digits written as words.
    """
    found = _everything(text, before, spoken) if may_hold(text) else ()
    return [entity for entity in found if kinds is None or entity.kind in kinds]


@lru_cache(maxsize=512)
def _everything(text: str, before: str, spoken: bool) -> tuple[Entity, ...]:
    # Several rules ask about the same text, each for its kinds.
    line = prepare(text, before, spoken=spoken)
    taken: list[Entity] = []
    for gate, finder in _FINDERS:
        if gate.search(line.flat):
            for entity in finder(line):
                if not any(entity.start < other.end and other.start < entity.end for other in taken):
                    taken.append(entity)
    for gate, finder in _ABOUT_PEOPLE:
        if gate.search(line.flat):
            taken.extend(finder(line))
    result = []
    for entity in taken:
        if entity.start >= line.base:
            end = line.original(entity.end - 1) + 1
            result.append(Entity(entity.kind, line.original(entity.start), end, entity.shown, entity.confidence))
    return tuple(sorted(result, key=lambda entity: (entity.start, entity.end, entity.kind)))
