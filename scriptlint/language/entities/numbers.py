"""Cards, accounts, phones, and the codes that open them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.language.entities import checks
from scriptlint.language.entities.line import Confidence, Entity, Line, stars, words
from scriptlint.language.entities.safe import is_safe
from scriptlint.model.lazy import lazy_re

_RIGHT = r"(?![0-9A-Za-z]|\.[0-9])"
_SERIAL = words(
    "流水", "订单", "单号", "编号", "编码", "代码", "批次", "时间戳", "版本", "序列", "序号", "物流", "快递",
    "物联网", "端口", "发票", "登记", "备案", "条形码", "serial", "order", "tracking", "isbn", "总额", "金额",
)  # fmt: skip

# -- cards and accounts -----------------------------------------------------------------------------------------

_CARD = lazy_re(r"(?<![0-9A-Za-z.])[0-9](?:[ -]?[0-9]){12,18}" + _RIGHT)
CARD_WORDS = words("卡号", "银行卡", "储蓄卡", "信用卡", "借记卡", "账号", "帐号", "账户", "我的卡", "card", "尾号")
_ACCOUNT = lazy_re(
    r"(?i:账号|帐号|账户号码?|卡号|存折号|account (?:number|no\.?))[\s:是为,。?]{0,4}([0-9](?:[ -]?[0-9]){11,21})"
    + _RIGHT
)
# Accounts of organisations are printed so that people pay into them.
_PUBLIC = words(
    "对公",
    "专户",
    "收款单位",
    "公司",
    "单位",
    "托管",
    "募集",
    "企业",
    "财政",
    "法院",
    "本行",
    "物联网",
    "设备",
    "corporate",
    "escrow",
)


def cards(line: Line) -> Iterator[Entity]:
    """Card numbers: issuer prefix, length and check digit; where a word says card, the check digit may fail."""
    for found in _CARD.finditer(line.bare):
        start, end = found.span()
        groups = re.split("[ -]", found[0])
        if len(groups) == 5 and len(groups[-1]) < 3:  # four groups, and a number that only follows them
            end -= len(groups.pop()) + 1
        digits = "".join(groups)
        if not _natural(groups) or is_safe("bank_card", digits):
            continue
        issuer = checks.card_issuer(digits)
        said = line.near(CARD_WORDS, start, end, 16, 8)
        serial = line.near(_SERIAL, start, end, 10, 0)
        old = checks.old_debit_issuer(digits) and said
        if not (issuer or old) or (serial and not said):
            continue
        checked = checks.luhn_ok(digits)
        # Thirteen digits are mostly a time in milliseconds.
        if checked and issuer and (said or len(digits) > 13):
            confidence = Confidence.HIGH
        elif said and (issuer == "unionpay" or old):
            # Some domestic debit cards do not follow the check digit.
            confidence = Confidence.MEDIUM
        else:
            continue
        yield Entity("bank_card", start, end, f"…{digits[-4:]}", confidence)


def _natural(groups: list[str]) -> bool:
    """True when separators stand where people put them: every four digits, after six, or 4-6-5."""
    sizes = [len(group) for group in groups]
    if len(sizes) == 1 or sizes == [4, 6, 5]:
        return True
    return all(size == 4 for size in sizes[:-1]) or (len(sizes) == 2 and sizes[0] in (6, 8))


def accounts(line: Line) -> Iterator[Entity]:
    """Account numbers that are no cards: only the word before them says what they are."""
    for found in _ACCOUNT.finditer(line.bare):
        start, end = found.span(1)
        digits = re.sub("[ -]", "", found[1])
        public = line.near(_PUBLIC, found.start(), end, 12, 12)
        if not public and not is_safe("bank_card", digits) and len(set(digits)) > 2:
            yield Entity("account", start, end, f"…{digits[-4:]}", Confidence.MEDIUM)


_IBAN = lazy_re(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![0-9A-Za-z])")


def ibans(line: Line) -> Iterator[Entity]:
    """International account numbers with the right check digits."""
    for found in _IBAN.finditer(line.bare):
        value = found[0].replace(" ", "")
        if 15 <= len(value) <= 34 and checks.iban_ok(value) and not is_safe("iban", value):
            yield Entity("iban", *found.span(), f"…{value[-4:]}", Confidence.HIGH)


# -- phones -----------------------------------------------------------------------------------------------------

_MOBILE = lazy_re(
    r"(?<![0-9A-Za-z.])(?<![0-9][ -])(?:(?:\+|00)?86[ -]?)?(1[3-9][0-9](?:[ -]?[0-9]{4}[ -]?|\.[0-9]{4}\.)[0-9]{4})"
    + _RIGHT
)
_ABROAD = lazy_re(
    r"(?<![0-9A-Za-z])\+(?:852[ -]?[5679][0-9]{3}|853[ -]?6[0-9]{3}|886[ -]?9[0-9]{2}[ -]?[0-9]{1,3})[ -]?[0-9]{3,4}(?![0-9])"
)
_HOME = lazy_re(r"(?:家庭电话|宅电|住宅电话|家里电话)[\s:是为]{0,3}(0[0-9]{2,3}[ -]?[0-9]{7,8})(?![0-9])")
_PHONE_WORDS = words(
    "手机", "电话", "联系", "号码", "致电", "拨打", "来电", "mobile", "phone", "call", "cell", "tel", "换号", "微信同号"
)
_STAFF = words(
    r"客户经理|理财经理|(?:大堂|客户|理财|财富|产品|业务|信贷|贷款|营销|支行|网点|团队|区域|保险|项目)?(?:经理|顾问|专员|主任|主管|行长|专家|助理)",
    r"联系(?:人)?[:：]?\s?[一-鿿]{0,6}\s?[小老][一-鿿]", r"(?:找|请联系)小[一-鿿]", "专线", "对接人",
    "大堂", "客服", "坐席", "柜员", "代理人", "业务员", "营业", "网点", "支行", "工作号", "工作手机", "办公", "值班", "执业",
    "咨询", "预约", "报名", "服务电话", "服务热线", "热线", "微信同号", "联系我", "我的(?:手机|电话|号码)", "找我", "打给我",
    "举报", "投诉", "招聘", "hotline", "advis[eo]r", "manager", "agent",
)  # fmt: skip
_CUSTOMER = words(
    "客户(?!经理|服务|专员|顾问)", "用户", "会员", "持卡人", "借款人", "投保人", "被保险人", "受益人", "先生", "女士", "阿姨",
    "其本人", "本人", "预留", "绑定", "紧急联系人", "中奖", "获奖", "一等奖", "二等奖", "三等奖", "client", "customer", "名单",
)  # fmt: skip


def mobiles(line: Line) -> Iterator[Entity]:
    """Personal mobile numbers. Hotlines and numbers with a serial word before them have another shape or meaning."""
    for found in _MOBILE.finditer(line.bare):
        start, end = found.span()
        digits = re.sub("[ -]", "", found[1])
        if is_safe("mobile", digits):
            continue
        said = line.near(_PHONE_WORDS, start, end, 14, 8)
        if line.near(_SERIAL, start, end, 8, 0) and not line.near(_PHONE_WORDS, start, end, 6, 0):
            continue
        assigned = checks.mobile_assigned(digits)
        if not assigned and not said:
            continue
        kind = "staff_mobile" if _of_staff(line, start, end) else "mobile"
        yield Entity(kind, start, end, "1" + "*" * 10, Confidence.HIGH if assigned else Confidence.MEDIUM)
    for found in _ABROAD.finditer(line.bare):
        kind = "staff_mobile" if _of_staff(line, *found.span()) else "mobile"
        yield Entity(kind, *found.span(), stars(found[0]), Confidence.MEDIUM)
    for found in _HOME.finditer(line.bare):
        yield Entity("mobile", *found.span(1), stars(found[1]), Confidence.MEDIUM)


def _of_staff(line: Line, start: int, end: int) -> bool:
    """True when the nearest word about people before the number is about the institution's own."""
    left = line.left(start, 30)
    own = max((found.end() for found in _STAFF.finditer(left)), default=-1)
    theirs = max((found.end() for found in _CUSTOMER.finditer(left)), default=-1)
    if own == theirs == -1:
        return _STAFF.search(line.right(end, 8)) is not None and _CUSTOMER.search(line.right(end, 8)) is None
    return own > theirs


