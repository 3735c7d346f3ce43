"""Names of persons, and names together with a fact that is nobody else's business."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.language.entities.contact import addresses
from scriptlint.language.entities.line import Confidence, Entity, Line
from scriptlint.language.entities.safe import FILLER_NAMES
from scriptlint.language.entities.surnames import DOUBLE, ORDINARY_WORDS, SINGLE
from scriptlint.model.lazy import lazy_re

_HAN = "一-鿿"
_SURNAME = f"(?:{'|'.join(DOUBLE)}|[{SINGLE}])"
_NAME = rf"(?:(?:{'|'.join(DOUBLE)})[{_HAN}]{{1,2}}|[{SINGLE}][{_HAN}]{{1,2}})"
# What products are called ends like this, people are not.
_PRODUCT = lazy_re("[宝利盈享富鑫财金债险卡贷券票股型类户款元]$")
_LABEL = "(?:客户(?!经理)|持卡人|借款人|投保人|被保险人|受益人|户名|收款人|姓名|申请人|担保人|联系人|用户|会员|储户|投资者|患者|业主|得主|获奖者|中奖者|欠款人|债务人)"
_LABELLED = lazy_re(
    rf"{_LABEL}(?:姓名)?[\s:是为]{{0,2}}({_NAME})(?=$|[\s,.。;:、()\[\]|/]|名下|的|于|因|在|已|持有|购买|账户|手机|身份证|女士|先生)"
)
# A line of a list: a name, then a gap, then facts.
_ROSTER = lazy_re(rf"(?:^|\n|[0-9][.、)]\s?)\s*({_NAME})[ \t,|、]{{1,3}}(?=[^\n]{{2,80}})")
_TITLED = lazy_re(
    rf"(?:^|[^{_HAN}]|的|恭喜|祝贺|感谢)({_SURNAME}(?:女士|先生|小姐|老师|阿姨|大爷|大妈|奶奶|爷爷|总|太太))"
)
# Characters that given names are made of. Two of them behind a surname, at least one of the first kind, are a name
# even where no label says so: words of finance do not look like that.
_NAME_LIKE = (
    "桂兰芳芬珍英秀凤霞玲娟梅琴燕萍艳敏静婷慧莲淑翠彩荣军强勇志德辉斌峰杰磊鹏浩凯俊宇轩涵欣怡梓诗琪琳瑶洁倩莉雅丽娜红菊芝玉贵福旺顺祥"
    "根彪彬凡贤义仁勤俭忠孝伟刚鑫晨晓旭昊泽睿斐岚棠薇蕾茜涛波亮莹媛媚娥婵娇婉嫣妍琼瑛瑾璐珊珠雯雪冰洪坤柱栓锁铁钢锋锐铭钰建明春冬佩嘉豪翔超帆晴菲依钧钊淼鸿佳雁颖瑜璇萱妮彤琦海"
)
_NAME_PART = "国华平安康永立秋夏长广宝成云龙虎飞天宏新全兴远东南西北学友良群世先正启振克继绍守培怀思念景朝民光生山海林森松文武青元庆喜花香水田才发有家昌盛达子之"
_BARE_SURNAME = "".join(char for char in SINGLE if char not in "全华平安金万单钱时应元国家支云康龙利福广双公") + "覃"
_BARE = lazy_re(
    rf"([{_BARE_SURNAME}](?:[{_NAME_LIKE}][{_NAME_LIKE}{_NAME_PART}]|[{_NAME_PART}][{_NAME_LIKE}]))(?![{_NAME_LIKE}路街村镇县市区行园苑里庄])"
)

_NUMBER = r"(?:[0-9][0-9,]{0,14}(?:\.[0-9]{1,2})?|[一二两三四五六七八九十百千万几]{1,7})"
_MONEY = r"(?:人民币|rmb|¥|￥)?\s?[0-9][0-9,]{0,14}(?:\.[0-9]{1,2})?\s?(?:万|亿|w)?\s?(?:多|余)?元?"
_HOLDINGS = lazy_re(
    rf"余额[^,。;\n]{{0,6}}{_MONEY}"
    rf"|(?:存单|存款|理财|基金|持仓|持有|资产|保单|保费|大额|信托|股票|收入|月薪|年薪|工资|赔付|获赔|理赔)[一-鿿]{{0,6}}[:\s]?{_MONEY}(?=[万元,。;\s)]|$)"
    rf"|(?:存|买|投|取|亏|赚|转|领|赔|入|加)(?:了|着|走|出|进|进去|进来|在)[一-鿿]{{0,4}}?{_NUMBER}(?:来|多|好几)?\s?(?:万|千|百|块|元|w)"
    rf"|(?:名下|账上|卡里|卡上|折上|手里|持有)[一-鿿]{{0,6}}?{_NUMBER}(?:来|多|好几)?\s?(?:万|千|百|块|元|w)"
    r"|拆迁款|抚恤金"
    r"|(?:出生(?:日期|于)?|生日|dob|date of birth)\s*(?:是|为|:)?\s*(?:19|20)[0-9]{2}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}",
    re.IGNORECASE,
)
_DEBTS = lazy_re(
    r"(?:已|累计)?逾期(?:了)?\s?[0-9一二三四五六七八九十]{1,3}\s?(?:期|天|个月)|五级分类|欠款|失信|黑名单|征信(?:不良|有问题|花)|没还|断供|老赖"
    rf"|贷款[一-鿿]{{0,6}}[:\s]?{_MONEY}(?=[万元,。;\s)]|$)"
    rf"|(?:欠|贷|借|担保|担|信用|房贷|车贷|网贷|还剩|拖)(?:了|着|款|下)?[一-鿿]{{0,6}}?{_NUMBER}(?:来|多|好几)?\s?(?:万|千|百|块|元|期|个月|笔)|欠\s?[0-9][0-9,]{3, 9}"
)
_ILLNESS = lazy_re(
    r"确诊|既往症|病史|住院|手术|患有|查出|[一-鿿]{0,3}癌|糖尿病|高血压|心脏病|[一-鿿]{0,3}结节|抑郁|透析|乙肝|肝硬化|尿毒症|肿瘤|中风|偏瘫|瘫痪|化疗"
    r"|长东西|离婚|离异|低保|残疾"
)
_BIRTH = lazy_re(
    r"(?:出生(?:日期|于)?|生日|dob|date of birth)\s*(?:是|为|:)?\s*((?:19|20)[0-9]{2}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}日?)",
    re.IGNORECASE,
)
# 崔某某60万: an amount right behind the name.
_RIGHT_BEHIND = lazy_re(rf"[,那的]{{0,2}}{_NUMBER}万|[ \t]{{1,3}}[0-9][0-9,.]{{3,14}}(?:份|元|股|万)")
# 阮某(尿毒症): an illness in brackets right behind a name, whatever the name is made of.
_ILL_IN_BRACKETS = lazy_re(rf"([{SINGLE}][{_HAN}]{{1,2}})\((?=[^()]{{0,10}}(?:{_ILLNESS.pattern}))")
_FACTS = (("named_illness", _ILLNESS), ("named_debt", _DEBTS), ("named_fact", _HOLDINGS))
_SENTENCE_END = lazy_re(r"[。!?;\n]")
_NEAR_NAME = 26


def names(line: Line) -> Iterator[Entity]:
    """Full names behind a word such as 户名. A name alone is no leak, so confidence is low."""
    for start, end in _full_names(line):
        yield Entity("name", start, end, "***", Confidence.LOW)


def _full_names(line: Line) -> Iterator[tuple[int, int]]:
    for pattern in (_LABELLED, _ROSTER):
        for found in pattern.finditer(line.flat):
            if _is_name(found[1]):
                yield found.span(1)


def _is_name(name: str) -> bool:
    if _ILLNESS.search(name):  # 高血压
        return False
    ordinary = name[:2] in ORDINARY_WORDS or _PRODUCT.search(name) is not None
    return not (name in FILLER_NAMES or "某" in name or (ordinary and name[:2] not in DOUBLE))


def named_facts(line: Line) -> Iterator[Entity]:
    """A name and, in the same sentence, a balance, holding, debt, illness or date of birth."""
    known = set(_full_names(line))
    spans = [(start, end, 80) for start, end in known]
    spans.extend(
        (*found.span(1), _NEAR_NAME)
        for found in _BARE.finditer(line.flat)
        if _is_name(found[1]) and not any(start <= found.start(1) < end for start, end in known)
    )
    spans.extend((*found.span(1), 14) for found in _ILL_IN_BRACKETS.finditer(line.flat) if _is_name(found[1]))
    for start, end, reach in sorted(set(spans)):
        stop = _sentence_end(line.flat, end, reach)
        facts = [(hit.end(), kind) for kind, pattern in _FACTS if (hit := pattern.search(line.flat, end, stop))]
        if behind := _RIGHT_BEHIND.match(line.flat, end, stop):
            facts.append((behind.end(), "named_fact"))
        if facts:
            last, kind = min(facts)
            yield Entity(kind, start, last, "***…", Confidence.MEDIUM)
    # A surname with a title is nobody yet, but the door to the house makes it somebody.
    for address in addresses(line):
        for found in _TITLED.finditer(line.flat, max(address.start - 12, 0), address.start):
            yield Entity("named_fact", found.start(1), address.end, "***…", Confidence.MEDIUM)


def _sentence_end(text: str, start: int, reach: int) -> int:
    found = _SENTENCE_END.search(text, start, start + reach)
    return found.start() if found else min(start + reach, len(text))


def birth_dates(line: Line) -> Iterator[Entity]:
    """Dates of birth: a leak only beside a name or a masked number."""
    for found in _BIRTH.finditer(line.flat):
        yield Entity("birth_date", *found.span(1), "****-**-**", Confidence.LOW)
