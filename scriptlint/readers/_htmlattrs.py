"""Attributes of an HTML tag with their places."""

from __future__ import annotations

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span

_ATTRIBUTE = lazy_re(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_TAG_NAME = lazy_re(r"<[^\s/>]+")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute value as written, and where."""

    value: str
    span: Span


def attributes(source: str, start: int, tag: str) -> dict[str, Attribute]:
    """The attributes of the tag that begins at ``start``; of two of one name the first counts."""
    found: dict[str, Attribute] = {}
    if not source.startswith(tag, start):
        return found
    name = _TAG_NAME.match(tag)
    for match in _ATTRIBUTE.finditer(source, start + (name.end() if name else 1), start + len(tag)):
        group = next((number for number in (2, 3, 4) if match[number] is not None), None)
        span = Span(*match.span(group)) if group else Span(match.end(), match.end())
        found.setdefault(match[1].lower(), Attribute(match[group] if group else "", span))
    return found