# -- codes ------------------------------------------------------------------------------------------------------

_CVV = lazy_re(
    r"(?i)(?:cvv2?|cvn2?|cvc2?|安全码|背面(?:的)?(?:后|末)?(?:三|3)位(?:数字|数)?)\s*(?:码|号)?\s*(?:是|为|:|=)?\s*([0-9]{3,4})(?![0-9%位])"
)
_OTP = lazy_re(
    r"(?i)(?:验证码|校验码|动态码|动态密码|动态口令|one-time (?:pass)?code|(?<![a-z])otp(?![a-z])|passcode|verification code)\s*(?:是|为|is|:|=)?\s*([0-9]{4,8})(?![0-9%位])"
)
_OTP_BEFORE = lazy_re(
    r"(?<![0-9A-Za-z.])([0-9]{4,8})\s?(?:\(|是|为)\s?(?:您|你)?的?[一-鿿]{0,6}(?:验证码|校验码|动态码)"
)
_DO_NOT_SHARE = lazy_re(
    r"(?:请?勿|切勿|不要|不得|严禁|别)[一-鿿]{0,8}(?:告知|告诉|转告|泄露|泄漏|透露|转发|提供|外泄|分享|给)|打死也?不|(?:泄[露漏]|交给别人|告诉别人)[一-鿿]{0,6}(?:风险|损失|后果|等于|就)|(?:如?非|不是)本人操作|(?i:do not share|don't share|never share)|不会[一-鿿]{0,6}索(?:要|取)"
)
_EXPIRY = lazy_re(r"(?i)(?:有效期|valid thru|expiry|expires?)[^0-9\n]{0,6}((?:0[1-9]|1[0-2])/?[0-9]{2})(?![0-9/年])")


