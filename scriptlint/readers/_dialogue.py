"""Who speaks: labels before a turn, role fields, and headers that tell whose words stand below.

A name nobody knows stays unknown, for an unknown speaker is checked like the institution; taking the
institution's words for a customer's would hide them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from scriptlint.model.document import Role
from scriptlint.model.span import Span
from scriptlint.readers._raw import SpeakerNames

_INSTITUTION = (
    "(?:小[一-鿿]|在线|人工|智能|电话|专属|售后|平台|官方|银行|我方|外呼)?(?:客服|坐席|座席)(?:代表|专员|人员|经理|机器人)?"
    "|(?:私人)?(?:理财|客户|大堂|财富|业务|信贷|产品|投资|服务|贷款|保险|支行)?(?:经理|顾问|专员|主任)|投顾|理财师|财富管家|柜员|柜台|大堂"
    "|(?:保险)?代理人|业务员|营业员|信贷员|销售(?:员|人员)?|推销员|工作人员|银行(?:员工|人员|方)?|我行|行员|员工"
    "|催收(?:员|专员|人员)?|主播|讲师|(?:语音|聊天|智能)?机器人|(?:智能|小)?助手|小助理|应答话术|我方"
    "|agent|staff|advis[eo]r|bot|chatbot|assistant|rm|seller|rep|representative|banker|teller|csr|operator|sales"
    "|institution|host|relationship manager"
)
_CUSTOMER = (
    "(?:老|新|潜在)?(?:客户|用户|顾客)|投资者|投资人|持卡人|借款人|投保人|储户|消费者|来电人|来访者"
    "|customer|client|user|caller|visitor|investor|borrower|cardholder|consumer"
)
_CUSTOMER_MAYBE = (  # forms of address: a turn only in a text where the institution has turns too
    "[一-鿿]{0,3}(?:先生|女士|小姐|太太|阿姨|大爷|叔叔|大妈|奶奶|爷爷|大姐|大哥|老伯)|群友|网友|粉丝|观众|听众|老人"
)
_THIRD = "骗子|嫌疑人|诈骗(?:分子|者|人员)|不法分子|冒充者|民警|警察|scammer|fraudster"
_THIRD_MAYBE = "系统(?:提示|消息|通知)?|旁白|system|narrator"
_TAIL = (
    r"(?:\s*(?:[A-Za-z]|[甲乙丙丁]|[0-9一二三四]{1,4}号?|小[一-鿿]|老[一-鿿]|[一-鿿](?:先生|女士|小姐|太太|某{1,2})))?"
    r"(?:\s*[（(【\[<][^（(【\[<>）)】\]]{1,20}[)）】\]>])?"
    r"(?:\s*(?:说|问|答|回答|提问|反问|追问|回复))?"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_STAFF_TAIL = rf"(?:\s*[{_SURNAMES}](?:[一-鿿]{{1,2}}|经理|老师|总|姐|哥))?"

_DATE = r"(?:[0-9]{2,4}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?"
_CLOCK = r"[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2}(?:[.,][0-9]{1,3})?)?"
_TIME = (
    rf"[\[【(（]?\s*(?:{_DATE}[ T\t]*)?{_CLOCK}(?:\s*(?:-->|[-–~—至])\s*{_CLOCK})?\s*[\]】)）]?"
    rf"|[\[【(（]\s*{_DATE}\s*[\]】)）]"
)
_CLIP = re.compile(rf"\s*(?:{_TIME})\s*")
_MARKS = "[*_]{0,3}"
_GAP = r"[ \t\u3000]*"
_LABEL = re.compile(rf"{_MARKS}([^\s:：*_][^:：\t\n]{{0,30}}?){_MARKS}\s*(?:{_TIME})?{_MARKS}\s*[:：\t]{_MARKS}{_GAP}")
_BRACKETED = re.compile(
    rf"{_MARKS}[【\[「](?P<name>[^【】\[\]「」\n]{{1,24}})[】\]」]{_MARKS}{_GAP}[:：]?{_MARKS}{_GAP}"
)
_NAME_AND_TIME = re.compile(rf"\s*(?:({_TIME})\s*)?([^\s:：,，。！？!?；;]{{1,20}})(?:\s+({_TIME}))?\s*$")
_LETTERED = re.compile(r"[*_]{0,3}([QA])[0-9]{1,3}[.、．]\s*[*_]{0,3}")
_OTHER_LABEL = re.compile(r"[*_]{0,3}[^\s:：,，。！？!?；;]{1,8}[:：]")
_WRAPPING = "[](){}【】「」（）*_ \t\u3000:："
# A second speaker in the same line starts after the end of what the first says.
_TURNOVER = re.compile(
    r"(?<=[。！？!?…”\"」』；;)）~])[ \t\u3000]*(?=[^\s:：]{1,14}[:：])|[ \t\u3000]+(?=[^\s:：]{1,14}[:：])"
)
_SPOKEN = re.compile("[我你您吗呢吧啊呀?？]")


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


@dataclass(frozen=True, slots=True)
class Head:
    """A label at the start of a line: where the words begin, who says them."""

    end: int
    label: Span
    speaker: str
    who: Who


@dataclass(frozen=True, slots=True)
class Utterance:
    """A part of a line said by one speaker. ``label`` is the label that was cut off, if there was one."""

    start: int
    end: int
    role: Role
    speaker: str
    label: Span | None


class Speakers:
    """Knows speakers by their names, with those a team adds."""

    def __init__(self, extra: SpeakerNames) -> None:
        self._extra = {
            _plain(name): Who(role)
            for role, names in (
                (Role.INSTITUTION, extra.institution),
                (Role.CUSTOMER, extra.customer),
                (Role.THIRD, extra.third),
            )
            for name in names
        }
        self._known: dict[str, Who | None] = {}

    def who(self, name: str) -> Who | None:
        """Whose words a label announces; None for a name that tells nothing."""
        key = _plain(name)
        if key not in self._known:
            if len(self._known) > 5_000:  # a long transcript has few speakers; anything else is not worth keeping
                self._known.clear()
            self._known[key] = self._extra.get(key) or _builtin(key)
        return self._known[key]

    def role(self, name: str) -> Role | None:
        """The role a value of a role field names."""
        who = self.who(name)
        return who.role if who else None

    def head(self, line: str) -> Head | None:
        """The speaker label a line begins with. Times before it are passed over."""
        clip = _CLIP.match(line)
        start = clip.end() if clip else len(line) - len(line.lstrip())
        match = _BRACKETED.match(line, start)
        if match:
            who = self.who(match["name"])
            if who and not who.asks:
                return Head(match.end(), Span(*match.span("name")), _shown(match["name"]), who)
        match = _LETTERED.match(line, start)
        if match:
            who = _builtin(match[1].lower())
            if who:
                return Head(match.end(), Span(match.start(1), match.end()), match[1], who)
        match = _LABEL.match(line, start)
        if match:
            who = self.who(match[1])
            if who:
                return Head(match.end(), Span(*match.span(1)), _shown(match[1]), who)
        match = _NAME_AND_TIME.match(line)
        if match and (match[1] or match[3]):
            who = self.who(match[2])
            if who:
                return Head(len(line), Span(*match.span(2)), _shown(match[2]), who)
        return None

    def utterances(self, lines: Sequence[str | None]) -> list[list[Utterance]]:
        """Divide lines among speakers. None ends a block: no speaker carries on past it.

        A line nobody is known to say comes back as one utterance of unknown role without a label.
        """
        heads = [self.head(line) if line else None for line in lines]
        present = [head.who for head in heads if head]
        result: list[list[Utterance]] = []
        current: tuple[Role, str] | None = None
        for line, head in zip(lines, heads, strict=True):
            if line is None:
                current = None
                result.append([])
                continue
            if head and _believed(head, line, present):
                said = self._divide(line, head)
                current = (said[-1].role, said[-1].speaker)
            else:
                if current and current[0] is not Role.INSTITUTION and _OTHER_LABEL.match(line):
                    current = None
                role, speaker = current or (Role.UNKNOWN, "")
                said = [Utterance(0, len(line), role, speaker, None)]
            result.append(said)
        return result

    def _divide(self, line: str, head: Head) -> list[Utterance]:
        parts: list[Utterance] = []
        start = head.end
        for turn in _TURNOVER.finditer(line, start):
            if turn.end() < start:
                continue
            following = self.head(line[turn.end() :])
            if following is None or following.who.asks != head.who.asks or following.who.role is head.who.role:
                continue
            if following.who.needs == "company" and not head.who.asks:
                continue
            parts.append(Utterance(start, turn.start(), head.who.role, head.speaker, head.label))
            by = turn.end()
            head = Head(following.end + by, following.label.shifted(by), following.speaker, following.who)
            start = head.end
        parts.append(Utterance(start, len(line), head.who.role, head.speaker, head.label))
        return parts


def _believed(head: Head, line: str, present: Sequence[Who]) -> bool:
    """A label not certain by itself needs the other side beside it, or words that are plainly spoken."""
    who = head.who
    if not who.needs:
        return True
    if who.asks:
        return any(other.asks and other.role is not who.role for other in present)
    if any(other.role is Role.INSTITUTION and not other.needs for other in present):
        return True
    return who.needs == "spoken" and bool(_SPOKEN.search(line, head.end))


@cache
def _roles() -> tuple[tuple[re.Pattern[str], Who], ...]:
    """Names and whom they mean. Compiled when the first label is met, for most files have none."""
    return (
        (re.compile(rf"(?:{_INSTITUTION}){_STAFF_TAIL}{_TAIL}"), Who(Role.INSTITUTION)),
        (re.compile(rf"(?:{_THIRD}){_TAIL}"), Who(Role.THIRD)),
        (re.compile(rf"(?:{_THIRD_MAYBE})"), Who(Role.THIRD, "company")),
        (re.compile(r"(?:有?(?:客户|群友|网友|人))?问|q[0-9]{0,3}|提问"), Who(Role.CUSTOMER, asks=True)),
        (re.compile(r"答|(?:客服|我行|银行|官方)答"), Who(Role.INSTITUTION, asks=True)),
        (
            re.compile(r"问题[0-9一二三四五六七八九十]{0,2}|question[0-9]{0,3}"),
            Who(Role.CUSTOMER, "company", asks=True),
        ),
        (
            re.compile(r"a[0-9]{0,3}|answer[0-9]{0,3}|答案|回答|解答|答复|回复"),
            Who(Role.INSTITUTION, "company", asks=True),
        ),
        (re.compile(rf"(?:{_CUSTOMER}){_TAIL}"), Who(Role.CUSTOMER, "spoken")),
        (re.compile(rf"(?:{_CUSTOMER_MAYBE}){_TAIL}"), Who(Role.CUSTOMER, "company")),
    )


def _builtin(name: str) -> Who | None:
    if not name or len(name) > 40:
        return None
    return next((who for pattern, who in _roles() if pattern.fullmatch(name)), None)


def _shown(name: str) -> str:
    """A label as findings show it: what stands in brackets behind it may be a number or a name."""
    name = name.strip(_WRAPPING)
    return re.split(r"[（(【\[<]", name)[0].strip(_WRAPPING) or name


def _plain(name: str) -> str:
    """A label as it is compared: no colon, stars or brackets around it, no case."""
    name = name.strip().strip("*_ \t\u3000:：").lower()
    if len(name) > 2 and name[0] in "[【「(（" and name[-1] in "]】」)）" and not re.search(r"[\]】」)）]", name[:-1]):
        name = name[1:-1].strip()
    return name
