"""Styles of Word documents: how large, coloured, bold or hidden text is, and which paragraphs are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, replace
from scriptlint.readers._ooxml import child, children, local, truth

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
BODY_LEVEL = 9
"""The outline level of text that is no heading; headings have 0 to 8."""

_HEADING = lazy_re(r"(?:heading|标题|標題|見出し|überschrift|titre)\s*([1-9])", re.IGNORECASE)
_TITLE = lazy_re("title|标题|標題|文档标题", re.IGNORECASE)
_SUBTITLE = lazy_re("subtitle|副标题|副標題", re.IGNORECASE)
_HEX = lazy_re("[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """What one level (a style, a run) says of the look of text; None where it says nothing."""

    size: float | None = None
    """Points."""
    colour: str | None = None
    """``#rrggbb``, or empty for the automatic colour."""
    bold: bool | None = None
    hidden: bool | None = None

    def over(self, base: Look) -> Look:
        """This look, and where it says nothing that of the style it is based on."""
        return Look(
            base.size if self.size is None else self.size,
            base.colour if self.colour is None else self.colour,
            base.bold if self.bold is None else self.bold,
            base.hidden if self.hidden is None else self.hidden,
        )


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits."""

    look: Look = PLAIN
    outline: int | None = None
    """Outline level from 0; ``BODY_LEVEL`` says that it is no heading; None says nothing."""
    number: tuple[str, int] | None = None
    """The list it belongs to and the level in it; an empty list id takes it out of all."""
    heading: tuple[str, int] | None = None
    """Kind (``#``, ``title``) and level of the heading that its name says it is."""


PLAIN_STYLE = Style()


class Styles:
    """The styles of one document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        self._known: dict[str, Style] = {}
        self.base = PLAIN
        """What the document says of all text."""
        if root is None:
            return
        properties = child(root, "docDefaults", "rPrDefault", "rPr")
        self.base = look_of(properties)
        for element in children(root):
            if local(element) == "style":
                name = element.get(W + "styleId", "")
                self._elements.setdefault(name, element)
                if truth(element.get(W + "default")):
                    self._defaults.setdefault(element.get(W + "type", ""), name)

    def style(self, name: str | None, kind: str) -> Style:
        """The style of this id, or the default one of its kind (``paragraph``, ``character``, ``table``)."""
        if not name or name not in self._elements:
            name = self._defaults.get(kind)
        if name is None:
            return PLAIN_STYLE
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def look(self, own: Look, character: Look, paragraph: Look, table: Look) -> Look:
        """How a run looks, all levels taken together: the nearer one wins.

        Bold and hidden are switches to styles: a paragraph style and a character style that both say so cancel
        each other out, as in Word.
        """
        merged = own.over(character).over(paragraph).over(table).over(self.base)
        return replace(
            merged,
            bold=_switched(own.bold, self.base.bold, (character.bold, paragraph.bold, table.bold)),
            hidden=_switched(own.hidden, self.base.hidden, (character.hidden, paragraph.hidden, table.hidden)),
        )

    def _resolved(self, name: str) -> Style:
        chain: list[Element] = []
        seen: set[str] = set()
        at: str | None = name
        while at is not None and at not in seen and at in self._elements:
            seen.add(at)
            chain.append(self._elements[at])
            at = _value(child(self._elements[at], "basedOn"))
        style = PLAIN_STYLE
        for element in reversed(chain):
            style = _own(element, style)
        return style


def look_of(properties: Element | None) -> Look:
    """What an ``rPr`` says by itself."""
    if properties is None:
        return PLAIN
    size: float | None = None
    colour: str | None = None
    bold: bool | None = None
    hidden: bool | None = None
    for entry in children(properties):
        match local(entry):
            case "sz":
                size = _half_points(entry.get(VAL))
            case "color":
                value = entry.get(VAL, "")
                colour = f"#{value.lower()}" if _HEX.fullmatch(value) else ""
            case "b":
                bold = truth(entry.get(VAL), default=True)
            case "vanish":
                hidden = truth(entry.get(VAL), default=True)
    return Look(size, colour, bold, hidden)


def outline_of(properties: Element | None) -> int | None:
    """The outline level that a ``pPr`` gives by itself."""
    value = _value(child(properties, "outlineLvl"))
    return int(value) if value is not None and value.isdecimal() and len(value) == 1 else None


def number_of(properties: Element | None) -> tuple[str, int] | None:
    """The list and level that a ``pPr`` gives by itself; the list 0 is none."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None
    name, level = _value(child(numbering, "numId")), _value(child(numbering, "ilvl"))
    depth = int(level) if level is not None and level.isdecimal() and len(level) == 1 else 0
    return ("" if name in (None, "0") else str(name), depth)


def _own(element: Element, base: Style) -> Style:
    paragraph = child(element, "pPr")
    outline, number = outline_of(paragraph), number_of(paragraph)
    if number is not None and not number[0] and _value(child(paragraph, "numPr", "numId")) is None and base.number:
        number = (base.number[0], number[1])  # only the level is its own
    heading = base.heading
    if element.get(W + "type") == "paragraph":
        heading = _named(_value(child(element, "name")) or "") or heading
    return Style(
        look_of(child(element, "rPr")).over(base.look),
        base.outline if outline is None else outline,
        base.number if number is None else number,
        heading,
    )


def _named(name: str) -> tuple[str, int] | None:
    match = _HEADING.fullmatch(name.strip())
    if match:
        return "#", int(match[1])
    if _TITLE.fullmatch(name.strip()):
        return "title", 1
    return ("title", 2) if _SUBTITLE.fullmatch(name.strip()) else None


def _switched(own: bool | None, base: bool | None, styles: Sequence[bool | None]) -> bool:
    if own is not None:
        return own
    return bool(base) or sum(bool(value) for value in styles) % 2 == 1


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(VAL)


def _half_points(value: str | None) -> float | None:
    if value is None or not value.isdecimal() or len(value) > 5:
        return None
    return int(value) / 2