def codes(line: Line) -> Iterator[Entity]:
    """Security codes of cards and one-time codes that are printed with their value."""
    for found in _CVV.finditer(line.bare):
        if not is_safe("cvv", found[1]):
            yield Entity("cvv", *found.span(1), stars(found[1]), Confidence.HIGH)
    # A message that carries a code to its owner and warns is what such messages should be.
    if not _DO_NOT_SHARE.search(line.flat):
        for pattern in (_OTP, _OTP_BEFORE):
            for found in pattern.finditer(line.bare):
                if not is_safe("otp_value", found[1]):
                    yield Entity("otp_value", *found.span(1), stars(found[1]), Confidence.HIGH)
    for found in _EXPIRY.finditer(line.bare):
        if next(cards(line), None) is not None:
            yield Entity("card_expiry", *found.span(1), stars(found[1]), Confidence.MEDIUM)


_POLICY = lazy_re(
    r"(?:保单号码?|保险单号码?|policy (?:no\.?|number))[\s:是为]{0,3}([A-Za-z]{0,6}[0-9][0-9A-Za-z-]{8,24})(?![0-9A-Za-z*])"
    # A number that is only asked about or filed is a code; one whose state is told leads to a person.
    r"(?=[^。\n]{0,8}(?:生效|到期|失效|终止|中止|退保|理赔|复效|续保|is |has |$))",
    re.IGNORECASE,
)
_CONTRACT = lazy_re(
    r"(?:借款|贷款|还款|借据|授信|担保)[一-鿿]{0,4}(?:合同|借据|协议)?(?:编号|号码?)[\s:是为]{0,3}([A-Za-z]{0,8}[0-9-]?[0-9][0-9A-Za-z-]{7,29})(?![0-9A-Za-z*])"
)


_TO_HOLDER = words("您", "尊敬的", "本人", "your ")


def references(line: Line) -> Iterator[Entity]:
    """Numbers of policies and loan contracts: not personal alone, but they lead to a person's file."""
    for kind, pattern in (("policy_number", _POLICY), ("contract_number", _CONTRACT)):
        for found in pattern.finditer(line.bare):
            # A holder is told the number of the own policy.
            if kind == "contract_number" or not line.near(_TO_HOLDER, *found.span(), 40, 0):
                yield Entity(kind, *found.span(1), stars(found[1]), Confidence.LOW)
