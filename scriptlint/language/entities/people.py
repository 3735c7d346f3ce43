"""Names of persons, and names together with a fact that is nobody else's business."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.language.entities.contact import addresses
from scriptlint.language.entities.line import Confidence, Entity, Line
from scriptlint.language.entities.safe import FILLER_NAMES
from scriptlint.language.entities.surnames import DOUBLE, ORDINARY_WORDS, SINGLE

_HAN = "一-鿿"
_SURNAME = f"(?:{'|'.join(DOUBLE)}|[{SINGLE}])"
_NAME = rf"(?:(?:{'|'.join(DOUBLE)})[{_HAN}]{{1,2}}|[{SINGLE}][{_HAN}]{{1,2}})"
# What products are called ends like this, people are not.
_PRODUCT = re.compile("[宝利盈享富鑫财金债险卡贷券票股型类户款元]$")
_LABEL = "(?:客户(?!经理)|持卡人|借款人|投保人|被保险人|受益人|户名|收款人|姓名|申请人|担保人|联系人|用户|会员|储户|投资者|患者|业主|得主|获奖者|中奖者|欠款人|债务人)"
_LABELLED = re.compile(
    rf"{_LABEL}(?:姓名)?[\s:是为]{{0,2}}({_NAME})(?=$|[\s,.。;:、()\[\]|/]|名下|的|于|因|在|已|持有|购买|账户|手机|身份证|女士|先生)"
)
# A line of a list: a name, then a gap, then facts.
_ROSTER = re.compile(rf"(?:^|\n|[0-9][.、)]\s?)\s*({_NAME})[ \t,|、]{{1,3}}(?=[^\n]{{2,80}})")
_TITLED = re.compile(
    rf"(?:^|[^{_HAN}]|的|恭喜|祝贺|感谢)({_SURNAME}(?:女士|先生|小姐|老师|阿姨|大爷|大妈|奶奶|爷爷|总|太太))"
)

_MONEY = r"(?:人民币|rmb|¥|￥)?\s?[0-9][0-9,]{0,14}(?:\.[0-9]{1,2})?\s?(?:万|亿|w)?\s?(?:多|余)?元?"
_FACTS = re.compile(
    rf"余额[^,。;\n]{{0,6}}{_MONEY}"
    rf"|(?:存单|存款|理财|基金|持仓|资产|保单|贷款|保费|大额|信托|股票|收入|月薪|年薪|工资|赔付|获赔|理赔)[一-鿿]{{0,6}}[:\s]?{_MONEY}(?=[万元,。;\s)]|$)"
    r"|(?:已|累计)?逾期(?:了)?\s?[0-9一二三四五六七八九十]{1,3}\s?(?:期|天|个月)|五级分类|欠款|失信|黑名单|征信(?:不良|有问题)"
    r"|确诊|既往症|病史|住院|手术|患有|[一-鿿]{0,3}癌|糖尿病|高血压|甲状腺结节|抑郁|透析"
    r"|(?:出生(?:日期|于)?|生日|dob|date of birth)\s*(?:是|为|:)?\s*(?:19|20)[0-9]{2}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"(?:出生(?:日期|于)?|生日|dob|date of birth)\s*(?:是|为|:)?\s*((?:19|20)[0-9]{2}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}日?)",
    re.IGNORECASE,
)


def names(line: Line) -> Iterator[Entity]:
    """Full names behind a word such as 户名. A name alone is no leak, so confidence is low."""
    for start, end in _full_names(line):
        yield Entity("name", start, end, "***", Confidence.LOW)


def _full_names(line: Line) -> Iterator[tuple[int, int]]:
    for pattern in (_LABELLED, _ROSTER):
        for found in pattern.finditer(line.flat):
            name = found[1]
            ordinary = name[:2] in ORDINARY_WORDS or _PRODUCT.search(name) is not None
            if name in FILLER_NAMES or "某" in name or (ordinary and name[:2] not in DOUBLE):
                continue
            yield found.span(1)


def named_facts(line: Line) -> Iterator[Entity]:
    """A name and, in the same sentence, a balance, holding, debt, illness or date of birth."""
    for start, end in _full_names(line):
        stop = _sentence_end(line.flat, end)
        fact = _FACTS.search(line.flat, end, stop)
        if fact is not None:
            yield Entity("named_fact", start, fact.end(), "***…", Confidence.MEDIUM)
    # A surname with a title is nobody yet, but the door to the house makes it somebody.
    for address in addresses(line):
        for found in _TITLED.finditer(line.flat, max(address.start - 12, 0), address.start):
            yield Entity("named_fact", found.start(1), address.end, "***…", Confidence.MEDIUM)


def _sentence_end(text: str, start: int) -> int:
    found = re.compile(r"[。!?;\n]").search(text, start, start + 80)
    return found.start() if found else min(start + 80, len(text))


def birth_dates(line: Line) -> Iterator[Entity]:
    """Dates of birth: a leak only beside a name or a masked number."""
    for found in _BIRTH.finditer(line.flat):
        yield Entity("birth_date", *found.span(1), "****-**-**", Confidence.LOW)
