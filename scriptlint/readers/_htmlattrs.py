"""Attributes of an HTML tag with their places, and what they say about how visible its text is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scriptlint.model.document import Prominence
from scriptlint.model.span import Span

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_TAG_NAME = re.compile(r"<[^\s/>]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)")
_SIZE = re.compile(r"(?<![\w-])font-size\s*:\s*([0-9]{1,4}(?:\.[0-9]{1,3})?)\s*(px|pt)")
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([#\w(),.% ]{1,40})")
_POINTS_PER_PIXEL = 0.75


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


def prominence(given: Mapping[str, Attribute], outer: Prominence | None) -> Prominence | None:
    """How visible text in an element is, its surroundings taken into account; None when nothing is said."""
    style = given["style"].value.lower() if "style" in given else ""
    hidden = "hidden" in given or bool(_HIDDEN.search(style))
    size = _SIZE.search(style)
    colour = _COLOUR.search(style)
    if not (hidden or size or colour):
        return outer
    base = outer or Prominence()
    points = base.size_pt
    if size:
        points = float(size[1]) * (_POINTS_PER_PIXEL if size[2] == "px" else 1)
    hidden = hidden or base.hidden or points == 0
    return Prominence(points, hidden, colour[1].strip() if colour else base.colour)
