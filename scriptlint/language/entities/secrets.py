"""Passwords, keys and tokens that stand in a text with their value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.language.entities.line import Confidence, Entity, Line, stars
from scriptlint.language.entities.safe import is_safe
from scriptlint.model.lazy import lazy_re

# Shapes that only keys have.
_KEYS = lazy_re(
    r"-----BEGIN (?:[A-Z]{1,12} ){0,4}PRIVATE KEY-----"
    r"|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{5,1000}"
    r"|(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])LTAI[0-9A-Za-z]{12,30}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])AKID[0-9A-Za-z]{13,40}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30,80}|sk-[A-Za-z0-9]{20,80}|xox[abp]-[A-Za-z0-9-]{10,80})(?![A-Za-z0-9])"
    r"|/robot/send\?access_token=[A-Za-z0-9]{16,80}"
    r"|/cgi-bin/webhook/send\?key=[A-Za-z0-9-]{16,60}"
    r"|/open-apis/bot/v2/hook/[A-Za-z0-9-]{16,60}"
)
# A value that is masked or filled in when the text is sent is no secret.
_VALUE = r"""\s*(?:是|为|成|:|=)\s*["']?(?![*x•●]{2,}|[<{$#%\[(【])([!-~]{6,80})"""
_PASSWORD = lazy_re(r"(?i)(?:(?:密码|口令)(?:已?[一-鿿]{0,4}(?=为|成|是))?|password|passwd|(?<![a-z])pwd)" + _VALUE)
_ASSIGNED = lazy_re(r"(?i)(?:secret|api[_-]?key|(?<![a-z])token|access[_-]?key(?:[_-]?id)?|密钥|秘钥)" + _VALUE)
_TAIL = ".,;:!?)]}\"'>"


def credentials(line: Line) -> Iterator[Entity]:
    """Keys by their shape, then values that are assigned to a word for a password or key."""
    for found in _KEYS.finditer(line.flat):
        if not is_safe("credential", found[0]):
            yield Entity("credential", *found.span(), stars(found[0][:12]), Confidence.HIGH)
    for kind, pattern, least in (("password_value", _PASSWORD, 6), ("credential", _ASSIGNED, 12)):
        for found in pattern.finditer(line.flat):
            value = found[1].rstrip(_TAIL)
            if len(value) >= least and _secret(value) and not is_safe("credential", value):
                start = found.start(1)
                yield Entity(kind, start, start + len(value), stars(value), Confidence.HIGH)


def _secret(value: str) -> bool:
    """True for a string nobody would write as a word: digits in it, or signs between letters."""
    if value.lower().startswith(("http:", "https:", "/")) or re.search(r"[*•●]{3}|\{\{|\$\{|[xX]{4}", value):
        return False
    if re.fullmatch(r"[0-9]{1,2}[-~][0-9]{1,2}[A-Za-z]*", value):  # 8-16 characters
        return False
    if re.fullmatch(r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?(?:[ T][0-9:]{4,8})?", value):  # a date
        return False
    return re.search("[0-9]", value) is not None or re.search("[A-Za-z][@#$%^&_+][A-Za-z]", value) is not None
