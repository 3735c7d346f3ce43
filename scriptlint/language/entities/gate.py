"""The kinds of data there are, and a quick test that text without any does not pass.

Most texts of most runs hold none: then nothing else of this package is loaded.
"""

from __future__ import annotations

import re

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

MASKED = "*xX×✱•●○■█"
"""Characters that stand for others."""
MASK = lazy_re(f"[{MASKED}]|尾号|last four|ending in")
ASSIGNED = lazy_re(r"密码|口令|密钥|秘钥|key|token|secret|pass|pwd|eyJ|AKI|LTAI|gh[pousr]_|sk-|xox|hook", re.IGNORECASE)
SPOKEN = lazy_re("(?:[零〇洞一壹幺二两贰三叁四肆五伍六陆七柒拐八捌九玖勾] ?){4}")
_GATE = lazy_re(
    rf"[0-9](?:[ -]?[0-9]){{2}}|[0-9]\.[0-9]|@|https?://|{MASK.pattern}|{ASSIGNED.pattern.lower()}|{SPOKEN.pattern}"
    r"|[0-9一二三四五六七八九十](?:期|天|万|号|栋|幢|个月)|确诊|病|癌|住院|手术|欠|逾期|黑名单|失信|透析|乙肝|结节|肝硬|瘫|肿瘤|残疾|低保|离婚|拆迁|抚恤|[一二三四五六七八九十几百千][万千百块]"
    r"|微信|威信|薇信|v信|wx|vx|qq|扣扣|weixin|wechat|[０-９＊]|[一-鿿][a-z][·• ]?[a-z0-9]{5}",
)
"""Of lower-case text: an expression that has to think of both cases takes ten times as long to compile."""


def may_hold(text: str) -> bool:
    """A quick test that text without data of any kind does not pass."""
    return _GATE.search(text.lower()) is not None
