"""Names of columns and keys that tell whose words stand under them, or who says each entry."""

from __future__ import annotations

import re

from scriptlint.model.document import Role
from scriptlint.readers._prose import words

_HEADER = (
    (
        re.compile(
            "(?:骗子|诈骗(?:分子|者|人员)|不法分子|嫌疑人)(?:常?说|的话|怎么说|常?问|常用|惯用)?(?:话术|话语|套路|手法|剧本)?"
            "|(?:诈骗|骗术|行骗)(?:话术|套路|手法|剧本)?|(?:scammer|fraudster)(?:say|says|said)?"
        ),
        Role.THIRD,
    ),
    (
        re.compile(
            "(?:客户|用户|顾客|投资者|来电).{0,4}?(?:问题|问|说|说法|问法|话|原话|原声|异议|疑问|诉求|顾虑|提问|反应|留言|来信)"
            "|(?:常见|典型)?(?:问题|疑问|提问|问|问句|异议)[0-9]*"
            "|q|questions?|query|user(?:say|says|said|asks|question|query|utterance)|customer(?:say|said|says|question|query)"
        ),
        Role.CUSTOMER,
    ),
    (
        re.compile(
            ".{0,6}(?:话术|答复|答案|回复|应答|回答)(?:内容|示例|参考|模板|口径)?|答|我们说|我方说|我行说|坐席说|客服说|员工说"
            "|a|answers?|repl(?:y|ies)|responses?|content|agent(?:say|said|says|reply|script)|bot(?:say|said|reply)"
        ),
        Role.INSTITUTION,
    ),
)
_ROLE_FIELDS = words(
    "role speaker who from sender spk 角色 说话人 发言人 身份 发送人 发送者 发送方 说话方 讲话人 发言者 发言方 说话者 讲话者 话者 讲者 一方 "
    "side party ch talker"
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


def is_role_field(name: str) -> bool:
    """True for a column or key that names the speaker of each entry."""
    return header_key(name) in _ROLE_FIELDS


def is_text_field(name: str) -> bool:
    """True for a column or key that holds what was said."""
    return header_key(name) in _TEXT_FIELDS
