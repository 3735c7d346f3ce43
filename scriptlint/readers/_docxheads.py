"""Which paragraphs of a Word document are headings: by their style, or as plain text would have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from scriptlint.readers._docxruns import Bit
from scriptlint.readers._docxstyles import BODY_LEVEL, Style, W, outline_of
from scriptlint.readers._lines import bullet, heading, may_be_title
from scriptlint.readers._ooxml import children, local

_LONGEST_BOLD = 16
"""Characters of a bold paragraph that may still be a heading nobody gave a style, as in Markdown."""


class Head(NamedTuple):
    """A heading: its kind and level as ``Headings`` knows them, and where in the paragraph its words stand."""

    kind: str
    level: int
    start: int
    end: int


def styled(text: str, properties: Element | None, style: Style) -> Head | None:
    """The heading that the style or the outline level of a paragraph makes of it."""
    whole = (len(text) - len(text.lstrip()), len(text.rstrip()))
    outline = _outline(properties, style)
    if style.heading and style.heading[0] == "title" and outline in (None, BODY_LEVEL):
        return Head(*style.heading, *whole)
    if outline is not None and outline < BODY_LEVEL:
        return Head("#", outline + 1, *whole)
    return None


def unstyled(bits: Sequence[Bit], properties: Element | None, style: Style, *, title: bool) -> Head | None:
    """The heading that a paragraph without such a style looks like: numbered, in brackets, short and bold.

    ``title`` is True for the paragraph that ``title_of`` has picked.
    """
    if _outline(properties, style) is not None:
        return None
    text = "".join(bit.text for bit in bits)
    start, said = len(text) - len(text.lstrip()), text.strip()
    found = heading(said)
    if found is not None:
        return Head(found.style, found.level, start + found.start, start + found.end)
    if title:
        return Head("title", 1, start, start + len(said))
    bold = all(bit.look.bold for bit in bits if bit.text.strip())
    if bold and len(said) <= _LONGEST_BOLD and may_be_title(said) and not bullet(said):
        return Head("bold", 1, start, start + len(said))
    return None


def title_of(body: Element) -> Element | None:
    """The first paragraph, when it looks like a title and enough text follows, as in plain text."""
    first: Element | None = None
    words = ""
    after: list[bool] = []
    for element in children(body):
        said = "".join(text.text or "" for text in element.iter(W + "t")).strip()
        if first is not None:
            after.append(bool(said))
        elif said:
            if local(element) != "p":
                return None
            first, words = element, said
        if len(after) > 1:
            break
    if first is None or sum(after) < (1 if after and not after[0] else 2) or bullet(words):
        return None
    return first if may_be_title(words) else None


def _outline(properties: Element | None, style: Style) -> int | None:
    outline = outline_of(properties)
    if outline is None:
        outline = style.outline
    if outline is None and style.heading and style.heading[0] == "#":
        outline = style.heading[1] - 1
    return outline
