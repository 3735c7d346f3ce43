"""The names speakers go by, and what each tells: the institution's staff, its customers, third persons.

A name nobody knows tells nothing by itself: an unknown speaker is checked like the institution, while taking the
institution's words for a customer's would hide them. Who the unknown are in a talk with known ones: ``_sides``.
"""

from __future__ import annotations

import re
from functools import cache

from scriptlint.model.document import Role
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

_INSTITUTION = (
    "[一-鿿]{0,4}(?:客服|坐席|座席)(?:代表|专员|人员|经理|机器人)?"
    "|(?:私人)?(?:理财|客户|大堂|财富|业务|信贷|产品|投资|服务|贷款|保险|支行)?(?:经理|顾问|专员|主任)|投顾|理财师|财富管家|柜员|柜台|大堂"
    "|(?:保险)?代理人|业务员|营业员|信贷员|销售(?:员|人员)?|推销员|工作人员|银行(?:员工|人员|方)?|我行|行员|员工"
    "|[一-鿿]{0,4}(?:专员|顾问|柜员|投诉岗|客服岗)|厅堂经理|外汇经理|回访(?:员|坐席|人员|岗)?|外呼(?:员|坐席|人员)?|贷后(?:人员)?"
    "|(?:官方)?小编|官方号?|店员|导购|理赔员|核保员|核保师|规划师|(?:银行|保险|基金|证券|理财|贷款)[小阿][一-鿿]"
    "|催收(?:员|专员|人员)?|主播|讲师|(?:语音|聊天|智能)?机器人|(?:智能|小)?助手|小助理|应答话术|我方"
    "|agent|staff|advis[eo]r|bot|chatbot|assistant|rm|seller|rep|representative|banker|teller|csr|operator|sales"
    "|institution|host|relationship manager"
)
_CUSTOMER = (
    "(?:老|新|潜在)?(?:客户|用户|顾客)(?:留言|来信|来电|提问|原话|反馈|咨询)?|投资者|投资人|持卡人|借款人|担保人|投保人|被保险人|储户|消费者|来电人|接听人|来访者|访客|来客|咨询人|车主|房东|商户|店主|受益人"
    "|customer|client|user|caller|visitor|investor|borrower|cardholder|consumer"
)
_CUSTOMER_MAYBE = (  # forms of address: a turn only in a text where the institution has turns too
    "[一-鿿]{0,3}(?:先生|女士|小姐|太太|阿姨|大爷|叔叔|大妈|奶奶|爷爷|大姐|大哥|老伯)|群友|网友|粉丝|观众|听众|弹幕|老人家?|邻居|老乡|村民|家属|业主|家长|学员"
    "|基民|股民|彩民|持有人|散户|球友|书友|团员|队员|会员|群员|乘客|司机|车友|货车司机|宝妈|宝爸|妈妈|爸爸|孩子妈|孩子爸|学生|同学|新生"
    "|农户|果农|菜农|养殖户|牧民|渔民|欠款人|债务人|投诉人|申诉人|反映人|提问人|提问者|顾客|食客|群众|街坊|居民|租客|租户|申请人|报案人"
    "|老板娘?|摊主|骑手|外卖员|快递员|工友|师傅|病友|患者|路人|游客|准妈妈|老人|老两口|老伴|女儿|儿子|楼主"
    "|[一-鿿]{0,2}(?:叔|伯|婶|姨|爷|奶|娘|嫂)"
)
_THIRD = "骗子|嫌疑人|诈骗(?:分子|者|人员)|不法分子|冒充者|民警|警察|scammer|fraudster"
_THIRD_MAYBE = "系统(?:提示|消息|通知)?|旁白|system|narrator"
_TAIL = (
    r"(?:[\s\-—_·]*(?:[A-Za-z]|[甲乙丙丁]|[0-9一二三四]{1,4}号?|[小老阿大][一-鿿]|[一-鿿](?:先生|女士|小姐|太太|某{1,2})))?"
    r"(?:\s*[（(【\[<][^（(【\[<>）)】\]]{1,20}[)）】\]>])?"
    r"(?:\s*(?:说|问|答|回答|提问|反问|追问|回复))?"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_STAFF_TAIL = rf"(?:\s*[{_SURNAMES}](?:[一-鿿]{{1,2}}|经理|老师|总|姐|哥))?"


@dataclass(frozen=True, slots=True)
class Who:
    """Whose words a name announces.

    ``needs`` says when to believe it: always (empty), only when the institution speaks in the same text too
    (``company``), or then and also when the words are plainly spoken by somebody (``spoken``).
    """

    role: Role
    needs: str = ""
    asks: bool = False
    """True for a question or answer label."""


@cache
def _roles() -> tuple[tuple[re.Pattern[str], Who], ...]:
    """Names and whom they mean. Compiled when the first label is met, for most files have none."""
    return (
        (lazy_re(rf"(?:{_INSTITUTION}){_STAFF_TAIL}{_TAIL}"), Who(Role.INSTITUTION)),
        (lazy_re(rf"(?:{_THIRD}){_TAIL}"), Who(Role.THIRD)),
        (lazy_re(rf"(?:{_THIRD_MAYBE})"), Who(Role.THIRD, "company")),
        (lazy_re(r"(?:有?(?:客户|群友|网友|人))?问|q[0-9]{0,3}|提问"), Who(Role.CUSTOMER, asks=True)),
        (lazy_re(r"答|(?:客服|我行|银行|官方)答"), Who(Role.INSTITUTION, asks=True)),
        (
            lazy_re(r"问题[0-9一二三四五六七八九十]{0,2}|question[0-9]{0,3}"),
            Who(Role.CUSTOMER, "company", asks=True),
        ),
        (
            lazy_re(r"a[0-9]{0,3}|answer[0-9]{0,3}|答案|回答|解答|答复|回复"),
            Who(Role.INSTITUTION, "company", asks=True),
        ),
        (lazy_re(rf"(?:{_CUSTOMER}){_TAIL}"), Who(Role.CUSTOMER, "spoken")),
        (lazy_re(rf"(?:{_CUSTOMER_MAYBE}){_TAIL}"), Who(Role.CUSTOMER, "company")),
        # 群友-远山: anybody in a group whom the group's owner does not name.
        (
            lazy_re(
                r"(?:群友|网友|粉丝|观众|听众|用户|客户|基民|股民|弹幕|持有人|会员|群员|散户|球友|路人|楼主)[\-—_·@][^\s]{1,10}"
            ),
            Who(Role.CUSTOMER, "company"),
        ),
    )


def builtin(name: str) -> Who | None:
    if not name or len(name) > 40:
        return None
    return next((who for pattern, who in _roles() if pattern.fullmatch(name)), None)
