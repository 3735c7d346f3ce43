"""Names of columns and keys that tell whose words stand under them, or who says each entry."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scriptlint.model.document import Role
from scriptlint.model.lazy import lazy_re
from scriptlint.readers._prose import words

_HEADER = (
    (
        lazy_re(
            "(?:骗子|诈骗(?:分子|者|人员)|不法分子|嫌疑人)(?:常?说|的话|怎么说|常?问|常用|惯用)?(?:话术|话语|套路|手法|剧本)?"
            "|(?:诈骗|骗术|行骗)(?:话术|套路|手法|剧本)?|(?:scammer|fraudster)(?:say|says|said)?"
        ),
        Role.THIRD,
    ),
    (
        lazy_re(
            "(?:客户|用户|顾客|投资者|来电|访客|神秘人).{0,4}?(?:问题|问|说|说法|问法|话|原话|原声|异议|疑问|诉求|顾虑|提问|反应|留言|来信)"
            "|(?:常见|典型)?(?:问题|疑问|提问|问|问句|异议)[0-9]*"
            "|弹幕(?:来了|内容|原文)?|(?:触发|客户|用户)?(?:问法|问句)|您问|您可能问|投诉(?:内容|事项|摘要|原文)?|(?:客户)?诉求"
            "|complaints?|complaint(?:text|content)|q|questions?|query|user(?:say|says|said|asks|question|query|utterance)|customer(?:say|said|says|question|query)"
        ),
        Role.CUSTOMER,
    ),
    (
        lazy_re(
            ".{0,6}(?:话术|答复|答案|回复|应答|回答|答法|口播|接法)(?:内容|示例|参考|模板|口径)?|.{0,3}(?:标准|坐席|柜员|机器人|我们)答|答|我们说|我方说|我行说|坐席说|客服说|员工说"
            "|a|answers?|repl(?:y|ies)|reply(?:draft|text|content)|draftreply|responses?|content|agent(?:say|said|says|reply|script)|bot(?:say|said|reply)"
        ),
        Role.INSTITUTION,
    ),
)
# What sets an answer off stands beside it: the customer's words, or what they are about.
_SETS_OFF = lazy_re(
    "samples?|examples?|utterances?|phrases?|triggers?|patterns?|keywords?|hits?|触发(?:词|语|句)|关键词|命中词?"
)
_ANSWERS = lazy_re(
    "out(?:put)?|reply.{0,8}|answers?|responses?|播报(?:内容)?|怎么[回接答].{0,2}|.{0,8}(?:回复|答复|应答|口径|怎么接)"
)
_ROLE_FIELDS = words(
    "role speaker who from sender spk 角色 说话人 发言人 身份 发送人 发送者 发送方 说话方 讲话人 发言者 发言方 说话者 讲话者 话者 讲者 一方 "
    "side party ch talker 谁 方 身分"
)
_TEXT_FIELDS = words(
    "text txt content msg message body utterance sentence words say says 内容 "
    "文本 话语 发言 对话内容 消息 消息内容 发言内容 说话内容 对话 语句 原文 转写 "
    "转写文本 转写内容 台词 line asr transcript transcription"
)


def header_key(header: str) -> str:
    """A header or key as it is compared: no blanks, dashes, brackets or case."""
    return re.sub(r"[\s_\-【】()()*]+", "", header).lower()


def header_role(header: str) -> Role | None:
    """Whose words stand under a header or key such as 客户问题 or answer; None when it does not tell."""
    key = header_key(header)
    return next((role for pattern, role in _HEADER if key and len(key) <= 24 and pattern.fullmatch(key)), None)


def set_off(name: str, beside: Iterable[str]) -> bool:
    """True for a column or key with what customers say (samples, 触发词), told by the answer that stands beside it."""
    return bool(_SETS_OFF.fullmatch(header_key(name))) and any(_ANSWERS.fullmatch(header_key(key)) for key in beside)


def is_role_field(name: str) -> bool:
    """True for a column or key that names the speaker of each entry."""
    return header_key(name) in _ROLE_FIELDS


def is_text_field(name: str) -> bool:
    """True for a column or key that holds what was said."""
    return header_key(name) in _TEXT_FIELDS
