"""Names of persons, and names together with a fact that is nobody else's business."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.language.entities.line import Confidence, Entity, Line
from scriptlint.language.entities.safe import FILLER_NAMES

_HAN = "一-鿿"
_DOUBLE = (
    "欧阳 上官 司马 司徒 司空 诸葛 夏侯 皇甫 尉迟 公孙 慕容 长孙 宇文 令狐 轩辕 东方 端木 南宫 西门 独孤 闻人 申屠 呼延 百里 淳于 单于 "
    "太史 钟离 澹台 濮阳 赫连 拓跋 完颜 耶律 第五 左丘 东郭 公冶 宗政 万俟 鲜于 闾丘 亓官 司寇 子车 颛孙 乐正"
).split()
_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉"
    "岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵"
    "席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣"
    "翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲"
    "邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎"
    "戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公"
    "肖闫付邸涂岳冼"
)
_SURNAME = f"(?:{'|'.join(_DOUBLE)}|[{_SINGLE}])"
# Ordinary words that begin like a name; these fire first in financial text.
_TRAPS = re.compile(
    "^(?:余额|钱包|金额|金融|黄金|万元|安全|单位|单笔|单只|计息|季度|管理|项目|明细|文件|平安|广发|华夏|宁波|江苏|温馨|申请|解除|解冻|应还|全额|全部|常用|周期"
    "|毛利|白金|家庭|家人|融资|相关|公司|国债|国家|成功|高额|经理|支付|支行|权益|权限|查询|终止|从未|能够|充值|通知|通过|关闭|关于|空白|东方|广告|程序|费用|费率|封顶"
    "|富国|景顺|农行|车贷|房贷|房产|双录|后续|龙卡|印花|时间|何时|任何|方式|方案|方便|方可|于|和|都|别|向|那|后|应|需|须|能|从|经|通|及|同|与|服务|信息|身份|本人|资料"
    "|安排|常见|高净值|高风险|成为|成年|包括|包含|连续|满足|利息|利率|利益|容易|文化|明确|明天|明年|充分|全程|全面|全体|管家|计划|盛|强制|强烈|平台|平均|越来|终身|终止|居住"
    "|边|步骤|水平|路径|石油|云|花|冷静|简单|简易|满意|温|齐|乐|喻|怀疑|怀孕|相|查|红利|游|权|益|公|左右|元|万|席|危|项|祝|童|强|牧|山|谷|班|仰|双|党|劳|申|车|连|习|容|易|慎|国|文|广|东|利|师|空|养|关"
    "|白名单|黑名单|钱|时|贝|米|明|成|计)"
)
_LABEL = (
    "(?:客户(?!经理)|持卡人|借款人|投保人|被保险人|受益人|户名|收款人|姓名|申请人|担保人|联系人|用户|会员|储户|投资者|患者|业主|得主|获奖者|中奖者|欠款人|债务人)"
)
_NAME = rf"(?:(?:{'|'.join(_DOUBLE)})[{_HAN}]{{1,2}}|[{_SINGLE}][{_HAN}]{{1,2}})"
_LABELLED = re.compile(
    rf"{_LABEL}(?:姓名)?[\s:是为]{{0,2}}({_NAME}?)(?=$|[\s,.。;:、()\[\]|/]|名下|的|于|因|在|已|持有|购买|账户|手机|身份证|女士|先生)"
)
# A line of a list: a name, then a gap, then facts.
_ROSTER = re.compile(rf"(?:^|\n|[0-9][.、)]\s?)\s*({_NAME})[ \t,|、]{{1,3}}(?=[^\n]{{2,80}})")
_TITLED = re.compile(rf"(?:^|[^{_HAN}]|的|恭喜|祝贺|感谢)({_SURNAME}(?:女士|先生|小姐|老师|阿姨|大爷|大妈|奶奶|爷爷|总|太太))")

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
    r"(?:出生(?:日期|于)?|生日|dob|date of birth)\s*(?:是|为|:)?\s*((?:19|20)[0-9]{2}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}日?)", re.IGNORECASE
)


def names(line: Line) -> Iterator[Entity]:
    """Full names behind a word such as 户名. A name alone is no leak, so confidence is low."""
    for start, end in _full_names(line):
        yield Entity("name", start, end, "***", Confidence.LOW)


def _full_names(line: Line) -> Iterator[tuple[int, int]]:
    for pattern in (_LABELLED, _ROSTER):
        for found in pattern.finditer(line.flat):
            name = found[1]
            if name in FILLER_NAMES or "某" in name or _TRAPS.match(name) and name[:2] not in _DOUBLE:
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
    from scriptlint.language.entities.contact import addresses

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
